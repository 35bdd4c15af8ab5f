"""Prices: levels and changes, one event for each priced thing of a market report's sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.frames.price_figures import Figures, read_figures
from lodewire.extraction.frames.price_subjects import (
    EXCHANGE,
    TERMINAL_CODE,
    Priced,
    find_priced,
    market_of,
)
from lodewire.extraction.grammar.clauses import SPEECH, Clause
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import (
    EventType,
    MentionType,
    Qualifier,
    QuantityKind,
    Status,
)
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.commodities import load_commodities

_EXPECTING = frozenset(
    "expect forecast predict project see anticipate estimate seem poise tip".split()
)
_AHEAD = re.compile(
    r"\b(?:likely|expected|forecast|projected|predicted|poised|could|may|might|would|will|should|"
    r"set to|seen|going to|to keep)\b",
    re.IGNORECASE,
)
_NOT_WHEN = re.compile(
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


@dataclass(slots=True)
class _Told:
    """A priced thing with what its stretch of the sentence tells."""

    thing: Priced
    market: Span | None
    stretch: Span
    place: int
    figures: Figures
    alone: bool


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a price change or level for each priced thing in the sentence."""
    if not sentence.mentions and not sentence.quantities:
        return
    taken: list[Span] = []
    things = find_priced(sentence)
    yield from _of_things(sentence, things, taken)
    yield from _of_goods(sentence, taken)


def _of_things(sentence: Sentence, things: Sequence[Priced], taken: list[Span]) -> Iterator[Draft]:
    markets = list(market_of(sentence, things))
    stretches = _stretches(sentence, things)
    before: Figures | None = None
    for thing, market, (stretch, place) in zip(things, markets, stretches, strict=True):
        words = thing.span.of(sentence.analysis.text).lower()
        figures = read_figures(sentence, stretch, thing.moved, in_percent="payable" in words)
        if figures.level is None and thing is things[0]:
            figures.level = _level_ahead(sentence, thing)
        if before is not None and not thing.named:
            _inherit_move(figures, before)
        before = figures
        told = _Told(thing, market, stretch, place, figures, alone=len(things) == 1)
        drafts = list(_drafts(sentence, told))
        taken.extend(a.span for d in drafts for a in d.arguments)
        yield from drafts


_FETCHING = re.compile(
    r"\b(?:fetch(?:es|ed|ing)?|(?:trad(?:ed|es|ing)|quoted|assessed|valued|offered|sold) at|"
    r"chang(?:ed|es|ing) hands at|(?:went|goes|going|sold|sells|selling) for|(?:was|is|were|are) worth|"
    r"costs?)\s(?:as much as |up to )?$",
    re.IGNORECASE,
)
_NO_GOODS = re.compile(
    r"\b(?:costs?|royalt|dut(?:y|ies)|tariffs?|tax|levy|shares?|stock|project|mine|plant|company|"
    r"debt|bonds?|it|they|which|that|who|revenue|margin|AISC|fees?|fines?\b.{0,4}of)",
    re.IGNORECASE,
)


def _of_goods(sentence: Sentence, taken: Sequence[Span]) -> Iterator[Draft]:
    """ "Carbide inserts now fetch $33 a kg": a verb of price tells what no list of things knows."""
    text = sentence.analysis.text
    for quantity in sentence.quantities_in(sentence.span, QuantityKind.PRICE):
        start = max(sentence.span.start, quantity.span.start - 30)
        told = _FETCHING.search(text, start, quantity.span.start)
        if told is None or any(t.overlaps(quantity.span) for t in taken):
            continue
        goods = _goods(sentence, Span(told.start(), told.end()))
        if goods is None:
            continue
        clause = sentence.clause_of(quantity.span)
        if clause is not None and clause.verb.modal is not None:
            continue
        trigger = Span(told.start(), told.start() + len(told.group().rstrip()))
        draft = Draft(EventType.PRICE_LEVEL, sentence, trigger, clause, status=Status.REPORTED)
        draft.confidence = 0.6
        draft.add("commodity", goods)
        draft.add("level", quantity)
        for date in sentence.dates_in(sentence.span):
            before = text[max(sentence.span.start, date.span.start - 40) : date.span.start]
            if date.grain != "duration" and not _NOT_WHEN.search(before):
                draft.add("date", date)
                break
        yield draft


