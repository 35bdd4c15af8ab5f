"""Saved searches: kept, looked at, forgotten; what is new is neither missed nor told twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.errors import LedgerError
from lodewire.ledger import migrate
from lodewire.ledger.amounts import AmountFilter
from lodewire.ledger.search import SearchFilters
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import Desk, EventType, Status

from . import sample
from .test_migrations import written_at

NOW = datetime(2023, 11, 24, tzinfo=UTC)
FILTERS = SearchFilters(
    since=sample.DAY,
    desk=Desk.MINING_METALS,
    event_type=EventType.ACQUISITION,
    status=Status.AGREED,
    groups=((EntityId("mmg"), EntityId("x")),),
    amount=AmountFilter(unit="USD", low=Decimal("1e9"), above=True, role="value"),
)


def test_a_search_is_kept_as_it_was_asked(ledger: Ledger) -> None:
    sample.run(ledger)
    ledger.saved.save("deals", "khoemacau", FILTERS, at=NOW, mark=3)
    ledger.saved.save("deals", "khoemacau", FILTERS, at=NOW + timedelta(1), mark=4)
    (kept,) = ledger.saved.all()
    assert (kept.name, kept.query, kept.filters, kept.mark) == ("deals", "khoemacau", FILTERS, 3)
    assert kept.saved_at == kept.looked_at == NOW
    assert ledger.saved.get("deals") == kept
    assert len(ledger.search(kept.query, kept.filters)) == 3
    with pytest.raises(LedgerError, match="another saved search"):
        ledger.saved.save("deals", "other", FILTERS, at=NOW, mark=0)


def test_a_forgotten_one_leaves_its_name_free(ledger: Ledger) -> None:
    ledger.saved.save("a", "x", SearchFilters(), at=NOW, mark=7)
    ledger.saved.forget("a", at=NOW)
    with pytest.raises(LedgerError, match="no search is saved"):
        ledger.saved.get("a")
    for call in (ledger.saved.forget, lambda n, at: ledger.saved.look(n, at=at, mark=1)):
        with pytest.raises(LedgerError, match="no search is saved"):
            call("a", at=NOW)
    ledger.saved.save("a", "y", SearchFilters(), at=NOW, mark=2)
    assert (ledger.saved.get("a").query, ledger.saved.get("a").mark) == ("y", 2)


def test_a_look_never_goes_back(ledger: Ledger) -> None:
    ledger.saved.save("a", "x", SearchFilters(), at=NOW, mark=5)
    ledger.saved.look("a", at=NOW - timedelta(days=3), mark=9)
    ledger.saved.look("a", at=NOW, mark=6)
    assert (ledger.saved.get("a").mark, ledger.saved.get("a").looked_at) == (9, NOW)


def test_what_comes_later_is_new_once(ledger: Ledger) -> None:
    """Also where documents come one by one and only one is printed at a time."""
    pages = sample.captures()
    sample.run(ledger, pages[:1])
    ledger.saved.save("mmg", "mmg", SearchFilters(), at=NOW, mark=ledger.search.mark())
    seen: list[str] = []
    for page in pages[1:]:
        sample.run(ledger, [page])
    for _ in range(10):
        kept = ledger.saved.get("mmg")
        found = ledger.search.new(kept.query, after=kept.mark, limit=1)
        seen += [hit.url or "" for hit in found.hits]
        ledger.saved.look("mmg", at=NOW, mark=found.mark)
    assert seen == [p.url for p in pages[1:] if b"MMG" in p.body]


@settings(max_examples=12, deadline=None)
@given(
    order=st.permutations(range(len(sample.PAGES))),
    saved_after=st.integers(0, len(sample.PAGES)),
    stages=st.lists(st.integers(0, 4), min_size=5, max_size=30),
    limit=st.integers(1, 3),
)
def test_new_is_told_once_whatever_stages_run_between_looks(
    order: list[int], saved_after: int, stages: list[int], limit: int
) -> None:
    """What was not fully read when the search was saved or looked at is new when it is."""
    pages = sample.captures()
    deals = SearchFilters(event_type=EventType.ACQUISITION)
    steps = (
        sample.read_all,
        sample.story_all,
        sample.extract_all,
        sample.resolve_all,
        lambda ledger: look(ledger, limit),
    )
    seen: list[str] = []

    def look(ledger: Ledger, limit: int) -> None:
        kept = ledger.saved.get("deals")
        found = ledger.search.new(kept.query, kept.filters, after=kept.mark, limit=limit)
        seen.extend(hit.document_id for hit in found.hits)
        ledger.saved.look("deals", at=NOW, mark=found.mark)

    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger, [pages[i] for i in order[:saved_after]])
        old = {hit.document_id for hit in ledger.search("", deals)}
        ledger.saved.save("deals", "", deals, at=NOW, mark=ledger.search.mark())
        sample.collect_all(ledger, [pages[i] for i in order[saved_after:]])
        for stage in (*stages, 0, 1, 2, 3, *[4] * len(pages)):
            steps[stage](ledger)
        every = {hit.document_id for hit in ledger.search("", deals)}
    assert set(seen) == every - old
    assert len(every) == 3


def test_a_document_that_is_still_to_be_understood_is_not_passed_over(ledger: Ledger) -> None:
    """It has no events yet when the search is looked at; once it has, it is new."""
    only_deals = SearchFilters(event_type=EventType.ACQUISITION)
    ledger.saved.save("deals", "", only_deals, at=NOW, mark=ledger.search.mark())
    sample.collect_all(ledger, sample.captures())
    sample.read_all(ledger)
    found = ledger.search.new("", only_deals, after=0)
    assert (found.hits, found.mark) == ((), 0)
    sample.story_all(ledger)
    sample.extract_all(ledger)
    sample.resolve_all(ledger)
    found = ledger.search.new("", only_deals, after=found.mark)
    assert len(found.hits) == 3
    assert ledger.search.new("", only_deals, after=found.mark).hits == ()


@pytest.mark.parametrize(
    ("amount", "found"),
    [
        (AmountFilter(unit="USD", low=Decimal("1.89e9")), 1),
        (AmountFilter(unit="USD", low=Decimal("1.88e9")), 3),
        (AmountFilter(unit="USD", high=Decimal("1e9")), 0),
        (AmountFilter(unit="EUR", low=Decimal(1)), 0),
        (AmountFilter(unit="'; DROP TABLE statements; --", low=Decimal(1)), 0),
    ],
)
def test_documents_by_amount(ledger: Ledger, amount: AmountFilter, found: int) -> None:
    sample.run(ledger)
    assert len(ledger.search("", SearchFilters(amount=amount))) == found


def test_events_are_found_by_the_words_of_their_documents(ledger: Ledger) -> None:
    sample.run(ledger)
    ids = ledger.search.event_ids('"blocked the road"')
    assert [e.type for e in ledger.select(among=ids)] == [EventType.DISRUPTION]
    assert ledger.search.event_ids("nowhere") == frozenset()


@pytest.mark.parametrize("revision", migrate.known_revisions()[:-1])
def test_a_ledger_of_an_earlier_schema_is_brought_up_to_date(revision: str, tmp_path: Path) -> None:
    """With all its rows; opened before that, it says what to do."""
    file = tmp_path / "old.db"
    with open_ledger(tmp_path / "full.db", create=True) as full:
        sample.run(full)
        before = full.counts()
        written_at(revision, file, full)
    with pytest.raises(LedgerError, match=f"at schema {revision}") as told:
        open_ledger(file)
    assert "lodewire init" in (told.value.hint or "")
    with open_ledger(file, create=True) as new:
        assert new.counts() == before
        assert before["statements"] > 20
        assert new.integrity() == ()
        new.saved.save("a", "mmg", SearchFilters(), at=NOW, mark=new.search.mark())
        assert [s.name for s in new.saved.all()] == ["a"]
