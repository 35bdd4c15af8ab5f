"""Occurrences of scheduled jobs: taken by one process each, taken again when its word has lapsed.

A row is added by whoever runs it, so that of any number of serving processes one does. While it
runs its holder renews the lease; a lease that has passed says that the holder is gone, and the
occurrence may be taken again. Of a failure the lease is the time of the next attempt.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.quarantine import storable
from lodewire.ledger.schedule_tables import occurrences
from lodewire.model.schedule import Job, Occurrence

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

#: Characters kept of what a job printed, from the end.
TAIL = 2_000
_KEPT = timedelta(days=90)
_row = occurrences.c


class ScheduleStore:
    """Keeps what was due, who ran it and what came of it."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def watch(self, job: Job, *, at: datetime) -> datetime:
        """Note from when a job is watched, where that is new; return from when it is.

        What was due before is nobody's omission and not made up.
        """
        from sqlalchemy import func, select

        with self._access.writing() as connection:
            query = select(func.min(_row.due)).where(_row.job == job.value)
            found = connection.scalar(query)
            if found is None:
                mark = _values(job, at, holder="", until=None, now=at) | {
                    "ended": time_text(at),
                    "attempts": 0,
                }
                self._access.add_new(connection, occurrences, [mark])
        return at if found is None else time_of(found)

    def take(
        self,
        job: Job,
        due: datetime,
        *,
        holder: str,
        now: datetime,
        until: datetime,
        lane: Sequence[Job] = (),
    ) -> Occurrence | None:
        """Take an occurrence until a time: a new one, or one whose lease has passed.

        None where somebody else has it, it is settled, or a job of ``lane`` is running. Writers
        take turns, so of two who ask at once one is given it.
        """
        with self._access.writing() as connection:
            if any(o.job in lane and o.due != due for o in self._where(_running(now))):
                return None
            values = _values(job, due, holder=holder, until=until, now=now)
            if self._access.add_counted(connection, occurrences, [values]):
                old = time_text(now - _KEPT)
                connection.execute(
                    occurrences.delete().where(_row.lease_until.is_(None), _row.due < old)
                )
            else:
                again = {k: v for k, v in values.items() if k not in ("job", "due", "attempts")}
                done = connection.execute(
                    occurrences.update()
                    .where(*_is(job, due), _row.lease_until <= time_text(now))
                    .values(again | {"attempts": _row.attempts + 1})
                )
                if not done.rowcount:
                    return None
            return self.get(job, due)

    def renew(self, taken: Occurrence, *, until: datetime) -> bool:
        """Hold on to an occurrence; False where it is this holder's no more."""
        return self._change(taken, lease_until=time_text(until))

    def release(self, taken: Occurrence, *, at: datetime, tail: str = "") -> bool:
        """Give an unfinished occurrence back, to be taken at once; the attempt does not count."""
        return self._change(
            taken, lease_until=time_text(at), attempts=_row.attempts - 1, tail=_end(tail)
        )

    def settle(
        self,
        taken: Occurrence,
        *,
        code: int | None,
        at: datetime,
        tail: str = "",
        again: datetime | None = None,
    ) -> bool:
        """Say how an attempt ended, and when there is another; False where it is another's."""
        return self._change(
            taken,
            ended=time_text(at),
            code=code,
            tail=_end(tail),
            lease_until=None if again is None else time_text(again),
        )

    def _change(self, taken: Occurrence, **values: Any) -> bool:
        mine = (*_is(taken.job, taken.due), _row.holder == taken.holder)
        current = (_row.ended.is_(None), _row.started == time_text(taken.started))
        with self._access.writing() as connection:
            done = connection.execute(occurrences.update().where(*mine, *current).values(values))
            return bool(done.rowcount)

    def drop(self, open_: Occurrence, *, at: datetime, tail: str) -> bool:
        """Settle an occurrence that nobody holds and nobody shall take again."""
        same = (_row.attempts == open_.attempts, _row.lease_until <= time_text(at))
        values = {"lease_until": None, "ended": time_text(open_.ended or at)}
        if open_.ended is None:
            values["tail"] = _end(tail)
        with self._access.writing() as connection:
            done = connection.execute(
                occurrences.update().where(*_is(open_.job, open_.due), *same).values(values)
            )
            return bool(done.rowcount)

    def get(self, job: Job, due: datetime) -> Occurrence | None:
        """Return an occurrence; None where nobody took it."""
        return next(iter(self._where(*_is(job, due))), None)

    def open(self, now: datetime) -> tuple[Occurrence, ...]:
        """Return what may be taken again: its holder has vanished, or it is time to retry."""
        return self._where(_row.lease_until <= time_text(now))

    def running(self, now: datetime) -> tuple[Occurrence, ...]:
        """Return what runs in any process, the longest due first."""
        return self._where(_running(now))

    def last(self, job: Job) -> Occurrence | None:
        """Return the latest occurrence of a job; None before its first."""
        return self._latest(job, _row.attempts > 0)

    def last_success(self, job: Job) -> Occurrence | None:
        """Return the latest occurrence of a job that ended well."""
        return self._latest(job, _row.attempts > 0, _row.code == 0, _row.ended.is_not(None))

    def _latest(self, job: Job, *conditions: ColumnElement[bool]) -> Occurrence | None:
        from sqlalchemy import select

        query = select(occurrences).where(_row.job == job.value, *conditions)
        with self._access.reading() as connection:
            found = connection.execute(query.order_by(_row.due.desc()).limit(1)).first()
        return None if found is None else _occurrence(found)

    def _where(self, *conditions: ColumnElement[bool]) -> tuple[Occurrence, ...]:
        from sqlalchemy import select

        query = select(occurrences).where(*conditions).order_by(_row.due, _row.job)
        with self._access.reading() as connection:
            return tuple(map(_occurrence, connection.execute(query)))


def _is(job: Job, due: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _row.job == job.value, _row.due == time_text(due)


def _running(now: datetime) -> ColumnElement[bool]:
    from sqlalchemy import and_

    return and_(_row.ended.is_(None), _row.lease_until > time_text(now))


def _values(
    job: Job, due: datetime, *, holder: str, until: datetime | None, now: datetime
) -> dict[str, Any]:
    return {
        "job": job.value,
        "due": time_text(due),
        "holder": storable(holder),
        "lease_until": None if until is None else time_text(until),
        "started": time_text(now),
        "ended": None,
        "code": None,
        "attempts": 1,
        "tail": "",
    }


def _end(text: str) -> str:
    return storable(text.strip())[-TAIL:]


def _occurrence(row: Any) -> Occurrence:
    return Occurrence(
        job=Job(row.job),
        due=time_of(row.due),
        holder=row.holder,
        lease_until=None if row.lease_until is None else time_of(row.lease_until),
        started=time_of(row.started),
        ended=None if row.ended is None else time_of(row.ended),
        code=row.code,
        attempts=row.attempts,
        tail=row.tail,
    )
