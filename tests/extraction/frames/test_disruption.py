"""Outages: what stands still, whose it is, why, and whether it is over."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "MMG has stopped copper production at its Las Bambas mine in Peru because of a blockade.",
        {"site": ["Las Bambas"], "operator": ["MMG"], "cause": ["protest"], "country": ["Peru"]},
        "in_force",
    ),
    (
        "Freeport-McMoRan declared force majeure at its Grasberg mine in Indonesia.",
        {"site": ["Grasberg"], "operator": ["Freeport-McMoRan"], "country": ["Indonesia"]},
        "in_force",
    ),
    (
        "Operations at the Escondida mine were suspended on Tuesday after a strike.",
        {"site": ["Escondida"], "cause": ["strike"], "date": ["Tuesday"]},
        "in_force",
    ),
    (
        "Nyrstar will put its Budel zinc smelter on care and maintenance in January.",
        {"operator": ["Nyrstar"], "commodity": ["zinc"], "date": ["January"]},
        "agreed",
    ),
    (
        "A fire shut the Rönnskär smelter of Boliden on June 13.",
        {"operator": ["Boliden"], "cause": ["accident"], "date": ["June 13"]},
        "in_force",
    ),
    (
        "First Quantum Minerals idled its Ravensthorpe nickel mine because of low prices.",
        {"operator": ["First Quantum Minerals"], "cause": ["price"], "commodity": ["nickel"]},
        "in_force",
    ),
    (
        "The company reported a temporary production stoppage of 15 days at Cobre Panama.",
        {"site": ["Cobre Panama"]},
        "completed",
    ),
    (
        "Nyrstar idled its Auby smelter for maintenance and brought it back in early 2023.",
        {"operator": ["Nyrstar"], "cause": ["maintenance"]},
        "completed",
    ),
    (
        "Core Lithium has suspended mining at its Finniss operation near Darwin.",
        {"operator": ["Core Lithium"], "site": ["Finniss"]},
        "in_force",
    ),
    (
        "Alcoa said a third of the capacity at its Lista smelter in Norway would be shut down.",
        {"operator": ["Alcoa"], "country": ["Norway"]},
        None,
    ),
    (
        "Workers at the Escondida mine of BHP walked off the job on Monday.",
        {"site": ["Escondida"], "operator": ["BHP"], "cause": ["strike"]},
        "in_force",
    ),
    (
        "Glencore curtailed zinc output at the Nordenham smelter because of high power prices.",
        {"operator": ["Glencore"], "cause": ["power"], "commodity": ["zinc"]},
        "in_force",
    ),
    (
        "The Sharara oilfield in Libya has been shut by protesters since Sunday.",
        {"site": ["Sharara"], "cause": ["protest"], "country": ["Libya"]},
        "in_force",
    ),
    (
        "Codelco halted work at El Teniente after a rock burst killed a miner.",
        {"operator": ["Codelco"], "site": ["El Teniente"], "cause": ["accident"]},
        "in_force",
    ),
    (
        "Flooding forced Cameco to suspend production at the Cigar Lake mine.",
        {"operator": ["Cameco"], "site": ["Cigar Lake"], "cause": ["flood"]},
        "in_force",
    ),
    (
        "Aurubis will switch off a furnace at Pirdop for ten days of repairs.",
        {"operator": ["Aurubis"], "cause": ["maintenance"]},
        None,
    ),
    (
        "Freeport's smelter at Gresik has been running at about 40% since a fire on October 14.",
        {"cause": ["accident"], "date": ["October 14"]},
        "in_force",
    ),
    (
        "Codelco's Ventanas smelter has stood still since its acid plant broke down.",
        {"operator": ["Codelco"]},
        "in_force",
    ),
    (
        "Petronas resumed output at its Bintulu complex on Monday after a 19-day shutdown.",
        {"operator": ["Petronas"]},
        None,
    ),
    (
        "Auby in northern France, closed by Nyrstar in October, came back in part on March 6.",
        {"site": ["Auby"], "operator": ["Nyrstar"], "date": ["October"]},
        None,
    ),
    (
        "Glencore and CMOC both pleaded force majeure to their customers for cobalt.",
        {"operator": ["Glencore", "CMOC"]},
        "in_force",
    ),
    (
        "Niger seized Orano's Arlit uranium mine in December.",
        {"operator": ["Orano"], "site": ["Arlit"], "date": ["December"]},
        None,
    ),
    (
        "PASAR is to shut for an indefinite period.",
        {"operator": ["PASAR"]},
        None,
    ),
    (
        "Peabody pulled its crews out of the Shoal Creek mine after a fire underground.",
        {"site": ["Shoal Creek"], "cause": ["accident"]},
        None,
    ),
    (
        "Samancor has put ten furnaces to sleep because of high electricity prices.",
        {"operator": ["Samancor"], "cause": ["power"]},
        None,
    ),
]

TRAPS = [
    "Turn off the lights at the office, Glencore told its staff.",
    "Shares of Codelco's rival ran at half the price of the year before.",
    "Trading in the shares of Rio Tinto was halted on Monday.",
    "Indonesia halted exports of nickel ore in 2020.",
    "A strike at Escondida was averted when the union took the offer of BHP.",
    "The mine of Antofagasta at Los Pelambres was not affected by the strike.",
    "Barrick struck a deal with Mali over the Loulo-Gounkoto complex.",
    "Copper closed 2% down at $9,800 a ton after talks with Codelco were suspended.",
    "Vale suspended its dividend after the third quarter.",
    "A force majeure is a clause that frees a seller from its duties.",
    "The drill hole cut 34 m of copper along strike at the Escondida mine.",
    "First Quantum cut its production guidance for Kansanshi to 130,000 tonnes.",
    "Albemarle has stopped construction of the third train at Kemerton.",
    "The Baltic states shut their border with Russia for lorries.",
    "Glencore closed the sale of its stake in the Lomas Bayas mine.",
    "The concert was interrupted by a power cut at the old smelter chimney.",
    "Output at Olympic Dam was unaffected by the storm, BHP said.",
]


@pytest.mark.parametrize(("text", "wanted", "status"), TOLD)
def test_an_outage_is_read_with_place_operator_and_cause(
    text: str, wanted: dict[str, list[str]], status: str | None
) -> None:
    """Each way to tell an outage gives one event with what the sentence states."""
    found = events(text, "disruption")
    assert len(found) == 1
    told = roles(found[0])
    for role, values in wanted.items():
        assert [v for v in values if any(v in t for t in told.get(role, []))] == values
    if status is not None:
        assert found[0].status.value == status


@pytest.mark.parametrize("text", TRAPS)
def test_the_vocabulary_alone_is_no_outage(text: str) -> None:
    """Words of stopping that stop no works give nothing."""
    assert events(text, "disruption") == []


def test_a_cause_is_given_only_where_it_is_stated() -> None:
    """A strike elsewhere in the text is not the reason of this outage."""
    text = "Vale suspended mining at its Onça Puma mine. Talks over wages go on in Canada."
    (event,) = events(text, "disruption")
    assert "cause" not in roles(event)


def test_care_and_maintenance_is_a_state_and_no_reason() -> None:
    """The idiom's word "maintenance" does not count as the cause."""
    (event,) = events(
        "Novo Resources put its Nullagine plant on care and maintenance.", "disruption"
    )
    assert "cause" not in roles(event)


