"""``lodewire owners``: who owned a site or a company on a day, up to the top, with the evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import Day, desk_option, open_desk
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from rich.text import Text

    from lodewire.ledger.store import Ledger
    from lodewire.resolve.owner_links import OwnerLink
    from lodewire.resolve.owners import CountryGap, OwnerChain, UltimateOwner
    from lodewire.workbench.owning import OwnersOf


#: Said wherever rows of the ownership tables are shown, until they have been held against their
#: sources one by one.
UNCHECKED = "[word]: where a row of the tables can be checked; none has been checked there yet."


@click.command(
    epilog="""\b
Examples:
  lodewire owners "Las Bambas"
  lodewire owners brucejack --on 2023-01-15
  lodewire owners "Lithium Americas" --on 2022-06-01
  lodewire owners husab --format json

The tables of the package answer without a desk; with one, what its texts state and the deals
that its ledger saw completed take part.
"""
)
@click.argument("name", metavar="NAME")
@click.option("--on", "day", type=Day(), default=None, help="The day asked about. Default: today.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON, version 1.",
)
@desk_option
def command(name: str, day: date | None, format_: str, folder: Path) -> None:
    """Show who owned a site or a company on a day: owners, ultimate owners, their countries.

    A name counts for whoever bore it on that day. Each link of a chain says where it comes from.
    """
    from lodewire.errors import LedgerError
    from lodewire.workbench.owning import find_things, owners_of

    asked = day or datetime.now(UTC).date()
    with _desk_if_any(folder) as ledger:
        things = find_things(name, asked, ledger)
        if not things:
            raise LedgerError(
                f"no site and no company goes by {name!r}.",
                hint="Write the name in full, or its id; `lodewire search` looks for words.",
            )
        found = [owners_of(thing, asked, asked=name, ledger=ledger) for thing in things]
    if format_ == "json":
        click.echo(json.dumps({"version": 1, "found": [to_json(f) for f in found]}, indent=1))
        return
    from lodewire.cli.printing import console

    out = console()
    for line in owner_lines(found):
        out.print(line, soft_wrap=True)
    if found:
        out.print(f"  {UNCHECKED}", style="dim", soft_wrap=True)


@contextmanager
def _desk_if_any(folder: Path) -> Iterator[Ledger | None]:
    """The ledger of a desk that was named or lies here; None where there is no desk.toml."""
    from lodewire.config.desk import DESK_FILE

    if folder == Path() and not (folder / DESK_FILE).exists():
        yield None
        return
    with open_desk(folder) as (_, ledger):
        yield ledger


def owner_lines(found: Sequence[OwnersOf]) -> Iterator[Text]:
    """Yield the lines that tell owners to people."""
    from rich.text import Text

    for at, told in enumerate(found):
        if at:
            yield Text("")
        yield Text(plain(told.name), style="bold")
        place = f"in {_country(told.country)}" if told.country else ""
        facts = [told.kind, place, f"on {told.day.isoformat()}", told.id]
        yield Text("  " + " · ".join(f for f in facts if f), style="dim")
        yield from body_lines(told)


def body_lines(told: OwnersOf) -> Iterator[Text]:
    """Yield what is known of one thing's owners, without its name: for pages that tell the rest."""
    from rich.text import Text

    if told.note:
        yield Text(f"  {told.note}", style="yellow")
    if told.formerly:
        yield Text("  formerly " + ", ".join(told.formerly), style="dim")
    yield from _owners(told)


def _owners(told: OwnersOf) -> Iterator[Text]:
    from rich.text import Text

    if not told.owners:
        last = "its owner" if told.kind == "site" else "an owner that decides about it"
        yield Text(f"  No row, text or deal names {last} on that day.")
    else:
        yield Text("  Owners")
        for link in told.owners:
            yield _link_line(link)
        yield from _above(told)
        yield Text("  In the end")
        for owner in told.ultimate:
            yield from _ultimate_lines(owner)
    if told.gap is not None and told.owners:
        yield Text(f"  {gap_words(told.gap)}", style="bold")
    if told.further:
        yield Text("  Also told")
        for link in told.further:
            yield _link_line(link)


def _above(told: OwnersOf) -> Iterator[Text]:
    """The links higher up the chains, each once, so that every one shows its evidence."""
    from rich.text import Text

    from lodewire.resolve.names import name_on

    chains = [chain for owner in told.ultimate for chain in owner.chains]
    higher = dict.fromkeys(link for chain in chains for link in chain.links[1:])
    if higher:
        yield Text("  Their owners")
    for link in higher:
        yield _link_line(link, of=f" of {name_on(link.owned, told.day)}")


