"""What is bought as rows of a table."""

from __future__ import annotations

from typing import Any

from lodewire.model.holding import Position


def position_row(position: Position) -> dict[str, Any]:
    """Return a position as a row: numbers as exact text, several values in one cell."""
    origins = [f"{c} {(s * 100).quantize(s.__class__('0.1')):f} %" for c, s in position.shares]
    return {
        "commodity": position.commodity,
        "material": position.words,
        "form": position.form,
        "stage": position.stage,
        "product": position.via,
        "certain": position.certain,
        "quantity": _plain(position.quantity),
        "unit": position.unit,
        "spend": _plain(position.spend),
        "currency": position.currency,
        "origins": "; ".join(origins or position.countries) or None,
        "unknown_origin": _plain(position.unknown),
        "share_basis": position.basis or None,
        "suppliers": "; ".join(position.suppliers) or None,
        "lines": "; ".join(map(str, position.rows)),
    }


def _plain(value: Any) -> str | None:
    return f"{value.normalize():f}" if value is not None else None