def _goods(sentence: Sentence, verb: Span) -> Mention | Span | None:
    """What is sold: the subject of the verb, if it can be goods."""
    for clause in sentence.clauses:
        if not clause.chunk.span.overlaps(verb) or clause.subject is None:
            continue
        chunk = clause.subject.chunk
        words = [t for t in chunk.tokens if t.tag.value not in ("det", "quantity", "date")]
        owner = sentence.mentions_in(
            chunk.span, MentionType.ORGANISATION, MentionType.PERSON, MentionType.SITE
        )
        if not words or owner or chunk.is_pronoun or _NO_GOODS.search(chunk.lower):
            return None
        known = sentence.mentions_in(chunk.span, MentionType.COMMODITY)
        return known[-1] if known else Span(words[0].span.start, words[-1].span.end)
    return None


def _level_ahead(sentence: Sentence, thing: Priced) -> Quantity | None:
    """ "At 81,000 yuan a tonne, the contract was up 8%"."""
    ahead = Span(sentence.span.start, thing.span.start)
    for quantity in sentence.quantities_in(ahead, QuantityKind.PRICE):
        if re.fullmatch(r"At\s", sentence.analysis.text[ahead.start : quantity.span.start]):
            return quantity
    return None


def _inherit_move(figures: Figures, before: Figures) -> None:
    """ "zinc dropped 0.6% to $3,057 and lead 0.9% to $2,057": lead dropped too."""
    bare = [c for c in figures.shares if c not in figures.changes]
    if figures.direction is None and before.change is not None and bare:
        figures.change, figures.changes = bare[0], (bare[0],)
        figures.direction, figures.move = before.direction, before.move


def _stretches(sentence: Sentence, things: Sequence[Priced]) -> list[tuple[Span, int]]:
    """The words that speak of each thing; what is coordinated shares one stretch, by place."""
    found: list[tuple[Span, int]] = []
    text = sentence.analysis.text
    for index in range(len(things)):
        last, place = index, 0
        while last + 1 < len(things) and _coordinates(
            text, things[last].start, things[last + 1].span.start
        ):
            last += 1
        if last > index or (found and index and found[-1][0].start == _start_of(things, index)):
            place = index - _first_of(text, things, index)
        end = things[last + 1].span.start if last + 1 < len(things) else sentence.span.end
        start = things[last].start
        found.append((Span(start, max(start, _clause_end(sentence, things[last], end))), place))
    return found


def _start_of(things: Sequence[Priced], index: int) -> int:
    return things[index].start


def _first_of(text: str, things: Sequence[Priced], index: int) -> int:
    while index and _coordinates(text, things[index - 1].start, things[index].span.start):
        index -= 1
    return index


def _coordinates(text: str, start: int, end: int) -> bool:
    return start <= end and text[start:end].strip(" ,").lower() in ("", "and", "or")


def _clause_end(sentence: Sentence, thing: Priced, end: int) -> int:
    """Where another clause with a subject of its own begins, speech aside."""
    for clause in sentence.clauses:
        subject = clause.subject
        if subject is None or clause.inherited or clause.relative or clause.lemma in SPEECH:
            continue
        start = subject.chunk.span.start
        if thing.start < start < end and clause.verb.finite and not _is_aside(sentence, start):
            return start
    stop = sentence.analysis.text.find(";", thing.start, end)
    return stop if stop >= 0 else end


def _is_aside(sentence: Sentence, start: int) -> bool:
    chunk = sentence.chunk_at(start)
    if chunk is None:
        return False
    figure = chunk.head is not None and chunk.head.tag is Tag.QUANTITY
    code = TERMINAL_CODE.fullmatch(chunk.span.of(sentence.analysis.text)) is not None
    return figure or code or chunk.lower in ("it", "they", "little")


