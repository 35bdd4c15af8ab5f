"""``lodewire prune``: the bytes of old captures go; what they state stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.retention import Rule

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


class Age(click.ParamType[timedelta]):
    """A number of days, weeks, months (of 30 days) or years (of 365)."""

    name = "age"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Parse; a number alone is days."""
        found = re.fullmatch(r"(\d{1,5})([dwmy]?)", str(value).strip().lower())
        if found is None:
            self.fail(f"{value!r} is no age; write 90d, 26w, 6m or 2y", param, ctx)
        return timedelta(days=int(found[1]) * _DAYS[found[2] or "d"])


@click.command(
    epilog="""\b
Examples:
  lodewire prune --captures-older-than 1y --dry-run
  lodewire prune --captures-older-than 90d --source example-wire
  lodewire prune                     what the keep_days of each source asks for

Documents, statements and their quotes are kept, always. `lodewire doctor` counts what was
dropped. The room is used again; a SQLite file does not shrink by it.
"""
)
@desk_option
@click.option(
    "--captures-older-than", "age", type=Age(), help="Captures last seen longer ago: 90d, 2y."
)
@click.option("--source", "only", multiple=True, metavar="ID", help="Of this source only.")
@click.option("--dry-run", is_flag=True, help="Say what would be dropped; drop nothing.")
@now_option
def command(
    folder: Path,
    age: timedelta | None,
    only: tuple[str, ...],
    dry_run: bool,
    now: datetime | None,
) -> None:
    """Drop the bytes of captures that are old, or that their source's terms let us keep no longer.

    Without an age, the keep_days in each source's definition decides. A page that several captures
    share goes when all of them may; one still to be read never does.
    """
    moment = instant(now)
    with open_desk(folder) as (desk, ledger):
        rules = _rules(desk, age, only, moment)
        if dry_run:
            would = ledger.retention.due(rules)
            click.echo(f"Would drop {_told(would.bodies, would.captures, would.size)}.")
            return
        reason = f"older than {age.days} days" if age is not None else "keep_days of its source"
        gone = ledger.retention.drop(rules, at=moment, reason=reason)
    if gone.bodies:
        click.echo(f"Dropped {_told(gone.bodies, gone.captures, gone.size)}.")
    else:
        click.echo("Nothing to drop.")


def _told(bodies: int, captures: int, size: int) -> str:
    return (
        f"{bodies:,} {'body' if bodies == 1 else 'bodies'} of {captures:,} "
        f"{'capture' if captures == 1 else 'captures'}, {size / 1e6:,.1f} MB"
    )


def _rules(
    desk: DeskConfig, age: timedelta | None, only: Iterable[str], now: datetime
) -> list[Rule]:
    from lodewire.config.source import load_sources
    from lodewire.errors import ConfigError
    from lodewire.ledger.retention import Rule
    from lodewire.model.ids import SourceId

    if age is not None:
        names: list[SourceId | None] = [SourceId(name) for name in only]
        return [Rule(before=now - age, source_id=name) for name in names or [None]]
    known = load_sources(*desk.source_folders, shipped=desk.sources.shipped)
    limited = [s for s in known if s.keep_days is not None and (not only or s.id in set(only))]
    if not limited:
        raise ConfigError(
            "No source says how long its pages may be kept.",
            hint="Give an age (--captures-older-than 1y), or write keep_days into a source.yml.",
        )
    return [Rule(before=now - timedelta(days=s.keep_days or 0), source_id=s.id) for s in limited]
