"""``lodewire review``: what is unsure, and what an editor makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodewire.cli.options import Day, desk_option, empty_ledger_words, now_option, open_desk
from lodewire.model.vocabulary import Action, EventType

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.model.decision import Decision
    from lodewire.workbench.review.editing import Editor

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


def _author_option(function: F) -> F:
    return click.option(
        "--author",
        envvar="LODEWIRE_AUTHOR",
        show_envvar=True,
        default=None,
        metavar="NAME",
        help="Who decides; it stands in the corrections. Default: the name of the desk.",
    )(function)


def _reason_option(*, required: bool) -> Callable[[F], F]:
    told = "Why" if required else "Why; may be left out"
    return click.option(
        "--reason", "-r", required=required, default=None if required else "", help=f"{told}."
    )


def _decides(*, reason_required: bool) -> Callable[[F], F]:
    """The options of every command that decides: why, who, on which desk, at what time."""

    def add(function: F) -> F:
        reason = _reason_option(required=reason_required)
        return reason(_author_option(desk_option(now_option(function))))

    return add


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
    from datetime import timedelta

    from lodewire.cli.review_print import print_queue, queue_json
    from lodewire.workbench.briefing.composing import publishers_of
    from lodewire.workbench.review.reviewing import Doubt, review_queue

    with open_desk(folder) as (desk, ledger):
        latest = ledger.search("", limit=1)
        last = until or (latest[0].day if latest else None)
        if last is None:
            click.echo("[]" if form == "json" else empty_ledger_words(folder))
            return
        first = since or last - timedelta(days=6)
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


@contextmanager
def _deciding(
    folder: Path, author: str | None, reason: str, now: datetime | None
) -> Iterator[tuple[Ledger, Editor]]:
    from lodewire.workbench.review.editing import Editor

    with open_desk(folder) as (desk, ledger):
        # Not in whole seconds: two decisions in one second are still one after the other.
        yield (
            ledger,
            Editor(
                author=(author or desk.name).strip(),
                at=now or datetime.now(UTC),
                reason=reason or "",
            ),
        )


def _say(decision: Decision, told: str) -> None:
    from lodewire.ledger.references import short

    click.echo(f"{told} ({short(decision.id)}, by {decision.author}).")


@command.command(
    "accept",
    epilog="""\b
Examples:
  lodewire review accept ev_k3jd9q2x ev_p2m5xt7c
  lodewire review accept st_7gq2mzpa
""",
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@_decides(reason_required=False)
def accept(
    references: tuple[str, ...], reason: str, author: str | None, folder: Path, now: datetime | None
) -> None:
    """Agree to events, mentions or statements as they were read."""
    _judge(Action.ACCEPT, "Accepted", references, _deciding(folder, author, reason, now))


@command.command(
    "reject",
    epilog="""\b
Examples:
  lodewire review reject ev_k3jd9q2x --reason "a comment, not an event"
  lodewire review reject st_7gq2mzpa --reason "that is the debt, not the price"
""",
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@_decides(reason_required=True)
def reject(
    references: tuple[str, ...], reason: str, author: str | None, folder: Path, now: datetime | None
) -> None:
    """Take events or statements away because they were read wrongly."""
    _judge(Action.REJECT, "Rejected", references, _deciding(folder, author, reason, now))


@command.command(
    "retract",
    epilog="""\b
Examples:
  lodewire review retract st_7gq2mzpa --reason "the publisher took it back on 3 April"
""",
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@_decides(reason_required=True)
def retract(
    references: tuple[str, ...], reason: str, author: str | None, folder: Path, now: datetime | None
) -> None:
    """Take statements or events back because the source was wrong, though read rightly."""
    _judge(Action.RETRACT, "Retracted", references, _deciding(folder, author, reason, now))


def _judge(action: Action, past: str, references: Sequence[str], deciding: Any) -> None:
    from lodewire.workbench.review.editing import judge

    with deciding as (ledger, editor):
        decision = judge(ledger, action, references, editor)
        concerned = _concerned(ledger, decision)
    values = [a for a in decision.about if a.value is not None]
    mentions = len(decision.about) - len(values)
    told = [_count(n, word) for n, word in ((mentions, "mention"), (len(values), "statement")) if n]
    _say(decision, f"{past} {' and '.join(told)}")
    _warn(concerned)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _concerned(ledger: Ledger, decision: Decision) -> list[str]:
    """The days whose briefs said what this decision corrects."""
    from lodewire.workbench.briefing.correcting import corrections_by

    return sorted({b.day.isoformat() for c in corrections_by(ledger, decision) for b in c.briefs})


def _warn(days: Sequence[str]) -> None:
    if days:
        click.echo(
            f"The brief of {', '.join(days)} said otherwise: it shows a correction from now on; "
            "`lodewire corrections` lists it."
        )


@command.command(
    "edit",
    epilog="""\b
