"""Figures of a forecast: levels, changes and horizons of a stretch, one group a forecast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import CHANGE, TONNAGE
from lodewire.extraction.frames.movements import find_movement
from lodewire.extraction.frames.output_figures import is_own_guidance
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import QuantityKind

_LEVELS = (QuantityKind.PRICE, QuantityKind.MONEY, *TONNAGE)
_FORMER = re.compile(
    r"(?:\b(?:from|than|against|versus|compared (?:with|to)|previously|earlier|instead of|rather than|"
    r"(?:estimate|forecast|projection|prediction|record|peak|average|guidance|view|target)s? of|having|was|were|after)\s)"
    r"(?:(?:its|an?|the|about|around|roughly|nearly|some|just|over|record|previous|earlier|last|"
    r"initial|original|old|forecast|estimate|of|expected|\d{4})\s)*$|"
    r"\b(?:than|against|versus|compared (?:with|to))\s(?:[\w’'-]+\s){1,6}(?:of|at)\s$",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"\b(?:reach|at|to|hit|with|expect|expects|forecasts?|predicts?|projects?|sees?|see|for|anticipates?|be|is)\s"
    r"(?:an?|the|its)?\s?(?:\w+\s)?(?:average|peak|record|high|low)\s(?:\w+\s)?of\s(?:about\s|around\s)?$",
    re.IGNORECASE,
)
_BALANCE = re.compile(
    r"\b(?P<what>(?:[\w-]+ )?(?:deficit|surplus|shortfall|shortage)) of (?:about |around |some |just )?$",
    re.IGNORECASE,
)
_STAY = re.compile(
    r"\b(?:stay|remain|hold|keep)\s(?P<how>[^,.;]{3,60}?)"
    r"(?=\s(?:for|in|until|through|over|during|this|next|on|as|because|well)\b|[,.;]|$)",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?P<how>(?:return|swing|move|flip|shift|turn|fall|slip|be|take place)\w*\s(?:in)?to?\s?(?:a |an )?"
    r"(?:deficit|surplus|balance|shortage|glut)|at a (?:discount|premium)|balanced|tighten|peak|"
    r"oversuppl\w+|plateau|level off|flatten(?: out)?|bottom out|no recovery|mid-teens percentage|(?:low|mid|high)[- ](?:single|double)[- ]digits?)\b",
    re.IGNORECASE,
)
# How a market stands: a bare commodity that will be so is forecast without a figure.
_BALANCED = re.compile(
    r"\b(?P<how>(?:in|into|to) (?:an? )?(?:\w+ )?(?:deficit|surplus|oversupply|shortage)|"
    r"(?:under|over)-?supplied|in short supply|net (?:exporter|importer)|short)(?= (?:in|from|until|through|next|this|for|again|as|too)\b|[.,;]|$)",
    re.IGNORECASE,
)
_WHEN = sought(
    r"\b(?:as the year goes on|in the (?:near|short|medium|longer|long)[ -]term|"
    r"(?:in|over|for) the (?:coming|next few|years|months) (?:weeks|months|years|quarters|ahead)|"
    r"later this (?:year|month|decade)|(?:by|for|before) (?:the )?(?:full year|year[- ]end|end of the year|year|Easter|summer|winter|spring|autumn)(?! to)|"
    r"(?:by|over|in|within|for) (?:the next |an? |another )?(?:fortnight|few weeks|few months|\w+ (?:weeks|months|years)[’']? time)|"
    r"the year after|(?:before|by) Christmas|a year later|within (?:days|weeks|months)|"
    r"in the (?:second|first) half|by the end of the decade)\b",
    re.IGNORECASE,
)
_SAID_WHEN = re.compile(
    r"\b(?:said|says|told|reported|wrote|warned|added|survey(?:ed)?|poll(?:ed)?|made|published|"
    r"released|announced|reporters|interview|statement|note|report|forecast)\s(?:[\w-]+\s){0,3}?"
    r"(?:on|in|late|last|this)\s$|"
    r"\b(?:said|says|told|reported|wrote|warned)\s$|"
    r"\b(?:since|from|than|against|with|versus)\s(?:the )?(?:[$€£\w.,%-]+\s){0,3}?(?:in |of |for )?$",
    re.IGNORECASE,
)


_CARGO = re.compile(
    r"[’']?s?\s(?:delivery|loading|shipments?|cargo(?:es)?|contracts?|arrival|settlement)\b"
)
_UNITS = re.compile(r"\s(?:units|vehicles|cars|EVs)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OWN = re.compile(r"\s(?:of|for|at)\s(?:(?:an?|the|about|around|some)\s)*")


@dataclass(slots=True)
class ForecastFigure:
    """One forecast's figures; ``balance`` is "deficit" and the like where the figure is one."""

    level: Quantity | None = None
    change: Quantity | Span | None = None
    horizon: DateMention | Span | None = None
    balance: Span | None = None

    def end(self) -> int:
        """Where its last figure ends."""
        spans = [
            f.span if isinstance(f, Quantity) else f
            for f in (self.level, self.change)
            if f is not None
        ]
        return max((s.end for s in spans), default=0)


