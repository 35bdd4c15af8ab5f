"""``lodewire review``: what is unsure, and what an editor makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from lodewire.cli import review_acts
from lodewire.cli.options import Day, desk_option, empty_ledger_words, open_desk
from lodewire.model.vocabulary import EventType

F = TypeVar("F", bound=Callable[..., Any])

DOUBTS = ("confidence", "pair", "conflict", "check", "source")


@click.group(
    name="review",
    epilog="""\b
Examples:
  lodewire review list
  lodewire review show ev_k3jd9q2x
  lodewire review accept ev_k3jd9q2x
  lodewire review edit st_7gq2mzpa "US$1.88 billion" --reason "the filing says so"

Decisions are added, never overwritten; `review undo` ends one. They are bound to the words of
the source, so they hold when the document is read again by another method.""",
)
def command() -> None:
    """List what is unsure; accept, edit, reject, merge, split; undo."""


def _format_option(function: F) -> F:
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="How to print it.",
    )(function)


def _echo(told: Any) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@command.command(
    "list",
    epilog="""\b
Examples:
  lodewire review list                      the last seven days of the ledger
  lodewire review list --why conflict --why check
  lodewire review list --since 2025-03-01 --type tariff --format json
""",
)
@desk_option
@click.option(
    "--since", type=Day(), default=None, help="First day. Default: a week before --until."
)
@click.option("--until", type=Day(), default=None, help="Last day. Default: the latest document's.")
@click.option(
    "--why", "doubts", type=click.Choice(DOUBTS), multiple=True, help="Only for these doubts."
)
@click.option(
    "--type",
    "types",
    type=click.Choice([t.value for t in EventType]),
    multiple=True,
    help="Only these events.",
)
@click.option("--source", default=None, metavar="ID", help="Only what this source told.")
@click.option(
    "--limit", "-n", type=click.IntRange(1), default=20, show_default=True, help="At most so many."
)
@_format_option
def list_(
    folder: Path,
    since: date | None,
    until: date | None,
    doubts: tuple[str, ...],
    types: tuple[str, ...],
    source: str | None,
    limit: int,
    form: str,
) -> None:
    """List events that wait for an editor, the most important first, each with why."""
    from lodewire.cli.review_print import print_queue, queue_json
    from lodewire.workbench.briefing.composing import publishers_of
    from lodewire.workbench.review.reviewing import Doubt, queue_days, review_queue

    with open_desk(folder) as (desk, ledger):
        days = queue_days(ledger, since, until)
        if days is None:
            click.echo("[]" if form == "json" else empty_ledger_words(folder))
            return
        first, last = days
        queue = review_queue(
            ledger,
            first,
            last,
            publishers=publishers_of(desk),
            doubts=[Doubt(d) for d in doubts],
            types=[EventType(t) for t in types],
            source=source,
        )
    if form == "json":
        _echo([queue_json(entry) for entry in queue[:limit]])
        return
    if not queue:
        click.echo(f"Nothing waits for an editor from {first} to {last}.")
        return
    print_queue(queue[:limit])
    click.echo(f"{min(limit, len(queue))} of {len(queue)} from {first} to {last}.")


@command.command(
    "show",
    epilog="""\b
Examples:
  lodewire review show ev_k3jd9q2x
  lodewire review show ev_k3jd9q2x --format json
""",
)
@click.argument("reference", metavar="EVENT")
@desk_option
@_format_option
def show(reference: str, folder: Path, form: str) -> None:
    """Show an event to decide on: its sentences with the words marked, statements, checks.

    Also the decisions on it so far, and the events nearest to it.
    """
    from lodewire.cli.review_print import print_view, view_json
    from lodewire.workbench.review.review_view import view_of

    with open_desk(folder) as (_, ledger):
        view = view_of(ledger, reference)
    if form == "json":
        _echo(view_json(view))
        return
    print_view(view)


@command.command(
    "log",
    epilog="""\b
Examples:
  lodewire review log
  lodewire review log --orphaned            decisions whose words nothing tells now
""",
)
@desk_option
@click.option("--orphaned", is_flag=True, help="Only those that no longer fit anything read.")
@click.option(
    "--limit", "-n", type=click.IntRange(1), default=50, show_default=True, help="At most so many."
)
@_format_option
def log(folder: Path, orphaned: bool, limit: int, form: str) -> None:
    """List decisions, the latest first: what, on which words, by whom, why, undone when."""
    from lodewire.cli.review_print import decision_json, print_decisions

    with open_desk(folder) as (_, ledger):
        lost = ledger.decisions.orphaned()
        found = lost if orphaned else ledger.decisions.all()
    latest = found[::-1][:limit]
    ids = {d.id for d in lost}
    if form == "json":
        _echo([decision_json(d, orphaned=d.id in ids) for d in latest])
        return
    if not latest:
        click.echo("No decision is orphaned." if orphaned else "Nobody has decided anything yet.")
        return
    print_decisions(latest, ids)


@command.command(
    "stats",
    epilog="""\b
Examples:
  lodewire review stats
  lodewire review stats --format json
""",
)
@desk_option
@_format_option
def stats(folder: Path, form: str) -> None:
    """Tell the precision of accepted against proposed, by event type and method."""
    from lodewire.cli.review_print import precision_json, print_precision
    from lodewire.workbench.review.precision import review_precision

    with open_desk(folder) as (_, ledger):
        found = review_precision(ledger)
    if form == "json":
        _echo([precision_json(p) for p in found])
        return
    if not any(p.precision is not None or p.values_precision is not None for p in found):
        click.echo("Nothing was accepted, edited or rejected yet: lodewire review list")
        return
    print_precision(found)


review_acts.attach(command)
