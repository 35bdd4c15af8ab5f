"""``lodewire campaign bounces|hooks|dkim``: what comes back, and how mail is signed."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk


@click.command(
    epilog="""\b
Examples:
  lodewire campaign bounces /var/mail/bounces
  lodewire campaign bounces ~/Maildir
  lodewire campaign bounces - < report.eml          from an alias of the mail server
"""
)
@click.argument("place", metavar="MBOX|MAILDIR|-")
@desk_option
@now_option
def bounces(place: str, folder: Path, now: datetime | None) -> None:
    """Read failure reports, complaints and requests to leave that came back by mail.

    Only reports that name a copy by its signed tag or Message-ID count. Reading the same mailbox
    again changes nothing; nothing in it is deleted.
    """
    from lodewire.delivery.returned import read_mailbox, read_returned
    from lodewire.workbench.letters.returns import take_returned
    from lodewire.workbench.letters.subscribing import open_subscriptions

    moment = instant(now)
    messages = [sys.stdin.buffer.read()] if place == "-" else read_mailbox(Path(place))
    with open_desk(folder) as (desk, ledger):
        subscriptions = open_subscriptions(desk, ledger, now=moment)
        found = (one for raw in messages for one in read_returned(raw))
        told = take_returned(subscriptions, ledger, found, source="mail", now=moment)
    words = ", ".join(f"{n} {what}" for what, n in sorted(told.items())) or "nothing to act on"
    click.echo(f"Read: {words}.")


@click.command(
    epilog="""\b
Examples:
  lodewire campaign hooks
"""
)
@desk_option
@now_option
def hooks(folder: Path, now: datetime | None) -> None:
    """Print the addresses that mail providers are given to tell of bounces and complaints."""
    from lodewire.delivery.hooks import PROVIDERS, hook_secret
    from lodewire.workbench.letters.subscribing import open_subscriptions

    with open_desk(folder) as (desk, ledger):
        subscriptions = open_subscriptions(desk, ledger, now=instant(now))
        base = desk.brief.base_url or "https://YOUR-SITE"
        for provider in PROVIDERS:
            secret = hook_secret(subscriptions.key, provider)
            click.echo(f"{provider:<9} {base}/mail-hooks/{provider}/{secret}")


@click.command(
    epilog="""\b
Examples:
  lodewire campaign dkim --make
  lodewire campaign dkim
"""
)
@click.option("--make", is_flag=True, help="Make a key first; one that is there is never replaced.")
@desk_option
def dkim(make: bool, folder: Path) -> None:
    """Print the DNS record that lets receivers verify the signature of your mail."""
    from lodewire.delivery.dkim import make_key
    from lodewire.workbench.letters.messengers import signer_of

    with open_desk(folder) as (desk, _):
        if make:
            make_key(desk.root / (desk.newsletter.dkim_key or "keys/dkim.pem"))
        name, text = signer_of(desk).dns()
        click.echo(f"{name}  TXT")
        click.echo(text)
        if not desk.newsletter.dkim_key:
            click.echo('Then write dkim_key = "keys/dkim.pem" under [newsletter].', err=True)


def attach(group: click.Group) -> None:
    """Add these commands to ``lodewire campaign``."""
    for made in (bounces, hooks, dkim):
        group.add_command(made)
