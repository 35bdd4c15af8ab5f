"""``lodewire figures sanctions``: is a name on the sanctions lists that were fetched?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import desk_option
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.pipeline.sanctions import Listing


@click.command(
    epilog="""\b
Examples:
  lodewire figures sanctions "Example Trading LLC"
  lodewire figures sanctions "Example Trading LLC" --format json

Fetch the lists first: lodewire figures fetch ofac eu-sanctions
Exit code 0 whether or not the name is listed; 1 when no list was fetched.
"""
)
@click.argument("name", metavar="NAME")
@desk_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON, version 1.",
)
def sanctions(name: str, folder: Path, format_: str) -> None:
    """Look a name up in the sanctions lists fetched before, by exact name or alias.

    Case, accents, punctuation and legal forms (Ltd, LLC, GmbH…) do not count; nothing else is
    guessed. A name that is not found is not thereby cleared: the lists hold more spellings than
    these, and rules of ownership reach further.
    """
    from lodewire.config.desk import load_desk
    from lodewire.pipeline.sanctions import look_up

    found = look_up(load_desk(folder), name)
    if format_ == "json":
        told = {
            "version": 1,
            "name": name,
            "lists": [
                {"service": s, "fetched_at": at.isoformat() if at else None}
                for s, at in found.lists
            ],
            "found": [_to_json(listing) for listing in found.listings],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for listing in found.listings:
        for line in _lines(listing):
            click.echo(plain(line))
    asked = ", ".join(f"{s} of {at:%Y-%m-%d}" for s, at in found.lists if at is not None)
    if not found.listings:
        click.echo(f"{plain(name)!r} is on none of the lists fetched ({asked}), as name or alias.")
        click.echo("That does not clear it: spellings differ, and ownership rules reach further.")
    missing = [s for s, at in found.lists if at is None]
    if missing:
        click.echo(f"Not looked at, never fetched: {', '.join(missing)}", err=True)
    sys.exit(0)


def _lines(listing: Listing) -> list[str]:
    party = listing.party
    since = f" · listed {party.listed.isoformat()}" if party.listed else ""
    lines = [
        f"{party.name}  ({party.kind}, {party.source} {party.id})",
        f"  matched {listing.how}: {listing.matched}",
        f"  programmes: {', '.join(party.programmes) or 'not told'}{since}",
    ]
    if party.countries:
        lines.append(f"  countries: {', '.join(party.countries)}")
    others = [a for a in party.aliases if a != listing.matched]
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        lines.append(f"  also: {'; '.join(others[:5])}{more}")
    return lines


def _to_json(listing: Listing) -> dict[str, Any]:
    party = listing.party
    return {
        "source": party.source,
        "id": party.id,
        "name": party.name,
        "kind": party.kind,
        "matched": listing.matched,
        "how": listing.how,
        "aliases": list(party.aliases),
        "weak_names": list(party.weak_names),
        "programmes": list(party.programmes),
        "countries": list(party.countries),
        "listed": party.listed.isoformat() if party.listed else None,
        "vintage": party.vintage,
    }
