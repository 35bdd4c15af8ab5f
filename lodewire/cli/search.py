"""``lodewire search``: documents and the events they tell, and searches kept by name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.filters import named_options
from lodewire.cli.options import (
    Day,
    as_of_option,
    desk_option,
    empty_ledger_words,
    instant,
    json_option,
    now_option,
    open_desk,
)
from lodewire.model.plain import plain, plain_json
from lodewire.model.vocabulary import Desk, EventType, Status

if TYPE_CHECKING:
    from lodewire.ledger.saved import SavedSearch
    from lodewire.ledger.search import SearchFilters, SearchHit
    from lodewire.ledger.store import Ledger
    from lodewire.model.event import Event
    from lodewire.model.ids import EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keeping:
    """What is to be done with a saved search, and its name."""

    save: str | None
    saved: str | None
    forget: str | None
    listed: bool
    new: bool

    def check(self, asked: bool) -> None:
        """Raise UsageError for options that do not go together."""
        chosen = [self.save, self.saved, self.forget, self.listed or None]
        if sum(c is not None for c in chosen) > 1:
            raise click.UsageError("choose one of --save, --saved, --forget and --list")
        if self.new and self.saved is None:
            raise click.UsageError("--new needs --saved NAME")
        if asked and (self.saved or self.forget or self.listed):
            raise click.UsageError("a saved search brings its own words and filters")
        if self.save is not None and not asked:
            raise click.UsageError("--save needs words or filters to keep")


@click.command(
    epilog="""\b
Examples:
  lodewire search lithium
  lodewire search '"export ban" gallium -germanium'
  lodewire search --type tariff --since 2025-03-01 --country China
  lodewire search copp* --topic mining-metals --json
  lodewire search --commodity cobalt --amount '>= 100 million USD' --events
  lodewire search '"export ban"' --commodity gallium --save gallium
  lodewire search lithium --as-of 2025-03-01T12:00
  lodewire search --saved gallium --new      what came since this was last asked
