"""What the linear models say of a text's sentences: tellings to add, tellings to drop.

A telling is proposed for a sentence when its type's probability passes ``SURE`` and the grammar
told none of that type there; the most telling word is its trigger; fillers are given the roles
that the role model and the type's definition allow. A telling of the grammar's that the models
hold for next to impossible is dropped. Proof, merging and what a type needs are the same for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, production, works
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.learned.features import (
    Word,
    filler_features,
    telling_features,
    words_of,
)
from lodewire.extraction.learned.fillers import Candidate, find_candidates, fits
from lodewire.extraction.learned.weights import load_model, probability
from lodewire.extraction.needs import has_enough
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import PRICES, EventType, QuantityKind
from lodewire.ontology.event_types import (
    RoleDefinition,
    RoleKind,
    load_event_types,
)

METHOD = "linear/1"
SURE = 0.6  # a telling less sure is none; chosen on the dev sets: docs/decisions/0010
# Half of what tells a price tells its move too: a level is left to the grammar unless it is plain.
# Measures are told in so many ways that the models are seldom sure of one.
_SURE_OF = {EventType.PRICE_LEVEL: 0.95, EventType.POLICY_MEASURE: 0.7}
VETO = 0.0003  # a telling of the grammar's less likely than this is dropped
# What the grammar reads too much of, where the models are seldom wrong; see docs/decisions/0010.
_VETO_OF = {
    EventType.POLICY_MEASURE: 0.003,
    EventType.PROJECT_MILESTONE: 0.003,
    EventType.PRODUCTION_REPORT: 0.003,
    EventType.FORECAST: 0.003,
    EventType.PRICE_LEVEL: 0.02,
    EventType.PRICE_CHANGE: 0.02,
}
_TRUST = 0.75  # share of the models' sure tellings that are right on unseen text
ROLE_SURE = 0.5
ROLE_LIKELY = 0.12  # for a role without which the telling would be none
_SHARED = frozenset(("commodity", "country", "date", "period"))  # of a sentence, not of one telling
_SHORTEST = 5  # words: less is a heading or a label


def judge_tellings(sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the grammar's drafts that are likely enough, and new ones, in text order."""
    rows: dict[int, list[Draft]] = {}
    for draft in drafts:
        rows.setdefault(draft.sentence.index, []).append(draft)
    kept: list[Draft] = []
    for sentence in sentences:
        mine = rows.get(sentence.index, [])
        words = words_of(sentence) if mine or _names_or_counts(sentence) else []
        if len(words) < _SHORTEST:
            kept.extend(mine)
            continue
        likely = rate_types(sentence, words)
        kept.extend(d for d in mine if d.anaphoric or d.plain or likely[d.type] >= _needed(d))
        told = {d.type for d in mine}
        for type_, sure in likely.items():
            if sure >= _SURE_OF.get(type_, SURE) and type_ not in told:
                if _is_barred(sentence, type_):
                    continue
                draft = _draft(sentence, words, type_, sure)
                if not _retells(draft, mine) and not _is_of_firm(draft):
                    kept.append(draft)
    return kept


def _names_or_counts(sentence: Sentence) -> bool:
    """Whether there is a name, a figure or a date to tell of; other sentences are not rated."""
    return bool(sentence.mentions or sentence.quantities or sentence.dates)


def _needed(draft: Draft) -> float:
    """How likely a telling of the grammar's must be; output that moved by so much is plain.

    So is a line of a price list: the models learn from sentences.
    """
    if draft.type in PRICES and draft.clause is None and not draft.sentence.clauses:
        return 0.0
    moved = draft.type is EventType.PRODUCTION_REPORT and draft.has("change", "volume")
    return VETO if moved and draft.has("site") else _VETO_OF.get(draft.type, VETO)


def _is_barred(sentence: Sentence, type_: EventType) -> bool:
    """Tell whether the words rule out what the models hold for likely."""
    if type_ in PRICES:
        barred = (_TO_COME, _OF_A_FIRM)
        return _tells_amounts(sentence) or any(sentence.find(w) for w in barred)
    if type_ is EventType.ACQUISITION:
        return any(sentence.find(w) for w in (_PART_OF_OUTPUT, _LENT))
    if type_ is EventType.PERMIT:
        return sentence.find(_ANYBODYS) is not None
    if type_ is not EventType.PRODUCTION_REPORT:
        return False
    if sentence.find(_OUTPUT) is None and (sentence.find(_TRADED) or _is_allotted(sentence)):
        return True
    return production.is_none(sentence)


def _is_allotted(sentence: Sentence) -> bool:
    """ "The largest went to CMOC, with 6,650 tons": shares of a quota told here or just before."""
    first = max(0, sentence.index - 2)
    near = sentence.analysis.sentences[first : sentence.index + 1]
    return any(s.find(_QUOTA) is not None for s in near)


