"""The value an editor writes, read as its role asks: a quantity, a day, a listed word, a name."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from lodewire.errors import LedgerError
from lodewire.extraction.quantities import find_quantities
from lodewire.ledger.store import Ledger
from lodewire.model.decision import NewValue
from lodewire.model.ids import EntityId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Qualifier, Status
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.event_types import RoleKind, load_event_types
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.resolve.statements import plain, quantity_text

_BARE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_LISTS: dict[str, type[StrEnum]] = {"status": Status, "modality": Modality}
_NAMED = frozenset(
    {
        RoleKind.ORGANISATION,
        RoleKind.COUNTRY,
        RoleKind.PARTY,
        RoleKind.COMMODITY,
        RoleKind.PRODUCT,
        RoleKind.SITE,
        RoleKind.BENCHMARK,
    }
)


def read_new_value(
    ledger: Ledger, type_: EventType, statement: Statement, text: str, *, unit: str | None = None
) -> NewValue:
    """Return what ``text`` says for the role of ``statement``.

    A quantity is written as in a text ("about US$1.9bn", "450 to 500 t") or as a plain number,
    then in ``unit``, else in the unit read. Days are ISO, ``2025-03-01..2025-03-31`` for a period.
    Raises LedgerError, with what would be right, when it does not fit the role.
    """
    told = " ".join(text.split())
    if not told:
        raise LedgerError("the new value is empty", hint="`lodewire review reject` takes it away")
    if statement.property in _LISTS:
        return _listed(told, [str(m.value) for m in _LISTS[statement.property]])
    if statement.property in ("type", "not_disclosed"):
        raise LedgerError(
            f"{statement.property.replace('_', ' ')} cannot be edited",
            hint="reject the statement or the event, with the reason",
        )
    if statement.property == "attribution":
        return NewValue(value=told, entity=_entity(ledger, told))
    role = load_event_types()[type_].role(statement.property)
    if role.kind is RoleKind.QUANTITY:
        return _quantity(told, unit or statement.as_read[1])
    if unit is not None:
        raise LedgerError(f"{role.label} has no unit", hint="leave out --unit")
    if role.kind is RoleKind.DATE:
        return _days(told)
    if role.kind is RoleKind.CHOICE:
        return _listed(told, list(role.choices))
    return NewValue(value=told, entity=_entity(ledger, told) if role.kind in _NAMED else None)


def _listed(told: str, allowed: list[str]) -> NewValue:
    word = told.lower().replace(" ", "_")
    for one in (told, word):
        if one in allowed:
            return NewValue(value=one)
    raise LedgerError(f"{told!r} is no word of this list", hint=f"it is {', '.join(allowed)}")


def _quantity(told: str, unit: str | None) -> NewValue:
    if _BARE.fullmatch(told):
        return NewValue(value=plain(Decimal(told.replace(",", ""))), unit=unit)
    low, dots, high = told.partition("..")
    if dots and _BARE.fullmatch(low) and _BARE.fullmatch(high):
        return NewValue(value=f"{_plain(low)}..{_plain(high)}", unit=unit)
    found = find_quantities(told)
    if len(found) == 1 and found[0].text.strip() == told:
        hedge = found[0].qualifier
        return NewValue(
            value=quantity_text(found[0]),
            unit=found[0].unit,
            qualifier=None if hedge is Qualifier.EXACT else hedge.value,
        )
    raise LedgerError(
        f"{told!r} cannot be read as one quantity",
        hint="write it as a text would (US$1.9 billion, 450 to 500 t, 25%), or a plain number "
        "with --unit",
    )


def _plain(number: str) -> str:
    try:
        return plain(Decimal(number.replace(",", "")))
    except InvalidOperation as error:
        raise LedgerError(f"{number!r} is no number", hint="write 1900000000") from error


def _days(told: str) -> NewValue:
    first, dots, last = told.partition("..")
    try:
        start = date.fromisoformat(first)
        end = date.fromisoformat(last) if dots else start
    except ValueError:
        raise LedgerError(
            f"{told!r} is no day", hint="write 2025-03-28, or 2025-03-01..2025-03-31"
        ) from None
    if end < start:
        raise LedgerError(f"{told!r} ends before it begins", hint="write the earlier day first")
    return NewValue(value=first if start == end else told)


def _entity(ledger: Ledger, name: str) -> EntityId | None:
    """The one thing of that name in the ledger, else in the ontology; None for a new name."""
    found = ledger.entities.named(name, limit=2)
    if len(found) == 1:
        return found[0].id
    tables = (load_countries(), load_organisations(), load_commodities(), load_sites())
    wanted = name.casefold()
    ids = [str(i) for table in tables for i, e in table.items() if e.name.casefold() == wanted]
    return EntityId(ids[0]) if len(ids) == 1 and not found else None
