"""Cents labelled dollars are noticed, and the package's own prices pass the same look."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.reference.prices import price_series, prices_of
from lodewire.workbench.market.loading_prices import load_prices
from lodewire.workbench.market.price_doubts import price_doubts

SERIES = {s.id: s for s in price_series()}


@pytest.mark.parametrize("series", sorted(SERIES))
def test_the_package_s_prices_of_recent_years_are_plausible(series: str):
    recent = [p for p in prices_of(series) if p.period >= "2021"]
    assert recent
    assert price_doubts(SERIES[series], recent) == ()


@pytest.mark.parametrize(
    ("value", "unit", "slip"),
    [
        ("180", "USD/lb", "cents labelled dollars"),
        ("1.80", "USc/lb", "dollars labelled cents"),
        ("3.2", "USD/t", "kilograms labelled tonnes"),
        ("180", "USD/t", "cents a pound labelled dollars a tonne"),
    ],
)
def test_a_slip_of_unit_is_named(value: str, unit: str, slip: str):
    aluminium = replace(SERIES["imf-aluminium"], unit=unit)
    point = replace(prices_of("imf-aluminium")[-1], value=Decimal(value), unit=unit)
    (doubt,) = price_doubts(aluminium, [point])
    assert slip in doubt


def test_a_doubt_is_told_when_own_prices_come_in_and_nothing_is_mended(tmp_path: Path):
    """USGS gives 180 cents a pound for aluminium in 2025; a copy calls them dollars."""
    file = tmp_path / "usgs.csv"
    file.write_text(
        "series,period,value,unit,commodity,kind,basis,source\n"
        "usgs-aluminium,2025-06,180,USD/lb,aluminium,price,US Midwest all-in,USGS copy\n"
    )
    done = load_prices(file, tmp_path)
    assert "cents labelled dollars" in done.doubts[0]
    assert prices_of("usgs-aluminium", tmp_path)[0].value == 180