Examples:
  lodewire review edit st_7gq2mzpa "US$1.88 billion" --reason "the filing says so"
  lodewire review edit st_7gq2mzpa 1880000000 --unit USD --same --reason "…"
  lodewire review edit st_p2m5xt7c completed --reason "closed on Friday"
""",
)
@click.argument("reference", metavar="STATEMENT")
@click.argument("value")
@click.option("--unit", default=None, help="Unit of a plain number. Default: the unit read.")
@click.option("--same", is_flag=True, help="Wherever the event states the same value.")
@_decides(reason_required=True)
def edit(
    reference: str,
    value: str,
    unit: str | None,
    same: bool,
    reason: str,
    author: str | None,
    folder: Path,
    now: datetime | None,
) -> None:
    """Put another value in the place of one read; the original and its quote stay."""
    from lodewire.workbench.review import editing

    with _deciding(folder, author, reason, now) as (ledger, editor):
        decision = editing.edit(ledger, reference, value, editor, unit=unit, everywhere=same)
        concerned = _concerned(ledger, decision)
    _say(decision, f"Edited {_count(len(decision.about), 'statement')}")
    _warn(concerned)


@command.command(
    "choose",
    epilog="""\b
Examples:
  lodewire review choose st_7gq2mzpa --reason "the company's own notice"
""",
)
@click.argument("reference", metavar="STATEMENT")
@_decides(reason_required=True)
def choose(
    reference: str, reason: str, author: str | None, folder: Path, now: datetime | None
) -> None:
    """Hold one of several conflicting values right; the others stay and are shown."""
    from lodewire.workbench.review import editing

    with _deciding(folder, author, reason, now) as (ledger, editor):
        decision = editing.choose(ledger, reference, editor)
        concerned = _concerned(ledger, decision)
    _say(decision, f"Chosen, over {_count(len(decision.others), 'other statement')}")
    _warn(concerned)


@command.command(
    "merge",
    epilog="""\b
Examples:
  lodewire review merge ev_k3jd9q2x ev_p2m5xt7c --reason "one deal, two wordings"
""",
)
@click.argument("references", metavar="EVENT EVENT...", nargs=-1, required=True)
@_decides(reason_required=False)
def merge(
    references: tuple[str, ...], reason: str, author: str | None, folder: Path, now: datetime | None
) -> None:
    """Make two or more events one, for good."""
    from lodewire.ledger.references import short
    from lodewire.workbench.review import editing

    with _deciding(folder, author, reason, now) as (ledger, editor):
        decision = editing.merge(ledger, references, editor)
        ids = ledger.events.of_mentions([a.mention_id for a in decision.about])
    _say(decision, f"Merged into {', '.join(sorted({short(i) for i in ids.values()}))}")


@command.command(
    "split",
    epilog="""\b
Examples:
  lodewire review split ev_k3jd9q2x evm_p2m5xt7c --reason "another mine"
  lodewire review split ev_k3jd9q2x ev_q6zzs4da      they are two, for good
""",
)
@click.argument("reference", metavar="EVENT")
@click.argument("apart", metavar="MENTION|EVENT...", nargs=-1, required=True)
@_decides(reason_required=False)
def split(
    reference: str,
    apart: tuple[str, ...],
    reason: str,
    author: str | None,
    folder: Path,
    now: datetime | None,
) -> None:
    """Take mentions out of an event, or keep another event apart from it, for good."""
    from lodewire.ledger.references import short
    from lodewire.workbench.review import editing

    with _deciding(folder, author, reason, now) as (ledger, editor):
        decision = editing.split(ledger, reference, apart, editor)
        ids = ledger.events.of_mentions([a.mention_id for a in decision.about])
    _say(decision, f"Kept apart: {', '.join(sorted({short(i) for i in ids.values()}))}")


@command.command(
    "undo",
    epilog="""\b
Examples:
  lodewire review undo dc_k3jd9q2x
  lodewire review undo ev_p2m5xt7c          the latest decision on this event
""",
)
@click.argument("reference", metavar="DECISION|REF")
@_decides(reason_required=False)
def undo(
    reference: str, reason: str, author: str | None, folder: Path, now: datetime | None
) -> None:
    """End a decision; what it changed is again as it was."""
    from lodewire.workbench.review import editing

    with _deciding(folder, author, reason, now) as (ledger, editor):
        undone = editing.undo(ledger, reference, editor)
    _say(undone, f"Undone: {undone.action.value}")


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
