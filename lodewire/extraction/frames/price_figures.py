"""Figures of a price: which number is the level, which the change, which the level before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import CHANGE
from lodewire.extraction.frames.movements import Direction, movements
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import Qualifier, QuantityKind

_SUMS = (QuantityKind.PRICE, QuantityKind.MONEY)
_AMOUNTS = (
    QuantityKind.MASS,
    QuantityKind.MASS_RATE,
    QuantityKind.VOLUME,
    QuantityKind.VOLUME_RATE,
    QuantityKind.ENERGY,
    QuantityKind.POWER,
)
_SKIP = (
    r"(?:(?:its|an?|the|about|around|roughly|nearly|some|just|over|record|peak|all-time|recent|"
    r"early|last|year[’']?s?|month[’']?s?|week[’']?s?|more|than|as|high|low|much|\d{4}|new|only)\s)*"
)
# What stands before a figure that is not the price of the day.
_FORMER = re.compile(
    r"(?:\b(?:from|than|against|versus|vs|compared (?:with|to)|after \w+ing|having \w+|"
    r"(?:peak|high|low|record|contract|estimate|forecast|average|benchmark|level|previous|earlier|"
    r"peaks|highs|lows)s? of|(?<=[’']s )(?:close|settlement|finish|fix|fixing) (?:of|at)|previously|earlier|above|below (?:its|the)|from the)\s)"
    + _SKIP
    + r"$",
    re.IGNORECASE,
)
_LEVEL_CUE = re.compile(
    r"(?:\b(?:to|at|near|around|above|below|past|beyond|under|over|of|reach(?:ed|es|ing)?|hit|"
    r"hits|hitting|touch(?:ed|es|ing)?|was|were|is|are|be|stood|stands|cost|costs|now|"
    r"averag(?:ed|es|ing)|put|worth|fetch(?:ed|es)?|for|top(?:s|ped)?|breach(?:ed)?|"
    r"pass(?:ed)?|cross(?:ed)?|br(?:eak|eaks|oke|oken)|settl(?:ed|es) at|between|pay|paid|range)\s|[:(–-]\s?)"
    + _SKIP
    + r"$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|(?:rise|fall|drop|increase|decline|gain|jump|hike|cut|reduction|loss) of)\s"
    + _SKIP
    + r"$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:,? or (?:about |nearly )?[\d.]+\s?(?:%|per ?cent),?)?\s"
    r"(?P<word>lower|higher|up|down|more|less|above|below|under|over(?! (?:the|a|one|\d))|to the good|to the bad|firmer|weaker|softer|stronger|"
    r"dearer|cheaper|rise|fall|drop|increase|decline|gain|jump|hike|cut|loss|premium|discount|"
    r"slump|surge|plunge|slide|rally|reduction)\b",
    re.IGNORECASE,
)
_UPWARD = frozenset(
    "higher up more above over firmer stronger dearer rise increase gain jump hike surge rally".split()
) | {"to the good"}
_BESIDE = frozenset(("above", "below", "under", "over"))
_LIMIT = re.compile(r"(?:below|above|under|near|around|past|between)\b", re.IGNORECASE)
_OF_WHOLE = re.compile(r"\s(?:of (?!(?:its|their) )|share\b|stake\b|pure\b|grade\b|purity\b)")
_A_PART = (
    r"\b(?P<part>(?:(?:almost|nearly|about|around|roughly|more than|over|by|some) )*"
    r"(?:half|(?:a|one) (?:third|quarter|fifth|tenth)|two[- ]thirds|three[- ]quarters))\b"
)
_PART_BEFORE = re.compile(_A_PART + r"\s(?:as )?$", re.IGNORECASE)  # "a third cheaper than"
_PART = re.compile(
    _A_PART + r"(?= (?:of (?:its|their)|its|their|from|since|in|this|last|to|on)\b|[.,;]|$)",
    re.IGNORECASE,
)
_CEILING = 10_000_000  # a sum above it is no price of a tonne, ounce or barrel in any currency read
_SUPERLATIVE = re.compile(r"(?:est|highs?|lows?|peaks?)$", re.IGNORECASE)
_REACHED = re.compile(
    r"\b(?:reach(?:ed|es|ing)?|hits?|hitting|touch(?:ed|es|ing)?|struck|set(?:ting)?|to|at|scaled|"
    r"near|notched|mark(?:ed|ing)?)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Figures:
    """What a stretch of text tells of a price; ``move`` is the word that gives the direction."""

    level: Quantity | None = None
    change: Quantity | None = None
    levels: tuple[Quantity, ...] = ()
    part: Span | None = None  # "by more than half": a change told without a number
    changes: tuple[Quantity, ...] = ()
    shares: tuple[Quantity, ...] = ()  # all percentages, changes or not
    direction: Direction | None = None
    move: Span | None = None
    amount: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nothing was found."""
        return self.level is None and self.change is None and self.direction is None


