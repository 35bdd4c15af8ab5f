"""Two mentions: which keys bring them together, and how likely they tell one happening."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

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
_LONGEST = 12  # words of a name by which a short form of it is found
# A mention of many values would meet everything: keep the first keys in sorted order.
_MAX_KEYS = 48
# Names that are one, or one the beginning of the other, or two things.
_NAMES = (comparing.things, comparing.parties)
# Parts that say where: a site that agrees outweighs operators named differently.
_PLACES = ("site", "object")


def window_of(view: MentionView) -> int:
    """Return the days around ``view.day`` in which mentions of its happening may lie."""
    return RULES[view.type].window * 2


def block_keys(view: MentionView) -> tuple[str, ...]:
    """Return the keys by which a mention is found: see :func:`asked_keys`."""
    return _spelled(view, _Token.kept)


def asked_keys(view: MentionView) -> tuple[str, ...]:
    """Return the keys by which a mention finds others: any that is one of their block keys.

    Two mentions that may be the same find each other, whichever of them comes first. Of a name
    "Glencore Zambia" the others found are "Glencore Zambia", the short form "Glencore" and what
    goes on, "Glencore Zambia Copper", but not "Glencore Canada": a name that hundreds begin with
    must not bring all of them to each other.
    """
    return _spelled(view, _Token.asked)


class _Token(NamedTuple):
    """One value of a part in keys: the whole of it, and the short forms it may be told by."""

    whole: str
    starts: tuple[str, ...] = ()
    goes_on: bool = False  # another's whole may begin with it

    def kept(self) -> list[str]:
        return [f"={self.whole}", *(f"<{start}" for start in self.starts)]

    def asked(self) -> list[str]:
        longer = [f"<{self.whole}"] if self.goes_on else []
        return [f"={self.whole}", *(f"={start}" for start in self.starts), *longer]


def _spelled(view: MentionView, forms: Callable[[_Token], list[str]]) -> tuple[str, ...]:
    rule = RULES[view.type]
    whole: set[tuple[tuple[str, ...], tuple[_Token, ...]]] = set()
    for names in rule.keys:
        tokens = [_tokens(view, rule.part(name)) for name in names]
        whole.update((names, combination) for combination in product(*tokens))
    found: set[str] = set()
    for names, combination in sorted(whole)[:_MAX_KEYS]:
        for told in product(*(forms(token) for token in combination)):
            spelled = "|".join(f"{n}{t}" for n, t in zip(names, told, strict=True))
            found.add(f"{rule.family}|{spelled}")
    if view.sentence is not None:
        found.add(f"{rule.family}|sentence={view.sentence}")
    return tuple(sorted(found))


def _tokens(view: MentionView, part: Part) -> list[_Token]:
    values = view.of(*part.roles)
    return sorted({token for value in values for token in _key_tokens(value, part)})


def _key_tokens(value: RoleValue, part: Part) -> list[_Token]:
    if part.compare is comparing.materials:
        return [_Token(word) for word in comparing.heads(value)]
    if part.compare is comparing.same_days:
        return [_Token(f"{value.start}/{value.end}")] if value.start else []
    if part.compare in (comparing.authorities, comparing.countries) and value.country:
        return [_Token(value.country)]
    if value.low is not None:
        return [_Token(f"{value.low.normalize():f}")]
    named = part.compare in _NAMES
    if not value.words:
        return [_Token(value.token, (), named)]
    # A short form of a name shares the words it begins with; a word that many share is none.
    words = list(value.words)
    short = [words[:n] for n in range(1, len(words)) if is_short_form(words[:n], words)]
    whole, starts = " ".join(words), tuple(" ".join(start) for start in short)
    if named:
        return [_Token(whole, starts[:_LONGEST], goes_on=True)]
    # Not compared as names alone: those that begin alike are brought together.
    return [_Token(token) for token in (*starts[:_STARTS], whole)]


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