def figures_in(sentence: Sentence, stretch: Span, noun: Span | None = None) -> list[ForecastFigure]:
    """Return the groups of figures in ``stretch``; one without a number where words tell a change.

    ``noun`` is the word of forecasting, whose own figure may follow it ("a projection of $4.25").
    """
    groups: list[ForecastFigure] = []
    text = sentence.analysis.text
    for quantity in sentence.quantities_in(stretch, *_LEVELS, *CHANGE, QuantityKind.COUNT):
        counted = quantity.kind is QuantityKind.COUNT and not _UNITS.match(text, quantity.span.end)
        if counted or _YEAR.fullmatch(quantity.text):
            continue  # "by 1.2% in 2025 to 1,772 Mt"
        before = text[max(stretch.start, quantity.span.start - 60) : quantity.span.start]
        own = noun is not None and _OWN.fullmatch(text[noun.end : quantity.span.start])
        # The verb ("sees an average of $65") may stand right before the stretch.
        wide = text[max(sentence.span.start, quantity.span.start - 60) : quantity.span.start]
        former = _FORMER.search(before) and not _REACHES.search(wide)
        if quantity.kind is QuantityKind.FACTOR and before.endswith("more than "):
            former = None  # "will more than double"
        if (not own and former) or re.search(r"\d[^()]{0,12}\($", before):
            continue  # what came before, or the same sum in another currency in brackets
        share = quantity.kind in CHANGE or _is_moved_by(before, of_noun=noun is not None)
        if share and re.match(r"\s(?:of|share|stake)\b", text[quantity.span.end :][:7]):
            continue
        group = groups[-1] if groups else None
        if group is None or (group.change if share else group.level) is not None:
            group = ForecastFigure()
            groups.append(group)
        if share:
            group.change = quantity
        else:
            group.level = quantity
        match = _BALANCE.search(
            text, max(stretch.start, quantity.span.start - 40), quantity.span.start
        )
        if match is not None:
            group.balance = Span(match.start("what"), match.end("what"))
            if share and group.level is None:
                group.level, group.change = quantity, None  # "a shortfall of 30%" is a level
    if not groups:
        groups = _in_words(sentence, stretch)
    _set_horizons(sentence, stretch, groups)
    return groups


_BY = re.compile(
    r"\b(?:lose|gain|shed|add|by|(?:rise|fall|drop|increase|decline|gain|growth|recovery) of)\s"
    r"(?:another |about |around |some |up to |as much as )*$",
    re.IGNORECASE,
)


def _is_moved_by(before: str, *, of_noun: bool) -> bool:
    """ "prices might lose 10 euros": a sum that tells a change; "by 91,000 t" of a gap does not."""
    if _BY.search(before) is None:
        return False
    if of_noun and re.search(r"\bby (?:\w+ ){0,2}$", before):
        return True  # "lowered its forecast by $5 to $55"
    return find_movement(before, 0, len(before)) is not None


def is_balanced(sentence: Sentence, stretch: Span) -> bool:
    """ "expects aluminium to go into surplus", "platinum will stay undersupplied"."""
    found = _BALANCED.search(sentence.analysis.text, stretch.start, stretch.end)
    return found is not None and horizon_in(sentence, sentence.span) is not None