# "Companies that hope to obtain a licence": rules for whoever applies.
_ANYBODYS = sought(
    r"\b(?:[Cc]ompanies|[Ff]irms|[Mm]iners|[Ii]nvestors|[Aa]pplicants|[Tt]hose|[Aa]nyone)"
    r"\s(?:(?:that|which|who)\s(?:hope|want|wish|seek|intend)|wishing|hoping|wanting)\b"
)
# "Shares soared to A$0.072": what a firm is worth is no price of goods.
_OF_A_FIRM = sought(
    r"\b(?:[Ss]hares|[Ss]tock|[Ss]hare prices?)(?: in [A-Z]\w+| of [A-Z]\w+)? "
    r"(?:have |has |had |were |was )?(?:also )?(?:soar|rose|rise|risen|fell|fall|jump|climb|gain|"
    r"drop|plung|surg|slid|slip|tumbl|clos|end|trad|rall|sank|slump|add|lost|up|down)\w*"
)
_TO_COME = sought(
    r"\b[Ff]or 20\d\d (?:it|they|the \w+)\b|\b(?:forecasts?|outlook|targets?|estimates?)\b"
)
# "a third of Glencore's cobalt output": goods, no part of the firm.
_PART_OF_OUTPUT = sought(
    r"\bof [A-Z][\w&’'. -]{1,40}?['’]s? (?:[\w-]+ ){0,3}(?:output|production|off-?take)\b"
)
_LENT = sought(r"\b(?:letters?|expressions?) of interest\b[^.;]*\b(?:debt|loan|fund\w*|up to)\b")
_TRADED = sought(r"\b(?:imported|exported|imports|exports)\b")
_OUTPUT = sought(r"\b(?:output|produc\w+|mined|refined|smelted|poured)\b")
_QUOTA = sought(r"\b(?:quotas?|allocat(?:ed|ions?)|allotted|allotments?|entitlements?)\b")
_LARGE = 1_000_000
_AMOUNTS = sought(
    r"\b(?:output|production|exports|imports|sales|shipments|consumption|revenues?|profits?|"
    r"deliveries|volumes?|earnings|demand|stocks|inventories)\b"
)
_COSTS = sought(r"\b(?:cash|sustaining|unit|operating|production|C1) costs?\b")
_PRICED = sought(r"\b(?:pric\w+|quot\w+|trad(?:ed|ing)|futures|premiums?|spot|settle\w*|clos\w+)\b")


def _tells_amounts(sentence: Sentence) -> bool:
    """ "Sales came in at $434 million, down 11%", "volumes rose 6%": amounts and no price."""
    if sentence.find(_COSTS) is not None:
        return True
    if any(q.kind is QuantityKind.PRICE for q in sentence.quantities):
        return False
    if any(q.kind is QuantityKind.MONEY and q.bounds[1] >= _LARGE for q in sentence.quantities):
        return True
    return sentence.find(_AMOUNTS) is not None and sentence.find(_PRICED) is None


def _retells(draft: Draft, grammars: Sequence[Draft]) -> bool:
    """Tell whether most of what a telling holds is told by the grammar as something else."""
    taken = [a.span for d in grammars for a in d.arguments]
    own = [a for a in draft.arguments if a.role not in _SHARED and a.span != draft.trigger]
    again = sum(any(a.span.overlaps(t) for t in taken) for a in own)
    return bool(taken) and again * 2 >= len(own)


def rate_types(sentence: Sentence, words: Sequence[Word]) -> dict[EventType, float]:
    """Return how likely a sentence tells each type, 0..1; 1 for a type that no model knows."""
    model = load_model("tellings")
    scores = model.scores(telling_features(sentence, words))
    known = _types_of(model.labels)
    return _CERTAIN | {t: probability(s) for t, s in zip(known, scores, strict=True)}


_CERTAIN = dict.fromkeys(EventType, 1.0)


@cache
def _types_of(labels: tuple[str, ...]) -> tuple[EventType, ...]:
    return tuple(map(EventType, labels))


def find_trigger(words: Sequence[Word], type_: EventType) -> int:
    """Return the index of the word that speaks most for a type, masks only where nothing else."""
    model = load_model("tellings")
    label = model.labels.index(type_.value)
    plain = [i for i, w in enumerate(words) if not w.masked] or list(range(len(words)))

    def told(index: int) -> float:
        form = words[index].form
        before = words[index - 1].form if index else "^"
        after = words[index + 1].form if index + 1 < len(words) else "$"
        return (
            model.weight(f"u {form}", label)
            + (model.weight(f"b {before} {form}", label) + model.weight(f"b {form} {after}", label))
            / 2
        )

    return max(plain, key=lambda i: (told(i), -i))


def _draft(sentence: Sentence, words: Sequence[Word], type_: EventType, sure: float) -> Draft:
    trigger = find_trigger(words, type_)
    span = words[trigger].span
    draft = Draft(
        type_, sentence, span, sentence.clause_of(span), confidence=round(sure * _TRUST, 2)
    )
    draft.method = METHOD
    for role, candidate in choose_fillers(sentence, words, trigger, type_):
        draft.add(role.name, candidate.filler)
    _fill_choices(draft, words)
    _fill_open(draft)
    return draft


_FIRMS = frozenset(
    "exchange price_agency analyst media miner smelter oil_gas automaker chip battery steel trader "
    "utility chemicals recycler".split()
)


