"""Bands: the limits of three guidelines, and what they presume of a merger."""

from decimal import Decimal

import pytest

from lodewire.analytics.bands import (
    Band,
    Guidelines,
    band_between,
    change_by_merger,
    hhi_band,
    presumed_harmful,
)
from lodewire.errors import MeasureError


@pytest.mark.parametrize(
    ("guidelines", "points", "band"),
    [
        (Guidelines.US_2023, 999, Band.UNCONCENTRATED),
        (Guidelines.US_2023, 1000, Band.MODERATE),
        (Guidelines.US_2023, 1800, Band.MODERATE),
        (Guidelines.US_2023, 1801, Band.HIGH),
        (Guidelines.US_2010, 1499, Band.UNCONCENTRATED),
        (Guidelines.US_2010, 1500, Band.MODERATE),
        (Guidelines.US_2010, 2500, Band.MODERATE),
        (Guidelines.US_2010, 2501, Band.HIGH),
        (Guidelines.EU_2004, 999, Band.UNCONCENTRATED),
        (Guidelines.EU_2004, 2000, Band.MODERATE),
        (Guidelines.EU_2004, 2001, Band.HIGH),
    ],
)
def test_each_guideline_has_its_own_limits(guidelines, points, band):
    assert hhi_band(Decimal(points) / 10_000, guidelines) is band


def test_bounds_may_span_bands():
    low, high = Decimal("0.09"), Decimal("0.2")
    assert band_between(low, high) == (Band.UNCONCENTRATED, Band.MODERATE, Band.HIGH)
    assert band_between(low, low) == (Band.UNCONCENTRATED,)
    assert band_between(low, high, Guidelines.US_2010) == (Band.UNCONCENTRATED, Band.MODERATE)


@pytest.mark.parametrize(
    ("guidelines", "after", "change", "harmful"),
    [
        (Guidelines.US_2023, 1900, 101, True),
        (Guidelines.US_2023, 1900, 100, False),
        (Guidelines.US_2023, 1800, 500, False),
        (Guidelines.US_2010, 1900, 500, False),
        (Guidelines.US_2010, 2600, 201, True),
        (Guidelines.EU_2004, 2100, 150, True),
        (Guidelines.EU_2004, 2100, 149, False),
        (Guidelines.EU_2004, 1500, 250, True),
        (Guidelines.EU_2004, 1500, 249, False),
        (Guidelines.EU_2004, 900, 900, False),
    ],
)
def test_harm_is_presumed_above_both_limits(guidelines, after, change, harmful):
    points = Decimal(10_000)
    assert presumed_harmful(after / points, change / points, guidelines) is harmful


def test_a_merger_raises_the_index_by_twice_the_product():
    assert change_by_merger("0.3", "0.1") == Decimal("0.06")
    with pytest.raises(MeasureError, match="one market"):
        change_by_merger("0.7", "0.6")
    with pytest.raises(MeasureError, match="outside"):
        hhi_band(Decimal(1801))
