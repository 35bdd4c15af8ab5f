"""Monthly prices: units and gaps told, conflicts of sources kept, a desk's own values on top."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import ConfigError, MeasureError, OntologyError
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.units import comparable, kind_of
from lodewire.reference.cost_tables import cost_sources
from lodewire.reference.own_prices import parse_own_prices
from lodewire.reference.prices import (
    price_on,
    price_series,
    prices_of,
    read_price_series,
    read_prices,
    series_of,
)

HEADER = "series,period,value,unit,commodity,kind,basis,source"
PREMIUM = "my-premium,2025-03,40.5,USc/lb,aluminium,premium,US Midwest duty paid,own broker"


def test_each_series_has_a_price_unit_a_known_commodity_and_a_source_with_terms():
    for series in price_series():
        assert kind_of(series.unit) is QuantityKind.PRICE, series.id
        assert series.commodity in load_commodities(), series.id
        assert series.licence
        assert cost_sources()[series.source].url.startswith("https://")
        assert prices_of(series.id), series.id


def test_a_benchmark_named_is_known_and_of_the_same_commodity_and_unit():
    for series in price_series():
        if series.benchmark is not None:
            benchmark = load_benchmarks()[series.benchmark]
            assert benchmark.commodity == series.commodity
            assert comparable(benchmark.unit, series.unit), series.id


def test_points_are_in_order_positive_and_carry_the_unit_of_their_series():
    for series in price_series():
        points = prices_of(series.id)
        periods = [p.period for p in points]
        assert periods == sorted(set(periods))
        assert all(p.value > 0 and p.unit == series.unit for p in points)


def test_the_shifted_header_of_the_compilation_was_not_believed(shared: Path):
    """Under the header "Aluminum" stands an index; aluminium's price is eight columns on."""
    with (shared / "data" / "prices" / "monthly-commodity-prices.csv").open() as file:
        rows = list(csv.reader(file))
    assert len(rows[0]) < len(rows[1])
    march = next(row for row in rows if row[0] == "2025-03-01")
    believed = Decimal(march[rows[0].index("Aluminum")])
    point = price_on("imf-aluminium", "2025-03")
    assert point is not None
    assert point.value == Decimal("2651.6")
    assert believed < 200


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [("imf-gold", "wb-gold", "0.01"), ("imf-brent", "eia-brent", "0.11")],
)
def test_two_sources_of_one_price_agree_and_both_stay(one: str, other: str, within: str):
    """Columns placed by their order are the right ones: independent sources say the same."""
    theirs = {p.period: p.value for p in prices_of(other)}
    pairs = [(p.value, theirs[p.period], p.period) for p in prices_of(one) if p.period in theirs]
    assert len(pairs) > 400
    apart = [m for a, b, m in pairs if abs(a / b - 1) > Decimal(within)]
    assert apart == ([] if one == "imf-gold" else ["2020-04"])


def test_published_monthly_averages_are_what_the_world_saw():
    """Lithium to uranium mixed up would miss these by far."""
    for series, period, low, high in (
        ("imf-copper", "2011-02", 9700, 10000),
        ("imf-nickel", "2007-05", 51000, 53000),
        ("imf-iron-ore", "2011-02", 180, 195),
        ("imf-uranium", "2007-06", 130, 140),
        ("imf-cobalt", "2018-04", 85000, 95000),
        ("imf-silver", "2011-04", 40, 45),
        ("imf-platinum", "2008-03", 1900, 2100),
    ):
        point = price_on(series, period)
        assert point is not None
        assert low < point.value < high, (series, point.value)


def test_a_month_without_a_price_is_absent_and_no_neighbour_is_taken():
    assert price_on("imf-molybdenum", "2010-04") is None
    assert price_on("imf-molybdenum", "2010-05") is not None
    assert price_on("imf-aluminium", "2099-01") is None
    assert prices_of("no-such-series") == ()


def test_series_of_a_commodity():
    assert [s.id for s in series_of("gold")] == ["imf-gold", "wb-gold"]


