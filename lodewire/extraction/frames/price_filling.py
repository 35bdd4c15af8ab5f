"""What goes with a price: its quotation, its commodity, its day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.frames.price_subjects import find_priced
from lodewire.extraction.frames.price_words import EXCHANGE, Priced
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.quantity import DateMention
from lodewire.model.vocabulary import (
    EventType,
    MentionType,
)
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.commodities import load_commodities

NOT_WHEN = re.compile(
    r"\b(?:highest|lowest|strongest|weakest|dearest|cheapest|highs?|lows?|peaks?|record|first time|"
    r"most|least)\b[^,;]{0,28}$|"
    r"\b(?:from|than|with|against|versus|above|below|after)\s(?:the |its |a )*"
    r"(?:(?:\S+ ){0,3}(?:in|of|at) (?:the )?(?:\w+ (?:period|month|quarter|time) of )?)?(?:the )?$|"
    r"\bfor\s$",
    re.IGNORECASE,
)


_NOT_WHEN_AFTER = re.compile(
    r"[’']?s?\s(?:delivery|loading|shipments?|contracts?|futures|peak|record|high|"
    r"low|average|level|output|production|data|exports?|imports?|report|figures|shipments)\b",
    re.IGNORECASE,
)


def quotation(
    sentence: Sentence, thing: Priced, market: Span | None, commodity: Mention | None
) -> Span | Mention | None:
    """The thing's own quotation, else the exchange it shares with the thing before it."""
    own = thing.benchmark
    if isinstance(own, Span) and market is not None and not EXCHANGE.search(sentence.text):
        return own
    if own is None or (isinstance(own, Span) and market is not None):
        return market if commodity is not None else own
    return own


def of_benchmark(sentence: Sentence, benchmark: Mention) -> Mention | None:
    """The commodity that the benchmark names, or the words for it near by: "TC/RCs" are copper's."""
    inside = _inside(sentence, benchmark)
    known = load_benchmarks().get(benchmark.entity)
    if inside is not None or known is None:
        return inside
    sentences = sentence.analysis.sentences
    for near in reversed(sentences[max(0, sentence.index - 3) : sentence.index + 1]):
        for mention in near.mentions:
            if mention.type is MentionType.COMMODITY and mention.entity == known.commodity:
                return mention
    return None


def _inside(sentence: Sentence, benchmark: Mention) -> Mention | None:
    """The commodity that the benchmark's own words name."""
    known = load_benchmarks().get(benchmark.entity)
    if known is None:
        return None
    words = benchmark.text.lower()
    names = [a.text for a in load_commodities()[known.commodity].surfaces]
    for name in sorted(names, key=len, reverse=True):
        at = words.find(name.lower())
        if at >= 0:
            span = Span(benchmark.span.start + at, benchmark.span.start + at + len(name))
            found = span.of(sentence.analysis.text)
            return Mention(
                type=MentionType.COMMODITY,
                span=span,
                text=found,
                name=found,
                entity=EntityId(known.commodity),
            )
    return None


def fill_commodity(draft: Draft) -> None:
    """A price without its thing ("prices had plunged") is that of the last one before it."""
    sentence = draft.sentence
    analysis = sentence.analysis
    before = Span(sentence.span.start, draft.trigger.start)
    own = [m for m in sentence.mentions_in(before, MentionType.COMMODITY) if not m.generic]
    if len({m.entity for m in own}) == 1 and draft.has("benchmark"):
        draft.add("commodity", own[-1])
        return
    for near in reversed(analysis.sentences[max(0, sentence.index - 3) : sentence.index]):
        for thing in reversed(find_priced(near)):
            for mention in thing.commodities:
                if mention.type is MentionType.COMMODITY:
                    draft.add("commodity", mention)
                    return
                inside = _inside(near, mention)
                if inside is not None:
                    draft.add("commodity", inside)
                    return
    draft.add("commodity", fill.main_commodity(analysis) or fill.nearest_commodity(sentence))


def fill_time(draft: Draft, thing: Priced, stretch: Span, type_: EventType, *, alone: bool) -> None:
    role = "period" if type_ is EventType.PRICE_CHANGE else "date"
    sentence = draft.sentence
    near: Sequence[DateMention] = sentence.dates_in(stretch)
    lead = [
        d
        for d in sentence.dates_in(Span(sentence.span.start, thing.span.start))
        if not _is_dateline(sentence, d)
    ]
    for date in [*near, *lead]:
        text = sentence.analysis.text
        before = text[max(sentence.span.start, date.span.start - 40) : date.span.start]
        if date.grain == "duration" or NOT_WHEN.search(before):
            continue
        if not _NOT_WHEN_AFTER.match(text, date.span.end) and not date.span.overlaps(thing.span):
            draft.add(role, date)
            return
    if type_ is EventType.PRICE_CHANGE and draft.has("benchmark") and alone:
        _fill_day(draft, role)


def _fill_day(draft: Draft, role: str) -> None:
    """A daily report says once, in its lead, of which day it speaks."""
    sentence = draft.sentence
    for near in sentence.analysis.sentences[: min(4, sentence.index)]:
        for date in near.dates:
            priced = date.grain == "day" and not _is_dateline(near, date)
            if priced and any(t.commodities for t in find_priced(near)):
                draft.add(role, date)
                return


def _is_dateline(sentence: Sentence, date: DateMention) -> bool:
    """ "LONDON, Sept 18 - Copper …": the date before the dash is the report's, not the price's."""
    rest = sentence.analysis.text[date.span.end : date.span.end + 24]
    return sentence.index <= 2 and bool(re.match(r"\s?(?:\([A-Za-z ]+\)\s)?(?:-|–|—|--)\s", rest))
