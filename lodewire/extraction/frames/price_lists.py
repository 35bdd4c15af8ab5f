"""Lines of a price list or table: "Copper 3M 9,512 (+0.4%)", a thing, its price and its change.

A line has no verb. Its cells may be parted by bars, tabs, dots, colons, commas or blanks; several
lines may stand in one, parted by semicolons. Its period is what the heading above says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.frames import fill
from lodewire.extraction.frames.price_filling import of_benchmark
from lodewire.extraction.frames.price_signs import unsigned
from lodewire.extraction.frames.price_words import EXCHANGE
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_NUMBER = r"\d[\d,.]*\d|\d"
_MONEY = (
    r"(?:US|A|C|CA|NZ|HK|S|R)?[$€£¥₹₦]|(?:USD|EUR|GBP|CNY|RMB|Rmb|Yuan|INR|AUD|CAD|Rs\.?|RM|yuan)"
)
_UNIT = (
    r"(?:\s?/\s?(?:[A-Za-z]+)|\s(?:per|a|an)\s(?:\w+\s)?(?:tonne|ton|lb|pound|kg|kilogram|kilo|oz|ounce|"
    r"barrel|bbl|gallon|litre|MMBtu|MWh|unit)|\sa\s(?:tonne|ton)|\s?(?:yuan|euros?|dollars|cents|rupees)"
    r"(?:/\w+|\s(?:per|a)\s\w+)?|c/lb|p/therm)?"
)
_AMOUNT = rf"(?:{_NUMBER})(?:(?:[-–]|\s[-–]\s)(?:{_MONEY})?(?:{_NUMBER}))?{_UNIT}(?![\d%]|[.,:]\d)"
_LEVEL = rf"(?P<level>(?P<money>{_MONEY})\s?{_AMOUNT}|(?:minus )?{_AMOUNT})"
_SIGNED = (
    rf"(?<!\d)[+\-−–]\s?(?:{_MONEY})?\s?(?:{_NUMBER})\s?(?:%|pc\b|pct\b|per ?cent)?|"
    rf"(?:up|down|higher|lower|plus|minus)\s(?:{_MONEY})?(?:{_NUMBER})\s?(?:%|pc\b|pct\b|per ?cent|cents|points)?|"
    rf"(?:{_NUMBER})\s?(?:%|pc\b|per ?cent)\s(?:higher|lower|up|down)\b|"
    r"\b(?:unch(?:\.|anged)?|flat|steady|stable|no change|n/c)(?![a-z])"
)
_NAME = r"(?P<name>[^\W_](?:[^|\t:;…]|:(?=\d)){0,70}?)"
# One way alone to read a run of tabs or dots: two ways would double the work with each sign.
_GAP = r"(?:[\s|:,–—…]|\.{2,}(?!\.))+"
_LEAD = (
    r"[\s|*•●▪■◦‣·>–-]{0,4}(?:(?:Prices|Spot prices|Market|Prices today|Metals|Closing prices):\s)?"
)
_IN_MONEY = re.compile(
    rf"{_LEAD}{_NAME}{_GAP}(?P<level>(?P<money>{_MONEY})\s?{_AMOUNT})(?P<rest>[^A-Za-z].*)?$",
    re.DOTALL,
)
_LINE = re.compile(
    rf"{_LEAD}{_NAME}{_GAP}(?:[A-Z$¥€]{{1,3}}\$?/\w+{_GAP})?{_LEVEL}(?P<rest>[^A-Za-z].*)?$",
    re.DOTALL,
)
# "Spot: +$2.50 to $104.00/lb": the change stands first.
_TURNED = re.compile(
    rf"{_LEAD}{_NAME}:?\s(?P<change>{_SIGNED})\s(?:to|at)\s{_LEVEL}(?P<rest>\W.*)?$"
)
_PROSE = re.compile(
    r"\b(?:and|which|that|has|have|had|was|were|is|are|its?|their|would|will|pay|pays|sold|bought|at|from|"
    r"of|to|with|than|after|as)\b|(?:\S+\s){8}",
)
_SUM = re.compile(r"\s?(?:bn|mn|m|b|k|billion|million|trillion)\b")
_CHANGE = re.compile(_SIGNED, re.IGNORECASE)
_SHARE = re.compile(r"[+\-−–]\s?\d[\d,.]*\s?%")
_DOWN = re.compile(r"[\-−–]|down|minus|lower", re.IGNORECASE)
_UP = re.compile(r"\+|up|plus|higher", re.IGNORECASE)
_PRICE_TAG = re.compile(
    r"\b(?:spot|cash|3[- ]?m(?:onth)?|three-month|long-term|mid-term|term|conversion|enrichment|SWU|"
    r"premium|front-month|day-ahead|futures|index|TC/?RCs?|(?:treatment|refining) charges?|basket|"
    r"settlement|official|assessment|last|bid|month-end|carbon|EUA|power|baseload)\b",
    re.IGNORECASE,
)
_NO_PRICE = re.compile(
    r"\b(?:costs?|AISC|output|production|produced|reserves?|resources?|grade|stocks?|stake|sales|"
    r"inventor\w+|exports?|imports?|demand|supply|capex|revenue|profit|EBITDA|shares?|market cap|NPV|"
    r"IRR|tariffs?|dut(?:y|ies)|tax|quota|capacity|recovery|royalt\w+|debt|offer|placement|forecast|outlook|"
    r"guidance|target|warehouses?|deliveries|shipments|volumes?|traded|turnover|tonnes|drill\w*)\b",
    re.IGNORECASE,
)
_HEADS_PRICES = re.compile(
    r"\b(?:prices?|LME|SHFE|COMEX|NYMEX|closing|settle\w*|futures|quot\w+|assess\w+|benchmarks?|"
    r"markets?|spot|commodit\w+|tables?|weekly|daily|week to|USD/|US\$/|\$/)",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:on the (?:day|week|month|year)(?! to)|(?:day|week|month|year)[- ]on[- ](?:day|week|month|year)|"
    r"(?:week|month|quarter) (?:to|ended|ending) (?:\w+ )?\d{1,2}(?: \w+)?|(?:daily|weekly|monthly) change)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:SMM|Fastmarkets|Platts|Argus|UxC|TradeTech|Numerco|Mysteel|Benchmark|Asian Metal|OPIS|"
    r"CRU|Trading Economics|Kitco|LBMA)\b"
)
_LISTED_ON = re.compile(
    rf"{EXCHANGE.pattern.pattern}(?=\s(?:prices|clos|settle|official|cash|three|3M|futures|metals))"
)
_THINGS = (MentionType.COMMODITY, MentionType.BENCHMARK)
_LONGEST = 200
_TOLD = (QuantityKind.PRICE, QuantityKind.MONEY, QuantityKind.PERCENT)


@dataclass(slots=True)
class _Line:
    name: Span
    level: Span
    change: Span | None
    money: bool
    direction: str | None


def find_lines(sentence: Sentence) -> Iterator[Draft]:
    """Yield a price change or level for each line of a list that the sentence is."""
    text = sentence.text
    if len(text) > _LONGEST * 3 or not any(map(str.isdigit, text)):
        return
    at = sentence.span.start
    for piece in text.split(";"):
        span = Span(at, at + len(piece))
        at = span.end + 1
        line = _read(sentence, span) if len(piece) <= _LONGEST else None
        if line is None:
            continue
        draft = _draft(sentence, line)
        if draft is not None:
            yield draft


_OTHER = re.compile(
    rf"[^:|]{{0,40}}{_NO_PRICE.pattern}(?:[^:|]{{0,12}}[:|]|[\s.]{{1,6}}[$€£¥\d])", re.IGNORECASE
)


def is_other_line(sentence: Sentence) -> bool:
    """ "Copper grade: 0.45% (+0.02%)": a line of a list that is of something else."""
    told = any(c.verb.finite for c in sentence.clauses)
    return not told and len(sentence.text) <= _LONGEST and _OTHER.match(sentence.text) is not None


def _read(sentence: Sentence, span: Span) -> _Line | None:
    text = sentence.analysis.text
    named = sentence.mentions_in(span, MentionType.COMMODITY)
    for clause in sentence.clauses:
        verb = clause.chunk.span
        if (
            clause.verb.finite
            and span.covers(verb)
            and not any(m.span.overlaps(verb) for m in named)
        ):
            return None
    bare = text[span.start : span.end].rstrip(" .|\t")
    turned = _TURNED.match(bare)
    found = turned or _IN_MONEY.match(bare) or _LINE.match(bare)
    if found is None or _PROSE.search(found["name"]) or _SUM.match(bare, found.end("level")):
        return None

    def place(group: str) -> Span:
        return Span(span.start + found.start(group), span.start + found.end(group))

    if turned is not None:
        change: Span | None = place("change")
    else:
        change = _change(text, Span(place("level").end, span.start + len(bare)))
    change = change or _unsigned_cell(sentence, place("level").end)
    told = change.of(text) if change is not None else ""
    if told[:1].isdigit():
        told = f"+{told}"  # a cell under "change" without a sign: upwards
    way = "down" if _DOWN.search(told) else "up" if _UP.search(told) else "flat"
    money = found["money"] is not None or bool(
        sentence.quantities_in(place("level"), QuantityKind.PRICE)
    )
    return _Line(place("name"), place("level"), change, money, way if change is not None else None)


def _change(text: str, rest: Span) -> Span | None:
    """The change among the cells after the price: a signed share, else what is signed first."""
    share = _SHARE.search(text, rest.start, rest.end)
    found = share or _CHANGE.search(text, rest.start, min(rest.end, rest.start + 40))
    return Span(found.start(), found.end()) if found is not None else None


_CELL = re.compile(rf"\s?\|\s?(?P<n>{_NUMBER})(?:\s?%)?(?=\s?(?:\||$))")
_CHANGES = re.compile(r"\|[^|]*\b(?:[Cc]hange|[Cc]hg|[Mm]ove|[Nn]et)\b")


def _unsigned_cell(sentence: Sentence, start: int) -> Span | None:
    """ "Lead | 2558.5 | 0.5" under "Price | Change": the cell after the price."""
    found = _CELL.match(sentence.analysis.text, start, sentence.span.end)
    if found is None or _found_above(sentence, _CHANGES) is None:
        return None
    return Span(found.start("n"), found.end())


def _draft(sentence: Sentence, line: _Line) -> Draft | None:
    text = sentence.analysis.text
    things = sentence.mentions_in(line.name, *_THINGS)
    after = sentence.mentions_in(Span(line.level.end, line.level.end + 24), MentionType.COMMODITY)
    name = line.name.of(text)
    if _NO_PRICE.search(name) or not _is_priced(sentence, line, things, name):
        return None
    type_ = EventType.PRICE_CHANGE if line.change is not None else EventType.PRICE_LEVEL
    draft = Draft(type_, sentence, line.name, None, status=Status.REPORTED, confidence=0.75)
    commodity = next((m for m in things if m.type is MentionType.COMMODITY), None)
    quoted = next((m for m in things if m.type is MentionType.BENCHMARK), None)
    plain = commodity is not None and len(name) - len(commodity.text) <= 2
    draft.add("benchmark", (_found_above(sentence, _LISTED_ON) if plain else None) or line.name)
    draft.add("commodity", commodity or next(iter(after), None) or _goods(sentence, quoted))
    draft.add("level", _figure(sentence, line.level))
    if line.change is not None and line.direction is not None:
        draft.add("direction", line.change, line.direction)
        if line.direction != "flat":
            draft.add("change", unsigned(_figure(sentence, line.change), text))
    _add_time(draft, line)
    return draft


def _is_priced(sentence: Sentence, line: _Line, things: list[Mention], name: str) -> bool:
    """Tell whether the line is of a price: of goods or a quotation, in money or under a heading."""
    owners = sentence.mentions_in(line.name, MentionType.ORGANISATION, MentionType.PERSON)
    strange = [
        m for m in owners if not EXCHANGE.pattern.search(m.text) and not _AGENCY.search(m.text)
    ]
    if strange:
        return False
    price = bool(sentence.quantities_in(line.level, QuantityKind.PRICE))
    tagged = _PRICE_TAG.search(name) is not None
    under = _found_above(sentence, _HEADS_PRICES) is not None
    if things:
        signed = line.change is not None and line.direction != "flat"
        return line.money or (signed and (under or _in_percent(sentence, line)))
    if line.money and tagged:
        return line.change is not None or price or under
    return price and line.change is not None


def _in_percent(sentence: Sentence, line: _Line) -> bool:
    return line.change is not None and "%" in line.change.of(sentence.analysis.text)


def _headings(sentence: Sentence) -> Iterator[Sentence]:
    """The lines above that are none of the list and tell nothing, the nearest first."""
    sentences = sentence.analysis.sentences
    for near in reversed(sentences[max(0, sentence.index - 14) : sentence.index]):
        if len(near.text) > _LONGEST:
            return
        telling = near.index > 0 and any(c.verb.finite for c in near.clauses)
        table = "|" in near.text  # "Price ($/t) | Change since yesterday's close"
        if not any(q.kind in _TOLD for q in near.quantities) and (table or not telling):
            yield near


def _found_above(sentence: Sentence, pattern: re.Pattern[str]) -> Span | None:
    for near in _headings(sentence):
        found = pattern.search(near.text)
        if found is not None:
            return Span(near.span.start + found.start(), near.span.start + found.end())
    return None


def _goods(sentence: Sentence, quoted: Mention | None) -> Mention | None:
    if quoted is not None:
        return of_benchmark(sentence, quoted)
    return fill.main_commodity(sentence.analysis)


def _figure(sentence: Sentence, span: Span) -> Filler:
    inside = [q for q in sentence.quantities_in(span) if q.span.start <= span.start + 5]
    # A cell has the unit of its column's heading; the sentence itself does not hold it.
    cells = (q for q in sentence.analysis.quantities if q.span == span)
    return inside[0] if inside else next(cells, span)


_DATED = re.compile(r"\b(?:since|from|on|in|than|vs\.?)\s(?:the )?$")


def _add_time(draft: Draft, line: _Line) -> None:
    """ "since March" of the line itself, else the period or the day that a heading gives."""
    sentence, text = draft.sentence, draft.sentence.analysis.text
    role = "period" if draft.type is EventType.PRICE_CHANGE else "date"
    after = Span(line.level.end, max(line.level.end, sentence.span.end))
    own = [d for d in sentence.dates_in(after) if d.grain != "duration"]
    told = own and _DATED.search(text[max(0, own[0].span.start - 12) : own[0].span.start])
    over = _found_above(sentence, _OVER) if role == "period" else None
    if own and (told or over is None):
        draft.add(role, own[0])
    elif over is not None:
        draft.add(role, over)
    else:
        headings = (h for h in _headings(sentence) if _HEADS_PRICES.search(h.text))
        days = (d for h in headings for d in h.dates if d.grain != "duration")
        draft.add(role, next(days, None))
