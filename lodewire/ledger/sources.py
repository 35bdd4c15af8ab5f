"""What the ledger remembers of sources: validators per address, and how fetches went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodewire.ledger.access import Access
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.schema import fetches, sources_state
from lodewire.model.ids import SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What to send with the next conditional GET of one address.

    ``verified_at`` is when a user's machine first saw the address answer with what it should.
    """

    source_id: SourceId
    url: str
    checked_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One fetch: ``outcome`` is "ok", "unchanged" (304) or the name of an error.

    ``entries`` counts what the answer listed, ``fresh`` what was new in it.
    """

    source_id: SourceId
    url: str
    at: datetime
    outcome: str
    status: int | None = None
    entries: int = 0
    fresh: int = 0
    detail: str = ""


class SourceStore:
    """Keeps validators and the log of fetches."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def state(self, url: str) -> SourceState | None:
        """Return what is known of an address; None before its first fetch."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            row = connection.execute(
                select(sources_state).where(sources_state.c.url == url)
            ).first()
        return None if row is None else _state_of(row)

    def states(self, source_id: SourceId | None = None) -> tuple[SourceState, ...]:
        """Return the states of all addresses (of one source), by address."""
        from sqlalchemy import select

        query = select(sources_state).order_by(sources_state.c.url)
        if source_id is not None:
            query = query.where(sources_state.c.source_id == source_id)
        with self._access.reading() as connection:
            return tuple(_state_of(row) for row in connection.execute(query))

    def put(self, state: SourceState) -> None:
        """Keep the state of an address; a verification once seen stays."""
        row = {
            "url": state.url,
            "source_id": state.source_id,
            "etag": state.etag,
            "last_modified": state.last_modified,
            "checked_at": time_text(state.checked_at),
            "verified_at": time_text(state.verified_at) if state.verified_at else None,
        }
        columns = ["source_id", "etag", "last_modified", "checked_at"]
        if state.verified_at is not None:
            columns.append("verified_at")
        with self._access.writing(beside=True) as connection:
            self._access.put(connection, sources_state, columns, [row])

    def log(self, many: Iterable[Fetch]) -> None:
        """Add fetches to the log."""
        rows = [
            {
                "source_id": f.source_id,
                "url": f.url,
                "at": time_text(f.at),
                "outcome": f.outcome,
                "status": f.status,
                "entries": f.entries,
                "fresh": f.fresh,
                "detail": f.detail,
            }
            for f in many
        ]
        with self._access.writing(beside=True) as connection:
            self._access.add_new(connection, fetches, rows)

    def fetches(self, source_id: SourceId, *, since: datetime) -> tuple[Fetch, ...]:
        """Return the fetches of a source since a time, oldest first."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            rows = connection.execute(
                select(fetches)
                .where(fetches.c.source_id == source_id, fetches.c.at >= time_text(since))
                .order_by(fetches.c.at, fetches.c.url)
            )
            return tuple(_fetch_of(row) for row in rows)


def _state_of(row: Any) -> SourceState:
    return SourceState(
        source_id=SourceId(row.source_id),
        url=row.url,
        checked_at=time_of(row.checked_at),
        etag=row.etag,
        last_modified=row.last_modified,
        verified_at=time_of(row.verified_at) if row.verified_at is not None else None,
    )


def _fetch_of(row: Any) -> Fetch:
    return Fetch(
        source_id=SourceId(row.source_id),
        url=row.url,
        at=time_of(row.at),
        outcome=row.outcome,
        status=row.status,
        entries=row.entries,
        fresh=row.fresh,
        detail=row.detail,
    )
