"""Pages of the table: every event once, in order, whatever the order and however it is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lodewire.errors import QueryError
from lodewire.ledger import open_ledger
from lodewire.ledger.selecting import EventOrder
from lodewire.ledger.store import Ledger
from lodewire.workbench.answers.cursors import pack
from lodewire.workbench.table.asked import table_ask
from lodewire.workbench.table.reading import all_rows, find, read_page
from tests.web.made import fill


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("table")
    with open_ledger(folder / "desk.db", create=True) as opened:
        fill(opened, Path(folder))
        yield opened


def _yes(_: object) -> bool:
    return True


@pytest.mark.parametrize("order", list(EventOrder))
def test_pages_hold_every_event_once_in_order(ledger: Ledger, order: EventOrder) -> None:
    amount = {"amount": ">= 0 USD"} if order is EventOrder.AMOUNT else {}
    found = find(ledger, table_ask({"sort": order.value, **amount}))
    whole = [row["event"] for row in all_rows(ledger, found, _yes, {}, most=1000)]
    assert len(whole) == len(set(whole)) > 0
    for limit in (1, 2, 50):
        told, cursor = [], ""
        while cursor is not None:
            page = read_page(ledger, found, _yes, {}, cursor=cursor or "", limit=limit)
            told += [row["event"] for row in page.rows]
            cursor = page.cursor  # type: ignore[assignment]
        assert told == whole


def test_a_place_holds_when_its_event_is_gone(ledger: Ledger) -> None:
    found = find(ledger, table_ask({}))
    whole = [place.id for place, _ in found.read(ledger)]
    first = read_page(ledger, found, _yes, {}, limit=1)
    gone = first.rows[0]["event"]
    assert first.cursor is not None
    rest = read_page(ledger, found, lambda e: e.id != gone, {}, cursor=first.cursor)
    assert [r["event"] for r in rest.rows] == whole[1:]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", pack("oldest 2025-01-01 ev_a"), pack("newest soon ev_a"), pack("newest 2025-01-01")],
)
def test_a_place_of_another_table_is_refused(ledger: Ledger, cursor: str) -> None:
    found = find(ledger, table_ask({}))
    if not cursor:
        assert read_page(ledger, found, _yes, {}, cursor=cursor).rows
        return
    with pytest.raises(QueryError):
        read_page(ledger, found, _yes, {}, cursor=cursor)


def test_the_reader_s_first_day_bounds_what_is_found(ledger: Ledger) -> None:
    from datetime import date

    open_ = find(ledger, table_ask({"since": "2020-01-01"}), first=date(2020, 1, 1))
    assert list(all_rows(ledger, open_, _yes, {}, most=10))
    later = find(ledger, table_ask({"since": "2020-01-01"}), first=date(2030, 1, 1))
    assert list(all_rows(ledger, later, _yes, {}, most=10)) == []
