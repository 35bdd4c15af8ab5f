"""What is asked of the table: the parameters of an address, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from lodewire.errors import QueryError
from lodewire.ledger.amounts import AmountFilter
from lodewire.ledger.selecting import EventFilters, EventOrder
from lodewire.ledger.store import Ledger
from lodewire.model.vocabulary import Desk, EventType, Status
from lodewire.publish.tables import EVENT_COLUMNS, Column
from lodewire.workbench.amount_words import check_role, parse_amount
from lodewire.workbench.names import NAMED, named_groups

LONGEST_WORDS = 200
SHOWN_COLUMNS = (
    "reported", "sentence", "type", "status", "amount", "countries", "commodities", "documents",
)  # fmt: skip
"""Columns that are shown where none are chosen."""
#: What an address of the table may hold beside the place in its pages.
NAMES = (
    "q", "desk", "type", "status", "country", "commodity", "organisation", "since", "until",
    "amount", "sort", "group", "columns",
)  # fmt: skip
_COLUMNS = {c.name: c for c in EVENT_COLUMNS}
_DAY = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}", re.ASCII)
E = TypeVar("E", bound=StrEnum)


class GroupBy(StrEnum):
    """What events of the table are counted by."""

    TYPE = "type"
    STATUS = "status"
    DESK = "desk"
    COUNTRY = "country"
    COMMODITY = "commodity"
    ORGANISATION = "organisation"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAsk:
    """A question put to the table. Names are as they were typed; empty asks for nothing."""

    words: str = ""
    desk: Desk | None = None
    type: EventType | None = None
    status: Status | None = None
    country: str = ""
    commodity: str = ""
    organisation: str = ""
    since: date | None = None
    until: date | None = None
    amount_words: str = ""
    amount: AmountFilter | None = None
    order: EventOrder = EventOrder.NEWEST
    group: GroupBy | None = None
    columns: tuple[Column, ...] = tuple(_COLUMNS[name] for name in SHOWN_COLUMNS)

    def filters(self, ledger: Ledger, *, first: date | None = None) -> EventFilters:
        """Return what an event must be, its names looked up; ``first`` is the earliest day.

        Raises LedgerError for a name that the ledger does not hold, or that several things share.
        """
        names = {kind: [told] if (told := getattr(self, kind)) else [] for kind in NAMED}
        days = [day for day in (self.since, first) if day is not None]
        return EventFilters(
            since=max(days, default=None),
            until=self.until,
            desk=self.desk,
            type=self.type,
            status=self.status,
            entities=named_groups(ledger, names),
            amount=self.amount,
        )


def table_ask(told: Mapping[str, str]) -> TableAsk:
    """Return the question of an address' parameters; others than :data:`NAMES` are passed over.

    Raises QueryError for a value that cannot be asked for, saying what can.
    """
    long = next((n for n in NAMES if len(told.get(n, "")) > LONGEST_WORDS * 3), None)
    if long or len(told.get("q", "")) > LONGEST_WORDS:
        raise QueryError(f"{long or 'q'} is too long", hint="Ask for less at once.")
    amount = told.get("amount", "").strip()
    order = _one(EventOrder, told, "sort") or EventOrder.NEWEST
    if order is EventOrder.AMOUNT and not amount:
        raise QueryError(
            "amounts in several units have no order",
            hint="Ask for an amount as well, such as >= 0 USD.",
        )
    return TableAsk(
        words=told.get("q", "").strip(),
        desk=_one(Desk, told, "desk"),
        type=_one(EventType, told, "type"),
        status=_one(Status, told, "status"),
        country=told.get("country", "").strip(),
        commodity=told.get("commodity", "").strip(),
        organisation=told.get("organisation", "").strip(),
        since=_day(told, "since"),
        until=_day(told, "until"),
        amount_words=amount,
        amount=_amount(amount) if amount else None,
        order=order,
        group=_one(GroupBy, told, "group"),
        columns=columns_of(told.get("columns", "")),
    )


def columns_of(told: str) -> tuple[Column, ...]:
    """Return the columns of a list with commas, in its order; those usually shown for none.

    Raises QueryError for a name that no column has.
    """
    names = [name.strip() for name in told.split(",") if name.strip()]
    for name in names:
        if name not in _COLUMNS:
            raise QueryError(
                f"there is no column {name[:40]!r}", hint=f"There are {', '.join(_COLUMNS)}."
            )
    return tuple(_COLUMNS[name] for name in dict.fromkeys(names or SHOWN_COLUMNS))


def query_of(told: Mapping[str, str]) -> str:
    """Return the address' part after the ``?`` that asks the same, with nothing else in it."""
    return urlencode([(name, told[name]) for name in NAMES if told.get(name)])


def asked_in(query: str) -> dict[str, str]:
    """Return the parameters of such a part, each once."""
    return dict(reversed(parse_qsl(query, max_num_fields=len(NAMES) * 2)))


def _one(kind: type[E], told: Mapping[str, str], name: str) -> E | None:
    value = told.get(name, "")
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(k.value for k in kind)
        raise QueryError(f"there is no {name} {value[:40]!r}", hint=f"There are {known}.") from None


def _day(told: Mapping[str, str], name: str) -> date | None:
    value = told.get(name, "").strip()
    if not value:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise QueryError(f"{value[:40]!r} is no day", hint="A day is written as 2025-03-28.")


def _amount(text: str) -> AmountFilter:
    found = parse_amount(text)
    if found is None:
        raise QueryError(
            f"{text[:60]!r} is no amount with a unit",
            hint='Write ">= 100 million USD", "capacity 10,000 to 50,000 t/yr".',
        )
    if found.role is not None:
        check_role(found.role)
    return found
