"""A chart: a Vega-Lite spec with the words that must go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands under every picture: where the figures come from, of which vintage, how computed.

    ``note`` tells what the picture leaves out or cannot know.
    """

    source: str
    vintage: str
    method: str
    note: str = ""

    def text(self) -> str:
        """Return the caption in one paragraph."""
        told = [f"Source: {self.source}"]
        if self.vintage:
            told.append(f"Vintage: {self.vintage}")
        if self.method:
            told.append(f"Method: {self.method}")
        if self.note:
            told.append(f"Note: {self.note}")
        return " · ".join(part.rstrip(". ") for part in told) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTable:
    """The figures behind a picture as printed, for whoever cannot see it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart. ``spec`` is Vega-Lite (JSON types only); ``alt`` tells the picture in words."""

    kind: str
    title: str
    alt: str
    caption: Caption
    spec: Spec
    table: ChartTable


def alt_text(*sentences: str) -> str:
    """Join the sentences that tell a picture, each ended by a full stop."""
    told = (s.strip() for s in sentences)
    return " ".join(s if s[-1] in ".!?" else s + "." for s in told if s)


def listed(words: Sequence[str], most: int = 4) -> str:
    """Return "a, b, c and 3 more"."""
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"
