"""Which two mentions tell one happening, type by type."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.vocabulary import EventType, Modality, Opinion, Status
from lodewire.resolve.comparing import Agreement, same_thing
from lodewire.resolve.pairs import asked_keys, block_keys, score
from lodewire.resolve.rules import RULES
from lodewire.resolve.views import MentionView

from .telling import DAY, view

Told = dict[str, Any]


def pair(type_: str, a: Told, b: Told) -> tuple[MentionView, MentionView]:
    a = {"document": "doc_a", **a}
    b = {"document": "doc_b", **b}
    return view(a.pop("type", type_), **a), view(b.pop("type", type_), **b)


def later(days: int) -> Told:
    return {"day": DAY + timedelta(days=days)}


SAME: dict[str, tuple[str, Told, Told]] = {
    "a deal with two values and a longer name": (
        "acquisition",
        {"acquirer": "MMG Ltd", "asset": "Khoemacau copper mine", "value": "1880000000 USD"},
        {"acquirer": "MMG", "asset": "Khoemacau", "value": "1900000000 USD"},
    ),
    "a deal told as a rumour and closed a year later": (
        "acquisition",
        {"acquirer": "MMG", "target": "Cuprous Capital", "status": Status.RUMOURED},
        {
            "acquirer": "MMG",
            "target": "Cuprous Capital Ltd",
            "status": Status.COMPLETED,
            **later(300),
        },
    ),
    "a deal whose target one paper calls by its mine": (
        "acquisition",
        {"acquirer": "MMG", "target": "Cuprous Capital", "asset": "Khoemacau"},
        {"acquirer": "MMG", "asset": "Khoemacau mine"},
    ),
    "an exploration agreement with its two sides turned round": (
        "exploration_agreement",
        {"party": "JOGMEC|Epangelo", "country": "Namibia", "commodity": "rare earths"},
        {"party": "Epangelo Mining Company|JOGMEC", "commodity": "dysprosium", **later(2)},
    ),
    "a venture that another paper files as an exploration agreement": (
        "joint_venture",
        {"party": "JOGMEC|Namibia Critical Metals", "asset": "Lofdal", "country": "Namibia"},
        {
            "type": "exploration_agreement",
            "party": "JOGMEC|Namibia Critical Metals Inc.",
            "site": "Lofdal project",
        },
    ),
    "an offtake by supplier and buyer": (
        "supply_agreement",
        {"supplier": "Glencore", "buyer": "First Cobalt", "commodity": "cobalt hydroxide"},
        {"supplier": "Glencore plc", "buyer": "First Cobalt Corp", "commodity": "cobalt"},
    ),
    "a loan by recipient and sum": (
        "financing",
        {"investor": "EXIM", "recipient": "Perpetua", "value": "1800000000 USD"},
        {"recipient": "Perpetua", "value": "1800000000 USD", **later(3)},
    ),
    "a tariff by authority, rate and one product": (
        "tariff",
        {"authority": "United States", "rate": "25 %", "product": "steel|aluminium"},
        {"authority": "United States", "rate": "25 %", "product": "aluminium", **later(20)},
    ),
    "a tariff known by the day it takes effect": (
        "tariff",
        {
            "authority": "United States",
            "rate": "25 %",
            "product": "aluminium",
            "effective_date": "2025-03-12",
        },
        {
            "authority": "United States",
            "product": "aluminium",
            "effective_date": "2025-03-12",
            **later(40),
        },
    ),
    "an export ban": (
        "export_restriction",
        {"authority": "China", "product": "gallium|germanium", "action": "ban"},
        {"authority": "China", "product": "gallium", "action": "ban", **later(90)},
    ),
    "a permit applied for and granted": (
        "permit",
        {"site": "Jianxiawo mine", "holder": "CATL", "action": "applied"},
        {"site": "Jianxiawo", "holder": "CATL", "action": "granted", **later(150)},
    ),
    "a milestone by site and stage, whoever is called operator": (
        "project_milestone",
        {"site": "Kitumba", "stage": "construction", "operator": "Sinomine Resource"},
        {"site": "Kitumba mine", "stage": "construction", "operator": "Kitumba Mining"},
    ),
    "an outage by site in one week": (
        "disruption",
        {"site": "Lista", "operator": "Alcoa", "cause": "power", "commodity": "aluminium"},
        {"site": "Lista smelter", "commodity": "aluminium", "cause": "other", **later(4)},
    ),
    "output of one quarter, with two figures": (
        "production_report",
        {
            "operator": "First Quantum Minerals",
            "commodity": "copper",
            "period": "2025-01-01..2025-03-31",
            "volume": "138753 t",
        },
        {
            "operator": "First Quantum",
            "commodity": "copper",
            "period": "2025-01-01..2025-03-31",
            "volume": "139000 t",
        },
    ),
    "a resource of one category": (
        "resource_estimate",
        {"site": "Lofdal", "category": "indicated", "commodity": "dysprosium"},
        {"site": "Lofdal project", "category": "indicated", "commodity": "dysprosium"},
    ),
    "a price of one benchmark on one day": (
        "price_change",
        {"benchmark": "LME copper", "commodity": "copper", "direction": "down"},
        {
            "benchmark": "LME copper",
            "commodity": "copper",
            "direction": "down",
            "change": "0.3 %",
        },
    ),
    "a benchmark by its long and its short name": (
        "price_change",
        {"benchmark": "London Metal Exchange (LME) three-month copper", "commodity": "copper"},
        {"benchmark": "LME", "commodity": "copper"},
    ),
    "a level that another paper gives with its change": (
        "price_level",
        {"benchmark": "LME copper", "commodity": "copper", "level": "8964 USD/t"},
        {
            "type": "price_change",
            "benchmark": "LME copper",
            "commodity": "copper",
            "level": "8964 USD/t",
            "change": "0.3 %",
        },
    ),
    "a forecast for one year": (
        "forecast",
        {
            "forecaster": "Goldman Sachs",
            "variable": "copper price",
            "commodity": "copper",
            "horizon": "2026-01-01..2026-12-31",
        },
        {
            "forecaster": "Goldman Sachs",
            "variable": "price of copper",
            "commodity": "copper",
            "horizon": "2026-01-01..2026-12-31",
        },
    ),
}

# A copy printed a day later shifts the day that "Tuesday", or no day at all, stands for.
CLOSING = "copper closed at 8,964 dollars a tonne on Tuesday as stocks in warehouses rose"

SAME["a price in a copy printed a day later"] = (
    "price_change",
    {"benchmark": "LME", "commodity": "copper", "level": "8964 USD/t", "sentence": CLOSING},
    {
        "benchmark": "LME",
        "commodity": "copper",
        "level": "8964 USD/t",
        "sentence": CLOSING,
        **later(1),
    },
)
SAME["a fall written with and without its sign"] = (
    "price_change",
    {"benchmark": "LME copper", "commodity": "copper", "change": "-0.8 %"},
    {"benchmark": "LME copper", "commodity": "copper", "change": "0.81 %"},
)

APART: dict[str, tuple[str, Told, Told]] = {
    "two buyers of one mine": (
        "acquisition",
        {"acquirer": "MMG", "asset": "Khoemacau"},
        {"acquirer": "Jinchuan", "asset": "Khoemacau"},
    ),
    "two mines of one buyer": (
        "acquisition",
        {"acquirer": "MMG", "asset": "Khoemacau", "value": "1900000000 USD"},
        {"acquirer": "MMG", "asset": "Las Bambas", "value": "1900000000 USD"},
    ),
    "two partners of one agency in one country in one week": (
        "joint_venture",
        {"party": "JOGMEC|Epangelo", "country": "Namibia", "commodity": "rare earths"},
        {
            "party": "JOGMEC|Namibia Critical Metals",
            "country": "Namibia",
            "commodity": "rare earths",
        },
    ),
    "two rates of one order": (
        "tariff",
        {"authority": "United States", "rate": "25 %", "product": "aluminium"},
        {"authority": "United States", "rate": "50 %", "product": "aluminium"},
    ),
    "two countries hit": (
        "tariff",
        {"authority": "United States", "rate": "25 %", "product": "steel", "target": "China"},
        {"authority": "United States", "rate": "25 %", "product": "steel", "target": "Japan"},
    ),
    "a ban and its lifting": (
        "export_restriction",
        {"authority": "China", "product": "gallium", "action": "ban"},
        {"authority": "China", "product": "gallium", "action": "lifting"},
    ),
    "the price of one day and of the next": (
        "price_change",
        {"benchmark": "LME copper", "commodity": "copper", "period": "2025-08-11"},
        {"benchmark": "LME copper", "commodity": "copper", "period": "2025-08-12"},
    ),
    "prices reported on two days without saying which": (
        "price_change",
        {"benchmark": "LME copper", "commodity": "copper"},
        {"benchmark": "LME copper", "commodity": "copper", **later(1)},
    ),
    "one metal on two exchanges": (
        "price_change",
        {"benchmark": "LME", "commodity": "copper", "direction": "up"},
        {"benchmark": "SHFE", "commodity": "copper", "direction": "up"},
    ),
    "cash and three months": (
        "price_level",
        {"benchmark": "LME cash copper", "commodity": "copper"},
        {"benchmark": "LME three-month copper", "commodity": "copper"},
    ),
    "two metals on one exchange": (
        "price_change",
        {"benchmark": "LME", "commodity": "copper", "direction": "up"},
        {"benchmark": "LME", "commodity": "zinc", "direction": "up"},
    ),
    "two quarters of one mine": (
        "production_report",
        {"operator": "Codelco", "commodity": "copper", "period": "2025-01-01..2025-03-31"},
        {"operator": "Codelco", "commodity": "copper", "period": "2025-04-01..2025-06-30"},
    ),
    "a mine's output and its owner's": (
        "production_report",
        {"operator": "Codelco", "commodity": "copper", "period": "2025-01-01..2025-03-31"},
        {
            "operator": "Codelco",
            "commodity": "copper",
            "period": "2025-01-01..2025-03-31",
            "site": "El Teniente",
        },
    ),
    "output and guidance": (
        "production_report",
        {"operator": "Codelco", "commodity": "copper", "period": "2025-01-01..2025-12-31"},
        {
            "operator": "Codelco",
            "commodity": "copper",
            "period": "2025-01-01..2025-12-31",
            "modality": Modality.FORECAST,
        },
    ),
    "two sites of one operator": (
        "disruption",
        {"site": "Lista", "operator": "Alcoa", "cause": "power"},
        {"site": "San Ciprian", "operator": "Alcoa", "cause": "power"},
    ),
    "strikes at one site two years apart": (
        "disruption",
        {"site": "Escondida", "cause": "strike"},
        {"site": "Escondida", "cause": "strike", **later(700)},
    ),
    "two categories of one resource": (
        "resource_estimate",
        {"site": "Lofdal", "category": "indicated", "commodity": "dysprosium"},
        {"site": "Lofdal", "category": "inferred", "commodity": "dysprosium"},
    ),
    "two loans to one company": (
        "financing",
        {"investor": "EXIM", "recipient": "Perpetua", "value": "1800000000 USD"},
        {"investor": "Export Development Canada", "recipient": "Perpetua"},
    ),
    "two years told in one sentence": (
        "production_report",
        {
            "operator": "First Quantum",
            "commodity": "copper",
            "period": "2024-01-01..2024-12-31",
            "sentence": CLOSING,
        },
        {
            "operator": "First Quantum",
            "commodity": "copper",
            "period": "2025-01-01..2025-12-31",
            "sentence": CLOSING,
        },
    ),
    "two measures against one country in one week": (
        "sanction",
        {"authority": "United States", "target": "China", "action": "added 80 companies"},
        {"authority": "United States", "target": "China", "product": "oil"},
    ),
    "mentions of two types": (
        "tariff",
        {"authority": "China", "product": "gallium"},
        {"type": "export_restriction", "authority": "China", "product": "gallium"},
    ),
    "a mention that says nothing": ("acquisition", {}, {}),
}


@pytest.mark.parametrize("case", SAME.values(), ids=SAME.keys())
def test_one_happening_is_recognised_from_both_sides(case: tuple[str, Told, Told]) -> None:
    a, b = pair(*case)
    found = score(a, b)
    assert found.opinion is Opinion.SAME, found
    assert (score(b, a).value, score(b, a).opinion) == (found.value, found.opinion)
    assert set(asked_keys(a)) & set(block_keys(b)), "they must meet by a key"
    assert found.reasons


@pytest.mark.parametrize("case", APART.values(), ids=APART.keys())
def test_two_happenings_stay_apart_with_a_reason(case: tuple[str, Told, Told]) -> None:
    a, b = pair(*case)
    assert score(a, b).opinion is not Opinion.SAME
    assert score(b, a).opinion is score(a, b).opinion


def test_two_mentions_in_one_document_need_all_their_key_roles_equal() -> None:
    told = {"authority": "China", "product": "gallium", "action": "ban"}
    a = view("export_restriction", **told)
    b = view("export_restriction", target="United States", **told)
    assert score(a, b).forbidden
    c = view("export_restriction", document="doc_b", target="United States", **told)
    assert score(a, c).opinion is Opinion.SAME


def test_a_name_told_short_and_long_in_one_document_is_one_happening() -> None:
    a = view("acquisition", acquirer="Gold Fields", target="Gold Road")
    b = view("acquisition", acquirer="Gold Fields", target="Gold Road Resources")
    assert score(a, b).opinion is Opinion.SAME


def test_a_country_and_its_ministry_are_one_authority() -> None:
    from lodewire.model.entity import Entity
    from lodewire.model.ids import EntityId
    from lodewire.model.vocabulary import MentionType
    from lodewire.resolve.views import view_of

    from .telling import tell

    mofcom = EntityId("mofcom")
    known = {
        mofcom: Entity(
            id=mofcom, type=MentionType.ORGANISATION, name="Ministry of Commerce", country="CN"
        )
    }
    a = tell("export_restriction", authority="Ministry#mofcom", product="gallium", action="ban")
    b = view("export_restriction", document="b", authority="China", product="gallium", action="ban")
    told = view_of(a, reported=DAY, seen=b.seen, entities=known)
    assert score(told, b).opinion is Opinion.SAME
    assert set(asked_keys(told)) & set(block_keys(b))


def test_every_event_type_has_rules_whose_key_roles_reach_the_threshold() -> None:
    for type_ in EventType:
        rule = RULES[type_]
        assert sum(p.weight for p in rule.parts) >= 0.9
        for names in rule.keys:
            assert all(rule.part(name) for name in names)
        assert all(p.weight < 0.6 for p in rule.parts), "no role suffices alone"


def test_every_role_a_rule_compares_exists_in_the_ontology() -> None:
    from lodewire.ontology.event_types import load_event_types

    for type_ in EventType:
        rule = RULES[type_]
        known = {
            role.name
            for other, definition in load_event_types().items()
            if RULES[other] is rule
            for role in definition.roles
        }
        used = {role for part in rule.parts for role in part.roles} - {"when"}
        assert used <= known | {"site", "asset"}, (type_, used - known)


def met(a: MentionView, b: MentionView) -> bool:
    return bool(set(asked_keys(a)) & set(block_keys(b)))


_NAME = st.lists(st.sampled_from(("Gold", "Rio", "Road", "Tinto", "Zed")), min_size=1, max_size=4)


@given(left=_NAME, right=_NAME)
def test_names_meet_where_one_is_the_other_or_its_beginning(
    left: list[str], right: list[str]
) -> None:
    """Both ways alike, so that it makes no difference which of two came first."""
    a = view("disruption", site=" ".join(left))
    b = view("disruption", document="doc_b", site=" ".join(right))
    assert met(a, b) == met(b, a)
    if same_thing(a.of("site")[0], b.of("site")[0]) is Agreement.MATCH:
        assert met(a, b)


def test_a_word_that_many_names_begin_with_brings_only_its_short_form() -> None:
    zambia = view("acquisition", acquirer="Glencore Zambia")
    assert met(zambia, view("acquisition", document="b", acquirer="Glencore"))
    assert met(zambia, view("acquisition", document="b", acquirer="Glencore Zambia Copper"))
    assert not met(zambia, view("acquisition", document="b", acquirer="Glencore Canada"))
