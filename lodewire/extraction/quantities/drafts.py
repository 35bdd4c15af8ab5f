"""A quantity in the making: amounts joined and hedged, before the second pass settles units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from lodewire.extraction.quantities.amounts import Amount
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import Qualifier, QuantityKind
from lodewire.ontology.units import kind_of


@dataclass(slots=True)
class Draft:
    """What will be a Quantity; ``unit`` and ``per`` are still apart and may be shared."""

    start: int
    end: int
    core_start: int
    core_end: int
    unit: str | None
    per: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    digits: int = 0
    basis: str | None = None
    substance: Span | None = None
    scaled: bool = False
    graded: bool = False
    annual: bool = False

    @property
    def symbol(self) -> str | None:
        """The unit with its denominator."""
        return self.unit if self.unit is None or self.per is None else f"{self.unit}/{self.per}"

    @property
    def kind(self) -> QuantityKind:
        """The nature of the quantity; a percentage of a substance is a grade."""
        if self.unit is None:
            return QuantityKind.COUNT
        kind = unit_kind(self.symbol or "")
        return QuantityKind.GRADE if self.graded and kind is QuantityKind.PERCENT else kind

    @property
    def size(self) -> Decimal:
        """One number to compare sizes with: the value, or the high end of a range."""
        for number in (self.value, self.high, self.low):
            if number is not None:
                return number
        raise AssertionError("a draft has a value or a bound")


@cache
def unit_kind(symbol: str) -> QuantityKind:
    """Return the kind of a unit (cached, because every quantity asks)."""
    return kind_of(symbol)


def draft_of(amount: Amount, start: int, end: int, qualifier: Qualifier) -> Draft:
    """Return the draft of a single amount; ``start``/``end`` include the hedge."""
    return Draft(
        start=start,
        end=end,
        core_start=amount.start,
        core_end=amount.end,
        unit=amount.unit,
        per=amount.per,
        value=plain(amount.value),
        qualifier=Qualifier.AT_LEAST if amount.plus and qualifier is Qualifier.EXACT else qualifier,
        digits=amount.number.digits,
        basis=amount.basis,
        substance=amount.substance,
        scaled=amount.scaled,
    )


def range_of(first: Amount, second: Amount, start: int, end: int, qualifier: Qualifier) -> Draft:
    """Return the draft of a range over two amounts of one unit."""
    low, high = sorted((plain(first.value), plain(second.value)))
    return Draft(
        start=start,
        end=end,
        core_start=first.start,
        core_end=second.end,
        unit=second.unit,
        per=second.per,
        low=low,
        high=high,
        qualifier=qualifier,
        digits=max(first.number.digits, second.number.digits),
        basis=second.basis,
        substance=second.substance,
        scaled=first.scaled or second.scaled,
    )


def plain(value: Decimal) -> Decimal:
    """Return the value without a needless ".0" that a scale word left behind."""
    if value == value.to_integral_value() and value.as_tuple().exponent != 0:
        return value.quantize(Decimal(1)) if abs(value) < Decimal("1e24") else value
    return value


def to_quantity(text: str, draft: Draft) -> Quantity:
    """Return the finished quantity; ``text[span] == quantity.text``."""
    return Quantity(
        text=text[draft.start : draft.end],
        span=Span(draft.start, draft.end),
        core=Span(draft.core_start, draft.core_end),
        kind=draft.kind,
        value=draft.value,
        low=draft.low,
        high=draft.high,
        unit=draft.symbol,
        qualifier=draft.qualifier,
        basis=draft.basis,
        digits=draft.digits,
        substance=draft.substance,
    )
