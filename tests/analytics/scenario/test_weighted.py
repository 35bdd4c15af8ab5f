"""Probes weighed by governance are the measures they stand on, in decimals and in draws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.geopolrisk import score_of_totals
from lodewire.analytics.governance import weighted_hhi
from lodewire.analytics.scenario import run
from lodewire.analytics.scenario.weighted import geopolrisk_probe, governance_probe, lists_at_home
from lodewire.model.ranges import Range
from lodewire.model.scenario import Ban, NewSupplier, Outage
from tests.analytics.scenario.given import DAY, figure, figures, flow, scenario

RISK = {"CN": Decimal(6), "AU": Decimal(2), "NA": Decimal(4), "VN": Decimal(5)}
PARTS = {c: g / 10 for c, g in RISK.items()}


def of(outcome, name):
    return next(e for e in outcome.effects if e.name == name)


def test_before_is_the_measure_and_a_better_governed_newcomer_lowers_it():
    told = figures(CN="80", AU="20")
    new = NewSupplier(country="NA", tonnes=Range.uniform("10", "50"))
    effect = of(run(scenario(new), told, on=DAY, probes=[governance_probe(RISK)]), "hhi_governance")
    assert effect.before.value == weighted_hhi(told, RISK).value
    # 80² × 6 + 20² × 2 + 30² × 4 of 130²
    assert effect.after.value == round(Decimal(6400 * 6 + 400 * 2 + 900 * 4) / 130**2, 6)
    assert effect.low < effect.after.value < effect.high
    assert effect.interval is not None
    assert effect.interval.draws == 10_000


def test_shares_are_divided_by_what_is_left():
    told = (figure("CN", "80", unit="%"), figure("AU", "20", unit="%"))
    ban = Ban(country="CN", leakage=Range.fixed("0.25"))
    effect = of(
        run(scenario(ban), told, on=DAY, draws=0, probes=[governance_probe(RISK)]), "hhi_governance"
    )
    # Half and half of what is left, not 20 % and 20 %.
    assert effect.after.value == Decimal("0.25") * 6 + Decimal("0.25") * 2


def test_a_newcomer_without_an_estimate_leaves_bounds_and_no_value():
    new = NewSupplier(country="KP", tonnes=Range.uniform("10", "50"))
    effect = of(
        run(scenario(new), figures(CN="100"), on=DAY, probes=[governance_probe(RISK)]),
        "hhi_governance",
    )
    assert effect.before.value == 6
    assert effect.after.value is None
    assert effect.low is not None
    assert effect.low < effect.high
    assert "KP" in effect.after.note


def test_less_than_counts_to_what_is_not_listed():
    told = (*figures(CN="80", AU="20"), figure("IN", "1", "less_than"))
    lost = Outage(country="CN", lost=Range.uniform("0", "0.5"))
    effect = of(
        run(scenario(lost), told, on=DAY, draws=50, probes=[governance_probe(RISK)]),
        "hhi_governance",
    )
    # 80 and 20 of 101; the one that is left may be one country of the worst.
    assert effect.before.value == round(Decimal(6400 * 6 + 400 * 2) / 101**2, 6)
    assert effect.before.high == round(Decimal(6400 * 6 + 400 * 2 + 10) / 101**2, 6)
    assert effect.low <= effect.after.value <= effect.high
    assert effect.swings[0].at_taken == effect.after.value


def test_trade_parameters_weigh_too():
    probe = governance_probe(RISK, {"CN": Decimal("1.3")})
    outcome = run(scenario(), figures(CN="80", AU="20"), on=DAY, draws=0, probes=[probe])
    expected = Decimal("0.64") * 6 * Decimal("1.3") + Decimal("0.04") * 2
    assert of(outcome, "hhi_governance").after.value == expected


def test_geopolrisk_follows_the_published_equation_before_and_after():
    told = figures(CN="70", AU="20", JP="10")
    trade = [flow("CN", "60", "18"), flow("AU", "20", "9")]
    lost = Outage(country="CN", lost=Range.uniform("0", "1"))
    effect = of(
        run(
            scenario(lost),
            told,
            trade,
            on=DAY,
            importer="JP",
            probes=[geopolrisk_probe("JP", PARTS)],
        ),
        "geopolrisk",
    )
    before = score_of_totals("0.54", "40", "80", "10")  # 60 × 0.6 + 20 × 0.2
    assert effect.before.value == before.value
    # Half of China's: 35 of 65 made, 30 of 50 imported.
    index = Decimal(35**2 + 20**2 + 10**2) / 65**2
    expected = index * (Decimal(30) * Decimal("0.6") + Decimal(20) * Decimal("0.2")) / 60
    assert abs(effect.after.value - expected) < Decimal("0.000002")
    assert effect.swings[0].label == "outage CN: lost"


def test_who_is_not_listed_by_itself_is_not_taken_for_one_who_makes_nothing():
    assert lists_at_home(figures(CN="70", JP="10"), "JP")
    assert not lists_at_home(figures(CN="70"), "JP")
    assert not lists_at_home((figure("JP", None, "withheld"),), "JP")
    assert not lists_at_home((figure("JP", "10", unit="%"),), "JP")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=4, max_size=4), st.integers(0, 100))
def test_draws_and_decimals_agree(values, percent):
    told = [figure(c, str(v)) for c, v in zip(("CN", "AU", "VN", "JP"), values, strict=True)]
    told.append(figure("OTHER", "1000"))
    trade = [flow("CN", "60", "18"), flow("AU", "20", "9"), flow("VN", "5", "9")]
    share = Decimal(percent) / 100
    lost = Outage(country="CN", lost=Range.triangular("0", share, "1"))
    risk = {**PARTS, "JP": Decimal("0.1")}
    outcome = run(
        scenario(lost),
        told,
        trade,
        on=DAY,
        importer="JP",
        draws=16,
        probes=[
            governance_probe({c: g * 10 for c, g in risk.items()}),
            geopolrisk_probe("JP", risk),
        ],
    )
    for name in ("hhi_governance", "geopolrisk"):
        effect = of(outcome, name)
        assert effect.swings[0].at_taken == pytest.approx(effect.after.value, abs=Decimal("3e-6"))
        assert effect.low <= effect.after.value <= effect.high
