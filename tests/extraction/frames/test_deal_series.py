"""Deals that a list goes on with: who gets how much next, the next buyer, the venture to come."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events

AWARDS = "The U.S. Department of Energy has signed preliminary terms for three grants. "


def roles(text: str, type_: str) -> list[dict[str, list[str]]]:
    """The roles of each event of a type in ``text``."""
    found = []
    for event in events(text, type_):
        told: dict[str, list[str]] = {}
        for argument in event.arguments:
            told.setdefault(argument.role, []).append(argument.text)
        found.append(told)
    return found


def test_each_member_of_a_list_of_awards_is_a_financing_of_its_giver() -> None:
    """ "For Albemarle, up to $90 million" has no verb; the sentence before says who gives."""
    told = roles(AWARDS + "For Albemarle, up to $90 million.", "financing")
    assert {"recipient": ["Albemarle"], "value": ["up to $90 million"]}.items() <= told[-1].items()
    assert "Department of Energy" in told[-1]["investor"][0]


def test_sums_in_brackets_behind_their_takers_are_awards_of_their_own() -> None:
    """One sentence may tell two grants."""
    text = AWARDS + "It has finalized awards to Intel ($7 billion) and Micron ($6 billion)."
    told = [(t.get("recipient"), t.get("value")) for t in roles(text, "financing")]
    assert (["Intel"], ["$7 billion"]) in told
    assert (["Micron"], ["$6 billion"]) in told


def test_a_list_without_a_giver_tells_no_financing() -> None:
    """ "For Albemarle, $90 million" of profit is no grant."""
    assert not roles("Results were mixed. For Albemarle, $90 million.", "financing")


def test_the_sum_given_before_is_a_financing_too() -> None:
    """ "pledged A in January after B in March": two pledges by one giver."""
    text = (
        "Export Finance Australia lent Iluka A$200 million in May after A$80 million in April 2023."
    )
    assert len(roles(text, "financing")) == 2


def test_the_next_buyer_of_a_list_has_a_deal_of_its_own() -> None:
    """ "and Hyundai for another 1,500 t": the supplier is that of the deal before."""
    text = (
        "Siemens has contracted for 520 t/yr of Arafura's NdPr, and Hyundai for another 1,500 t/yr."
    )
    told = roles(text, "supply_agreement")
    assert ["Siemens"] in [t.get("buyer") for t in told]
    assert {"buyer": ["Hyundai"], "volume": ["1,500 t/yr"]}.items() <= told[-1].items()


def test_customers_buy_from_the_firm_that_the_text_is_about() -> None:
    """ "Its customers include Tesla": the supplier is named before."""
    text = "Syrah Resources mines graphite. Syrah's customers include Tesla and SK On."
    told = roles(text, "supply_agreement")
    assert told[0]["buyer"] == ["Tesla", "SK On"]


VENTURES = [
    "Boeing and VSMPO-AVISMA are old friends. Their joint venture, Ural Metal, dates from 2009.",
    "Rio Tinto may earn 51% of a project of Hannan Metals. A joint venture is to be formed then.",
]


@pytest.mark.parametrize("text", VENTURES)
def test_a_venture_of_the_two_firms_before_is_told_without_their_names(text: str) -> None:
    """ "Their joint venture" and "a JV is to be formed" are of the two named last."""
    assert len(roles(text, "joint_venture")[0]["party"]) == 2


DENIED = (
    "Officials denied reports that Rio Tinto was thinking of buying shares in Lithium Americas."
)


def test_a_denied_report_denies_the_deal() -> None:
    """ "denied reports that …": rumoured, and denied."""
    told = events(DENIED, "acquisition")
    assert [(e.status.value, e.modality.value) for e in told] == [("rumoured", "denied")]


def test_deliveries_that_are_stopped_are_suspended() -> None:
    """ "stopped ordering titanium": the deal is suspended."""
    told = events(
        "Boeing stopped ordering titanium from VSMPO-AVISMA in March.", "supply_agreement"
    )
    assert [e.status.value for e in told] == ["suspended"]


def test_a_facility_that_somebody_runs_lends_nothing_here() -> None:
    """ "comes out of a $2 billion facility run by …" says where money lies."""
    text = (
        "It comes out of a $2 billion critical minerals facility run by Export Finance Australia."
    )
    assert not events(text, "financing")


RETOLD = [
    ("Sigma Lithium's entire output is spoken for by LG Energy Solution.", "supply_agreement"),
    ("Glencore will keep Unipec supplied with 20,000 tonnes of copper a year.", "supply_agreement"),
    ("Rio Tinto was tapped by Bosch to make magnets at a plant in Estonia.", "supply_agreement"),
    ("A tender to provide 400,000 tonnes of coking coal went to Teck.", "supply_agreement"),
    ("Newmont found a home for its Akyem mine with Zijin for $1 billion.", "acquisition"),
    ("CMOC tabled C$581 million for Lumina Gold, whose board has said yes.", "acquisition"),
    ("Perpetua Resources wants $2 billion of EXIM debt for Stibnite.", "financing"),
    ("Hudbay's credit facility was enlarged to $600 million by its lenders.", "financing"),
    ("Rio Tinto throws in its lot with Hancock on a lithium refinery.", "joint_venture"),
    ("Eramet goes it alone now that BASF has left their nickel project.", "joint_venture"),
    ("Under the earn-in, First Quantum must drill the Jubilee prospect.", "exploration_agreement"),
]


@pytest.mark.parametrize(("text", "type_"), RETOLD)
def test_a_deal_retold_in_free_words_is_still_a_deal(text: str, type_: str) -> None:
    """What a second newspaper makes of "signed an agreement"."""
    assert len(events(text, type_)) == 1


def test_an_agreement_told_before_is_no_deal_of_its_own() -> None:
    """ "The hydroxide agreement gives GM security": nobody but GM is named, nothing is told."""
    text = "Prices rose. The lithium hydroxide agreement gives GM security."
    assert not events(text, "supply_agreement")


def test_ground_that_may_be_acquired_in_stages_is_not_bought() -> None:
    """An option to earn a share is an exploration agreement only."""
    text = "Rio Tinto may earn 60% of Hannan Metals' San Martin project by spending $5 million."
    assert not events(text, "acquisition")


def test_who_owns_the_works_may_sell_them() -> None:
    """ "A sale of the mine is one of the options": of the firm and the mine of the text."""
    text = (
        "Norilsk Nickel halted its Cawse mine. Cawse is in Australia. Norilsk Nickel is weighing. "
    )
    text += "A sale of the operation is one of the options."
    told = roles(text, "acquisition")
    assert told[0]["seller"] == ["Norilsk Nickel"]
    assert events(text, "acquisition")[0].status.value == "proposed"


def test_it_and_another_firm_are_two_sides() -> None:
    """ "it and AngloGold proposed": the firm before is one of them."""
    text = "Gold Fields has another plan. In March it and AngloGold Ashanti proposed to put Tarkwa "
    text += "and Iduapriem into a joint venture."
    told = events(text, "joint_venture")
    assert len([a for a in told[0].arguments if a.role == "party"]) == 2


def test_the_giver_of_an_award_stands_in_the_sentence_before() -> None:
    """ "Albemarle is awarded $150 million" names no giver."""
    told = roles(AWARDS + "Albemarle is awarded $150 million.", "financing")
    assert "Department of Energy" in told[-1]["investor"][0]
