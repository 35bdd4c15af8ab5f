"""``lodewire campaign ready``: what a person looks at before a day is sent."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import Day, desk_option, open_desk
from lodewire.model.plain import plain, plain_json

if TYPE_CHECKING:
    from lodewire.model.audience import Subscriber

_SHOWN = 3  # doubts of a guard rail


@click.command(
    epilog="""\b
Examples:
  lodewire campaign ready 2025-03-28
  lodewire campaign ready 2025-03-28 --on 2025-03-29 --format json
"""
)
@click.argument("day", type=Day())
@click.option("--on", "send_on", type=Day(), help="Local day of sending. Default: DAY.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@desk_option
def ready(day: date, send_on: date | None, form: str, folder: Path) -> None:
    """Show whether a day's brief keeps the guard rails of automatic sending, and who is due when.

    Nothing is begun or sent. Exit code 1 where a guard rail is broken: `send --automatic` would
    refuse then.
    """
    from lodewire.errors import DeliveryError
    from lodewire.workbench.letters.readiness import rails_of_day, waves_of

    with open_desk(folder) as (desk, ledger):
        rails = rails_of_day(ledger, day, desk.newsletter)
        if rails is None:
            raise DeliveryError(
                f"no brief was composed for {day}", hint=f"run `lodewire brief {day}` first"
            )
        waves = waves_of(ledger, send_on or day)
        seeds = ledger.seeds.all()
    if form == "json":
        click.echo(plain_json(json.dumps(_json(day, rails, waves, seeds), indent=1)))
    else:
        _tell(rails, waves, seeds)
    if any(rails.values()):
        raise SystemExit(1)


def _json(
    day: date,
    rails: dict[str, tuple[str, ...]],
    waves: tuple[tuple[datetime, int], ...],
    seeds: tuple[Subscriber, ...],
) -> dict[str, object]:
    return {
        "version": 1,
        "day": day.isoformat(),
        "ready": not any(rails.values()),
        "rails": [{"rail": name, "broken": list(told)} for name, told in rails.items()],
        "seeds": [s.address for s in seeds],
        "waves": [{"due": at.isoformat(), "copies": n} for at, n in waves],
    }


def _tell(
    rails: dict[str, tuple[str, ...]],
    waves: tuple[tuple[datetime, int], ...],
    seeds: tuple[Subscriber, ...],
) -> None:
    for name, told in rails.items():
        click.echo(f"{'✗' if told else '✓'} {name}")
        for words in told[:_SHOWN]:
            click.echo(f"    {plain(words)}")
        if len(told) > _SHOWN:
            click.echo(f"    and {len(told) - _SHOWN} more")
    first = ", ".join(plain(s.address) for s in seeds) or "nobody (lodewire subscribers seed)"
    click.echo(f"First to: {first}.")
    click.echo(f"Then to {sum(n for _, n in waves)} readers:" if waves else "No reader is due.")
    for at, n in waves:
        click.echo(f"  {at:%Y-%m-%d %H:%M} UTC  {n}")


def attach(group: click.Group) -> None:
    """Add this command to ``lodewire campaign``."""
    group.add_command(ready)