def _is_of_firm(draft: Draft) -> bool:
    """A firm or a bourse sets no duty and no quota: "worst performer on the LME, down 20%"."""
    kinds = draft.sentence.analysis.kinds
    setters = [kinds.get(a.entity or "", "") for a in draft.of("authority")]
    return bool(setters) and all(kind in _FIRMS for kind in setters)


Choice = tuple[float, RoleDefinition, Candidate]


def choose_fillers(
    sentence: Sentence, words: Sequence[Word], trigger: int, type_: EventType
) -> list[tuple[RoleDefinition, Candidate]]:
    """Return each candidate with the role it fills; a single role takes its surest candidate.

    Where the type would lack what it needs, less sure candidates fill the roles that are open.
    """
    rated = sorted(
        rate_fillers(sentence, words, trigger, type_),
        key=lambda f: (-f[0], f[2].span.start, f[1].name),
    )
    kept: list[tuple[RoleDefinition, Candidate]] = []
    for sure, role, candidate in rated:
        if sure >= ROLE_SURE:
            _keep(kept, role, candidate)
    for sure, role, candidate in rated:
        if has_enough(type_, {r.name for r, _ in kept}) or sure < ROLE_LIKELY:
            break
        if sure < ROLE_SURE and not any(r.name == role.name for r, _ in kept):
            _keep(kept, role, candidate)
    return sorted(kept, key=lambda k: k[1].span.start)


def _keep(
    kept: list[tuple[RoleDefinition, Candidate]], role: RoleDefinition, candidate: Candidate
) -> None:
    full = not role.repeats and any(r.name == role.name for r, _ in kept)
    if not full and not any(c.span.overlaps(candidate.span) for _, c in kept):
        kept.append((role, candidate))


def rate_fillers(
    sentence: Sentence, words: Sequence[Word], trigger: int, type_: EventType
) -> Iterator[Choice]:
    """Yield every role that a candidate may fill, with its probability."""
    model = load_model("roles")
    labels = {label: i for i, label in enumerate(model.labels)}
    roles = [
        r
        for r in load_event_types()[type_].roles
        if r.kind is not RoleKind.CHOICE and r.name in labels
    ]
    for candidate in find_candidates(sentence, words):
        allowed = [r for r in roles if fits(r, candidate)]
        if allowed:
            scores = model.scores(role_features(words, candidate, trigger, type_))
            for role in allowed:
                yield probability(scores[labels[role.name]]), role, candidate


def role_features(
    words: Sequence[Word], candidate: Candidate, trigger: int, type_: EventType
) -> list[str]:
    """Features of a candidate for the roles of a type: alike for all types, and for this one."""
    plain = list(filler_features(words, candidate.at, trigger, candidate.kind, candidate.rank))
    return plain + [f"{type_.value} {f}" for f in plain]


def _fill_choices(draft: Draft, words: Sequence[Word]) -> None:
    """Closed roles ("up", "strike", "granted") by what the whole sentence says."""
    model = load_model("choices")
    wanted = [r for r in load_event_types()[draft.type].roles if r.kind is RoleKind.CHOICE]
    if not wanted:
        return
    scores = model.scores(telling_features(draft.sentence, words))
    for role in wanted:
        head = f"{draft.type.value} {role.name} "
        told = [
            (score, label.removeprefix(head))
            for label, score in zip(model.labels, scores, strict=True)
            if label.startswith(head)
        ]
        if told:
            draft.add(role.name, draft.trigger, max(told)[1])


# The role that the text's main company plays where a sentence leaves it unsaid.
_ACTORS = {
    EventType.PROJECT_MILESTONE: "operator",
    EventType.DISRUPTION: "operator",
    EventType.PRODUCTION_REPORT: "operator",
    EventType.RESOURCE_ESTIMATE: "operator",
    EventType.PERMIT: "holder",
    EventType.FINANCING: "recipient",
    EventType.ACQUISITION: "acquirer",
}


def _fill_open(draft: Draft) -> None:
    """What the sentence leaves to the text around it, by the same rules as the grammar's."""
    if draft.type is EventType.POLICY_MEASURE and not draft.has("action"):
        draft.add("action", _rest(draft))
    actor = _ACTORS.get(draft.type)
    if actor is not None and not draft.has(actor):
        draft.add(actor, works.find_operator(draft, draft.trigger))
    if draft.type in PRICES and not draft.has("benchmark", "commodity"):
        draft.add("commodity", fill.nearest_commodity(draft.sentence))
    fill.fill_commodity(draft)


def _rest(draft: Draft) -> Span:
    """From the trigger to the end of its clause: what a measure does, in its own words."""
    sentence = draft.sentence
    end = sentence.tail(draft.clause).end if draft.clause is not None else sentence.span.end
    end = max(end, draft.trigger.end)
    words = sentence.analysis.text[draft.trigger.start : end].split()[:14]
    text = sentence.analysis.text
    at = draft.trigger.start
    for word in words:
        at = text.index(word, at) + len(word)
    while at > draft.trigger.end and text[at - 1] in ".,;:":
        at -= 1
    return Span(draft.trigger.start, max(at, draft.trigger.end))
