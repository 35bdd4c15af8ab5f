"""Figures of output told without its word: "Gold came to 78,124 oz", "exports were 5,986 tons"."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE
from lodewire.extraction.frames import output_words as said
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind

_ABOUT = (
    r"(?:about |around |some |nearly |almost |just |only |over |under |more than |less than |"
    r"a record |an estimated |a total of |as much as |roughly )*"
)
_TALLY = re.compile(
    rf"\b(?:came (?:in )?(?:at|to)|come to|comes to|amount(?:ed|s) to|add(?:ed|s) up to|work(?:ed|s) out at|"
    rf"(?:had|has had|posted|notched|booked|achieved|managed) (?:a |its )?(?:record|(?:best|strongest|highest)"
    rf" [\w -]{{1,24}}?(?:with|of|at))|"
    rf"its (?:best|strongest|weakest|worst) [\w -]{{1,24}}? (?:with|of|at)|made|that makes|"
    rf"(?:was|is|were) (?:up|down) [^,;]{{1,24}} (?:at|to)|was|were|stood at) {_ABOUT}$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:production|output|produced|mined|poured|quarterly|operational|operations? report)\b",
    re.IGNORECASE,
)
_OTHER = sought(
    r"\b(?:sales|sold|stocks?|stockpiles?|inventor\w+|reserves?|resources?|demand|imports?|deficit|"
    r"surplus|quotas?|capacity|prices?|consumption|assays?|drill\w*|purchas\w+|contract\w*|offtake|"
    r"deliver\w+|emissions?|warehouses?|cargo(?:es)?|orders?|recycled|tariffs?|ore processed|milled|"
    r"tonnes moved|waste|losses|lost|shortfall|stoppage|outage|design\w*|exports?|shipments)\b",
    re.IGNORECASE,
)
_AND_ALSO = re.compile(
    rf"\s(?:of )?(?!for\b|in\b|at\b|from\b|to\b|by\b|a\b|per\b)(?:[\w-]+ ){{0,3}}?(?:[\w-]+)?(?:,| and|, and) {_ABOUT}"
)
_RESTATED = re.compile(r",? or (?:about |some |roughly )?$")
_TRADE = re.compile(
    rf"\b(?:exports?|shipments)\b(?P<gap>[^;]{{0,70}}?)\b(?:was|were|reached|had reached|rose|fell|"
    rf"climbed|dropped|averaged|totall?ed|hit|stood at|came to|amounted to|jumped|slipped|declined|"
    rf"increased|grew|slid|touched)\b[^;]{{0,30}}?{_ABOUT}$|"
    rf"\bshipped {_ABOUT}$|\bexports? of {_ABOUT}$",
    re.IGNORECASE,
)
_NO_TRADE = sought(
    r"\b(?:quotas?|permits?|permit\w*|licen[cs]\w+|limit\w*|allow\w*|could|would|plans?|capacity|contracts?|"
    r"agree\w*|deals?|will|expect\w*|forecast\w*|tariffs?|dut(?:y|ies)|target\w*|ban(?:s|ned)?|caps?|up to|"
    r"imports?|[Aa]nyone|[Ww]hoever|[Tt]hose|first (?:cargo|shipment|batch)|maiden|sanction\w*|LNG|crude|barrels?|oil)\b",
    re.IGNORECASE,
)
_SPANS = frozenset(("year", "quarter", "half", "month", "week"))


def is_restated(sentence: Sentence, quantity: Quantity) -> bool:
    """ "168,000 ounces, or 4.76 tonnes": the same output in another unit."""
    start = max(sentence.span.start, quantity.span.start - 14)
    before = sentence.analysis.text[start : quantity.span.start]
    match = _RESTATED.search(before)
    if match is None:
        return False
    return any(q.span.end == start + match.start() for q in sentence.quantities)


def beside(sentence: Sentence, quantity: Quantity) -> Quantity | None:
    """The figure to which this one is joined: "102,469 tonnes of copper and 61,606 tonnes of zinc"."""
    before = [
        q
        for q in sentence.quantities_in(
            Span(sentence.span.start, quantity.span.start), QuantityKind.MASS
        )
        if quantity.span.start - q.span.end < 48
    ]
    if not before or quantity.kind is not QuantityKind.MASS:
        return None
    between = sentence.analysis.text[before[-1].span.end : quantity.span.start]
    after = sentence.analysis.text[quantity.span.end : quantity.span.end + 12]
    if re.match(r"\s(?:less|more|fewer|below|above|up|down)\b", after):
        return None
    return before[-1] if _AND_ALSO.fullmatch(between) else None


def tally_word(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The words that count an output, where the text near it says that outputs are counted."""
    if quantity.kind is not QuantityKind.MASS or sentence.find(_OTHER):
        return None
    text = sentence.analysis.text
    start = max(sentence.span.start, quantity.span.start - 60)
    match = _TALLY.search(text, start, quantity.span.start)
    if match is None:
        return None
    near = [sentence.analysis.sentences[0], sentence]
    near += sentence.analysis.sentences[max(0, sentence.index - 4) : sentence.index]
    periods = [d for d in sentence.dates if d.grain in _SPANS]
    if not any(_TOLD.search(s.text) for s in near) and not periods:
        return None
    who = Span(sentence.span.start, match.start())
    told_of = sentence.mentions_in(
        who, MentionType.SITE, MentionType.ORGANISATION, MentionType.COMMODITY
    )
    metal = sentence.mentions_in(sentence.span, MentionType.COMMODITY)
    weak = match.group().lower().startswith(("was", "were", "made", "stood"))
    if weak and not (periods and metal):
        return None
    return Span(match.start(), match.end()) if told_of and metal else None


def trade_word(sentence: Sentence, quantity: Quantity) -> Span | None:
    """ "February exports were 5,986 tons": what a producing country shipped in a time."""
    if quantity.kind is not QuantityKind.MASS or sentence.find(_NO_TRADE):
        return None
    text = sentence.analysis.text
    start = max(sentence.span.start, quantity.span.start - 100)
    match = _TRADE.search(text, start, quantity.span.start)
    if match is None or not any(d.grain in _SPANS for d in sentence.dates):
        return None
    if said.BASE.search(text, start, quantity.span.start):
        return None
    between = Span(match.start(), quantity.span.start)
    if sentence.quantities_in(between, *TONNAGE):
        return None
    return Span(match.start(), match.start() + len(match.group().split()[0]))