def read_figures(
    sentence: Sentence, stretch: Span, moved: Span | None, *, in_percent: bool = False
) -> Figures:
    """Return level, change and direction that ``stretch`` tells; ``moved`` is a verb before it.

    ``in_percent`` tells that the price itself is a percentage (payables of a metal price).
    """
    text = sentence.analysis.text
    told = _moves(text, stretch, moved)
    figures = Figures()
    changes: list[Quantity] = []
    levels: list[Quantity] = []
    at = stretch.start
    for quantity in sentence.quantities_in(stretch):
        large = quantity.kind is QuantityKind.MONEY and quantity.bounds[1] > _CEILING
        if large or quantity.kind in _AMOUNTS:
            figures.amount = figures.amount or (not changes and figures.level is None)
            figures.amount = figures.amount or _is_reached(text, quantity, figures)
            continue
        before = text[
            max(0, stretch.start - 12, quantity.span.start - 60, at - 12) : quantity.span.start
        ]
        share = in_percent and quantity.kind is QuantityKind.PERCENT
        if share and figures.level is None and _LEVEL_CUE.search(before):
            figures.level = quantity
        elif _is_change(text, quantity, before, told, stretch):
            changes.append(quantity)
        elif _is_sum(text, quantity) and _is_level(quantity, before, text):
            levels.append(_signed(text, quantity, before))
            figures.level = figures.level or levels[0]
        at = quantity.span.end
    figures.changes, figures.levels = tuple(changes), tuple(levels)
    figures.shares = tuple(sentence.quantities_in(stretch, *CHANGE))
    figures.change = _best_change(changes)
    _set_direction(figures, text, told, stretch)
    if figures.change is None and figures.move is not None:
        part = _PART.search(text, figures.move.end, min(stretch.end, figures.move.end + 40))
        part = part or _PART_BEFORE.search(text, stretch.start, figures.move.start)
        figures.part = Span(part.start(), part.end("part")) if part is not None else None
    return figures


def _moves(text: str, stretch: Span, moved: Span | None) -> list[tuple[Direction, int, int]]:
    """The words of movement that tell of today; "its highest since" alone tells a mark."""
    told = [
        m
        for m in movements(text, stretch.start, stretch.end)
        if not _SUPERLATIVE.search(text, m[1], m[2]) or _REACHED.search(text, stretch.start, m[1])
    ]
    ahead = movements(text, moved.start, moved.end) if moved is not None else ()
    return [*ahead, *told]


def _is_reached(text: str, quantity: Quantity, figures: Figures) -> bool:
    """ "zinc fell 12% to 44,000 tonnes": what moved is an amount of it."""
    return figures.level is None and text[quantity.span.start - 4 : quantity.span.start] in (
        " to ",
        " at ",
    )


_POINTS = re.compile(r"\s?(?:points?|pts)\b", re.IGNORECASE)


def _is_sum(text: str, quantity: Quantity) -> bool:
    """Money, or points of an index."""
    if quantity.kind is QuantityKind.COUNT:
        return _POINTS.match(text, quantity.span.end) is not None
    return quantity.kind in _SUMS


_PAST = re.compile(r"\b(?:past|beyond|above|through)\s(?:the )?$", re.IGNORECASE)
_MINUS = re.compile(r"(?:minus|negative)\s(?:about\s)?$", re.IGNORECASE)


