"""``lodewire backfill``: go through archives, folders and lists of addresses."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import (
    desk_option,
    executor_option,
    instant,
    json_option,
    now_option,
    open_desk,
    workers_option,
)

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.backfills import BackfillState
    from lodewire.ledger.store import Ledger
    from lodewire.pipeline.backfill import BackfillProgress, BackfillReport
    from lodewire.pipeline.backfill_places import Place

_EVERY = 30.0  # seconds between two lines where there is no terminal to draw on
_MOST_NOTES = 20


@click.command(
    epilog="""\b
Examples:
  lodewire backfill 2025-03.warc.gz --desk ~/metals-desk
  lodewire backfill ~/archives                 every WARC file, then the other pages of a folder
  lodewire backfill addresses.txt              one address a line, fetched politely
  lodewire backfill ~/archives --executor dask://10.0.0.5:8786
  lodewire backfill --status                   how far each archive is read, and what was not

A run that was stopped, even killed, goes on where it was when run again.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@desk_option
@click.option("--status", is_flag=True, help="Tell how far each place is read; read nothing.")
@click.option("--allow-private", is_flag=True, help="Fetch addresses of your own network too.")
@workers_option
@executor_option
@json_option
@now_option
def command(
    paths: tuple[Path, ...],
    folder: Path,
    status: bool,
    allow_private: bool,
    workers: int | None,
    engine: str | None,
    as_json: bool,
    now: datetime | None,
) -> None:
    """Read archives: every page is judged, pages of the field become events of the ledger.

    PATHS are WARC files (.warc, .warc.gz), folders of them or of pages, or text files with an
    address a line. A page that is not of the field leaves no trace but its count: the archive
    still has it.
    """
    moment = instant(now)
    if status:
        with open_desk(folder) as (_, ledger):
            _print_status(ledger, as_json=as_json)
        return
    if not paths:
        raise click.UsageError("Name archives, folders or lists to read, or ask for --status.")
    from lodewire.pipeline.backfill import backfill
    from lodewire.pipeline.workers import open_executor

    with open_desk(folder, create=True) as (desk, ledger):
        places = _places(desk, paths, allow_private=allow_private)
        rules = _rules(desk, moment)
        started = time.monotonic()
        with open_executor(workers, engine) as executor, _shown(places, quiet=as_json) as shown:
            report = backfill(ledger, places, executor, rules=rules, progress=shown)
        spent = time.monotonic() - started
        notes = [n for p in places for n in ledger.backfills.notes(p.name, limit=_MOST_NOTES)]
    if as_json:
        click.echo(json.dumps(_told(report, spent), ensure_ascii=False, indent=1))
        return
    _print_report(report, spent)
    for note in notes[:_MOST_NOTES]:
        click.echo(f"  {note.kind}: {note.message}", err=True)


def _places(desk: DeskConfig, paths: tuple[Path, ...], *, allow_private: bool) -> list[Place]:
    from lodewire import __version__
    from lodewire.collect.fetching import FetchPolicy, user_agent
    from lodewire.pipeline.backfill_places import places_of
    from lodewire.pipeline.collecting import fetch_limits

    return places_of(
        paths,
        agent=user_agent(__version__, desk.contact),
        limits=fetch_limits(desk.collect),
        policy=FetchPolicy(allow_private=allow_private),
    )


def _rules(desk: DeskConfig, now: datetime) -> Any:
    from lodewire.config.source import load_sources
    from lodewire.pipeline.backfill import hosts_of
    from lodewire.pipeline.backfill_task import Rules

    known = load_sources(*desk.source_folders, shipped=desk.sources.shipped)
    return Rules(gate=desk.relevance.gate, now=now, sources=hosts_of(known))


