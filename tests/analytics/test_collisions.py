"""Deals against restrictions: what stands against what, since when, and how far was looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.collisions import find_collisions
from lodewire.analytics.listed_rules import listed_rules
from lodewire.analytics.rules_in_force import rules_of
from lodewire.model.collision import CollisionKind, CollisionVerdict, DealFinding
from lodewire.model.event import Event
from lodewire.model.official import TradeIntervention
from lodewire.model.vocabulary import Modality, Status
from tests.analytics.telling import event

DAY = date(2025, 3, 10)
LONG_AGO = date(2024, 12, 3)
HIT, POSSIBLE, LATER, FREE, BLIND = (
    CollisionVerdict.COLLISION,
    CollisionVerdict.POSSIBLE,
    CollisionVerdict.UPCOMING,
    CollisionVerdict.NO_KNOWN_RESTRICTION,
    CollisionVerdict.NOT_COVERED,
)


def ban(**more) -> Event:  # type: ignore[no-untyped-def]
    told = {
        "day": LONG_AGO,
        "status": Status.IN_FORCE,
        "authority": "China",
        "product": "gallium#gallium",
        "action": "ban",
        "effective_date": "2024-12-03",
    } | more
    return event("export_restriction", **told)


def deal(**more) -> Event:  # type: ignore[no-untyped-def]
    told = {"supplier": "China", "buyer": "Japan", "commodity": "gallium#gallium"} | more
    return event("supply_agreement", **told)


def found(told: Event, *rules: Event, **more) -> DealFinding:  # type: ignore[no-untyped-def]
    (finding,) = find_collisions([told], rules_of(rules, {}), **more)
    return finding


def test_a_deal_on_a_banned_material_collides_and_quotes_both() -> None:
    finding = found(deal(), ban())
    assert finding.verdict is HIT
    (collision,) = finding.collisions
    assert collision.kind is CollisionKind.EXPORT
    assert (collision.deal_words, collision.rule_words) == ("gallium", "gallium")
    assert collision.rule.since == LONG_AGO
    assert "leaves China under a rule of China, in force since 2024-12-03" in collision.reason
    assert collision.open_points == ()


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        (ban(product="germanium#germanium"), FREE),
        (ban(authority="Botswana"), BLIND),  # nothing is known of China
        (ban(effective_date="2025-06-01", status=Status.AGREED), LATER),
        (ban(effective_date="2025-06-01"), LATER),
        (event("export_restriction", day=LONG_AGO, status=Status.PROPOSED, authority="China",
               product="gallium#gallium", action="ban"), LATER),
        (ban(modality=Modality.HYPOTHETICAL), BLIND),
        (ban(modality=Modality.DENIED), BLIND),
        (ban(target="United States"), FREE),  # the buyer sits in Japan
        (ban(target="Japan"), HIT),
    ],
)  # fmt: skip
def test_other_materials_places_days_and_aims_do_not_collide(
    rule: Event, verdict: CollisionVerdict
) -> None:
    assert found(deal(), rule).verdict is verdict


def test_a_rule_that_was_lifted_before_the_deal_stands_against_nothing() -> None:
    lifting = event(
        "export_restriction",
        id_="lifting",
        day=date(2025, 2, 1),
        status=Status.IN_FORCE,
        authority="China",
        product="gallium#gallium",
        action="lifting",
    )
    assert found(deal(), ban(), lifting).verdict is BLIND
    (rule,) = rules_of([ban(), lifting], {})
    assert rule.measure.until == date(2025, 2, 1)
    (other,) = rules_of([ban(product="gallium#gallium|antimony#antimony"), lifting], {})
    assert other.measure.until is None, "a lifting on one material leaves the rest in force"


def test_a_material_that_stays_in_the_country_is_no_export() -> None:
    assert found(deal(buyer="China"), ban()).verdict is not HIT


def test_groups_cover_members_and_another_form_is_left_open() -> None:
    rare = deal(commodity="dysprosium#dysprosium")
    assert found(rare, ban(product="rare earths#rare-earths")).verdict is HIT
    part = found(deal(commodity="rare earths#rare-earths"), ban(product="terbium#terbium"))
    assert part.verdict is POSSIBLE
    assert "a part of it" in part.collisions[0].open_points[0]
    ore = found(
        deal(commodity="refined nickel#nickel", supplier="Indonesia#ID"),
        ban(authority="Indonesia#ID", product="nickel ore#nickel"),
    )
    assert ore.verdict is POSSIBLE
    assert "another form" in ore.collisions[0].open_points[0]


def test_an_aimed_rule_and_a_deal_without_a_buyer_leave_a_question() -> None:
    told = event("exploration_agreement", party="Rio Tinto#rio-tinto", country="China",
                 commodity="gallium#gallium")  # fmt: skip
    finding = found(told, ban(target="United States"))
    assert finding.verdict is POSSIBLE
    assert "names no country it goes to" in finding.collisions[0].open_points[0]
    mine = found(told, ban(target="United States"), own_country="US")
    assert mine.verdict is HIT
    assert mine.collisions[0].through == "your country"


def test_duties_are_those_of_where_it_goes() -> None:
    duty = event("tariff", day=LONG_AGO, status=Status.IN_FORCE, authority="United States",
                 product="gallium#gallium", rate="25 %", effective_date="2024-12-03")  # fmt: skip
    assert found(deal(buyer="United States"), duty).verdict is HIT
    assert found(deal(buyer="Japan"), duty).verdict is not HIT
    assert found(deal(buyer="Japan"), duty, own_country="US").verdict is HIT
    aimed = event("tariff", day=LONG_AGO, status=Status.IN_FORCE, authority="United States",
                  product="gallium#gallium", rate="25 %", target="Botswana")  # fmt: skip
    assert found(deal(buyer="United States"), aimed).verdict is not HIT


def test_a_sanctioned_party_and_the_owners_country_are_seen() -> None:
    listed = event("sanction", day=LONG_AGO, status=Status.IN_FORCE, authority="United States",
                   target="Norilsk#nornickel")  # fmt: skip
    told = deal(supplier="Norilsk#nornickel", commodity="nickel#nickel", country="Russia#RU")
    finding = found(told, listed)
    assert finding.verdict is HIT
    assert finding.collisions[0].through == "party"
    goods = event("sanction", day=LONG_AGO, status=Status.IN_FORCE, authority="United States",
                  target="China", product="copper#copper")  # fmt: skip
    bought = event("acquisition", acquirer="Rio Tinto#rio-tinto", asset="Khoemacau#khoemacau",
                   commodity="copper#copper", country="Botswana")  # fmt: skip
    owned = found(bought, goods, owners={bought.id: {"CN": "MMG"}})
    assert owned.verdict is POSSIBLE
    assert "MMG is a party or owns the site" in owned.collisions[0].reason
    assert found(bought, goods).verdict is not POSSIBLE


def test_a_ministry_that_keeps_a_list_is_not_on_it() -> None:
    misread = event("sanction", day=LONG_AGO, status=Status.IN_FORCE, authority="Russia#RU",
                    target="Commerce Department#us-commerce")  # fmt: skip
    told = event("financing", investor="Commerce Department#us-commerce", recipient="Intel#intel")
    assert found(told, misread).collisions == ()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (deal(commodity="widgets"), "names no material"),
        (deal(supplier="Nobody known"), "does not say where"),
        (deal(supplier="Namibia"), "no text or list of this desk tells of a measure of Namibia"),
    ],
)
def test_what_could_not_be_looked_at_is_not_called_free(told: Event, why: str) -> None:
    finding = found(told, ban())
    assert finding.verdict is BLIND
    assert why in finding.why


def test_free_says_how_far_was_looked() -> None:
    finding = found(deal(commodity="copper#copper"), ban())
    assert finding.verdict is FREE
    assert finding.why.startswith("1 measure of China or against it known")
    early = deal(commodity="copper#copper", day=date(2020, 1, 1))
    late = found(early, ban(product="germanium#germanium"))
    assert late.verdict is BLIND
    assert "after the deal" in late.why


def test_governments_that_agree_leave_open_where() -> None:
    told = event(
        "exploration_agreement", party="Japan|Namibia", commodity="rare earths#rare-earths"
    )
    rule = ban(authority="Namibia", product="rare earths#rare-earths")
    finding = found(told, rule)
    assert finding.verdict is POSSIBLE
    assert "does not say where" in finding.collisions[0].open_points[0]


@settings(deadline=None)
@given(st.integers(-400, 400))
def test_before_its_day_a_rule_is_upcoming_and_from_it_on_a_collision(days: int) -> None:
    told = deal(day=LONG_AGO + timedelta(days=days))
    assert found(told, ban()).verdict is (HIT if days >= 0 else LATER)


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_rules_changes_nothing(order: list[int]) -> None:
    rules = [
        ban(),
        ban(id_="two", product="rare earths#rare-earths"),
        ban(id_="three", authority="Botswana"),
        ban(id_="four", effective_date="2026-01-01", status=Status.AGREED),
    ]
    assert found(deal(), *rules) == found(deal(), *(rules[i] for i in order))


def test_a_suppliers_seat_is_where_it_may_come_from_and_no_more() -> None:
    """Shenghe sits in China: its gallium may fall under China's rule, or come from elsewhere."""
    finding = found(deal(supplier="Shenghe Resources#shenghe"), ban())
    assert finding.verdict is POSSIBLE
    assert "Shenghe Resources sits in China" in finding.collisions[0].open_points[0]
    told = found(deal(supplier="Shenghe Resources#shenghe", country="United States"), ban())
    assert told.collisions == ()


