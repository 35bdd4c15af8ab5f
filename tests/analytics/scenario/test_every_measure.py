"""Balance, owners, the EU's risk and disruption potential, before and after, exact and drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lodewire.analytics.disruption_potential import SupplierIndex
from lodewire.analytics.owners import OwnedSite
from lodewire.analytics.reliance import net_import_reliance
from lodewire.analytics.scenario import run
from lodewire.analytics.scenario.balanced import balance_probes
from lodewire.analytics.scenario.bloc import sourcing_probe, supply_risk_probe
from lodewire.analytics.scenario.owned import owner_probes
from lodewire.analytics.scenario.weighted import disruption_probe
from lodewire.analytics.supply_risk import supply_risk
from lodewire.errors import ScenarioError
from lodewire.model.ranges import Range
from lodewire.model.scenario import (
    Balance,
    Ban,
    NewSupplier,
    Outage,
    Recycling,
    RiskInputs,
    StockRelease,
    Substitution,
)
from tests.analytics.scenario.given import DAY, figure, figures, flow, scenario

WORLD = figures(CN="600", AU="300", JP="100")
TRADE = (flow("CN", "80", "800"), flow("AU", "20", "400"))
JAPAN = Balance(
    country="JP",
    production=Decimal(100),
    imports=Decimal(100),
    exports=Decimal(20),
    stock_draw=Decimal(0),
)
RISK = {"CN": Decimal(6), "AU": Decimal(2), "FR": Decimal(2), "JP": Decimal(1)}
STATED = RiskInputs(
    import_reliance=Decimal(80), recycling_rate=Decimal(10), substitution_index=Decimal("0.9")
)
SITES = (
    OwnedSite(site="one", country="CN", owner="CN"),
    OwnedSite(site="two", country="AU", owner="CN"),
    OwnedSite(site="three", country="AU", owner="AU"),
    OwnedSite(site="four", country="JP", owner="AU"),
)


def sourcing(**shares):
    return tuple(
        figure("EU", value, unit="%", partner=partner, measured="sourcing_share")
        for partner, value in shares.items()
    )


def measured(*changes, probes, figures=WORLD, **other):
    told = run(
        scenario(*changes), figures, TRADE, on=DAY, importer="JP", partner="CN", probes=probes,
        **other,
    )  # fmt: skip
    return {e.name: e for e in told.effects}


def test_a_ban_of_the_largest_partner_lowers_the_reliance_by_what_no_longer_comes():
    ban = Ban(country="CN", leakage=Range.fixed("0.25"))
    told = measured(ban, probes=balance_probes(JAPAN), draws=0)
    before = net_import_reliance(100, 100, 20)
    after = net_import_reliance(100, 40, 20)  # 20 of 80 t and the 20 t of the others
    assert told["net_import_reliance"].before.value == before.value
    assert told["net_import_reliance"].after.value == after.value
    assert told["apparent_consumption"].after.value == 120
    assert told["trade_exposure"].after.value == round(after.value / 100, 6)


def test_output_at_home_that_is_lost_raises_it_and_what_is_added_lowers_it():
    lost = measured(
        Outage(country="JP", lost=Range.fixed("0.5")), probes=balance_probes(JAPAN), draws=0
    )
    assert lost["net_import_reliance"].after.value == net_import_reliance(50, 100, 20).value
    new = NewSupplier(country="JP", tonnes=Range.fixed(60))
    more = measured(new, probes=balance_probes(JAPAN), draws=0)
    assert more["net_import_reliance"].after.value == net_import_reliance(160, 100, 20).value
    stocks = measured(
        StockRelease(country="JP", tonnes=Range.fixed(10)), probes=balance_probes(JAPAN), draws=0
    )
    assert stocks["net_import_reliance"].after.value == net_import_reliance(110, 100, 20).value


def test_recycling_takes_the_place_of_imports():
    told = measured(
        Recycling(country="JP", share=Range.fixed("0.2")), probes=balance_probes(JAPAN), draws=0
    )
    # A fifth of the 100 t that came is made at home, and that much less comes.
    assert told["net_import_reliance"].after.value == net_import_reliance(120, 80, 20).value


def test_a_balance_in_another_unit_is_the_same():
    kilotonnes = replace(
        JAPAN,
        production=Decimal("0.1"),
        imports=Decimal("0.1"),
        exports=Decimal("0.02"),
        unit="kt",
    )
    new = NewSupplier(country="JP", tonnes=Range.fixed(60))
    one, other = (
        measured(new, probes=balance_probes(b), draws=0)["net_import_reliance"].after.value
        for b in (JAPAN, kilotonnes)
    )
    assert one == other


def test_what_home_output_loses_in_tonnes_and_cannot_be_told_refuses():
    told = measured(
        Outage(country="JP", lost=Range.fixed(5), unit="t"),
        probes=balance_probes(JAPAN),
        figures=figures(CN="600", OTHER="400"),
        draws=0,
    )
    assert told["net_import_reliance"].after.value is None
    assert "cannot be told" in told["net_import_reliance"].after.note


def test_owners_abroad_lose_with_the_countries_in_which_they_dig():
    ban = Ban(country="AU", leakage=Range.fixed(0))
    told = measured(ban, probes=owner_probes(SITES, WORLD, "CN"), draws=0)
    assert told["share_owned_by_CN"].before.value == Decimal("0.5")
    assert told["share_owned_by_CN"].after.value == Decimal("0.5")  # one of the two that are left
    assert told["foreign_owned"].before.value == Decimal("0.5")
    assert told["foreign_owned"].after.value == Decimal("0.5")
    assert told["hhi_site"].before.value == Decimal("0.375")
    assert told["hhi_site"].after.value == Decimal("0.5")
    assert "not by tonnes" in told["hhi_owner"].after.note


def test_new_output_has_an_owner_whom_nobody_named():
    new = NewSupplier(country="NA", tonnes=Range.fixed(250))
    told = measured(new, probes=owner_probes(SITES, WORLD, "CN"), draws=0)["share_owned_by_CN"]
    # 250 of 1,000 t are as much as one of the four sites: a fifth of the five is not known.
    assert told.after.value is None
    assert (told.after.low, told.after.high) == (Decimal("0.4"), Decimal("0.6"))


def test_the_eu_s_risk_follows_both_mixes():
    mix = sourcing(CN="50", FR="50")
    ban = Ban(country="CN", leakage=Range.fixed(0))
    probes = [supply_risk_probe(STATED, RISK, {}, {"FR": Decimal("0.8")}, sourced=True)]
    told = measured(ban, probes=probes, sourcing=mix, draws=0)["eu_supply_risk"]
    gs = Decimal("0.36") * 6 + Decimal("0.09") * 2 + Decimal("0.01") * 1
    eu = Decimal("0.25") * 6 + Decimal("0.25") * 2 * Decimal("0.8")
    stated = {"import_reliance": 80, "recycling_rate": 10, "substitution_index": "0.9"}
    expected = supply_risk(global_hhi=gs, eu_hhi=eu, **stated, rounded_inputs=False)
    assert told.before.value == expected.value
    gs = Decimal("0.75") ** 2 * 2 + Decimal("0.25") ** 2 * 1
    expected = supply_risk(global_hhi=gs, eu_hhi=2 * Decimal("0.8"), **stated, rounded_inputs=False)
    assert told.after.value == expected.value


def test_recycling_in_the_eu_raises_its_recycling_rate_and_leaves_the_mix():
    mix = sourcing(CN="50", FR="50")
    probes = [
        supply_risk_probe(STATED, RISK, {}, {}, sourced=True),
        sourcing_probe("EU", RISK, {}),
    ]
    told = measured(
        Recycling(country="EU", share=Range.fixed("0.2")), probes=probes, sourcing=mix, draws=0
    )
    assert told["hhi_sourcing"].change == 0
    before, after = (getattr(told["eu_supply_risk"], w).value for w in ("before", "after"))
    assert round(after / before, 6) == round(Decimal(70) / Decimal(90), 6)


def test_tonnes_for_the_eu_are_not_set_against_its_shares():
    new = NewSupplier(country="AU", to="EU", tonnes=Range.fixed(10))
    told = measured(
        new, probes=[sourcing_probe("EU", RISK, {})], sourcing=sourcing(CN="100"), draws=0
    )["hhi_sourcing"]
    assert told.after.value is None
    assert "known in shares" in told.after.note


def test_the_disruption_potential_is_that_of_what_is_left():
    suppliers = {
        "CN": SupplierIndex(ability=Decimal("0.5"), willingness=Decimal(1)),
        "AU": SupplierIndex(ability=Decimal("0.1"), willingness=Decimal("0.1")),
    }
    ban = Ban(country="CN", leakage=Range.fixed(0))
    told = measured(ban, probes=[disruption_probe("JP", suppliers)], draws=0)
    effect = told["disruption_potential"]
    assert effect.before.value == Decimal("0.36") / 2 + Decimal("0.09") / 100
    assert effect.after.value == Decimal("0.75") ** 2 / 100


@pytest.mark.parametrize(
    "change",
    [
        Ban(country="CN", leakage=Range.triangular("0", "0.1", "0.3")),
        Outage(country="JP", lost=Range.triangular("0.1", "0.2", "0.3")),
        NewSupplier(country="JP", tonnes=Range.triangular(10, 20, 30)),
        Recycling(country="JP", share=Range.triangular("0.1", "0.2", "0.3")),
        Substitution(share=Range.triangular("0.1", "0.2", "0.3")),
        Recycling(share=Range.triangular("0.1", "0.2", "0.3")),
        StockRelease(country="JP", tonnes=Range.triangular(5, 6, 7)),
    ],
    ids=lambda c: c.kind,
)
def test_the_draw_at_the_taken_values_is_the_exact_measure(change):
    suppliers = {c: SupplierIndex(ability=g / 10, willingness=g / 10) for c, g in RISK.items()}
    probes = (
        *balance_probes(JAPAN),
        *owner_probes(SITES, WORLD, "CN"),
        sourcing_probe("EU", RISK, {}),
        supply_risk_probe(STATED, RISK, {}, {}, sourced=True),
        disruption_probe("JP", suppliers),
    )
    told = measured(change, probes=probes, sourcing=sourcing(CN="60", FR="40"), draws=500)
    for probe in probes:
        effect = told[probe.name]
        assert effect.low <= effect.after.low <= effect.after.high <= effect.high
        if effect.after.value is None:
            assert effect.interval is None
            continue
        (swing,) = effect.swings
        assert abs(swing.at_taken - effect.after.value) < Decimal("0.00001")
        assert effect.low <= effect.interval.p05 <= effect.interval.p95 <= effect.high


def test_bands_are_told_for_the_index_and_nothing_else():
    told = measured(Ban(country="CN", leakage=Range.uniform("0", "1")), probes=())
    us, *_ = told["hhi"].bands
    assert [b.value for b in us[1]] == ["high"]
    assert told["top_1_share"].bands == ()


def test_where_no_change_is_in_effect_the_change_is_nothing_even_of_bounds():
    told = measured(
        probes=owner_probes((*SITES, OwnedSite(site="x", country="CN", owner=None)), WORLD)
    )
    assert told["hhi_owner"].before.value is None
    assert told["hhi_owner"].change == 0


@pytest.mark.parametrize(("name", "value"), [("recycling_rate", 101), ("substitution_index", 2)])
def test_inputs_outside_their_range_are_refused(name, value):
    with pytest.raises(ScenarioError, match="outside"):
        replace(STATED, **{name: Decimal(value)})
