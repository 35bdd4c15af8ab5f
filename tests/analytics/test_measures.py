"""Every measure in one place: complete, forgiving of how numbers are written, right on cases."""

from __future__ import annotations

import importlib
import inspect
import re
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics import measures as api
from lodewire.analytics.measures import (
    ad_valorem,
    apparent_consumption,
    bottleneck_risk,
    change_by_merger,
    convert_price,
    customs_value,
    forward_premium,
    hhi,
    hhi_of_shares,
    n_minus_1,
    net_import_reliance,
    of_consumption,
    stacked_rate,
    supply_risk,
    top_shares,
    trade_exposure,
    weighted_hhi,
)
from lodewire.errors import MeasureError

MODULES = (
    "concentration published_shares bands contained reliance supply_risk governance geopolrisk "
    "disruption_potential dependence owners"
).split()
OF_TABLES = {"share_of", "atoms_in", "published_import_share"}  # for figures of tables alone


def test_every_public_measure_is_there_and_has_an_executed_example():
    page = (Path(__file__).parents[2] / "docs/methods/python-api.md").read_text("utf-8")
    told = {f.__name__ for group in api.GROUPS.values() for f in group}
    for name in MODULES:
        module = importlib.import_module(f"lodewire.analytics.{name}")
        public = {
            n
            for n, f in vars(module).items()
            if inspect.isfunction(f) and f.__module__ == module.__name__ and not n.startswith("_")
        }
        assert public - OF_TABLES <= told, name
    assert told <= set(api.__all__)
    assert {n for n in told if not re.search(rf"\b{n}\b", page)} == set()


@pytest.mark.parametrize("as_", [int, float, str, Decimal])
def test_numbers_may_be_written_in_any_way(as_):
    amounts = {"CN": as_(70), "AU": as_(30)}
    assert hhi(amounts).value == Decimal("0.58")
    assert net_import_reliance(as_(40), as_(80), as_(20)).value == 60
    assert supply_risk(
        global_hhi=as_(7), eu_hhi=as_(2), import_reliance=as_(44), recycling_rate=as_(0),
        substitution_index=as_(1),
    ).value == Decimal("3.1")  # fmt: skip
    assert ad_valorem(as_(2850), "50 %") == 1425
    assert forward_premium(as_(2600), as_(180), Decimal("0.25"), as_(90)) == 965
    assert convert_price(as_(88), "USc/lb", "USD/t") > 1940
    assert trade_exposure(as_(45)).value == Decimal("0.45")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: hhi_of_shares({"CN": 0.7, "AU": 20}), "more than the whole"),
        (lambda: hhi_of_shares({"CN": 70, "AU": 20}), "more than the whole"),
        (lambda: hhi_of_shares({"CN": 0.7, "AU": 0.2}, unit="%"), "parts of one"),
        (lambda: hhi_of_shares({"CN": 0.7}, unit="t"), "shares in 't'"),
        (lambda: weighted_hhi({"CN": 81}, {"CN": 6}), "more than the whole"),
        (lambda: of_consumption(75, 80), "outside 0..1"),
        (lambda: ad_valorem(2850, 50), "5000 %"),
        (lambda: customs_value(1000, "cfi"), "no customs value"),
        (lambda: customs_value(1000, "cif", freight=5), "freight and insurance"),
        (lambda: hhi({"CN": (70, 60)}), "run backwards"),
        (lambda: hhi("70, 30"), "no list of amounts"),
        (lambda: bottleneck_risk({}), "no stages"),
        (
            lambda: supply_risk(
                global_hhi=7, eu_hhi=2, import_reliance=0.44, recycling_rate=42,
                substitution_index=1,
            ),
            "looks like a part of one",
        ),
    ],
)  # fmt: skip
def test_what_was_mixed_up_is_refused_clearly(call, says):
    with pytest.raises(MeasureError, match=re.escape(says)):
        call()


def test_a_customs_value_takes_the_basis_as_a_word():
    assert customs_value(1000, "CIF", freight=50, insurance=5) == 1055
    assert customs_value(1000, "fob", freight=50, insurance=5) == 1000


def test_nothing_known_is_refused_and_nothing_is_taken_for_zero():
    assert hhi({"CN": 0, "AU": 0}).value is None
    assert "withheld" in net_import_reliance("W", 80, 20).note
    withheld = hhi({"CN": 60, "AU": 40, "US": "W"})
    assert withheld.value is None
    assert withheld.high == 1
    assert top_shares({"CN": 60, "AU": 40, "US": "W"}, 1).low == round(Decimal(60) / 160, 6)
    assert n_minus_1({"CN": 60, "AU": 40, "US": "W"}).low == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), min_size=1, max_size=4))
