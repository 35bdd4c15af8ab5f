"""``lodewire search``: documents and the events they tell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import Day, desk_option, empty_ledger_words, json_option, open_desk
from lodewire.model.vocabulary import Desk, EventType

if TYPE_CHECKING:
    from lodewire.ledger.search import SearchHit
    from lodewire.model.ids import EventId


@click.command(
    epilog="""\b
Examples:
  lodewire search lithium
  lodewire search '"export ban" gallium -germanium'
  lodewire search --type tariff --since 2025-03-01
  lodewire search copp* --topic mining-metals --json
"""
)
@click.argument("words", nargs=-1)
@desk_option
@click.option("--since", type=Day(), help="Published on this day or later.")
@click.option("--until", type=Day(), help="Published on this day or before.")
@click.option("--topic", type=click.Choice([d.value for d in Desk]), help="Only this desk.")
@click.option(
    "--type", "type_", type=click.Choice([t.value for t in EventType]), help="Only these events."
)
@click.option("--language", help="Only documents in this language (ISO 639-1).")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Print at most so many documents.",
)
@json_option
def command(
    words: tuple[str, ...],
    folder: Path,
    since: date | None,
    until: date | None,
    topic: str | None,
    type_: str | None,
    language: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Search documents by words, "phrases", -without and begin*, with the events they tell."""
    from lodewire.ledger.search import SearchFilters
    from lodewire.publish.sentences import tell_event

    filters = SearchFilters(
        since=since,
        until=until,
        desk=Desk(topic) if topic else None,
        event_type=EventType(type_) if type_ else None,
        language=language,
    )
    with open_desk(folder) as (_, ledger):
        hits = ledger.search(" ".join(words), filters, limit=limit)
        wanted = [e for hit in hits for e in hit.events]
        told = {e.id: tell_event(e) for e in ledger.events.get_all(dict.fromkeys(wanted))}
        empty = not hits and not ledger.search("", limit=1)
    if as_json:
        found = [
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
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    if empty:
        click.echo(empty_ledger_words(folder))
        return
    if not hits:
        click.echo("Nothing found. Try fewer words, or a beginning: copp*")
        return
    _print(hits, told)


def _print(hits: Sequence[SearchHit], told: Mapping[EventId, str]) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    for hit in hits:
        out.print(Text(hit.title or "(no title)", style="bold"))
        out.print(
            f"  {hit.day} · {hit.publisher or ''} · {hit.url or hit.document_id}",
            style="dim",
            soft_wrap=True,
        )
        line = Text("  ")
        for piece, found in hit.snippet:
            line.append(" ".join(piece.split()) + " ", style="bold yellow" if found else "")
        out.print(line)
        for event in hit.events:
            if event in told:
                out.print(Text(f"    → {told[event]}  ", style="cyan").append(event, style="dim"))
