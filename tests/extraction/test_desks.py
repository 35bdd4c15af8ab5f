"""Desks: the material leads, rules follow, general words decide nothing."""

from __future__ import annotations

import pytest

from lodewire.model.vocabulary import Desk
from tests.extraction.conftest import read


def _desks(text: str) -> list[Desk]:
    return [d.desk for d in read(text).desks]


CASES = [
    (
        "Copper miner Antofagasta said output at its Los Pelambres mine rose. The smelter market "
        "is short of concentrate and LME copper was higher.",
        Desk.MINING_METALS,
    ),
    (
        "Brent crude futures fell as OPEC+ raised oil output and US crude inventories grew. "
        "Tankers waited off the refinery.",
        Desk.OIL_GAS,
    ),
    (
        "Lithium carbonate prices rose as battery makers and electric vehicle makers bought. CATL "
        "shut its lithium mine.",
        Desk.EVS_BATTERIES,
    ),
    (
        "Rare earth magnets need neodymium and dysprosium; Lynas separates heavy rare earths in "
        "Kuantan.",
        Desk.RARE_EARTHS_COMMODITIES,
    ),
    (
        "TSMC's wafer fab in Arizona makes advanced chips for AI; chipmakers order lithography "
        "tools.",
        Desk.AI_SEMICONDUCTORS,
    ),
    (
        "An offshore wind farm and a solar farm will feed the grid; Orsted sells renewable energy "
        "and green hydrogen.",
        Desk.ESG_RENEWABLES,
    ),
    (
        "The Pentagon ordered missiles and artillery shells; titanium sponge for fighter jets is "
        "short, defence contractors said.",
        Desk.AEROSPACE_DEFENSE,
    ),
]


@pytest.mark.parametrize(("text", "desk"), CASES)
def test_the_material_or_industry_leads(text: str, desk: Desk) -> None:
    assert _desks(text)[0] is desk


def test_a_tariff_on_a_metal_goes_to_both_desks() -> None:
    text = (
        "The United States imposed a 25% tariff on imports of aluminium and steel on March 12. "
        "Tariffs on aluminium smelter products and an import duty on steel sheet apply to all."
    )
    assert set(_desks(text)) == {Desk.MINING_METALS, Desk.SANCTIONS_REGULATION}


def test_money_alone_does_not_make_a_mine_business_and_politics() -> None:
    text = (
        "Horizonte Minerals has signed loans of $346 million with banks for its Araguaia nickel "
        "mine. Shareholders approved the equity; the board and investors welcomed the loan."
    )
    assert _desks(text)[0] is Desk.MINING_METALS


def test_a_text_of_another_field_has_no_desk() -> None:
    assert _desks("The choir sang in the park on Sunday and the children had ice cream.") == []


def test_there_are_never_more_than_two_desks() -> None:
    text = " ".join(case for case, _ in CASES)
    assert len(_desks(text)) <= 2


def test_scores_lie_between_nought_and_one() -> None:
    for text, _ in CASES:
        assert all(0 < d.score < 1 for d in read(text).desks)
