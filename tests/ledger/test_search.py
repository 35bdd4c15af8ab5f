"""Search: words, phrases, minus, filters; no query breaks it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodewire.ledger import search
from lodewire.ledger.search import SearchFilters
from lodewire.ledger.store import Ledger
from lodewire.ledger.terms import parse_query
from lodewire.model.ids import EntityId, SourceId
from lodewire.model.vocabulary import Desk, EventType, Status

from . import sample
from .sample import DAY


def addresses(desk: Ledger, query: str, filters: SearchFilters | None = None) -> set[str]:
    return {hit.url or "" for hit in desk.search(query, filters)}


ALL = {page[1] for page in sample.PAGES}
DEALS = {
    "https://wire.example/1",
    "https://daily.example/copy",
    "https://weekly.example/own",
}
ROAD = {"https://weekly.example/road"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("khoemacau", DEALS),
        ("KHOEMACAU mine", DEALS),
        ('"group of funds"', DEALS - {"https://weekly.example/own"}),
        ('"funds of group"', set()),
        ("mmg -khoemacau", ROAD),
        ('mmg -"Las Bambas"', DEALS),
        ("khoe*", DEALS),
        ("-mmg", {"https://portal.example/x"}),
        ("", ALL),
        ("weekly", {"https://weekly.example/own", *ROAD}),  # in the title
        ('"group of funds', DEALS - {"https://weekly.example/own"}),  # an open quote
        ("— khoemacau …", DEALS),
        ("nowhere", set()),
    ],
)
def test_words_phrases_and_minus(desk: Ledger, query: str, found: set[str]) -> None:
    assert addresses(desk, query) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (SearchFilters(event_type=EventType.DISRUPTION), ROAD),
        (SearchFilters(status=Status.AGREED), DEALS),
        (SearchFilters(event_type=EventType.DISRUPTION, status=Status.AGREED), set()),
        (SearchFilters(entities=(EntityId("mmg"),)), DEALS | ROAD),
        (SearchFilters(source_id=SourceId("wire")), {"https://wire.example/1"}),
        (SearchFilters(desk=Desk.MINING_METALS), DEALS | ROAD),
        (SearchFilters(desk=Desk.OIL_GAS), set()),
        (SearchFilters(until=DAY), {"https://wire.example/1", "https://portal.example/x"}),
        (SearchFilters(language="de"), set()),
    ],
)
def test_filters_narrow_with_and_without_words(
    desk: Ledger, filters: SearchFilters, found: set[str]
) -> None:
    assert addresses(desk, "", filters) == found
    assert addresses(desk, "mmg", filters) == found & (DEALS | ROAD)


def test_a_hit_shows_its_words_and_leads_to_its_events(desk: Ledger) -> None:
    (hit, *_) = desk.search("khoemacau")
    assert any(marked and text.lower() == "khoemacau" for text, marked in hit.snippet)
    assert [desk.events.get(e).type for e in hit.events] == [EventType.ACQUISITION]


def test_hits_come_in_pages(desk: Ledger) -> None:
    whole = desk.search("mmg")
    paged = desk.search("mmg", limit=2) + desk.search("mmg", limit=2, offset=2)
    assert paged == whole
    assert len(whole) == 4


_PIECES = [
    '"',
    "-",
    "*",
    "(",
    ")",
    "NEAR",
    "AND",
    "OR",
    "NOT",
    ":",
    "^",
    "+",
    "{",
    "}",
    "'",
    "\x00",
]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from([*_PIECES, "mmg", "title", " "]), max_size=12).map("".join),
    )
)
def test_no_query_breaks_the_search(desk: Ledger, query: str) -> None:
    desk.search(query)


def test_a_query_is_taken_apart() -> None:
    terms = parse_query('lithium "hard rock" -brine -"salt lake" alumin* ---')
    assert terms.wanted == ((("lithium",), False), (("hard", "rock"), False), (("alumin*",), True))
    assert terms.unwanted == ((("brine",), False), (("salt", "lake"), False))


def test_of_very_many_found_the_latest_are_ranked(
    desk: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever holds the words: what came last is what a reader of news asks for."""
    found = {hit.document_id for hit in desk.search("mmg")}
    monkeypatch.setattr(search, "RANKED", 2)
    latest = desk.search("mmg")
    assert len(latest) == 2 < len(found)
    marks = [desk.search.new("mmg", after=0, limit=n).mark for n in range(1, len(found) + 1)]
    last_two = desk.search.new("mmg", after=marks[-3]).hits
    assert {hit.document_id for hit in latest} == {hit.document_id for hit in last_two}
    assert {hit.document_id for hit in desk.search("khoemacau mine")} <= found


def test_a_page_of_hits_goes_on_where_the_one_before_ended(desk: Ledger) -> None:
    whole = [hit.document_id for hit in desk.search("mmg", limit=10)]
    pages = [desk.search("mmg", limit=1, offset=at)[0].document_id for at in range(len(whole))]
    assert pages == whole
