"""The sanctions lists: fetched whole, and names looked up in them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.errors import ConfigError
from lodewire.ontology.places import place_of_iso2, place_of_name
from lodewire.pipeline.figures import table_of
from lodewire.pipeline.sanctions import folded, look_up
from lodewire.reference.loaders import eu_list, ofac
from tests.collect.official import good
from tests.collect.official.desk import desk_at, failure, fetch_one, well
from tests.collect.official.local import local_service
from tests.collect.server import respond
from tests.reference.loaders.hostile import PLACE, refused_cleanly


def fetched(tmp_path, name, answer):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, name, service.url)
        well(fetch_one(desk, name))
    return desk, {party.id: party for party in table_of(desk, name)}


@pytest.fixture
def both(tmp_path, monkeypatch):
    monkeypatch.setenv("EU_SANCTIONS_TOKEN", good.KEY)
    fetched(tmp_path, "ofac", good.ofac)
    desk, _ = fetched(tmp_path, "eu-sanctions", good.eu_sanctions)
    return desk


def test_the_ofac_list_gives_names_aliases_programmes_and_countries(tmp_path):
    _, parties = fetched(tmp_path, "ofac", good.ofac)
    firm = parties["101"]
    assert (firm.name, firm.kind) == ("EXAMPLE TRADING L.L.C.", "organisation")
    assert firm.aliases == ("ÉXAMPLE COMMODITIES",)
    assert firm.weak_names == ("ET",)
    assert firm.programmes == ("IRAN", "SDGT")
    assert firm.countries == ("AE", "Farland")
    assert firm.vintage == "2025-03-10"
    assert firm.listed is None
    assert (parties["102"].name, parties["102"].kind) == ("EXAMPLE, Jan", "person")
    assert parties["103"].kind == "vessel"


def test_the_eu_list_gives_names_acts_and_the_day_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("EU_SANCTIONS_TOKEN", good.KEY)
    _, parties = fetched(tmp_path, "eu-sanctions", good.eu_sanctions)
    firm, person = parties["EU.9001.1"], parties["EU.9002.1"]
    assert (firm.name, firm.aliases, firm.weak_names) == (
        "Example Mining JSC",
        ("Пример",),
        ("EM",),
    )
    assert (firm.programmes, firm.countries) == (("RUS",), ("RU",))
    assert firm.listed == date(2022, 3, 15)
    assert firm.remarks == "2022/428 (OJ L87) of 2022-03-15; A firm."
    assert (person.name, person.kind, person.listed) == ("Anna Example", "person", None)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (good.sdn(good.SDN_FIRM, count=2), "2 entries are announced, 1 came"),
        (good.sdn(good.SDN_FIRM, good.SDN_FIRM), "two entries have the uid 101"),
        (good.sdn(good.SDN_FIRM, day="2025-03-10"), "Publish_Date '2025-03-10' is no day"),
        (good.sdn(good.SDN_FIRM.replace("<uid>101</uid>", "")), "entry 1: uid or name"),
        (good.sdn(good.SDN_FIRM)[:-20], "cut off"),
        (b"<rss/>", "publshInformation is missing"),
        (good.sdn(), "holds no rows"),
    ],
)
def test_an_ofac_list_that_cannot_be_whole_is_refused(tmp_path, body, told):
    with local_service(lambda asked: respond(200, body)) as service:
        assert told in failure(fetch_one(desk_at(tmp_path, "ofac", service.url), "ofac"))


def test_a_list_that_lost_half_of_its_parties_is_not_believed(tmp_path):
    entries = [good.SDN_SHIP.replace("103", str(n)) for n in range(200, 240)]
    with local_service(lambda asked: respond(200, good.sdn(*entries))) as service:
        desk = desk_at(tmp_path, "ofac", service.url)
        well(fetch_one(desk, "ofac"))
        service.answer = lambda asked: respond(200, good.sdn(*entries[:10]))
        told = failure(fetch_one(desk, "ofac"))
        assert "30 of 40 rows are missing" in told
        assert "--accept-shrunk" in told
        assert len(table_of(desk, "ofac")) == 40
        outcome = well(fetch_one(desk, "ofac", accept_shrunk=True))
    assert outcome.changes.gone == 30
    assert len(table_of(desk, "ofac")) == 10


def test_a_party_that_left_the_list_leaves_the_table(tmp_path):
    with local_service(good.ofac) as service:
        desk = desk_at(tmp_path, "ofac", service.url)
        well(fetch_one(desk, "ofac"))
        service.answer = lambda asked: respond(200, good.sdn(good.SDN_FIRM, good.SDN_PERSON))
        outcome = well(fetch_one(desk, "ofac"))
    assert outcome.changes.examples == ("gone: 103",)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Example Trading LLC", ("101", "by name")),
        ("example trading", ("101", "by name")),
        ("Example Commodities Ltd.", ("101", "by alias")),
        ("et", ("101", "by weak alias")),
        ("Jan Example", ("102", "by name")),
        ("Example, Jan", ("102", "by name")),
        ("EXAMPLE MINING", ("EU.9001.1", "by name")),
        ("пример", ("EU.9001.1", "by alias")),
    ],
)
def test_a_name_is_found_however_it_is_written(both, name, found):
    (listing,) = look_up(both, name).listings
    assert (listing.party.id, listing.how) == found


@pytest.mark.parametrize(
    "name", ["Example", "Trading", "Example Tradings", "Example Trading Dubai"]
)
def test_a_part_of_a_name_is_no_match(both, name):
    assert look_up(both, name).listings == ()


def test_without_a_list_it_says_what_to_fetch(tmp_path):
    with pytest.raises(ConfigError, match="no sanctions list") as caught:
        look_up(desk_at(tmp_path, "ofac", "http://127.0.0.1:1"), "Example")
    assert "lodewire figures fetch ofac eu-sanctions" in caught.value.hint


def test_one_list_alone_is_looked_at_and_the_other_named(tmp_path):
    desk, _ = fetched(tmp_path, "ofac", good.ofac)
    assert [at is None for _, at in look_up(desk, "Example Trading").lists] == [False, True]


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(min_size=1, max_size=40))
def test_folding_twice_is_folding_once(name):
    assert folded(folded(name)) == folded(name)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(alphabet="abcdeéüßø ", min_size=1, max_size=20))
def test_case_and_form_do_not_count(name):
    assert folded(name.upper()) == folded(name) == folded(f"{name} ".lower())


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    refused_cleanly(lambda: ofac.read_list(body, PLACE, country_of=place_of_name))
    refused_cleanly(lambda: eu_list.read_list(body, PLACE, country_of=place_of_iso2))


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(0, 1000), st.binary(max_size=8))
def test_a_list_with_bytes_overwritten_is_read_or_refused(at, strange):
    for whole, read, country_of in (
        (good.sdn(good.SDN_FIRM, good.SDN_PERSON), ofac.read_list, place_of_name),
        (good.eu_list(good.EU_FIRM, good.EU_PERSON), eu_list.read_list, place_of_iso2),
    ):
        cut = at % len(whole)
        body = whole[:cut] + strange + whole[cut + len(strange) :]
        refused_cleanly(lambda b=body, r=read, c=country_of: r(b, PLACE, country_of=c))


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(alphabet="abUS.é, -ß", min_size=1, max_size=12))
def test_a_name_always_matches_itself(name):
    from lodewire.model.official import SanctionedParty
    from lodewire.pipeline.sanctions import _match

    party = SanctionedParty(source="s", id="1", name=name, kind="other")
    wanted = folded(name)
    assert not wanted or _match(party, wanted) is not None
