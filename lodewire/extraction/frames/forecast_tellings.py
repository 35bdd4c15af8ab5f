"""Tellings of forecasts: what is forecast, by which words, in which stretch of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Filler
from lodewire.extraction.frames.forecast_agents import agent_of, stands_behind, who_says
from lodewire.extraction.frames.forecast_figures import figures_in, is_balanced, is_guidance
from lodewire.extraction.frames.forecast_views import (
    DESTINED,
    aim,
    goes_to,
    has_figure_and_time,
    is_ahead,
    is_dated,
    is_held,
    is_likely,
    is_put_at,
    who_is_to,
)
from lodewire.extraction.frames.forecast_words import (
    EXPECTING,
    FORECAST_NOUN,
    HINT,
    OUTLOOK_VERBS,
    SAYING,
    STUDY,
    TARGETING,
    moved_noun,
    variables_in,
)
from lodewire.extraction.grammar.chunks import Kind
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType, QuantityKind

_HOLDING = EXPECTING | TARGETING | {"put", "point", "peg", "have", "look", "call"}
_EXPECTED = EXPECTING | TARGETING | {"tip"}
_MODALS = frozenset(("will", "would", "could", "may", "might", "should", "shall", "'ll", "’ll"))


@dataclass(slots=True)
class Telling:
    """One telling in a sentence: its word, its clause, its stretch, and what is forecast."""

    trigger: Span
    clause: Clause
    stretch: Span
    variable: Span | None
    agent: Filler | None = None
    change: Span | None = None
    bare: bool = False  # a horizon alone is enough


def tellings(sentence: Sentence) -> Iterator[Telling]:
    yield from _by_noun(sentence)
    for clause in sentence.clauses:
        told = (read(sentence, clause) for read in (_by_expecting, _by_passive, _by_future))
        yield from (telling for telling in told if telling is not None)
    yield from _on_the_cards(sentence)


def _by_expecting(sentence: Sentence, clause: Clause) -> Telling | None:
    """ "X expects the price to average …", "ILZSG sees supply exceeding demand by …"."""
    verb = clause.verb
    if clause.lemma not in _HOLDING:
        return None
    if verb.passive or verb.reduced or verb.negated or clause.subject is None:
        return None
    if clause.lemma == "see" and (verb.form not in "SB" or verb.auxiliaries):
        return None  # "saw a 46% growth", "you will see improvement": no expectation
    if _is_aside(sentence, clause):
        return None
    if clause.lemma == "assume" and sentence.find(STUDY):
        return None  # what a study reckons with is no forecast
    stretch = Span(clause.chunk.span.end, _end(sentence, clause, reaching=True))
    if clause.lemma in TARGETING and not has_figure_and_time(sentence, stretch):
        return None
    agent = who_says(sentence, clause)
    priced = _has_price(sentence, stretch)
    variable = next(variables_in(sentence, stretch, priced=priced), None)
    if variable is None and clause.lemma in EXPECTING:
        variable = who_is_to(sentence, clause) or _taken_up(sentence, clause)
    moved = _moved_in(sentence, stretch)
    if variable is None and moved is None and clause.lemma not in TARGETING:
        return None
    if clause.lemma in ("put", "peg") and (
        variable is None or not is_put_at(sentence, variable, priced=priced)
    ):
        return None
    if clause.lemma in ("have", "look", "call") and not is_held(sentence, clause, variable):
        return None
    if variable is None and clause.lemma in TARGETING:
        variable = aim(sentence, stretch)
    telling = Telling(clause.chunk.span, clause, stretch, variable, agent)
    if moved is not None and (variable is None or moved[0].start < variable.start):
        ahead = Span(sentence.span.start, clause.chunk.span.start)
        spoken_of = next(variables_in(sentence, ahead), None)
        telling.change = moved[0]
        telling.variable = moved[1] or variable or spoken_of or _subject_before(sentence)
    return telling


def _is_aside(sentence: Sentence, clause: Clause) -> bool:
    """ ", they anticipate,": what is anticipated stands around the aside."""
    after = clause.chunk.index + 1
    closes = after < len(sentence.chunks) and sentence.chunks[after].kind is Kind.COMMA
    subject = clause.subject
    if not closes or subject is None or subject.chunk.index == 0:
        return False
    return sentence.chunks[subject.chunk.index - 1].kind is Kind.COMMA


def _has_price(sentence: Sentence, stretch: Span) -> bool:
    kinds = (QuantityKind.PRICE, QuantityKind.MONEY)
    sums = sentence.quantities_in(stretch, *kinds)
    return any(q.bounds[1] < 1_000_000 for q in sums) or is_balanced(sentence, stretch)


def _moved_in(sentence: Sentence, stretch: Span) -> tuple[Span, Span | None] | None:
    for chunk in sentence.noun_phrases():
        if stretch.start <= chunk.span.start and chunk.span.end <= stretch.end:
            return moved_noun(sentence, chunk)
    return None


def _subject_before(sentence: Sentence) -> Span | None:
    """ "An increase of 1% is predicted for 2026": of what, the sentence before says."""
    if sentence.index == 0:
        return None
    before = sentence.analysis.sentences[sentence.index - 1]
    if before.find(HINT) is None and before.find(FORECAST_NOUN) is None:
        return None
    return next(variables_in(before, before.span), None)


def _by_passive(sentence: Sentence, clause: Clause) -> Telling | None:
    """ "the market is expected to see a deficit of …", "a recovery is forecast for …"."""
    lemma, verb = clause.lemma, clause.verb
    passive = verb.passive and not verb.reduced and lemma in _EXPECTED
    put = lemma == "put" and verb.form == "N"
    if not passive and not put and not is_likely(sentence, clause):
        return None
    if verb.negated or clause.subject is None:
        return None
    past = lemma == "see" and verb.first in ("was", "were")
    if (put or past or lemma == "estimate") and not is_ahead(sentence, clause):
        return None
    subject = clause.subject.chunk
    stretch = Span(subject.span.start, _end(sentence, clause, reaching=True))
    ahead = Span(subject.span.start, clause.chunk.span.start)
    after = Span(clause.chunk.span.end, stretch.end)
    priced = _has_price(sentence, stretch)
    balance = next(variables_in(sentence, after, balances=True), None)
    variable = balance or next(variables_in(sentence, ahead, priced=priced), None)
    if variable is None and passive and _SHOWN.search(after.of(sentence.analysis.text)):
        variable = next(variables_in(sentence, after), None)
    if _has_figures(sentence, _to_comma(sentence, after)):
        stretch = Span(clause.chunk.span.start, stretch.end)
    telling = Telling(clause.chunk.span, clause, stretch, variable, agent_of(sentence, clause))
    moved = moved_noun(sentence, subject)
    if moved is not None and variable != moved[0]:
        telling.change = moved[0]
        telling.variable = moved[1] or _subject_before(sentence)
    if variable is None and telling.variable is None and lemma in DESTINED:
        telling.variable = _who_will(sentence, subject.span, after)
    return telling


_SHOWN = re.compile(r"\bto (?:show|reveal|report|post|see|confirm|produce|bring|mark|record)\b")


def _taken_up(sentence: Sentence, clause: Clause) -> Span | None:
    """ "Prices have halved, says TrendForce, which sees them sliding …": what the pronoun is."""
    after = clause.chunk.index + 1
    if after >= len(sentence.chunks) or sentence.chunks[after].lower not in ("it", "them", "this"):
        return None
    ahead = Span(sentence.span.start, clause.chunk.span.start)
    return next(variables_in(sentence, ahead), None) or _subject_before(sentence)


def _who_will(sentence: Sentence, subject: Span, after: Span) -> Span | None:
    """ "Central banks are likely to buy 760 tons of gold": who will do it, if it is of goods."""
    goods = sentence.mentions_in(after, MentionType.COMMODITY)
    return Span(subject.start, after.start) if goods and _has_figures(sentence, after) else None


def _to_comma(sentence: Sentence, span: Span) -> Span:
    commas = (c for c in sentence.chunks if c.kind is Kind.COMMA and c.span.start >= span.start)
    first = next(commas, None)
    stop = span.end if first is None else min(span.end, first.span.start)
    return Span(span.start, max(span.start, stop))


def _has_figures(sentence: Sentence, stretch: Span) -> bool:
    counts = (QuantityKind.COUNT, QuantityKind.DURATION)
    return any(q.kind not in counts for q in sentence.quantities_in(stretch))


def _by_future(sentence: Sentence, clause: Clause) -> Telling | None:
    """ "prices could reach $5,000, the bank said": a modal clause that somebody stands behind."""
    if clause.verb.modal not in _MODALS or clause.verb.negated or clause.subject is None:
        return None
    if clause.link in ("whether", "if", "unless"):
        return None
    subject = clause.subject.chunk.span
    stretch = Span(subject.start, _end(sentence, clause, reaching=False))
    whole = Span(subject.start, clause.chunk.span.start)
    variable = next(variables_in(sentence, whole, priced=_has_price(sentence, stretch)), None)
    if variable is None:
        variable = _gap_or_need(sentence, clause, stretch)
    if variable is None and clause.subject.chunk.lower == "it":
        lasting = _lasting(sentence, clause, stretch)
        if lasting is not None or not _has_price(sentence, stretch):
            return lasting
        variable = _subject_before(sentence)
    if variable is None or (clause.relative and clause.inherited):
        return None
    agent = stands_behind(sentence, clause)
    nobody = agent is None and not is_dated(sentence, stretch, variable)
    if nobody and not _goes_on(sentence):
        return None
    stretch = Span(clause.chunk.span.start, stretch.end)
    return Telling(clause.chunk.span, clause, stretch, variable, agent)


def _gap_or_need(sentence: Sentence, clause: Clause, stretch: Span) -> Span | None:
    """ "the market could face a shortfall of …", "the transition will need … of copper"."""
    subject = clause.subject
    if subject is None:
        return None
    after = Span(clause.chunk.span.end, max(clause.chunk.span.end, stretch.end))
    if clause.lemma in ("need", "require", "consume"):
        power = sentence.quantities_in(after, QuantityKind.ENERGY, QuantityKind.POWER)
        if power and power[0].span.start - after.start <= 24:
            return Span(subject.chunk.span.start, after.start)
        return _who_will(sentence, subject.chunk.span, after)
    if not subject.chunk.lower.endswith(("market", "world", "industry", "sector", "balance")):
        return None
    return next(variables_in(sentence, after, balances=True), None)


def _goes_on(sentence: Sentence) -> bool:
    """A forecast without a forecaster goes on where the sentence before gives one too."""
    if sentence.index == 0 or not sentence.quantities:
        return False
    before = sentence.analysis.sentences[sentence.index - 1]
    for clause in before.clauses:
        for told in (_by_expecting(before, clause), _by_passive(before, clause)):
            groups = figures_in(before, told.stretch) if told is not None else []
            if told is not None and told.variable is not None and groups:
                return not is_guidance(before, groups[0])
    return False


def _lasting(sentence: Sentence, clause: Clause, stretch: Span) -> Telling | None:
    """ "how long the halt may go on … it could last three months": a time is forecast."""
    times = sentence.quantities_in(stretch, QuantityKind.DURATION)
    if clause.lemma not in ("last", "take") or not times:
        return None
    before = Span(sentence.span.start, clause.chunk.span.start)
    match = re.search(r"how long [\w\s]{4,40}?(?=,| but|$)", before.of(sentence.analysis.text))
    if match is None:
        return None
    variable = Span(before.start + match.start(), before.start + match.end())
    return Telling(clause.chunk.span, clause, stretch, variable, stands_behind(sentence, clause))


def _by_noun(sentence: Sentence) -> Iterator[Telling]:
    """ "raised its forecast for …", "the bank's 2026 price forecast is …"."""
    for match in sentence.locate_all(FORECAST_NOUN):
        noun = Span(match.start(), match.end())
        clause = _governing(sentence, noun)
        chunk = sentence.chunk_at(noun.start)
        if clause is None or chunk is None or _of_resource(sentence, match.group()):
            continue
        stretch = Span(chunk.span.start, _end(sentence, clause, reaching=True))
        behind = Span(noun.end, stretch.end)
        variable = _before_noun(sentence, chunk.span, noun)
        variable = variable or next(variables_in(sentence, behind, priced=True), None)
        variable = variable or _subject_before(sentence)
        yield Telling(noun, clause, stretch, variable, who_says(sentence, clause))


_RESOURCE = sought(r"\b(?:mineral|resources?|reserves?|deposits?|contained|grades?)\b")


def _of_resource(sentence: Sentence, noun: str) -> bool:
    """ "Updated estimates for two deposits": what lies in the ground is measured, not forecast."""
    return noun.lower().startswith("estimate") and sentence.find(_RESOURCE) is not None


_NOT_A_THING = frozenset(
    "average annual earlier previous own year quarter month week half latest new official".split()
)


_OWN_WORDS = re.compile(
    r"(?:forecasts?|projections?|estimates?|outlooks?|predictions?|targets?)$", re.I
)


def _before_noun(sentence: Sentence, chunk: Span, noun: Span) -> Span | None:
    """ "its [2026 spodumene price] forecast": the words between possessor and noun."""
    text = sentence.analysis.text
    end = noun.start
    first = noun.of(text)
    if " " in first:
        end = noun.start + first.rindex(" ")
    at = sentence.chunk_at(noun.start) or sentence.chunks[0]
    if at.index >= 4 and sentence.chunks[at.index - 1].kind is Kind.CLOSE:
        opened = [c for c in sentence.chunks[: at.index] if c.kind is Kind.OPEN]
        at = sentence.chunks[opened[-1].index - 1] if opened else at
    words = [
        t
        for t in at.tokens
        if t.span.end <= end and t.tag.value in ("noun", "name") and not _OWN_WORDS.match(t.lower)
    ]
    owners = (MentionType.ORGANISATION, MentionType.PERSON)
    words = [t for t in words if not sentence.mentions_in(t.span, *owners)]
    words = [t for t in words if t.lower not in _NOT_A_THING]
    return Span(words[0].span.start, words[-1].span.end) if words else None


def _governing(sentence: Sentence, noun: Span) -> Clause | None:
    for clause in sentence.clauses:
        if goes_to(clause, noun):
            return clause
        if clause.lemma not in OUTLOOK_VERBS or clause.verb.negated:
            continue
        if not clause.verb.passive and _is_object(sentence, clause, noun):
            return clause
        subject = clause.subject
        about = clause.verb.passive or clause.lemma in ("be", "stand")
        if subject is not None and about and subject.chunk.span.overlaps(noun):
            return clause
    return None


def _is_object(sentence: Sentence, clause: Clause, noun: Span) -> bool:
    """Tell whether the noun is what the verb acts on, brackets before it aside."""
    chunk = sentence.chunk_at(noun.start)
    if chunk is None or chunk.index <= clause.chunk.index:
        return False
    between = sentence.chunks[clause.chunk.index + 1 : chunk.index]
    at = next((i for i, c in enumerate(between) if c.kind is Kind.OPEN), len(between))
    return not any(
        c.kind in (Kind.VP, Kind.COMMA, Kind.SUB, Kind.REL, Kind.BREAK)
        or (c.kind is Kind.PREP and c.lower not in ("up", "down"))
        for c in between[:at]
    )


def _on_the_cards(sentence: Sentence) -> Iterator[Telling]:
    """ "A surplus of 2 million bpd is on the cards for the first quarter"."""
    at = sentence.text.find("on the cards")
    if at < 0:
        return
    trigger = Span(sentence.span.start + at, sentence.span.start + at + len("on the cards"))
    clause = sentence.clause_of(trigger)
    if clause is None or clause.subject is None:
        return
    chunk = clause.subject.chunk
    variable = next(variables_in(sentence, chunk.span), None) or chunk.span
    agent = stands_behind(sentence, clause)
    stretch = Span(chunk.span.start, sentence.span.end)
    yield Telling(trigger, clause, stretch, variable, agent, bare=True)


def _end(sentence: Sentence, clause: Clause, *, reaching: bool) -> int:
    """Where the words of the forecast end: at the next clause with a subject of its own.

    With ``reaching`` the clause right after the verb is what is expected ("thinks output will
    dip") and belongs to it.
    """
    for later in sentence.clauses:
        subject = later.subject
        if later.relative and later.lemma in EXPECTING and later.chunk.index > clause.chunk.index:
            return later.chunk.span.start  # "…, according to brokers who see supply growing by …"
        if subject is None or later.inherited or later.relative or not later.verb.finite:
            continue
        start = subject.chunk.span.start
        said = later.lemma in SAYING and not later.verb.passive
        if start <= clause.chunk.span.end or said:
            continue
        between = sentence.chunks[clause.chunk.index + 1 : subject.chunk.index]
        parted = any(
            c.kind.value in ("comma", "break", "quote", "sub") and c.lower != "that"
            for c in between
        )
        if reaching and not parted:
            continue
        return start
    return sentence.span.end
