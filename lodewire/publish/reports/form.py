"""The one form that JSON, HTML and PDF are made from: dicts of plain text, charts as SVG."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from lodewire.errors import PublishError
from lodewire.model.plain import plain
from lodewire.publish.charts.render import render_svg
from lodewire.publish.charts.texts import clean
from lodewire.publish.page import safe_url
from lodewire.publish.reports.report import (
    Block,
    Bullets,
    Footnote,
    Paragraph,
    Picture,
    Report,
    ReportTable,
    Section,
    Words,
)
from lodewire.publish.wording import print_dates
from lodewire.publish.words import SAMPLE_NOTICE

VERSION = 1
_ROWS = 40  # of a chart's table that stands in for it


def report_form(report: Report, *, draw: bool | None = None) -> dict[str, Any]:
    """Return the report as JSON types, version 1.

    ``draw``: whether charts are drawn; by default where the extra ``charts`` is installed. A chart
    that is not drawn has the table behind it.
    """
    drawing = importlib.util.find_spec("vl_convert") is not None if draw is None else draw
    former = _Former(drawing)
    sections = [former.section(s) for s in report.sections]
    return {
        "version": VERSION,
        "kind": report.kind,
        "subject": report.subject,
        "slug": report.slug,
        "title": _text(report.title),
        "subtitle": _text(report.subtitle),
        "desk": _text(report.desk),
        "day": report.day.isoformat(),
        "day_words": _day(report.day),
        "made_at": report.made_at.isoformat(timespec="minutes"),
        "notice": SAMPLE_NOTICE if report.sample else "",
        "sections": sections,
        "notes": [_note(report.notes[n - 1]) for n in former.used],
        "figures": [asdict(f) for f in report.figures],
    }


def check_form(told: Any) -> dict[str, Any]:
    """Return a report's JSON; raises PublishError for anything else."""
    if not isinstance(told, dict) or told.get("version") != VERSION or "sections" not in told:
        raise PublishError(
            "this is not the JSON of a report.", hint="Give the report.json that a report wrote."
        )
    return told


class _Former:
    """Forms sections; notes are counted in the order in which the text first names them."""

    def __init__(self, drawing: bool) -> None:
        self._drawing = drawing
        self.used: dict[int, int] = {}

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "id": section.id,
            "title": _text(section.title),
            "editor": section.editor,
            "blocks": [self._block(b) for b in section.blocks],
        }

    def _block(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Paragraph):
            kind = "heading" if block.heading else "paragraph"
            return {"type": kind, "words": self._words(block.words)}
        if isinstance(block, Bullets):
            lines = [self._words(line) for line in block.lines]
            return {"type": "bullets", "numbered": block.numbered, "lines": lines}
        if isinstance(block, ReportTable):
            return _table(
                block.caption,
                block.columns,
                [[self._words(cell) for cell in row] for row in block.rows],
                block.right,
                block.widths,
            )
        return self._picture(block)

    def _picture(self, block: Picture) -> dict[str, Any]:
        chart = block.chart
        if self._drawing:
            return {
                "type": "picture",
                "title": _text(chart.title),
                "alt": _text(chart.alt),
                "svg": render_svg(chart),
            }
        rows = [[[{"text": _text(c)}] for c in row] for row in chart.table.rows[:_ROWS]]
        caption = f"{chart.title}. {chart.caption.text()}"
        return _table(caption, chart.table.columns, rows)

    def _words(self, told: Words) -> list[dict[str, Any]]:
        made = []
        for run in told:
            one: dict[str, Any] = {"text": _run_text(run.text)}
            if run.bold:
                one["bold"] = True
            if run.italic:
                one["italic"] = True
            if link := safe_url(run.link):
                one["link"] = link
            if run.notes:
                one["notes"] = [self._numbered(n) for n in run.notes]
            made.append(one)
        return made

    def _numbered(self, note: int) -> dict[str, Any]:
        first = note not in self.used
        number = self.used.setdefault(note, len(self.used) + 1)
        return {"n": number, "first": first}


def _table(
    caption: str,
    columns: Sequence[str],
    rows: list[list[list[dict[str, Any]]]],
    right: Iterable[int] = (),
    widths: Sequence[float] = (),
) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": _text(caption),
        "columns": [_text(c) for c in columns],
        "right": sorted(right),
        "widths": list(widths) or [1.0] * len(columns),
        "rows": rows,
    }


def _note(note: Footnote) -> dict[str, Any]:
    quote = " ".join(_text(note.quote).split())
    return {
        "quote": quote if len(quote) <= 420 else quote[:418].rsplit(" ", 1)[0] + " …",
        "publisher": _text(note.publisher),
        "title": _text(note.title),
        "published": _day(note.published) if note.published else "",
        "url": safe_url(note.url) or "",
        "event": note.event_id,
    }


def _text(text: str) -> str:
    """Text without what steers, and without what neither XML nor UTF-8 can hold."""
    return clean(plain(text), 20_000)


def _run_text(text: str) -> str:
    """A run keeps the blank that parts it from its neighbours."""
    told = _text(text)
    before = " " if text[:1].isspace() and told else ""
    return f"{before}{told}{' ' if text[-1:].isspace() else ''}"


def _day(day: date) -> str:
    return print_dates(day, day)
