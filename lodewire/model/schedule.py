"""What a desk does by itself: its jobs, and each time one of them was due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Job(Enum):
    """A command of the desk that the schedule runs."""

    RUN = "run"
    COLLECT = "collect"
    SEND = "send"
    ALERTS = "alerts"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A job at a moment it was due. All times are aware, in UTC.

    ``lease_until`` is until when the holder's word stands, or from when the job may be taken up
    again after a failure; None once it is settled. ``code`` is the exit code of the last attempt,
    None while it runs or where its holder vanished. ``tail`` is the end of what it printed.
    ``attempts`` is 0 for the mark from which a job is watched, which is no run.
    """

    job: Job
    due: datetime
    holder: str
    lease_until: datetime | None
    started: datetime
    ended: datetime | None = None
    code: int | None = None
    attempts: int = 1
    tail: str = ""

    def running(self, now: datetime) -> bool:
        """Say whether somebody holds it and has said so lately."""
        return self.ended is None and self.lease_until is not None and self.lease_until > now

    @property
    def succeeded(self) -> bool:
        """Say whether it ended well."""
        return self.ended is not None and self.code == 0 and self.attempts > 0
