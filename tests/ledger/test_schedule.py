"""Occurrences of scheduled jobs, on either engine: run once, held by a lease, taken again once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from lodewire.ledger.schedule import TAIL
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.schedule import Job, Occurrence

from .sample import MORNING

LEASE = timedelta(seconds=60)
LANE = (Job.RUN, Job.COLLECT)


def take(
    ledger: Ledger, holder: str = "one", *, job: Job = Job.RUN, due: datetime = MORNING,
    now: datetime = MORNING, lane: tuple[Job, ...] = LANE,
) -> Occurrence | None:  # fmt: skip
    return ledger.schedule.take(job, due, holder=holder, now=now, until=now + LEASE, lane=lane)


def test_one_of_many_who_ask_at_once_is_given_it(new_place: Callable[[], str]) -> None:
    """Each with connections of its own, as processes have."""
    place = new_place()
    given: list[str] = []
    gate = threading.Barrier(6)

    def ask(name: str) -> None:
        with open_ledger(place) as ledger:
            gate.wait()
            if take(ledger, name) is not None:
                given.append(name)

    threads = [threading.Thread(target=ask, args=(f"p{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 1
    with open_ledger(place) as ledger:
        (row,) = ledger.schedule.running(MORNING)
        assert (row.holder, row.attempts) == (given[0], 1)


def test_a_lease_that_has_passed_is_taken_once(ledger: Ledger) -> None:
    """And who had it can say nothing more of it."""
    first = take(ledger)
    assert first is not None
    assert take(ledger, "two", now=MORNING + timedelta(seconds=59)) is None
    assert ledger.schedule.renew(first, until=MORNING + 2 * LEASE)
    assert take(ledger, "two", now=MORNING + timedelta(seconds=61)) is None
    assert ledger.schedule.open(MORNING + LEASE) == ()
    later = MORNING + 2 * LEASE
    assert [o.due for o in ledger.schedule.open(later)] == [MORNING]
    second = take(ledger, "two", now=later)
    assert second is not None
    assert (second.holder, second.attempts, second.started) == ("two", 2, later)
    assert take(ledger, "three", now=later) is None
    assert not ledger.schedule.renew(first, until=later + LEASE)
    assert not ledger.schedule.settle(first, code=0, at=later)
    assert ledger.schedule.settle(second, code=0, at=later, tail="fine")
    assert take(ledger, "three", now=later + timedelta(days=1)) is None, "it is settled"
    assert ledger.schedule.last_success(Job.RUN) == ledger.schedule.last(Job.RUN)


def test_a_failure_is_taken_again_at_its_time_and_no_sooner(ledger: Ledger) -> None:
    """The end of what was printed is kept, whatever it holds."""
    first = take(ledger)
    assert first is not None
    again = MORNING + timedelta(minutes=2)
    words = "x" * TAIL + " no source\x00 answered\udcff"
    assert ledger.schedule.settle(first, code=1, at=MORNING, tail=words, again=again)
    row = ledger.schedule.last(Job.RUN)
    assert row is not None
    assert (row.code, row.ended, row.lease_until) == (1, MORNING, again)
    assert row.tail.endswith("no source\\x00 answered\\udcff")
    assert len(row.tail) == TAIL
    assert not row.succeeded
    assert not row.running(MORNING)
    assert take(ledger, now=again - timedelta(seconds=1)) is None
    second = take(ledger, now=again)
    assert second is not None
    assert (second.code, second.ended, second.attempts, second.tail) == (None, None, 2, "")
    assert ledger.schedule.last_success(Job.RUN) is None


def test_what_was_stopped_is_given_back_and_does_not_count(ledger: Ledger) -> None:
    """The next process goes on at once."""
    first = take(ledger)
    assert first is not None
    assert ledger.schedule.release(first, at=MORNING)
    second = take(ledger, "two")
    assert second is not None
    assert second.attempts == 1


def test_jobs_of_a_lane_wait_for_each_other(ledger: Ledger) -> None:
    """A lease that has passed holds up nobody; other jobs are not asked."""
    assert take(ledger)
    assert take(ledger, job=Job.COLLECT, due=MORNING + timedelta(minutes=1)) is None
    assert take(ledger, due=MORNING + timedelta(minutes=1)) is None
    assert take(ledger, job=Job.SEND, lane=())
    assert take(ledger, job=Job.SEND, due=MORNING + timedelta(days=1), lane=())
    assert take(ledger, job=Job.COLLECT, due=MORNING + timedelta(minutes=1), now=MORNING + LEASE)


def test_what_nobody_shall_take_again_is_settled(ledger: Ledger) -> None:
    """Unless somebody took it in the meantime."""
    first = take(ledger)
    assert first is not None
    later = MORNING + LEASE
    (lost,) = ledger.schedule.open(later)
    assert take(ledger, "two", now=later)
    assert not ledger.schedule.drop(lost, at=later, tail="gone")
    (lost,) = ledger.schedule.open(later + LEASE)
    assert ledger.schedule.drop(lost, at=later + LEASE, tail="gone")
    row = ledger.schedule.last(Job.RUN)
    assert row is not None
    assert (row.code, row.tail, row.lease_until, row.ended) == (None, "gone", None, later + LEASE)
    assert ledger.schedule.open(later + LEASE) == ()


def test_a_job_is_watched_from_its_first_look(ledger: Ledger) -> None:
    """The mark is no run; it does not move."""
    assert ledger.schedule.watch(Job.RUN, at=MORNING) == MORNING
    assert ledger.schedule.watch(Job.RUN, at=MORNING + LEASE) == MORNING
    assert ledger.schedule.last(Job.RUN) is None
    assert ledger.schedule.open(MORNING + timedelta(days=1)) == ()


def test_old_rows_go(ledger: Ledger) -> None:
    """After a season, when a new one is taken."""
    first = take(ledger)
    assert first is not None
    ledger.schedule.settle(first, code=0, at=MORNING)
    later = MORNING + timedelta(days=91)
    assert take(ledger, due=later, now=later)
    assert ledger.schedule.get(Job.RUN, MORNING) is None
    assert ledger.schedule.get(Job.RUN, later) is not None
