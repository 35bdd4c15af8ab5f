"""``lodewire figures fetch`` and ``health``: official services, asked on this machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk, shown_progress
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.collect.official.services import Service, Wish
    from lodewire.config.desk import DeskConfig
    from lodewire.pipeline.figures import FetchOutcome
    from lodewire.pipeline.figures_state import ServiceState
    from lodewire.workbench.progress import Progress


class Since(click.ParamType[date]):
    """A day, month or year: the first day of it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse 2020, 2020-06 or 2020-06-30."""
        if isinstance(value, date):
            return value
        text = str(value)
        try:
            return date.fromisoformat({4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text))
        except ValueError:
            self.fail(f"{value!r} is no day; write 2020, 2020-06 or 2020-06-30", param, ctx)


_format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON, version 1.",
)


@click.command(
    epilog="""\b
Examples:
  lodewire figures fetch ecb fred --desk ~/metals-desk
  lodewire figures fetch comtrade --commodity lithium --since 2022
  lodewire figures fetch comtrade --commodity lithium --dry-run
  lodewire figures fetch all --due

The services, what each needs and under which terms: docs/guides/official-figures.md.
Exit code 1 when one of them failed.
"""
)
@click.argument("names", nargs=-1, required=True, metavar="SOURCE…")
@desk_option
@click.option("--since", type=Since(), default=None, help="Ask from here on: 2020, 2020-06, a day.")
@click.option(
    "--commodity",
    "commodities",
    multiple=True,
    metavar="NAME",
    help="Only this commodity; may be repeated.",
)
@click.option("--due", is_flag=True, help="Only services whose last fetch is no longer fresh.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked first, and ask nothing.")
@click.option(
    "--accept-shrunk",
    is_flag=True,
    help="Keep an answer that lacks more than half of the rows known before.",
)
@_format_option
@now_option
def fetch(
    names: tuple[str, ...],
    folder: Path,
    since: date | None,
    commodities: tuple[str, ...],
    due: bool,
    dry_run: bool,
    accept_shrunk: bool,
    format_: str,
    now: datetime | None,
) -> None:
    """Fetch figures from official services into the desk's folder.

    SOURCE may be `all`: every service of figures that needs no key or has it set.
    An answer that is damaged, cut off or empty changes nothing: what was fetched before stays, and
    the other services go on.
    """
    from lodewire.config.desk import load_desk
    from lodewire.pipeline.figures import fetch_services
    from lodewire.pipeline.figures_reading import READING

    moment = instant(now)
    desk = load_desk(folder)
    reading = [name for name in dict.fromkeys(names) if name in READING]
    figures = [name for name in names if name not in READING]
    wishes = _wishes(desk, figures, moment, since, commodities, due=due) if figures else []
    if dry_run:
        _print_plan(desk, wishes, reading, moment, format_)
        return
    told: list[dict[str, Any]] = []
    with shown_progress(quiet=format_ == "json") as shown:
        outcomes = fetch_services(
            desk, wishes, now=moment, accept_shrunk=accept_shrunk, progress=shown
        )
        for outcome in outcomes if wishes else ():
            told.append(_to_json(outcome))
            if format_ == "text":
                _print_outcome(outcome)
        for name in reading:
            told.append(_collect(folder, name, moment, shown))
            if format_ == "text":
                _print_collected(told[-1])
    if format_ == "json":
        click.echo(json.dumps({"version": 1, "fetched": told}, ensure_ascii=False, indent=1))
    elif not told:
        click.echo("Nothing is due. `lodewire figures health` says when the next fetch is.")
    if any("error" in outcome for outcome in told):
        sys.exit(1)


def _collect(folder: Path, name: str, now: datetime, progress: Progress) -> dict[str, Any]:
    """Collect the channels of one service that gives texts into the ledger."""
    from lodewire.errors import LodewireError
    from lodewire.pipeline.collecting import collect_step
    from lodewire.pipeline.figures_reading import reading_sources

    try:
        with open_desk(folder, create=True) as (desk, ledger):
            sources = reading_sources(desk, name, day=now.date())
            report = collect_step(ledger, sources, desk, now=now, progress=progress)
    except LodewireError as error:
        return {"service": name, "error": error.message, "hint": error.hint}
    notes = [note.message for note in report.notes]
    if report.nothing_answered and report.notes:
        note = report.notes[0]
        return {"service": name, "error": note.message, "hint": note.hint}
    return {"service": name, "captures": report.captures, "notes": notes}


def _print_collected(told: dict[str, Any]) -> None:
    name = told["service"]
    if "error" in told:
        click.echo(f"{name}: FAILED: {plain(told['error'])}", err=True)
        if told["hint"]:
            click.echo(f"  {plain(told['hint'])}", err=True)
        return
    count = told["captures"]
    click.echo(f"{name}: {count:,} new {'text' if count == 1 else 'texts'}; `lodewire run` reads.")
    for note in told["notes"]:
        click.echo(f"  note: {plain(note)}")


def _wishes(
    desk: DeskConfig,
    names: Sequence[str],
    now: datetime,
    since: date | None,
    commodities: Sequence[str],
    *,
    due: bool,
) -> list[tuple[Service, Wish]]:
    from lodewire.pipeline.figures import all_services, service_named, states, wish_for

    if "all" in names:
        able = all_services(desk)
        services = [s for s in able if not commodities or "commodities" in s.knows]
    else:
        services = [service_named(name) for name in names]
    if due:
        late = {s.name for s, state in states(desk) if _is_due(s, state, now)}
        services = [s for s in services if s.name in late]
    asked = []
    for service in dict.fromkeys(services):
        # Of `all`, each is asked for what it understands of the question.
        day = since if "all" not in names or "since" in service.knows else None
        wish = wish_for(desk, service, today=now.date(), since=day, commodities=commodities)
        asked.append((service, wish))
    return asked


def _is_due(service: Service, state: ServiceState, now: datetime) -> bool:
    next_ = state.due_at(service.every)
    return next_ is None or next_ <= now


def _print_plan(
    desk: DeskConfig,
    wishes: Sequence[tuple[Service, Wish]],
    reading: Sequence[str],
    now: datetime,
    format_: str,
) -> None:
    from lodewire.pipeline.figures import access_to, planned
    from lodewire.pipeline.figures_reading import planned_reading, reading_sources

    told: list[dict[str, Any]] = []
    for service, wish in wishes:
        access = access_to(desk, service)
        key = access.key_from if access.key is not None else None
        requests = list(planned(desk, service, wish))
        told.append({"service": service.name, "key": key, "requests": requests})
    for name in reading:
        sources = reading_sources(desk, name, day=now.date())
        requests = list(planned_reading(desk, sources, now=now))
        told.append({"service": name, "key": None, "requests": requests})
    if format_ == "json":
        click.echo(json.dumps({"version": 1, "planned": told}, ensure_ascii=False, indent=1))
        return
    for plan in told:
        key = f"with the key in {plan['key']}" if plan["key"] else "without a key"
        click.echo(f"{plan['service']}: would be asked {key}; pages may follow:")
        for request in plan["requests"]:
            click.echo(f"  {plain(str(request))}")


def _print_outcome(outcome: FetchOutcome) -> None:
    name = outcome.service
    if outcome.error is not None:
        told = plain(outcome.error.message).removeprefix(f"{name}: ")
        click.echo(f"{name}: FAILED: {told}", err=True)
        if outcome.error.hint:
            click.echo(f"  {plain(outcome.error.hint)}", err=True)
        return
    assert outcome.changes is not None
    click.echo(f"{name}: {change_words(outcome)}")
    for example in outcome.changes.examples:
        click.echo(f"  {plain(example)}")
    if outcome.handed_over:
        click.echo(f"  now in the desk: {plain(outcome.handed_over)}")
    for note in outcome.notes:
        click.echo(f"  note: {plain(note)}")


def change_words(outcome: FetchOutcome) -> str:
    """Return in one line what a fetch changed."""
    changes = outcome.changes
    assert changes is not None
    requests = f"{outcome.asked} request{'' if outcome.asked == 1 else 's'}"
    rows = f"{changes.rows:,} {'row' if changes.rows == 1 else 'rows'}"
    if not changes:
        return f"nothing changed; {rows} ({requests})"
    parts = [
        f"{count:,} {word}"
        for count, word in (
            (changes.added, "new"),
            (changes.changed, "changed"),
            (changes.gone, "gone"),
        )
        if count
    ]
    return f"{', '.join(parts)}; {rows} now ({requests})"


def _to_json(outcome: FetchOutcome) -> dict[str, Any]:
    if outcome.error is not None:
        return {
            "service": outcome.service,
            "error": outcome.error.message,
            "hint": outcome.error.hint,
        }
    changes = outcome.changes
    assert changes is not None
    return {
        "service": outcome.service,
        "requests": outcome.asked,
        "rows": changes.rows,
        "added": changes.added,
        "changed": changes.changed,
        "gone": changes.gone,
        "handed_over": outcome.handed_over,
        "examples": list(changes.examples),
        "notes": list(outcome.notes),
    }


@click.command(
    epilog="""\b
