"""A whole run: collect, read, place, understand, resolve, compose. Killed anywhere, run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lodewire.config.desk import DeskConfig
from lodewire.config.source import SourceDefinition
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief
from lodewire.pipeline.collecting import CollectReport, Relabel, collect_step
from lodewire.pipeline.composing import compose_step
from lodewire.pipeline.progress import Progress, silent
from lodewire.pipeline.reading import StepReport, extract_step, read_step, story_step
from lodewire.pipeline.resolving import resolve_step
from lodewire.pipeline.workers import open_executor


@dataclass(slots=True)
class RunReport:
    """What a run did, step by step."""

    collected: CollectReport = field(default_factory=CollectReport)
    read: StepReport = field(default_factory=StepReport)
    placed: StepReport = field(default_factory=StepReport)
    understood: StepReport = field(default_factory=StepReport)
    resolved: StepReport = field(default_factory=StepReport)

    @property
    def quarantined(self) -> int:
        """How many captures and documents were set aside."""
        return self.read.quarantined + self.placed.quarantined + self.understood.quarantined

    @property
    def reasons(self) -> Counter[str]:
        """Why, with how often."""
        return self.read.reasons + self.placed.reasons + self.understood.reasons


def process(
    ledger: Ledger,
    desk: DeskConfig,
    *,
    now: datetime,
    workers: int | None = None,
    progress: Progress = silent,
) -> RunReport:
    """Take every capture in the ledger through to statements.

    Each step ends before the next begins, and each takes its work from the ledger's own queue:
    a run that was killed goes on where it stopped and ends with the same ledger.
    """
    report = RunReport()
    with open_executor(workers) as executor:
        report.read = read_step(ledger, executor, now=now, progress=progress)
        report.placed = story_step(ledger, executor, now=now, progress=progress)
        report.understood = extract_step(
            ledger, executor, gate=desk.relevance.gate, now=now, progress=progress
        )
    report.resolved = resolve_step(ledger, progress=progress)
    return report


def run_desk(
    ledger: Ledger,
    desk: DeskConfig,
    sources: Sequence[SourceDefinition],
    *,
    now: datetime,
    day: date | None = None,
    workers: int | None = None,
    relabel: Relabel | None = None,
    progress: Progress = silent,
) -> tuple[RunReport, Brief]:
    """Collect from ``sources``, process what came, and compose the brief of ``day``.

    ``day`` defaults to the day that ``now`` is in the desk's time zone.
    """
    collected = collect_step(ledger, sources, desk, now=now, relabel=relabel, progress=progress)
    report = process(ledger, desk, now=now, workers=workers, progress=progress)
    report.collected = collected
    brief = compose_step(ledger, desk, day or today(desk, now), now=now)
    return report, brief


def today(desk: DeskConfig, now: datetime) -> date:
    """Return the day that ``now`` is at the desk."""
    return now.astimezone(ZoneInfo(desk.timezone)).date()
