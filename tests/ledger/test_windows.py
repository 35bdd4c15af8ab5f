"""The newest events day by day are those, in that order, of all events placed and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest

from benchmarks import variations
from benchmarks.ledger import fill_up
from lodewire.ledger import selecting, windows
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.ids import EntityId, EventId
from lodewire.model.vocabulary import Desk, EventType, Status
from tests.postgres import Server

_DOCUMENTS = 110


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    """Generated documents of a fortnight, on each engine."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres_server")
        place = server.new_ledger()
    else:
        place = str(tmp_path_factory.mktemp("windows") / "desk.db")
    with open_ledger(place, create=True) as ledger:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(variations, "DOCUMENTS_A_DAY", 9)
            fill_up(ledger, 0, _DOCUMENTS, variations.patterns(_DOCUMENTS))
        yield ledger
    if request.param == "postgresql":
        server.give_back(place)


@pytest.fixture
def by_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Has everything asked of so many events that may fit, or more, looked for day by day."""

    def set_to(many: int) -> None:
        monkeypatch.setattr(selecting, "_MANY", many)

    return set_to


def _filters(desk: Ledger) -> list[EventFilters]:
    days = sorted({e.reported for e in desk.select()} - {None})  # type: ignore[type-var]
    middle = days[len(days) // 2]
    assert isinstance(middle, date)
    named = sorted({s.entity for e in islice(desk.select(), 40) for s in e.statements if s.entity})
    some = frozenset(named[:6])
    return [
        EventFilters(),
        *(EventFilters(desk=d) for d in Desk),
        *(EventFilters(type=t) for t in EventType),
        EventFilters(status=Status.IN_FORCE),
        EventFilters(entities=(some,)),
        EventFilters(entities=(some, frozenset(named))),
        EventFilters(entities=(frozenset({EntityId("nobody")}),)),
        EventFilters(since=middle),
        EventFilters(until=middle),
        EventFilters(since=middle, until=middle),
        EventFilters(since=middle, until=middle - timedelta(days=1)),
        EventFilters(since=date.min, until=date.max, desk=Desk.MINING_METALS),
    ]


def _ids(desk: Ledger, filters: EventFilters) -> list[EventId]:
    return [e.id for e in desk.select(filters)]


def test_day_by_day_finds_what_sorting_finds(
    desk: Ledger, by_day: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked, however long the windows are at first and how they grow."""
    by_day(10**9)
    told = [(filters, _ids(desk, filters)) for filters in _filters(desk)]
    assert len({e.reported for e in desk.select()}) > 9, "enough for several windows"
    by_day(0)
    for few, many, patience in ((60, 300, 4000), (0, 1, 4000), (10**6, 10**6, 4000), (0, 1, 20)):
        monkeypatch.setattr(windows, "_FEW", few)
        monkeypatch.setattr(windows, "_MANY", many)
        monkeypatch.setattr(windows, "_PATIENCE", patience)
        monkeypatch.setattr(windows, "_WORTH", patience // 1000)
        for filters, ids in told:
            assert _ids(desk, filters) == ids, filters


def test_it_goes_on_after_a_place_and_keeps_to_what_words_find(
    desk: Ledger, by_day: Callable[[int], None]
) -> None:
    """After each event of the list, and after one that is not there."""
    by_day(0)
    whole = list(desk.select())
    for at in range(0, len(whole), 17):
        last = whole[at]
        assert last.reported is not None
        after = desk.select(after=(last.reported, last.id), first=5)
        assert [e.id for e in after] == [e.id for e in whole[at + 1 :]]
    among = frozenset(e.id for e in whole[::3])
    assert [e.id for e in desk.select(among=among)] == [e.id for e in whole[::3]]
    day = whole[0].reported
    assert day is not None
    beyond = desk.select(after=(day + timedelta(days=400), EventId("ev_zzz")))
    assert [e.id for e in beyond] == [e.id for e in whole]


def test_a_screenful_does_not_read_the_whole_ledger(
    desk: Ledger, by_day: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows are asked for as they are needed."""
    by_day(0)
    asked: list[tuple[str, str]] = []
    real = windows._window

    def seen(connection, conditions, decided, between, at):  # type: ignore[no-untyped-def]
        asked.append(between)
        return real(connection, conditions, decided, between, at)

    monkeypatch.setattr(windows, "_window", seen)
    first = next(desk.select())
    for_one = len(asked)
    asked.clear()
    assert len(list(desk.select())) > 1
    assert len(asked) > for_one
    assert first.reported is not None
    found = replace(EventFilters(), since=first.reported, until=first.reported)
    asked.clear()
    assert next(desk.select(found)).id == first.id
    assert asked == [(first.reported.isoformat(),) * 2]
