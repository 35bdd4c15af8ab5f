"""One event for one happening, two for two, told through the whole reader."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lodewire.extraction.merge import IDENTITY
from lodewire.extraction.sameness import is_one_government, same_value
from lodewire.model.event import Argument
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, QuantityKind
from lodewire.ontology.event_types import load_event_types
from tests.extraction.conftest import events, roles

ONE = [
    (
        "acquisition",
        "MMG to buy Khoemacau copper mine\nMMG said on Tuesday it had agreed to buy the Khoemacau "
        "copper mine in Botswana for $1.875 billion. The deal is expected to close next year.",
    ),
    (
        "disruption",
        "Glencore halts Altonorte\nGlencore has halted production at its Altonorte copper smelter "
        "in Chile. The outage at Altonorte was caused by a problem with the furnace.",
    ),
    (
        "export_restriction",
        "China curbs antimony exports\nChina's Ministry of Commerce said it will restrict exports "
        "of antimony from September 15. China's curbs on antimony follow those on gallium.",
    ),
    (
        "resource_estimate",
        "Tanbreez holds 45 million tonnes\nCritical Metals said its Tanbreez project in Greenland "
        "has an inferred mineral resource of 45 million tonnes at 0.38% TREO. The Tanbreez "
        "mineral resource of 45 million tonnes was estimated by a third party.",
    ),
    (
        "exploration_agreement",
        "KESTREL ZINC SIGNS EARN-IN WITH TECK\n\nKestrel Zinc Corporation said it has signed an "
        "earn-in agreement with Teck Resources over its Rondo zinc project in Peru.",
    ),
]
TWO = [
    (
        "acquisition",
        "MMG agreed to buy the Khoemacau mine for $1.875 billion. Separately, Zijin agreed to buy "
        "the Akyem gold mine from Newmont for $1 billion.",
    ),
    (
        "price_change",
        "Copper rose 2% to $9,800 a tonne in London. Zinc fell 1% to $2,600 a tonne.",
    ),
    (
        "disruption",
        "Alphamin halted its Bisie tin mine in Congo. Glencore halted its Altonorte smelter in "
        "Chile.",
    ),
    (
        "disruption",
        "Glencore halted its Altonorte copper smelter in Chile on 3 March 2024. In 2019 a strike "
        "shut the Altonorte copper smelter for a month.",
    ),
    (
        "disruption",
        "In October Kamoto Copper Company stopped its Luilu refinery after a power cut. A fire in "
        "March shut the refinery for two weeks.",
    ),
    (
        "acquisition",
        "Perseus Mining has agreed to buy the 30% of Orca Gold that it does not own. It bought 70% "
        "of Orca Gold in 2021 for $60 million.",
    ),
    (
        "permit",
        "The environment agency granted an environmental permit for the Lofdal mine. The ministry "
        "also granted a mining lease for the Lofdal mine.",
    ),
    (
        "tariff",
        "The United States imposed a tariff of 25% on steel. Canada imposed a tariff of 100% on "
        "electric cars from China.",
    ),
]


@pytest.mark.parametrize(("type_", "text"), ONE, ids=[t for t, _ in ONE])
def test_headline_lead_and_body_tell_one_event(type_: str, text: str) -> None:
    """Its evidence holds each sentence that tells it."""
    (event,) = events(text, type_)
    assert len(event.evidence) > 1


@pytest.mark.parametrize(("type_", "text"), TWO, ids=[t for t, _ in TWO])
def test_two_happenings_stay_two_events(type_: str, text: str) -> None:
    """Other parties, other sites, other goods."""
    assert len(events(text, type_)) == 2


def test_a_later_telling_completes_the_first() -> None:
    """Value from one sentence, seller from another; one argument a role."""
    (event,) = events(
        "MMG has agreed to buy the Khoemacau copper mine in Botswana. MMG will buy Khoemacau from "
        "Cuprous Capital for $1.875 billion.",
        "acquisition",
    )
    told = {a.role: a.value for a in event.arguments}
    assert told["acquirer"] == "MMG"
    assert told["value"] == "1875000000 USD"
    roles = [a.role for a in event.arguments if a.role in ("acquirer", "asset", "value")]
    assert len(roles) == len(set(roles))


def test_what_is_told_of_each_type_are_roles_it_has() -> None:
    """Every type has an identity, made of its own roles."""
    assert set(IDENTITY) == set(EventType)
    for type_, identity in IDENTITY.items():
        roles = {r.name for r in load_event_types()[type_].roles}
        assert set(identity.keys) | set(identity.distinct) <= roles


def _words(text: str, role: str = "asset", entity: str | None = None) -> Argument:
    return Argument(
        role=role,
        span=Span(0, len(text)),
        text=text,
        value=text,
        entity=EntityId(entity) if entity else None,
    )


def _firm(text: str, entity: str) -> Argument:
    return _words(text, "party", entity)


def _number(value: str, unit: str = "USD") -> Argument:
    quantity = Quantity(
        text=value,
        span=Span(0, len(value)),
        core=Span(0, len(value)),
        kind=QuantityKind.MONEY,
        value=Decimal(value),
        unit=unit,
    )
    return Argument(role="value", span=quantity.span, text=value, value=value, quantity=quantity)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (_words("Lofdal", entity="lofdal"), _words("the project", entity="lofdal"), True),
        (_words("Lofdal", entity="lofdal"), _words("Lofdal", entity="other"), False),
        (_firm("KESTREL ZINC", "ent_a"), _firm("Kestrel Zinc Corporation", "ent_b"), True),
        (_firm("Kestrel Zinc", "ent_a"), _firm("Kestrel Gold", "ent_b"), False),
        (_firm("Kestrel", "kestrel"), _firm("Kestrel Gold", "ent_b"), False),
        (_words("Khoemacau"), _words("Khoemacau mine"), True),
        (_words("Khoemacau"), _words("Kansanshi"), False),
        (_number("1875000000"), _number("1900000000"), True),
        (_number("1875000000"), _number("1700000000"), False),
        (_number("1875000000"), _number("1875000000", "EUR"), False),
    ],
)
def test_values_are_the_same_within_their_rounding(
    left: Argument, right: Argument, same: bool
) -> None:
    """By entity, by words, by number within two per cent in one unit; in both directions."""
    assert same_value(left, right) is same
    assert same_value(right, left) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("CN", "mofcom", True), ("CN", "CN", True), ("CN", "US", False), ("mofcom", "US", False)],
)
def test_a_ministry_acts_for_its_country(left: str, right: str, same: bool) -> None:
    """Not for another."""
    assert is_one_government(left, right) is same
    assert is_one_government(right, left) is same


def test_a_sum_is_not_told_of_a_deal_whose_terms_the_text_keeps_back() -> None:
    """One partner, two agreements: the sums of the later one are no terms of the first."""
    first, second = events(
        "In August 2023 Japan's JOGMEC agreed with state-owned Epangelo to explore for rare "
        "earths, on terms that were not disclosed. The government in Windhoek welcomed it.\n\n"
        "At Lofdal, in Namibia, JOGMEC has earned 40% by spending C$10 million and will hold half "
        "once it has spent C$20 million.",
        "exploration_agreement",
    )
    assert roles(first)["party"] == ["JOGMEC", "Epangelo"]
    assert roles(first)["date"] == ["August 2023"]
    assert "value" in first.not_disclosed
    assert "value" not in roles(first)
    assert roles(second)["site"] == ["Lofdal"]
    assert roles(second)["value"] == ["C$10 million", "C$20 million"]
    assert roles(second)["country"] == ["Namibia"]


def test_numbered_units_of_one_works_are_told_apart() -> None:
    """The first factory and the second reach one stage each."""
    found = events(
        "TSMC's second factory in Arizona will start production in 2028. Its first plant in "
        "Arizona is on course to make chips from the first half of 2027.",
        "project_milestone",
    )
    assert len(found) == 2


def test_a_list_of_works_gives_way_to_what_is_told_of_each() -> None:
    """Force majeure at two smelters, then what befell each of them."""
    found = events(
        "Rio Tinto declared force majeure at its Kitimat and Lynemouth smelters. A strike has "
        "closed Kitimat since January. A power cut shut Lynemouth in December.",
        "disruption",
    )
    assert sorted(roles(e)["site"][0] for e in found) == ["Kitimat", "Lynemouth"]