def _in_words(sentence: Sentence, stretch: Span) -> list[ForecastFigure]:
    text = sentence.analysis.text
    for pattern in (_STAY, _TURN, _BALANCED):
        match = pattern.search(text, stretch.start, stretch.end)
        if match is not None:
            return [ForecastFigure(change=_trimmed(text, match.start("how"), match.end("how")))]
    move = find_movement(text, stretch.start, stretch.end)
    return [ForecastFigure(change=Span(move[1], move[2]))] if move is not None else []


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = len(words) - len(words.lstrip(' "“‘'))
    right = len(words) - len(words.rstrip(' "”’'))
    return Span(start + left, max(end - right, start + left + 1))


def _set_horizons(sentence: Sentence, stretch: Span, groups: Sequence[ForecastFigure]) -> None:
    dates = _horizons(sentence, stretch)
    if len(groups) == len(dates) > 1 and all(
        (not i or groups[i - 1].end() <= _span(d).start) and _span(d).end <= _start_of(g)
        for i, (d, g) in enumerate(zip(dates, groups, strict=True))
    ):
        for date, group in zip(dates, groups, strict=True):
            group.horizon = date  # "for 2025 at $9,900 and for 2026 at $10,750"
        return
    for index, group in enumerate(groups):
        start = group.end()
        following = groups[index + 1] if index + 1 < len(groups) else None
        limit = _start_of(following) if following is not None else stretch.end
        after = [d for d in dates if start <= _span(d).start < limit]
        if after:
            group.horizon = after[0]
        elif index == 0:
            before = [d for d in dates if _span(d).end <= start]
            group.horizon = before[-1] if before else None


def _start_of(group: ForecastFigure) -> int:
    spans = [
        f.span if isinstance(f, Quantity) else f
        for f in (group.level, group.change)
        if f is not None
    ]
    return min(s.start for s in spans)


def _span(found: DateMention | Span) -> Span:
    return found if isinstance(found, Span) else found.span


def horizon_in(sentence: Sentence, stretch: Span) -> DateMention | Span | None:
    """Return the last time in ``stretch`` that a forecast may be for, or None."""
    found = _horizons(sentence, stretch)
    return found[-1] if found else None


def _horizons(sentence: Sentence, stretch: Span) -> list[DateMention | Span]:
    found: list[DateMention | Span] = [d for d in _times(sentence) if stretch.covers(d.span)]
    if sentence.may_hold(_WHEN.number):
        for match in _WHEN.pattern.finditer(sentence.analysis.text, *stretch):
            span = Span(match.start(), match.end())
            if not any(_span(f).overlaps(span) for f in found):
                found.append(span)
    return sorted(found, key=lambda f: _span(f).start)


def _times(sentence: Sentence) -> list[DateMention]:
    """The dates that a forecast may be for; worked out once, as every figure asks for them."""
    known = sentence.shared.get(__name__)
    if known is None:
        known = sentence.shared[__name__] = list(_find_times(sentence))
    return cast(list[DateMention], known)


def _find_times(sentence: Sentence) -> Iterator[DateMention]:
    text = sentence.analysis.text
    published = sentence.analysis.document.published
    for date in sentence.dates:
        before = text[max(sentence.span.start, date.span.start - 40) : date.span.start]
        past = published is not None and date.end is not None and date.end < published.isoformat()
        if date.grain == "duration" or past or _SAID_WHEN.search(before):
            continue
        if date.text.lower().startswith(("past", "last", "previous", "since")):
            continue
        if re.search(r"\b(?:since|ended|ending)\s(?:the )?$", before):
            continue
        if _CARGO.match(text, date.span.end):
            continue
        if date.grain == "day" and re.search(r"\bon\s$", before):
            continue
        yield date


def is_guidance(sentence: Sentence, group: ForecastFigure) -> bool:
    """Tell whether it is a company's own output guidance: that is a report, see production.py."""
    level = group.level
    return level is not None and level.kind in TONNAGE and is_own_guidance(sentence, level.span)