def test_those_who_stay_for_care_and_maintenance_are_no_reason() -> None:
    """ "care, maintenance and security" is what is still done, not why work stopped."""
    found = events(
        "Alphamin Resources stopped mining at its Bisie tin mine in Congo. Only staff needed for "
        "the care, maintenance and security of the mine stay at Bisie.",
        "disruption",
    )
    assert len(found) == 1
    assert "cause" not in roles(found[0])


def test_headline_and_body_tell_one_outage() -> None:
    """The same site in three sentences is one event."""
    text = (
        "Grasberg mine halted after mud rush\n\nFreeport-McMoRan suspended mining at Grasberg.\n\n"
        "Operations at Grasberg were halted on Sept. 8 after the accident, the company said."
    )
    assert len(events(text, "disruption")) == 1


def test_one_firm_stops_two_mines_in_two_countries() -> None:
    """Works that are not named are told apart by their countries."""
    text = (
        "Nyrstar idled its Auby smelter in France in October. "
        "In Tennessee, Nyrstar suspended its two zinc mines in November."
    )
    assert len(events(text, "disruption")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ormet will shutter its aluminum smelter in Hannibal, Ohio, the company said.",
        "BlueScope's Port Kembla furnace was taken out of action by a fire.",
        "Drone attack sparks fire at Rosneft's Tuapse refinery.",
        "Workers at the Escondida copper mine began a strike on Tuesday, the union said.",
        "Anglo American withdrew workers from its Grosvenor mine after an explosion.",
        "Codelco's Chuquicamata smelter is down for maintenance.",
        "Trafigura's Nyrstar to halve output at Hobart zinc smelter from April.",
    ],
)
def test_more_ways_to_stand_still_are_read(text: str) -> None:
    """Idioms, hazards at a works, and people who leave it tell an outage."""
    assert events(text, "disruption")


@pytest.mark.parametrize(
    "text",
    [
        "Maintenance costs at BHP's Olympic Dam rose 5%.",
        "Fire safety rules at Boliden's Aitik mine were updated.",
    ],
)
def test_a_mishap_word_before_another_noun_is_no_outage(text: str) -> None:
    """Costs of maintenance and rules for fires stop nothing."""
    assert not events(text, "disruption")


@pytest.mark.parametrize(
    "text",
    [
        "Glencore halted its Altonorte smelter in Chile on Monday after an accident. "
        "Codelco has also stopped production at the smelter, it said.",
        "Altonorte outage: Glencore stopped the smelter in March. State-owned Codelco said it had "
        "cut output after an accident at the mine.",
        "Glencore declared force majeure at the Altonorte copper smelter in Chile.\n\n"
        "Codelco, the state miner, declared force majeure too after an accident at El Teniente.",
    ],
)
def test_outages_of_two_operators_are_two(text: str) -> None:
    """A works of one operator never takes in what the text tells of another."""
    found = [roles(e) for e in events(text, "disruption")]
    assert [len(f.get("operator", [])) for f in found] == [1, 1]
    assert "Codelco" not in found[0]["operator"]


def test_works_of_one_name_are_one_site() -> None:
    """The mine and its smelter, told of one outage, do not make two of it."""
    found = events(
        "Rio Tinto declared force majeure after shutting the smelter at its Kennecott mine. "
        "The Kennecott smelter was shut after a release of molten copper on September 21.",
        "disruption",
    )
    assert len(found) == 1


def test_a_name_is_not_replaced_by_what_stands_for_it() -> None:
    """ "Anglesey" stays the site when a later sentence says "the plant"."""
    found = events(
        "The Anglesey smelter of Kaiser was running at a third of capacity on Friday after a fire. "
        "A fire in a transformer at the plant had halted it, Kaiser said.",
        "disruption",
    )
    assert roles(found[0])["site"] == ["Anglesey"]
