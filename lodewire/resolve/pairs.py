"""Two mentions: which keys bring them together, and how likely they tell one happening."""

from __future__ import annotations

from itertools import product

from lodewire.model.vocabulary import Modality, Opinion
from lodewire.resolve import comparing
from lodewire.resolve.comparing import Agreement
from lodewire.resolve.entities import is_short_form
from lodewire.resolve.judging import Score
from lodewire.resolve.rules import (
    RULES,
    SAME,
    SAME_ACROSS_TYPES,
    SAME_SENTENCE,
    UNSURE,
    Clash,
    Part,
    Rule,
)
from lodewire.resolve.views import MentionView, RoleValue

_COPY_DAYS = 5
_STARTS = 3
# A mention of many values would meet everything: keep the first keys in sorted order.
_MAX_KEYS = 48
# Parts that say where: a site that agrees outweighs operators named differently.
_PLACES = ("site", "object")


def window_of(view: MentionView) -> int:
    """Return the days around ``view.day`` in which mentions of its happening may lie."""
    return RULES[view.type].window * 2


def block_keys(view: MentionView) -> tuple[str, ...]:
    """Return keys of which two mentions of one happening share at least one.

    Two mentions that may be the same share a key, whichever of them comes first.
    """
    rule = RULES[view.type]
    found: set[str] = set()
    for names in rule.keys:
        tokens = [_tokens(view, rule.part(name)) for name in names]
        for combination in product(*tokens):
            told = "|".join(f"{n}={t}" for n, t in zip(names, combination, strict=True))
            found.add(f"{rule.family}|{told}")
    if view.sentence is not None:
        found.add(f"{rule.family}|sentence={view.sentence}")
    return tuple(sorted(found)[:_MAX_KEYS])


def _tokens(view: MentionView, part: Part) -> list[str]:
    values = view.of(*part.roles)
    return sorted({token for value in values for token in _key_tokens(value, part)})


def _key_tokens(value: RoleValue, part: Part) -> list[str]:
    if part.compare is comparing.materials:
        return sorted(comparing.heads(value))
    if part.compare is comparing.same_days:
        return [f"{value.start}/{value.end}"] if value.start else []
    if part.compare in (comparing.authorities, comparing.countries) and value.country:
        return [value.country]
    if value.low is not None:
        return [f"{value.low.normalize():f}"]
    if not value.words:
        return [value.token]
    # A short form of a name shares the words it begins with; a word that many share is none.
    words = list(value.words)
    starts = [words[:n] for n in range(1, len(words)) if is_short_form(words[:n], words)]
    return [" ".join(start) for start in (*starts[:_STARTS], words)]


def score(a: MentionView, b: MentionView) -> Score:
    """Return how likely two mentions tell one happening, with the reasons. Symmetric."""
    rule = RULES[a.type]
    if rule is not RULES[b.type]:
        return _different("types differ")
    barred = _barred(rule, a, b)
    if barred:
        return _different(barred)
    answers: dict[str, Agreement] = {}
    # What most often parts two mentions first: most pairs that meet are different.
    for part in sorted(rule.parts, key=lambda p: p.clash is not Clash.FORBIDS):
        answer = _answer(rule, part, a, b)
        if answer is Agreement.CLASH and _forbids(part, answers):
            return _different(f"{part.name}: {_names(a, part)} is not {_names(b, part)}")
        answers[part.name] = answer
    unpaired = _unpaired(rule, a, b, answers)
    if unpaired:
        return _different(unpaired)
    return _scored(rule, a, b, answers)


def _answer(rule: Rule, part: Part, a: MentionView, b: MentionView) -> Agreement:
    left, right = a.of(*part.roles), b.of(*part.roles)
    answer = part.compare(left, right)
    if (
        answer is Agreement.CLASH
        and part.name in rule.told_days
        and _one_sentence(a, b)
        and comparing.shifted(left, right, _COPY_DAYS)
    ):
        return Agreement.OPEN
    return answer


def _forbids(part: Part, answers: dict[str, Agreement]) -> bool:
    if part.clash is Clash.FORBIDS:
        return True
    placed = any(answers.get(name) is Agreement.MATCH for name in _PLACES)
    return part.clash is Clash.FORBIDS_UNPLACED and not placed


def _barred(rule: Rule, a: MentionView, b: MentionView) -> str | None:
    window = rule.window if a.core and b.core else rule.window * 2
    if abs((a.day - b.day).days) > window and not _one_sentence(a, b):
        return f"more than {window} days apart"
    if rule.forecasts_apart and (a.modality is Modality.FORECAST) != (
        b.modality is Modality.FORECAST
    ):
        return "one is a forecast"
    if a.document_id == b.document_id:
        return _apart_in_document(rule, a, b)
    return None


def _apart_in_document(rule: Rule, a: MentionView, b: MentionView) -> str | None:
    """Two mentions of one type in one text are two happenings unless all key roles are equal."""
    for part in rule.parts:
        if part.clash is not Clash.FORBIDS:
            continue
        left, right = a.of(*part.roles), b.of(*part.roles)
        if len(left) != len(right) or not all(any(_equal(x, y) for y in right) for x in left):
            return f"told apart in one document by {part.name}"
    return None


def _equal(x: RoleValue, y: RoleValue) -> bool:
    if x.token == y.token:
        return True
    if x.words and y.words and x.low is None:
        return comparing.same_thing(x, y) is Agreement.MATCH
    return False


def _one_sentence(a: MentionView, b: MentionView) -> bool:
    """The words are the same, as in a copy printed within days of the original."""
    days = abs((a.reported - b.reported).days)
    return (
        a.sentence is not None
        and a.sentence == b.sentence
        and a.document_id != b.document_id
        and days <= _COPY_DAYS
    )


def _unpaired(
    rule: Rule, a: MentionView, b: MentionView, answers: dict[str, Agreement]
) -> str | None:
    if answers.get("volume") is Agreement.MATCH:
        return None
    for name in rule.paired:
        roles = rule.part(name).roles
        if bool(a.of(*roles)) != bool(b.of(*roles)):
            return f"only one names the {name}"
    return None


def _scored(rule: Rule, a: MentionView, b: MentionView, answers: dict[str, Agreement]) -> Score:
    across = a.type is not b.type
    if across and answers.get("level", Agreement.MATCH) is not Agreement.MATCH:
        return _different("a level and a change of a price, not the same figure")
    total, reasons = 0.0, []
    if _one_sentence(a, b):
        total += SAME_SENTENCE
        reasons.append("told in the same sentence")
    for part in rule.parts:
        if answers[part.name] is Agreement.MATCH:
            total += part.weight
            reasons.append(f"{part.name} agrees")
        elif answers[part.name] is Agreement.CLASH and part.clash is Clash.COUNTS:
            total -= part.weight
            reasons.append(f"{part.name}: {_names(a, part)} is not {_names(b, part)}")
    if abs((a.reported - b.reported).days) <= rule.near:
        total += rule.near_weight
        reasons.append("reported together")
    value = round(min(max(total, 0.0), 1.0), 3)
    if value >= (SAME_ACROSS_TYPES if across else SAME):
        opinion = Opinion.SAME
    else:
        opinion = Opinion.UNSURE if value >= UNSURE else Opinion.DIFFERENT
    return Score(value=value, opinion=opinion, reasons=tuple(reasons))


def _names(view: MentionView, part: Part) -> str:
    return ", ".join(v.name for v in view.of(*part.roles))


def _different(why: str) -> Score:
    return Score(value=0.0, opinion=Opinion.DIFFERENT, reasons=(why,), forbidden=True)
