"""Prices: levels and changes, one event for each commodity of a market report's sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames.movements import Direction, find_movement
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.commodities import load_commodities

_PRICE_NOUN = (
    r"(?:spot |futures |forward |term |domestic |export |import |average |benchmark |cash |market )*"
    r"(?:prices?|premiums?|futures|contracts?|quotations?|quotes?|spot|benchmark|market|discounts?|"
    r"assessments?|treatment charges?|TCs?|index|fixing|rates?)"
)
_PRICED = re.compile(rf"[\s-]+{_PRICE_NOUN}\b", re.IGNORECASE)
_PRICE_OF = re.compile(
    r"\b(?:prices?|premiums?|futures|quotations?|cost)\s(?:of|for)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
# "copper output rose 3 %" is no price: the commodity only says what kind of output.
_OTHER_NOUN = re.compile(
    r"[\s-]+(?:[a-z]+\s)?(?:output|production|exports?|imports?|demand|sales|consumption|stocks?|"
    r"inventor\w+|"
    r"shares?|reserves?|resources?|supply|supplies|shipments?|volumes?|capacity|grades?|revenue|"
    r"earnings|costs?|C1|content|holdings|warehouse|deliveries|smelters?|mines?|miners?|producers?|"
    r"companies|project|deposit|refiner\w+|plants?|deal|concession|investment|industry|sector|"
    r"guidance|tariffs?|dut(?:y|ies)|guided|ore grade)\b",
    re.IGNORECASE,
)
_TO_LEVEL = re.compile(
    r"\b(?:to|at|of|reach(?:ed|ing)?|near|around|above|below|hit|hitting|touch(?:ed|ing)?|was|were|"
    r"stood|cost|costs|is|are|now|trading|assessed|quoted|closed|settled|averag(?:ed|ing)|put|"
    r"priced|fetch(?:ed|ing)?|worth|past|beyond)\s+"
    r"(?:at\s+|a\s+|an\s+|the\s+|up\s+|about\s+)*(?:[\w-]+\s+){0,4}$"
)
_LEVEL_KINDS = (QuantityKind.PRICE, QuantityKind.MONEY)
_CHANGE_KINDS = (QuantityKind.PERCENT, QuantityKind.PERCENT_POINT, QuantityKind.FACTOR)
_MARKET = re.compile(
    r"\b(?:prices?|premiums?|futures|contract|LME|SHFE|COMEX|CME|spot|traded|trading|per (?:metric )?"
    r"(?:ton|tonne|pound|ounce|barrel)|a (?:ton|tonne|pound|barrel)|an ounce|/(?:t|mt|lb|oz|bbl))\b"
)


@dataclass(slots=True)
class _Item:
    """A priced thing with the stretch of the sentence that speaks of it."""

    subject: Span
    commodity: Mention | None
    benchmark: Span | Mention | None
    stretch: Span


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a price change or level for each priced thing in the sentence."""
    text = sentence.text
    if not _MARKET.search(text):
        return
    items = _items(sentence)
    direction: Direction | None = None
    market: Span | Mention | None = None
    for item in items:
        market = item.benchmark or market
        draft, direction = _draft(sentence, item, direction, market, alone=len(items) == 1)
        if draft is not None:
            yield draft


def _items(sentence: Sentence) -> list[_Item]:
    text = sentence.analysis.text
    subjects = [m for m in sentence.mentions if _is_priced(sentence, m)]
    items: list[_Item] = []
    for index, mention in enumerate(subjects):
        end = subjects[index + 1].span.start if index + 1 < len(subjects) else sentence.span.end
        stretch = Span(mention.span.end, end)
        commodity = mention if mention.type is MentionType.COMMODITY else _inside(sentence, mention)
        items.append(_Item(mention.span, commodity, _benchmark(sentence, mention, text), stretch))
    return items


def _is_priced(sentence: Sentence, mention: Mention) -> bool:
    if mention.type is MentionType.BENCHMARK:
        return True
    if mention.type is not MentionType.COMMODITY or mention.generic:
        return False
    text = sentence.analysis.text
    after = text[mention.span.end : min(sentence.span.end, mention.span.end + 40)]
    before = text[max(sentence.span.start, mention.span.start - 40) : mention.span.start]
    if _OTHER_NOUN.match(after):
        return False
    if _PRICED.match(after) or _PRICE_OF.search(before):
        return True
    if re.search(r"\b(?:of|for|in|from|with|on)\s(?:the\s)?$", before) and not _exchange_before(
        before
    ):
        return False
    move = find_movement(text, mention.span.end, min(sentence.span.end, mention.span.end + 45))
    return move is not None or bool(_quantities(sentence, mention.span.end, 20))


def _exchange_before(before: str) -> bool:
    return bool(
        re.search(
            r"\b(?:LME|SHFE|COMEX|Comex|London|Shanghai|spot|three-month)\b[^,;]{0,20}$", before
        )
    )


