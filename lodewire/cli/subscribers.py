"""``lodewire subscribers``: who receives the brief, with what consent."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk
from lodewire.cli.rows import print_rows, rows_option
from lodewire.cli.subscribers_seed import seed
from lodewire.model.audience import Frequency, SubscriberState
from lodewire.model.plain import plain, plain_json
from lodewire.model.vocabulary import Desk

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.model.audience import Preferences, Subscriber
    from lodewire.workbench.letters.subscribing import Subscriptions

_LISTED = ("address", "state", "desks", "frequency", "timezone", "hour", "since")


@click.group(
    epilog="""\b
Examples:
  lodewire subscribers add reader@example.org --topic mining-metals --timezone Asia/Tokyo
  lodewire subscribers confirm TOKEN
  lodewire subscribers import list.csv
  lodewire subscribers unsubscribe reader@example.org
  lodewire subscribers seed editor@example.org        sent every campaign first
  lodewire subscribers export reader@example.org      all that is kept of one person
"""
)
def command() -> None:
    """Add, confirm, list, import and erase subscribers. Nobody is sent a brief unconfirmed."""


@contextmanager
def _opened(folder: Path, now: datetime) -> Iterator[tuple[Subscriptions, Ledger]]:
    from lodewire.workbench.letters.subscribing import open_subscriptions

    with open_desk(folder) as (desk, ledger):
        yield open_subscriptions(desk, ledger, now=now), ledger


def _preferences(
    desks: tuple[str, ...], frequency: str, timezone: str, hour: int, default: str = "UTC"
) -> Preferences:
    from lodewire.model.audience import Preferences

    return Preferences(
        desks=tuple(dict.fromkeys(Desk(d) for d in desks)),
        frequency=Frequency(frequency),
        timezone=timezone or default,
        hour=hour,
    )


_TOPIC = click.Choice([d.value for d in Desk])
_FREQUENCY = click.Choice([f.value for f in Frequency])


@command.command(
    epilog="""\b
Examples:
  lodewire subscribers add reader@example.org --topic oil-gas --timezone Asia/Tokyo --hour 7
"""
)
@click.argument("address")
@click.option("--topic", "desks", type=_TOPIC, multiple=True, help="Only this desk; may repeat.")
@click.option(
    "--frequency", type=_FREQUENCY, default="daily", show_default=True, help="On which days."
)
@click.option("--timezone", default="", metavar="NAME", help="Default: the desk's.")
@click.option(
    "--hour", type=click.IntRange(0, 23), default=7, show_default=True, help="Of the day."
)
@desk_option
@now_option
def add(
    address: str,
    desks: tuple[str, ...],
    frequency: str,
    timezone: str,
    hour: int,
    folder: Path,
    now: datetime | None,
) -> None:
    """Ask ADDRESS to confirm a subscription, by a mail with a link that works once."""
    from lodewire.delivery.addresses import check_address, typo_hint
    from lodewire.workbench.letters.messengers import open_messenger
    from lodewire.workbench.letters.subscribing import Origin

    moment = instant(now)
    if meant := typo_hint(check_address(address)):
        click.echo(f"Is {plain(meant)} meant? Went on with the address as written.", err=True)
    with _opened(folder, moment) as (subscriptions, _):
        wanted = _preferences(desks, frequency, timezone, hour, subscriptions.desk.timezone)
        message = subscriptions.ask(address, wanted, Origin(source="command line"), now=moment)
        if message is not None:
            messenger = open_messenger(subscriptions.desk)
            try:
                messenger.deliver(message)
            finally:
                messenger.close()
    # The same words whether the address is new, known or was asked a minute ago.
    click.echo("If this address can be subscribed, a mail to it says how to go on.")


@command.command(
    epilog="""\b
Examples:
  lodewire subscribers confirm TOKEN
"""
)
@click.argument("token")
@desk_option
@now_option
def confirm(token: str, folder: Path, now: datetime | None) -> None:
    """Confirm a subscription by the TOKEN (the end of the link) that was sent to it."""
    from lodewire.workbench.letters.subscribing import Origin

    moment = instant(now)
    with _opened(folder, moment) as (subscriptions, _):
        subscriptions.confirm(_token(token), Origin(source="command line"), now=moment)
    click.echo("Confirmed.")


@command.command(
    name="list",
    epilog="""\b
