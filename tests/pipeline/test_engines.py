"""Workers of a real dask scheduler give the ledger of one process, whatever befalls them.

``python -m tests.pipeline.test_engines 20`` does each mishap twenty times.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from lodewire.collect.slices import Slice, cut
from lodewire.errors import EngineAway
from lodewire.ledger import open_ledger
from lodewire.pipeline.backfill import backfill
from lodewire.pipeline.backfill_places import ArchivePlace
from lodewire.pipeline.backfill_task import Portion, Rules
from lodewire.pipeline.engines import DaskExecutor
from lodewire.pipeline.workers import InlineExecutor, in_order, open_executor
from tests.collect.archives import http, record
from tests.pipeline.engine import Engine
from tests.pipeline.pages import NOW, page
from tests.pipeline.test_backfill import exported, told

RULES = Rules(gate=0.3, now=NOW)
PAGES = 36


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A scheduler and two workers."""
    started = Engine(tmp_path_factory.mktemp("engine"))
    started.add_worker()
    started.add_worker()
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages enough for some twenty tasks."""
    return written(tmp_path_factory.mktemp("archive"))


def written(folder: Path) -> Path:
    file = folder / "a.warc.gz"
    parts = [
        record(
            f"https://www.wire{n % 4}.example/{n}",
            http(page(told(n), number=n, title=f"News {n}", days=n % 5).body),
        )
        for n in range(PAGES)
    ]
    file.write_bytes(b"".join(parts))
    return file


class SmallSlices(ArchivePlace):
    """An archive of which a task gets a page or two."""

    def portions(self, mark: str, rules: Rules) -> Iterator[Portion]:
        for piece in cut(self.file, int(mark or 0), size=700):
            assert isinstance(piece, Slice)
            yield Portion(mark=str(piece.end), done=piece.end, slice=piece)


def ledger_of(
    archive: Path, executor: Executor, mishap: Callable[[], None] | None = None
) -> tuple[str, int]:
    """The export of a ledger after a run, and the pages read; a mishap comes a third through."""
    began: list[threading.Thread] = []

    def progress(state, report) -> None:  # type: ignore[no-untyped-def]
        if mishap is not None and not began and report.counts["pages"] >= PAGES // 3:
            began.append(threading.Thread(target=mishap))
            began[0].start()

    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(f"{folder}/desk.db", create=True) as ledger,
    ):
        place = SmallSlices(archive)
        report = backfill(ledger, [place], executor, rules=RULES, progress=progress)
        assert ledger.integrity() == ()
        found = exported(ledger)
    for thread in began:
        thread.join()
    return found, report.counts["pages"]


@pytest.fixture(scope="module")
def wanted(archive: Path) -> str:
    """What one process makes of it."""
    return ledger_of(archive, InlineExecutor())[0]


def test_two_workers_give_the_ledger_of_one_process(
    engine: Engine, archive: Path, wanted: str
) -> None:
    """Byte for byte."""
    with open_executor(engine=engine.place) as executor:
        assert executor.width == 2  # type: ignore[attr-defined]
        assert ledger_of(archive, executor) == (wanted, PAGES)


@pytest.mark.parametrize("mishap", ["kill_worker", "slow_down", "restart"])
def test_a_run_goes_through_whatever_befalls_the_workers(
    engine: Engine, archive: Path, wanted: str, mishap: str
) -> None:
    """A worker killed, one that stands still, a scheduler that forgets everything."""
    call = {
        "kill_worker": engine.kill_worker,
        "slow_down": lambda: engine.slow_down(0.5),
        "restart": engine.restart,
    }[mishap]
    with DaskExecutor(engine.place, patience=60) as executor:
        assert ledger_of(archive, executor, call) == (wanted, PAGES)


def _fails(told: int) -> int:
    raise ValueError(f"no {told}")


def test_an_error_of_a_call_is_the_call_s_own(engine: Engine) -> None:
    """It is not asked for again, and not hidden."""
    with DaskExecutor(engine.place, patience=20) as executor:
        ((_, error),) = in_order(executor, _fails, [7])
        assert isinstance(error, ValueError)
        assert str(error) == "no 7"


def test_nobody_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to start; so is an address of another kind."""
    monkeypatch.setattr("lodewire.pipeline.engines._CONNECT", 0.3)
    with pytest.raises(EngineAway, match="no scheduler answers"):
        DaskExecutor("dask://127.0.0.1:9", patience=0.1)
    for place in ("ray://127.0.0.1:9", "dask://", "dask://host"):
        with pytest.raises(EngineAway, match="no engine"):
            DaskExecutor(place)


def test_another_version_on_a_worker_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may read pages otherwise."""
    monkeypatch.setattr("lodewire.__version__", "0.0.1")
    with pytest.raises(EngineAway, match=r"not 0\.0\.1"):
        DaskExecutor(engine.place, patience=20)


def main(rounds: int) -> None:
    """Each mishap ``rounds`` times; raises where a ledger differs."""
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder))
        wanted, _ = ledger_of(file, InlineExecutor())
        engine = Engine(Path(folder))
        engine.add_worker()
        engine.add_worker()
        try:
            for name in ("kill_worker", "restart", "slow_down"):
                for _ in range(rounds):
                    call = getattr(engine, name)
                    told = (lambda call=call: call(1.0)) if name == "slow_down" else call
                    with DaskExecutor(engine.place, patience=120) as executor:
                        assert ledger_of(file, executor, told) == (wanted, PAGES), name
                print(f"{name}: {rounds} times, the same ledger each time", flush=True)
        finally:
            engine.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
