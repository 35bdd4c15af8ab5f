"""Captures: what was fetched, whole; each body once, whoever points to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import canonical, decode, encode, time_text
from lodewire.ledger.packing import CODING, DROPPED, pack, unpack
from lodewire.ledger.schema import bodies, captures, document_captures, documents, sightings
from lodewire.ledger.work import Stage
from lodewire.model.capture import Capture, CaptureProof
from lodewire.model.ids import CaptureId, SourceId

if TYPE_CHECKING:
    from sqlalchemy import Connection


class CaptureStore:
    """Adds captures and hands out those still to be read."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, capture: Capture) -> bool:
        """Keep ``capture`` and queue it for reading; False when the same bytes are there.

        Seen again, only its (and its documents') ``last_seen`` moves on.
        """
        return self._access.again(lambda: self._add(capture))

    def _add(self, capture: Capture) -> bool:
        with self._access.writing(beside=True) as connection:
            if self._is_there(connection, capture.id):
                self._touch(connection, capture)
                return False
            row = _row_of(capture)
            self._add_body(connection, capture.body, row["digest"])
            if not self._access.add_counted(connection, captures, [row]):
                self._touch(connection, capture)  # another writer added it just now
                return False
            position = f"{row['first_seen']} {row['id']}"
            work.enqueue(self._access, connection, Stage.READ, [(row["id"], position)])
            return True

    def add_all(self, many: Iterable[Capture]) -> int:
        """Add several captures in one transaction; returns how many were new."""
        found = list(many)

        def step() -> int:
            with self._access.writing(beside=True):
                return sum(self._add(capture) for capture in found)

        return self._access.again(step)

    def get(self, capture_id: CaptureId) -> Capture:
        """Return one capture; raises LedgerError when it is not there."""
        found = self._load([capture_id])
        if not found:
            raise LedgerError(f"no capture {capture_id}", hint="`lodewire search` finds documents")
        return found[0]

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

    def _is_there(self, connection: Connection, capture_id: CaptureId) -> bool:
        from sqlalchemy import select

        there = connection.scalar(select(captures.c.id).where(captures.c.id == capture_id))
        return there is not None

    def _touch(self, connection: Connection, capture: Capture) -> None:
        from sqlalchemy import select

        at = time_text(capture.fetched_at)
        self._access.add_new(connection, sightings, [{"capture_id": capture.id, "at": at}])
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

    def _add_body(self, connection: Connection, body: bytes, digest: str) -> None:
        from sqlalchemy import select

        coding = connection.scalar(select(bodies.c.coding).where(bodies.c.digest == digest))
        if coding is not None and coding != DROPPED:
            return
        row = {"digest": digest, "coding": CODING, "size": len(body), "body": pack(body)}
        if coding is None:
            self._access.add_new(connection, bodies, [row])
        else:  # dropped before, fetched anew
            self._access.put(connection, bodies, ("coding", "body"), [row])

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
