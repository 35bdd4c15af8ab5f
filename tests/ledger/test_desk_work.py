"""What analysts keep: each account's own, and gone with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lodewire.ledger.desk_work_tables import OF_ANALYST
from lodewire.ledger.schema import event_members, event_mentions, events
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.account import Account, AccountId
from lodewire.model.desk_work import EventNote, Holdings, TableView
from lodewire.model.ids import EventId
from lodewire.model.tier import Role
from tests.web.made import fill

NOW = datetime(2025, 3, 28, 12, tzinfo=UTC)


def account(name: str) -> Account:
    return Account(
        address=f"{name}@example.org", address_key=name, role=Role.READER, created_at=NOW
    )


MARY, PAUL = account("mary"), account("paul")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("kept")
    with open_ledger(folder / "desk.db", create=True) as opened:
        fill(opened, Path(folder))
        opened.accounts.add(MARY)
        opened.accounts.add(PAUL)
        yield opened


def view(owner: Account, name: str, query: str = "") -> TableView:
    return TableView(account_id=AccountId(owner.id), name=name, query=query, saved_at=NOW)


def note(owner: Account, event: EventId, text: str) -> EventNote:
    return EventNote(account_id=AccountId(owner.id), event_id=event, text=text, written_at=NOW)


def test_views_are_set_anew_renamed_and_dropped_by_name_and_owner(ledger: Ledger) -> None:
    kept = ledger.desk_work
    for told in (view(MARY, "b", "q=1"), view(MARY, "A"), view(PAUL, "b"), view(MARY, "b", "q=2")):
        kept.put_view(told)
    assert [(v.name, v.query) for v in kept.views_of(MARY.id)] == [("A", ""), ("b", "q=2")]
    mine = view(MARY, "b").id
    assert not kept.drop_view(PAUL.id, mine)
    assert not kept.rename_view(PAUL.id, mine, "c", at=NOW)
    assert not kept.rename_view(MARY.id, mine, "A", at=NOW)
    assert kept.rename_view(MARY.id, mine, "c", at=NOW)
    assert kept.rename_view(MARY.id, view(MARY, "c").id, "c", at=NOW)
    assert [(v.name, v.query) for v in kept.views_of(MARY.id)] == [("A", ""), ("c", "q=2")]
    assert [v.name for v in kept.views_of(PAUL.id)] == ["b"]


def test_notes_follow_an_event_that_went_into_another(ledger: Ledger) -> None:
    kept = ledger.desk_work
    first, second = (e.id for e in list(ledger.select())[:2])
    for told in (note(MARY, first, "mine"), note(MARY, first, "mine"), note(PAUL, first, "his")):
        kept.add_note(told)
    assert [n.text for n in kept.notes_on(MARY.id, first)] == ["mine"]
    assert kept.notes_on(MARY.id, second) == ()
    with ledger._access.writing() as connection:
        founder = select(events.c.founder).where(events.c.id == first).scalar_subquery()
        before = connection.execute(
            select(event_members.c.mention_id).where(event_members.c.mention_id == founder)
        ).scalar_one()
        connection.execute(
            event_members.update()
            .where(event_members.c.mention_id == before)
            .values(event_id=second)
        )
        assert connection.scalar(
            select(func.count()).select_from(event_mentions).where(event_mentions.c.id == before)
        )
    assert [n.text for n in kept.notes_on(MARY.id, second)] == ["mine"]
    assert [n.text for n in kept.notes_of(PAUL.id)] == ["his"]
    assert not kept.drop_note(PAUL.id, note(MARY, first, "mine").id)
    assert kept.drop_note(MARY.id, note(MARY, first, "mine").id)


def test_one_table_an_account_and_all_goes_with_it(ledger: Ledger) -> None:
    kept = ledger.desk_work

    def table(owner: Account, body: bytes) -> Holdings:
        return Holdings(
            account_id=AccountId(owner.id), file="bom.csv", version="v", decimal=None,
            rows=1, mapped=1, loaded_at=NOW, body=body,
        )  # fmt: skip

    for owner, body in ((MARY, b"old"), (MARY, b"new"), (PAUL, b"his")):
        kept.keep_holdings(table(owner, body))
    assert kept.holdings_of(MARY.id) == table(MARY, b"new")
    kept.put_view(view(PAUL, "x"))
    kept.add_note(note(PAUL, next(ledger.select()).id, "y"))
    assert ledger.accounts.erase(PAUL.id)
    with ledger._access.reading() as connection:
        for kind in OF_ANALYST:
            mine = select(func.count()).select_from(kind).where(kind.c.account_id == PAUL.id)
            assert connection.scalar(mine) == 0, kind.name
    assert kept.drop_holdings(MARY.id)
    assert kept.holdings_of(MARY.id) is None