Examples:
  lodewire subscribers list --state active
  lodewire subscribers list --addresses --format csv
""",
)
@click.option("--state", type=click.Choice([s.value for s in SubscriberState]), help="Only these.")
@click.option("--addresses", is_flag=True, help="Show addresses in full.")
@rows_option
@desk_option
def list_(state: str | None, addresses: bool, form: str, folder: Path) -> None:
    """List subscribers. Addresses are shortened unless asked for."""
    from lodewire.delivery.addresses import mask

    with open_desk(folder) as (_, ledger):
        chosen = SubscriberState(state) if state else None
        rows = [
            {
                "address": s.address if addresses else mask(s.address),
                "state": s.state.value,
                "desks": " ".join(d.value for d in s.preferences.desks) or "all",
                "frequency": s.preferences.frequency.value,
                "timezone": s.preferences.timezone,
                "hour": s.preferences.hour,
                "since": s.created_at.date().isoformat(),
            }
            for s in ledger.subscribers.all(chosen)
        ]
    print_rows(rows, _LISTED, form, empty="No subscribers. Add one: lodewire subscribers add")


@command.command(
    epilog="""\b
Examples:
  lodewire subscribers show reader@example.org
"""
)
@click.argument("address")
@desk_option
@now_option
def show(address: str, folder: Path, now: datetime | None) -> None:
    """Show a subscriber with preferences and each step of consent."""
    with _opened(folder, instant(now)) as (subscriptions, ledger):
        found = _known(subscriptions, address)
        steps = ledger.subscribers.consents(found.id)
        barred = ledger.subscribers.suppression(found.address_key)
    told = found.preferences
    click.echo(f"{plain(found.address)}: {found.state.value}")
    click.echo(f"  desks: {', '.join(d.value for d in told.desks) or 'all'}")
    click.echo(f"  {told.frequency.value} at {told.hour:02}:00 {told.timezone}")
    if told.concerning:
        click.echo(f"  only what names: {plain(', '.join(told.concerning))}")
    if told.own:
        click.echo("  only what touches the table of their account")
    if barred is not None and barred.lifted_at is None:
        click.echo(f"  nothing is sent: {barred.reason.value} since {barred.at:%Y-%m-%d %H:%M}")
    for step in steps:
        click.echo(
            f"  {step.at:%Y-%m-%d %H:%M} {step.step.value}, wording {plain(step.wording)}, "
            f"by {plain(step.source)}"
        )


@command.command(
    epilog="""\b
Examples:
  lodewire subscribers prefer reader@example.org --frequency weekly --hour 18
  lodewire subscribers prefer reader@example.org --own      what touches the table of their account
"""
)
@click.argument("who", metavar="TOKEN|ADDRESS")
@click.option("--topic", "desks", type=_TOPIC, multiple=True, help="Only this desk; may repeat.")
@click.option("--all-topics", is_flag=True, help="All desks again.")
@click.option("--frequency", type=_FREQUENCY, help="On which days.")
@click.option("--timezone", metavar="NAME", help="As Asia/Tokyo.")
@click.option("--hour", type=click.IntRange(0, 23), help="Of the day.")
@click.option("--own/--all", "own", default=None, help="Only what touches what they buy; or all.")
@desk_option
@now_option
def prefer(
    who: str,
    desks: tuple[str, ...],
    all_topics: bool,
    frequency: str | None,
    timezone: str | None,
    hour: int | None,
    own: bool | None,
    folder: Path,
    now: datetime | None,
) -> None:
    """Change what a subscriber receives, by the token of their link or by address."""
    moment = instant(now)
    with _opened(folder, moment) as (subscriptions, _):
        if "@" in who:
            found = _known(subscriptions, who)
        else:
            found = subscriptions.holder(_token(who), now=moment)
        old = found.preferences
        kept = () if all_topics else tuple(d.value for d in old.desks)
        chosen = _preferences(
            desks or kept,
            frequency or old.frequency.value,
            timezone or old.timezone,
            old.hour if hour is None else hour,
        )
        # What the command has no option for stays as the reader chose it.
        wanted = replace(
            chosen,
            concerning=old.concerning,
            alerts=old.alerts,
            counting=old.counting,
            language=old.language,
            own=old.own if own is None else own,
        )
        subscriptions.set_preferences(found, wanted)
    click.echo("Changed.")


@command.command(
    epilog="""\b
