"""SIGKILL at random points of everything that writes: ``python -m tests.ledger.kills``.

For each action a child is forked that does it, and killed after a random while; then the ledger
is checked, and the action taken up again. At the end the ledger must be the one that a process
gives which nobody killed. With ``--server URL`` (a database of a PostgreSQL server that may make
others) the ledgers are there, else in files.

    python -m tests.ledger.kills --kills 200
    python -m tests.ledger.kills --kills 200 --server postgresql://me@/postgres
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import MetaData

from lodewire.ledger import migrate
from lodewire.ledger.access import Access
from lodewire.ledger.backend import backend_of, is_postgres
from lodewire.ledger.keeping import back_up, move_ledger, restore
from lodewire.ledger.retention import Rule
from lodewire.ledger.schema import tables
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.capture import Capture

from . import sample
from .earlier import rows_before

ACTIONS = ("ingest", "resolve", "migrate", "backup", "move", "prune")
_PAGES = 4  # of one round
_LATER = sample.MORNING + timedelta(days=9_000)


def silent(step: str, done: int, total: int | None = None) -> None:
    """Nobody is told."""


def pages(round_: int) -> list[Capture]:
    """Four pages of the same happenings nine days after those of the round before."""
    found = []
    for source, url, words, days in sample.PAGES[:_PAGES]:
        mine = chr(65 + round_ % 26)
        told = words.replace("Khoemacau", f"Khoemacau {mine}")
        told = told.replace("Las Bambas", f"Las Bambas {mine}")
        found.append(sample.capture_of(source, f"{url}/{round_}", told, days + 9 * round_))
    return found


def begun(ledger: Ledger) -> int:
    """How many rounds were begun."""
    return -(-ledger.counts()["captures"] // _PAGES)


def ingest_round(ledger: Ledger, round_: int) -> None:
    for capture in pages(round_):
        ledger.captures.add(capture)
    sample.read_all(ledger)
    sample.story_all(ledger)
    sample.extract_all(ledger)


def exported(place: str | Path | Ledger) -> str:
    out = io.StringIO()
    if isinstance(place, Ledger):
        place.export(out)
        return out.getvalue()
    with open_ledger(place) as ledger:
        ledger.export(out)
    return out.getvalue()


class Places:
    """New places for ledgers, files or databases."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self.folder = folder
        self.server = server
        self._count = 0

    def file(self) -> Path:
        self._count += 1
        return self.folder / f"{self._count}.db"

    def new(self) -> str:
        if self.server is None:
            return str(self.file())
        import psycopg

        self._count += 1
        name = f"kills_{self.folder.name[-8:].replace('-', '_').lower()}_{self._count}"
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        before, _, after = self.server.rpartition("/postgres")
        return f"{before}/{name}{after}"