def _drafts(sentence: Sentence, told: _Told) -> Iterator[Draft]:
    thing, figures, stretch = told.thing, told.figures, told.stretch
    if figures.empty or _is_forecast(sentence, thing, figures, stretch):
        return
    if figures.level is None and figures.change is None and _is_heading(sentence):
        return
    if not _is_price(sentence, thing, figures):
        return
    in_turn = "respectively" in stretch.of(sentence.analysis.text)
    if len(figures.changes) > 1 and in_turn:
        figures.change = figures.changes[min(told.place, len(figures.changes) - 1)]
    commodities: list[Mention | None] = [*thing.commodities] or [None]
    for index, commodity in enumerate(commodities):
        if in_turn and len(figures.levels) == len(commodities):
            figures.level = figures.levels[index]
        if in_turn and len(figures.changes) == len(commodities) > 1:
            figures.change = figures.changes[index]
        draft = _draft(sentence, told, commodity)
        if draft is not None:
            yield draft


def _is_heading(sentence: Sentence) -> bool:
    """A line without a full stop inside the text is a heading or another article's title."""
    return sentence.index > 0 and sentence.text.rstrip()[-1:] not in (".", "!", "?", '"', "”", ")")


def _is_forecast(sentence: Sentence, thing: Priced, figures: Figures, stretch: Span) -> bool:
    """What is expected is a forecast, see forecast.py."""
    at = figures.move or (figures.level.span if figures.level is not None else stretch)
    clause = sentence.clause_of(at)
    while clause is not None:
        if clause.verb.modal is not None or clause.lemma in _EXPECTING:
            return True
        clause = clause.governor
    between = Span(min(thing.start, at.start), at.start).of(sentence.analysis.text)
    return bool(_AHEAD.search(between))


_ASSUMED = re.compile(
    r"\b(?:assum\w+|NPV\w*|net present value|IRR|internal rate of return|cut-?offs?|price deck|"
    r"sensitivit\w+|feasibility study)\b",
    re.IGNORECASE,
)


def _is_price(sentence: Sentence, thing: Priced, figures: Figures) -> bool:
    if figures.amount or (figures.direction is None and _ASSUMED.search(sentence.text)):
        return False  # the price on which a study reckons is not a price of the day
    level, change = figures.level, figures.change
    quoted = level is not None and level.kind is QuantityKind.PRICE
    if level is None and change is None and _is_passing(sentence, thing, figures):
        return False
    if thing.weak:
        told = change is not None or level is not None
        spread = thing.moved is not None and bool(thing.commodities)
        return quoted or spread or (told and _in_market(sentence))
    if thing.named:
        return True
    if thing.commodities:
        market = quoted or (change is not None and figures.direction is not None)
        return market or level is not None or _moves_alone(sentence, thing, figures)
    return _in_market(sentence) and (change is not None or quoted)


_LINKING = frozenset("be stay remain hold close end finish trade reach hit touch settle".split())
_PASSING = frozenset("after when as since because before while until if although though".split())


def _is_passing(sentence: Sentence, thing: Priced, figures: Figures) -> bool:
    """ "shelved after prices sank", "sent prices tumbling": a cause without figures, no news."""
    if figures.part is not None:
        return False
    for clause in sentence.clauses:
        if clause.subject is not None and thing.chunk in clause.subject.chunks:
            return clause.link in _PASSING
    if thing.moved is not None:
        return sentence.index > 0 and not _is_subject(sentence, thing.moved)
    return not _is_pressed(sentence, thing)


def _is_subject(sentence: Sentence, span: Span) -> bool:
    """Tell whether the words are the subject of a main clause."""
    return any(
        c.subject is not None and c.subject.chunk.span.overlaps(span) and not c.relative
        for c in sentence.clauses
    )


