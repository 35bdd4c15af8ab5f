"""Several runs over one PostgreSQL ledger, one of them killed: the ledger of a single run."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from pathlib import Path

from lodewire.config.desk import DeskConfig
from lodewire.ledger import open_ledger
from lodewire.pipeline.run import process
from tests.pipeline.pages import COOKING, DEAL, NOW, OUTAGE, page
from tests.postgres import Server

_RUN = (
    "import sys; from pathlib import Path; from lodewire.config.desk import DeskConfig; "
    "from lodewire.ledger import open_ledger; from lodewire.pipeline.run import process; "
    "from tests.pipeline.pages import NOW\n"
    "with open_ledger(sys.argv[1]) as ledger:\n"
    "    print('working', flush=True)\n"
    "    process(ledger, DeskConfig(root=Path()), now=NOW, workers=1)\n"
)
ROOT = Path(__file__).parents[2]


def collect(place: str) -> None:
    """Sixty pages: three happenings, told again and again over some weeks."""
    with open_ledger(place, create=True) as ledger:
        ledger.captures.add_all(
            page(
                text.replace("1.875", f"1.{800 + number}").replace("349,000", f"{number},000"),
                number=number,
                source=f"source{number % 7}",
                title=f"News {number % 11}",
                days=number % 40,
            )
            for number in range(20)
            for text in (DEAL, OUTAGE, COOKING)
        )


def exported(place: str) -> str:
    out = io.StringIO()
    with open_ledger(place) as ledger:
        ledger.export(out)
    return out.getvalue()


def start(place: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, place],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_runs_share_the_work_and_give_the_ledger_of_one(
    postgres_server: Server, tmp_path: Path
) -> None:
    alone = str(tmp_path / "alone.db")
    collect(alone)
    with open_ledger(alone) as ledger:
        process(ledger, DeskConfig(root=tmp_path), now=NOW, workers=1)
    shared = postgres_server.new_ledger()
    collect(shared)
    running = [start(shared) for _ in range(3)]
    killed = running.pop()
    assert killed.stdout is not None
    killed.stdout.readline()
    time.sleep(0.5)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    for one in running:
        _, err = one.communicate(timeout=180)
        assert one.returncode == 0, err.decode()[-3_000:]
    # What the killed one had taken may have been left by both others: a last run finds it.
    with open_ledger(shared) as ledger:
        process(ledger, DeskConfig(root=tmp_path), now=NOW, workers=1)
        assert ledger.integrity() == ()
        assert set(ledger.waiting().values()) == {0}
        assert ledger.counts()["event_mentions"] > 20
    assert exported(shared) == exported(alone)