def _quantities(sentence: Sentence, start: int, reach: int) -> list[Quantity]:
    window = Span(start, min(sentence.span.end, start + reach))
    found = sentence.quantities_in(Span(start, sentence.span.end), *_CHANGE_KINDS)
    return [q for q in found if q.span.start < window.end]


def _inside(sentence: Sentence, benchmark: Mention) -> Mention | None:
    """The commodity that the benchmark's own words name."""
    words = benchmark.text
    known = load_benchmarks().get(benchmark.entity)
    if known is None:
        return None
    names = [a.text for a in load_commodities()[known.commodity].surfaces]
    for name in sorted(names, key=len, reverse=True):
        at = words.lower().find(name.lower())
        if at >= 0:
            span = Span(benchmark.span.start + at, benchmark.span.start + at + len(name))
            return Mention(
                type=MentionType.COMMODITY,
                span=span,
                text=span.of(sentence.analysis.text),
                name=span.of(sentence.analysis.text),
                entity=EntityId(known.commodity),
            )
    return None


def _benchmark(sentence: Sentence, mention: Mention, text: str) -> Span | Mention | None:
    """The words that name the quotation: exchange and contract around the commodity."""
    chunk = sentence.chunk_at(mention.span.start)
    if mention.type is MentionType.BENCHMARK:
        return mention
    if chunk is None:
        return None
    start, end = chunk.span
    first = next((t for t in chunk.tokens if t.tag.value != "det"), chunk.tokens[0])
    start = first.span.start
    end = max(mention.span.end, _price_noun_end(text, mention.span.end, end))
    span = Span(start, end)
    named = re.search(
        r"\b(?:LME|SHFE|COMEX|Comex|CME|GFEX|INE|ICE|London|Shanghai|Guangzhou|Exchange|premium|"
        r"benchmark|contract|futures|spot|index|Midwest|Rotterdam|CIF|FOB)\b",
        span.of(text),
    )
    return span if named else None


def _price_noun_end(text: str, start: int, limit: int) -> int:
    match = _PRICED.match(text, start, max(limit, start))
    return match.end() if match is not None else start


def _draft(
    sentence: Sentence,
    item: _Item,
    inherited: Direction | None,
    market: Span | Mention | None,
    *,
    alone: bool,
) -> tuple[Draft | None, Direction | None]:
    text = sentence.analysis.text
    move = find_movement(text, item.stretch.start, item.stretch.end)
    if move is None and alone:
        move = find_movement(text, sentence.span.start, item.subject.start)
    change = _change(sentence, item.stretch) or (
        _change(sentence, Span(sentence.span.start, item.subject.start)) if alone else None
    )
    level = _level(sentence, item.stretch)
    direction = move[0] if move is not None else (inherited if change is not None else None)
    if direction is None and level is None:
        return None, inherited
    type_ = EventType.PRICE_CHANGE if direction is not None else EventType.PRICE_LEVEL
    trigger = Span(move[1], move[2]) if move is not None else item.subject
    draft = Draft(type_, sentence, trigger, sentence.clause_of(trigger), status=Status.REPORTED)
    draft.add("benchmark", item.benchmark or (market if level is not None else None))
    draft.add("commodity", item.commodity)
    draft.add("level", level)
    _fill_time(draft, item, type_)
    if type_ is EventType.PRICE_CHANGE and direction is not None:
        draft.add("direction", trigger, direction)
        draft.add("change", change)
        if change is None and level is None and not _says_price(sentence, item):
            return None, direction
    return draft, direction


def _says_price(sentence: Sentence, item: _Item) -> bool:
    around = Span(max(sentence.span.start, item.subject.start - 30), item.subject.end + 30)
    return bool(re.search(_PRICE_NOUN, around.of(sentence.analysis.text), re.IGNORECASE))


def _change(sentence: Sentence, stretch: Span) -> Quantity | None:
    found = sentence.quantities_in(stretch, *_CHANGE_KINDS)
    return found[0] if found else None


def _level(sentence: Sentence, stretch: Span) -> Quantity | None:
    text = sentence.analysis.text
    for quantity in sentence.quantities_in(stretch, *_LEVEL_KINDS):
        before = text[max(stretch.start, quantity.span.start - 40) : quantity.span.start]
        if quantity.kind is QuantityKind.PRICE or _TO_LEVEL.search(before):
            return quantity
    return None


def _fill_time(draft: Draft, item: _Item, type_: EventType) -> None:
    role = "period" if type_ is EventType.PRICE_CHANGE else "date"
    near: Sequence[DateMention] = draft.sentence.dates_in(item.stretch)
    first = draft.sentence.dates_in(Span(draft.sentence.span.start, item.stretch.end))
    for date in [*near, *first]:
        if date.grain != "duration":
            draft.add(role, date)
            return
