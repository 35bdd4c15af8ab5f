"""A page about one thing: what tables and texts say of it, its events in order, its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lodewire.model.brief import SourceLink
from lodewire.model.document import Document
from lodewire.model.entity import Entity
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, MentionType, Status
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import Site, load_sites
from lodewire.publish.sentences import tell_event
from lodewire.publish.surroundings import words_around
from lodewire.publish.wording import print_statement

# Who runs, holds or trades in a site, as the roles of its events tell it.
_HOLDERS = ("operator", "holder", "acquirer", "seller", "party", "investor")
_PLACES = ("site", "asset")
_YIELDS = ("commodity", "stake", "stage", "capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of a document with what stands round them in their sentence."""

    before: str
    quote: str
    after: str
    publisher: str
    document_id: DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFact:
    """What a text states of the thing: who operates it, who buys it, what it yields."""

    role: str
    value: str
    status: Status
    reported: date | None
    event_id: EventId
    events: int
    words: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event of the thing, with the words that name it there."""

    event_id: EventId
    reported: date | None
    type: EventType
    status: Status
    sentence: str
    roles: tuple[str, ...]
    origins: int
    words: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """All of it. ``facts`` and ``name`` come from the ontology's tables, ``stated`` from texts."""

    entity: Entity
    name: str
    facts: tuple[tuple[str, str], ...]
    stated: tuple[StatedFact, ...]
    events: tuple[EventLine, ...]
    sources: tuple[SourceLink, ...]


def build_page(
    entity: Entity,
    events: Iterable[Event],
    documents: Mapping[DocumentId, Document],
    links: Mapping[DocumentId, SourceLink],
) -> EntityPage:
    """Return the page of ``entity``; its events come in the order of the days they were reported.

    ``documents`` and ``links`` hold those of the events' statements.
    """
    told = sorted(events, key=lambda e: (e.reported or date.min, e.id))

    def words(statement: Statement) -> Quoted:
        return _quoted(statement, documents, links)

    lines = [
        EventLine(
            event_id=event.id,
            reported=event.reported,
            type=event.type,
            status=event.status,
            sentence=tell_event(event),
            roles=tuple(dict.fromkeys(s.property for s in naming)),
            origins=len(event.origins),
            words=words(naming[0]),
        )
        for event in told
        if (naming := _naming(event, entity))
    ]
    used = dict.fromkeys(d for event in told for d in event.document_ids if d in links)
    sources = sorted(
        (links[d] for d in used), key=lambda s: (s.published or date.min, s.document_id)
    )
    return EntityPage(
        entity=entity,
        name=name_of(entity),
        facts=_facts(entity),
        stated=tuple(_stated(told, entity, words)),
        events=tuple(lines),
        sources=tuple(sources),
    )


def name_of(entity: Entity) -> str:
    """Return the table's own name; of what only texts name, the fullest they use."""
    tables = (load_countries(), load_commodities(), load_organisations(), load_sites())
    known = next((table[entity.id] for table in tables if entity.id in table), None)
    return known.name if known is not None else entity.name


def _naming(event: Event, entity: Entity) -> list[Statement]:
    return [s for s in event.statements if s.entity == entity.id and s.retracted_at is None]


def _stated(
    events: Sequence[Event], entity: Entity, words: Callable[[Statement], Quoted]
) -> list[StatedFact]:
    """For a site: who holds or runs it and what it yields, by the events that are about the site.

    Each value once, as last stated, with the number of events that state it.
    """
    if entity.type is not MentionType.SITE:
        return []
    found: dict[tuple[int, str], tuple[Event, Statement]] = {}
    counts: Counter[tuple[int, str]] = Counter()
    for event in events:
        if not any(s.property in _PLACES for s in _naming(event, entity)):
            continue
        here = {
            (place, s.entity or s.value.casefold()): s
            for place, role in enumerate((*_HOLDERS, *_YIELDS))
            for s in reversed(event.of(role))
        }
        counts.update(here.keys())
        found.update({key: (event, s) for key, s in here.items()})
    return [
        StatedFact(
            role=s.property,
            value=print_statement(s),
            status=event.status,
            reported=event.reported,
            event_id=event.id,
            events=counts[key],
            words=words(s),
        )
        for key, (event, s) in sorted(found.items(), key=lambda f: f[0])
    ]


def _quoted(
    statement: Statement,
    documents: Mapping[DocumentId, Document],
    links: Mapping[DocumentId, SourceLink],
) -> Quoted:
    document = documents.get(statement.document_id)
    span = statement.evidence.span
    before, after = words_around(document, span) if document is not None else ("", "")
    link = links.get(statement.document_id)
    return Quoted(
        before=before,
        quote=statement.evidence.quote,
        after=after,
        publisher=link.publisher if link else statement.source_id,
        document_id=statement.document_id,
    )


def _facts(entity: Entity) -> tuple[tuple[str, str], ...]:
    """What the package's own tables know; empty for what is only met in texts."""
    found = [
        *_site_facts(entity.id),
        *_organisation_facts(entity.id),
        *_commodity_facts(entity.id),
        *_country_facts(entity.id),
    ]
    return tuple((label, told) for label, told in found if told)


def _site_facts(id_: str) -> list[tuple[str, str]]:
    site = load_sites().get(id_)
    if site is None:
        return []
    return [
        ("kind", site.kind.value.replace("_", " ")),
        ("country", _country(site.country)),
        ("region", site.region or ""),
        ("commodities", _commodities(site.commodities)),
        ("operator", _organisation(site.operator)),
    ]


def _organisation_facts(id_: str) -> list[tuple[str, str]]:
    body = load_organisations().get(id_)
    if body is None:
        return []
    return [
        ("kind", body.kind.value.replace("_", " ")),
        ("seat", _country(body.country)),
        ("controlled by", _organisation(body.parent)),
        ("state-owned", body.state_owned.value.replace("_", " ")),
        ("listed as", ", ".join(body.tickers)),
        ("commodities", _commodities(body.commodities)),
        ("operates", _sites(lambda s: s.operator == id_)),
    ]


def _commodity_facts(id_: str) -> list[tuple[str, str]]:
    commodity = load_commodities().get(id_)
    if commodity is None:
        return []
    return [
        ("kind", commodity.kind.value.replace("_", " ")),
        ("symbol", commodity.symbol or ""),
        ("part of", _commodities(commodity.parents)),
        ("listed as critical by", ", ".join(v.value for v in commodity.lists)),
        ("sites", _sites(lambda s: id_ in s.commodities)),
    ]


def _country_facts(id_: str) -> list[tuple[str, str]]:
    if id_ not in load_countries():
        return []
    return [("sites", _sites(lambda s: s.country == id_))]


def _sites(wanted: Callable[[Site], bool], most: int = 12) -> str:
    names = [s.name for s in load_sites().values() if wanted(s)]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _country(code: str | None) -> str:
    country = load_countries().get(code or "")
    return country.name if country else (code or "")


def _organisation(id_: str | None) -> str:
    body = load_organisations().get(id_ or "")
    return body.name if body else ""


def _commodities(ids: Sequence[str]) -> str:
    return ", ".join(load_commodities()[i].name for i in ids)