def _is_pressed(sentence: Sentence, thing: Priced) -> bool:
    before = sentence.analysis.text[sentence.span.start : thing.span.start]
    return bool(re.search(r"\b(?:weigh|press)\w*\son\s(?:the\s)?$", before))


def _moves_alone(sentence: Sentence, thing: Priced, figures: Figures) -> bool:
    """ "Copper firms as …": the movement is the verb, nothing is its object."""
    if figures.move is None:
        return False
    for clause in sentence.clauses:
        if clause.subject is None or clause.subject.chunk is not thing.chunk:
            continue
        if clause.chunk.span.overlaps(figures.move):
            return not clause.objects
        if clause.lemma == "be" and figures.direction != "flat":
            return False  # "where fuel is cheaper" compares places
        if clause.lemma in _LINKING and 0 <= figures.move.start - clause.chunk.span.end <= 24:
            return True
    return False


def _in_market(sentence: Sentence) -> bool:
    """Tell whether this sentence or one of the two before it names a quotation."""
    first = max(0, sentence.index - 2)
    for near in sentence.analysis.sentences[first : sentence.index + 1]:
        if any(m.type is MentionType.BENCHMARK for m in near.mentions):
            return True
        if any(q.kind is QuantityKind.PRICE for q in near.quantities):
            return True
        if near is not sentence and any(t.commodities for t in find_priced(near)):
            return True
    return False


def _draft(sentence: Sentence, told: _Told, commodity: Mention | None) -> Draft | None:
    thing, figures = told.thing, told.figures
    level, change, direction = figures.level, figures.change, figures.direction
    type_ = EventType.PRICE_CHANGE if direction is not None else EventType.PRICE_LEVEL
    if type_ is EventType.PRICE_LEVEL and level is None:
        return None
    trigger = figures.move or thing.span
    draft = Draft(
        type_,
        sentence,
        trigger,
        _clause_of(sentence, thing, trigger),
        status=Status.REPORTED,
        confidence=0.85 if level is not None or change is not None else 0.6,
    )
    named = commodity if commodity is not None and commodity.type is MentionType.BENCHMARK else None
    draft.add("benchmark", _quotation(sentence, thing, told.market, commodity))
    draft.add("commodity", _of_benchmark(sentence, named) if named is not None else commodity)
    if commodity is None and thing.what is not None:
        draft.add("commodity", thing.what)
    elif commodity is None:
        _fill_commodity(draft)
    if level is not None and not _is_headline_limit(sentence, level):
        draft.add("level", level)
    _fill_time(draft, thing, told.stretch, type_, alone=told.alone)
    if type_ is EventType.PRICE_CHANGE and direction is not None:
        draft.add("direction", trigger, direction)
        draft.add("change", change or figures.part)
    return draft


def _is_headline_limit(sentence: Sentence, level: Quantity) -> bool:
    """ "Gold surges past $3,900": the headline's round mark is not the price of the report."""
    return sentence.index == 0 and level.qualifier is not Qualifier.EXACT


def _clause_of(sentence: Sentence, thing: Priced, trigger: Span) -> Clause | None:
    for clause in sentence.clauses:
        if clause.subject is not None and thing.chunk in clause.subject.chunks:
            return clause
    return sentence.clause_of(trigger)


def _quotation(
    sentence: Sentence, thing: Priced, market: Span | None, commodity: Mention | None
) -> Span | Mention | None:
    """The thing's own quotation, else the exchange it shares with the thing before it."""
    own = thing.benchmark
    if isinstance(own, Span) and market is not None and not EXCHANGE.search(sentence.text):
        return own
    if own is None or (isinstance(own, Span) and market is not None):
        return market if commodity is not None else own
    return own


def _of_benchmark(sentence: Sentence, benchmark: Mention) -> Mention | None:
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


def _fill_commodity(draft: Draft) -> None:
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


def _fill_time(
    draft: Draft, thing: Priced, stretch: Span, type_: EventType, *, alone: bool
) -> None:
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
        if date.grain == "duration" or _NOT_WHEN.search(before):
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
