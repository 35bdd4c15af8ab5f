"""What the words of classes and ids weigh: log odds that text under them is main text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from training.pages import LabelledPage

_LEAST_PAGES = 4  # that use a mark; a rarer one says nothing
_PRIOR = 0.1  # pages' worth of text for and against
_SMALL = 0.15
_MOST = 3.0


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """The share of a page's text under each mark, main text and other apart."""

    main: dict[str, float]
    other: dict[str, float]


def count_marks(labelled: LabelledPage) -> MarkCounts:
    """Return the counts of one page; names of elements count as marks with ``<`` before them."""
    page = labelled.page
    counts = MarkCounts({}, {})
    known: dict[int, frozenset[str]] = {}
    for index, holder in enumerate(page.holders):
        if holder not in known:
            known[holder] = _marks_round(labelled, holder)
        side = counts.main if labelled.labels[index] else counts.other
        weight = float(labelled.weights[index])
        for mark in known[holder]:
            side[mark] = side.get(mark, 0.0) + weight
    return counts


def _marks_round(labelled: LabelledPage, element: int) -> frozenset[str]:
    page = labelled.page
    found: set[str] = set()
    while True:
        tag = page.tags[element]
        found.update(tag.marks)
        found.add("<" + tag.name)
        if element == 0:
            return frozenset(found)
        element = page.parents[element]


class MarkTotals:
    """The counts of many pages, out of which one page can be left."""

    def __init__(self, counts: Sequence[MarkCounts]) -> None:
        self._main: Counter[str] = Counter()
        self._other: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()
        for each in counts:
            self._main.update(each.main)
            self._other.update(each.other)
            self._pages.update(each.main.keys() | each.other.keys())
        self._base = self._main["<html"] / max(1e-9, self._other["<html"])

    def weights(self, without: MarkCounts | None = None) -> dict[str, float]:
        """Return the weight of each mark that says something, as if ``without`` were not there.

        A page's own labels must not speak through the marks that the network sees of it.
        """
        main = without.main if without else {}
        other = without.other if without else {}
        found: dict[str, float] = {}
        for mark, pages in self._pages.items():
            count = pages - (mark in main or mark in other)
            if count < _LEAST_PAGES:
                continue
            for_, against = (
                self._main[mark] - main.get(mark, 0.0),
                self._other[mark] - other.get(mark, 0.0),
            )
            odds = log((max(for_, 0.0) + _PRIOR) / (max(against, 0.0) + _PRIOR / self._base))
            weight = (odds - log(self._base)) * count / (count + 4)
            if abs(weight) > _SMALL:
                found[mark] = max(-_MOST, min(_MOST, weight))
        return found
