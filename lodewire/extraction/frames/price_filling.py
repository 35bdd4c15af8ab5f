"""What goes with a price: its quotation, its commodity, its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.frames.price_subjects import find_priced
from lodewire.extraction.frames.price_words import EXCHANGE, PRICE_NAME, Priced
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.quantity import DateMention
from lodewire.model.vocabulary import (
    EventType,
    MentionType,
    QuantityKind,
)
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.commodities import load_commodities

NOT_WHEN = re.compile(
    r"\b(?:highest|lowest|biggest|largest|steepest|sharpest|strongest|weakest|dearest|cheapest|highs?|lows?|peaks?|record|first time|"
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


_ON_EXCHANGE = re.compile(
    rf"\b(?:prices|metals|benchmarks|contracts|futures|steel\w*|products|ferrous)\s(?:\w+\s)?(?:on|at) the (?P<market>{EXCHANGE.pattern.pattern})"
)


def _listed_on(sentence: Sentence) -> Span | None:
    """ "Steel benchmarks on the Shanghai exchange were mixed. Rebar …": where it is listed."""
    if not sentence.index:
        return None
    before = sentence.analysis.sentences[sentence.index - 1]
    found = _ON_EXCHANGE.search(before.text)
    if found is None or before.quantities:
        return None
    start = before.span.start
    return Span(start + found.start("market"), start + found.end("market"))


def market_of(sentence: Sentence, priced: Sequence[Priced]) -> Iterator[Span | None]:
    """Yield for each priced thing the exchange that it shares with the one before it.

    "LME aluminium shed 0.4%, nickel was softer": nickel's exchange is the LME's too.
    """
    text = sentence.analysis.text
    current: Span | None = None
    if priced:
        lead = EXCHANGE.pattern.search(text, sentence.span.start, priced[0].span.start)
        current = Span(lead.start(), lead.end()) if lead is not None else _listed_on(sentence)
    for thing in priced:
        own = EXCHANGE.pattern.search(text, thing.span.start, thing.start)
        if own is not None:
            current = Span(own.start(), own.end())
            yield None
        elif isinstance(thing.benchmark, Mention):
            current = None
            yield None
        else:
            yield current


# What says no more of a price than that it is one.
_SAYS_LITTLE = frozenset(
    "price prices the a an of for in on at its their our this these those such both all other "
    "global world international current recent market overall rising falling higher lower high low "
    "record raw commodity main key and metal metals material fob cif contract contracts index "
    "benchmark benchmarks indicator futures".split()
)


def quotation(
    sentence: Sentence, thing: Priced, market: Span | None, commodity: Mention | None, stretch: Span
) -> Span | Mention | None:
    """The thing's own quotation, else the exchange it shares with the thing before it, else the
    market named after it, else its own words where they say which price of many it is."""
    own = thing.benchmark
    if isinstance(own, Span) and market is not None and not sentence.find(EXCHANGE):
        return own
    if own is None or (isinstance(own, Span) and market is not None):
        own = market if commodity is not None else own
    own = own or _market_after(sentence, thing, stretch) or _own_words(sentence, thing)
    return own or _delivered(sentence, thing, stretch)


# On what terms of delivery a price is quoted: then the goods so named are the quotation.
_TERMS = re.compile(
    r"\b(?:f\.?o\.?b|c\.?i\.?f|cfr|dap|ddp|dp|exw|ex-works|duty[- ](?:un)?paid|in[- ]warehouse|delivered)\b",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"(?:,? (?:of |min )?[\d.]+ ?(?:%|per ?cent|pc))?(?: (?:fob|cif|cfr|delivered(?: to| in)?|ex-works|in) [A-Z]\w+)?"
)


def _delivered(sentence: Sentence, thing: Priced, stretch: Span) -> Span | None:
    """ "Chromium was flat at $9,600/t duty paid", "ore of 44 percent delivered to Tianjin"."""
    text = sentence.analysis.text
    if thing.chunk.is_pronoun or thing.named or len(thing.commodities) != 1:
        return None
    if _TERMS.search(text, thing.span.end, stretch.end) is None:
        return None
    grade = _GRADE.match(text, thing.span.end, stretch.end)
    return Span(thing.span.start, grade.end() if grade is not None else thing.span.end)


_CARGO = re.compile(
    r"\b(?:cargo(?:es)?|shipments?|deliver(?:y|ies)|material|loadings?|parcels?|lots?|tonnage)$",
    re.I,
)


def is_cargo(sentence: Sentence, what: Span) -> bool:
    """ "Prices for February cargoes": of what the text is, the words do not say."""
    return _CARGO.search(what.of(sentence.analysis.text)) is not None


_TRADED_IN = re.compile(
    r"\b(?:on|in|at|by)\s(?:the\s)?(?P<market>(?:London|Shanghai|Rotterdam|Dalian|Singapore|Guangzhou|"
    r"New York|Chicago|LME|SHFE|COMEX|Comex|NYMEX|CME|ICE|SGX|DCE|GFEX|MCX|TOCOM|Ganzhou|Wuxi)"
    r"(?:\s(?:Metal|Futures|Mercantile|Commodity))*(?:\s[Ee]xchange|\smarket)?)(?![\w-]|\s[A-Z])"
)


def _market_after(sentence: Sentence, thing: Priced, stretch: Span) -> Span | None:
    """ "Zinc touched $1.08/lb on the LME", "tin rose by its daily limit in Shanghai"."""
    if not thing.commodities or len(thing.commodities) > 1:
        return None
    found = _TRADED_IN.search(sentence.analysis.text, thing.span.end, stretch.end)
    return Span(found.start("market"), found.end("market")) if found is not None else None


def _own_words(sentence: Sentence, thing: Priced) -> Span | None:
    """ "Guinean bauxite", "granular potash", "the average price": which price of many it is."""
    if thing.chunk.is_pronoun or len(thing.commodities) > 1:
        return None
    if thing.what is not None:
        return thing.what
    known = [m.span for m in thing.commodities]
    if PRICE_NAME.search(thing.span.of(sentence.analysis.text)) or thing.named:
        places = (MentionType.COUNTRY, MentionType.PLACE)
        known.extend(m.span for m in sentence.mentions_in(thing.span, *places))
    words = (t for t in sentence.tokens if thing.span.covers(t.span))
    for token in words:
        told = token.text[0].isalnum() and token.lower not in _SAYS_LITTLE
        if told and not any(k.covers(token.span) for k in known):
            return thing.span
    return None


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
    fronted = own and re.fullmatch(
        r"(?:For|In|On) ", analysis.text[sentence.span.start : own[0].span.start]
    )
    if len({m.entity for m in own}) == 1 and (draft.has("benchmark") or fronted):
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


# The time over which a price moved, said right after the figure: "on the week", "since March".
_OVER = re.compile(
    r"\s?(?:,\s)?(?:higher |lower |up |down |firmer |weaker )?(?:so far )?(?P<over>(?:on|in|over|for|during) the "
    r"(?:(?:past|last|same|previous|latest) )?(?:day|week|month|quarter|year|session|period)|"
    r"(?:(?:in|within|over) (?:just |only |less than |under |barely )?(?:an?|one|two|three|four|six|nine|twelve) (?:day|week|month|quarter|year)s?)|"
    r"(?:year|month)[- ]to[- ]date|(?:this|since the start of the|since the beginning of the) (?:year|month|week)|"
    r"(?:day|week|month|quarter|year)[- ](?:on|over)[- ](?:day|week|month|quarter|year))\b"
)


def fill_time(draft: Draft, thing: Priced, stretch: Span, type_: EventType, *, alone: bool) -> None:
    """The time over which it moved or of which it is told; failing both, what it is held against."""
    role = "period" if type_ is EventType.PRICE_CHANGE else "date"
    sentence, text = draft.sentence, draft.sentence.analysis.text
    if role == "period" and (_fill_span(draft, stretch) or _fill_fronted(draft, thing)):
        return
    near: Sequence[DateMention] = sentence.dates_in(stretch)
    lead = [
        d
        for d in sentence.dates_in(Span(sentence.span.start, thing.span.start))
        if not _is_dateline(sentence, d) and text[d.span.end : thing.span.start].strip()
    ]
    against: DateMention | None = None
    for date in [*near, *lead]:
        before = text[max(sentence.span.start, date.span.start - 40) : date.span.start]
        if date.grain == "duration" or _NOT_WHEN_AFTER.match(text, date.span.end):
            continue
        if role == "period" and _BASE.search(before):
            continue
        if NOT_WHEN.search(before):
            held = against is None and _AGAINST.search(before[-14:]) and date in near
            against = date if held else against
        elif not date.span.overlaps(thing.span):
            draft.add(role, date)
            return
    ago = _AGO.search(text, stretch.start, stretch.end) if role == "period" else None
    shared = _shared_day(sentence, stretch) if thing.benchmark is not None else None
    if role == "period" and against is not None:
        draft.add(role, against)
    elif ago is not None:
        draft.add(role, Span(ago.start("ago"), ago.end("ago")))
    elif shared is not None and not alone:
        draft.add(role, shared)
    elif role == "period" and thing.benchmark is not None and alone:
        _fill_day(draft, role)
    _fill_hour(draft, role, stretch)


# "Over the week Brent put on 1.9% and WTI 1.6%; since their lows in early March they are up 7%": the
# time stands before those whose price moved, and holds to the end of the part it opens.
_FRONTED = re.compile(
    r"(?:^|[;:–—]\s|\b(?:but|and|while)\s)(?P<over>(?:[Oo]ver|[Ff]or|[Dd]uring|[Ii]n|[Oo]n|[Aa]cross) (?:the|this) "
    r"(?:(?:past|last|same|previous|latest|whole|full) )?(?:\w+ )?(?:day|week|month|quarter|year)|"
    r"[Ss]o far this (?:week|month|quarter|year)|[Ss]ince (?:the |its |their )[^,;:.\d]{3,40}?)"
    r"(?:,|\s|$)(?=[^;:]*$)"
)


def _fill_fronted(draft: Draft, thing: Priced) -> bool:
    """ "Over the week Brent put on 1.9%": the time told in front, where none follows the figure."""
    sentence, text = draft.sentence, draft.sentence.analysis.text
    before = text[sentence.span.start : thing.span.start]
    found = _FRONTED.search(before)
    if found is None or len(before) - found.end("over") > _FAR:
        return False
    over = Span(sentence.span.start + found.start("over"), sentence.span.start + found.end("over"))
    for date in sentence.dates_in(Span(over.start, thing.span.start)):
        if date.span.start - over.end < _NEAR:  # "since their lows in early March"
            over = Span(over.start, max(over.end, date.span.end))
    draft.add("period", over)
    return True


_NEAR = 12  # letters between "since their lows" and the date of them
_FAR = 60  # letters between a time told in front and those whose price moved


def _fill_hour(draft: Draft, role: str, stretch: Span) -> None:
    text = draft.sentence.analysis.text
    hour = None if draft.has(role) else _HOUR.search(text, stretch.start, stretch.end)
    if hour is not None:
        draft.add(role, Span(hour.start("at"), hour.end("at")))


_HOUR = re.compile(r"\b(?:at|by|as of|around) (?P<at>midday|noon|midnight|the close)\b")


# "21% dearer than twelve months before": a time without a date of its own.
_AGO = re.compile(
    r"\b(?:than|from|above|below|under|against|versus|that of|of)\s(?:the (?:figure|price|level) (?:of )?)?"
    r"(?P<ago>(?:an?|one|two|three|six|twelve|the) (?:year|month|week|day|quarter|evening|session)s? "
    r"(?:ago|before|earlier))\b"
)


def _shared_day(sentence: Sentence, stretch: Span) -> DateMention | None:
    """ "Brent climbed 6% and WTI rose 7% on Monday", "Oil jumped on Monday. Brent … and WTI …"."""
    text = sentence.analysis.text
    if len(sentence.quantities_in(sentence.span, QuantityKind.PERCENT)) > 2:
        return None  # a list of the day's other prices
    near = [sentence, *sentence.analysis.sentences[max(0, sentence.index - 1) : sentence.index]]
    for told in near:
        days = [d for d in told.dates if d.grain == "day" and not _is_dateline(told, d)]
        before = (
            text[max(told.span.start, days[0].span.start - 40) : days[0].span.start] if days else ""
        )
        if len(days) == 1 and not NOT_WHEN.search(before):
            ended = told is not sentence or days[0].span.start >= stretch.end
            return days[0] if ended else None
    return None


# "at $8,435 against $8,300 on Monday": the day of the price that it is held against.
_BASE = re.compile(
    r"\b(?:against|versus|from|than|compared (?:with|to))\s(?:about |around |some |just )?"
    r"[^\s\d]{0,4}\d[\d.,]*(?:\s\w+){0,3}?\s(?:on|in|at) (?:the )?$"
)
_AGAINST = re.compile(
    r"\b(?:from|than|above|below|against|versus|(?:up|down|higher|lower) on)\s(?:the |its )?$"
)


def _fill_span(draft: Draft, stretch: Span) -> bool:
    """ "up 12% since January", "shed 4.4pc on the week": the time right after the change."""
    sentence, text = draft.sentence, draft.sentence.analysis.text
    change = next(iter(draft.of("change")), None)
    if change is None:
        return False
    over = _OVER.match(text, change.span.end, stretch.end)
    if over is not None:
        draft.add("period", Span(over.start("over"), over.end("over")))
        return True
    since_then = _SINCE.match(text, change.span.end, stretch.end)
    for date in sentence.dates_in(Span(change.span.end, max(change.span.end, stretch.end))):
        between = text[change.span.end : date.span.start]
        since = date.text.lower().startswith("since") or between.endswith(("since ", "since the "))
        if since and len(between) <= 24:
            draft.add("period", date)
            return True
    if since_then is not None:
        draft.add("period", Span(since_then.start("since"), since_then.end("since")))
        return True
    return False


# "climbed by 60% since the embargo began": what happened tells the time.
_SINCE = re.compile(
    r"(?: (?:in value|of its value|to [^a-z]{0,4}\d\S*(?: an? \w+)?))?(?:,)? (?P<since>since (?:the |its |their )?[\w’' -]{3,36}?)"
    r"(?=[,.;)](?!\d)|$| to | of (?:about |around |nearly |over )?[^a-z\s]{0,3}\d)"
)


# "In the previous session copper sank": the day before the one that the report is of.
_ANOTHER_DAY = re.compile(r"(?:the )?(?:previous|prior|preceding|earlier)\b", re.IGNORECASE)


def _fill_day(draft: Draft, role: str) -> None:
    """A daily report says once, in its lead, of which day it speaks."""
    sentence = draft.sentence
    for near in sentence.analysis.sentences[: min(4, sentence.index)]:
        for date in near.dates:
            priced = date.grain == "day" and not _is_dateline(near, date)
            priced = priced and _ANOTHER_DAY.match(date.text) is None
            if priced and any(t.commodities for t in find_priced(near)):
                draft.add(role, date)
                return


def _is_dateline(sentence: Sentence, date: DateMention) -> bool:
    """ "LONDON, Sept 18 - Copper …": the date before the dash is the report's, not the price's."""
    rest = sentence.analysis.text[date.span.end : date.span.end + 24]
    return sentence.index <= 2 and bool(re.match(r"\s?(?:\([A-Za-z ]+\)\s)?(?:-|–|—|--)\s", rest))
