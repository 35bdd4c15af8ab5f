"""``lodewire campaign status|check|pause|resume|cancel``: what became of copies, what goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import Day, desk_option, instant, now_option, open_desk
from lodewire.cli.rows import print_rows, rows_option
from lodewire.model.audience import CampaignState, DeliveryState, FeedbackKind

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.model.audience import Campaign

_TROUBLE = (
    DeliveryState.UNCLEAR,
    DeliveryState.FAILED,
    DeliveryState.BOUNCED,
)
_COUNTED = tuple(s.value for s in DeliveryState)
_NONE_OPENED = "No opening was counted: only those of readers who agreed are."
_RETURNED = tuple(f"feedback_{k.value}" for k in FeedbackKind)
_DAY = click.argument("day", type=Day())


@click.command(
    epilog="""\b
Examples:
  lodewire campaign status
  lodewire campaign status 2025-03-28 --copies --format csv
  lodewire campaign status 2025-03-28 --format json
  lodewire campaign status --links
"""
)
@click.argument("day", type=Day(), required=False)
@click.option("--copies", is_flag=True, help="List copies that failed, bounced or are unclear.")
@click.option("--links", is_flag=True, help="List links with how often they were opened.")
@rows_option
@desk_option
def status(day: date | None, copies: bool, links: bool, form: str, folder: Path) -> None:
    """Show how many copies of each campaign are queued, sent, failed, bounced or unclear.

    Also what came back later (hard and soft bounces, complaints), how many readers left after
    their copy, and with --links how often links were opened by readers who agreed to be counted.
    """
    with open_desk(folder) as (_, ledger):
        found = [c for c in ledger.campaigns.all() if day in (None, c.day)]
        if copies:
            rows = [row for c in found for row in _copies(ledger, c)]
            told = ("day", "address", "state", "attempts", "reason")
            print_rows(rows, told, form, empty="No copy failed, bounced or is unclear.")
            return
        if links:
            rows = [
                {"day": c.day.isoformat(), "link": link, "opened": n}
                for c in found
                for link, n in ledger.opens.of_campaign(c.id)
            ]
            print_rows(
                rows,
                ("day", "link", "opened"),
                form,
                empty="No opening was counted: only who agrees is.",
            )
            return
        rows = [_counted(ledger, c) for c in found]
    numbers = ("copies", "came_back") if form == "table" else (*_COUNTED, *_RETURNED)
    columns = ("day", "kind", "send_on", "state", *numbers, "left", "opened", "next_due")
    print_rows(rows, columns, form, empty="No campaign. Begin one: lodewire campaign send DAY")


def _counted(ledger: Ledger, campaign: Campaign) -> dict[str, object]:
    from lodewire.workbench.letters.measuring import numbers_of

    numbers = numbers_of(ledger, campaign)
    counts = numbers.copies
    due = ledger.campaigns.next_due(campaign.id)
    return {
        "day": campaign.day.isoformat(),
        "kind": campaign.kind.value,
        "send_on": campaign.send_on.isoformat(),
        "state": campaign.state.value,
        **{state.value: n for state, n in counts.items()},
        "copies": ", ".join(f"{n} {state.value}" for state, n in counts.items() if n) or "none",
        "came_back": ", ".join(f"{n} {k.value}" for k, n in numbers.feedback.items() if n) or "-",
        **{f"feedback_{kind.value}": n for kind, n in numbers.feedback.items()},
        "left": numbers.left,
        "opened": sum(n for _, n in numbers.links),
        "next_due": f"{due:%Y-%m-%d %H:%M}Z" if due else None,
    }


def _copies(ledger: Ledger, campaign: Campaign) -> Iterator[dict[str, object]]:
    for delivery, address in ledger.campaigns.deliveries(campaign.id, *_TROUBLE):
        yield {
            "day": campaign.day.isoformat(),
            "address": address,
            "state": delivery.state.value,
            "attempts": delivery.attempts,
            "reason": delivery.reason,
        }


@click.command(
    epilog="""\b
Examples:
  lodewire campaign check 2025-03-28 --log /var/log/mail.log
  lodewire campaign check 2025-03-28 --log /var/log/mail.log --resend
"""
)
@_DAY
@click.option(
    "--log",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    required=True,
    help="Log of the mail server that names the Message-ID of each message it accepted.",
)
@click.option(
    "--resend", is_flag=True, help="The log is whole: send the copies again that it does not name."
)
@desk_option
@now_option
def check(day: date, log: Path, resend: bool, folder: Path, now: datetime | None) -> None:
    """Settle unclear copies by the log of the mail server."""
    from lodewire.workbench.letters.campaigning import LetterBook
    from lodewire.workbench.letters.orphans import check_log, take_up_journals
    from lodewire.workbench.letters.sending import LEASE
    from lodewire.workbench.letters.subscribing import open_subscriptions

    moment = instant(now)
    with open_desk(folder) as (desk, ledger), log.open(encoding="utf-8", errors="replace") as lines:
        campaign = _campaign(ledger, day)
        subscriptions = open_subscriptions(desk, ledger, now=moment)
        take_up_journals(ledger, desk.sending_path, now=moment)
        ledger.copies.orphans(campaign.id, before=moment - LEASE, at=moment)
        book = LetterBook(subscriptions, ledger, campaign)
        found, missing = check_log(ledger, book, lines, resend=resend, now=moment)
    after = "queued again" if resend else "still unclear"
    click.echo(f"{found} were accepted; {missing} are not in the log and {after}.")


def _campaign(ledger: Ledger, day: date) -> Campaign:
    from lodewire.errors import DeliveryError
    from lodewire.model.audience import campaign_id

    found = ledger.campaigns.get(campaign_id(day))
    if found is None:
        raise DeliveryError(
            f"there is no campaign of {day}", hint="lodewire campaign status lists them"
        )
    return found


def _move(day: date, folder: Path, to: CampaignState, now: datetime) -> None:
    with open_desk(folder) as (_, ledger):
        moved = ledger.campaigns.move(_campaign(ledger, day).id, to, at=now)
    click.echo(f"The campaign of {day} is {moved.state.value}.")


@click.command(
    epilog="""\b
Examples:
  lodewire campaign pause 2025-03-28
"""
)
@_DAY
@desk_option
@now_option
def pause(day: date, folder: Path, now: datetime | None) -> None:
    """Send no further copy until resumed, whoever is sending."""
    _move(day, folder, CampaignState.PAUSED, instant(now))


@click.command(
    epilog="""\b
Examples:
  lodewire campaign resume 2025-03-28
"""
)
@_DAY
@desk_option
@now_option
def resume(day: date, folder: Path, now: datetime | None) -> None:
    """Let a paused campaign go on; then run send."""
    _move(day, folder, CampaignState.SENDING, instant(now))


@click.command(
    epilog="""\b
Examples:
  lodewire campaign cancel 2025-03-28
"""
)
@_DAY
@desk_option
@now_option
def cancel(day: date, folder: Path, now: datetime | None) -> None:
    """End a campaign for good; what was not sent is skipped."""
    _move(day, folder, CampaignState.CANCELLED, instant(now))


def attach(group: click.Group) -> None:
    """Add these commands to ``lodewire campaign``."""
    for made in (status, check, pause, resume, cancel):
        group.add_command(made)