def test_zero_in_a_table_is_refused(tmp_path: Path):
    months = "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec"
    (tmp_path / "prices.csv").write_text(f"series,year,{months}\nimf-zinc,1990,0{',' * 11}\n")
    with pytest.raises(OntologyError, match=r"prices\.csv:2: jan '0' must be over zero"):
        read_prices(price_series(), tmp_path)


def test_a_series_of_an_unknown_source_is_refused(tmp_path: Path):
    (tmp_path / "price_series.csv").write_text(
        "id,name,commodity,kind,market,benchmark,unit,basis,source,code,note\n"
        "a,A,tin,price,,,USD/t,spot,nobody,,\n"
    )
    with pytest.raises(OntologyError, match=r"price_series\.csv:2: source 'nobody'"):
        read_price_series(cost_sources(), tmp_path)


def own(desk: Path, *rows: str, name: str = "own.csv") -> Path:
    (desk / "prices").mkdir(exist_ok=True)
    (desk / "prices" / name).write_text("\n".join((HEADER, *rows)) + "\n")
    return desk


def test_a_desk_s_own_series_stands_beside_the_package_s(tmp_path: Path):
    desk = own(tmp_path, PREMIUM)
    mine = next(s for s in price_series(desk) if s.id == "my-premium")
    assert (mine.kind, mine.unit, mine.origin) == ("premium", "USc/lb", "desk")
    assert prices_of("my-premium", desk)[0].value == Decimal("40.5")
    assert prices_of("my-premium") == ()


def test_own_values_replace_months_of_a_packaged_series(tmp_path: Path):
    desk = own(
        tmp_path, "imf-aluminium,2025-10,2790,USD/t,aluminium,price,LME spot,IMF October release"
    )
    points = prices_of("imf-aluminium", desk)
    assert points[-1].value == Decimal(2790)
    assert len(points) == len(prices_of("imf-aluminium")) + 1


def test_own_values_of_a_packaged_series_in_another_unit_are_refused(tmp_path: Path):
    desk = own(tmp_path, "imf-aluminium,2025-10,126,USc/lb,aluminium,price,LME spot,own")
    with pytest.raises(MeasureError, match="imf-aluminium is in USD/t"):
        prices_of("imf-aluminium", desk)


def test_every_wrong_line_is_told_at_once(tmp_path: Path):
    desk = own(
        tmp_path,
        PREMIUM,
        PREMIUM,
        "my-premium,2025-04,41,USD/t,aluminium,premium,US Midwest duty paid,own broker",
        "p,2025-13,1,USD/t,tin,price,spot,own",
        'p,2025-01,"1,200",USD/t,tin,price,spot,own',
        "p,2025-02,0,USD/t,tin,price,spot,own",
        "p,2025-03,5,dollars,tin,price,spot,own",
    )
    with pytest.raises(ConfigError) as told:
        price_series(desk)
    for words in (
        "own.csv:3: my-premium has 2025-03 twice",
        "own.csv:4: unit 'USD/t' of my-premium was 'USc/lb'",
        "own.csv:5: period '2025-13'",
        "own.csv:6: value '1,200' is not a number",
        "own.csv:7: value '0' must be over zero",
        "own.csv:8: unit 'dollars'",
    ):
        assert words in told.value.message


def test_a_wrong_header_names_the_columns(tmp_path: Path):
    with pytest.raises(ConfigError, match="missing 'basis'; unknown 'place'") as told:
        parse_own_prices("p.csv", "series,period,value,unit,commodity,kind,place,source\n")
    assert "series, period, value" in (told.value.hint or "")


def test_daily_and_monthly_values_are_not_mixed_in_a_series():
    text = "\n".join((HEADER, PREMIUM, PREMIUM.replace("2025-03", "2025-03-12")))
    with pytest.raises(ConfigError, match="mixes months and days"):
        parse_own_prices("p.csv", text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_told_never_a_traceback(text: str):
    try:
        series, points = parse_own_prices("p.csv", f"{HEADER}\n{text}")
    except ConfigError as error:
        told = error.message
    else:
        assert {p.series for p in points} == {s.id for s in series}
        return
    assert "p.csv:" in told
