"""Documents that edits link with each other, and the fetches that showed them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lodewire.ledger.access import chunks
from lodewire.ledger.edits import Point, Showing, families, showings_of
from lodewire.ledger.schema import (
    captures,
    document_captures,
    documents,
    sightings,
    version_links,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Linked documents: when each was first seen, the links, and every fetch of them."""

    first_seen: Mapping[str, str]
    links: frozenset[tuple[str, str]]
    points: frozenset[Point]
    _families: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def family(self, document_id: str) -> tuple[str, ...]:
        """Return the versions of a document's article, itself included, oldest first."""
        if not self._families:
            self._families.update(families(self.first_seen, self.links))
        return self._families[document_id]

    def showings(
        self, document_id: str, *, family: Collection[str] | None = None
    ) -> tuple[Showing, ...]:
        """Return when a document stood among its family, or the one given."""
        family = self.family(document_id) if family is None else family
        return showings_of(document_id, frozenset(family), self.points)

    def among(self, ids: Collection[str], until: str | None = None) -> Lineage:
        """Return what is known of ``ids`` alone, by the fetches up to a moment."""
        return Lineage(
            first_seen={i: at for i, at in self.first_seen.items() if i in ids},
            links=self.links,
            points=frozenset(
                (at, i) for at, i in self.points if i in ids and (until is None or at <= until)
            ),
        )


def lineage_of(connection: Connection, ids: Iterable[str]) -> Lineage:
    """Return all documents that links lead to from ``ids``, these included."""
    links: set[tuple[str, str]] = set()
    found: set[str] = set()
    wanted = set(ids)
    while wanted:
        found |= wanted
        fresh = _links_of(connection, wanted) - links
        links |= fresh
        wanted = {id_ for pair in fresh for id_ in pair} - found
    first_seen: dict[str, str] = {}
    points: set[Point] = set()
    for some in chunks(sorted(found)):
        first_seen.update(_first_seen(connection, some))
        points |= _points(connection, some)
    return Lineage(first_seen=first_seen, links=frozenset(links), points=frozenset(points))


def _links_of(connection: Connection, ids: Iterable[str]) -> set[tuple[str, str]]:
    from sqlalchemy import or_, select

    found: set[tuple[str, str]] = set()
    for some in chunks(sorted(ids)):
        asked = or_(version_links.c.left_id.in_(some), version_links.c.right_id.in_(some))
        rows = connection.execute(select(version_links).where(asked))
        found.update((row.left_id, row.right_id) for row in rows)
    return found


def _first_seen(connection: Connection, some: list[str]) -> dict[str, str]:
    from sqlalchemy import select

    asked = select(documents.c.id, documents.c.first_seen).where(documents.c.id.in_(some))
    return {row.id: row.first_seen for row in connection.execute(asked)}


def _points(connection: Connection, some: list[str]) -> set[Point]:
    """Every fetch that showed the documents: the first of each capture, and those after it."""
    from sqlalchemy import select

    ours = document_captures.c.document_id.in_(some)
    first = select(captures.c.first_seen, document_captures.c.document_id).join(
        document_captures, document_captures.c.capture_id == captures.c.id
    )
    again = select(sightings.c.at, document_captures.c.document_id).join(
        document_captures, document_captures.c.capture_id == sightings.c.capture_id
    )
    return {
        (at, id_) for asked in (first, again) for at, id_ in connection.execute(asked.where(ours))
    }
