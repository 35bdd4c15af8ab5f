"""USGS supply risk: its three parts, bounds for what is not known, refusals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.disruption_potential import (
    Industry,
    SupplierIndex,
    ability_index,
    combined_risk,
    disruption_potential,
    economic_vulnerability,
    trade_exposure,
)
from lodewire.analytics.given import given_figures
from lodewire.analytics.reliance import net_import_reliance, published_reliance
from lodewire.errors import MeasureError


def index(ability, willingness):
    return SupplierIndex(
        ability=None if ability is None else Decimal(ability),
        willingness=None if willingness is None else Decimal(willingness),
    )


MADE = given_figures({"CN": 60, "AU": 20, "US": 20, "WORLD": 100})
KNOWN = {"CN": index("0.5", "0.8"), "AU": index("0.2", "0.1"), "US": index("0.1", "1")}


def test_foreign_shares_are_squared_and_weighed_by_both_indices():
    told = disruption_potential(MADE, KNOWN, home="US")
    assert told.value == Decimal("0.36") * Decimal("0.4") + Decimal("0.04") * Decimal("0.02")
    assert disruption_potential(MADE, KNOWN, home="JP").value > told.value  # type: ignore[operator]


def test_a_supplier_without_an_index_bounds_the_potential():
    told = disruption_potential(MADE, {"CN": KNOWN["CN"]}, home="US")
    assert told.value is None
    assert told.high - told.low == Decimal("0.04")  # type: ignore[operator]
    assert told.note == "no index: AU"
    half = disruption_potential(MADE, KNOWN | {"AU": index("0.2", None)}, home="US")
    assert half.high - half.low == Decimal("0.04") * Decimal("0.2")  # type: ignore[operator]


def test_other_countries_open_the_upper_bound():
    made = given_figures({"CN": 60, "OTHER": 40})
    told = disruption_potential(made, KNOWN, home="US")
    assert told.high - told.low == Decimal("0.16")  # type: ignore[operator]
    assert told.coverage == Decimal("0.6")


def test_exposure_is_reliance_cut_to_its_range():
    assert trade_exposure(net_import_reliance(20, 90, 10)).value == Decimal("0.8")
    assert trade_exposure(published_reliance("E")).value == 0
    more = trade_exposure(published_reliance(">50"))
    assert (more.value, more.low, more.high) == (None, Decimal("0.5"), 1)
    refused = trade_exposure(published_reliance("W"))
    assert (refused.value, refused.high) == (None, None)
    assert "withheld" in refused.note


def test_vulnerability_sums_over_industries():
    industries = [
        Industry(
            name="magnets",
            value_added=Decimal(20),
            expenditure=Decimal(3),
            operating_profit=Decimal(6),
        ),
        Industry(
            name="motors",
            value_added=Decimal(100),
            expenditure=Decimal(1),
            operating_profit=Decimal(50),
        ),
    ]
    told = economic_vulnerability(industries, 1000)
    assert told.value == Decimal("0.012")  # .02 * .5 + .1 * .02
    loss = Industry(
        name="loss", value_added=Decimal(1), expenditure=Decimal(1), operating_profit=Decimal(0)
    )
    assert "no operating profit: loss" in economic_vulnerability([loss], 1000).note
    with pytest.raises(MeasureError):
        economic_vulnerability([], 1000)


def test_the_whole_is_the_cube_root_and_one_gap_opens_it():
    disruption = disruption_potential(MADE, KNOWN, home="US")
    exposure = trade_exposure(net_import_reliance(20, 90, 10))
    industry = Industry(
        name="x", value_added=Decimal(10), expenditure=Decimal(1), operating_profit=Decimal(2)
    )
    vulnerability = economic_vulnerability([industry], 100)
    told = combined_risk(disruption, exposure, vulnerability)
    product = float(disruption.value * exposure.value * vulnerability.value)  # type: ignore[operator]
    assert abs(float(told.value) - product ** (1 / 3)) < 1e-6  # type: ignore[arg-type]
    open_ = combined_risk(disruption, trade_exposure(published_reliance(">50")), vulnerability)
    assert open_.value is None
    assert open_.low < told.value < open_.high  # type: ignore[operator]
    refused = combined_risk(disruption, trade_exposure(published_reliance("W")), vulnerability)
    assert "trade_exposure" in refused.note
    none = combined_risk(disruption, trade_exposure(published_reliance("E")), vulnerability)
    assert none.value == 0


def test_ability_comes_from_the_policy_index():
    assert ability_index(80) == Decimal("0.2")
    assert ability_index(None) is None
    with pytest.raises(MeasureError, match="index of 101"):
        ability_index(101)


def test_missing_amounts_and_wrong_indices():
    assert (
        "not known: CN"
        in disruption_potential(given_figures({"CN": "W", "AU": 5}), KNOWN, home="US").note
    )
    assert "nothing" in disruption_potential(given_figures({"CN": 0}), KNOWN, home="US").note
    with pytest.raises(MeasureError, match="outside"):
        disruption_potential(MADE, {"CN": index("50", "1")}, home="US")
    with pytest.raises(MeasureError, match="reliance in"):
        trade_exposure(disruption_potential(MADE, KNOWN, home="US"))


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=6), st.integers(0, 10))
def test_the_potential_never_exceeds_concentration(amounts, risk):
    made = given_figures({f"{chr(65 + n)}A": a for n, a in enumerate(amounts)})
    known = {f"{chr(65 + n)}A": index(Decimal(risk) / 10, "1") for n in range(len(amounts))}
    told = disruption_potential(made, known, home="ZZ")
    whole = sum(amounts)
    limit = sum((Decimal(a) / whole) ** 2 for a in amounts)
    assert 0 <= told.value <= limit + Decimal("0.000001")  # type: ignore[operator]
