"""The site: time to answer each kind of page, made anew (no page is kept) and asked over HTTP.

``python -m benchmarks.site [--desk FOLDER]``; without a folder the sample desk is built. The bar is
30 ms for 95 of 100 answers, client and server on one machine.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
import httpx

from benchmarks.report import BenchRow
from lodewire.cli.serving import site_of
from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.pipeline.sample import run_sample
from lodewire.web.app import make_app
from lodewire.web.server import listen, server_of

_BAR = 0.030
_ROUNDS = 60


@contextmanager
def served(folder: Path, *, keep_seconds: float) -> Iterator[tuple[str, Ledger]]:
    """Serve the desk of a folder; yields its address and ledger."""
    desk = load_desk(folder)
    with open_ledger(desk.ledger_place) as ledger:
        bound = listen("127.0.0.1", 0)
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        server = server_of(make_app(site_of(desk, ledger, address), keep_seconds=keep_seconds))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield address, ledger
        server.should_exit = True
        thread.join()


def paths_of(ledger: Ledger) -> dict[str, list[str]]:
    """Return paths of each kind of page, of what the latest brief tells."""
    brief = ledger.briefs.get(ledger.briefs.days()[0])
    assert brief is not None
    events = [f"/event/{e.event_id}" for s in brief.sections for e in s.entries]
    return {
        "brief": ["/"],
        "event": events[:20],
        "commodity": ["/commodity/copper", "/commodity/lithium", "/commodity/cobalt"],
        "desk": ["/desk/mining-metals"],
        "search": ["/search?q=lithium", "/search?q=copper"],
        "feed": ["/feed.rss"],
    }


def measure(address: str, paths: Sequence[str], rounds: int = _ROUNDS) -> tuple[float, float]:
    """Return the median and the 95th percentile of the seconds to answer, after one of each."""
    with httpx.Client(base_url=address) as client:
        for path in paths:
            client.get(path).raise_for_status()
        took = []
        for turn in range(rounds):
            started = time.perf_counter()
            client.get(paths[turn % len(paths)]).raise_for_status()
            took.append(time.perf_counter() - started)
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.95)]


def rows_of(folder: Path) -> list[BenchRow]:
    """Measure every kind of page made anew, then all of them kept."""
    rows = []
    with served(folder, keep_seconds=0.0) as (address, ledger):
        kinds = paths_of(ledger)
        for kind, paths in kinds.items():
            median, most = measure(address, paths)
            rows.append(row_of(f"{kind}, median", median))
            rows.append(row_of(f"{kind}, p95", most))
    with served(folder, keep_seconds=3600.0) as (address, _):
        _, most = measure(address, [p for paths in kinds.values() for p in paths], 200)
        rows.append(row_of("any page that is kept, p95", most))
    return rows


def row_of(name: str, seconds: float) -> BenchRow:
    """Return a time beside the bar."""
    times = seconds / _BAR
    return BenchRow(
        name=name, value=seconds * 1000, unit="ms", beside="the bar of 30 ms", times=times
    )


def run() -> list[BenchRow]:
    """Build the sample desk and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        run_sample(Path(folder), workers=1)
        return rows_of(Path(folder))


@click.command()
@click.option("--desk", "folder", type=click.Path(path_type=Path), default=None)
def main(folder: Path | None) -> None:
    """Print the table for a desk, or the sample."""
    from benchmarks.__main__ import table

    for line in table(run() if folder is None else rows_of(folder)):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
