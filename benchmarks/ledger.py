"""The ledger at size: ``python -m benchmarks.ledger 10000 100000 [--at PLACE]``.

Fills one ledger with variations of the sample newsroom up to each size in turn, and measures, at
each: documents a second into the ledger (captures, documents, stories, readings), event mentions
a second through resolution, one more day's documents (both together), search and reading a day,
bytes on disk a document, and memory. Reading of pages is not measured here (see ``text`` and
``extraction``): the readings are generated.

As a part of ``python -m benchmarks`` it runs at 2,000 documents.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from benchmarks.report import BenchRow
from benchmarks.variations import DOCUMENTS_A_DAY, START, Pattern, Variation, patterns, variations
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.pipeline.keeping import Neighbours
from lodewire.resolve.entities import entities_of
from lodewire.stories.fingerprint import sign
from lodewire.workbench.resolving import Views, resolve_step

_BATCH = 1_000  # a day's documents, as one run takes them
_AT_ONCE = 200
_QUERIES = 60


@dataclass(slots=True)
class Spent:
    """Seconds of wall clock and of this process by step, and what they were spent on."""

    seconds: dict[str, float] = field(default_factory=dict)
    own: float = 0.0  # of them this process ran: what other processes took is not in it
    documents: int = 0
    mentions: int = 0

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Add the time of what is done inside to a step."""
        started, own = time.perf_counter(), time.process_time()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - started
        self.own += time.process_time() - own

    @property
    def ingest(self) -> float:
        """Seconds of everything but resolution."""
        return sum(s for step, s in self.seconds.items() if step != "resolve")


def fill(
    ledger: Ledger,
    batch: Sequence[Variation],
    spent: Spent,
    neighbours: Neighbours | None = None,
    views: Views | None = None,
) -> None:
    """Take a batch through every stage, as the pipeline does, with readings at hand."""
    with spent.on("documents"), ledger.transaction():
        ledger.captures.add_all([v.capture for v in batch])
        ledger.documents.add_read_all([(v.capture.id, [v.document]) for v in batch])
    known = {v.document.id: v for v in batch}
    signed_at = min(v.capture.fetched_at for v in batch)
    neighbours = neighbours or Neighbours(ledger)
    with spent.on("stories"):
        while pending := ledger.stories.pending(_AT_ONCE):
            with neighbours.transaction():
                for document in pending:
                    mentions = known[document.id].reading.mentions
                    signature = sign(document, day=document.published or START, mentions=mentions)
                    neighbours.place(signature, at=signed_at)
    readings = [v.reading for v in batch]
    with spent.on("readings"):
        ledger.readings.add_all([(r, entities_of(r.mentions)) for r in readings])
    with spent.on("resolve"):
        resolve_step(ledger, views=views)
    spent.documents += len(batch)
    spent.mentions += sum(len(r.events) for r in readings)


def fill_up(ledger: Ledger, first: int, last: int, of: Sequence[Pattern]) -> Spent:
    """Add the documents numbered ``first`` to ``last`` (not included)."""
    spent = Spent()
    neighbours, views = Neighbours(ledger), Views(ledger)
    for at in range(first, last, _BATCH):
        batch = list(variations(min(_BATCH, last - at), first=at, of=of))
        fill(ledger, batch, spent, neighbours, views)
        if sys.stderr.isatty():
            print(f"\r{at + len(batch):,} documents", end="", file=sys.stderr)
    return spent


def percentiles(step: Callable[[int], object], count: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of ``count`` calls, in milliseconds."""
    times = []
    for n in range(count):
        started = time.perf_counter()
        step(n)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def _search(ledger: Ledger, texts: Sequence[list[str]], chance: random.Random) -> object:
    """Look for two words in a row of some text."""
    words = chance.choice(texts)
    at = chance.randrange(max(1, len(words) - 2))
    return ledger.search(" ".join(words[at : at + 2]), limit=20)


def measure(ledger: Ledger, size: int, spent: Spent, of: Sequence[Pattern]) -> list[BenchRow]:
    """Return the rows of one size: rates of filling it, a further day, reading and size."""
    chance = random.Random(size)
    texts = [p.reading.document.text.split() for p in of]
    days = max(1, size // DOCUMENTS_A_DAY)

    def search(_: int) -> object:
        return _search(ledger, texts, chance)

    def day(_: int) -> object:
        return ledger.events.of_day(START + timedelta(days=chance.randrange(days)))

    def then(_: int) -> Ledger:
        after = timedelta(days=chance.randrange(days), hours=23)
        return ledger.as_of(datetime.combine(START, time_of_day.min, UTC) + after)

    found, read = percentiles(search, _QUERIES), percentiles(day, _QUERIES // 3)
    past_found = percentiles(lambda n: _search(then(n), texts, chance), _QUERIES)
    past_read = percentiles(
        lambda n: then(n).events.of_day(START + timedelta(days=chance.randrange(days))),
        _QUERIES // 3,
    )
    more = fill_up(ledger, size, size + DOCUMENTS_A_DAY, of)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = [
        ("events", float(ledger.counts()["events"]), "events"),
        ("into the ledger", spent.documents / spent.ingest, "documents/s"),
        ("of the process's own time, all steps", spent.documents / spent.own, "documents/s"),
        ("resolved", spent.mentions / max(spent.seconds["resolve"], 1e-9), "mentions/s"),
        (f"a day of {DOCUMENTS_A_DAY:,} more", sum(more.seconds.values()), "s"),
        ("search, median", found[0], "ms"),
        ("search, 95th percentile", found[1], "ms"),
        ("events of a day, median", read[0], "ms"),
        ("events of a day, 95th percentile", read[1], "ms"),
        ("search as of a day, median", past_found[0], "ms"),
        ("search as of a day, 95th percentile", past_found[1], "ms"),
        ("events of a day as of a day, median", past_read[0], "ms"),
        ("events of a day as of a day, 95th percentile", past_read[1], "ms"),
        ("highest memory", memory, "MB"),
    ]
    where = Path(ledger.where)
    if where.is_file():
        told.append(("on disk", where.stat().st_size / size / 1000, "kB a document"))
    for step, seconds in spent.seconds.items():
        told.append((step, seconds / spent.documents * 1000, "ms a document"))
    return [BenchRow(name=f"{size:,}: {name}", value=v, unit=unit) for name, v, unit in told]


def grow(sizes: Sequence[int], place_: str | None = None) -> list[BenchRow]:
    """Fill one ledger to each size in turn; in a folder thrown away unless a place is given."""
    of = patterns()
    rows: list[BenchRow] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(place_ or f"{folder}/ledger.db", create=True) as ledger,
    ):
        at = 0
        for size in sorted(sizes):
            if size <= at:
                raise SystemExit(f"{size:,}: give sizes more than {DOCUMENTS_A_DAY:,} apart")
            spent = fill_up(ledger, at, size, of)
            rows += measure(ledger, size, spent, of)
            at = size + DOCUMENTS_A_DAY
    return rows


def run() -> list[BenchRow]:
    """The small size, for ``python -m benchmarks``."""
    return grow([2_000])


def main(arguments: Sequence[str]) -> int:
    """Print the table for the sizes named."""
    from benchmarks.__main__ import table

    place_ = None
    sizes = list(arguments)
    if "--at" in sizes:
        at = sizes.index("--at")
        place_ = sizes[at + 1]
        del sizes[at : at + 2]
    for line in table(grow([int(s.replace(",", "")) for s in sizes] or [2_000], place_)):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
