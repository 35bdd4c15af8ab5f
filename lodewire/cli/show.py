"""``lodewire show``: an event, or the page of a site, company, material or country."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import (
    as_of_option,
    desk_option,
    instant,
    json_option,
    now_option,
    open_desk,
)
from lodewire.model.plain import plain, plain_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lodewire.ledger.store import Ledger
    from lodewire.model.entity import Entity
    from lodewire.model.event import Event
    from lodewire.publish.entity_page import EntityPage, Quoted
    from lodewire.workbench.owning import OwnersOf


@click.command(
    epilog="""\b
Examples:
  lodewire show ev_k3jd…          an event: statements, quotes, sources
  lodewire show lofdal            a site: who runs it and what happened, as stated
  lodewire show glencore          a company; so for cobalt, Namibia …
  lodewire show "Rio Tinto" --limit 100
  lodewire show doc_7qzk…         a document: its versions and what each changed
  lodewire show lofdal --as-of 2025-03-01T12:00
"""
)
@click.argument("what", metavar="EVENT|ENTITY|NAME|DOCUMENT")
@desk_option
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="The latest so many events.",
)
@as_of_option
@json_option
@now_option
def command(
    what: str,
    folder: Path,
    limit: int,
    as_of: datetime | None,
    as_json: bool,
    now: datetime | None,
) -> None:
    """Show an event with statements, quotes and life, what is known of a thing, or a document.

    A document is shown with its versions: what each edit added, took away or changed.
    A name that several things share lists them; name the one you mean by its id.
    """
    from lodewire.cli.documents import document_json, print_document
    from lodewire.cli.lives import life_json
    from lodewire.cli.owners import to_json
    from lodewire.model.ids import DocumentId, EventId
    from lodewire.workbench.briefing.composing import publishers_of
    from lodewire.workbench.lives import life_in
    from lodewire.workbench.names import entities_called, one_called

    with open_desk(folder, as_of=as_of) as (desk, ledger), ledger.snapshot():
        if what.startswith("ev_"):
            event = ledger.events.get(EventId(ledger.find(what)))
            life = life_in(ledger, event, desk.life, today=(as_of or instant(now)).date())
            told = {**_event(ledger, event), "life": life_json(life)}
            _print_event(told) if not as_json else _echo(told)
            return
        if what.startswith("doc_"):
            shown = document_json(ledger, DocumentId(what))
            print_document(shown) if not as_json else _echo(shown)
            return
        entity = one_called(ledger, what)
        page, more = _page(ledger, entity, limit, publishers_of(desk))
        documents = ledger.entities.count_documents(entity.id)
        others = [e for e in entities_called(ledger, what) if e.id != entity.id]
        owners = _owners(ledger, entity, (as_of or instant(now)).date())
    if as_json:
        _echo([_page_json(page, documents) | {"owners": to_json(owners) if owners else None}])
        return
    _print_page(page, documents, others, owners)
    if more:
        click.echo(f"The latest {limit} events; there are earlier ones: --limit")


def _echo(told: Any) -> None:
    click.echo(plain_json(json.dumps(told, ensure_ascii=False, indent=1)))


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
                "basis": s.basis,
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

    from lodewire.cli.lives import print_life
    from lodewire.cli.printing import console

    out = console()
    out.print(Text(plain(told["sentence"]), style="bold"))
    out.print(
        f"  {told['type'].replace('_', ' ')} · {told['status'].replace('_', ' ')} · "
        f"{told['modality']} · {told['origins']} independent origins · {told['id']}",
        style="dim",
    )
    print_life(told["life"], out)
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
            Text(plain(_value(statement))),
            Text(plain(f"“{quote}”"), style="italic"),
            Text(plain(titles[statement["document"]]), style="dim"),
        )
    out.print(table)
    for document in told["documents"]:
        out.print(plain(f"  {document['published'] or ''} {document['title'] or ''}"), markup=False)
        out.print(plain(f"    {document['url'] or document['id']}"), style="dim", soft_wrap=True)


def _value(statement: dict[str, Any]) -> str:
    edited = " (edited)" if statement["edited"] else ""
    basis = f" {statement['basis']}" if statement["basis"] else ""
    return f"{statement['value']}{basis}{edited}{' (withdrawn)' if statement['retracted'] else ''}"


def _page(
    ledger: Ledger, entity: Entity, limit: int, publishers: Mapping[str, str]
) -> tuple[EntityPage, bool]:
    """The page of the latest events, and whether there are earlier ones."""
    from lodewire.ledger.selecting import EventFilters
    from lodewire.publish.entity_page import build_page

    found = ledger.select(EventFilters(entities=(frozenset((entity.id,)),)))
    events = list(islice(found, limit))
    more = next(found, None) is not None
    ids = {d for event in events for d in event.document_ids}
    documents = {d.id: d for d in ledger.documents.get_all(sorted(ids))}
    return build_page(entity, events, documents, ledger.documents.links(ids, publishers)), more


def _owners(ledger: Ledger, entity: Entity, day: date) -> OwnersOf | None:
    """Who owns a site or company on a day, and what it was called; None for anything else."""
    from lodewire.model.vocabulary import MentionType
    from lodewire.workbench.owning import owners_of

    if entity.type not in (MentionType.SITE, MentionType.ORGANISATION):
        return None
    owners = owners_of(entity.id, day, ledger=ledger)
    return owners if owners.owners or owners.formerly or owners.further else None


def _page_json(page: EntityPage, documents: int) -> dict[str, Any]:
    entity = page.entity
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": page.name,
        "country": entity.country,
        "aliases": [n for n in (entity.name, *entity.aliases) if n != page.name],
        "documents": documents,
        "facts": dict(page.facts),
        "stated": [
            {
                "role": f.role,
                "value": f.value,
                "status": f.status.value,
                "reported": f.reported.isoformat() if f.reported else None,
                "event": f.event_id,
                "events": f.events,
                **_words_json(f.words),
            }
            for f in page.stated
        ],
        "events": [
            {
                "id": e.event_id,
                "reported": e.reported.isoformat() if e.reported else None,
                "type": e.type.value,
                "status": e.status.value,
                "sentence": e.sentence,
                "roles": list(e.roles),
                "origins": e.origins,
                **_words_json(e.words),
            }
            for e in page.events
        ],
        "sources": [
            {
                "document": s.document_id,
                "publisher": s.publisher,
                "title": s.title,
                "url": s.url,
                "published": s.published.isoformat() if s.published else None,
            }
            for s in page.sources
        ],
    }


def _words_json(words: Quoted) -> dict[str, Any]:
    return {
        "before": words.before,
        "quote": words.quote,
        "after": words.after,
        "document": words.document_id,
        "publisher": words.publisher,
    }


def _print_page(
    page: EntityPage, documents: int, others: Sequence[Entity], owners: OwnersOf | None
) -> None:
    from rich.text import Text

    from lodewire.cli.owners import UNCHECKED, body_lines
    from lodewire.cli.printing import console
    from lodewire.workbench.names import choices

    out = console()
    entity = page.entity
    out.print(Text(plain(page.name), style="bold"))
    facts = [entity.type.value, entity.country or "", f"named in {documents} documents", entity.id]
    out.print(plain("  " + " · ".join(f for f in facts if f)), style="dim")
    aliases = [n for n in (entity.name, *entity.aliases) if n != page.name]
    if aliases:
        out.print(plain("  also: " + ", ".join(aliases)), style="dim")
    if others:
        out.print("  not to be mixed up with: " + choices(others), style="dim")
    if page.facts:
        out.print("\nBy Lodewire's tables", style="bold")
        for label, told in page.facts:
            out.print(plain(f"  {label}: {told}"))
    if owners is not None:
        out.print(f"\nOwners on {owners.day.isoformat()}", style="bold")
        for owner_line in body_lines(owners):
            out.print(owner_line, soft_wrap=True)
        out.print(f"  {UNCHECKED}", style="dim", soft_wrap=True)
    if page.stated:
        out.print("\nAs stated", style="bold")
    for fact in page.stated:
        line = Text(plain(f"  {fact.role.replace('_', ' ')}: {fact.value}"))
        often = f", in {fact.events} events" if fact.events > 1 else ""
        status = fact.status.value.replace("_", " ")
        line.append(f"  ({status}, {fact.reported}{often})", style="dim")
        out.print(line)
        _print_words(out, fact.words)
    out.print("\nEvents", style="bold")
    if not page.events:
        out.print("  No event names it yet.", style="dim")
    for event in page.events:
        head = Text(f"  {event.reported or '          '}  ")
        head.append(event.status.value.replace("_", " "), style="cyan")
        head.append(plain(f"  {event.sentence}  ")).append(event.event_id, style="dim")
        out.print(head)
        _print_words(out, event.words)
    if page.sources:
        out.print("\nSources", style="bold")
    for source in page.sources:
        out.print(plain(f"  {source.published or ''} {source.publisher}: {source.title}"))
        out.print(plain(f"    {source.url or source.document_id}"), style="dim", soft_wrap=True)


def _print_words(out: Any, words: Quoted) -> None:
    from rich.text import Text

    line = Text("      “", style="italic dim")
    line.append(plain(words.before)).append(plain(words.quote), style="bold")
    line.append(plain(words.after) + "”").append(plain(f"  {words.publisher}"))
    out.print(line)
