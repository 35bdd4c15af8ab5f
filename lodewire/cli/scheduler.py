"""The thread of `lodewire serve` that runs the desk's own commands when they are due.

Any number of serving processes may watch one ledger: an occurrence belongs to the one that adds its
row (:mod:`lodewire.ledger.schedule`). Nothing is remembered here that a kill could lose.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from lodewire.cli.leash import GRACE
from lodewire.cli.scheduled import Child, command_of, start
from lodewire.errors import LodewireError
from lodewire.workbench.scheduling import (
    ATTEMPTS,
    LATEST,
    lane_of,
    missed_too_long,
    retry_at,
)

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.model.schedule import Job, Occurrence
    from lodewire.workbench.scheduling import Plan

#: How long a holder's word stands without being renewed.
LEASE = timedelta(seconds=60)
_TICK = 0.5  # seconds between two looks at the children
_LOOK = timedelta(seconds=10)  # between two looks at the ledger
_LOG = logging.getLogger(__name__)

Command = Callable[[Sequence[str], Path], Sequence[str]]


def _now() -> datetime:
    return datetime.now(UTC)


class Scheduler:
    """Watches a plan and runs what is due in child processes, until it is stopped.

    ``folder`` is that of the desk. ``log`` takes a JSON line for each start and end, None nothing.
    """

    def __init__(
        self,
        plan: Plan,
        ledger: Ledger,
        folder: Path,
        *,
        log: TextIO | None = None,
        lease: timedelta = LEASE,
        command: Command = command_of,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._plan = plan
        self._store = ledger.schedule
        self._folder = folder.resolve()
        self._log = log
        self._lease = lease
        self._command = command
        self._clock = clock
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._children: list[Child] = []
        self._since: dict[Job, datetime] = {}
        self._next_look: datetime | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="schedule", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End what runs, give it back to be taken up again, and return when that is done."""
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            self._guarded(self.step)
            self._stopped.wait(_TICK)
        self._guarded(self.end_all)

    def _guarded(self, step: Callable[[], None]) -> None:
        """A ledger that is away for a while, or a mistake in one look, must not end the watch."""
        try:
            step()
        except LodewireError as error:
            self._say("waits", reason=error.message)
        except Exception:
            _LOG.exception("the schedule stumbled and goes on")

    def step(self) -> None:
        """Look once after what runs, and now and then for what is due."""
        now = self._clock()
        for child in tuple(self._children):
            self._look_after(child, now)
        if self._next_look is None or now >= self._next_look:
            self._next_look = now + min(_LOOK, self._lease / 4)
            self._look_for_due(now)
            coming = [self._plan.following(job, now) for job in self._plan.jobs()]
            if self._next_look is not None:  # nothing ended meanwhile
                self._next_look = min([self._next_look, *(m for m in coming if m is not None)])

    # What is due

    def _look_for_due(self, now: datetime) -> None:
        latest = self.latest(now)
        for job in self._plan.jobs():
            self._watched(job, now)
        for job, due in latest.items():
            wanted = due > self._watched(job, now) and not missed_too_long(due, now)
            if wanted and self._store.get(job, due) is None:
                self._take(job, due, now)
        for open_ in self._store.open(now):
            if why := self._left(open_, latest, now):
                self._store.drop(open_, at=now, tail=why)
            else:
                self._take(open_.job, open_.due, now)

    def latest(self, now: datetime) -> dict[Job, datetime]:
        """Return when each job was last due."""
        from lodewire.model.schedule import Job

        run = self._store.last_success(Job.RUN)
        ended = None if run is None else run.ended
        found = {job: self._plan.latest(job, now, ended) for job in self._plan.jobs()}
        return {job: due for job, due in found.items() if due is not None}

    def _watched(self, job: Job, now: datetime) -> datetime:
        if job not in self._since:
            self._since[job] = self._store.watch(job, at=now)
        return self._since[job]

    def _left(self, open_: Occurrence, latest: dict[Job, datetime], now: datetime) -> str:
        """Say why an occurrence is not taken again; "" where it is."""
        if open_.attempts >= ATTEMPTS:
            return f"given up after {open_.attempts} attempts"
        if open_.job not in self._plan.jobs():
            return "no longer asked for"
        if lane_of(open_.job) and open_.due < latest.get(open_.job, open_.due):
            return "the next one was due before it ended"
        if open_.lease_until is not None and now - open_.lease_until > LATEST:
            return "nobody took it up in time"
        return ""

    def _take(self, job: Job, due: datetime, now: datetime) -> None:
        taken = self._store.take(
            job, due, holder=self._holder, now=now, until=now + self._lease, lane=lane_of(job)
        )
        if taken is None:
            return
        command = self._command(self._plan.arguments(job, due), self._folder)
        try:
            child = start(taken, command, now=now)
        except OSError as error:
            self._settle(taken, 126, f"{command[0]} could not be started: {error}", now)
            return
        self._children.append(child)
        self._say("started", taken)

    # What runs

    def _look_after(self, child: Child, now: datetime) -> None:
        code = child.process.poll()
        if code is not None:
            self._settle(child.taken, code, child.tail(), now)
            self._forget(child)
        elif now - child.renewed >= self._lease / 4:
            if self._store.renew(child.taken, until=now + self._lease):
                child.renewed = now
            else:  # it was taken for dead, and another has it
                child.end(GRACE)
                self._forget(child)
                self._say("lost", child.taken)

    def _settle(self, taken: Occurrence, code: int, tail: str, now: datetime) -> None:
        again = retry_at(taken.attempts, now) if code else None
        self._store.settle(taken, code=code, at=now, tail=tail, again=again)
        self._next_look = None  # the end of one may be what another waits for
        self._say("ended", taken, code=code)

    def _forget(self, child: Child) -> None:
        child.close()
        self._children.remove(child)

    def end_all(self) -> None:
        """End what runs; what had ended by itself is settled, the rest given back."""
        from signal import SIGTERM

        left = []
        for child in tuple(self._children):
            if child.process.poll() is None:
                child.signal(SIGTERM)
                left.append(child)
            else:
                self._look_after(child, self._clock())
        until = time.monotonic() + GRACE
        for child in left:
            child.end(max(0.0, until - time.monotonic()))
            self._store.release(child.taken, at=self._clock(), tail=child.tail())
            self._forget(child)
            self._say("stopped", child.taken)

    def _say(self, what: str, taken: Occurrence | None = None, **more: object) -> None:
        if self._log is None:
            return
        told: dict[str, object] = {
            "time": self._clock().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "schedule": what,
        }
        if taken is not None:
            told |= {
                "job": taken.job.value,
                "due": taken.due.isoformat().replace("+00:00", "Z"),
                "attempt": taken.attempts,
            }
        print(json.dumps(told | more), file=self._log, flush=True)
