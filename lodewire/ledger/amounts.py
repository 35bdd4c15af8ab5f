"""Amounts as a condition: compared in the unit that is stated, never converted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from lodewire.ledger.schema import statements
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFilter:
    """An amount between bounds, in one unit ("USD", "t", "USD/t").

    Bounds are inclusive unless ``above``/``below`` leave them out; None leaves a side open.
    ``role`` asks for the amount of one role ("value", "capacity"); None takes any.
    """

    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    below: bool = False
    role: str | None = None

    def holds_for(self, statement: Statement) -> bool:
        """Tell whether a live statement states such an amount."""
        return (
            statement.retracted_at is None
            and statement.unit == self.unit
            and self.role in (None, statement.property)
            and self.holds(statement.value, statement.qualifier)
        )

    def holds(self, value: str, qualifier: str | None = None) -> bool:
        """Tell whether all that a stated value may be lies within the bounds.

        A range ("80..120") holds only as a whole; one that is open towards a bound ("up to 100"
        where at least 100 is asked for) does not.
        """
        bounds = stated_bounds(value, qualifier)
        if bounds is None:
            return False
        low, high = bounds
        if self.low is not None and (
            low is None or low < self.low or (self.above and low == self.low)
        ):
            return False
        return self.high is None or not (
            high is None or high > self.high or (self.below and high == self.high)
        )

    def condition(self) -> Any:
        """Return the SQL condition on live statements that state such an amount.

        Values are exact text; beside them stand keys that sort as the numbers do.
        """
        from sqlalchemy import and_, or_

        low, high = statements.c.low_key, statements.c.high_key
        told = [
            statements.c.unit == self.unit,
            statements.c.retracted_at.is_(None),
            or_(low.is_not(None), high.is_not(None)),
        ]
        if self.role is not None:
            told.append(statements.c.property == self.role)
        if self.low is not None:
            least = number_key(self.low)
            told.append(low > least if self.above else low >= least)
        if self.high is not None:
            most = number_key(self.high)
            told.append(high < most if self.below else high <= most)
        return and_(*told)


_MOST_EXPONENT = 49_999
_NINES = str.maketrans("0123456789", "9876543210")
_WORD_LENGTH = 80


def number_key(number: Decimal) -> str:
    """Return text that sorts by bytes as finite numbers do; equal for equal numbers.

    A sign, the place of the first digit, the digits: "1.5" and "15e-1" give "2500001" + "5" alike.
    Of negative numbers everything is turned round. Numbers of more than fifty thousand places are
    as large as such.
    """
    sign, digits, _ = number.as_tuple()
    told = "".join(map(str, digits)).rstrip("0")
    if not told:
        return "1"
    place = max(-_MOST_EXPONENT, min(_MOST_EXPONENT, number.adjusted())) + _MOST_EXPONENT + 1
    key = f"{place:05d}{told}"
    # "~" sorts after digits: of two negative numbers the longer one is the lesser.
    return f"0{key.translate(_NINES)}~" if sign else f"2{key}"


def word_key(value: str) -> str:
    """Return the beginning of a value, whatever its case: equal values have equal keys."""
    return value.casefold()[:_WORD_LENGTH]


def keys_of(value: str, unit: str | None, qualifier: str | None) -> dict[str, str | None]:
    """Return the columns that filters ask of a statement, by name."""
    bounds = stated_bounds(value, qualifier) if unit is not None else None
    low, high = bounds or (None, None)
    return {
        "low_key": None if low is None else number_key(low),
        "high_key": None if high is None else number_key(high),
        "word_key": word_key(value),
    }


_OPEN_ABOVE = (Qualifier.MORE_THAN, Qualifier.AT_LEAST)
_OPEN_BELOW = (Qualifier.LESS_THAN, Qualifier.UP_TO)


def stated_bounds(
    value: str, qualifier: str | None = None
) -> tuple[Decimal | None, Decimal | None] | None:
    """Return lowest and highest of "25", "450..500", "450..", "..500"; None for no number.

    "More than 25" is open above, "up to 25" below; "about" and "nearly" change nothing.
    """
    low, dots, high = value.partition("..")
    try:
        least = Decimal(low) if low else None
        most = (Decimal(high) if high else None) if dots else least
    except InvalidOperation:
        return None
    if least is None and most is None:
        return None
    if any(b is not None and not b.is_finite() for b in (least, most)):
        return None
    return (
        None if qualifier in _OPEN_BELOW and not dots else least,
        None if qualifier in _OPEN_ABOVE and not dots else most,
    )
