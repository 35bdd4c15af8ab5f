"""Versions stand in intervals: which text of an address stood from when to when."""

from __future__ import annotations

from itertools import combinations

import sqlalchemy as sa
from alembic import op

from lodewire.ledger.edits import Point, families, is_edit, showings_of

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_TIME = sa.String(length=32)

_DOCUMENTS = sa.table(
    "documents",
    *(
        sa.column(name)
        for name in ("id", "url", "source_id", "role", "title", "text", "published", "first_seen")
    ),
)
_READ = sa.table("document_captures", sa.column("document_id"), sa.column("capture_id"))
_CAPTURES = sa.table("captures", sa.column("id"), sa.column("first_seen"))
_SIGHTINGS = sa.table("sightings", sa.column("capture_id"), sa.column("at"))
_SUPERSEDED = sa.table("superseded", sa.column("document_id"))


def upgrade() -> None:
    """Add the tables, fill them from what was fetched, and drop the marks of before."""
    op.create_table(
        "version_links",
        sa.Column("left_id", _ID, nullable=False),
        sa.Column("right_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["left_id"], ["documents.id"]),
        sa.ForeignKeyConstraint(["right_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("left_id", "right_id"),
    )
    op.create_index("version_links_right", "version_links", ["right_id"], unique=False)
    op.create_table(
        "showings",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=True),
        sa.Column("by_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.ForeignKeyConstraint(["by_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document_id", "since"),
    )
    _fill(op.get_bind())
    op.drop_table("superseded")


def _fill(connection: sa.Connection) -> None:
    """Of every address at which something was superseded; no other has versions."""
    place = [_DOCUMENTS.c[name] for name in ("url", "source_id", "role", "published")]
    marked = sa.select(_SUPERSEDED.c.document_id)
    for where in connection.execute(
        sa.select(*place).where(_DOCUMENTS.c.id.in_(marked)).distinct()
    ).all():
        same = [c.is_not_distinct_from(value) for c, value in zip(place, where, strict=True)]
        told = connection.execute(sa.select(_DOCUMENTS).where(*same)).all()
        _fill_one(connection, {row.id: row for row in told})


def _fill_one(connection: sa.Connection, told: dict[str, sa.Row[tuple[str, ...]]]) -> None:
    read: dict[str, set[str]] = {id_: set() for id_ in told}
    points: set[Point] = set()
    for id_ in told:
        ours = _READ.c.document_id == id_
        first = sa.select(_CAPTURES.c.first_seen, _CAPTURES.c.id).join(
            _READ, _READ.c.capture_id == _CAPTURES.c.id
        )
        again = sa.select(_SIGHTINGS.c.at, _SIGHTINGS.c.capture_id).join(
            _READ, _READ.c.capture_id == _SIGHTINGS.c.capture_id
        )
        for asked in (first, again):
            for at, capture_id in connection.execute(asked.where(ours)):
                points.add((at, id_))
                read[id_].add(capture_id)
    links = [
        (a, b)
        for a, b in combinations(sorted(told), 2)
        if read[a].isdisjoint(read[b])
        and is_edit(told[a].title, told[a].text, told[b].title, told[b].text)
    ]
    first_seen = {id_: row.first_seen for id_, row in told.items()}
    for id_, family in families(first_seen, links).items():
        if len(family) > 1:
            _write_one(connection, id_, family, points)
            if any(len(showings_of(i, frozenset(family), points)) > 1 for i in family):
                _recall(connection, id_)
    _insert(connection, "version_links", ("left_id", "right_id"), links)


def _write_one(
    connection: sa.Connection, id_: str, family: tuple[str, ...], points: set[Point]
) -> None:
    shown = showings_of(id_, frozenset(family), points)
    _insert(connection, "showings", ("document_id", "since", "until", "by_id"), shown)
    connection.execute(
        sa.text("DELETE FROM versions WHERE document_id = :document_id"), {"document_id": id_}
    )
    _insert(connection, "versions", ("document_id", "first_id"), [(id_, family[0])])


def _recall(connection: sa.Connection, id_: str) -> None:
    """Have a version placed anew where one came back: before, what came back told nothing."""
    connection.execute(
        sa.text(
            "INSERT INTO work (stage, subject, position) "
            "SELECT 'resolve', d.id, d.day || ' 0 ' || d.id FROM documents d WHERE d.id = :id "
            "AND EXISTS (SELECT 1 FROM readings r WHERE r.document_id = d.id) "
            "AND EXISTS (SELECT 1 FROM event_mentions m WHERE m.document_id = d.id) "
            "AND NOT EXISTS (SELECT 1 FROM work w WHERE w.stage = 'resolve' AND w.subject = d.id)"
        ),
        {"id": id_},
    )


def _insert(
    connection: sa.Connection,
    name: str,
    columns: tuple[str, ...],
    rows: list[tuple[str, str]] | tuple[tuple[str | None, ...], ...],
) -> None:
    if rows:
        table = sa.table(name, *(sa.column(c) for c in columns))
        connection.execute(table.insert(), [dict(zip(columns, r, strict=True)) for r in rows])


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
