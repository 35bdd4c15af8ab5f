"""One look of the scheduler at a time, by the test's clock: what it takes up and what it leaves."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lodewire.cli.main import cli
from lodewire.cli.scheduled import command_of
from lodewire.cli.scheduler import Scheduler
from lodewire.config.desk import load_desk
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.schedule import Job, Occurrence
from lodewire.workbench.scheduling import Plan, plan_of

START = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAILY = '[schedule]\non = true\nrun = ["06:00"]\nalerts_after_run = false\n'


class Watched:
    """A scheduler over a ledger in memory; its jobs are short programs of the test."""

    def __init__(self, folder: Path, toml: str) -> None:
        (folder / "desk.toml").write_text(toml, encoding="utf-8")
        self.folder = folder
        self.now = START
        self.program = "print('fine')"
        self.started: list[Sequence[str]] = []
        self.plan: Plan = plan_of(load_desk(folder))
        self.ledger: Ledger = open_ledger(folder / "ledger.db", create=True)
        self.scheduler = self.another()

    def another(self) -> Scheduler:
        return Scheduler(
            self.plan, self.ledger, self.folder, command=self._command, clock=lambda: self.now
        )

    def _command(self, arguments: Sequence[str], folder: Path) -> Sequence[str]:
        self.started.append(arguments)
        return (sys.executable, "-c", self.program)

    def at(self, now: datetime) -> None:
        """Look at a moment, and again until what was started has ended."""
        self.now = now
        self.scheduler.step()
        until = time.monotonic() + 20
        while self.ledger.schedule.running(self.now):
            assert time.monotonic() < until
            time.sleep(0.02)
            self.scheduler.step()

    def last(self, job: Job = Job.RUN) -> Occurrence:
        found = self.ledger.schedule.last(job)
        assert found is not None
        return found


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path, DAILY)
    yield made
    made.scheduler.end_all()
    made.ledger.close()


def day(number: int, hour: int = 6, minute: int = 0) -> datetime:
    return datetime(2026, 5, number, hour, minute, tzinfo=UTC)


def test_what_was_due_before_the_first_look_is_left(watched: Watched) -> None:
    """A schedule that is switched on at noon does not begin with the morning."""
    watched.at(START)
    assert watched.started == []
    watched.at(day(5))
    assert watched.started == [("run", "--day", "2026-05-05")]
    assert (watched.last().code, watched.last().tail) == (0, "fine")


def test_what_was_missed_is_made_up_once_within_half_a_day(watched: Watched) -> None:
    """Of several days the latest, and none that is long past."""
    watched.at(START)
    watched.at(day(8, 17, 59))
    assert watched.started == [("run", "--day", "2026-05-08")]
    watched.at(day(8, 20))
    watched.at(day(12, 18, 1))
    assert len(watched.started) == 1
    watched.at(day(13))
    assert len(watched.started) == 2


def test_a_failure_is_tried_three_times_in_all(watched: Watched) -> None:
    """After two minutes and after ten more; then it stays as it is until the next."""
    watched.program = "import sys; print('no net'); sys.exit(3)"
    watched.at(START)
    for after, count in ((0, 1), (1, 1), (2, 2), (11, 2), (12, 3), (60, 3), (600, 3)):
        watched.at(day(5) + timedelta(minutes=after))
        assert len(watched.started) == count, after
    assert (watched.last().code, watched.last().tail, watched.last().lease_until) == (
        3, "no net", None,
    )  # fmt: skip
    watched.at(day(6))
    assert len(watched.started) == 4


def test_a_failure_waits_for_nothing_once_the_next_is_due(tmp_path: Path) -> None:
    """Of a job that is done each few minutes the latest time counts."""
    watched = Watched(tmp_path, "[schedule]\nrun = []\ncollect_minutes = 5\n")
    watched.program = "raise SystemExit(1)"
    watched.at(START)
    watched.at(START + timedelta(minutes=5))
    watched.program = ""
    watched.at(START + timedelta(minutes=10))
    assert (watched.last(Job.COLLECT).code, watched.last(Job.COLLECT).attempts) == (0, 1)
    first = watched.ledger.schedule.get(Job.COLLECT, START + timedelta(minutes=5))
    assert first is not None
    assert (first.code, first.attempts, first.lease_until) == (1, 1, None)
    watched.ledger.close()


def test_days_of_the_newsletter_may_overlap(tmp_path: Path) -> None:
    """One that waits for its last readers is not in the way of the next, and is taken up again."""
    watched = Watched(tmp_path, '[schedule]\nrun = []\nsend = "07:00"\n')
    watched.program = "import time; time.sleep(60)"
    watched.at(START)
    for number in (5, 6):
        watched.now = day(number, 7)
        watched.scheduler.step()
    assert [a[2] for a in watched.started] == ["2026-05-05", "2026-05-06"]
    assert len(watched.ledger.schedule.open(watched.now)) == 0
    watched.scheduler.end_all()
    assert len(watched.ledger.schedule.open(watched.now)) == 2
    watched.program = ""
    watched.scheduler = watched.another()
    watched.at(day(6, 7, 1))
    assert [a[2] for a in watched.started[2:]] == ["2026-05-05", "2026-05-06"]
    assert watched.ledger.schedule.open(watched.now) == ()
    assert watched.last(Job.SEND).code == 0
    watched.ledger.close()


def test_a_program_that_cannot_start_is_a_failure(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is told as one."""
    watched.at(START)
    monkeypatch.setattr(watched.scheduler, "_command", lambda *_: ("/nonexistent/python",))
    watched.at(day(5))
    assert watched.last().code == 126
    assert "/nonexistent/python could not be started" in watched.last().tail


def test_every_job_is_a_command_that_the_desk_has(tmp_path: Path) -> None:
    """With options that it knows."""
    (tmp_path / "desk.toml").write_text('[schedule]\nsend = "07:00"\n')
    plan = plan_of(load_desk(tmp_path))
    for job in Job:
        arguments = command_of(plan.arguments(job, START), tmp_path)[3:]
        group, rest = cli, list(arguments)
        while (found := group.get_command(None, rest[0])) is not None:  # type: ignore[attr-defined, arg-type]
            group = found
            rest.pop(0)
            if not hasattr(found, "get_command"):
                break
        context = group.make_context(group.name or "", rest, resilient_parsing=False)
        assert context.params["folder"] == tmp_path