class Killer:
    """Kills each action some times and holds what is left against what must be there."""

    def __init__(self, places: Places, chance: random.Random) -> None:
        self.places = places
        self.chance = chance
        self.place = places.new()
        self.pruned = 0
        with open_ledger(self.place, create=True) as ledger:
            ingest_round(ledger, 0)

    def kill(self, action: Callable[[], None], within: float) -> bool:
        """Run ``action`` in a child and kill it; tell whether it was still at work."""
        child = os.fork()
        if child == 0:
            try:
                action()
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        time.sleep(self.chance.uniform(0, within))
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return True
        assert os.WEXITSTATUS(status) == 0, "the child must not fail by itself"
        return False

    def ingest(self) -> bool:
        def action() -> None:
            with open_ledger(self.place) as ledger:
                for round_ in range(max(begun(ledger) - 1, 0), 10_000):
                    ingest_round(ledger, round_)

        return self.kill(action, 0.4)

    def resolve(self) -> bool:
        with open_ledger(self.place) as ledger:
            if not ledger.events.pending(1):
                for round_ in range(begun(ledger), begun(ledger) + 6):
                    ingest_round(ledger, round_)

        def action() -> None:
            with open_ledger(self.place) as ledger:
                sample.resolve_all(ledger, 1)

        return self.kill(action, 0.3)

    def migrate(self) -> bool:
        """From nothing, or from the first schema with rows in it, to the present one."""
        place = self.places.new()
        rows = migrate.known_revisions()[0] != migrate.HEAD and self.chance.random() < 0.5
        if rows:
            first_schema(self.place, place)
        killed = self.kill(lambda: open_ledger(place, create=True).close(), 0.3)
        with open_ledger(place, create=True) as ledger, open_ledger(self.place) as source:
            assert ledger.integrity() == ()
            assert ledger.counts()["documents"] == (source.counts()["documents"] if rows else 0)
        return killed

    def backup(self) -> bool:
        file = self.places.folder / "kept.backup"

        def action() -> None:
            with open_ledger(self.place) as ledger:
                for _ in range(1_000):
                    back_up(ledger, file, silent)

        killed = self.kill(action, 0.6)
        if file.exists():
            target = self.places.file()
            restore(file, str(target), silent)
            assert exported(target) == exported(self.place)
        return killed

    def move(self) -> bool:
        """To another place of the same kind, or (by turns) from the database into a file."""
        target = self.places.new() if self.chance.random() < 0.5 else str(self.places.file())

        def action() -> None:
            move_ledger(self.place, target, silent)

        killed = self.kill(action, 0.6)
        arrived = 0
        if is_postgres(target) or Path(target).exists():
            with open_ledger(target, create=is_postgres(target)) as ledger:
                arrived = ledger.counts()["captures"]
        if not arrived:
            action()
        assert exported(target) == exported(self.place)
        return killed

    def prune(self) -> bool:
        """Each time nine more days of captures are old enough; what was left is taken up again."""
        self.pruned += 1
        old = Rule(before=sample.MORNING + timedelta(days=9 * self.pruned + 4))

        def action() -> None:
            with open_ledger(self.place) as ledger:
                ledger.retention.drop([old], at=_LATER, reason="kill")

        return self.kill(action, 0.05)

    def check(self) -> None:
        with open_ledger(self.place) as ledger:
            assert ledger.integrity() == (), ledger.integrity()

    def finish(self) -> None:
        """Do what is left; the ledger is then the one of a process nobody killed."""
        with open_ledger(self.place) as ledger:
            rounds = begun(ledger)
            for round_ in range(rounds):
                ingest_round(ledger, round_)
            sample.resolve_all(ledger)
            assert ledger.integrity() == ()
            assert set(ledger.waiting().values()) == {0}
            found = exported(ledger)
        with open_ledger(":memory:", create=True) as whole:
            for round_ in range(rounds):
                ingest_round(whole, round_)
            sample.resolve_all(whole)
            assert found == exported(whole), "nothing lost, nothing doubled"


def first_schema(source: str, place: str) -> None:
    """Make a ledger as the first Lodewire did, with the rows of ``source`` that it had."""
    backend = backend_of(place)
    backend.prepare_new()
    access = Access(backend)
    try:
        migrate.upgrade(access, migrate.known_revisions()[0])
        with (
            open_ledger(source) as ledger,
            ledger._access.reading() as there,
            access.writing() as here,
        ):
            kept = MetaData()
            kept.reflect(here)
            for table in kept.sorted_tables:
                known = table.name in tables.tables
                if known and (rows := rows_before(there, table)):
                    backend.load(here, table, rows)
    finally:
        access.close()


def run(kills: int, places: Places, seed: int) -> Iterator[tuple[str, int, int]]:
    """Yield (action, kills, of which the action was still at work) for each action."""
    killer = Killer(places, random.Random(seed))
    for at, action in enumerate(ACTIONS):
        wanted = kills // len(ACTIONS) + (at < kills % len(ACTIONS))
        hit = 0
        for _ in range(wanted):
            hit += getattr(killer, action)()
            killer.check()
        yield action, wanted, hit
    killer.finish()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--server")
    parser.add_argument("--seed", type=int, default=20250312)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lodewire-kills-") as folder:
        started = time.monotonic()
        total = hits = 0
        for action, kills, hit in run(
            chosen.kills, Places(Path(folder), chosen.server), chosen.seed
        ):
            print(f"{action:8} {kills:4} kills, {hit:4} at work", flush=True)
            total, hits = total + kills, hits + hit
        took = time.monotonic() - started
        print(f"{total} kills, {hits} at work: the same ledger, sound ({took:.0f} s)")


if __name__ == "__main__":
    main()
