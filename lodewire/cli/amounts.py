"""Option types for money by weight, rates and duties, as people write them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lodewire.model.cost import Charge
    from lodewire.workbench.market.costing import Amount


_LARGEST = 15  # powers of ten; no price, premium or rate is beyond them
_SMALLEST = 12


class AmountType(click.ParamType["Amount"]):
    """A number, or a number and its unit: 180, "88.10 USc/lb", 88.10c/lb, $2850/t."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Amount:
        """Read number and unit; the unit is checked where it is used."""
        from lodewire.workbench.market.amounts_said import parts_of_amount
        from lodewire.workbench.market.costing import Amount

        if isinstance(value, Amount):
            return value
        number, unit = parts_of_amount(str(value)) or (str(value), "")
        return Amount(value=read_number(self, number, param, ctx), unit=unit)


class RateType(click.ParamType[Decimal]):
    """A rate with its per cent sign: 25%, 0.2%. A bare number is refused: 25 or 0.25?"""

    name = "rate"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return the rate as a part of one."""
        if isinstance(value, Decimal):
            return value
        text = str(value).strip()
        if not text.endswith("%"):
            self.fail(f"{text!r} has no per cent sign; write 25%", param, ctx)
        return read_number(self, text.removesuffix("%").strip(), param, ctx) / 100


class DutyType(click.ParamType["Charge"]):
    """A duty as NAME=25%, NAME=25%@cif or "NAME=20 USD/t"; the basis is fob unless said."""

    name = "duty"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Charge:
        """Read name, rate or amount, and basis."""
        from lodewire.model.cost import Charge, CustomsBasis

        if isinstance(value, Charge):
            return value
        name, mark, told = str(value).partition("=")
        if not mark or not name.strip():
            self.fail(f"{value!r} has no name; write NAME=25%", param, ctx)
        rate, _, basis = told.partition("@")
        try:
            base = CustomsBasis(basis.strip() or "fob")
        except ValueError:
            self.fail(f"{basis!r} is not fob, cif or exchange", param, ctx)
        if "%" in rate:
            part = RateType().convert(rate, param, ctx)
            return Charge(name=name.strip(), rate=part, basis=base, source="given")
        amount = AmountType().convert(rate, param, ctx)
        return Charge(name=name.strip(), specific=amount.value, unit=amount.unit, source="given")


def read_number(
    kind: click.ParamType[Any],
    text: str,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> Decimal:
    """Return a decimal of a size that money and weights have, or fail as wrong usage."""
    try:
        found = Decimal(text.replace("\u2009", ""))
    except InvalidOperation:
        kind.fail(f"{text!r} is no number; write 1234.5 without thousands marks", param, ctx)
    if not found.is_finite():
        kind.fail(f"{text!r} is no number", param, ctx)
    if found and not -_SMALLEST <= found.adjusted() <= _LARGEST:
        kind.fail(f"{text!r} is out of all proportion", param, ctx)
    return found
