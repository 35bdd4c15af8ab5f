"""Retention: the bytes of old captures may go; what they state, and the words of it, stay.

A body that was dropped keeps its row (digest, size), with when and why in place of the bytes, so
that a check tells it from one that is lost. Documents, statements and quotes are not touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import canonical, time_text
from lodewire.ledger.packing import DROPPED
from lodewire.ledger.schema import bodies, captures, document_captures, quarantine, work
from lodewire.ledger.work import Stage
from lodewire.model.ids import SourceId

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

_BATCH = 200
# What a feed gave of the page's own words: kept as long as the page itself.
_WORDS = ("summary_html", "content_html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Captures of a source (of all, if None) last seen before a time may go."""

    before: datetime
    source_id: SourceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """How many bodies, of how many captures, and the bytes they take as packed."""

    bodies: int = 0
    captures: int = 0
    size: int = 0


class Retention:
    """Drops bodies by rule and tells which were dropped."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def due(self, rules: Sequence[Rule]) -> Dropped:
        """Return what :meth:`drop` would drop."""
        with self._access.reading() as connection:
            return _sum(_due(connection, rules))

    def drop(self, rules: Sequence[Rule], *, at: datetime, reason: str) -> Dropped:
        """Drop every body whose captures all fall under a rule and have been read.

        In batches, each a transaction; dropping again changes nothing. A body that is fetched
        anew by another capture is kept anew.
        """
        note = canonical({"dropped_at": time_text(at), "reason": reason}).encode()
        total = Dropped()
        with self._access.reading() as connection:
            digests = [row.digest for row in _due(connection, rules)]
        for at_row in range(0, len(digests), _BATCH):
            some = digests[at_row : at_row + _BATCH]
            with self._access.writing() as connection:
                # A capture added just now may point to one of them.
                self._access.backend.hold_still(connection)
                rows = list(_due(connection, rules, some))
                _drop(connection, [row.digest for row in rows], note)
            told = _sum(iter(rows))
            total = Dropped(
                bodies=total.bodies + told.bodies,
                captures=total.captures + told.captures,
                size=total.size + told.size,
            )
        return total

    def dropped(self) -> int:
        """Return how many bodies were dropped on purpose."""
        from sqlalchemy import func, select

        query = select(func.count()).where(bodies.c.coding == DROPPED)
        with self._access.reading() as connection:
            return connection.scalar(query) or 0


def _due(
    connection: Connection, rules: Sequence[Rule], among: Sequence[str] | None = None
) -> Iterator[Any]:
    """Rows (digest, how many captures, packed size) that may go, by digest."""
    from sqlalchemy import and_, exists, func, not_, select

    if not rules:
        return
    falls = _falls(rules)
    held = captures.alias("held")
    needed = exists().where(held.c.digest == bodies.c.digest, not_(_falls(rules, held)))
    query = (
        select(
            bodies.c.digest,
            func.count(captures.c.id).label("captures"),
            func.length(bodies.c.body).label("size"),
        )
        .select_from(bodies)
        .join(captures, and_(captures.c.digest == bodies.c.digest, falls))
        .where(bodies.c.coding != DROPPED, ~needed)
        .group_by(bodies.c.digest)
        .order_by(bodies.c.digest)
    )
    if among is None:
        yield from connection.execute(query)
        return
    for some in chunks(among):
        yield from connection.execute(query.where(bodies.c.digest.in_(some)))


def _falls(rules: Sequence[Rule], table: Any = captures) -> ColumnElement[bool]:
    """A capture that a rule lets go, and that no stage still needs."""
    from sqlalchemy import and_, exists, or_, true

    waiting = exists().where(work.c.stage == Stage.READ.value, work.c.subject == table.c.id)
    aside = exists().where(
        quarantine.c.stage == Stage.READ.value, quarantine.c.subject == table.c.id
    )
    unplaced = exists().where(  # an undated document's day is that of its capture
        document_captures.c.capture_id == table.c.id,
        document_captures.c.document_id == work.c.subject,
        work.c.stage == Stage.STORY.value,
    )
    told = [
        and_(
            table.c.last_seen < time_text(rule.before),
            true() if rule.source_id is None else table.c.source_id == rule.source_id,
        )
        for rule in rules
    ]
    return and_(or_(*told), ~waiting, ~aside, ~unplaced)


def _drop(connection: Connection, digests: Sequence[str], note: bytes) -> None:
    from sqlalchemy import select

    for some in chunks(digests):
        connection.execute(
            bodies.update().where(bodies.c.digest.in_(some)).values(coding=DROPPED, body=note)
        )
        rows = connection.execute(
            select(captures.c.id, captures.c.envelope).where(captures.c.digest.in_(some))
        ).all()
        for row in rows:
            envelope = json.loads(row.envelope)
            entry = envelope.get("entry") or {}
            if [name for name in _WORDS if entry.pop(name, None) is not None]:
                connection.execute(
                    captures.update()
                    .where(captures.c.id == row.id)
                    .values(envelope=canonical(envelope))
                )


def _sum(rows: Iterator[Any]) -> Dropped:
    found = list(rows)
    return Dropped(
        bodies=len(found),
        captures=sum(row.captures for row in found),
        size=sum(row.size for row in found),
    )
