"""The site over a large ledger: ``python -m benchmarks.site_at_size 20000 [--at FOLDER]``.

Builds a desk of generated documents (see ``variations``), composes the brief of its last day, and
asks for pages of every kind: one after the other, each made anew, and at 50 requests a second of a
site as it is served, which keeps a page for ten seconds. The client at a rate is a process of its
own and asks by the clock: what waits for a busy server is counted as waiting. ``--at`` keeps the
desk, and fills on where one is there. Not a part of ``python -m benchmarks``: it takes minutes.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import click
import httpx

from benchmarks.ledger import fill_up
from benchmarks.report import BenchRow
from benchmarks.site import measure, row_of, served
from benchmarks.variations import DOCUMENTS_A_DAY, START, patterns
from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.publish.brief import is_told
from lodewire.workbench.briefing.composing import compose_step

RATE = 50
_SECONDS = 10
_CLIENTS = 24
_TOML = 'name = "Desk at size"\ncontact = "desk@example.org"\n[sources]\nshipped = false\n'
_WORDS = ("copper", "lithium", "cobalt mine", "export", "tonnes", "agreement", "smelter", "price")
_THINGS = ("copper", "lithium", "cobalt", "nickel", "gold", "zinc", "aluminium", "tungsten")


def build(folder: Path, size: int) -> int:
    """Fill the desk of a folder up to ``size`` documents; returns how many it has."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "desk.toml").write_text(_TOML, encoding="utf-8")
    desk = load_desk(folder)
    with open_ledger(desk.ledger_place, create=True) as ledger:
        there = ledger.counts()["documents"]
        if there < size:
            fill_up(ledger, there, size, patterns())
        last = START + timedelta(days=(max(there, size) - 1) // DOCUMENTS_A_DAY)
        now = datetime(last.year, last.month, last.day, 21, tzinfo=UTC)
        compose_step(ledger, desk, last, now=now)
        return ledger.counts()["documents"]


def kinds_of(ledger: Ledger) -> dict[str, list[str]]:
    """Return addresses of each kind of page, of things that many documents tell of."""
    chance = random.Random(6)
    days = ledger.briefs.days()
    told = (e.id for e in ledger.select(EventFilters()) if is_told(e))
    events = list(islice(told, 400))
    return {
        "brief": ["/", f"/brief/{days[0].isoformat()}"],
        "event": [f"/event/{e}" for e in chance.sample(events, min(60, len(events)))],
        "commodity": [f"/commodity/{c}" for c in _THINGS],
        "desk": ["/desk/mining-metals", "/desk/oil-gas", "/desk/mining-metals?page=3"],
        "search": [f"/search?q={w.replace(' ', '+')}" for w in _WORDS],
        "feed": ["/feed.rss", "/commodity/copper/feed.rss"],
    }


def ask_by_the_clock(address: str, paths: Sequence[str], rate: int, seconds: int) -> list[float]:
    """Ask for paths at a rate; returns the seconds from when each was due to its last byte."""
    took: list[float] = []
    with httpx.Client(base_url=address, limits=httpx.Limits(max_connections=_CLIENTS)) as client:
        for path in dict.fromkeys(paths):
            _ask(client, path)
        begin = time.perf_counter() + 0.2

        def one(turn: int) -> float:
            due = begin + turn / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            _ask(client, paths[turn % len(paths)])
            return time.perf_counter() - due

        with ThreadPoolExecutor(_CLIENTS) as threads:
            took = list(threads.map(one, range(rate * seconds)))
    return took


def _ask(client: httpx.Client, path: str) -> None:
    status = client.get(path).status_code
    if status != 200:
        # An error of httpx cannot be handed to another process, which would wait for ever.
        raise RuntimeError(f"{path} was answered with {status}")


def _asked(address: str, paths: Sequence[str]) -> list[float]:
    """The same in a process of its own: a client in the server's process would slow it."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(ask_by_the_clock, (address, list(paths), RATE, _SECONDS))


def rows_of(folder: Path) -> Iterator[BenchRow]:
    """Yield median and 95th percentile of every kind, and of all of them mixed."""
    with served(folder, keep_seconds=0.0) as (address, ledger):
        kinds = kinds_of(ledger)
        for kind, paths in kinds.items():
            median, most = measure(address, paths)
            yield row_of(f"{kind}, made anew, median", median)
            yield row_of(f"{kind}, made anew, p95", most)
    most_paths = max(map(len, kinds.values()))
    mixed = [p for at in range(most_paths) for paths in kinds.values() for p in paths[at : at + 1]]
    with served(folder, keep_seconds=10.0) as (address, _):
        for kind, paths in {**kinds, "all kinds mixed": mixed}.items():
            took = sorted(_asked(address, paths))
            name = f"{kind}, {RATE} a second"
            yield row_of(f"{name}, median", took[len(took) // 2])
            yield row_of(f"{name}, p95", took[int(len(took) * 0.95)])


@click.command()
@click.argument("size", type=click.IntRange(1), default=20_000)
@click.option("--at", "place", type=click.Path(path_type=Path), default=None)
def main(size: int, place: Path | None) -> None:
    """Build a desk of SIZE documents and print the table."""
    from benchmarks.__main__ import table

    with tempfile.TemporaryDirectory() as beside:
        folder = place or Path(beside)
        started = time.perf_counter()
        there = build(folder, size)
        sys.stdout.write(f"{there:,} documents ({time.perf_counter() - started:.0f} s)\n")
        for line in table(list(rows_of(folder))):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
