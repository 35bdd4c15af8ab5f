"""Captures: what was fetched, whole; each body once, whoever points to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import canonical, decode, encode, time_text
from lodewire.ledger.documents import first_before
from lodewire.ledger.packing import CODING, DROPPED, pack, unpack
from lodewire.ledger.schema import bodies, captures, document_captures, documents, sightings
from lodewire.ledger.versions import show_again
from lodewire.ledger.work import Stage
from lodewire.model.capture import Capture, CaptureProof
from lodewire.model.ids import CaptureId, SourceId

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_AT_HAND = 20  # captures in memory while all are handed out


class CaptureStore:
    """Adds captures and hands out those still to be read."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, capture: Capture) -> bool:
        """Keep ``capture`` and queue it for reading; False when the same bytes are there.

        Seen again, only its (and its documents') ``last_seen`` moves on.
        """
        return bool(self.add_all([capture]))

    def add_all(self, many: Iterable[Capture]) -> int:
        """Add several captures in one transaction; returns how many were new."""
        found = list(many)

        def step() -> int:
            with self._access.writing(beside=True) as connection:
                return self._add(connection, found)

        return self._access.again(step)

    def _add(self, connection: Connection, found: Sequence[Capture]) -> int:
        there = set(_among(connection, captures.c.id, (c.id for c in found)))
        fresh: dict[str, Capture] = {}
        for capture in found:
            if capture.id not in there:
                fresh.setdefault(capture.id, capture)
        rows = [_row_of(capture) for capture in fresh.values()]
        self._add_bodies(connection, {c.digest: c.body for c in fresh.values()})
        new: list[tuple[str, str]] = []
        for row in rows:  # one by one, to know which another writer added just now
            if self._access.add_counted(connection, captures, [row]):
                new.append((row["id"], f"{row['first_seen']} {row['id']}"))
        work.enqueue(self._access, connection, Stage.READ, new)
        added = {id_ for id_, _ in new}
        again = [c for c in found if c.id not in added or c is not fresh[c.id]]
        moved = [id_ for capture in again for id_ in self._touch(connection, capture)]
        if again:
            told = _among(
                connection,
                document_captures.c.capture_id,
                (c.id for c in again),
                of=document_captures.c.document_id,
            )
            show_again(self._access, connection, list(told), moved=moved)
        return len(new)

    def get(self, capture_id: CaptureId) -> Capture:
        """Return one capture; raises LedgerError when it is not there."""
        found = self._load([capture_id])
        if not found:
            raise LedgerError(f"no capture {capture_id}", hint="`lodewire search` finds documents")
        return found[0]

    def kept(
        self,
        source_ids: Sequence[SourceId] = (),
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[Capture]:
        """Yield captures with their bytes, earliest first; those whose bytes were dropped are none.

        Of the sources named (all, if none), first seen from ``since`` on and before ``until``.
        A few are held in memory at a time.
        """
        from sqlalchemy import select

        query = (
            select(captures.c.envelope, bodies.c.coding, bodies.c.body)
            .join(bodies, bodies.c.digest == captures.c.digest)
            .where(bodies.c.coding != DROPPED)
            .order_by(captures.c.first_seen, captures.c.id)
        )
        if source_ids:
            query = query.where(captures.c.source_id.in_(list(source_ids)))
        if since is not None:
            query = query.where(captures.c.first_seen >= time_text(since))
        if until is not None:
            query = query.where(captures.c.first_seen < time_text(until))
        with self._access.reading() as connection:
            for row in connection.execution_options(yield_per=_AT_HAND).execute(query):
                yield _capture_of(row)

    def pending(self, stage: Stage | str = Stage.READ, limit: int = 100) -> tuple[Capture, ...]:
        """Return up to ``limit`` captures still to be read, earliest first."""
        with self._access.reading() as connection:
            return self._load(work.next_subjects(connection, Stage(stage), limit))

    def proofs(self, ids: Iterable[CaptureId]) -> tuple[CaptureProof, ...]:
        """Return what is known of captures beside their bytes, in the order asked for."""
        from sqlalchemy import select

        found: dict[str, CaptureProof] = {}
        wanted = list(ids)
        with self._access.reading() as connection:
            for some in chunks(wanted):
                for row in connection.execute(
                    select(captures.c.id, captures.c.digest, captures.c.envelope).where(
                        captures.c.id.in_(some)
                    )
                ):
                    found[row.id] = _proof_of(row)
        return tuple(found[i] for i in wanted if i in found)

    def seen(self, source_id: SourceId, url_or_guid: str) -> bool:
        """Tell whether the source gave a page of this address, or an entry of this guid."""
        return bool(self.known(source_id, [url_or_guid]))

    def known(self, source_id: SourceId, addresses: Iterable[str]) -> frozenset[str]:
        """Return those of ``addresses`` (URLs or guids) that the source has given before."""
        from sqlalchemy import select

        found: set[str] = set()
        with self._access.reading() as connection:
            for some in chunks(addresses):
                for column in (captures.c.requested_url, captures.c.url, captures.c.guid):
                    found.update(
                        connection.scalars(
                            select(column).where(
                                captures.c.source_id == source_id, column.in_(some)
                            )
                        )
                    )
        return frozenset(found)

    def _touch(self, connection: Connection, capture: Capture) -> list[str]:
        """Keep that a capture was met again; returns the documents first seen earlier by it."""
        from sqlalchemy import select

        at = time_text(capture.fetched_at)
        met = [{"capture_id": capture.id, "at": at}]
        ours = captures.c.id == capture.id
        first: str = connection.scalar(select(captures.c.first_seen).where(ours)) or at
        if at < first:  # an earlier fetch, learned later: what was the first is a sighting
            met.append({"capture_id": capture.id, "at": first})
            connection.execute(
                captures.update().where(ours, captures.c.first_seen > at).values(first_seen=at)
            )
        self._access.add_new(connection, sightings, met)
        connection.execute(
            captures.update()
            .where(captures.c.id == capture.id, captures.c.last_seen < at)
            .values(last_seen=at)
        )
        told = select(document_captures.c.document_id).where(
            document_captures.c.capture_id == capture.id
        )
        connection.execute(
            documents.update()
            .where(documents.c.id.in_(told), documents.c.last_seen < at)
            .values(last_seen=at)
        )
        if at >= first:
            return []
        earlier = documents.c.id.in_(told), first_before(at, capture.id)
        moved = list(connection.scalars(select(documents.c.id).where(*earlier)))
        connection.execute(
            documents.update().where(*earlier).values(first_seen=at, capture_id=capture.id)
        )
        return moved

    def _add_bodies(self, connection: Connection, told: Mapping[str, bytes]) -> None:
        from sqlalchemy import select

        codings: dict[str, str] = {}
        query = select(bodies.c.digest, bodies.c.coding)
        for some in chunks(told):
            for row in connection.execute(query.where(bodies.c.digest.in_(some))):
                codings[row.digest] = row.coding
        rows = [
            {"digest": digest, "coding": CODING, "size": len(body), "body": pack(body)}
            for digest, body in told.items()
            if codings.get(digest, DROPPED) == DROPPED
        ]
        self._access.add_new(connection, bodies, [r for r in rows if r["digest"] not in codings])
        # Dropped before, fetched anew.
        again = [r for r in rows if r["digest"] in codings]
        self._access.put(connection, bodies, ("coding", "body"), again)

    def _load(self, ids: Iterable[str]) -> tuple[Capture, ...]:
        from sqlalchemy import select

        found: dict[str, Capture] = {}
        wanted = list(ids)
        with self._access.reading() as connection:
            for some in chunks(wanted):
                for row in connection.execute(
                    select(captures.c.id, captures.c.envelope, bodies.c.coding, bodies.c.body)
                    .join(bodies, bodies.c.digest == captures.c.digest)
                    .where(captures.c.id.in_(some))
                ):
                    found[row.id] = _capture_of(row)
        return tuple(found[i] for i in wanted if i in found)


def _among(
    connection: Connection, column: Any, values: Iterable[str], *, of: Any = None
) -> Iterator[str]:
    """Those of ``values`` that a column holds, or what another column holds beside them."""
    from sqlalchemy import select

    for some in chunks(values):
        told = select(column if of is None else of).where(column.in_(some))
        yield from connection.scalars(told)


def _row_of(capture: Capture) -> dict[str, Any]:
    envelope = encode(replace(capture, body=b""))
    del envelope["body"]
    at = time_text(capture.fetched_at)
    return {
        "id": capture.id,
        "source_id": capture.source_id,
        "requested_url": capture.requested_url,
        "url": capture.url,
        "guid": capture.entry.guid if capture.entry else None,
        "digest": capture.digest,
        "first_seen": at,
        "last_seen": at,
        "envelope": canonical(envelope),
    }


def _capture_of(row: Any) -> Capture:
    envelope = json.loads(row.envelope)
    envelope["body"] = ""
    return replace(decode(Capture, envelope), body=unpack(row.body, row.coding))


def _proof_of(row: Any) -> CaptureProof:
    bare = decode(Capture, {**json.loads(row.envelope), "body": ""})
    return CaptureProof(
        source_id=bare.source_id,
        requested_url=bare.requested_url,
        url=bare.url,
        fetched_at=bare.fetched_at,
        status=bare.status,
        media_type=bare.media_type,
        digest=row.digest,
        entry_key=bare.entry_key,
    )
