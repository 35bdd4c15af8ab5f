"""What is still to be done, stage by stage.

A step adds its results, takes its own row of work away and adds the rows of the next stage in one
transaction: killed anywhere, the step is either done or still to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.schema import work

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Stage(StrEnum):
    """The steps after collecting, in order; the subject of READ is a capture, else a document."""

    READ = "read"
    STORY = "story"
    EXTRACT = "extract"
    RESOLVE = "resolve"


def enqueue(
    access: Access, connection: Connection, stage: Stage, subjects: Iterable[tuple[str, str]]
) -> None:
    """Add (subject, position) pairs as work of ``stage``; those already there stay."""
    access.add_new(
        connection,
        work,
        [{"stage": stage.value, "subject": s, "position": p} for s, p in subjects],
    )


def position_of(connection: Connection, stage: Stage, subject: str) -> str | None:
    """Return where ``subject`` stands in the work of ``stage``; None when it is not due."""
    from sqlalchemy import select

    return connection.scalar(
        select(work.c.position).where(work.c.stage == stage.value, work.c.subject == subject)
    )


def waiting_among(connection: Connection, stage: Stage, subjects: Sequence[str]) -> Sequence[str]:
    """Return those of ``subjects`` that wait for ``stage``."""
    told = {"of": stage.value, "some": list(subjects)}
    return list(connection.scalars(_waiting(), told))


def finish(connection: Connection, stage: Stage, subjects: Iterable[str]) -> None:
    """Take away the work of ``stage`` on ``subjects``."""
    for some in chunks(subjects):
        connection.execute(_finish(), {"of": stage.value, "some": some})


def advance(connection: Connection, stage: Stage, to: Stage, subjects: Iterable[str]) -> None:
    """Turn the work of ``stage`` on ``subjects`` into work of stage ``to``, in its place."""
    for some in chunks(subjects):
        told = {"of": stage.value, "then": to.value, "some": some}
        # Only where there is work to turn: a step done twice must not take away what is due next.
        connection.execute(_make_room(), told)
        connection.execute(_advance(), told)


@cache
def _ours() -> Any:
    from sqlalchemy import and_, bindparam

    return and_(
        work.c.stage == bindparam("of"), work.c.subject.in_(bindparam("some", expanding=True))
    )


@cache
def _waiting() -> Any:
    from sqlalchemy import select

    return select(work.c.subject).where(_ours())


@cache
def _finish() -> Any:
    return work.delete().where(_ours())


@cache
def _make_room() -> Any:
    from sqlalchemy import bindparam, select

    due = work.alias("due")
    some = due.c.subject.in_(bindparam("some", expanding=True))
    turning = select(due.c.subject).where(due.c.stage == bindparam("of"), some)
    return work.delete().where(work.c.stage == bindparam("then"), work.c.subject.in_(turning))


@cache
def _advance() -> Any:
    from sqlalchemy import bindparam

    return work.update().where(_ours()).values(stage=bindparam("then"))


def next_subjects(connection: Connection, stage: Stage, limit: int) -> Sequence[str]:
    """Return up to ``limit`` subjects of ``stage``, in order of position.

    Inside a writing transaction they are this writer's until it ends: others are given the next.
    """
    from sqlalchemy import select

    query = (
        select(work.c.subject)
        .where(work.c.stage == stage.value)
        .order_by(work.c.position, work.c.subject)
        .limit(limit)
    )
    if connection.get_execution_options().get("lodewire_writes", False):
        query = query.with_for_update(skip_locked=True)
    found = connection.execute(query)
    return [row.subject for row in found]
