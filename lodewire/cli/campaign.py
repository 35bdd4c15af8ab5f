"""``lodewire campaign``: a day's brief, seen, tested, sent, and what became of each copy."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.campaign_post import attach as attach_post
from lodewire.cli.campaign_ready import attach as attach_ready
from lodewire.cli.campaign_returns import attach as attach_returns
from lodewire.cli.campaign_send import attach as attach_send
from lodewire.cli.campaign_state import attach as attach_state
from lodewire.cli.options import Day, desk_option, instant, now_option, open_desk
from lodewire.model.audience import Frequency
from lodewire.model.plain import plain
from lodewire.model.vocabulary import Desk

if TYPE_CHECKING:
    from lodewire.delivery.messages import Message
    from lodewire.model.audience import Preferences

_WAIT = 30.0  # seconds between two looks at what is due


@click.group(
    epilog="""\b
Examples:
  lodewire brief 2025-03-28                    compose it, and read it
  lodewire campaign preview 2025-03-28 --topic mining-metals
  lodewire campaign test 2025-03-28 editor@example.org
  lodewire campaign ready 2025-03-28           guard rails, and who is due when
  lodewire campaign send 2025-03-28 --wait     until the last time zone has it
  lodewire campaign status
  lodewire campaign pause 2025-03-28
"""
)
def command() -> None:
    """Send the brief of a day to its subscribers, to each one copy at their hour."""


day_argument = click.argument("day", type=Day())
_TOPICS = click.option(
    "--topic",
    "desks",
    type=click.Choice([d.value for d in Desk]),
    multiple=True,
    help="As for a reader of this desk only; may repeat.",
)
_FREQUENCY = click.option(
    "--frequency",
    type=click.Choice([f.value for f in Frequency]),
    default="daily",
    show_default=True,
    help="As for a reader of this frequency.",
)


_LANGUAGE = click.option(
    "--language",
    default="",
    metavar="TAG",
    help="As for a reader of en, de or ja. Default: desk's.",
)


@command.command(
    epilog="""\b
Examples:
  lodewire campaign preview 2025-03-28 --topic mining-metals
  lodewire campaign preview 2025-03-28 --language ja
  lodewire campaign preview 2025-03-28 --format html > brief.html
"""
)
@day_argument
@_TOPICS
@_FREQUENCY
@_LANGUAGE
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "eml"]),
    default="text",
    show_default=True,
    help="Which part to print, or the whole message.",
)
@desk_option
@now_option
def preview(
    day: date,
    desks: tuple[str, ...],
    frequency: str,
    language: str,
    form: str,
    folder: Path,
    now: datetime | None,
) -> None:
    """Print the mail that a reader of these desks would get; nothing is sent or kept."""
    from email import message_from_bytes, policy

    wanted = _wanted(desks, frequency, language)
    message = _sample(folder, day, wanted, "reader@example.org", instant(now), label="")
    if form == "eml":
        click.echo(message.body.decode("ascii"))
        return
    parsed = message_from_bytes(message.body, policy=policy.SMTP)
    part = parsed.get_body(("plain",) if form == "text" else ("html",))
    assert part is not None, "every brief has both parts"
    if form == "text":
        click.echo(f"Subject: {plain(str(parsed['subject']))}\n")
    click.echo(part.get_content().replace("\r\n", "\n"))


@command.command(
    epilog="""\b
Examples:
  lodewire campaign test 2025-03-28 editor@example.org
"""
)
@day_argument
@click.argument("address")
@_TOPICS
@_FREQUENCY
@_LANGUAGE
@desk_option
@now_option
def test(
    day: date,
    address: str,
    desks: tuple[str, ...],
    frequency: str,
    language: str,
    folder: Path,
    now: datetime | None,
) -> None:
    """Send one copy, marked as a test, to ADDRESS; no subscriber is touched."""
    from lodewire.delivery.addresses import check_address
    from lodewire.workbench.letters.messengers import open_messenger

    moment, to = instant(now), check_address(address)
    wanted = _wanted(desks, frequency, language)
    message = _sample(folder, day, wanted, to, moment, label="[Test] ")
    with open_desk(folder) as (desk, _):
        messenger = open_messenger(desk)
        try:
            messenger.deliver(message)
        finally:
            messenger.close()
    click.echo(f"Sent a test to {plain(to)}.")


def _wanted(desks: tuple[str, ...], frequency: str, language: str) -> Preferences:
    from lodewire.errors import DeliveryError
    from lodewire.model.audience import Preferences
    from lodewire.publish.frame import load_frames

    if language and language not in load_frames():
        raise DeliveryError(
            f"mails have no frame in {plain(language)!r}",
            hint=f"choose one of {', '.join(load_frames())}",
        )
    return Preferences(
        desks=tuple(Desk(d) for d in desks), frequency=Frequency(frequency), language=language
    )


def _sample(
    folder: Path,
    day: date,
    wanted: Preferences,
    address: str,
    now: datetime,
    *,
    label: str,
) -> Message:
    from lodewire.errors import DeliveryError
    from lodewire.model.audience import Subscriber, SubscriberState
    from lodewire.workbench.letters.campaigning import LetterBook, plan_campaign
    from lodewire.workbench.letters.subscribing import open_subscriptions

    with open_desk(folder) as (desk, ledger):
        subscriptions = open_subscriptions(desk, ledger, now=now)
        campaign = plan_campaign(ledger, day, day, now=now)
        # The key of no address: the links of a test lead nowhere.
        reader = Subscriber(
            address=address,
            address_key=f"test {now.isoformat()}",
            state=SubscriberState.ACTIVE,
            preferences=wanted,
            created_at=now,
            asked_at=now,
        )
        message = LetterBook(subscriptions, ledger, campaign).message(reader, now=now, label=label)
    if message is None:
        raise DeliveryError(
            f"the brief of {day} tells nothing on these desks",
            hint="such a subscriber is sent nothing that day; choose other desks",
        )
    return message


attach_ready(command)
attach_post(command)
attach_send(command)
attach_state(command)
attach_returns(command)
