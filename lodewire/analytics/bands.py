"""Bands of concentration, and what a merger of two suppliers would be presumed to do.

Sources: US DOJ and FTC Merger Guidelines of 18 December 2023, guideline 1 (section 2.1), and
Horizontal Merger Guidelines of 19 August 2010, section 5.3; European Commission, Guidelines on the
assessment of horizontal mergers (2004/C 31/03), points 19 and 20. They are written for firms in a
market and serve here as a common yardstick for countries; in points of 10,000.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lodewire.analytics.intervals import Number, decimal_of
from lodewire.errors import MeasureError

POINTS = 10_000


class Band(StrEnum):
    """How concentrated a market is in the words of the guidelines."""

    UNCONCENTRATED = "unconcentrated"
    MODERATE = "moderate"
    HIGH = "high"


class Guidelines(StrEnum):
    """Whose bands: the US ones of 2023 or 2010, or the European ones of 2004."""

    US_2023 = "us-2023"
    US_2010 = "us-2010"
    EU_2004 = "eu-2004"


@dataclass(frozen=True, slots=True)
class _Limits:
    """Moderate from ``moderate``, high above ``high``; presumed harmful above ``change`` more."""

    moderate: int
    high: int
    change: int
    change_when_moderate: int | None = None


_LIMITS = {
    Guidelines.US_2023: _Limits(1000, 1800, 100),
    Guidelines.US_2010: _Limits(1500, 2500, 200),
    Guidelines.EU_2004: _Limits(1000, 2000, 150, change_when_moderate=250),
}


def hhi_band(index: Number, guidelines: Guidelines = Guidelines.US_2023) -> Band:
    """Return the band of an index on the scale 0..1; raises MeasureError outside it.

    US 2023: moderate from 0.10, high above 0.18; US 2010: from 0.15, above 0.25; EU 2004: from
    0.10, above 0.20 (the Commission speaks of 1,000 and 2,000 without naming the bands).
    """
    index = decimal_of(index)
    if not 0 <= index <= 1:
        raise MeasureError(f"an index of {index} lies outside 0..1", hint="Divide points by 10,000")
    limits = _LIMITS[guidelines]
    points = index * POINTS
    if points > limits.high:
        return Band.HIGH
    return Band.MODERATE if points >= limits.moderate else Band.UNCONCENTRATED


def band_between(
    low: Number, high: Number, guidelines: Guidelines = Guidelines.US_2023
) -> tuple[Band, ...]:
    """Return every band that an index between two bounds may fall into, the lowest first."""
    least, most = hhi_band(low, guidelines), hhi_band(high, guidelines)
    bands = tuple(Band)
    return bands[bands.index(least) : bands.index(most) + 1]


def change_by_merger(first: Number, second: Number) -> Decimal:
    """Return how far the index (0..1) rises when two suppliers of these shares (0..1) join: 2ab."""
    a, b = decimal_of(first), decimal_of(second)
    if a < 0 or b < 0 or a + b > 1:
        raise MeasureError(
            f"shares of {a} and {b} do not fit into one market", hint="Give parts of 0..1"
        )
    return 2 * a * b


def presumed_harmful(
    after: Number, change: Number, guidelines: Guidelines = Guidelines.US_2023
) -> bool:
    """Tell whether the guidelines presume (EU: may not rule out) harm after such a change.

    ``after`` is the index afterwards, ``change`` how far it rose, both 0..1. US 2023: above 1,800
    and by more than 100 points; US 2010: above 2,500 and by more than 200. EU: above 2,000 by 150
    points or more, or from 1,000 to 2,000 by 250 or more (points 19 and 20 exclude less).
    """
    limits, points = _LIMITS[guidelines], decimal_of(change) * POINTS
    band = hhi_band(after, guidelines)
    if guidelines is not Guidelines.EU_2004:
        return band is Band.HIGH and points > limits.change
    if band is Band.HIGH:
        return points >= limits.change
    return (
        band is Band.MODERATE
        and limits.change_when_moderate is not None
        and points >= limits.change_when_moderate
    )
