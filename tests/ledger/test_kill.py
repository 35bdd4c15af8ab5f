"""SIGKILL anywhere: nothing half written, and running again ends in the same ledger."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lodewire.ledger.store import open_ledger
from tests.postgres import Server

from . import filler

ROOT = Path(__file__).parents[2]
KILLS = 5
#: Of each engine, over everything that writes; LODEWIRE_KILLS=200 for the whole measure.
KILLS_OF_ALL = int(os.environ.get("LODEWIRE_KILLS", "12"))


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.filler", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_until_killed(path: Path, after: float) -> bool:
    """Start a run and kill it some time after it began to write; tell whether it was done."""
    process = start(path)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    return "done" in rest


def exported(path: Path) -> str:
    out = io.StringIO()
    with open_ledger(path) as ledger:
        ledger.export(out)
    return out.getvalue()


def test_killed_at_random_points_and_run_again_the_ledger_is_the_same(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    with open_ledger(whole, create=True) as ledger:
        started = time.perf_counter()
        filler.fill(ledger)
        takes = time.perf_counter() - started
    chance = random.Random(20250312)
    unfinished = 0
    for _ in range(KILLS):
        done = run_until_killed(killed, chance.uniform(0, takes / 4))
        unfinished += not done
        with open_ledger(killed) as ledger:
            assert ledger.integrity() == (), "no reference, quote or document is left hanging"
    assert unfinished >= KILLS // 2, "the kills must hit runs at work"
    with open_ledger(killed, create=True) as ledger:
        filler.fill(ledger)
        assert ledger.integrity() == ()
        assert set(ledger.waiting().values()) == {0}
    assert exported(killed) == exported(whole)


def test_killed_while_it_is_being_created_a_ledger_can_be_created(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    for delay in (0.25, 0.35, 0.45):
        process = start(path)
        time.sleep(delay)
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    with open_ledger(path, create=True) as ledger:
        assert ledger.integrity() == ()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_killed_at_random_points_of_everything_that_writes(
    engine: str, request: pytest.FixtureRequest
) -> None:
    """Ingest, resolve, migrate, backup, move, prune: see ``tests.ledger.kills``."""
    call = [sys.executable, "-m", "tests.ledger.kills", "--kills", str(KILLS_OF_ALL)]
    if engine == "postgresql":
        server: Server = request.getfixturevalue("postgres_server")
        call += ["--server", server.url("postgres")]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=1_800)
    assert done.returncode == 0, done.stdout + done.stderr[-3_000:]
    kills, at_work = (int(n) for n in re.findall(r"(\d+) kills, (\d+) at work:", done.stdout)[0])
    assert kills == KILLS_OF_ALL
    assert at_work >= kills // 2, "the kills must hit processes at work"
