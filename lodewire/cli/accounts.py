"""``lodewire accounts``: who may sign in, what they may see and do, what was done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.audit import AUDITED, audit_rows
from lodewire.cli.options import desk_option, instant, now_option, open_desk
from lodewire.cli.rows import print_rows, rows_option
from lodewire.model.account import Scope
from lodewire.model.plain import plain
from lodewire.model.tier import Role, Tier

if TYPE_CHECKING:
    from lodewire.workbench.accounts.people import Accounts

_ACTOR = "command line"
_LISTED = ("address", "role", "tier", "until", "state", "signed_in", "since", "id")
_PAID = click.Choice([Tier.PRO.value, Tier.ENTERPRISE.value])
_ROLE = click.Choice([r.value for r in Role if r is not Role.PRO])
_SCOPE = click.Choice([s.value for s in Scope])


@click.group(
    epilog="""\b
Examples:
  lodewire accounts invite boss@example.org --role admin
  lodewire accounts invite reader@example.org --tier pro --days 365
  lodewire accounts list
  lodewire accounts grant reader@example.org --tier pro --days 30
  lodewire accounts key reader@example.org --name table --scope read --scope export
"""
)
def command() -> None:
    """List, invite, grant, revoke, lock and erase accounts of the site."""


@contextmanager
def _opened(folder: Path) -> Iterator[Accounts]:
    from lodewire.workbench.accounts.people import open_accounts

    with open_desk(folder) as (desk, ledger):
        yield open_accounts(desk, ledger)


@command.command(
    name="list",
    epilog="""\b
Examples:
  lodewire accounts list
  lodewire accounts list --tier pro --format csv
""",
)
@click.option("--tier", type=click.Choice([t.value for t in Tier]), help="Only this tier.")
@rows_option
@desk_option
@now_option
def list_accounts(tier: str | None, form: str, folder: Path, now: datetime | None) -> None:
    """List accounts with role, tier and when they last signed in."""
    moment = instant(now)
    with _opened(folder) as accounts:
        rows = []
        for account in accounts.ledger.accounts.all():
            standing = accounts.standing(account, now=moment)
            if tier is not None and standing.tier.value != tier:
                continue
            rows.append(
                {
                    "address": account.address,
                    "role": standing.role.value,
                    "tier": standing.tier.value,
                    "until": standing.until.date().isoformat() if standing.until else "",
                    "state": "locked" if account.locked else "",
                    "signed_in": _day(account.signed_in_at),
                    "since": _day(account.created_at),
                    "id": account.id,
                }
            )
    empty = "No account yet. Invite somebody: lodewire accounts invite ADDRESS --role admin"
    print_rows(rows, _LISTED, form, empty=empty)


def _day(moment: datetime | None) -> str:
    return "" if moment is None else moment.date().isoformat()


@command.command(
    epilog="""\b
Examples:
  lodewire accounts invite editor@example.org --role editor
  lodewire accounts invite reader@example.org --tier pro --days 365
  lodewire accounts invite reader@example.org --show     print the link, mail nothing
"""
)
@click.argument("address")
@click.option("--tier", type=_PAID, help="Membership that accepting gives.")
@click.option("--role", type=_ROLE, help="What they may do. Default: as before, else reader.")
@click.option("--days", type=click.IntRange(1, 36500), help="How long the membership lasts.")
@click.option("--show", is_flag=True, help="Print the link instead of mailing it.")
@desk_option
@now_option
def invite(
    address: str,
    tier: str | None,
    role: str | None,
    days: int | None,
    show: bool,
    folder: Path,
    now: datetime | None,
) -> None:
    """Mail ADDRESS a link that makes an account, once."""
    from lodewire.workbench.letters.messengers import open_messenger

    with _opened(folder) as accounts:
        message, where = accounts.invite(
            address,
            tier=None if tier is None else Tier(tier),
            role=None if role is None else Role(role),
            days=days,
            actor=_ACTOR,
            now=instant(now),
        )
        if show:
            click.echo(where)
            return
        messenger = open_messenger(accounts.desk)
        try:
            messenger.deliver(message)
        finally:
            messenger.close()
    click.echo(f"Invited {plain(address)}.")


@command.command(
    epilog="""\b
Examples:
  lodewire accounts grant reader@example.org --tier pro --days 30
  lodewire accounts grant colleague@example.org --role editor
"""
)
@click.argument("address")
@click.option("--tier", type=_PAID, help="Membership to give.")
@click.option("--days", type=click.IntRange(1, 36500), help="How long; default: until revoked.")
@click.option("--role", type=_ROLE, help="What they may do.")
@desk_option
@now_option
def grant(
    address: str,
    tier: str | None,
    days: int | None,
    role: str | None,
    folder: Path,
    now: datetime | None,
) -> None:
    """Give an account a membership, a role, or both; the account is made where there is none."""
    if tier is None and role is None:
        raise click.UsageError("say what to give: --tier, --role or both")
    moment = instant(now)
    with _opened(folder) as accounts:
        account = accounts.add(address, now=moment)
        if role is not None:
            account = accounts.set_role(account, Role(role), actor=_ACTOR, now=moment)
        if tier is not None:
            until = None if days is None else moment + timedelta(days=days)
            accounts.grant(account, Tier(tier), until=until, actor=_ACTOR, now=moment)
        standing = accounts.standing(account, now=moment)
    click.echo(f"{plain(address)}: {standing.role.value}, {standing.tier.value}")


@command.command(
    epilog="""\b
Examples:
  lodewire accounts byline editor@example.org "Ana Roe"
  lodewire accounts byline editor@example.org ""         the desk's name again
