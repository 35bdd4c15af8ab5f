"""``lodewire alerts channels``: where alerts and briefs are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk
from lodewire.cli.rows import print_rows, rows_option
from lodewire.cli.watch import owner_of, owner_option
from lodewire.model.alert import ChannelKind, Endpoint
from lodewire.model.plain import plain
from lodewire.model.tier import Tier

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger

_LISTED = ("name", "kind", "address", "tier", "brief", "state", "trouble", "id")


@contextmanager
def _channel(
    folder: Path, address: str, name: str
) -> Iterator[tuple[DeskConfig, Ledger, Endpoint]]:
    """Open a desk and yield it with its ledger and the owner's channel of a name or id."""
    from lodewire.cli.alerts import named_channel

    with open_desk(folder) as (desk, ledger):
        there = ledger.alerts.endpoints(owner_of(desk, ledger, address))
        yield desk, ledger, named_channel(there, name)


@click.group(
    name="channels",
    epilog="""\b
Examples:
  lodewire alerts channels add webhook erp https://erp.example.org/hooks/lodewire
  lodewire alerts channels add slack team https://hooks.slack.com/services/… --brief
  lodewire alerts channels add telegram group -- -1001234567890
  lodewire alerts channels add feed reader
  lodewire alerts channels test team
  lodewire alerts channels list
""",
)
def command() -> None:
    """Say where alerts and the daily brief are told, and test it."""


@command.command(
    epilog="""\b
Examples:
  lodewire alerts channels add email me desk@example.org
  lodewire alerts channels add teams floor https://….webhook.office.com/… --tier pro
  lodewire alerts channels add feed reader --for analyst@example.org
"""
)
@click.argument("kind", type=click.Choice([k.value for k in ChannelKind]))
@click.argument("name")
@click.argument("where", default="")
@click.option(
    "--tier",
    type=click.Choice([t.value for t in Tier]),
    help="What readers of a channel of the desk see. Default: free.",
)
@click.option("--brief", is_flag=True, help="The daily brief goes there too (campaign post).")
@owner_option
@desk_option
@now_option
def add(
    kind: str,
    name: str,
    where: str,
    tier: str | None,
    brief: bool,
    address: str,
    folder: Path,
    now: datetime | None,
) -> None:
    """Add a channel. WHERE is its address, a chat's id, or nothing for a feed."""
    from lodewire.delivery.keys import newsletter_key
    from lodewire.workbench.alerts.endpoints import add_channel, secrets_of

    moment = instant(now)
    with open_desk(folder) as (desk, ledger):
        found, token = add_channel(
            ledger,
            desk,
            owner_of(desk, ledger, address),
            ChannelKind(kind),
            name,
            where,
            tier=Tier(tier) if tier else None,
            brief=brief,
            now=moment,
        )
        click.echo(f"Added: {plain(found.name)}")
        if token:
            _print_feed(desk.brief.base_url, token)
        elif found.kind is ChannelKind.WEBHOOK:
            secret = secrets_of(newsletter_key(desk.root), found, now=moment)[0]
            click.echo(f"Its messages are signed with {secret}")


def _print_feed(site: str, token: str) -> None:
    click.echo("Its address, shown this once (also .atom and .json):")
    click.echo(f"  {site or 'http://127.0.0.1:8420'}/my/{token}/feed.rss")


@command.command(
    name="list",
    epilog="""\b
Examples:
  lodewire alerts channels list
  lodewire alerts channels list --for analyst@example.org --format json
""",
)
@owner_option
@rows_option
@desk_option
def list_channels(address: str, form: str, folder: Path) -> None:
    """List channels and how they do."""
    from lodewire.workbench.alerts.endpoints import address_words

    with open_desk(folder) as (desk, ledger):
        rows = [
            {
                "name": e.name,
                "kind": e.kind.value,
                "address": address_words(e),
                "tier": e.tier.value if e.tier else "",
                "brief": e.brief,
                "state": "off" if e.off_at else "failing" if e.failing_since else "on",
                "trouble": e.trouble,
                "id": e.id,
            }
            for e in ledger.alerts.endpoints(owner_of(desk, ledger, address))
        ]
    empty = "No channel. lodewire alerts channels add --help shows how to add one."
    print_rows(rows, _LISTED, form, empty=empty)


@command.command(
    epilog="""\b
Examples:
  lodewire alerts channels remove team
"""
)
@click.argument("name")
@owner_option
@desk_option
def remove(name: str, address: str, folder: Path) -> None:
    """Remove a channel, with what was to be told there."""
    with _channel(folder, address, name) as (_, ledger, found):
        ledger.alerts.drop_endpoint(found.owner, found.id)
    click.echo(f"Removed: {plain(found.name)}")


@command.command(
    epilog="""\b
Examples:
  lodewire alerts channels rotate erp
"""
)
@click.argument("name")
@owner_option
@desk_option
@now_option
def rotate(name: str, address: str, folder: Path, now: datetime | None) -> None:
    """Give a feed another address at once, or a webhook another secret within a day."""
    from lodewire.delivery.keys import newsletter_key
    from lodewire.workbench.alerts.endpoints import rotate as give_another

    with _channel(folder, address, name) as (desk, ledger, found):
        changed, secret = give_another(ledger, newsletter_key(desk.root), found, now=instant(now))
        if changed.kind is ChannelKind.FEED:
            _print_feed(desk.brief.base_url, secret)
        else:
            click.echo(f"Its messages are signed with {secret}, and for a day with the old one too")


@command.command(
    epilog="""\b
Examples:
  lodewire alerts channels on erp
"""
)
@click.argument("name")
@owner_option
@desk_option
@now_option
def on(name: str, address: str, folder: Path, now: datetime | None) -> None:
    """Switch a channel on again that was switched off."""
    from lodewire.workbench.alerts.endpoints import switch_on

    with _channel(folder, address, name) as (_, ledger, found):
        switch_on(ledger, found)
    click.echo(f"On: {plain(found.name)}")


@command.command(
    epilog="""\b
Examples:
  lodewire alerts channels test team
"""
)
@click.argument("name")
@owner_option
@desk_option
@now_option
def test(name: str, address: str, folder: Path, now: datetime | None) -> None:
    """Send a test to a channel, now."""
    from lodewire.workbench.alerts.sending import send_trial

    with _channel(folder, address, name) as (desk, ledger, found):
        send_trial(desk, ledger, found, now=instant(now))
    click.echo(f"It was taken: {plain(found.name)}")
