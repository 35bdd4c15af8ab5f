"""``lodewire campaign send|correct|alert``: begin campaigns and send what is due of them."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import Day, desk_option, instant, now_option, open_desk
from lodewire.model.audience import CampaignKind, CampaignState, DeliveryState
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger
    from lodewire.model.audience import Campaign
    from lodewire.workbench.letters.campaigning import LetterBook

_WAIT = 30.0  # seconds between two looks at what is due
_DAY = click.argument("day", type=Day())


@click.command(
    epilog="""\b
Examples:
  lodewire campaign send 2025-03-28 --wait
  lodewire campaign send 2025-03-28 --on 2025-03-29
  lodewire campaign send 2025-03-28 --automatic     from cron: only a brief without doubts
"""
)
@_DAY
@click.option(
    "--on", "send_on", type=Day(), help="Local day on which each reader gets it. Default: DAY."
)
@click.option("--wait", is_flag=True, help="Go on until the last copy is due and sent.")
@click.option("--automatic", is_flag=True, help="Refuse a brief that a person should read first.")
@desk_option
@now_option
def send(
    day: date,
    send_on: date | None,
    wait: bool,
    automatic: bool,
    folder: Path,
    now: datetime | None,
) -> None:
    """Send what is due of a day's campaign; begin the campaign where it is new.

    Run it again, or twice at once: each subscriber is sent one copy. Ctrl-C ends it after the
    copies in hand. With --automatic nothing goes out of which a check failed, or that has fewer
    origins than least_origins of [newsletter].
    """
    from lodewire.workbench.letters.campaigning import start_campaign
    from lodewire.workbench.letters.messengers import open_messenger

    with open_desk(folder) as (desk, ledger), _stopping() as stopped:
        clock = _clock(now)
        open_messenger(desk).close()  # a missing password is told before a campaign begins
        if automatic:
            _refuse_doubts(ledger, day, desk.newsletter.least_origins)
        campaign = start_campaign(ledger, day, send_on, now=clock())
        if campaign is None:
            click.echo(f"Nobody is due a copy on {send_on or day}; no campaign was begun.")
            return
        if campaign.state is not CampaignState.SENDING:
            click.echo(f"The campaign of {day} is {campaign.state.value}.")
            return
        _send(desk, ledger, campaign, clock, stopped, wait=wait and now is None)


@click.command(
    epilog="""\b
Examples:
  lodewire campaign correct
"""
)
@click.option("--dry-run", is_flag=True, help="Say how many were told wrong; send nothing.")
@desk_option
@now_option
def correct(dry_run: bool, folder: Path, now: datetime | None) -> None:
    """Send each correction to exactly those who were sent the wrong sentence.

    Run it after `lodewire review`, or from cron: a correction goes out once, by day.
    """
    from lodewire.workbench.briefing.correcting import correction_log
    from lodewire.workbench.letters.noticing import readers_told_wrong, start_corrections

    with open_desk(folder) as (desk, ledger), _stopping() as stopped:
        clock = _clock(now)
        if dry_run:
            for correction in correction_log(ledger):
                n = len(readers_told_wrong(ledger, correction))
                click.echo(f"{n} were told: {plain(correction.said)}")
            return
        start_corrections(ledger, now=clock())
        _send_kind(desk, ledger, CampaignKind.CORRECTION, clock, stopped)


@click.command(
    epilog="""\b
Examples:
  lodewire campaign alert 2025-03-28