def _link_line(link: OwnerLink, of: str = "") -> Text:
    from rich.text import Text

    line = Text(f"    {_percent(link.share):>8}  {plain(link.owner_name)}{of}{_span(link)}")
    return line.append(f"  [{plain(evidence_words(link))}]", style="dim")


def _ultimate_lines(owner: UltimateOwner) -> Iterator[Text]:
    from rich.text import Text

    where = f", {_country(owner.country)}" if owner.country else ", country not known"
    decides = ", decides" if owner.controls else ""
    yield Text(f"    {_percent(owner.share):>8}  {plain(owner.name)}{where}{decides}")
    for chain in owner.chains:
        yield Text(f"              {plain(chain_words(chain))}", style="dim")


def chain_words(chain: OwnerChain) -> str:
    """Return "62.5 % MMG Limited › China Minmetals Corporation"."""
    steps = [
        f"{_percent(link.share)} {link.owner_name}" if link.share else link.owner_name
        for link in chain.links
    ]
    ring = " (a ring: it owns itself in the end)" if chain.end.value == "cycle" else ""
    return " › ".join(steps) + ring


def gap_words(gap: CountryGap) -> str:
    """Return where the site lies against who decides: "Lies in Peru; China decides." """
    lies = f"Lies in {_country(gap.country)}" if gap.country else "Crosses borders"
    if gap.controlling is not None:
        same = " as well" if gap.foreign is False else ""
        return f"{lies}; its ultimate owner sits in {_country(gap.controlling)}{same}."
    told = [f"{_country(c)} {_percent(s)}".rstrip() for c, s in gap.shares if c is not None]
    return f"{lies}; no single owner is known to decide ({', '.join(told) or 'owners unknown'})."


def evidence_words(link: OwnerLink) -> str:
    """Return where a link comes from: the table's sources, or the quoted words."""
    shown = link.evidence
    if shown.quote is not None:
        quote = " ".join(shown.quote.split())
        quote = quote if len(quote) <= 90 else quote[:87] + "…"
        kind = "a completed deal" if shown.event_id else "stated"
        return f"{kind}: “{quote}”, {', '.join(shown.sources)}"
    by = {"undated": ", operator, undated" if shown.table == "sites" else ", undated"}
    return ", ".join(shown.sources) + by.get(shown.kind.value, "")


def _span(link: OwnerLink) -> str:
    stated = link.evidence.kind.value == "stated"
    since = f"{'told' if stated else 'since'} {link.since}" if link.since is not None else ""
    until = f"until {link.until}" if link.until is not None else ""
    told = ", ".join(w for w in (since, until) if w)
    return f" ({told})" if told else ""


def _percent(share: Decimal | None) -> str:
    return f"{float(share):.4g} %" if share is not None else ""


def _country(code: str | None) -> str:
    from lodewire.ontology.countries import load_countries

    known = load_countries().get(code or "")
    return known.name if known is not None else (code or "")


def to_json(told: OwnersOf) -> dict[str, Any]:
    """Return the JSON form: shares in percent as text, days as far as they are known."""
    return {
        "id": told.id,
        "kind": told.kind,
        "name": told.name,
        "country": told.country,
        "on": told.day.isoformat(),
        "note": told.note or None,
        "formerly": list(told.formerly),
        "owners": [_link_json(link) for link in told.owners],
        "ultimate": [
            {
                "id": owner.id,
                "name": owner.name,
                "country": owner.country,
                "share": _plain(owner.share),
                "controls": owner.controls,
                "chains": [
                    {
                        "end": chain.end.value,
                        "share": _plain(chain.share),
                        "controls": chain.controls,
                        "links": [_link_json(link) for link in chain.links],
                    }
                    for chain in owner.chains
                ],
            }
            for owner in told.ultimate
        ],
        "further": [_link_json(link) for link in told.further],
        "countries": _gap_json(told.gap) if told.gap is not None else None,
    }


def _gap_json(gap: CountryGap) -> dict[str, Any]:
    return {
        "site": gap.country,
        "controlling": gap.controlling,
        "foreign": gap.foreign,
        "shares": [{"country": c, "share": _plain(s)} for c, s in gap.shares],
    }


def _link_json(link: OwnerLink) -> dict[str, Any]:
    shown = link.evidence
    return {
        "owned": link.owned,
        "owner": link.owner,
        "owner_name": link.owner_name,
        "share": _plain(link.share),
        "controls": link.controls,
        "since": str(link.since) if link.since is not None else None,
        "until": str(link.until) if link.until is not None else None,
        "evidence": {
            "kind": shown.kind.value,
            "sources": list(shown.sources),
            "table": shown.table,
            "quote": shown.quote,
            "document": shown.document_id,
            "statement": shown.statement_id,
            "event": shown.event_id,
        },
    }


def _plain(share: Decimal | None) -> str | None:
    return f"{share:f}" if share is not None else None
