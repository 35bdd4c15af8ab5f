"""Prices: levels and changes, one event for each priced thing of a market report's sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import forecast, price_ahead, price_sequels
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.frames.price_deals import of_deals, of_goods
from lodewire.extraction.frames.price_figures import Figures, read_figures
from lodewire.extraction.frames.price_filling import (
    fill_commodity,
    fill_time,
    is_cargo,
    market_of,
    of_benchmark,
    quotation,
)
from lodewire.extraction.frames.price_judging import is_forecast, is_price
from lodewire.extraction.frames.price_links import link_benchmarks
from lodewire.extraction.frames.price_lists import find_lines, is_other_line
from lodewire.extraction.frames.price_signs import unsigned
from lodewire.extraction.frames.price_subjects import find_priced
from lodewire.extraction.frames.price_words import MOVE_NOUNS, TERMINAL_CODE, Priced
from lodewire.extraction.grammar.clauses import SPEECH, Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import (
    EventType,
    MentionType,
    Qualifier,
    QuantityKind,
    Status,
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
    shared: int = 1  # how many things share the stretch


_PRICEABLE = (MentionType.COMMODITY, MentionType.BENCHMARK)
_PRICE_WORD = sought(
    r"(?:price|premium|futures|quot|assess|contract|index|benchmark|rate|charge|discount|indicator|"
    r"metal|earnings|fetch|worth|bullion| cost|went for|sold (?:at|for)|trad(?:ed|ing) at|changed hands)",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a price change or level for each priced thing, its benchmark as the ontology lists it."""
    yield from link_benchmarks(_read(sentence))


def _read(sentence: Sentence) -> Iterator[Draft]:
    lines = list(find_lines(sentence))
    if lines or is_other_line(sentence):
        yield from lines
        return
    named = any(m.type in _PRICEABLE for m in sentence.mentions)
    priced = any(q.kind is QuantityKind.PRICE for q in sentence.quantities)
    unnamed = not named and not priced and sentence.find(_PRICE_WORD) is None
    if unnamed and not (sentence.index and sentence.text.startswith(("It ", "They "))):
        return
    taken: list[Span] = []
    things = _without_cargoes(sentence, find_priced(sentence))
    yield from _of_things(sentence, things, taken)
    yield from of_goods(sentence, taken)
    yield from of_deals(sentence, taken)


