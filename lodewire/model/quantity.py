"""Quantities: a number with its unit, exactly as written and as normalised."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lodewire.model.evidence import Span
from lodewire.model.vocabulary import Qualifier, QuantityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value or a range found in a text.

    ``text`` and ``span`` include the hedge ("over 40 cents per pound"); ``core`` is the span of
    number and unit alone. ``value`` is the single value, scale words applied ("$1.9 billion" is
    1900000000, "3 Mt" is 3000000 in "t"); for a range it is None and ``low``/``high`` are set.
    ``unit`` is a symbol of the ontology's unit table ("USD/t", "USc/lb", "%", "t/yr"), or None for
    a bare count. ``basis`` keeps what the price or mass refers to ("LME cash", "CIF Rotterdam",
    "REO"). ``substance`` is the span of what is counted ("200 tons of antimony").
    """

    text: str
    span: Span
    core: Span
    kind: QuantityKind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    basis: str | None = None
    digits: int = 0  # decimals or trailing zeros as written: see text; significant digits
    substance: Span | None = None

    def __post_init__(self) -> None:
        if self.value is None and self.low is None and self.high is None:
            raise ValueError("a quantity needs a value or a bound")
        if not self.span.covers(self.core):
            raise ValueError("core span outside span")

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Lowest and highest stated value; equal for a single value."""
        low = self.low if self.low is not None else self.value
        high = self.high if self.high is not None else self.value
        if low is None:
            assert high is not None
            return high, high
        return low, low if high is None else high


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date or period in a text, resolved against the day of publication.

    ``start``/``end`` are ISO dates, both inclusive; None where the text gives no way to resolve.
    ``relative`` tells that the day of publication was needed. ``grain`` is one of "day", "week",
    "month", "quarter", "half", "year", "range", "duration".
    """

    text: str
    span: Span
    start: str | None
    end: str | None
    grain: str
    relative: bool = False
