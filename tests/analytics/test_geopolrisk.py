"""GeoPolRisk: the published equations, and the traps of their common implementation."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.geopolrisk import characterisation, midpoint, score, score_of_totals
from lodewire.analytics.given import given as given_figure
from lodewire.errors import MeasureError


def test_the_published_scores_are_reproduced():
    """Nickel and graphite, United States, 2022."""
    nickel = score_of_totals("0.267490", "21.179740941995366", "37.495", 17500)
    graphite = score_of_totals("0.470663", "50585.91084690329", "86586.11099999999", 0)
    assert abs(nickel.value - Decimal("0.00032304")) <= Decimal("0.000001")  # type: ignore[operator]
    assert abs(graphite.value - Decimal("0.27497413")) <= Decimal("0.000001")  # type: ignore[operator]


def test_flows_and_totals_agree():
    told = score("0.5", {"CN": 60, "CL": 40}, {"CN": "0.6", "CL": "0.4"}, 100)
    assert told.value == score_of_totals("0.5", 52, 100, 100).value == Decimal("0.13")
    assert told.coverage == 1


def test_domestic_production_lowers_the_score_and_leaving_it_out_is_seen():
    flows, risks = {"CN": 100}, {"CN": "0.6"}
    assert score("0.5", flows, risks, 0).value == Decimal("0.3")
    assert score("0.5", flows, risks, 100).value == Decimal("0.15")
    assert "not available" in score("0.5", flows, risks, None).note


def test_a_partner_without_an_estimate_is_not_the_best_governed():
    told = score("0.5", {"CN": 60, "AW": 40}, {"CN": "0.6", "AW": None}, 0)
    assert told.value is None
    assert (told.low, told.high) == (Decimal("0.18"), Decimal("0.38"))
    assert "AW" in told.note
    assert told.coverage == Decimal("0.6")


def test_the_factor_is_against_copper_of_the_same_economy():
    risk = midpoint(score("0.5", {"CN": 100}, {"CN": "0.6"}, 0), 10)
    copper = midpoint(score("0.1", {"CL": 50}, {"CL": "0.4"}, 50), 8)
    told = characterisation(risk, copper)
    assert risk.value == 3
    assert copper.value == Decimal("0.16")
    assert told.value == Decimal("18.75")
    assert told.unit == "kg Cu-eq/kg"


def test_what_is_not_known_is_refused():
    flows, risks = {"CN": 100}, {"CN": "0.6"}
    assert "price" in midpoint("0.3", None).note
    assert score("0.5", {"CN": None}, risks, 0).value is None
    assert "nothing is imported" in score("0.5", {}, {}, 0).note
    assert "no upper bound" in score("0.5", {"CN": ">5"}, risks, 0).note
    assert "copper" in characterisation("0.3", 0).note
    refused = score("0.5", flows, risks, None)
    assert "not known" in midpoint(refused, 5).note
    assert "not known" in characterisation(midpoint(refused, 5), 1).note


def test_impossible_inputs_are_errors():
    with pytest.raises(MeasureError, match="weighted imports"):
        score_of_totals("0.5", 120, 100, 0)
    with pytest.raises(MeasureError, match="outside"):
        score(5000, {"CN": 1}, {"CN": "0.5"}, 0)
    with pytest.raises(MeasureError, match="outside"):
        score("0.5", {"CN": 1}, {"CN": "-1.2"}, 0)
    with pytest.raises(MeasureError, match="price"):
        midpoint("0.5", -1)
    with pytest.raises(MeasureError, match="units"):
        characterisation(midpoint("0.5", 1, unit="USD/t"), midpoint("0.5", 1))


@given(
    st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 10)), min_size=1, max_size=5),
    st.integers(0, 1000),
)
def test_the_score_lies_in_0_to_1_and_does_not_mind_the_unit(flows, made):
    imports = {f"{chr(65 + n)}A": a for n, (a, _) in enumerate(flows)}
    risks = {f"{chr(65 + n)}A": Decimal(r) / 10 for n, (_, r) in enumerate(flows)}
    told = score("0.4", imports, risks, made)
    again = score("0.4", {p: a * 1000 for p, a in imports.items()}, risks, made * 1000)
    assert 0 <= told.value <= Decimal("0.4")  # type: ignore[operator]
    assert told.value == again.value


AMOUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10), AMOUNTS), min_size=1, max_size=4), AMOUNTS)
def test_amounts_within_bounds_bound_the_score_by_the_ends_that_make_it_least_and_most(flows, made):
    """Every combination of ends is tried; the bounds are the least and greatest of them."""
    risks = {f"P{n}": Decimal(g) / 10 for n, (g, _) in enumerate(flows)}
    imports = [within(f"P{n}", *ends) for n, (_, ends) in enumerate(flows)]
    measure = score(1, imports, risks, within("", *made))
    tried = []
    for home, *chosen in product(made, *(ends for _, ends in flows)):
        whole = home + sum(chosen)
        above = sum(Decimal(g) / 10 * n for (g, _), n in zip(flows, chosen, strict=True))
        if whole:
            tried.append(above / whole)
    if not any(ends[1] for _, ends in flows) and not made[1]:
        assert measure.low is None
        return
    assert abs(measure.low - min(tried)) <= Decimal("0.000001")
    assert abs(measure.high - max(tried)) <= Decimal("0.000001")


def within(partner, low, high):
    return replace(
        given_figure("imports", None, unit="t", partner=partner),
        state="interval",
        low=Decimal(low),
        high=Decimal(high),
    )
