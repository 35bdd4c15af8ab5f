"""``lodewire show``: an event, a document or an entity with what proves it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import desk_option, json_option, open_desk

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.model.event import Event


@click.command(
    epilog="""\b
Examples:
  lodewire show ev_k3jd…          an event: statements, quotes, sources
  lodewire show lofdal            an entity: what it is, which events name it
  lodewire show "Khoemacau"
"""
)
@click.argument("what", metavar="EVENT|ENTITY|NAME")
@desk_option
@json_option
def command(what: str, folder: Path, as_json: bool) -> None:
    """Show an event with its statements and quotes, or an entity with its events."""
    from lodewire.errors import LedgerError

    with open_desk(folder) as (_, ledger):
        if what.startswith("ev_"):
            told = _event(ledger, ledger.events.get(_event_id(ledger.find(what))))
            _print_event(told) if not as_json else _echo(told)
            return
        found = _entities(ledger, what)
        if not found:
            raise LedgerError(
                f"nothing in this ledger goes by {what!r}.",
                hint="`lodewire search` looks for words; names must be written in full here.",
            )
        if as_json:
            _echo(found)
            return
        for entity in found:
            _print_entity(entity)


def _event_id(what: str) -> Any:
    from lodewire.model.ids import EventId

    return EventId(what)


def _echo(told: Any) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _event(ledger: Ledger, event: Event) -> dict[str, Any]:
    from lodewire.publish.sentences import tell_event
    from lodewire.publish.wording import print_statement

    documents = {d.id: d for d in ledger.documents.get_all(event.document_ids)}
    return {
        "id": event.id,
        "type": event.type.value,
        "status": event.status.value,
        "modality": event.modality.value,
        "sentence": tell_event(event),
        "reported": event.reported.isoformat() if event.reported else None,
        "origins": len(event.origins),
        "statements": [
            {
                "id": s.id,
                "property": s.property,
                "value": print_statement(s),
                "original": s.original,
                "entity": s.entity,
                "quote": s.evidence.quote,
                "span": list(s.evidence.span),
                "document": s.document_id,
                "edited": s.edited,
                "retracted": s.retracted_at is not None,
                "aligned": documents[s.document_id].text[slice(*s.evidence.span)]
                == s.evidence.quote,
            }
            for s in event.statements
        ],
        "documents": [
            {
                "id": d.id,
                "title": d.title,
                "publisher": d.publisher,
                "url": d.url,
                "published": d.published.isoformat() if d.published else None,
            }
            for d in documents.values()
        ],
    }


def _print_event(told: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    out.print(Text(told["sentence"], style="bold"))
    out.print(
        f"  {told['type'].replace('_', ' ')} · {told['status'].replace('_', ' ')} · "
        f"{told['modality']} · {told['origins']} independent origins · {told['id']}",
        style="dim",
    )
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("", "says", "value", "in these words", "in"):
        table.add_column(head)
    titles = {d["id"]: d["publisher"] or d["title"] or d["id"] for d in told["documents"]}
    for statement in told["statements"]:
        quote = " ".join(statement["quote"].split())
        quote = quote if len(quote) <= 90 else quote[:87] + "…"
        table.add_row(
            Text("✓" if statement["aligned"] else "✗", style="green"),
            Text(statement["property"].replace("_", " "), style="dim"),
            Text(
                f"{statement['value']}{' (edited)' if statement['edited'] else ''}"
                f"{' (withdrawn)' if statement['retracted'] else ''}"
            ),
            Text(f"“{quote}”", style="italic"),
            Text(titles[statement["document"]], style="dim"),
        )
    out.print(table)
    for document in told["documents"]:
        out.print(f"  {document['published'] or ''} {document['title'] or ''}", markup=False)
        out.print(f"    {document['url'] or document['id']}", style="dim", soft_wrap=True)


def _entities(ledger: Ledger, what: str) -> list[dict[str, Any]]:
    from lodewire.model.ids import EntityId
    from lodewire.publish.sentences import tell_event

    found = ledger.entities.get_all([EntityId(what)]) or ledger.entities.named(what)
    told: list[dict[str, Any]] = []
    for entity in found:
        documents = ledger.entities.documents_of(entity.id)
        by_document = ledger.events.ids_for_documents(documents)
        ids = dict.fromkeys(e for d in documents for e in by_document.get(d, ()))
        events = [
            e
            for e in ledger.events.get_all(ids)
            if any(s.entity == entity.id for s in e.statements)
        ]
        told.append(
            {
                "id": entity.id,
                "type": entity.type.value,
                "name": entity.name,
                "country": entity.country,
                "aliases": list(entity.aliases),
                "documents": len(documents),
                "events": [
                    {
                        "id": e.id,
                        "reported": e.reported.isoformat() if e.reported else None,
                        "sentence": tell_event(e),
                    }
                    for e in events
                ],
            }
        )
    return told


def _print_entity(told: dict[str, Any]) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    out.print(Text(told["name"], style="bold"))
    facts = [told["type"], told["country"] or "", f"{told['documents']} documents", told["id"]]
    out.print("  " + " · ".join(f for f in facts if f), style="dim")
    if told["aliases"]:
        out.print("  also: " + ", ".join(told["aliases"]), style="dim", markup=False)
    if not told["events"]:
        out.print("  No event names it yet.", style="dim")
    for event in told["events"]:
        line = Text(f"  {event['reported'] or '          '}  {event['sentence']}  ")
        out.print(line.append(event["id"], style="dim"))