"""
)
@click.argument("words", nargs=-1)
@desk_option
@named_options
@click.option("--since", type=Day(), help="Published on this day or later.")
@click.option("--until", type=Day(), help="Published on this day or before.")
@click.option("--language", help="Only documents in this language (ISO 639-1).")
@click.option("--events", "as_events", is_flag=True, help="List events, not documents.")
@click.option("--save", metavar="NAME", help="Keep this search; what it finds now is not new.")
@click.option("--saved", metavar="NAME", help="Search as saved.")
@click.option("--new", is_flag=True, help="With --saved: only what came since the last --new.")
@click.option("--list", "listed", is_flag=True, help="List the saved searches.")
@click.option("--forget", metavar="NAME", help="Forget a saved search.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Print at most so many.",
)
@as_of_option
@json_option
@now_option
def command(
    words: tuple[str, ...],
    folder: Path,
    as_events: bool,
    save: str | None,
    saved: str | None,
    new: bool,
    listed: bool,
    forget: str | None,
    limit: int,
    as_of: datetime | None,
    as_json: bool,
    now: datetime | None,
    **asked: Any,
) -> None:
    """Search by words, "phrases", -without and begin*: documents with the events they tell.

    Filters narrow together. With --events, each event listed fits them itself, and a document that
    the words find tells it.
    """
    keeping = _Keeping(save=save, saved=saved, forget=forget, listed=listed, new=new)
    keeping.check(bool(words) or any(asked.values()))
    if as_events and new:
        raise click.UsageError("--new lists documents: leave out --events")
    if as_of is not None and (new or save or forget):
        raise click.UsageError("--as-of only reads: leave out --new, --save and --forget")
    moment = instant(now)
    with open_desk(folder, as_of=as_of) as (_, ledger):
        if forget is not None:
            ledger.saved.forget(forget, at=moment)
            click.echo(plain(f"Forgot {forget!r}."))
            return
        if listed:
            _list(ledger, as_json)
            return
        kept = ledger.saved.get(saved) if saved is not None else None
        query = kept.query if kept else " ".join(words)
        filters = kept.filters if kept else _filters(ledger, **asked)
        if save is not None:
            ledger.saved.save(save, query, filters, at=moment, mark=ledger.search.mark())
        if kept is not None and new:
            _show_new(ledger, kept, limit, as_json, moment)
            return
        if as_events:
            _show_events(ledger, query, filters, limit, as_json)
            return
        hits = ledger.search(query, filters, limit=limit)
        told = _sentences(ledger, hits)
        empty = not hits and not ledger.search("", limit=1)
    if as_json:
        _echo(_json(hits, told))
    elif empty:
        click.echo(_nothing_yet(folder, as_of))
    elif not hits:
        click.echo("Nothing found. Try fewer words, or a beginning: copp*")
    else:
        _print(hits, told)


def _nothing_yet(folder: Path, as_of: datetime | None) -> str:
    if as_of is not None:
        return f"The ledger was empty on {as_of:%Y-%m-%d at %H:%M} UTC."
    return empty_ledger_words(folder)


def _filters(
    ledger: Ledger,
    *,
    since: date | None,
    until: date | None,
    topic: str | None,
    type_: str | None,
    status: str | None,
    language: str | None,
    amount: Any,
    **names: tuple[str, ...],
) -> SearchFilters:
    from lodewire.ledger.search import SearchFilters
    from lodewire.workbench.names import named_groups

    return SearchFilters(
        since=since,
        until=until,
        desk=Desk(topic) if topic else None,
        event_type=EventType(type_) if type_ else None,
        status=Status(status) if status else None,
        language=language,
        groups=tuple(tuple(sorted(g)) for g in named_groups(ledger, names)),
        amount=amount,
    )


def _show_new(
    ledger: Ledger, kept: SavedSearch, limit: int, as_json: bool, moment: datetime
) -> None:
    found = ledger.search.new(kept.query, kept.filters, after=kept.mark, limit=limit)
    told = _sentences(ledger, found.hits)
    if as_json:
        _echo(_json(found.hits, told))
    elif found.hits:
        _print(found.hits, told)
    else:
        click.echo(f"Nothing new since {kept.looked_at:%Y-%m-%d %H:%M} UTC.")
    if found.more and not as_json:
        click.echo("There is more: ask again.")
    # Noted only after it was printed: what nobody saw stays new.
    ledger.saved.look(kept.name, at=moment, mark=found.mark)


def _show_events(
    ledger: Ledger, query: str, filters: SearchFilters, limit: int, as_json: bool
) -> None:
    from itertools import islice

    from lodewire.ledger.selecting import EventFilters
    from lodewire.publish.sentences import tell_event

    wanted = EventFilters(
        desk=filters.desk,
        type=filters.event_type,
        status=filters.status,
        entities=tuple(frozenset(g) for g in filters.groups),
        amount=filters.amount,
    )
    with ledger.snapshot():
        among = ledger.search.event_ids(query, filters)
        events = list(islice(ledger.select(wanted, among=among), limit))
    if as_json:
        _echo([_event_json(e) for e in events])
        return
    if not events:
        click.echo("No event found. Try fewer words or filters.")
    for event in events:
        facts = f"{event.reported} · {event.type.value} · {event.status.value} · {event.id}"
        click.echo(plain(tell_event(event)))
        click.echo("  " + facts)
        click.echo("  “" + plain(_quote(event)) + "”")


def _quote(event: Event) -> str:
    return next((s.evidence.quote for s in event.statements if s.property not in _ABOUT), "")


_COUNTED = 1000  # new documents; beyond, "1000+" says enough
_ABOUT = frozenset(("type", "status", "modality", "attribution", "not_disclosed"))


def _event_json(event: Event) -> dict[str, Any]:
    from lodewire.publish.sentences import tell_event

    return {
        "id": event.id,
        "type": event.type.value,
        "status": event.status.value,
        "reported": event.reported.isoformat() if event.reported else None,
        "sentence": tell_event(event),
        "documents": list(event.document_ids),
    }


def _list(ledger: Ledger, as_json: bool) -> None:
    from lodewire.ledger.codec import encode

    found = [
        (s, ledger.search.new(s.query, s.filters, after=s.mark, limit=_COUNTED))
        for s in ledger.saved.all()
    ]
    if as_json:
        _echo(
            [
                {
                    "name": s.name,
                    "query": s.query,
                    "filters": encode(s.filters),
                    "saved_at": s.saved_at.isoformat(),
                    "looked_at": s.looked_at.isoformat(),
                    "new": len(new.hits),
                }
                for s, new in found
            ]
        )
        return
    if not found:
        click.echo("No search is saved. lodewire search WORDS --save NAME keeps one.")
    for s, new in found:
        count = f"{len(new.hits)}{'+' if new.more else ''} new since {s.looked_at:%Y-%m-%d %H:%M}"
        filters = json.dumps(encode(s.filters), ensure_ascii=False) if encode(s.filters) else ""
        click.echo(plain(f"{s.name}: {count} UTC: {s.query} {filters}".rstrip()))


def _sentences(ledger: Ledger, hits: Sequence[SearchHit]) -> dict[EventId, str]:
    from lodewire.publish.sentences import tell_event

    wanted = dict.fromkeys(e for hit in hits for e in hit.events)
    return {e.id: tell_event(e) for e in ledger.events.get_all(wanted)}


def _json(hits: Sequence[SearchHit], told: Mapping[EventId, str]) -> list[dict[str, Any]]:
    return [
        {
            "document": hit.document_id,
            "title": hit.title,
            "publisher": hit.publisher,
            "day": hit.day.isoformat(),
            "url": hit.url,
            "snippet": "".join(text for text, _ in hit.snippet),
            "events": [{"id": e, "sentence": told[e]} for e in hit.events if e in told],
        }
        for hit in hits
    ]


def _echo(told: Any) -> None:
    click.echo(plain_json(json.dumps(told, ensure_ascii=False, indent=1)))


def _print(hits: Sequence[SearchHit], told: Mapping[EventId, str]) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    for hit in hits:
        out.print(Text(plain(hit.title or "(no title)"), style="bold"))
        out.print(
            plain(f"  {hit.day} · {hit.publisher or ''} · {hit.url or hit.document_id}"),
            style="dim",
            soft_wrap=True,
        )
        line = Text("  ")
        for piece, found in hit.snippet:
            line.append(plain(" ".join(piece.split())) + " ", style="bold yellow" if found else "")
        out.print(line)
        for event in hit.events:
            if event in told:
                sentence = Text(f"    → {plain(told[event])}  ", style="cyan")
                out.print(sentence.append(event, style="dim"))
