"""Going through archives: every page is judged, pages of the field go on into the ledger.

The mark of a place moves in the transaction that keeps its pages. So a run that was killed goes on
behind the last portion that was kept, and ends with the ledger of a run that nobody killed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit

from lodewire.collect.slices import MOST_BYTES, Slice
from lodewire.config.source import SourceDefinition
from lodewire.ledger.backfills import BackfillNote, BackfillState
from lodewire.ledger.store import Ledger
from lodewire.ledger.work import Stage
from lodewire.model.ids import SourceId
from lodewire.pipeline.backfill_places import Place
from lodewire.pipeline.backfill_task import KeptPage, Portion, Rules, Told, Worked, work_on
from lodewire.pipeline.keeping import Neighbours, keep_read, set_aside
from lodewire.pipeline.reading import extract_step, story_step
from lodewire.pipeline.workers import in_order
from lodewire.workbench.owning import keep_ownership
from lodewire.workbench.resolving import Views, resolve_step

_RESOLVE_AFTER = 400  # documents kept


@dataclass(slots=True)
class BackfillReport:
    """What one run did: pages by what became of them, processor seconds by step."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    documents: int = 0
    events: int = 0
    places: int = 0
    skipped: list[str] = field(default_factory=list)  # read to their end before

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Count the time of what is done inside to a step."""
        started = time.thread_time()
        yield
        self.spend({step: time.thread_time() - started})

    def spend(self, seconds: Mapping[str, float]) -> None:
        """Count seconds by step."""
        for step, spent in seconds.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + spent


class BackfillProgress(Protocol):
    """Told after each portion: where the place stands, and what the run did until now."""

    def __call__(self, state: BackfillState, report: BackfillReport) -> None:
        """Show it."""


def silent(state: BackfillState, report: BackfillReport) -> None:
    """Show nothing."""


def hosts_of(sources: Iterable[SourceDefinition]) -> Mapping[str, SourceId]:
    """Return the hosts of a desk's own sources, so that their archived pages bear their names."""
    found: dict[str, SourceId] = {}
    for source in sorted(sources, key=lambda s: s.id):
        host = urlsplit(source.homepage or "").hostname
        if host:
            found.setdefault(host.removeprefix("www."), source.id)
    return found


def backfill(
    ledger: Ledger,
    places: Sequence[Place],
    executor: Executor,
    *,
    rules: Rules,
    progress: BackfillProgress = silent,
) -> BackfillReport:
    """Read all ``places`` behind their marks; pages of the field become events of the ledger.

    Raises FetchFailed for a place that cannot be opened, LedgerError when the ledger refuses:
    what was kept until then stays, and the next run goes on behind it.
    """
    report = BackfillReport()
    for place in places:
        _Reading(ledger, place, executor, rules, report, progress).run()
    # What a worker could not take waits in the queue: it is set aside there, with the reason.
    story_step(ledger, executor, now=rules.now)
    extract_step(ledger, executor, gate=rules.gate, now=rules.now)
    with report.on("resolve"):
        report.events += resolve_step(ledger, now=rules.now).made
    return report


