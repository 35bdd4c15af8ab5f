"""What was known at a past moment: the conditions and tables that a query asks in place of now's.

``at`` is the text of a moment (:func:`.codec.time_text`), or None for now; every function gives
the plain, present form for None. A document is known once it was first seen and placed. What
changes a row keeps the row as it was before, in a table of moves: the earliest move after ``at``
tells how it stood then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lodewire.ledger.schema import (
    captures,
    document_captures,
    documents,
    event_members,
    judgement_moves,
    judgements,
    sightings,
    statements,
    story_members,
    story_moves,
    versions,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from lodewire.ledger.access import Access


def known(at: str | None) -> Any:
    """Return the condition that a row of ``documents`` was known."""
    from sqlalchemy import and_, exists, true

    if at is None:
        return true()
    # Named tables only are those of the query around it: it may name the tables within as well.
    move = story_moves.alias("first_moves")
    unplaced = (
        exists()
        .where(
            move.c.document_id == documents.c.id,
            move.c.at > at,
            move.c.story_id.is_(None),
        )
        .correlate(documents)
    )
    return and_(documents.c.first_seen <= at, ~unplaced)


def known_ids(at: str) -> Any:
    """Return a SELECT of the ids of the documents known."""
    from sqlalchemy import select

    return select(documents.c.id).where(known(at))


def member_holds(at: str | None) -> Any:
    """Return the condition that a row of ``event_members`` held."""
    from sqlalchemy import and_, or_

    if at is None:
        return event_members.c.until.is_(None)
    return and_(
        event_members.c.since <= at,
        or_(event_members.c.until.is_(None), event_members.c.until > at),
    )


def places(at: str | None) -> Any:
    """Return a subquery of the places in stories, with the columns of ``story_members``.

    All versions of an edited article are of the origin of its first. The subquery tells nothing
    of documents that were not known.
    """
    from sqlalchemy import func, select

    own, first = raw_places(at).alias("own"), story_members.alias("first")
    held = [first.c.origin_id, own.c.origin_id]
    if at is not None:
        held.insert(0, _first_origin(at))
    origin = func.coalesce(*held).label("origin_id")
    return (
        select(*(origin if c.name == "origin_id" else c for c in own.c))
        .select_from(own)
        .outerjoin(versions, versions.c.document_id == own.c.document_id)
        .outerjoin(first, first.c.document_id == versions.c.first_id)
        .subquery("places")
    )


def _first_origin(at: str) -> Any:
    """The origin that an article's first version had, where its place moved since."""
    from sqlalchemy import func, select

    move, later = story_moves.alias("first_move"), story_moves.alias("first_later")
    of_first = move.c.document_id == versions.c.first_id
    earliest = (
        select(func.min(later.c.at))
        .where(later.c.document_id == versions.c.first_id, later.c.at > at)
        .correlate(versions)
        .scalar_subquery()
    )
    return (
        select(move.c.origin_id)
        .where(of_first, move.c.at == earliest)
        .correlate(versions)
        .scalar_subquery()
    )


def raw_places(at: str | None) -> Any:
    """Return :func:`places` as clustering gave them, each document by itself."""
    from sqlalchemy import and_, case, func, select

    if at is None:
        return story_members
    later = story_moves.alias("later_moves")
    first_move = (
        select(func.min(later.c.at))
        .where(later.c.document_id == story_members.c.document_id, later.c.at > at)
        .correlate(story_members)
        .scalar_subquery()
    )
    moved = and_(
        story_moves.c.document_id == story_members.c.document_id, story_moves.c.at == first_move
    )
    columns = [
        case(
            (story_moves.c.document_id.is_not(None), story_moves.c[name]),
            else_=story_members.c[name],
        ).label(name)
        for name in ("story_id", "origin_id", "relation", "similarity", "joined")
    ]
    return (
        select(story_members.c.document_id, *columns)
        .select_from(story_members)
        .join(documents, documents.c.id == story_members.c.document_id)
        .outerjoin(story_moves, moved)
        .where(known(at))
        .subquery("raw_places")
    )


