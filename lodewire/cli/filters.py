"""Filters by country, commodity, organisation and amount, as several commands take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodewire.model.vocabulary import Desk, EventType, Status

if TYPE_CHECKING:
    from lodewire.ledger.amounts import AmountFilter

F = TypeVar("F", bound=Callable[..., Any])


class Amount(click.ParamType["AmountFilter"]):
    """``[ROLE] >= 100 million USD``, ``100 to 200 million AUD``, ``capacity > 30 kt``."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> AmountFilter:
        """Parse; the number is read as the texts' numbers are."""
        from lodewire.workbench.amount_words import parse_amount

        found = parse_amount(str(value))
        if found is None:
            self.fail(f"{value!r} is no amount with a unit; write '>= 100 million USD'", param, ctx)
        return found


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
