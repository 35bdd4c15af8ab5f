"""``lodewire audit``: who did what on the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import Day, desk_option, open_desk
from lodewire.cli.rows import print_rows, rows_option

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger

AUDITED = ("at", "who", "action", "subject", "detail")


@click.command(
    epilog="""\b
Examples:
  lodewire audit
  lodewire audit --act brief --since 2025-03-28
  lodewire audit --of ev_k3jd9q2x
  lodewire audit --of editor@example.org --format csv
"""
)
@click.option(
    "--of", "subject", metavar="ADDRESS|ID", help="Only what this account did, or was done to this."
)
@click.option("--act", "acts", default="", metavar="WORDS", help="Only acts that begin so.")
@click.option("--since", type=Day(), help="From this day on (UTC).")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Lines at most."
)
@rows_option
@desk_option
def command(
    subject: str | None, acts: str, since: date | None, limit: int, form: str, folder: Path
) -> None:
    """List who did what, the latest first: reviews, briefs, memberships, roles, keys.

    Lines are only added, each in the transaction of the act itself. Addresses are shortened.
    """
    from lodewire.workbench.accounts.people import open_accounts

    with open_desk(folder) as (desk, ledger):
        of = subject or ""
        if "@" in of:
            of = open_accounts(desk, ledger).of_address(of).id
        elif of.partition("_")[0] in ("ev", "dc"):
            of = ledger.find(of)
        start = None if since is None else datetime.combine(since, time(), UTC)
        rows = audit_rows(ledger, of=of, acts=acts, since=start, limit=limit)
    print_rows(rows, AUDITED, form, empty="Nothing was done yet.")


def audit_rows(ledger: Ledger, **asked: Any) -> list[dict[str, str]]:
    """Return lines of the audit log as rows; ``asked`` goes to ``audit_of``."""
    from lodewire.workbench.accounts.audited import audit_of

    return [
        {
            "at": told.line.at.isoformat(timespec="seconds"),
            "who": told.who,
            "action": told.line.action,
            "subject": told.line.subject,
            "detail": told.line.detail,
        }
        for told in audit_of(ledger, **asked)
    ]