def _signed(text: str, quantity: Quantity, before: str) -> Quantity:
    """ "minus $40 a tonne": treatment charges do fall below zero; "past $3,900" is more than it."""
    if quantity.qualifier is Qualifier.EXACT and _PAST.search(before):
        return replace(quantity, qualifier=Qualifier.MORE_THAN)
    match = _MINUS.search(text, max(0, quantity.span.start - 16), quantity.span.start)
    if match is None or quantity.value is None or quantity.value <= 0:
        return quantity
    span = Span(match.start(), quantity.span.end)
    return replace(quantity, text=span.of(text), span=span, value=-quantity.value)


def _best_change(changes: list[Quantity]) -> Quantity | None:
    """A percentage says more than a sum: "lost 92 cents, or 1.4%"."""
    if not changes:
        return None
    first = changes[0]
    sums = (*_SUMS, QuantityKind.COUNT)
    if first.kind in sums and len(changes) > 1 and changes[1].kind in CHANGE:
        gap = changes[1].span.start - first.span.end
        return changes[1] if gap <= 16 else first
    return first


# "almost triple the figure of a year earlier": a multiple of what it was is a change.
_TIMES = re.compile(
    r"\s(?:the (?:figure|price|level|rate|average)|that of|what|its level|last year|a year)\b"
)


def _is_change(
    text: str,
    quantity: Quantity,
    before: str,
    told: list[tuple[Direction, int, int]],
    stretch: Span,
) -> bool:
    if quantity.kind is QuantityKind.FACTOR:
        return _TIMES.match(text, quantity.span.end, stretch.end) is not None or any(
            s >= quantity.span.start and e <= quantity.span.end for _, s, e in told
        )
    if quantity.kind not in CHANGE and not _is_sum(text, quantity):
        return False
    if _is_former(before):
        return False
    end = quantity.span.end
    points = _POINTS.match(text, end) if quantity.kind is QuantityKind.COUNT else None
    after = _AFTER.match(text, points.end() if points is not None else end, stretch.end)
    if quantity.kind in CHANGE:
        if _OF_WHOLE.match(text, quantity.span.end):
            return False
        return after is not None or _moves_before(told, quantity, text) or quantity.text[0] in "+-−"
    if _LIMIT.match(quantity.text):
        return False  # "slid below $11,000" tells a level
    if _BY.search(before):
        return _moves_before(told, quantity, text)
    if after is not None and "%" in after[0] and re.search(r"\b(?:at|to)\s$", before):
        return False  # "stood at $9,072.50, or 0.7% above Thursday"
    beside = after is not None and after["word"].lower() in _BESIDE and "%" not in after[0]
    if after is not None and not (beside and _LEVEL_CUE.search(before)):
        return after["word"].lower() not in ("premium", "discount")
    return any(
        quantity.span.start - end <= 12 and _bare_gap(text, end, quantity.span.start)
        for _, start, end in told
        if end <= quantity.span.start and not text.startswith("br", start)  # "broke $50"
    )


def _bare_gap(text: str, start: int, end: int) -> bool:
    return all(
        w in ("about", "around", "nearly", "some", "another", "by", "just", "a", "further")
        for w in _WORD.findall(text[start:end].lower())
    )


def _moves_before(told: list[tuple[Direction, int, int]], quantity: Quantity, text: str) -> bool:
    return any(
        0 <= quantity.span.start - end <= 60 or start >= quantity.span.start - 2
        for _, start, end in told
        if start - quantity.span.end <= 14
    )


_AT_HIGH = re.compile(
    r"\b(?:to|hit|hits|reach(?:ed|ing)?|touch(?:ed|ing)?|at|near)\s(?:[\w-]+\s){0,3}(?:highs?|lows?|peaks?|"
    r"record) of\s$",
    re.IGNORECASE,
)


def _is_former(before: str) -> bool:
    """Tell whether the figure is what the price was; "rose to a high of $8,716" is what it is."""
    if _FORMER.search(before) is None:
        return False
    return _AT_HIGH.search(before) is None or re.search(r"\bafter\b", before) is not None


_NEVER = re.compile(
    r"\b(?:not|never|n[’']t|yet to)\s(?:been|traded|reach(?:ed)?|seen|gone|closed|fall(?:en)?|risen?|be)?\s?"
    r"(?:above|below|at|to|under|over|back)?\s?$"
)


