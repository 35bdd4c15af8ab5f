"""Option types for money by weight, rates and duties, as people write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodewire.errors import MeasureError

if TYPE_CHECKING:
    from lodewire.model.cost import Charge
    from lodewire.workbench.market.costing import Amount

T = TypeVar("T")


class AmountType(click.ParamType["Amount"]):
    """A number, or a number and its unit: 180, "88.10 USc/lb"."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Amount:
        """Read number and unit; the unit is checked where it is used."""
        from lodewire.workbench.market.cost_words import read_amount
        from lodewire.workbench.market.costing import Amount

        if isinstance(value, Amount):
            return value
        return _read(self, read_amount, str(value), param, ctx)


class RateType(click.ParamType[Decimal]):
    """A rate with its per cent sign: 25%, 0.2%. A bare number is refused: 25 or 0.25?"""

    name = "rate"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return the rate as a part of one."""
        from lodewire.workbench.market.cost_words import read_rate

        return value if isinstance(value, Decimal) else _read(self, read_rate, value, param, ctx)


class DutyType(click.ParamType["Charge"]):
    """A duty as NAME=25%, NAME=25%@cif or "NAME=20 USD/t"; the basis is fob unless said."""

    name = "duty"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Charge:
        """Read name, rate or amount, and basis."""
        from lodewire.model.cost import Charge
        from lodewire.workbench.market.cost_words import read_duty

        return value if isinstance(value, Charge) else _read(self, read_duty, value, param, ctx)


def read_number(
    kind: click.ParamType[Any],
    text: str,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> Decimal:
    """Return a decimal of a size that money and weights have, or fail as wrong usage."""
    from lodewire.workbench.market.cost_words import read_number as read

    return _read(kind, read, text, param, ctx)


def _read(
    kind: click.ParamType[Any],
    read: Callable[[str], T],
    value: Any,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> T:
    try:
        return read(str(value))
    except MeasureError as error:
        kind.fail(f"{error.message}; {error.hint}", param, ctx)