@contextmanager
def _shown(places: list[Place], *, quiet: bool) -> Iterator[BackfillProgress]:
    """Draw how far the run is, how fast, and how long it will take; lines where no terminal is."""
    from lodewire.cli.printing import console
    from lodewire.pipeline.backfill import silent

    screen = console(stderr=True)
    if quiet:
        yield silent
        return
    if not screen.is_terminal:
        yield _Lines(len(places))
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as Left

    columns = (
        TextColumn("{task.description:>24}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}"),
        Left(),
    )
    with Progress(*columns, console=screen, transient=True, speed_estimate_period=120) as bars:
        tasks: dict[str, Any] = {}
        pace = _Pace()

        def show(state: BackfillState, report: BackfillReport) -> None:
            if state.place not in tasks:
                name = Path(state.place).name
                tasks[state.place] = bars.add_task(name[-24:], total=state.total, told="")
            bars.update(tasks[state.place], completed=state.done, told=pace.words(report))

        yield show


class _Pace:
    """Pages a second of a run."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def words(self, report: BackfillReport) -> str:
        pages = report.counts["pages"]
        rate = pages / max(time.monotonic() - self._started, 1e-3)
        return f"{pages:,} pages, {rate:,.0f}/s, {report.counts['kept']:,} kept"


class _Lines:
    """A line every half minute, for logs."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._pace = _Pace()
        self._told = self._begun = time.monotonic()
        self._first: dict[str, tuple[float, int]] = {}

    def __call__(self, state: BackfillState, report: BackfillReport) -> None:
        now = time.monotonic()
        since, done = self._first.setdefault(state.place, (now, state.done))
        if now - self._told < _EVERY:
            return
        self._told = now
        gone = state.done - done
        left = (now - since) * (state.total - state.done) / gone if gone > 0 else 0.0
        click.echo(
            f"{Path(state.place).name} ({report.places} of {self._places}): "
            f"{state.done / max(state.total, 1):.0%}, {self._pace.words(report)}, "
            f"{left / 60:.0f} min left",
            err=True,
        )


def _told(report: BackfillReport, spent: float) -> dict[str, Any]:
    return {
        "places": report.places,
        "already_read": report.skipped,
        "counts": dict(sorted(report.counts.items())),
        "documents": report.documents,
        "events": report.events,
        "seconds": round(spent, 1),
        "processor_seconds": {k: round(v, 2) for k, v in sorted(report.seconds.items())},
    }


def _print_report(report: BackfillReport, spent: float) -> None:
    pages, kept = report.counts["pages"], report.counts["kept"]
    for name in report.skipped:
        click.echo(f"{name}: read to its end before; nothing came since.")
    if not report.places:
        return
    rate = pages / max(spent, 1e-3)
    click.echo(
        f"{pages:,} pages in {spent:,.0f} s ({rate:,.0f}/s): {kept:,} of the field, "
        f"{report.documents:,} new documents, {report.events:,} event mentions."
    )
    others = {k: n for k, n in sorted(report.counts.items()) if k not in ("pages", "kept")}
    if others:
        click.echo("  " + ", ".join(f"{n:,} {name}" for name, n in others.items()))
    total = sum(report.seconds.values())
    if total >= 1:
        shares = sorted(report.seconds.items(), key=lambda s: -s[1])
        told = ", ".join(f"{step} {took / total:.0%}" for step, took in shares)
        each = total / max(pages, 1) * 1000
        click.echo(f"  Processor time: {total:,.0f} s, {each:.1f} ms a page: {told}.")


def _print_status(ledger: Ledger, *, as_json: bool) -> None:
    states = ledger.backfills.states()
    if as_json:
        told = [
            {
                "place": s.place,
                "done": s.done,
                "total": s.total,
                "ended_at": s.ended_at.isoformat() if s.ended_at else None,
                "counts": dict(s.counts),
                "notes": [[n.mark, n.kind, n.message] for n in ledger.backfills.notes(s.place)],
            }
            for s in states
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    if not states:
        click.echo("No archive was read yet. Read one: lodewire backfill FILE.warc.gz")
    for state in states:
        share = 1.0 if state.ended_at else state.done / max(state.total, 1)
        counts = ", ".join(f"{n:,} {name}" for name, n in sorted(state.counts.items()))
        click.echo(f"{state.place}: {share:.0%} read. {counts}")
        for note in ledger.backfills.notes(state.place, limit=_MOST_NOTES):
            click.echo(f"  {note.mark}: {note.kind}: {note.message}")
