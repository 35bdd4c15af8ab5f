"""``lodewire collect``: fetch what is new."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import (
    desk_option,
    instant,
    json_option,
    now_option,
    open_desk,
    shown_progress,
)

if TYPE_CHECKING:
    from lodewire.pipeline.collecting import CollectReport


@click.command(
    epilog="""\b
Examples:
  lodewire collect --desk ~/metals-desk
  lodewire collect --only usgs --only iaea
"""
)
@desk_option
@click.option("--only", multiple=True, metavar="SOURCE", help="Only this source; may be repeated.")
@json_option
@now_option
def command(folder: Path, only: tuple[str, ...], as_json: bool, now: datetime | None) -> None:
    """Fetch what is new from the desk's sources into the ledger, politely.

    Pages are kept as captures; `lodewire run` reads them. A source that fails never stops the
    others: what went wrong is listed, and shown by `lodewire sources health`. Exit code 1 when none
    of them answered.
    """
    from lodewire.cli.sources import chosen_sources
    from lodewire.pipeline.collecting import collect_step

    moment = instant(now)
    with open_desk(folder, create=True) as (desk, ledger), shown_progress(quiet=as_json) as shown:
        sources = chosen_sources(desk, only, day=moment.date())
        report = collect_step(ledger, sources, desk, now=moment, progress=shown)
    print_collect(report, as_json=as_json)
    exit_if_silent(report)


def exit_if_silent(report: CollectReport) -> None:
    """End with exit code 1 and a word of advice when no source answered."""
    if report.nothing_answered:
        click.echo("No source answered. Is this machine on the net?", err=True)
        sys.exit(1)


def print_collect(report: CollectReport, *, as_json: bool) -> None:
    """Print what a collecting run brought."""
    if as_json:
        notes = [
            {
                "source": n.source_id,
                "kind": n.kind.value,
                "address": n.address,
                "message": n.message,
            }
            for n in report.notes
        ]
        told = {"sources": report.sources, "captures": report.captures, "notes": notes}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(
        f"{_counted(report.captures, 'new capture')} from {_counted(report.sources, 'source')}; "
        f"{_counted(report.unchanged, 'channel')} unchanged."
    )
    print_notes(report)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def print_notes(report: CollectReport) -> None:
    """Say on standard error what went wrong, source by source; a hint stands once."""
    hinted: set[str] = set()
    for note in report.notes:
        click.echo(f"  {note.source_id}: {note.kind.value}: {note.message}", err=True)
        if note.hint and note.hint not in hinted:
            hinted.add(note.hint)
            click.echo(f"    {note.hint}", err=True)