def _is_level(quantity: Quantity, before: str, text: str) -> bool:
    if _is_former(before) or _NEVER.search(before) or quantity.bounds[1] > _CEILING:
        return False
    if quantity.kind is QuantityKind.PRICE or _LIMIT.match(quantity.text):
        return True
    return _LEVEL_CUE.search(before) is not None


def _set_direction(
    figures: Figures, text: str, told: list[tuple[Direction, int, int]], stretch: Span
) -> None:
    change = figures.change
    if change is not None:
        after = _AFTER.match(text, change.span.end, stretch.end)
        if after is not None and after["word"].lower() not in ("premium", "discount"):
            figures.direction = "up" if after["word"].lower() in _UPWARD else "down"
            figures.move = Span(after.start("word"), after.end("word"))
            return
        if change.text[0] in "+-−":
            figures.direction = "up" if change.text[0] == "+" else "down"
            figures.move = change.span
            return
        near = [m for m in told if m[1] <= change.span.end]
        told = [max(near, key=lambda m: m[1])] if near else told
    if told:
        figures.direction, start, end = told[0]
        figures.move = Span(start, end)
    elif change is not None and change.kind is QuantityKind.FACTOR:
        figures.direction = "down" if change.bounds[1] < 1 else "up"
        figures.move = change.span
    elif figures.level is not None and change is None:
        _set_by_mark(figures, text, figures.level.span.end, stretch)
        if figures.direction is None:
            _set_by_former(figures, text, figures.level, stretch)


_MARK = re.compile(
    r"[^.;:]{0,30}?,? (?:its|the|their) (?:(?P<up>highest|dearest|strongest|best|most)|(?P<down>lowest|cheapest|weakest|least))"
    r"(?: \w+)? (?:in|since|for)\b",
    re.IGNORECASE,
)


_AT_MARK = re.compile(
    r"[^.;:]{0,30}?, (?:an? |its |the )?(?:new |fresh )?(?:(?P<up>(?:all-time|record|[\w-]+-(?:year|month|week)) (?:high|peak)|record)|"
    r"(?P<down>(?:all-time|record|[\w-]+-(?:year|month|week)) low))\b",
    re.IGNORECASE,
)


def _set_by_mark(figures: Figures, text: str, start: int, stretch: Span) -> None:
    """ "hit $106 a pound, its highest in 16 years": the mark passed tells the way it went."""
    mark = _MARK.match(text, start, min(stretch.end, start + 90))
    mark = mark or _AT_MARK.match(text, start, min(stretch.end, start + 70))
    had = re.search(r"\bhad\s", text[stretch.start : start])
    if mark is not None and had is None:
        figures.direction = "up" if mark["up"] else "down"
        word = "up" if mark["up"] else "down"
        figures.move = Span(mark.start(word), mark.end(word))


_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|from|where it (?:was|had been)|having been|after)\s(?:about |around |some |just |only )*"
    r"(?:[A-Z]{0,3}[$€£¥₹]?|Yuan |yuan |CNY ?|USD ?)(?P<n>\d[\d,]*(?:\.\d+)?)(?![\d,.]*\s?(?:%|per ?cent|pc\b))"
)
_ELSEWHERE = re.compile(
    r"[^,;.]{0,24}\bin (?!January|February|March|April|May|June|July|August|September|October|November|December)[A-Z]"
)


def _set_by_former(figures: Figures, text: str, level: Quantity, stretch: Span) -> None:
    """ "gone from $7.50 to $9.20", "at $340, compared with 88 at New Year": the figures tell it."""
    for found in _COMPARED.finditer(text, stretch.start, stretch.end):
        if (
            level.span.start <= found.start("n") < level.span.end
            or abs(found.start() - level.span.end) > 60
        ):
            continue
        if _ELSEWHERE.match(text, found.end("n")):
            continue
        former, (low, high) = Decimal(found["n"].replace(",", "")), level.bounds
        if former * 100 < low or former > high * 100 or low <= former <= high:
            continue
        figures.direction = "up" if low > former else "down"
        figures.move = Span(found.start(), found.end())
        return
