"""A whole run: collect, read, place, understand, resolve, compose. Killed anywhere, run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lodewire.config.desk import DeskConfig
from lodewire.config.source import SourceDefinition
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief
from lodewire.pipeline.collecting import CollectReport, Relabel, collect_step
from lodewire.pipeline.reading import extract_step, read_step, story_step
from lodewire.pipeline.workers import open_executor
from lodewire.workbench.alerts.firing import fire_rules
from lodewire.workbench.briefing.composing import compose_step
from lodewire.workbench.progress import Progress, silent
from lodewire.workbench.resolving import resolve_step
from lodewire.workbench.steps import StepReport

if TYPE_CHECKING:
    from lodewire.pipeline.model_reader import ModelReader


@dataclass(slots=True)
class RunReport:
    """What a run did, step by step."""

    collected: CollectReport = field(default_factory=CollectReport)
    read: StepReport = field(default_factory=StepReport)
    placed: StepReport = field(default_factory=StepReport)
    understood: StepReport = field(default_factory=StepReport)
    resolved: StepReport = field(default_factory=StepReport)
    fired: int = 0  # alerts, each new to its rule
    model: str = ""  # what the model reader was asked and took, where it read

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
    engine: str | None = None,
    model: ModelReader | None = None,
    progress: Progress = silent,
) -> RunReport:
    """Take every capture in the ledger through to statements.

    Each step ends before the next begins, and each takes its work from the ledger's own queue:
    a run that was killed goes on where it stopped and ends with the same ledger. ``model`` finds
    the events in place of the frames. ``engine`` names machines that work instead of this one.
    """
    report = RunReport()
    with open_executor(workers, engine) as executor:
        gate = desk.relevance.gate
        report.read = read_step(ledger, executor, now=now, gate=gate, progress=progress)
        report.placed = story_step(ledger, executor, now=now, progress=progress)
        report.understood = _understand(ledger, desk, executor, model, now, progress)
    if model is not None:
        report.model = model.summary()
    report.resolved = resolve_step(ledger, now=now, progress=progress)
    return report


def _understand(
    ledger: Ledger,
    desk: DeskConfig,
    executor: Executor,
    model: ModelReader | None,
    now: datetime,
    progress: Progress,
) -> StepReport:
    gate = desk.relevance.gate
    if model is None:
        return extract_step(ledger, executor, gate=gate, now=now, progress=progress)
    # A model is waited for, not computed: threads of this process share its caps and its cache.
    threads = ThreadPoolExecutor(model.concurrency)
    try:
        return extract_step(ledger, threads, gate=gate, now=now, find=model.find, progress=progress)
    finally:
        threads.shutdown(cancel_futures=True)  # who stops a run does not wait for every question


def run_desk(
    ledger: Ledger,
    desk: DeskConfig,
    sources: Sequence[SourceDefinition],
    *,
    now: datetime,
    day: date | None = None,
    workers: int | None = None,
    engine: str | None = None,
    relabel: Relabel | None = None,
    reader: str | None = None,
    progress: Progress = silent,
) -> tuple[RunReport, Brief]:
    """Collect from ``sources``, process what came, and compose the brief of ``day``.

    ``day`` defaults to the day that ``now`` is in the desk's time zone, ``reader`` ("frames" or
    "llm") to the desk's. Raises ConfigError when the model reader lacks endpoint, name or key.
    """
    model = _model_reader(desk, reader or desk.reader)
    collected = collect_step(ledger, sources, desk, now=now, relabel=relabel, progress=progress)
    report = process(
        ledger, desk, now=now, workers=workers, engine=engine, model=model, progress=progress
    )
    report.collected = collected
    brief = compose_step(ledger, desk, day or today(desk, now), now=now)
    report.fired = len(fire_rules(ledger, desk, now=now))
    return report, brief


def _model_reader(desk: DeskConfig, reader: str) -> ModelReader | None:
    if reader != "llm":
        return None
    from lodewire.pipeline.model_reader import open_model_reader

    return open_model_reader(desk)


def today(desk: DeskConfig, now: datetime) -> date:
    """Return the day that ``now`` is at the desk."""
    return now.astimezone(ZoneInfo(desk.timezone)).date()
