"""A report before its form: sections of blocks, footnotes with evidence, figures with digests.

Everything is plain text: what a source wrote is told as its words and never read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lodewire.publish.charts.chart import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of text. ``link`` is an address; ``notes`` are numbers of footnotes, from 1."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    notes: tuple[int, ...] = ()


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words; ``heading`` marks a heading within a section."""

    words: Words
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list; ``numbered`` counts it."""

    lines: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table: columns by name, those of numbers set right; widths as parts of the page."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    caption: str
    right: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart; without the drawing library its table stands in its place."""

    chart: Chart


Block = Paragraph | Bullets | ReportTable | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report with its id ("supply"); ``editor`` marks what a person wrote."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    editor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """The evidence of a sentence: the words of the source, who published them, when and where."""

    quote: str
    publisher: str
    title: str
    published: date | None
    url: str
    event_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigure:
    """A computed number of the report with all that it was computed from.

    ``inputs`` are the rows of the sources as JSON types; ``digest`` is the SHA-256 of name,
    subject, method and inputs in canonical JSON, so that a changed input is seen.
    """

    name: str
    subject: str
    value: str | None
    low: str | None
    high: str | None
    unit: str
    method: str
    vintage: str
    inputs: tuple[dict[str, object], ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report. ``kind`` and ``subject`` name it; ``day`` is the day it is told of."""

    kind: str
    subject: str
    title: str
    subtitle: str
    desk: str
    day: date
    made_at: datetime
    sections: tuple[Section, ...]
    notes: tuple[Footnote, ...]
    figures: tuple[ReportFigure, ...]
    sample: bool = False

    @property
    def slug(self) -> str:
        """Its name in paths: "commodity-copper-2025-03-28"."""
        parts = (self.kind, self.subject.lower(), self.day.isoformat())
        return "-".join(p for p in parts if p)


def words(text: str, *notes: int, bold: bool = False, link: str = "") -> Words:
    """Return text as words of one run."""
    return (Run(text=text, bold=bold, link=link, notes=notes),)
