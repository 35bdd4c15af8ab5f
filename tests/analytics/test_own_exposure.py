"""Events against what a user buys: what is touched, how far, and why in one line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.holdings import positions_of, read_own_table
from lodewire.analytics.own_exposure import OwnView, rank_events, score_event
from lodewire.analytics.own_reach import ids_touching
from lodewire.model.holding import Holding, OwnScore
from lodewire.model.vocabulary import Status
from tests.analytics.telling import event

IN_FORCE = Status.IN_FORCE
TABLE = (
    "Material,Quantity,Unit,Supplier,Country of origin,Share\n"
    "Dysprosium oxide,12,t,Shenghe,China,80%\n"
    "Copper cathode,250,t,Codelco,Chile,\n"
    "NdFeB magnet,40,t,,Japan,\n"
)


def own(table: str = TABLE, country: str | None = None) -> OwnView:
    return OwnView(
        positions=positions_of(read_own_table(table.encode()).holdings),
        country=country,
        suppliers={"Shenghe": frozenset({"shenghe"}), "Codelco": frozenset({"codelco"})},
    )


def licence(**more: str):  # type: ignore[no-untyped-def]
    roles = {"authority": "China", "product": "dysprosium#dysprosium", "action": "licensing"} | more
    return event("export_restriction", status=IN_FORCE, **roles)


def scored(told, view: OwnView | None = None) -> OwnScore:  # type: ignore[no-untyped-def]
    found = score_event(told, view or own())
    assert found is not None
    return found


def test_the_reason_says_what_is_bought_from_where_and_what_the_event_does() -> None:
    assert scored(licence()).reason.startswith(
        "you buy 12 t of dysprosium oxide, 80 % from China; China's licence rule covers it"
    )


def test_nothing_that_is_bought_means_no_score() -> None:
    """Uranium is none of it; and a table of nothing is touched by nothing."""
    told = event("disruption", commodity="uranium#uranium", country="Namibia")
    assert score_event(told, own()) is None
    assert score_event(licence(), OwnView(positions=(), suppliers={})) is None


def test_a_group_covers_its_members_and_the_text_is_told() -> None:
    told = scored(licence(product="rare earths#rare-earths"))
    assert told.score == scored(licence()).score
    assert "(the text says rare earths)" in told.reason


def test_where_it_comes_from_decides() -> None:
    """An outage in Chile touches who buys there; one in Peru touches the market alone."""
    chile = scored(
        event("disruption", status=IN_FORCE, commodity="copper#copper", country="Chile#CL")
    )
    peru = scored(
        event("disruption", status=IN_FORCE, commodity="copper#copper", country="Peru#PE")
    )
    assert chile.score > 3 * peru.score
    assert "none of it from Peru by your table" in peru.reason


def test_a_supplier_that_is_named_counts_even_without_a_material() -> None:
    told = scored(event("financing", recipient="Codelco#codelco", value="500000000 USD"))
    assert "your supplier Codelco is named" in told.reason
    assert {p.commodity for p in told.positions} == {"copper"}


def test_what_is_downstream_of_what_is_bought_counts_less() -> None:
    ore = "Material,Quantity,Unit,Origin\ncopper concentrate,10,t,Chile\n"
    upstream = scored(
        event("disruption", commodity="copper concentrate#copper", country="Chile#CL")
    )
    told = event("disruption", commodity="refined copper#copper", country="Chile#CL")
    assert scored(told, own(ore)).score < scored(told).score
    assert upstream.score < scored(told).score  # cathode is bought: the mine is one step away
    assert "upstream of what you buy" in upstream.reason
    assert "downstream of what you buy" in scored(told, own(ore)).reason
    assert "stream of" not in scored(told).reason


def test_a_measure_that_is_aimed_at_others_says_so() -> None:
    told = licence(target="United States")
    assert scored(told, own(country="JP")).score < scored(told, own(country="US")).score
    assert "not aimed at your country" in scored(told, own(country="JP")).reason
    assert scored(told, own()).score == scored(told, own(country="US")).score


def test_a_duty_on_a_material_is_none_on_what_holds_it() -> None:
    cells = "Material,Quantity,Unit,Origin\nLFP cell,10,t,China\n"
    told = event(
        "tariff", status=IN_FORCE, authority="United States", product="copper#copper", rate="25 %"
    )
    assert scored(told, own(cells)).score <= Decimal("0.3")
    assert "covers copper" in scored(told, own(cells)).reason
    assert scored(told).score > Decimal("0.9")


def test_goods_of_a_country_that_no_text_names_touch_what_comes_from_there() -> None:
    told = event(
        "tariff", status=IN_FORCE, authority="United States", target="Chile#CL", rate="10 %"
    )
    assert {p.commodity for p in scored(told).positions} == {"copper"}


def test_a_proposal_is_told_as_one() -> None:
    told = event(
        "export_restriction",
        status=Status.PROPOSED,
        authority="China",
        product="dysprosium#dysprosium",
        action="ban",
    )
    assert "China's proposed export ban would cover it" in scored(told).reason


def test_the_weight_of_the_event_scales_the_score() -> None:
    half = score_event(licence(), own(), weight=Decimal("0.5"))
    assert half is not None
    assert abs(half.score * 2 - scored(licence()).score) <= Decimal("0.0001")


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(0, 100))
def test_a_larger_share_from_there_never_scores_less(one: int, other: int) -> None:
    def score(share: int) -> Decimal:
        table = f"Material,Origin,Share\nDysprosium oxide,China,{share}%\n"
        return scored(licence(), own(table)).score

    low, high = sorted((one, other))
    assert score(low) <= score(high)


@settings(deadline=None)
@given(st.permutations(range(6)), st.integers(0, 9))
def test_the_order_of_positions_changes_nothing_and_scores_stay_in_bounds(
    order: list[int], more: int
) -> None:
    held = [
        Holding(row=i, material=c, part="", commodity=c, country=k, share=Decimal(i + more) / 20)
        for i, (c, k) in enumerate(
            [("dysprosium", "CN"), ("terbium", "CN"), ("copper", "CL"), ("neodymium", "JP"),
             ("dysprosium", "JP"), ("rare-earths", "CN")]
        )
    ]  # fmt: skip
    straight = positions_of(held)
    mixed = positions_of(held[i] for i in order)
    events = [licence(), licence(product="rare earths#rare-earths")]
    for told in events:
        first = score_event(told, OwnView(positions=straight, suppliers={}))
        second = score_event(told, OwnView(positions=mixed[::-1], suppliers={}))
        assert first == second
        assert first is not None
        assert 0 < first.score <= 1


def test_events_are_ranked_by_score_whatever_their_order() -> None:
    events = [
        event("price_level", commodity="copper#copper", level="9000 USD/t"),
        licence(),
        event("disruption", commodity="copper#copper", country="Peru#PE"),
        event("disruption", id_="none", commodity="uranium#uranium", country="Namibia"),
    ]
    told = [(e, Decimal(1)) for e in events]
    ranked = [e.id for e, _ in rank_events(told, own())]
    assert ranked == [e.id for e, _ in rank_events(told[::-1], own())]
    assert len(ranked) == 3


@pytest.mark.parametrize("words", ["Dysprosium oxide", "DYSPROSIUM OXIDE"])
def test_the_words_of_the_table_are_kept(words: str) -> None:
    told = scored(licence(), own(f"Material,Quantity,Unit\n{words},3,t\n"))
    assert "3 t of " in told.reason
    assert "ysprosium oxide" in told.reason.replace("YSPROSIUM OXIDE", "ysprosium oxide")


def test_exploration_is_no_supply_and_is_told_so() -> None:
    roles = {"commodity": "copper#copper", "country": "Chile#CL"}
    told = scored(
        event("exploration_agreement", party="Codelco#codelco|Rio Tinto#rio-tinto", **roles)
    )
    assert "brings no tonnes yet" in told.reason
    assert dict(told.factors)["tonnes"] == Decimal("0.5")
    built = scored(event("project_milestone", stage="construction", **roles))
    assert dict(built.factors)["tonnes"] == 1


def test_every_event_that_scores_names_one_of_the_ids_that_are_asked_for() -> None:
    """The ledger is asked for fewer events, and none that touches is lost."""
    view = own()
    ids = ids_touching(view)
    told = [
        licence(),
        licence(product="rare earths#rare-earths"),
        licence(product="critical minerals#critical-minerals"),
        event("disruption", site="Escondida#escondida"),
        event("financing", id_="supplier", recipient="Codelco#codelco"),
        event("tariff", status=IN_FORCE, authority="United States", target="Chile#CL", rate="10 %"),
        event("export_restriction", id_="mofcom", authority="Ministry#mofcom", action="ban"),
        event("export_restriction", id_="eu", authority="European Union#EU", action="ban",
              product="copper scrap#copper"),
    ]  # fmt: skip
    for one in told:
        assert score_event(one, view) is not None
        assert {s.entity for s in one.statements} & ids, one.id
    assert not ids & {"uranium", "NA", "kazatomprom"}


def test_an_origin_that_is_a_bloc_may_be_any_of_its_members() -> None:
    table = "Material,Quantity,Unit,Origin\nCopper cathode,10,t,European Union\n"
    told = event("disruption", status=IN_FORCE, commodity="copper#copper", country="Poland#PL")
    inside = scored(told, own(table))
    assert "some of it from the European Union" in inside.reason
    outside = scored(event("disruption", commodity="copper#copper", country="Peru#PE"), own(table))
    assert (
        outside.exposure
        < inside.exposure
        < scored(told, own(table.replace("European Union", "PL"))).exposure
    )
    of_all = event("export_restriction", status=IN_FORCE, authority="European Union#EU",
                   product="copper#copper", action="ban")  # fmt: skip
    assert "100 % from the European Union" in scored(of_all, own(table)).reason