LISTED = TradeIntervention(
    source="gta",
    id="7",
    title="China: Licences",
    kind="Export licensing requirement",
    evaluation="red",
    implementers=("CN",),
    products=("811292",),
    announced=date(2023, 7, 3),
    in_force_from=date(2023, 8, 1),
)


def under(code: str) -> tuple[tuple[str, str], ...]:
    return {"811292": (("gallium", "refining"), ("germanium", "refining"))}.get(code, ())


def against(told: Event, listed: TradeIntervention) -> DealFinding:
    (finding,) = find_collisions([told], listed_rules([listed], under))
    return finding


def test_a_listed_measure_stands_against_a_deal_by_its_codes() -> None:
    (collision,) = against(deal(), LISTED).collisions
    assert collision.kind is CollisionKind.EXPORT
    assert collision.rule.event_id == "gta:7"
    assert collision.rule_words == "HS 811292"
    assert "Export licensing requirement, gta 7), in force since 2023-08-01" in collision.reason


@pytest.mark.parametrize(
    ("listed", "verdict"),
    [
        (replace(LISTED, evaluation="green"), BLIND),
        (replace(LISTED, kind="Export subsidy"), BLIND),
        (replace(LISTED, products=()), BLIND),
        (replace(LISTED, products=("010121",)), BLIND),
        (replace(LISTED, in_force_until=date(2024, 1, 31)), BLIND),
        (replace(LISTED, in_force_until=DAY), HIT),  # its last day counts
        (replace(LISTED, in_force_from=date(2026, 1, 1)), LATER),
        (replace(LISTED, in_force_from=None), LATER),
        (replace(LISTED, kind="Import tariff", implementers=("JP",), affected=("CN",)), HIT),
        (replace(LISTED, kind="Import tariff", implementers=("JP",), affected=("AU",)), BLIND),
    ],
)
def test_what_a_listed_measure_is_to_a_deal(listed: TradeIntervention, verdict) -> None:
    assert against(deal(), listed).verdict is verdict
