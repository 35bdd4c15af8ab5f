"""Landed cost of a day from the tables: price, duties, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.errors import MeasureError
from lodewire.model.cost import Incoterm
from lodewire.ontology.commodities import load_commodities
from lodewire.reference.duties import load_duties
from lodewire.reference.duty_goods import goods_of, load_goods
from lodewire.reference.prices import price_on, price_series
from lodewire.workbench.market.costing import (
    Amount,
    CostRequest,
    convert_amount,
    cost_change,
    cost_of_day,
    premium_reading,
)

D = Decimal
ALUMINIUM = CostRequest(
    commodity="aluminium",
    importer="US",
    origin="AE",
    incoterm=Incoterm.FOB,
    premium=Amount(value=D(180)),
    freight=Amount(value=D(60)),
    insurance=Amount(value=D(5)),
    delivery=Amount(value=D(4), unit="USc/lb"),
)


def test_the_step_of_march_2025_from_the_price_of_the_month():
    """10 % to 25 % on LME (2,651.60 in March 2025) and a premium of 180: 424.74 a tonne."""
    story = cost_change(ALUMINIUM, date(2025, 3, 11), date(2025, 3, 12))
    moved = {c.name: c.difference for c in story.moved if c.difference}
    lme = price_on("imf-aluminium", "2025-03")
    assert lme is not None
    assert moved["us-232-aluminium"] == (lme.value + 180) * D("0.15") == D("424.740")
    assert moved["landed cost"] == moved["us-232-aluminium"]
    assert set(moved) == {"us-232-aluminium", "landed cost"}


def test_c060_from_the_tables():
    cost = cost_of_day(
        replace(
            ALUMINIUM, origin="CN", code="7601.10.30", price=Amount(value=D(1000)), premium=None
        ),
        date(2025, 7, 1),
    ).cost
    assert cost.duty == D(976)


def test_freight_after_the_border_of_fob_is_no_part_of_the_us_value_but_of_the_european():
    day = date(2025, 7, 1)
    us = cost_of_day(replace(ALUMINIUM, price=Amount(value=D(2600))), day).cost
    eu = cost_of_day(replace(ALUMINIUM, importer="EU", price=Amount(value=D(2600))), day).cost
    assert us.customs_value == D(2780)
    assert eu.customs_value == D(2845)
    assert eu.duty == D(2845) * D("0.03")


def test_a_month_without_a_price_is_refused_with_the_span_that_there_is():
    with pytest.raises(MeasureError, match=r"imf-aluminium has no price of 2026-10") as told:
        cost_of_day(ALUMINIUM, date(2026, 10, 1))
    assert "1990-01 to 2025-09" in (told.value.hint or "")


def test_a_desk_s_own_price_fills_the_month(tmp_path: Path):
    (tmp_path / "prices").mkdir()
    (tmp_path / "prices" / "lme.csv").write_text(
        "series,period,value,unit,commodity,kind,basis,source\n"
        "imf-aluminium,2026-10,2900,USD/t,aluminium,price,LME spot,own\n"
    )
    cost = cost_of_day(ALUMINIUM, date(2026, 10, 1), desk=tmp_path).cost
    assert cost.steps[0].amount == D(2900)


def test_goods_without_a_price_ask_for_one():
    magnets = replace(ALUMINIUM, commodity="permanent-magnets", origin="CN")
    with pytest.raises(MeasureError, match="no price of permanent-magnets"):
        cost_of_day(magnets, date(2026, 3, 1))
    priced = replace(magnets, price=Amount(value=D(60), unit="USD/kg"), unit="USD/kg", premium=None)
    cost = cost_of_day(priced, date(2026, 1, 15))
    assert {s.name for s in cost.cost.steps} >= {"us-301-china", "us-ieepa-china-fentanyl"}


def test_a_code_without_an_ordinary_duty_in_the_tables_says_so():
    ferronickel = replace(
        ALUMINIUM, commodity="nickel", code="7202.60.00", origin="NO", premium=None
    )
    found = cost_of_day(ferronickel, date(2025, 9, 10))
    assert any("no ordinary duty on 7202.60.00" in note for note in found.notes)
    assert found.cost.duty == 0


def test_a_specific_duty_is_by_weight_of_content_and_asks_for_it():
    ore = CostRequest(
        commodity="tungsten",
        form="concentrate",
        importer="US",
        origin="RW",
        unit="USD/kg",
        price=Amount(value=D(25)),
    )
    day = date(2024, 6, 1)
    without = cost_of_day(ore, day)
    assert without.cost.duty == 0
    assert any("by weight of content" in note for note in without.notes)
    assert cost_of_day(replace(ore, content=D("0.52")), day).cost.duty == D("0.375") * D("0.52")


def test_a_duty_that_tops_up_takes_the_ordinary_one_off():
    magnets = CostRequest(
        code="8541.42.00",
        importer="US",
        origin="JP",
        unit="USD/kg",
        price=Amount(value=D(100)),
    )
    assert cost_of_day(magnets, date(2026, 12, 5)).cost.duty == D(15)
    battery = replace(magnets, code="8507.60.00.20")
    cost = cost_of_day(battery, date(2025, 10, 1)).cost
    amounts = {s.name: s.amount for s in cost.steps}
    assert amounts["us-mfn"] == D("3.4")
    assert amounts["us-ieepa-reciprocal"] == D("11.6")


def test_what_cannot_be_is_refused_with_a_hint():
    for wrong, words in (
        ({"commodity": "unobtainium"}, "is no commodity"),
        ({"form": "powder"}, "no tariff code of powder aluminium"),
        ({"importer": "US", "origin": "XQ"}, "is no country"),
    ):
        with pytest.raises(MeasureError, match=words) as told:
            cost_of_day(replace(ALUMINIUM, **wrong), date(2025, 7, 1))
        assert told.value.hint
    with pytest.raises(MeasureError, match="earlier than"):
        cost_change(ALUMINIUM, date(2025, 3, 12), date(2025, 3, 12))


def test_a_premium_observed_is_read_both_ways():
    request = CostRequest(
        price=Amount(value=D(2600)),
        premium=Amount(value=D(180)),
        delivery=Amount(value=D(90)),
        code="7601.10.60",
        importer="US",
        origin="AE",
    )
    found = cost_of_day(request, date(2025, 3, 20))
    reading = premium_reading(request, found, Amount(value=D(965)))
    assert reading["premium that duty implies"] == D(965)
    assert reading["share of the duty priced in"] == 1
    assert reading["share of value that the premium implies as duty"] == D("0.25")


def test_conversions_need_a_month_or_a_rate_for_another_currency():
    assert round(convert_amount(D("88.10"), "USc/lb", "USD/t")[0]) == 1942
    value, rate = convert_amount(D(100), "USD/t", "EUR/t", month="2025-03")
    assert (value, rate) == (D("92.48"), D("0.9248"))
    with pytest.raises(MeasureError, match="need a rate"):
        convert_amount(D(100), "USD/t", "EUR/t")
    assert convert_amount(D(1), "t", "kg")[0] == 1000


def test_goods_are_commodities_with_codes_that_duties_know_and_prices_that_exist():
    series = {s.id for s in price_series()}
    for good in load_goods():
        assert good.commodity in load_commodities(), good
        assert good.price == "" or good.price in series, good
        assert good.importer in {d.importer for d in load_duties()}
    assert [g.form for g in goods_of("aluminium", "US")] == ["unwrought", "alloy"]
    assert goods_of("aluminium", "DE")[0].code == "7601.10"
