"""Figures of a price that stand before its thing, or that it takes over from the thing before it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.frames.price_figures import Figures
from lodewire.extraction.frames.price_words import Priced
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import QuantityKind

_SUMS = (QuantityKind.PRICE, QuantityKind.MONEY)
_DEAR = 1_000_000  # no price of a unit of anything is told in millions
_CLOSING = re.compile(
    r"(?:(?:Clos|Finish|Trad|Settl|End|Stand|Sitt|Hover|Chang)ing (?:hands |the (?:day|week|month|session|quarter|year|period) )?|"
    r"Quoted |Assessed |Priced |Last )?[Aa]t\s(?:about )?"
)
_MOVED_BY = re.compile(
    r"\b(?:[Ww]ith|[Aa]fter|[Oo]n|[Ff]ollowing|[Tt]hanks to) an? (?:[\w-]+ ){0,2}?"
    r"(?P<move>gain|rise|increase|advance|jump|climb|fall|drop|decline|loss|slide|dip|decrease)"
    r" of (?:about |nearly |some |over |more than |just |almost )?$"
)


def find_level(sentence: Sentence, thing: Priced) -> Quantity | None:
    """ "At 81,000 yuan a tonne, the contract was up 8%", "Ending the week at $4,567, tin …"."""
    ahead = Span(sentence.span.start, thing.span.start)
    for quantity in sentence.quantities_in(ahead, *_SUMS):
        if quantity.bounds[1] < _DEAR and _CLOSING.fullmatch(
            sentence.analysis.text[ahead.start : quantity.span.start]
        ):
            return quantity
    return None


def take_change(sentence: Sentence, thing: Priced, figures: Figures) -> None:
    """ "With a gain of 3.6 percent cerium oxide settled at …": the change that opens the sentence."""
    if figures.change is None and thing.moved is not None:
        _take_moved(sentence, thing, thing.moved, figures)
    if figures.change is not None or figures.direction is not None:
        return
    start = sentence.span.start
    for quantity in sentence.quantities_in(Span(start, thing.start), QuantityKind.PERCENT):
        told = _MOVED_BY.search(sentence.analysis.text, start, quantity.span.start)
        if told is None or quantity.span.end > thing.start:
            continue
        direction = direction_of(told["move"])
        if direction is None:
            continue
        figures.direction = direction
        figures.move = Span(told.start("move"), told.end("move"))
        figures.change, figures.changes = quantity, (quantity,)
        return


def _take_moved(sentence: Sentence, thing: Priced, moved: Span, figures: Figures) -> None:
    """ "a 47.6 percent jump for yttria", "a rise of $12 in the price of coil"."""
    near = Span(max(sentence.span.start, moved.start - 24), thing.span.start)
    found = sentence.quantities_in(near, QuantityKind.PERCENT, *_SUMS)
    between = sentence.analysis.text[found[-1].span.end : thing.span.start] if found else ""
    if found and re.fullmatch(r"\s(?:[\w-]+\s){0,3}", between):
        figures.change, figures.changes = found[-1], (found[-1],)


def inherit_move(figures: Figures, before: Figures, stretch: Sequence[Quantity]) -> None:
    """ "zinc dropped 0.6% to $3,057 and lead 0.9% to $2,057": lead dropped too.

    So do "WTI 58 cents at $63.48" and "dysprosium metal 20,000 yuan/t to 3.42 million yuan/t",
    where the thing before was told to move by a sum of money to another.
    """
    if figures.direction is not None or before.change is None:
        return
    bare = [c for c in figures.shares if c not in figures.changes]
    if bare:
        figures.change, figures.changes = bare[0], (bare[0],)
    elif before.change.kind in _SUMS and before.level is not None:
        sums = [q for q in stretch if q.kind in _SUMS]
        if len(sums) != 2 or sums[0].bounds[1] >= sums[1].bounds[0]:
            return
        figures.change, figures.changes = sums[0], (sums[0],)
        figures.level, figures.levels = sums[1], (sums[1],)
    else:
        return
    figures.direction, figures.move = before.direction, before.move


_PAIRED = re.compile(r",? (?:and|while) (?:by |about |nearly |some |just |over |more than )*")


def pair(figures: Figures, others: int, place: int, text: str) -> None:
    """ "Copper and zinc fell 1.2% and 0.8%": as many figures in turn as there are things.

    ``others`` is the number of things that share the figures, ``place`` this one's among them.
    """
    if others < 2:
        return
    if len(figures.changes) == others and _in_turn(figures.changes, text):
        figures.change = figures.changes[place]
    if len(figures.levels) == others and _in_turn(figures.levels, text):
        figures.level = figures.levels[place]


def _in_turn(found: Sequence[Quantity], text: str) -> bool:
    """Tell whether figures of one kind follow each other as a list does."""
    last = len(found) - 1
    for at, (left, right) in enumerate(itertools.pairwise(found), 1):
        between = text[left.span.end : right.span.start]
        listed = _PAIRED.fullmatch(between) or (at < last and between == ", ")
        if left.kind is not right.kind and not {left.kind, right.kind} <= set(_SUMS):
            return False
        if not listed:
            return False
    return True
