"""Ownership between the stages: kept from texts, and gathered from tables, texts and deals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lodewire.ledger.store import Ledger
from lodewire.model.ids import DocumentId, EntityId
from lodewire.model.reading import Reading
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.name_periods import FormerOrganisation, load_former_organisations
from lodewire.ontology.organisations import Organisation, load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.resolve.entities import normalise_name
from lodewire.resolve.names import NameStanding, mentions_on, name_on, tell_former, uses_of
from lodewire.resolve.owner_links import (
    OWNER,
    OWNER_SHARE,
    OwnerLink,
    deal_links,
    stated_links,
    table_links,
)
from lodewire.resolve.owners import (
    CountryGap,
    Links,
    UltimateOwner,
    country_gap,
    further_links,
    links_on,
    ultimate_owners,
)
from lodewire.resolve.ownership import ownership_statements, tell_ownership


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersOf:
    """What is known of the owners of one thing on ``day``.

    ``kind`` is "site" or "organisation"; ``country`` where it lies or has its seat. ``name`` is
    the one it bore that day; ``note`` says when the name asked for was none of that day's;
    ``formerly`` lists the names given up. ``owners`` are the next ones, ``ultimate`` the ends of
    the chains; ``further`` is what texts and deals say beside. ``gap`` is None for organisations.
    """

    id: str
    kind: str
    name: str
    country: str | None
    day: date
    note: str
    formerly: tuple[str, ...]
    owners: tuple[OwnerLink, ...]
    ultimate: tuple[UltimateOwner, ...]
    further: tuple[OwnerLink, ...]
    gap: CountryGap | None


def keep_ownership(ledger: Ledger, reading: Reading) -> int:
    """Write down who a document says owns whom; returns how many statements. Idempotent.

    The document must be placed in its story. Joins the transaction that it is called in.
    """
    document = reading.document
    mentions = mentions_on(reading.mentions, document.published)
    told = tell_ownership(document, mentions)
    if not told:
        return 0
    found = ownership_statements(
        document,
        told,
        origin_id=ledger.stories.members_of([document.id])[document.id].origin_id,
        seen=ledger.captures.get(document.capture_id).fetched_at,
    )
    ledger.statements.add_all(found)
    return len(found)


def links_from(ledger: Ledger | None) -> Links:
    """Return the look-up of all links of a thing: tables, and the ledger's texts and deals."""
    if ledger is None:
        return table_links
    known: dict[str, tuple[OwnerLink, ...]] = {}

    def links(thing: str) -> tuple[OwnerLink, ...]:
        if thing not in known:
            known[thing] = (*table_links(thing), *_told_links(ledger, thing))
        return known[thing]

    return links


def _told_links(ledger: Ledger, thing: str) -> tuple[OwnerLink, ...]:
    stated = [s for s in ledger.statements.of_subject(thing) if s.property in (OWNER, OWNER_SHARE)]
    traded = [
        s
        for s in ledger.statements.of_entity(EntityId(thing))
        if s.property in ("asset", "target") and s.retracted_at is None
    ]
    by_document = ledger.events.ids_for_documents(
        list(dict.fromkeys(s.document_id for s in traded))
    )
    ids = dict.fromkeys(e for told in by_document.values() for e in told)
    events = ledger.events.get_all(ids)
    wanted = {s.document_id for s in stated}
    wanted |= {d for event in events for d in event.document_ids}
    days = _days(ledger, sorted(wanted))
    return (*stated_links(stated, days), *deal_links(events, thing, days))


def _days(ledger: Ledger, ids: Sequence[DocumentId]) -> dict[DocumentId, date]:
    found = ledger.documents.get_all(ids)
    return {d.id: d.published for d in found if d.published is not None}


def find_things(name: str, day: date, ledger: Ledger | None = None) -> tuple[str, ...]:
    """Return the ids of the sites and organisations that ``name`` may stand for on ``day``.

    An id of the ontology, a name with dates, any spelling of the ontology, then whatever the
    ledger's texts call so. Empty when nothing goes by it.
    """
    companies: dict[str, FormerOrganisation | Organisation] = {
        **load_former_organisations(),
        **load_organisations(),
    }
    if name in companies or name in load_sites():
        return (name,)
    dated = [use.entity for use in uses_of(name, day)]
    plain = name.strip().casefold()
    found = [*dated, *_spelled(plain, dated=bool(dated))]
    if not found:
        words = normalise_name(name, MentionType.ORGANISATION)
        found = [c.id for c in companies.values() if _same(c.name, words)]
    if not found and ledger is not None:
        wanted = (MentionType.ORGANISATION, MentionType.SITE)
        found = [e.id for e in ledger.entities.named(name) if e.type in wanted]
    return tuple(dict.fromkeys(found))


def _spelled(plain: str, *, dated: bool) -> Iterable[str]:
    for site in load_sites().values():
        if any(s.text.casefold() == plain for s in site.surfaces):
            yield site.id
    for organisation in () if dated else load_organisations().values():
        if any(s.text.casefold() == plain for s in organisation.surfaces):
            yield organisation.id


def _same(name: str, words: str) -> bool:
    return normalise_name(name, MentionType.ORGANISATION) == words


def owners_of(thing: str, day: date, *, asked: str = "", ledger: Ledger | None = None) -> OwnersOf:
    """Return what is known of the owners of ``thing`` (an id) on ``day``.

    ``asked`` is the name that led to it. With a ledger, what its texts state and the deals that
    were completed by that day take part.
    """
    links = links_from(ledger)
    site = load_sites().get(thing)
    uses = [u for u in uses_of(asked, day) if u.entity == thing] if asked else []
    past = [u for u in uses if u.standing is not NameStanding.BORNE]
    name, country = _identity(thing, day, ledger)
    return OwnersOf(
        id=thing,
        kind="site" if site is not None else "organisation",
        name=name,
        country=country,
        day=day,
        note=past[0].tell() if past else "",
        formerly=tell_former(thing, day),
        owners=links_on(thing, day, links),
        ultimate=ultimate_owners(thing, day, links),
        further=further_links(thing, day, links),
        gap=country_gap(thing, day, links) if site is not None else None,
    )


def _identity(thing: str, day: date, ledger: Ledger | None) -> tuple[str, str | None]:
    site = load_sites().get(thing)
    if site is not None:
        return site.name, site.country
    organisation = load_organisations().get(thing) or load_former_organisations().get(thing)
    if organisation is not None:
        return name_on(thing, day), organisation.country
    for entity in ledger.entities.get_all([EntityId(thing)]) if ledger is not None else ():
        return entity.name, entity.country
    return thing, None
