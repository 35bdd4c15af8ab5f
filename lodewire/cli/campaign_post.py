"""``lodewire campaign post``: the brief of a day at the channels that take it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from lodewire.cli.options import Day, desk_option, instant, now_option, open_desk


@click.command(
    epilog="""\b
Examples:
  lodewire alerts channels add slack team https://hooks.slack.com/services/… --brief
  lodewire campaign post 2025-03-28
"""
)
@click.argument("day", type=Day())
@desk_option
@now_option
def post(day: date, folder: Path, now: datetime | None) -> None:
    """Tell the brief of DAY to every channel with --brief, of the desk and of accounts, once each.

    Each is told what its readers may see. What cannot be taken now is tried again by
    `lodewire alerts run`.
    """
    from lodewire.workbench.alerts.briefs import queue_brief
    from lodewire.workbench.alerts.sending import send_posts

    with open_desk(folder) as (desk, ledger):
        new = queue_brief(ledger, day, now=instant(now))
        told = send_posts(desk, ledger, lambda: now or datetime.now(UTC))
    click.echo(f"{new} channel{'' if new == 1 else 's'} to be told.")
    for state, count in sorted(told.items(), key=lambda pair: pair[0].value):
        words = {"queued": "to be tried again", "failed": "failed for good"}
        click.echo(f"{count} {words.get(state.value, state.value)}.")


def attach(group: click.Group) -> None:
    """Add this command to ``lodewire campaign``."""
    group.add_command(post)
