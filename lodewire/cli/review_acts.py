"""``lodewire review accept``, ``reject``, ``edit``, ``merge`` and the like: what is decided."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import click

from lodewire.cli.options import author_option, desk_option, now_option, open_desk
from lodewire.model.vocabulary import Action

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.workbench.review.acts import Done
    from lodewire.workbench.review.editing import Editor

Deciding: TypeAlias = "AbstractContextManager[tuple[Ledger, Editor]]"
F = TypeVar("F", bound=Callable[..., Any])


def _reason_option(*, required: bool) -> Callable[[F], F]:
    told = "Why" if required else "Why; may be left out"
    return click.option(
        "--reason", "-r", required=required, default=None if required else "", help=f"{told}."
    )


def _decides(*, reason_required: bool) -> Callable[[F], F]:
    """The options of every command that decides: why, who, on which desk, at what time.

    The command gets them as ``deciding``, which opens the ledger for who decides.
    """

    def add(function: F) -> F:
        @functools.wraps(function)
        def decide(
            reason: str, author: str | None, folder: Path, now: datetime | None, **asked: Any
        ) -> Any:
            return function(deciding=_deciding(folder, author, reason, now), **asked)

        reasoned = _reason_option(required=reason_required)
        return reasoned(author_option(desk_option(now_option(decide))))  # type: ignore[return-value]

    return add


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


def _say(done: Done, told: str) -> None:
    from lodewire.ledger.references import short

    click.echo(f"{told} ({short(done.decision.id)}, by {done.decision.author}).")
    if done.days:
        days = ", ".join(day.isoformat() for day in done.days)
        click.echo(
            f"The brief of {days} said otherwise: it shows a correction from now on; "
            "`lodewire corrections` lists it."
        )


@click.command(
    "accept",
    epilog="""\b
Examples:
  lodewire review accept ev_k3jd9q2x ev_p2m5xt7c
  lodewire review accept st_7gq2mzpa
""",
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@_decides(reason_required=False)
def accept(references: tuple[str, ...], deciding: Deciding) -> None:
    """Agree to events, mentions or statements as they were read."""
    _judge(Action.ACCEPT, "Accepted", references, deciding)


@click.command(
    "reject",
    epilog="""\b
Examples:
  lodewire review reject ev_k3jd9q2x --reason "a comment, not an event"
  lodewire review reject st_7gq2mzpa --reason "that is the debt, not the price"
""",
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@_decides(reason_required=True)
def reject(references: tuple[str, ...], deciding: Deciding) -> None:
    """Take events or statements away because they were read wrongly."""
    _judge(Action.REJECT, "Rejected", references, deciding)


@click.command(
    "retract",
    epilog="""\b
Examples:
  lodewire review retract st_7gq2mzpa --reason "the publisher took it back on 3 April"
""",
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@_decides(reason_required=True)
def retract(references: tuple[str, ...], deciding: Deciding) -> None:
    """Take statements or events back because the source was wrong, though read rightly."""
    _judge(Action.RETRACT, "Retracted", references, deciding)


def _judge(action: Action, past: str, references: Sequence[str], deciding: Deciding) -> None:
    from lodewire.workbench.review import acts

    with deciding as (ledger, editor):
        done = acts.judge(ledger, action, references, editor)
    _say(done, f"{past} {done.about}")


@click.command(
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
    deciding: Deciding,
) -> None:
    """Put another value in the place of one read; the original and its quote stay."""
    from lodewire.workbench.review import acts

    with deciding as (ledger, editor):
        done = acts.edit(ledger, reference, value, editor, unit=unit, everywhere=same)
    _say(done, f"Edited {done.about}")


@click.command(
    "choose",
    epilog="""\b
Examples:
  lodewire review choose st_7gq2mzpa --reason "the company's own notice"
""",
)
@click.argument("reference", metavar="STATEMENT")
@_decides(reason_required=True)
def choose(reference: str, deciding: Deciding) -> None:
    """Hold one of several conflicting values right; the others stay and are shown."""
    from lodewire.workbench.review import acts

    with deciding as (ledger, editor):
        done = acts.choose(ledger, reference, editor)
    others = acts.count_words(len(done.decision.others), "other statement")
    _say(done, f"Chosen, over {others}")


@click.command(
    "merge",
    epilog="""\b
Examples:
  lodewire review merge ev_k3jd9q2x ev_p2m5xt7c --reason "one deal, two wordings"
""",
)
@click.argument("references", metavar="EVENT EVENT...", nargs=-1, required=True)
@_decides(reason_required=False)
def merge(references: tuple[str, ...], deciding: Deciding) -> None:
    """Make two or more events one, for good."""
    from lodewire.ledger.references import short
    from lodewire.workbench.review import acts

    with deciding as (ledger, editor):
        done = acts.merge(ledger, references, editor)
        ids = done.events(ledger)
    _say(done, f"Merged into {', '.join(short(i) for i in ids)}")


@click.command(
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
    deciding: Deciding,
) -> None:
    """Take mentions out of an event, or keep another event apart from it, for good."""
    from lodewire.ledger.references import short
    from lodewire.workbench.review import acts

    with deciding as (ledger, editor):
        done = acts.split(ledger, reference, apart, editor)
        ids = done.events(ledger)
    _say(done, f"Kept apart: {', '.join(short(i) for i in ids)}")


@click.command(
    "undo",
    epilog="""\b
Examples:
  lodewire review undo dc_k3jd9q2x
  lodewire review undo ev_p2m5xt7c          the latest decision on this event
""",
)
@click.argument("reference", metavar="DECISION|REF")
@_decides(reason_required=False)
def undo(reference: str, deciding: Deciding) -> None:
    """End a decision; what it changed is again as it was."""
    from lodewire.workbench.review import acts

    with deciding as (ledger, editor):
        done = acts.undo(ledger, reference, editor)
    _say(done, f"Undone: {done.decision.action.value}")


def attach(group: click.Group) -> None:
    """Add these commands to ``lodewire review``."""
    for made in (accept, reject, retract, edit, choose, merge, split, undo):
        group.add_command(made)
