"""Amounts as a condition: compared in the unit that is stated, never converted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from lodewire.ledger.schema import statements
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Qualifier

if TYPE_CHECKING:
    from sqlalchemy import Connection


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

    def condition(self, connection: Connection) -> Any:
        """Return the SQL condition on live statements that state such an amount.

        Values are exact text, which no engine compares as numbers: the different ones of the unit
        are compared here, and those that hold are named.
        """
        from sqlalchemy import and_, bindparam, false, or_, select

        told = [statements.c.unit == self.unit, statements.c.retracted_at.is_(None)]
        if self.role is not None:
            told.append(statements.c.property == self.role)
        value, qualifier = statements.c.value, statements.c.qualifier
        holding: dict[str | None, list[str]] = {}
        for row in connection.execute(select(value, qualifier).where(*told).distinct()):
            if self.holds(row.value, row.qualifier):
                holding.setdefault(row.qualifier, []).append(row.value)
        # Written into the query: an engine takes only so many parameters.
        named = [
            and_(
                qualifier.is_(None) if how is None else qualifier == how,
                value.in_(bindparam(None, sorted(some), expanding=True, literal_execute=True)),
            )
            for how, some in sorted(holding.items(), key=lambda h: h[0] or "")
        ]
        return and_(*told, or_(false(), *named))


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
