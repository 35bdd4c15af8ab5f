"""Outcomes for forecasts: the tables' monthly prices, and what texts tell of other benchmarks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lodewire.model.vocabulary import Status
from lodewire.workbench.market.forecasting import monthly_series, told_series
from tests.analytics.telling import event


def test_the_tables_prices_carry_unit_source_and_the_names_of_their_benchmark() -> None:
    copper = next(s for s in monthly_series() if s.commodity == "copper")
    assert copper.unit == "USD/t"
    assert "LME" in copper.names
    assert copper.points == tuple(sorted(copper.points))
    assert copper.source
    assert copper.vintage


def test_levels_that_texts_tell_are_averaged_by_month_and_benchmark() -> None:
    from lodewire.ontology.benchmarks import load_benchmarks

    known = next(b for b in load_benchmarks().values() if b.commodity == "tungsten")
    told = [
        event("price_level", id_=str(i), day=day, status=Status.REPORTED, level=value,
              benchmark=f"APT#{known.id}", **more)
        for i, (value, day, more) in enumerate(
            [
                ("330 USD/mtu", date(2025, 3, 3), {}),
                ("350 USD/mtu", date(2025, 3, 20), {}),
                ("400 USD/mtu", date(2025, 5, 1), {"date": "2025-04-10"}),
                ("999 USD/mtu", date(2025, 5, 1), {"date": "2025-01-01..2025-12-31"}),
                ("5 USD", date(2025, 5, 1), {}),
            ]
        )
    ]  # fmt: skip
    (series,) = told_series(told)
    assert series.points == (("2025-03", Decimal(340)), ("2025-04", Decimal(400)))
    assert series.unit == "USD/mtu"
    nameless = event("price_level", status=Status.REPORTED, level="330 USD/mtu",
                     commodity="tungsten#tungsten")  # fmt: skip
    assert told_series([nameless]) == (), "a level without a benchmark is of no price in particular"
