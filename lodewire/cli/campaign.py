"""``lodewire campaign``: a day's brief, seen, tested, sent, and what became of each copy."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.campaign_returns import attach as attach_returns
from lodewire.cli.campaign_state import attach as attach_state
from lodewire.cli.options import Day, desk_option, instant, now_option, open_desk
from lodewire.model.audience import CampaignState, DeliveryState, Frequency
from lodewire.model.plain import plain
from lodewire.model.vocabulary import Desk

if TYPE_CHECKING:
    from lodewire.delivery.messages import Message
    from lodewire.model.audience import Campaign

_WAIT = 30.0  # seconds between two looks at what is due


@click.group(
    epilog="""\b
Examples:
  lodewire brief 2025-03-28                    compose it, and read it
  lodewire campaign preview 2025-03-28 --topic mining-metals
  lodewire campaign test 2025-03-28 editor@example.org
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


@command.command(
    epilog="""\b
Examples:
  lodewire campaign preview 2025-03-28 --topic mining-metals
  lodewire campaign preview 2025-03-28 --format html > brief.html
"""
)
@day_argument
@_TOPICS
@_FREQUENCY
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
    day: date, desks: tuple[str, ...], frequency: str, form: str, folder: Path, now: datetime | None
) -> None:
    """Print the mail that a reader of these desks would get; nothing is sent or kept."""
    from email import message_from_bytes, policy

    message = _sample(folder, day, desks, frequency, "reader@example.org", instant(now), label="")
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
@desk_option
@now_option
def test(
    day: date,
    address: str,
    desks: tuple[str, ...],
    frequency: str,
    folder: Path,
    now: datetime | None,
) -> None:
    """Send one copy, marked as a test, to ADDRESS; no subscriber is touched."""
    from lodewire.delivery.addresses import check_address
    from lodewire.workbench.letters.messengers import open_messenger

    moment, to = instant(now), check_address(address)
    message = _sample(folder, day, desks, frequency, to, moment, label="[Test] ")
    with open_desk(folder) as (desk, _):
        messenger = open_messenger(desk)
        try:
            messenger.deliver(message)
        finally:
            messenger.close()
    click.echo(f"Sent a test to {plain(to)}.")


def _sample(
    folder: Path,
    day: date,
    desks: tuple[str, ...],
    frequency: str,
    address: str,
    now: datetime,
    *,
    label: str,
) -> Message:
    from lodewire.errors import DeliveryError
    from lodewire.model.audience import Preferences, Subscriber, SubscriberState
    from lodewire.workbench.letters.campaigning import LetterBook, plan_campaign
    from lodewire.workbench.letters.subscribing import open_subscriptions

    with open_desk(folder) as (desk, ledger):
        subscriptions = open_subscriptions(desk, ledger, now=now)
        campaign = plan_campaign(ledger, day, day, now=now)
        wanted = Preferences(desks=tuple(Desk(d) for d in desks), frequency=Frequency(frequency))
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


@command.command(
    epilog="""\b
Examples:
  lodewire campaign send 2025-03-28 --wait
  lodewire campaign send 2025-03-28 --on 2025-03-29
"""
)
@day_argument
@click.option(
    "--on", "send_on", type=Day(), help="Local day on which each reader gets it. Default: DAY."
)
@click.option("--wait", is_flag=True, help="Go on until the last copy is due and sent.")
@desk_option
@now_option
def send(day: date, send_on: date | None, wait: bool, folder: Path, now: datetime | None) -> None:
    """Send what is due of a day's campaign; begin the campaign where it is new.

    Run it again, or twice at once: each subscriber is sent one copy. Ctrl-C ends it after the
    copies in hand.
    """
    from lodewire.workbench.letters.campaigning import LetterBook, start_campaign
    from lodewire.workbench.letters.messengers import open_messenger
    from lodewire.workbench.letters.orphans import take_up_journals, take_up_orphans
    from lodewire.workbench.letters.sending import now_utc, send_due
    from lodewire.workbench.letters.subscribing import open_subscriptions

    def clock() -> datetime:
        return now or now_utc()

    with open_desk(folder) as (desk, ledger), _stopping() as stopped:
        subscriptions = open_subscriptions(desk, ledger, now=clock())
        open_messenger(desk).close()  # a missing password is told before a campaign begins
        campaign = start_campaign(ledger, day, send_on, now=clock())
        if campaign is None:
            click.echo(f"Nobody is due a copy on {send_on or day}; no campaign was begun.")
            return
        if campaign.state is not CampaignState.SENDING:
            click.echo(f"The campaign of {day} is {campaign.state.value}.")
            return

        book = partial(LetterBook, subscriptions, ledger, campaign)

        told: Counter[DeliveryState] = Counter()
        while True:
            take_up_journals(ledger, desk.sending_path, now=clock())
            messenger = open_messenger(desk)
            unclear = take_up_orphans(ledger, book(), messenger, now=clock())
            messenger.close()
            told += send_due(desk, ledger, book, clock, stopped)
            due = ledger.campaigns.next_due(campaign.id)
            if not wait or due is None or stopped.is_set() or now is not None:
                break
            stopped.wait(min(_WAIT, max(0.5, (due - clock()).total_seconds())))
        _tell_sent(campaign, told, due, unclear)


def _tell_sent(
    campaign: Campaign, told: Counter[DeliveryState], due: datetime | None, unclear: int
) -> None:
    words = ", ".join(f"{n} {state.value}" for state, n in told.items() if n) or "nothing was due"
    click.echo(f"Campaign of {campaign.day}: {words}.")
    if due is not None:
        click.echo(
            f"The next copy is due {due:%Y-%m-%d %H:%M} UTC: run this again, or with --wait."
        )
    if unclear:
        click.echo(
            f"{unclear} may or may not have arrived and are not sent again unasked: "
            f"lodewire campaign check {campaign.day} --log MAILLOG"
        )


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Let SIGINT and SIGTERM end the sending between two copies, not inside one."""
    stopped = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return
    kept = {s: signal.signal(s, lambda *_: stopped.set()) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


attach_state(command)
attach_returns(command)
