"""How cases are written: a text, and each quantity as "words | value | unit | qualifier"."""

from __future__ import annotations

from lodewire.extraction.quantities import find_quantities
from lodewire.model.quantity import Quantity


def told(quantity: Quantity) -> str:
    """Return a quantity as the tables write it; the qualifier only where it hedges."""
    if quantity.value is not None:
        value = f"{quantity.value:f}"
    else:
        value = f"{quantity.low:f}..{quantity.high:f}"
    parts = [quantity.text, value, quantity.unit or "-"]
    if quantity.qualifier.value != "exact":
        parts.append(quantity.qualifier.value)
    return " | ".join(parts)


def read(text: str, language: str | None = "en", dollar: str = "USD") -> list[str]:
    """Return what a text states, as the tables write it; spans are proved on the way."""
    found = find_quantities(text, language=language, dollar=dollar)
    end = 0
    for quantity in found:
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        assert quantity.span.start >= end
        assert quantity.span.covers(quantity.core)
        end = quantity.span.end
    return [told(quantity) for quantity in found]