def last_seen(at: str | None) -> Any:
    """Return the column that tells when a document was last seen."""
    from sqlalchemy import case, func, select

    if at is None:
        return documents.c.last_seen
    told_of = document_captures.c.document_id == documents.c.id
    read = captures.join(document_captures, document_captures.c.capture_id == captures.c.id)
    first = (
        select(func.max(captures.c.first_seen))
        .select_from(read)
        .where(told_of, captures.c.first_seen <= at)
        .correlate(documents)
        .scalar_subquery()
    )
    again = (
        select(func.max(sightings.c.at))
        .join(document_captures, document_captures.c.capture_id == sightings.c.capture_id)
        .where(told_of, sightings.c.at <= at)
        .correlate(documents)
        .scalar_subquery()
    )
    return case(
        (documents.c.last_seen <= at, documents.c.last_seen),
        (again > first, again),
        else_=first,
    )


def retracted(at: str | None) -> Any:
    """Return the column that tells when a statement was retracted; null while it stood."""
    from sqlalchemy import case, null

    if at is None:
        return statements.c.retracted_at
    gone = statements.c.retracted_at
    return case((gone <= at, gone), else_=null())


def standing_judgements(at: str | None) -> Any:
    """Return a SELECT of the judgements that stood, with the columns of their table."""
    from sqlalchemy import and_, case, func, literal, or_, select

    if at is None:
        return select(judgements).where(judgements.c.deleted_at.is_(None))
    later = judgement_moves.alias("later_moves")
    first_move = (
        select(func.min(later.c.at))
        .where(
            later.c.id == judgements.c.id,
            later.c.judged_at == judgements.c.judged_at,
            later.c.at > at,
        )
        .correlate(judgements)
        .scalar_subquery()
    )
    moved = and_(
        judgement_moves.c.id == judgements.c.id,
        judgement_moves.c.judged_at == judgements.c.judged_at,
        judgement_moves.c.at == first_move,
    )
    held = judgement_moves.c.id.is_not(None)
    columns = [
        case((held, judgement_moves.c[name]), else_=judgements.c[name]).label(name)
        for name in ("opinion", "score", "reason")
    ]
    stood = case(
        (held, judgement_moves.c.opinion.is_not(None)),
        else_=or_(judgements.c.deleted_at.is_(None), judgements.c.deleted_at > at),
    )
    kept = [judgements.c[name] for name in ("id", "judged_at", "left_id", "right_id", "author")]
    return (
        select(*kept, *columns, literal(None).label("deleted_at"))
        .select_from(judgements)
        .outerjoin(judgement_moves, moved)
        .where(judgements.c.judged_at <= at, stood)
    )


def keep_moves(
    access: Access,
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    at: str,
) -> None:
    """Keep how ``rows`` stood until ``at``, before they change. ``rows`` lack only the time.

    A row that moves twice at one moment keeps the first; one that moved later already keeps its
    order, so that no moment finds a state which never held.
    """
    if not rows:
        return
    key = [c.name for c in table.primary_key.columns if c.name != "at"]
    kept = []
    for row in rows:
        latest = _latest_move(connection, table, {name: row[name] for name in key})
        kept.append({**row, "at": max(at, latest or at)})
    access.add_new(connection, table, kept)


def _latest_move(connection: Connection, table: Table, key: Mapping[str, str]) -> str | None:
    from sqlalchemy import func, select

    ours = [table.c[name] == value for name, value in key.items()]
    found: str | None = connection.scalar(select(func.max(table.c.at)).where(*ours))
    return found


def ids_known(connection: Connection, ids: Iterable[str], at: str | None) -> frozenset[str]:
    """Return those of the documents ``ids`` that were known."""
    from sqlalchemy import select

    from lodewire.ledger.access import chunks

    found: set[str] = set()
    for some in chunks(ids):
        found.update(
            connection.scalars(select(documents.c.id).where(documents.c.id.in_(some), known(at)))
        )
    return frozenset(found)
