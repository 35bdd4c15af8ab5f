"""``lodewire subscribers seed``: whose mailbox gets every campaign before anybody else's."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk
from lodewire.model.plain import plain


@click.command(
    epilog="""\b
Examples:
  lodewire subscribers seed                            who is one
  lodewire subscribers seed editor@example.org
  lodewire subscribers seed editor@example.org --remove
"""
)
@click.argument("address", required=False)
@click.option("--remove", is_flag=True, help="Send it campaigns like any other again.")
@desk_option
@now_option
def seed(address: str | None, remove: bool, folder: Path, now: datetime | None) -> None:
    """Send every campaign to ADDRESS first; where it fails there, nobody else is sent it.

    ADDRESS is a subscriber who has confirmed. Without one the seeds are listed.
    """
    from lodewire.errors import DeliveryError
    from lodewire.workbench.letters.seeding import make_seed
    from lodewire.workbench.letters.subscribing import open_subscriptions

    with open_desk(folder) as (desk, ledger):
        if address is None:
            for found in ledger.seeds.all():
                click.echo(f"{plain(found.address)}  {found.state.value}")
            if not ledger.seeds.all():
                click.echo("No seeds. Name one: lodewire subscribers seed ADDRESS")
            return
        subscriptions = open_subscriptions(desk, ledger, now=instant(now))
        known = subscriptions.of_address(address)
        if known is None:
            raise DeliveryError(
                f"{plain(address)} is no subscriber", hint="lodewire subscribers add ADDRESS"
            )
        if remove:
            done = ledger.seeds.remove(known.id)
        else:
            done = make_seed(ledger, known, clock=partial(instant, now))
    what = "is a seed no more" if remove else "gets every campaign first"
    click.echo(f"{plain(known.address)} {what}." if done else "Nothing was changed.")