def test_ranges_bound_the_index_of_every_amount_within_them(told):
    """Tried at ends and between; a withheld country beside them only widens the bounds."""
    amounts = {f"C{n}": (low, low + more) for n, (low, more) in enumerate(told)}
    if not any(low for low, _ in amounts.values()):
        return
    index, wider = hhi(amounts), hhi(amounts | {"US": "W"})
    assert wider.low <= index.low <= index.high <= wider.high
    for chosen in product(*({low, (low + high) / 2, high} for low, high in amounts.values())):
        if sum(chosen):
            inside = hhi(dict(zip(amounts, chosen, strict=True))).value
            assert index.low - Decimal("0.000002") <= inside <= index.high + Decimal("0.000002")


# Published by others; the sources print inputs and result.

MCS_2024 = [  # production, imports, exports, reliance printed; year 2022, USGS MCS 2024
    ("zinc, refined", 220, 762, 8, 77),
    ("graphite", 0, 89200, 9500, 100),
    ("niobium", 0, 9110, 687, 100),
    ("tantalum", 0, 1720, 662, 100),
    ("potash", 430, 4940, 267, 92),
    ("garnet", 76400, 268000, 23300, 76),
    ("peat", 350, 1440, 43, 80),
    ("pumice", 295, 102, 14, 23),
    ("silicon carbide", 40000, 165000, 12000, 79),
    ("magnesite", 412, 598, 104, 55),
    ("titanium and zirconium minerals", 200, 950, 110, 81),
    ("alumina", 920, 1880, 174, 65),
    ("rhenium", 8870, [8920, 11900], 267, 70),
]


@pytest.mark.parametrize(("what", "made", "came", "left", "printed"), MCS_2024)
def test_usgs_reliances_of_2022(what, made, came, left, printed):
    assert round(net_import_reliance(made, came, left).value) == printed, what


@pytest.mark.parametrize(
    ("what", "made", "came", "left", "stocks", "printed"),
    [
        ("zinc, refined", 220, 762, 8, 0, 975),
        ("graphite", 0, 89200, 9500, 0, 79700),
        ("niobium", 0, 9110, 687, 0, 8420),
        ("tantalum", 0, 1720, 662, 0, 1060),
        ("beryllium", 175, 39, 61, 34, 187),
    ],
)
def test_usgs_apparent_consumption_of_2022(what, made, came, left, stocks, printed):
    told = apparent_consumption(made, came, left, stocks, digits=3)
    assert told.low <= printed <= told.high, what


def test_a_stock_draw_counts_as_supply():
    """Beryllium 2022, USGS MCS 2024: reliance 6 % with stocks; without them a net exporter."""
    assert round(net_import_reliance(175, 39, 61, 34).value) == 6
    assert "net exporter" in net_import_reliance(175, 39, 61).note


def test_the_worked_examples_of_the_merger_guidelines():
    """30, 30, 20 and 20 %: 2,600; firms of 5 and 10 %: 100 more (US DOJ and FTC)."""
    assert hhi([30, 30, 20, 20]).value * 10000 == 2600
    assert change_by_merger("0.05", "0.10") * 10000 == 100


def test_the_eu_s_worked_term_of_2017():
    """Tantalum, Nigeria: 0.81 squared times 6.92 is the dominant term, 4.54 (study, page 42)."""
    assert weighted_hhi({"NG": 81}, {"NG": "6.92"}, unit="%").low == Decimal("4.540212")


def test_the_stage_with_the_greater_risk_counts():
    """Studies of 2020 and 2023: extraction and processing apart, the bottleneck is the risk."""
    at = {
        stage: supply_risk(global_hhi=h, recycling_rate=0, substitution_index=1, supply="GS only")
        for stage, h in (("mining", "2.0"), ("refining", "5.6"), ("magnet", None))
    }
    known = {s: at[s] for s in ("mining", "refining")}
    assert (bottleneck_risk(known).value, bottleneck_risk(known).note) == (
        Decimal("5.6"),
        "at refining",
    )
    left_open = bottleneck_risk(at)
    assert (left_open.value, left_open.high) == (None, None)
    assert left_open.low == at["refining"].low


def test_duties_on_aluminium_of_2025():
    """88.10 c/lb on LME 2,850; 25 % from 12 March, 50 % from 4 June (Proclamation 10947)."""
    premium = convert_price("88.10", "USc/lb", "USD/t")
    assert round(premium) == 1942
    assert round(premium + 2850) == 4792
    assert ad_valorem(2850, "50 %") == 1425
    assert ad_valorem(2650, "25 %") == Decimal("662.50")
    assert stacked_rate(["25 %", "10 %"]) == Decimal("0.35")