class _Reading:
    """One place in one run."""

    def __init__(
        self,
        ledger: Ledger,
        place: Place,
        executor: Executor,
        rules: Rules,
        report: BackfillReport,
        progress: BackfillProgress,
    ) -> None:
        self._ledger = ledger
        self._place = place
        self._executor = executor
        self._rules = rules
        self._report = report
        self._progress = progress
        self._held: Slice | None = None
        self._views = Views(ledger)
        self._neighbours = Neighbours(ledger)
        self._unresolved = 0

    def run(self) -> None:
        """Read the place from its mark to its end."""
        state = self._begin()
        if state is None:
            self._report.skipped.append(self._place.name)
            return
        self._report.places += 1
        tasks = ((p, self._rules) for p in self._place.portions(state.mark, self._rules))
        read = ((p, worked) for (p, _), worked in in_order(self._executor, work_on, tasks))
        for portion, worked in self._whole(read):
            state = self._settle(state, portion, worked)
        for portion, worked in self._rest():
            state = self._settle(state, portion, worked)
        ended = replace(state, ended_at=self._rules.now, done=self._place.total)
        self._ledger.backfills.put(ended, at=self._rules.now)

    def _begin(self) -> BackfillState | None:
        """Where to go on; None when nothing came since the place was read to its end."""
        total = self._place.total
        state = self._ledger.backfills.state(self._place.name)
        if state is None or state.fingerprint != self._place.fingerprint(state.fingerprint):
            state = BackfillState(
                place=self._place.name,
                fingerprint=self._place.fingerprint(),
                total=total,
                started_at=self._rules.now,
            )
        elif state.ended_at is not None and state.total == total:
            return None
        state = replace(state, total=total, ended_at=None)
        self._ledger.backfills.put(state, at=self._rules.now)
        return state

    def _whole(
        self, read: Iterable[tuple[Portion, Worked | Exception]]
    ) -> Iterator[tuple[Portion, Worked]]:
        """Yield portions with what they gave, each beginning where the one before it ended."""
        for portion, worked in read:
            if self._held is not None and portion.slice is not None:
                portion, worked = self._joined(self._held, portion, portion.slice)
            if isinstance(worked, Exception):
                yield from self._by_parts(portion, worked)
                continue
            cut = portion.slice
            if cut is not None and worked.read_to < cut.end:
                rest = cut.body[worked.read_to - cut.start :]
                self._held = Slice(start=worked.read_to, body=rest)
                portion = replace(portion, mark=str(worked.read_to), done=worked.read_to)
            yield portion, worked

    def _joined(
        self, held: Slice, portion: Portion, cut: Slice
    ) -> tuple[Portion, Worked | Exception]:
        self._held = None
        if len(held.body) + len(cut.body) > MOST_BYTES:
            told = (str(held.start), f"no record ends in {len(held.body):,} bytes")
            return self._once(replace(portion, damages=(*portion.damages, told)))
        return self._once(replace(portion, slice=held.joined(cut, held.start)))

    def _once(self, portion: Portion) -> tuple[Portion, Worked | Exception]:
        ((_, worked),) = in_order(self._executor, work_on, [(portion, self._rules)])
        return portion, worked

    def _by_parts(self, portion: Portion, error: Exception) -> Iterator[tuple[Portion, Worked]]:
        """Find what a portion failed by: half by half, so that all else of it is read."""
        parts = _parts(portion)
        if parts is None:
            message = f"could not be read: {error}"
            mark = str(portion.slice.start) if portion.slice else portion.captures[0][0]
            worked = Worked(counts=Counter(damaged=1), notes=[(mark, "BrokenFile", message)])
            yield portion, worked
            return
        for part in parts:
            yield from self._whole([self._once(part)])

    def _rest(self) -> Iterator[tuple[Portion, Worked]]:
        """What is left when the place ends inside a record."""
        if self._held is not None:
            end = self._held.end
            told = (str(self._held.start), "BrokenFile", "the archive ends inside this record")
            self._held = None
            yield Portion(mark=str(end), done=end), Worked(counts=Counter(damaged=1), notes=[told])

    def _settle(self, state: BackfillState, portion: Portion, worked: Worked) -> BackfillState:
        """Keep a portion and move the mark, as one step; events are resolved every now and then."""
        counts = Counter(state.counts) + worked.counts
        after = replace(state, counts=counts)
        if portion.mark:
            after = replace(after, mark=portion.mark, done=portion.done)
        with self._report.on("ledger"):
            kept = self._ledger.again(lambda: self._keep(after, worked))
        self._report.counts += worked.counts
        self._report.spend(worked.seconds)
        self._report.documents += kept
        self._unresolved += kept
        if self._unresolved >= _RESOLVE_AFTER:
            self._unresolved = 0
            with self._report.on("resolve"):
                found = resolve_step(self._ledger, now=self._rules.now, views=self._views)
                self._report.events += found.made
        self._progress(after, self._report)
        return after

    def _keep(self, after: BackfillState, worked: Worked) -> int:
        now = self._rules.now
        with self._neighbours.transaction():
            made = keep_pages(self._ledger, worked.kept, self._rules, self._neighbours)
            for capture, error in worked.refused:
                self._ledger.captures.add(capture)
                set_aside(self._ledger, capture.id, Stage.READ, error, now)
            notes = [BackfillNote(mark=m, kind=k, message=t) for m, k, t in worked.notes]
            self._ledger.backfills.put(after, notes, at=now)
        return made


def keep_pages(
    ledger: Ledger, pages: Sequence[KeptPage], rules: Rules, neighbours: Neighbours
) -> int:
    """Keep pages with their documents, places and readings; returns how many documents are new.

    To be called inside a transaction of ``neighbours``. Documents that are there already are left
    as they are.
    """
    if not pages:
        return 0
    ledger.captures.add_all([page.capture for page in pages])
    made = sum(
        keep_read(ledger, p.capture.id, p.documents, p.relevance, gate=rules.gate) for p in pages
    )
    due = ledger.stories.due(d.id for page in pages for d in page.documents)
    told = {t.document.id: t for page in pages for t in page.told if t.document.id in due}
    for one in sorted(told.values(), key=lambda t: t.signature.order):
        neighbours.place(one.signature, at=rules.now)
    neighbours.settle()  # readings go on from where stories end
    _keep_readings(ledger, list(told.values()))
    return made


def _keep_readings(ledger: Ledger, told: Sequence[Told]) -> None:
    ledger.readings.add_all((t.reading, t.entities) for t in told)
    for one in told:
        keep_ownership(ledger, one.reading)


def _parts(portion: Portion) -> tuple[Portion, Portion] | None:
    if portion.slice is not None:
        halves = portion.slice.halves()
        if halves is None:
            return None
        first, second = halves
        return (
            Portion(mark=str(first.end), done=first.end, slice=first, damages=portion.damages),
            Portion(mark=portion.mark, done=portion.done, slice=second),
        )
    middle = len(portion.captures) // 2
    if not middle:
        return None
    # The mark stays before the portion until all of it is kept.
    return (
        replace(portion, mark="", captures=portion.captures[:middle]),
        replace(portion, captures=portion.captures[middle:], damages=()),
    )