Examples:
  lodewire subscribers unsubscribe reader@example.org
"""
)
@click.argument("who", metavar="TOKEN|ADDRESS")
@desk_option
@now_option
def unsubscribe(who: str, folder: Path, now: datetime | None) -> None:
    """Send nothing more, from this moment on, running campaigns included."""
    from lodewire.workbench.letters.subscribing import Origin

    moment, origin = instant(now), Origin(source="command line")
    with _opened(folder, moment) as (subscriptions, _):
        if "@" not in who:
            subscriptions.unsubscribe(_token(who), origin, now=moment)
        elif (found := subscriptions.of_address(who)) is not None:
            subscriptions.leave(found, origin, now=moment)
    click.echo("Nothing more is sent to this address.")


@command.command(
    epilog="""\b
Examples:
  lodewire subscribers erase reader@example.org
"""
)
@click.argument("address")
@click.option("--yes", is_flag=True, help="Do not ask.")
@desk_option
@now_option
def erase(address: str, yes: bool, folder: Path, now: datetime | None) -> None:
    """Delete all that is kept of ADDRESS, but the keyed hash that keeps mail from it."""
    if not yes:
        click.confirm(f"Erase {plain(address)} with consents and deliveries?", abort=True)
    moment = instant(now)
    with _opened(folder, moment) as (subscriptions, _):
        subscriptions.erase(address, now=moment)
    click.echo("Erased. Backups made before still hold it: see docs/guides/newsletter.md.")


@command.command(
    name="import",
    epilog="""\b
Examples:
  lodewire subscribers import list.csv
""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@desk_option
@now_option
def import_(file: Path, folder: Path, now: datetime | None) -> None:
    """Import a CSV list: every line right, or none is taken. Who left before stays out."""
    from lodewire.delivery.lists import read_list
    from lodewire.errors import DeliveryError

    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DeliveryError(
            f"{file}: cannot be read: {error}", hint="save the list as CSV in UTF-8"
        ) from error
    moment = instant(now)
    with _opened(folder, moment) as (subscriptions, _):
        found = read_list(text, subscriptions.key, now=moment)
        added, there, barred = subscriptions.add_all(found.subscribers)
    for hint in found.hints:
        click.echo(plain(hint), err=True)
    click.echo(f"Added {added}; {there} were there already; {barred} left out that want no mail.")


@command.command(
    epilog="""\b
Examples:
  lodewire subscribers export > list.csv
  lodewire subscribers export reader@example.org      all that is kept of one person
"""
)
@click.argument("address", required=False)
@desk_option
@now_option
def export(address: str | None, folder: Path, now: datetime | None) -> None:
    """Print the whole list as CSV; or with ADDRESS all that is kept of one person as JSON."""
    from lodewire.delivery.lists import list_row, write_list

    with _opened(folder, instant(now)) as (subscriptions, ledger):
        if address is not None:
            told = subscriptions.told_of(_known(subscriptions, address))
            click.echo(plain_json(json.dumps(told, ensure_ascii=False, indent=1)))
            return
        store = ledger.subscribers
        rows = (list_row(s, store.consents(s.id)) for s in store.all())
        for part in write_list(rows):
            sys.stdout.write(part)


def _known(subscriptions: Subscriptions, address: str) -> Subscriber:
    from lodewire.errors import DeliveryError

    found = subscriptions.of_address(address)
    if found is None:
        raise DeliveryError(
            f"{plain(address)} is no subscriber", hint="lodewire subscribers list shows them"
        )
    return found


def _token(told: str) -> str:
    """A person pastes the whole link: its end is the token."""
    return told.strip().rpartition("/")[2]


command.add_command(seed)