def _is_ahead(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether the level, told without a change, is one that somebody forecasts."""
    if draft.type is EventType.PRICE_CHANGE:
        return False
    ahead = [a.span for d in forecast.find(sentence) for a in d.of("level")]
    return any(s.overlaps(a.span) for a in draft.of("level") for s in ahead)


def _without_cargoes(sentence: Sentence, things: list[Priced]) -> list[Priced]:
    """ "a premium of $175 a tonne for July aluminium, up 19%": the goods belong to the premium."""
    kept: list[Priced] = []
    for thing in things:
        ahead = sentence.analysis.text[max(0, thing.span.start - 40) : thing.span.start]
        if kept and not thing.named and re.search(r"\bfor (?:[\w-]+ ){0,3}$", ahead):
            kept[-1].commodities = kept[-1].commodities or list(thing.commodities)
            continue
        kept.append(thing)
    return kept


def _of_things(sentence: Sentence, things: Sequence[Priced], taken: list[Span]) -> Iterator[Draft]:
    markets = list(market_of(sentence, things))
    stretches = _stretches(sentence, things)
    before: Figures | None = None
    last: Draft | None = None
    for thing, market, (stretch, place) in zip(things, markets, stretches, strict=True):
        words = thing.span.of(sentence.analysis.text).lower()
        figures = read_figures(sentence, stretch, thing.moved, in_percent="payable" in words)
        if figures.level is None and thing is things[0]:
            figures.level = price_ahead.find_level(sentence, thing)
        if before is None:
            price_ahead.take_change(sentence, thing, figures)
        elif not thing.named or _is_quoted(thing):
            price_ahead.inherit_move(figures, before, sentence.quantities_in(stretch))
        before = figures
        told = _Told(thing, market, stretch, place, figures, alone=len(things) == 1)
        told.shared = sum(s == stretch for s, _ in stretches)
        if thing.chunk.is_pronoun and figures.level is None and _is_taken_up(sentence):
            continue  # told with the level that the sentence before gives
        drafts = [d for d in _drafts(sentence, told) if not _is_ahead(sentence, d)]
        if last is not None and drafts and _moves_together(last, told, drafts):
            continue
        last = drafts[-1] if drafts else None
        if len(drafts) == 1 and (told.alone or thing is things[-1]):
            drafts.extend(_over_longer(sentence, told, drafts[0]))
            drafts.extend(price_sequels.tell(sentence, told.stretch, drafts[0]))
        taken.extend(a.span for d in drafts for a in d.arguments)
        yield from drafts


_WEEKLY = re.compile(
    r"\b(?P<over>weekly|monthly|quarterly|annual|yearly) (?:gain|rise|increase|loss|fall|drop|decline|advance|slide) of $"
)
_OVER = re.compile(
    r"(?: (?:dearer|higher|lower|cheaper|up|down|more|less|above|below|firmer|weaker))? (?:than |on |in |over |for )?"
    r"(?P<over>(?:since|a (?:week|month|year) (?:ago|before|earlier)|(?:the|this|last) (?:week|month|quarter|year)|so far this (?:week|month|year)|"
    r"(?:week|month|quarter|year)[- ]on[- ](?:week|month|quarter|year)|the (?:previous|past|last) (?:day|week|month|year|session))(?: [\w’' ]{3,20}?)??)(?=[,.;]|$| and )"
)


def _over_longer(sentence: Sentence, told: _Told, first: Draft) -> Iterator[Draft]:
    """ "fell 0.7% to $814, for a weekly gain of 3.2%": the change over another time is another."""
    if first.type is not EventType.PRICE_CHANGE or not first.has("change"):
        return
    text = sentence.analysis.text
    start = max(a.span.end for a in first.arguments if a.role in ("change", "level"))
    rest = Span(start, max(start, told.stretch.end))
    figures = read_figures(sentence, rest, None)
    change = figures.change
    if change is None or change.kind is not QuantityKind.PERCENT or figures.direction is None:
        return
    over = _WEEKLY.search(text, start, change.span.start)
    over = over or _OVER.match(text, change.span.end, rest.end)
    if over is None or is_forecast(sentence, told.thing, figures, rest):
        return
    draft = price_sequels.another_move(sentence, first, figures, change)
    draft.add("change", change)
    period = Span(over.start("over"), over.end("over"))
    draft.add("period", period)
    if any(a.span.overlaps(period) for a in first.of("period")):
        first.drop("period")
    yield draft


def _moves_together(last: Draft, told: _Told, drafts: Sequence[Draft]) -> bool:
    """ "Palladium and rhodium have plunged": one movement of both, told without a figure."""
    plain = told.place > 0 and not told.thing.named and len(drafts) == 1
    if not plain or any(d.has("level", "change", "benchmark") for d in (last, drafts[0])):
        return False
    last.arguments.extend(drafts[0].of("commodity"))
    return True


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


_NO_NEWS = SPEECH | {"compare"}  # "an increase of $1,700 compared to Monday" goes on


def _clause_end(sentence: Sentence, thing: Priced, end: int) -> int:
    """Where another clause with a subject of its own begins, speech aside."""
    for clause in sentence.clauses:
        subject = clause.subject
        if subject is None or clause.inherited or clause.relative or clause.lemma in _NO_NEWS:
            continue
        start = subject.chunk.span.start
        if thing.start < start < end and clause.verb.finite and not _is_aside(sentence, start):
            return start
    before = price_sequels.find(sentence, Span(thing.start, max(thing.start, end)))
    end = before.start if before is not None else end
    stop = sentence.analysis.text.find(";", thing.start, end)
    return stop if stop >= 0 else end


def _is_aside(sentence: Sentence, start: int) -> bool:
    chunk = sentence.chunk_at(start)
    if chunk is None:
        return False
    head = chunk.head
    figure = head is not None and head.tag is Tag.QUANTITY
    if head is not None and direction_of(head.lower) is not None:  # "is [14% lower] since"
        figure = figure or any(t.tag is Tag.QUANTITY for t in chunk.tokens)
    figure = figure or (head is not None and head.lower in MOVE_NOUNS)  # ", [an increase] of 8%"
    code = TERMINAL_CODE.fullmatch(chunk.span.of(sentence.analysis.text)) is not None
    return figure or code or chunk.lower in ("it", "they", "little")


def _drafts(sentence: Sentence, told: _Told) -> Iterator[Draft]:
    thing, figures, stretch = told.thing, told.figures, told.stretch
    if figures.empty or is_forecast(sentence, thing, figures, stretch):
        return
    if figures.level is None and figures.change is None and _is_heading(sentence):
        return
    if not is_price(sentence, thing, figures):
        return
    in_turn = "respectively" in stretch.of(sentence.analysis.text)
    if not in_turn:
        price_ahead.pair(figures, told.shared, told.place, sentence.analysis.text)
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


def _draft(sentence: Sentence, told: _Told, commodity: Mention | None) -> Draft | None:
    thing, figures = told.thing, told.figures
    if figures.direction is None and figures.level is not None and told.alone:
        _take_next(sentence, figures)
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
    draft.add("benchmark", quotation(sentence, thing, told.market, commodity, told.stretch))
    draft.add("commodity", of_benchmark(sentence, named) if named is not None else commodity)
    if commodity is None and thing.what is not None and not is_cargo(sentence, thing.what):
        draft.add("commodity", thing.what)
    elif commodity is None:
        fill_commodity(draft)
    if level is not None and not _is_headline_limit(sentence, level):
        draft.add("level", level)
    if type_ is EventType.PRICE_CHANGE and direction is not None:
        draft.add("direction", figures.move or (change.span if change else trigger), direction)
        amount = change or figures.part
        draft.add("change", amount and unsigned(amount, sentence.analysis.text))
    fill_time(draft, thing, told.stretch, type_, alone=told.alone)
    return draft


_GOES_ON = re.compile(
    r"(?:It|They|That|This|The (?:price|metal|rate|figure|contract|premium)|Prices)\s"
    r"(?!(?:company|miner|group)\b)",
)


def _is_quoted(thing: Priced) -> bool:
    """Tell whether a thing's own name is a quotation ("WTI"), so that it can be one of a list."""
    return isinstance(thing.benchmark, Mention)


def _take_next(sentence: Sentence, figures: Figures) -> None:
    """ "… at $9,120 a tonne. It has gained 11% this year": level and change of one price."""
    sentences = sentence.analysis.sentences
    if sentence.index + 1 >= len(sentences):
        return
    after = sentences[sentence.index + 1]
    opening = _GOES_ON.match(after.text)
    ahead = any(c.verb.modal is not None for c in after.clauses)
    if opening is None or ahead or after.quantities_in(after.span, QuantityKind.PRICE):
        return
    found = read_figures(after, Span(after.span.start + opening.end(), after.span.end), None)
    if found.change is not None and found.direction is not None and not found.amount:
        figures.change, figures.direction = found.change, found.direction
        figures.move = None


def _is_taken_up(sentence: Sentence) -> bool:
    """Tell whether the sentence before gives the level of one price, without a change."""
    before = sentence.analysis.sentences[sentence.index - 1]
    things = find_priced(before)
    if len(things) != 1:
        return False
    stretch, _ = _stretches(before, things)[0]
    figures = read_figures(before, stretch, things[0].moved)
    return figures.level is not None and figures.direction is None


def _is_headline_limit(sentence: Sentence, level: Quantity) -> bool:
    """ "Gold surges past $3,900": the headline's round mark is not the price of the report."""
    limit = level.qualifier in (Qualifier.MORE_THAN, Qualifier.LESS_THAN)
    return sentence.index == 0 and limit and not sentence.text.rstrip().endswith(".")


def _clause_of(sentence: Sentence, thing: Priced, trigger: Span) -> Clause | None:
    for clause in sentence.clauses:
        if clause.subject is not None and thing.chunk in clause.subject.chunks:
            return clause
    return sentence.clause_of(trigger)
