"""Dates: absolute, and told from the day of publication; each resolved to ISO days."""

from __future__ import annotations

from datetime import date

from lodewire.extraction.dates.reading import read_dates
from lodewire.model.quantity import DateMention

__all__ = ["find_dates"]


def find_dates(
    text: str, *, published: date | None, language: str | None = "en"
) -> tuple[DateMention, ...]:
    """Return the dates and periods that ``text`` names, in order, never overlapping.

    ``published`` anchors relative dates and dates without a year; where it is None they come back
    with ``start`` and ``end`` None. A bare weekday is the latest such day; a month or quarter
    without a year is the latest that has begun, unless the words before speak of the future.
    ``start`` and ``end`` are ISO days, both inclusive. ``language`` is an ISO 639-1 code: English
    in full, month names and figures in others.
    """
    return read_dates(text, published, language or "en")
