"""When jobs are due, worked out from the schedule alone: no clock, no ledger.

Local times follow the law of their zone. A time that a change of the clock leaves out comes as
much later as the clock was put forward; one that it brings twice counts the first time only
(``fold=0`` of PEP 495). So each local day has each of its times exactly once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lodewire.model.schedule import Job

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig

#: What was missed is made up once, and not after so long.
LATEST = timedelta(hours=12)

#: Attempts at one occurrence in all, and how long to wait after each that failed.
ATTEMPTS = 3
_PAUSES = (timedelta(minutes=2), timedelta(minutes=10))

#: Jobs that wait for each other. A newsletter waits for nobody: its days may overlap.
_LANES: Mapping[Job, tuple[Job, ...]] = {
    Job.RUN: (Job.RUN, Job.COLLECT),
    Job.COLLECT: (Job.RUN, Job.COLLECT),
    Job.SEND: (),
    Job.ALERTS: (Job.ALERTS,),
    Job.REPORTS: (Job.REPORTS,),
}


@dataclass(frozen=True, slots=True)
class Daily:
    """Each day at local ``times`` of a zone."""

    times: tuple[time, ...]
    zone: ZoneInfo

    def latest(self, now: datetime) -> datetime:
        """Return the last moment it was due, ``now`` or before."""
        return max(m for m in self._around(now) if m <= now)

    def following(self, now: datetime) -> datetime:
        """Return the first moment after ``now`` at which it is due."""
        return min(m for m in self._around(now) if m > now)

    def on(self, day: date) -> frozenset[datetime]:
        """Return the moments of a local day, in UTC."""
        return frozenset(
            datetime.combine(day, at.replace(fold=0), self.zone).astimezone(UTC)
            for at in self.times
        )

    def _around(self, now: datetime) -> frozenset[datetime]:
        # Two days to each side: a zone that crosses the date line leaves a whole day out.
        day = now.astimezone(self.zone).date()
        return frozenset().union(*(self.on(day + timedelta(days=n)) for n in range(-2, 3)))


@dataclass(frozen=True, slots=True)
class Every:
    """Each so many ``minutes``, counted from 1970 in UTC: no change of the clock moves it."""

    minutes: int

    def latest(self, now: datetime) -> datetime:
        """Return the last moment it was due, ``now`` or before."""
        step = self.minutes * 60
        return datetime.fromtimestamp(int(now.timestamp()) // step * step, UTC)

    def following(self, now: datetime) -> datetime:
        """Return the first moment after ``now`` at which it is due."""
        return self.latest(now) + timedelta(minutes=self.minutes)


Timing = Daily | Every


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a desk does when. ``day_zone`` decides the day of its briefs.

    ``alerts_after_run``: alerts are due as well when a run has ended well.
    """

    timings: Mapping[Job, Timing]
    alerts_after_run: bool
    day_zone: ZoneInfo

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs that are done at all, in the order they are looked at."""
        return tuple(job for job in Job if job in self.timings or self.after_run(job))

    def after_run(self, job: Job) -> bool:
        """Say whether the end of a run makes the job due."""
        return job is Job.ALERTS and self.alerts_after_run and Job.RUN in self.timings

    def latest(self, job: Job, now: datetime, run_ended: datetime | None) -> datetime | None:
        """Return the last moment a job was due; None where that is none.

        ``run_ended`` is when a run last ended well.
        """
        found = []
        if job in self.timings:
            found.append(self.timings[job].latest(now))
        if run_ended is not None and self.after_run(job) and run_ended <= now:
            found.append(run_ended)
        return max(found, default=None)

    def following(self, job: Job, now: datetime) -> datetime | None:
        """Return when a job is due next by the clock; None where only a run makes it so."""
        return self.timings[job].following(now) if job in self.timings else None

    def words(self, job: Job) -> str:
        """Say when a job is due, in the words of the command line."""
        timing, told = self.timings.get(job), []
        if isinstance(timing, Daily):
            told.append(", ".join(f"{at:%H:%M}" for at in sorted(timing.times)))
        elif timing is not None:
            told.append(f"each {timing.minutes} min")
        if self.after_run(job):
            told.append("after a run")
        return " and ".join(told)

    def arguments(self, job: Job, due: datetime) -> tuple[str, ...]:
        """Return the desk's own command for a job, without ``--desk``."""
        day = due.astimezone(self.day_zone).date().isoformat()
        return {
            Job.RUN: ("run", "--day", day),
            Job.COLLECT: ("collect",),
            Job.SEND: ("campaign", "send", day, "--automatic", "--wait"),
            Job.ALERTS: ("alerts", "run"),
            Job.REPORTS: ("report", "due"),
        }[job]


def plan_of(desk: DeskConfig) -> Plan:
    """Return the plan that [schedule] of a desk asks for, whether it is on or off."""
    choice = desk.schedule
    zone = ZoneInfo(choice.timezone or desk.timezone)
    timings: dict[Job, Timing] = {}
    if choice.run:
        timings[Job.RUN] = Daily(choice.run_times(), zone)
    for job, clock in ((Job.SEND, choice.send), (Job.REPORTS, choice.reports)):
        if clock:
            timings[job] = Daily((time.fromisoformat(clock),), zone)
    for job, minutes in (
        (Job.COLLECT, choice.collect_minutes),
        (Job.ALERTS, choice.alerts_minutes),
    ):
        if minutes:
            timings[job] = Every(minutes)
    return Plan(
        timings=timings,
        alerts_after_run=choice.alerts_after_run,
        day_zone=ZoneInfo(desk.timezone),
    )


def lane_of(job: Job) -> tuple[Job, ...]:
    """Return the jobs of which none may run while this one does."""
    return _LANES[job]


def missed_too_long(due: datetime, now: datetime) -> bool:
    """Say whether a moment lies too far back to be made up."""
    return now - due > LATEST


def retry_at(attempts: int, ended: datetime) -> datetime | None:
    """Return when to try again after so many attempts; None: not any more."""
    return ended + _PAUSES[attempts - 1] if attempts < ATTEMPTS else None
