"""``lodewire watch``: what the desk, or an account, keeps an eye on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk
from lodewire.cli.rows import print_rows, rows_option
from lodewire.model.alert import DESK_OWNER, WatchKind
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger
    from lodewire.model.alert import Watch

_LISTED = ("kind", "name", "ref", "since", "id")


def owner_option(command: Callable[..., object]) -> Callable[..., object]:
    """Add ``--for ADDRESS``: an account in place of the desk itself."""
    return click.option(
        "--for",
        "address",
        metavar="ADDRESS",
        default="",
        help="The list of this account. Default: that of the desk itself.",
    )(command)


def owner_of(desk: DeskConfig, ledger: Ledger, address: str) -> str:
    """Return whose list is meant; raises AccountError for an address without an account."""
    if not address:
        return DESK_OWNER
    from lodewire.errors import AccountError
    from lodewire.workbench.accounts.people import open_accounts

    accounts = open_accounts(desk, ledger)
    found = ledger.accounts.of_address(accounts.key.hash_address(address))
    if found is None:
        raise AccountError(
            f"{address} has no account", hint="lodewire accounts list shows who has one"
        )
    return found.id


@click.group(
    epilog="""\b
Examples:
  lodewire watch add commodity copper
  lodewire watch add organisation Codelco --for analyst@example.org
  lodewire watch add price "imf-copper above 10000"
  lodewire watch list
"""
)
def command() -> None:
    """Keep an eye on things, topics, searches and prices: what alerts are made of."""


@command.command(
    epilog="""\b
Examples:
  lodewire watch add commodity copper
  lodewire watch add country Chile
  lodewire watch add site Escondida
  lodewire watch add event_type export_restriction
  lodewire watch add desk rare-earths-commodities
  lodewire watch add search chile-strikes       a search saved with lodewire search --save
  lodewire watch add price "imf-copper moves 5%"    or above LEVEL, below LEVEL
  lodewire watch add own                        what the desk buys (lodewire own load)
"""
)
@click.argument("kind", type=click.Choice([k.value for k in WatchKind]))
@click.argument("words", nargs=-1)
@owner_option
@desk_option
@now_option
def add(
    kind: str, words: tuple[str, ...], address: str, folder: Path, now: datetime | None
) -> None:
    """Put something on the list, by its name or id."""
    from lodewire.workbench.alerts.ruling import add_watch
    from lodewire.workbench.alerts.watching import watch_of

    with open_desk(folder) as (desk, ledger):
        owner = owner_of(desk, ledger, address)
        found = watch_of(ledger, desk, owner, WatchKind(kind), " ".join(words), now=instant(now))
        new = add_watch(ledger, desk, found)
    told = "Watched" if new else "Watched already"
    click.echo(f"{told}: {plain(found.name)} ({kind} {plain(found.ref)})")


@command.command(
    name="list",
    epilog="""\b
Examples:
  lodewire watch list
  lodewire watch list --for analyst@example.org --format json
""",
)
@owner_option
@rows_option
@desk_option
def list_watches(address: str, form: str, folder: Path) -> None:
    """List what is watched."""
    with open_desk(folder) as (desk, ledger):
        found = ledger.alerts.watched(owner_of(desk, ledger, address))
    empty = "Nothing is watched. lodewire watch add commodity copper begins."
    print_rows([_row(w) for w in found], _LISTED, form, empty=empty)


def _row(watch: Watch) -> dict[str, str]:
    return {
        "kind": watch.kind.value,
        "name": watch.name,
        "ref": watch.ref,
        "since": watch.created_at.date().isoformat(),
        "id": watch.id,
    }


@command.command(
    epilog="""\b
Examples:
  lodewire watch remove copper
  lodewire watch remove wa_abcdef…
"""
)
@click.argument("which")
@owner_option
@desk_option
def remove(which: str, address: str, folder: Path) -> None:
    """Take something off the list, by its name, ref or id."""
    with open_desk(folder) as (desk, ledger):
        owner = owner_of(desk, ledger, address)
        watch = named_watch(ledger.alerts.watched(owner), which)
        ledger.alerts.unwatch(owner, watch.id)
    click.echo(f"No longer watched: {plain(watch.name)}")


def named_watch(there: tuple[Watch, ...], which: str) -> Watch:
    """Return what a name, ref or id means on a list; raises NotThere."""
    from lodewire.errors import NotThere

    told = which.strip().casefold()
    found = [w for w in there if told in (w.id, w.ref.casefold(), w.name.casefold())]
    if len(found) != 1:
        words = "several" if found else "none"
        raise NotThere(
            f"{words} of the watched things is {which!r}", hint="lodewire watch list has their ids"
        )
    return found[0]