Examples:
  lodewire figures health --desk ~/metals-desk
  lodewire figures health --format json
"""
)
@desk_option
@_format_option
@now_option
def health(folder: Path, format_: str, now: datetime | None) -> None:
    """Say of each official service: last success, rows, what failed since, when it is due."""
    from lodewire.config.desk import load_desk
    from lodewire.pipeline.figures import access_to, states

    desk = load_desk(folder)
    moment = instant(now)
    told = [
        _health_row(service, state, access_to(desk, service).key is not None, moment)
        for service, state in states(desk)
    ]
    if format_ == "json":
        click.echo(json.dumps({"version": 1, "services": told}, ensure_ascii=False, indent=1))
        return
    from rich.table import Table

    from lodewire.cli.printing import console

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("service", "state", "last success", "rows", "next due", "key"):
        table.add_column(head, no_wrap=head == "service", overflow="fold")
    for row in told:
        table.add_row(
            row["service"],
            row["state"],
            (row["fetched_at"] or "never")[:16],
            f"{row['rows']:,}",
            (row["due_at"] or "now")[:10],
            row["key"],
        )
    console().print(table)
    for row in told:
        if row["error"]:
            words = plain(row["error"]).removeprefix(f"{row['service']}: ")
            click.echo(f"{row['service']}: {words}")


def _health_row(
    service: Service, state: ServiceState, has_key: bool, now: datetime
) -> dict[str, Any]:
    due_at = state.due_at(service.every)
    if state.failures:
        judged = f"failed {state.failures} time{'' if state.failures == 1 else 's'} in a row"
    elif state.fetched_at is None:
        judged = "never fetched"
    else:
        judged = "due" if due_at is not None and due_at <= now else "ok"
    without = "not set" if service.key_needed else "not set; optional"
    key = "not needed" if not service.key_env else "set" if has_key else without
    return {
        "service": service.name,
        "gives": service.gives,
        "state": judged,
        "fetched_at": _iso(state.fetched_at),
        "changed_at": _iso(state.changed_at),
        "rows": state.rows,
        "failures": state.failures,
        "error": state.error,
        "due_at": _iso(due_at),
        "key": key,
        "key_env": service.key_env or None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
