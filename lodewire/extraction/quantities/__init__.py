"""Quantities: money, prices, masses, grades, percentages and the rest, as written and normalised.

The grammar reads around each number instead of searching for shapes: number, scale, unit, what it
is per, hedge, second amount of a range; then a second pass shares units between neighbours. All
look-ups are of whole words and all patterns bounded, so the time is linear in the text.
"""

from __future__ import annotations

import re

from lodewire.extraction.quantities.grammar import read_quantities
from lodewire.extraction.quantities.money import guess_dollar
from lodewire.extraction.quantities.tables import is_row
from lodewire.model.quantity import Quantity

_KANA = re.compile(r"[\u3041-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_SHARE = 0.2

__all__ = ["find_quantities", "guess_dollar", "is_row"]


def find_quantities(
    text: str, *, language: str | None = "en", dollar: str = "USD"
) -> tuple[Quantity, ...]:
    """Return the quantities that ``text`` states, in order, never overlapping.

    ``language`` (ISO 639-1) chooses decimal marks, scale words and unit names; None reads as
    English, or as Japanese or Chinese by script. ``dollar`` is the unit of a bare "$" (see
    :func:`guess_dollar`): "USD", or "$" where the text leaves the country open. Units are symbols
    of the ontology's table; "Mt" and "kt" come out in tonnes, "Moz" in ounces. Counts without a
    unit have kind COUNT, parts and multiples FACTOR, spans of time DURATION: filter by ``kind``.
    """
    return read_quantities(text, language or _guess(text), dollar)


def _guess(text: str) -> str:
    """Tell Japanese and Chinese from the rest by their script; the rest reads as English."""
    if _KANA.search(text):
        return "ja"
    return "zh" if len(_HAN.findall(text)) > _HAN_SHARE * len(text) else "en"
