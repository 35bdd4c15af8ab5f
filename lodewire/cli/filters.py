"""Filters by country, commodity, organisation and amount, as several commands take them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodewire.model.vocabulary import Desk, EventType, MentionType, Status

if TYPE_CHECKING:
    from lodewire.ledger.amounts import AmountFilter
    from lodewire.ledger.store import Ledger
    from lodewire.model.ids import EntityId

F = TypeVar("F", bound=Callable[..., Any])
_AMOUNT = re.compile(r"\s*(?:(?P<role>[a-z_]+)\s*)?(?P<sign>>=|<=|=|>|<|≥|≤)?\s*(?P<told>.*)")
_NAMED = {
    "country": MentionType.COUNTRY,
    "commodity": MentionType.COMMODITY,
    "organisation": MentionType.ORGANISATION,
}


class Amount(click.ParamType["AmountFilter"]):
    """``[ROLE] >= 100 million USD``, ``100 to 200 million AUD``, ``capacity > 30 kt``."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> AmountFilter:
        """Parse; the number is read as the texts' numbers are."""
        found = parse_amount(str(value))
        if found is None:
            self.fail(f"{value!r} is no amount with a unit; write '>= 100 million USD'", param, ctx)
        return found


def parse_amount(text: str) -> AmountFilter | None:
    """Return the condition that ``text`` writes, or None; a bare "$" is a dollar of no country."""
    from lodewire.extraction.quantities import find_quantities
    from lodewire.ledger.amounts import AmountFilter

    match = _AMOUNT.fullmatch(text)
    told = match["told"].strip().replace("..", " to ") if match else ""
    found = find_quantities(told, dollar="$")
    if match is None or len(found) != 1 or found[0].core != (0, len(told)):
        return None
    (quantity,) = found
    if quantity.unit is None:
        return None
    low, high = quantity.bounds
    sign = (match["sign"] or "=").replace("≥", ">=").replace("≤", "<=")
    if low != high and sign != "=":
        return None
    return AmountFilter(
        unit=quantity.unit,
        low=None if sign.startswith("<") else low,
        high=None if sign.startswith(">") else high,
        above=sign == ">",
        below=sign == "<",
        role=match["role"],
    )


def named_options(command: F) -> F:
    """Add ``--country``, ``--commodity``, ``--organisation``, ``--status`` and ``--amount``."""
    for option in (
        click.option(
            "--amount",
            type=Amount(),
            metavar="'[ROLE] >= AMOUNT'",
            help="An amount, compared in the unit it is stated in, never converted.",
        ),
        click.option(
            "--status", type=click.Choice([s.value for s in Status]), help="Only at this status."
        ),
        click.option(
            "--organisation", multiple=True, metavar="NAME", help="Naming this organisation."
        ),
        click.option(
            "--commodity", multiple=True, metavar="NAME", help="Naming it, or a member of it."
        ),
        click.option("--country", multiple=True, metavar="NAME", help="Naming this country."),
        click.option(
            "--type",
            "type_",
            type=click.Choice([t.value for t in EventType]),
            help="Only these events.",
        ),
        click.option("--topic", type=click.Choice([d.value for d in Desk]), help="Only this desk."),
    ):
        command = option(command)
    return command


def named_groups(
    ledger: Ledger, names: dict[str, tuple[str, ...]]
) -> tuple[frozenset[EntityId], ...]:
    """Return a group of entities for each name typed: of each group one must be named.

    ``names`` maps "country", "commodity" and "organisation" to what was typed. Raises LedgerError
    for a name that the ledger does not hold or that several things share.
    """
    from lodewire.cli.names import group_called

    return tuple(
        group_called(ledger, name, type_) for kind, type_ in _NAMED.items() for name in names[kind]
    )
