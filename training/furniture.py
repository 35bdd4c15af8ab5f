"""Pages made harder to read: the furniture of news pages put round and into pages of known text.

The labelled pages are mostly articles of companies' blogs. News pages print more that is no
article: captions, links to other stories between paragraphs, teasers, comments, pleas; and their
articles are shorter. A copy of a page gets such parts out of ``furniture.toml``, filled with the
texts of other pages, under names that sites use and under names that say nothing, and loses some
of its own text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np

from lodewire.text.decode import decode
from lodewire.text.scan import Scan, scan
from training.pages import LabelledPage, label, weights_of

_TABLE = Path(__file__).with_name("furniture.toml")
_PARAGRAPH = re.compile(r"<p[\s>][^<]{0,200}", re.IGNORECASE)
_SLOT = re.compile(r"\{(\w+)\}")
_PLACES = ("inside", "before", "after")
_CHANCES = {"inside": 0.6, "before": 0.5, "after": 0.8}
_FURNISHED = ("article", "documentation")  # the rest prints furniture as its text
_COPIES = 1
_SEED = 3
_LEAST_KEPT = 0.1  # of a copy's own text
_MOST = {"inside": 4, "before": 2, "after": 4}


@dataclass(frozen=True, slots=True)
class Stock:
    """Texts of other pages that furniture is filled with: paragraphs, and headlines."""

    paragraphs: Sequence[str]
    headlines: Sequence[str]


class Furnisher:
    """Puts furniture into pages; the same draws from the same ``seed``."""

    def __init__(self, stock: Stock, seed: int) -> None:
        self._stock = stock
        self._draw = np.random.default_rng(seed)
        tables = tomllib.loads(_TABLE.read_text("utf-8"))
        self._parts: dict[str, list[str]] = tables["parts"]
        self._words: dict[str, list[str]] = tables["words"]

    def furnish(self, html: str, truth: str) -> str:
        """Return the page with parts before, between and after the paragraphs of its text."""
        places = [m.start() for m in _PARAGRAPH.finditer(html) if _is_told(m[0], truth)]
        if len(places) < 3:
            return html
        put: list[tuple[int, str]] = []
        for name in _PLACES:
            for _ in range(_MOST[name]):
                if self._draw.random() < _CHANCES[name]:
                    put.append((self._place(name, places, html), self._part(name)))
        pieces, last = [], 0
        for at, part in sorted(put, key=lambda entry: entry[0]):
            pieces += [html[last:at], part]
            last = at
        return "".join([*pieces, html[last:]])

    def _place(self, name: str, places: Sequence[int], html: str) -> int:
        if name == "before":
            return places[0]
        if name == "inside":
            return places[int(self._draw.integers(1, len(places)))]
        end = html.lower().find("</p>", places[-1])
        return end + 4 if end >= 0 else places[-1]

    def _part(self, name: str) -> str:
        return self._fill(self._pick(self._parts[name]))

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[int(self._draw.integers(len(choices)))]

    def _fill(self, template: str) -> str:
        def slot(match: re.Match[str]) -> str:
            name = match[1]
            if name in self._parts:
                count = int(self._draw.integers(1, 7))
                return "".join(self._fill(self._pick(self._parts[name])) for _ in range(count))
            return escape(self._word(name))

        return _SLOT.sub(slot, template)

    def _word(self, name: str) -> str:
        if name == "paragraph":
            return self._pick(self._stock.paragraphs)
        if name == "teaser":
            return self._pick(self._stock.paragraphs)[: int(self._draw.integers(60, 240))]
        if name == "sentence":
            return self._pick(self._stock.paragraphs).split(". ")[0] + "."
        if name == "headline":
            return self._pick(self._stock.headlines)
        if self._draw.random() < 0.25 and name.endswith("_class"):
            return f"css-{int(self._draw.integers(1 << 30)):x}"  # a name that says nothing
        return self._pick(self._words[name])


def _is_told(start: str, truth: str) -> bool:
    text = " ".join(start.partition(">")[2].split())
    return len(text) >= 40 and text[:40] in truth


def furnished_copies(pages: Sequence[LabelledPage]) -> list[LabelledPage]:
    """Return copies of the articles among the pages, furnished and shortened, newly labelled."""
    texts = [_texts(page) for page in pages]
    stock = Stock([t for told, _ in texts for t in told], [t for _, heads in texts for t in heads])
    furnisher, draw = Furnisher(stock, _SEED), np.random.default_rng(_SEED)
    copies = []
    for _ in range(_COPIES):
        for page in pages:
            if page.kind not in _FURNISHED or not page.page.texts:
                continue
            found = scan(furnisher.furnish(decode(page.body).text, page.truth))
            labels, _weights = label(found, page.truth)
            keep = ~labels | (draw.random(len(labels)) <= draw.uniform(_LEAST_KEPT, 1.0))
            if (labels & keep).any():
                left = _without(found, keep)
                kept = labels[keep]
                copies.append(replace(page, page=left, labels=kept, weights=weights_of(left.words)))
    return copies


def _texts(page: LabelledPage) -> tuple[list[str], list[str]]:
    found = page.page
    told = [
        text
        for text, words, own in zip(found.texts, found.words, page.labels, strict=True)
        if own and 25 <= words <= 120
    ]
    names = [found.tags[holder].name for holder in found.holders]
    heads = [
        text
        for text, words, name in zip(found.texts, found.words, names, strict=True)
        if 5 <= words <= 16 and name in ("h1", "h2", "h3")
    ]
    return told, heads


def _without(page: Scan, keep: np.ndarray) -> Scan:
    """The page with the kept blocks only."""
    before = np.concatenate([[0], np.cumsum(keep)]).tolist()
    rows: dict[str, Any] = {
        name: list(compress(getattr(page, name), keep))
        for name in ("texts", "words", "linked", "links", "holders")
    }
    return replace(
        page,
        **rows,
        firsts=[before[at] for at in page.firsts],
        lasts=[before[at] for at in page.lasts],
    )
