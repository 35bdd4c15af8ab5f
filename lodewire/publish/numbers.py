"""The numbers of an entry: each with its conversion and the mark its check earned."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from lodewire.errors import LodewireError
from lodewire.model.brief import NumberNote
from lodewire.model.check import Check
from lodewire.model.event import Event
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Verdict
from lodewire.ontology.units import convert
from lodewire.publish.wording import print_amount, print_statement

# What readers of the trade set a figure beside: prices per pound and per tonne, ounces and tonnes.
_BESIDE = {
    "USc/lb": "USD/t",
    "USD/lb": "USD/t",
    "USD/kg": "USD/t",
    "lb": "t",
    "oz": "t",
    "ozt": "t",
    "short tons": "t",
    "long tons": "t",
    "bbl/d": "bbl/yr",
    "lb/yr": "t/yr",
    "oz/yr": "t/yr",
    "t/month": "t/yr",
}
_ORDER = (Verdict.MISMATCH, Verdict.QUERY, Verdict.ROUNDING, Verdict.CONSISTENT)


def number_notes(event: Event, checks: Sequence[Check]) -> tuple[NumberNote, ...]:
    """Return a note for each stated quantity, once each, in role order."""
    notes: dict[tuple[str, str], NumberNote] = {}
    for statement in event.statements:
        if statement.unit is None or statement.retracted_at is not None:
            continue
        text = print_statement(statement)
        check = _mark(statement, checks)
        note = NumberNote(
            text=text,
            statement_id=statement.id,
            conversion=convert_beside(statement),
            verdict=check.verdict if check else None,
            detail=check.detail if check else None,
        )
        known = notes.get((statement.property, text))
        if known is None or (known.verdict is None and note.verdict is not None):
            notes[(statement.property, text)] = note
    return tuple(notes.values())


def _mark(statement: Statement, checks: Sequence[Check]) -> Check | None:
    if statement.edited:
        return None  # the check recomputed what was read, not what the editor put in its place
    touching = [
        c
        for c in checks
        if c.document_id == statement.document_id
        and c.verdict in _ORDER
        and any(s.overlaps(statement.evidence.span) for s in c.spans)
    ]
    return min(touching, key=lambda c: (_ORDER.index(c.verdict), c.id), default=None)


def convert_beside(statement: Statement) -> str | None:
    """Return the usual conversion ("= US$1,942.27 a tonne"), or None where there is none."""
    if statement.unit is None or statement.unit not in _BESIDE:
        return None
    low, _, high = statement.value.partition("..")
    try:
        values = [
            convert(Decimal(v), statement.unit, _BESIDE[statement.unit])
            for v in dict.fromkeys((low, high or low))
        ]
    except (InvalidOperation, LodewireError):
        return None
    rounded = [_round(v) for v in values]
    return "= " + " to ".join(print_amount(v, _BESIDE[statement.unit]) for v in rounded)


def _round(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01") if abs(value) < 10_000 else Decimal(1))
