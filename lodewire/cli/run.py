"""``lodewire run``: from sources to today's brief."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import (
    Day,
    desk_option,
    executor_option,
    instant,
    json_option,
    now_option,
    open_desk,
    reader_option,
    shown_progress,
    workers_option,
)

if TYPE_CHECKING:
    from lodewire.pipeline.run import RunReport


@click.command(
    epilog="""\b
Examples:
  lodewire run --desk ~/metals-desk
  lodewire run --offline                 read what was collected before
  lodewire run --day 2025-03-28 --json
  lodewire run --reader llm              let the model of desk.toml find the events

A run that was stopped, even killed, goes on where it was when run again.
"""
)
@desk_option
@click.option("--day", type=Day(), default=None, help="Day of the brief. Default: today.")
@click.option("--only", multiple=True, metavar="SOURCE", help="Collect only this source.")
@click.option("--offline", is_flag=True, help="Collect nothing; work on what is there.")
@click.option("--retry", is_flag=True, help="Take up again what was set aside before.")
@click.option("--no-write", is_flag=True, help="Print the brief without writing files.")
@reader_option(None, "what desk.toml says, else frames")
@workers_option
@executor_option
@json_option
@now_option
def command(
    folder: Path,
    day: date | None,
    only: tuple[str, ...],
    offline: bool,
    retry: bool,
    no_write: bool,
    reader: str | None,
    workers: int | None,
    engine: str | None,
    as_json: bool,
    now: datetime | None,
) -> None:
    """Collect, read, place, understand, resolve, and compose the day's brief."""
    from lodewire.cli.brief import draft_words, print_brief, what_to_do, write_brief
    from lodewire.cli.collect import exit_if_silent
    from lodewire.cli.sources import chosen_sources
    from lodewire.pipeline.run import run_desk, today
    from lodewire.publish.export import brief_to_json

    moment = instant(now)
    with open_desk(folder, create=True) as (desk, ledger):
        sources = () if offline else chosen_sources(desk, only, day=moment.date())
        if retry:
            ledger.quarantine.retry()
        with shown_progress(quiet=as_json) as shown:
            report, brief = run_desk(
                ledger,
                desk,
                sources,
                now=moment,
                day=day or today(desk, moment),
                workers=workers,
                engine=engine,
                reader=reader,
                progress=shown,
            )
        if as_json:
            click.echo(json.dumps(brief_to_json(brief), ensure_ascii=False, indent=1))
            return
        print_brief(brief)
        if advice := what_to_do(brief, ledger, folder) or draft_words(desk, brief):
            click.echo(advice)
        _print_report(report)
        # A folder of briefs may be served as it is: a draft is not for it.
        if not no_write and desk.brief.publishing == "automatic":
            for file in write_brief(brief, desk.output_path, desk.contact):
                click.echo(f"Wrote {file}")
    exit_if_silent(report.collected)


def _print_report(report: RunReport) -> None:
    """Say what the run took, made and set aside, and what the model reader had to say."""
    from lodewire.cli.collect import print_notes
    from lodewire.cli.printing import print_model, print_set_aside

    click.echo(
        f"{report.collected.captures} captures, {report.read.made} documents, "
        f"{report.understood.made} event mentions, {report.quarantined} set aside."
    )
    if report.fired:
        click.echo(f"{report.fired} new alerts. lodewire alerts run tells them.")
    print_set_aside(report.reasons)
    print_model(report.model, report.understood.notes)
    print_notes(report.collected)
