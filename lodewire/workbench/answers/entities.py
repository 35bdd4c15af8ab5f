"""Things of the world as the API answers them: from the ledger, else from the ontology."""

from __future__ import annotations

from lodewire.errors import NotThere
from lodewire.ledger.store import Ledger
from lodewire.model.answers import EntityAnswer, EntityPage
from lodewire.model.entity import Entity
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.publish.entity_page import name_of

PAGED = {
    MentionType.COMMODITY: "commodity",
    MentionType.COUNTRY: "country",
    MentionType.ORGANISATION: "organisation",
    MentionType.SITE: "site",
}


def thing_of(ledger: Ledger, id_: str) -> Entity | None:
    """Return the ledger's entity of an id; of what no text has named yet, the ontology's."""
    kept = ledger.entities.get_all([EntityId(id_)])
    if kept:
        return kept[0]
    tables = (
        (MentionType.COMMODITY, load_commodities()),
        (MentionType.COUNTRY, load_countries()),
        (MentionType.ORGANISATION, load_organisations()),
        (MentionType.SITE, load_sites()),
    )
    for type_, table in tables:
        if id_ in table:
            return Entity(id=EntityId(id_), type=type_, name=table[id_].name)
    return None


def one_entity(ledger: Ledger, id_: str, *, site: str = "") -> EntityAnswer:
    """Return a thing with how many documents name it. Raises NotThere."""
    found = thing_of(ledger, id_)
    if found is None:
        raise NotThere(
            f"there is no entity {id_[:80]!r}", hint="Look for it by a name: /entities?name=…"
        )
    return _answer(found, ledger.entities.count_documents(found.id), site)


def find_entities(
    ledger: Ledger,
    *,
    name: str = "",
    kind: MentionType | None = None,
    limit: int = 50,
    site: str = "",
) -> EntityPage:
    """Return the things that go by a name (whatever its case), or the most named of a kind."""
    entities = ledger.entities
    if name.strip():
        named = [e for e in entities.named(name, limit) if kind in (None, e.type)]
        counted = [(e, entities.count_documents(e.id)) for e in named]
    else:
        kinds = [kind] if kind is not None else list(PAGED)
        counts = dict(pair for k in kinds for pair in entities.most_named(k, limit))
        counted = [(e, counts[e.id]) for e in entities.get_all(counts)]
        counted.sort(key=lambda pair: (-pair[1], pair[0].id))
    return EntityPage(entities=tuple(_answer(e, n, site) for e, n in counted[:limit]))


def _answer(entity: Entity, documents: int, site: str) -> EntityAnswer:
    kind = PAGED.get(entity.type)
    return EntityAnswer(
        id=entity.id,
        kind=entity.type,
        name=name_of(entity),
        country=entity.country,
        aliases=entity.aliases,
        known=entity.known,
        documents=documents,
        page=f"{site}/{kind}/{entity.id}" if site and kind else None,
    )
