"""`lodewire serve` keeps the schedule: each occurrence once, whoever serves or is killed."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from lodewire.config.desk import load_desk
from lodewire.ledger.store import open_ledger
from lodewire.model.schedule import Job, Occurrence
from tests.cli.command import lodewire
from tests.cli.scheduled_desk import Site, make_desk, serving, utcnow, wait_for
from tests.postgres import Server


@pytest.fixture
def site() -> Iterator[Site]:
    """What the desk reads."""
    made = Site()
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the ledger is."""
    if request.param == "sqlite":
        yield "desk.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.new_ledger()
    yield url
    server.give_back(url)


def rows(folder: Path, job: Job) -> Callable[[], Occurrence | None]:
    def look() -> Occurrence | None:
        with open_ledger(load_desk(folder).ledger_place) as ledger:
            return ledger.schedule.last(job)

    return look


def settled(folder: Path, job: Job) -> Occurrence:
    look = rows(folder, job)
    wait_for(lambda: (row := look()) is not None and row.ended is not None, f"{job} never ended")
    found = look()
    assert found is not None
    return found


def test_two_who_serve_run_what_is_due_once(site: Site, place: str, tmp_path: Path) -> None:
    """The run that was missed is made up once, and alerts are told after it."""
    folder = make_desk(tmp_path / "desk", place, site, utcnow())
    with serving(folder) as one, serving(folder) as two:
        run = settled(folder, Job.RUN)
        assert (run.code, run.attempts) == (0, 1), run.tail
        assert "Wrote" in run.tail
        alerts = settled(folder, Job.ALERTS)
        assert (alerts.code, alerts.attempts, alerts.due) == (0, 1, run.ended), alerts.tail
        for process in (one, two):
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
    assert site.asked == 1, "one of the two collected"
    log = (folder / "log").read_text("utf-8")
    assert log.count('"schedule": "started", "job": "run"') == 1
    assert log.count('"schedule": "started", "job": "alerts"') == 1


def test_what_a_killed_process_ran_is_taken_up_once(site: Site, place: str, tmp_path: Path) -> None:
    """What it had started ends with it, so that nothing goes on beside its successor."""
    folder = make_desk(tmp_path / "desk", place, site, utcnow())
    site.may_answer.clear()
    with serving(folder) as one:
        wait_for(lambda: site.asked == 1, "the run never began")
        one.kill()
        one.wait()
        # Sooner than it would give the feed up by itself, after thirty seconds.
        wait_for(lambda: site.left == 1, "its child went on", 10)
    site.may_answer.set()
    with serving(folder) as two, serving(folder) as three:
        run = settled(folder, Job.RUN)
        assert (run.code, run.attempts) == (0, 2), run.tail
        settled(folder, Job.ALERTS)
        for process in (two, three):
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
    assert site.asked == 2


def test_a_stop_ends_what_runs_and_gives_it_back(site: Site, tmp_path: Path) -> None:
    """The process that follows takes it up at once, as the first attempt."""
    folder = make_desk(tmp_path / "desk", "desk.db", site, utcnow())
    site.may_answer.clear()
    with serving(folder) as one:
        wait_for(lambda: site.asked == 1, "the run never began")
        shown = lodewire("schedule", "-d", folder, "--json").fine().json
        assert [j["state"] for j in shown["jobs"]] == ["running", "never"]
        one.send_signal(signal.SIGTERM)
        out, _ = one.communicate(timeout=30)
        assert one.returncode == 0
        assert out.endswith("Stopped.\n")
        assert "By itself (UTC): run " in out
        wait_for(lambda: site.left == 1, "its child went on", 1)
    assert '"schedule": "stopped", "job": "run"' in (folder / "log").read_text("utf-8")
    site.may_answer.set()
    with serving(folder, "--no-schedule") as off:
        assert off.stdout is not None
        assert "By itself" not in off.stdout.readline()
    assert site.asked == 1
    with serving(folder):
        assert settled(folder, Job.RUN).attempts == 1
    assert site.asked == 2


def test_a_failure_is_shown_with_what_was_said(site: Site, tmp_path: Path) -> None:
    """On the command line and in the metrics; it is tried again later, not at once."""
    folder = make_desk(tmp_path / "desk", "desk.db", site, utcnow())
    site.status = 500
    with serving(folder) as process:
        run = settled(folder, Job.RUN)
        assert process.stdout is not None
        found = re.search(r"http://\S+:\d+", process.stdout.readline() + process.stdout.readline())
        assert found is not None
        told = httpx.get(found[0] + "/metrics").text
    assert run.code == 1
    assert run.ended is not None
    assert run.lease_until == run.ended + timedelta(minutes=2)
    assert 'lodewire_schedule_last_exit_code{job="run"} 1\n' in told
    assert 'lodewire_schedule_running{job="run"} 0\n' in told
    assert 'lodewire_schedule_last_success_timestamp_seconds{job="run"}' not in told
    (told_of, _) = lodewire("schedule", "-d", folder, "--json").fine().json["jobs"]
    assert told_of["state"] == "failed (1), again soon"
    assert (told_of["job"], told_of["attempts"], told_of["last_success"]) == ("run", 1, None)
    shown = lodewire("schedule", "-d", folder).fine().out
    assert "failed (1)" in shown
    assert "run: No source answered" in shown


def test_a_desk_without_a_schedule_is_told_how_to_have_one(new_desk: Path) -> None:
    """What would be done is shown."""
    told = lodewire("schedule", "-d", new_desk).fine().out
    assert "06:00" in told
    assert "on = true under [schedule]" in told
