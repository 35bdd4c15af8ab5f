"""What analysts keep under their accounts. Every question names the account: nobody has others'."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.desk_work_tables import event_notes, holdings, table_views
from lodewire.ledger.schema import event_members, events
from lodewire.model.account import AccountId
from lodewire.model.desk_work import EventNote, Holdings, NoteId, TableView, ViewId
from lodewire.model.ids import EventId

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


class DeskWorkStore:
    """Keeps views, notes and tables of what people buy."""

    def __init__(self, access: Access) -> None:
        self._access = access

    # Views of the table

    def put_view(self, view: TableView) -> None:
        """Keep a view; one of the same name is set anew."""
        row = {
            "id": view.id,
            "account_id": view.account_id,
            "name": view.name,
            "query": view.query,
            "saved_at": time_text(view.saved_at),
        }
        with self._access.writing() as connection:
            self._access.put(connection, table_views, ("query", "saved_at"), [row])

    def views_of(self, account: AccountId) -> tuple[TableView, ...]:
        """Return the views of an account, by name."""
        from sqlalchemy import select

        query = select(table_views).where(table_views.c.account_id == account)
        with self._access.reading() as connection:
            found = [
                TableView(
                    account_id=AccountId(row.account_id),
                    name=row.name,
                    query=row.query,
                    saved_at=time_of(row.saved_at),
                )
                for row in connection.execute(query)
            ]
        return tuple(sorted(found, key=lambda v: (v.name.casefold(), v.name)))

    def rename_view(self, account: AccountId, id_: ViewId, name: str, *, at: datetime) -> bool:
        """Give a view another name; False where there is none, or the name has one."""
        with self._access.writing():
            views = {v.id: v for v in self.views_of(account)}
            found = views.get(id_)
            if found is None:
                return False
            new = TableView(account_id=account, name=name, query=found.query, saved_at=at)
            if new.id in views and new.id != id_:
                return False
            self.drop_view(account, id_)
            self.put_view(new)
        return True

    def drop_view(self, account: AccountId, id_: ViewId) -> bool:
        """Delete a view; False where the account has none."""
        mine = (table_views.c.account_id == account, table_views.c.id == id_)
        with self._access.writing() as connection:
            return bool(connection.execute(table_views.delete().where(*mine)).rowcount)

    # Notes on events

    def add_note(self, note: EventNote) -> None:
        """Keep a note; the same one twice is one."""
        row = {
            "id": note.id,
            "account_id": note.account_id,
            "event_id": note.event_id,
            "text": note.text,
            "written_at": time_text(note.written_at),
        }
        with self._access.writing() as connection:
            self._access.add_new(connection, event_notes, [row])

    def notes_of(self, account: AccountId) -> tuple[EventNote, ...]:
        """Return the notes of an account, the latest first."""
        return self._notes(event_notes.c.account_id == account)

    def notes_on(self, account: AccountId, event: EventId) -> tuple[EventNote, ...]:
        """Return an account's notes on a live event, also those on events that went into it."""
        from sqlalchemy import or_, select

        members = select(event_members.c.mention_id).where(
            event_members.c.event_id == event, event_members.c.until.is_(None)
        )
        led_here = select(events.c.id).where(events.c.founder.in_(members))
        on = or_(event_notes.c.event_id == event, event_notes.c.event_id.in_(led_here))
        return self._notes(event_notes.c.account_id == account, on)

    def drop_note(self, account: AccountId, id_: NoteId) -> bool:
        """Delete a note; False where the account has none."""
        mine = (event_notes.c.account_id == account, event_notes.c.id == id_)
        with self._access.writing() as connection:
            return bool(connection.execute(event_notes.delete().where(*mine)).rowcount)

    def _notes(self, *where: ColumnElement[bool]) -> tuple[EventNote, ...]:
        from sqlalchemy import select

        query = (
            select(event_notes)
            .where(*where)
            .order_by(event_notes.c.written_at.desc(), event_notes.c.id)
        )
        with self._access.reading() as connection:
            return tuple(
                EventNote(
                    account_id=AccountId(row.account_id),
                    event_id=EventId(row.event_id),
                    text=row.text,
                    written_at=time_of(row.written_at),
                )
                for row in connection.execute(query)
            )

    # What somebody buys

    def keep_holdings(self, kept: Holdings) -> None:
        """Keep a table in place of the one before."""
        row: dict[str, Any] = {
            "account_id": kept.account_id,
            "file": kept.file,
            "version": kept.version,
            "decimal": kept.decimal,
            "rows": kept.rows,
            "mapped": kept.mapped,
            "loaded_at": time_text(kept.loaded_at),
            "body": kept.body,
        }
        columns = tuple(name for name in row if name != "account_id")
        with self._access.writing() as connection:
            self._access.put(connection, holdings, columns, [row])

    def holdings_of(self, account: AccountId) -> Holdings | None:
        """Return the table of an account; None where it has none."""
        from sqlalchemy import select

        query = select(holdings).where(holdings.c.account_id == account)
        with self._access.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Holdings(
            account_id=AccountId(row.account_id),
            file=row.file,
            version=row.version,
            decimal=row.decimal,
            rows=row.rows,
            mapped=row.mapped,
            loaded_at=time_of(row.loaded_at),
            body=bytes(row.body),
        )

    def drop_holdings(self, account: AccountId) -> bool:
        """Delete the table of an account; False where it has none."""
        with self._access.writing() as connection:
            mine = holdings.c.account_id == account
            return bool(connection.execute(holdings.delete().where(mine)).rowcount)