"""
)
@click.argument("address")
@click.argument("name")
@desk_option
@now_option
def byline(address: str, name: str, folder: Path, now: datetime | None) -> None:
    """Set the NAME that readers see beside the decisions an editor makes on the site."""
    with _opened(folder) as accounts:
        account = accounts.of_address(address)
        changed = accounts.set_name(account, name, actor=_ACTOR, now=instant(now))
        shown = changed.name or accounts.desk.name
    click.echo(f"Decisions of {plain(address)} are by {plain(shown)}.")


@command.command(
    epilog="""\b
Examples:
  lodewire accounts revoke reader@example.org
"""
)
@click.argument("address")
@desk_option
@now_option
def revoke(address: str, folder: Path, now: datetime | None) -> None:
    """End all memberships of an account now. What a payment service charges, cancel there."""
    moment = instant(now)
    with _opened(folder) as accounts:
        account = accounts.of_address(address)
        ended = accounts.revoke(account, actor=_ACTOR, now=moment)
    click.echo(f"Ended {ended} membership{'' if ended == 1 else 's'} of {plain(address)}.")


@command.command(
    epilog="""\b
Examples:
  lodewire accounts lock somebody@example.org
  lodewire accounts lock somebody@example.org --off
"""
)
@click.argument("address")
@click.option("--off", is_flag=True, help="Let them in again.")
@desk_option
@now_option
def lock(address: str, off: bool, folder: Path, now: datetime | None) -> None:
    """Keep somebody out: sessions, links, passkeys and keys stop at once."""
    with _opened(folder) as accounts:
        account = accounts.of_address(address)
        accounts.lock(account, locked=not off, actor=_ACTOR, now=instant(now))
    click.echo(f"{'Let in again' if off else 'Locked'}: {plain(address)}")


@command.command(
    epilog="""\b
Examples:
  lodewire accounts key reader@example.org --name table --scope read --scope export --days 365
  lodewire accounts key reader@example.org --list
  lodewire accounts key reader@example.org --end key_abcd…
"""
)
@click.argument("address")
@click.option("--name", default="key", show_default=True, help="What it is for.")
@click.option("--scope", "scopes", type=_SCOPE, multiple=True, help="What it may do; may repeat.")
@click.option("--quota", type=click.IntRange(1), help="Calls a day. Default: the tier's.")
@click.option("--days", type=click.IntRange(1, 36500), help="How long it works.")
@click.option("--list", "listed", is_flag=True, help="List the account's keys.")
@click.option("--end", "ended", metavar="ID", help="End a key for good.")
@desk_option
@now_option
def key(
    address: str,
    name: str,
    scopes: tuple[str, ...],
    quota: int | None,
    days: int | None,
    listed: bool,
    ended: str | None,
    folder: Path,
    now: datetime | None,
) -> None:
    """Make an API key and print its secret, this once; or list and end keys."""
    from lodewire.errors import AccountError
    from lodewire.workbench.accounts.keys import make_key, revoke_key

    moment = instant(now)
    with _opened(folder) as accounts:
        account = accounts.of_address(address)
        kept = accounts.ledger.rights.keys_of(account.id)
        if listed:
            for one in kept:
                state = "ended" if one.revoked_at else "works"
                told = ", ".join(sorted(s.value for s in one.scopes))
                click.echo(f"{one.id}  {state}  {told}  {plain(one.name)}")
            return
        if ended is not None:
            found = [k for k in kept if k.id.startswith(ended)]
            if len(found) != 1:
                raise AccountError(
                    f"{address} has no such key", hint="--list prints the keys with their ids"
                )
            revoke_key(accounts, found[0], actor=_ACTOR, now=moment)
            click.echo(f"Ended {found[0].id}.")
            return
        _, secret = make_key(
            accounts,
            account,
            name,
            [Scope(s) for s in scopes],
            quota=quota,
            days=days,
            actor=_ACTOR,
            now=moment,
        )
    click.echo(secret)


@command.command(
    epilog="""\b
Examples:
  lodewire accounts export reader@example.org > reader.json
"""
)
@click.argument("address")
@desk_option
@now_option
def export(address: str, folder: Path, now: datetime | None) -> None:
    """Print all that is kept of one person's account, as JSON to hand to them."""
    from lodewire.model.plain import plain_json
    from lodewire.workbench.accounts.mine import told_of

    with _opened(folder) as accounts:
        told = told_of(accounts, accounts.of_address(address), now=instant(now))
    click.echo(plain_json(json.dumps(told, indent=1, ensure_ascii=False)))


@command.command(
    epilog="""\b
Examples:
  lodewire accounts erase reader@example.org
"""
)
@click.argument("address")
@desk_option
@now_option
def erase(address: str, folder: Path, now: datetime | None) -> None:
    """Delete an account with all it holds. The audit log keeps its lines, without the address."""
    from lodewire.workbench.accounts.mine import erase_account

    with _opened(folder) as accounts:
        erase_account(accounts, accounts.of_address(address), actor=_ACTOR, now=instant(now))
    click.echo(f"Erased the account of {plain(address)}.")


@command.command(
    epilog="""\b
Examples:
  lodewire accounts audit
  lodewire accounts audit --of reader@example.org --limit 20
"""
)
@click.option("--of", "address", metavar="ADDRESS", help="Of one account alone.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Lines at most."
)
@rows_option
@desk_option
def audit(address: str | None, limit: int, form: str, folder: Path) -> None:
    """List who did what to whom, the latest first; `lodewire audit` lists more, by act and day."""
    with _opened(folder) as accounts:
        subject = accounts.of_address(address).id if address else ""
        rows = audit_rows(accounts.ledger, of=subject, limit=limit)
    print_rows(rows, AUDITED, form, empty="Nothing was done yet.")