"""
)
@_DAY
@desk_option
@now_option
def alert(day: date, folder: Path, now: datetime | None) -> None:
    """Tell the weightiest events of a day at once to those who asked for alerts.

    An event that weighs alert_from of [newsletter] or more is alerted once, by day; the brief
    that follows does not repeat it to them.
    """
    from lodewire.workbench.letters.noticing import start_alerts

    with open_desk(folder) as (desk, ledger), _stopping() as stopped:
        clock = _clock(now)
        _refuse_doubts(ledger, day, desk.newsletter.least_origins)
        start_alerts(ledger, day, least=desk.newsletter.alert_from, now=clock())
        _send_kind(desk, ledger, CampaignKind.ALERT, clock, stopped)


def _clock(now: datetime | None) -> Callable[[], datetime]:
    return lambda: instant(now)


def _refuse_doubts(ledger: Ledger, day: date, least: int) -> None:
    from lodewire.errors import DeliveryError
    from lodewire.publish.letter import doubts_of

    brief = ledger.briefs.get(day)
    doubts = () if brief is None else doubts_of(brief, least_origins=least)
    if doubts:
        more = f"; and {len(doubts) - 3} more" if len(doubts) > 3 else ""
        raise DeliveryError(
            f"the brief of {day} waits for a person: {plain('; '.join(doubts[:3]))}{more}",
            hint=f"read it, then run `lodewire campaign send {day}` without --automatic",
        )


def _send_kind(
    desk: DeskConfig,
    ledger: Ledger,
    kind: CampaignKind,
    clock: Callable[[], datetime],
    stopped: threading.Event,
) -> None:
    """Send what is due of all campaigns of a kind that are not done."""
    found: Sequence[Campaign] = [
        c
        for c in ledger.campaigns.all()
        if c.kind is kind
        and c.state is CampaignState.SENDING
        and ledger.campaigns.next_due(c.id) is not None
    ]
    for campaign in found:
        _send(desk, ledger, campaign, clock, stopped, wait=False)
    if not found:
        click.echo("Nobody is to be told anything.")


def _send(
    desk: DeskConfig,
    ledger: Ledger,
    campaign: Campaign,
    clock: Callable[[], datetime],
    stopped: threading.Event,
    *,
    wait: bool,
) -> None:
    from lodewire.workbench.letters.campaigning import LetterBook
    from lodewire.workbench.letters.messengers import open_messenger
    from lodewire.workbench.letters.orphans import take_up_journals, take_up_orphans
    from lodewire.workbench.letters.sending import send_due
    from lodewire.workbench.letters.subscribing import open_subscriptions

    subscriptions = open_subscriptions(desk, ledger, now=clock())
    book = partial(LetterBook, subscriptions, ledger, campaign)
    told: Counter[DeliveryState] = Counter()
    while True:
        take_up_journals(ledger, desk.sending_path, now=clock())
        messenger = open_messenger(desk)
        unclear = take_up_orphans(ledger, book(), messenger, now=clock())
        messenger.close()
        told += _send_to_seeds(desk, ledger, book, clock, stopped)
        told += send_due(desk, ledger, book, clock, stopped)
        due = ledger.campaigns.next_due(campaign.id)
        if not wait or due is None or stopped.is_set():
            break
        stopped.wait(min(_WAIT, max(0.5, (due - clock()).total_seconds())))
    _tell_sent(campaign, told, due, unclear)


def _send_to_seeds(
    desk: DeskConfig,
    ledger: Ledger,
    book: Callable[[], LetterBook],
    clock: Callable[[], datetime],
    stopped: threading.Event,
) -> Counter[DeliveryState]:
    """Send to the seeds first; ends the command where the campaign was paused for one."""
    from lodewire.workbench.letters.seeding import send_to_seeds

    report = send_to_seeds(desk, ledger, book, clock, stopped)
    for words in report.waiting:
        click.echo(f"A seed waits: {plain(words)}", err=True)
    for words in report.failed:
        click.echo(f"A seed failed: {plain(words)}", err=True)
    if report.failed:
        click.echo(
            "The campaign is paused, and nobody else was sent it. "
            "Mend what is wrong, then: lodewire campaign resume DAY",
            err=True,
        )
        raise SystemExit(1)
    return report.sent


def _tell_sent(
    campaign: Campaign, told: Counter[DeliveryState], due: datetime | None, unclear: int
) -> None:
    words = ", ".join(f"{n} {state.value}" for state, n in told.items() if n) or "nothing was due"
    name = "Campaign" if campaign.kind is CampaignKind.BRIEF else campaign.kind.value.capitalize()
    click.echo(f"{name} of {campaign.day}: {words}.")
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


def attach(group: click.Group) -> None:
    """Add these commands to ``lodewire campaign``."""
    for made in (send, correct, alert):
        group.add_command(made)
