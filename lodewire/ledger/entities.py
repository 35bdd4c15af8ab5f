"""Entities: the things named in documents, with every spelling met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.past import known, known_ids
from lodewire.ledger.schema import (
    document_entities,
    documents,
    entities,
    entity_names,
    entity_tellings,
)
from lodewire.model.entity import Entity
from lodewire.model.ids import DocumentId, EntityId
from lodewire.model.vocabulary import MentionType

if TYPE_CHECKING:
    from sqlalchemy import Connection


def add_entities(access: Access, connection: Connection, found: Sequence[Entity]) -> None:
    """Add entities and the names they go by; known rows stay as they are."""
    rows: dict[str, dict[str, Any]] = {}
    for e in found:
        row = {"id": e.id, "type": e.type.value, "country": e.country, "known": e.known}
        kept = rows.setdefault(e.id, row)
        kept["country"] = max(filter(None, (kept["country"], e.country)), default=None)
    # One text may name a company without its home, another with it.
    access.add_greater(connection, entities, "country", list(rows.values()))
    names: dict[tuple[str, str], bool] = {}
    for e in found:
        names[(e.id, e.name)] = True
        for alias in e.aliases:
            names.setdefault((e.id, alias), False)
    told = [{"entity_id": i, "name": n, "main": m} for (i, n), m in names.items()]
    # An alias here may be the main name elsewhere: whichever came first, main wins.
    access.add_greater(connection, entity_names, "main", told)


def tell_entities(
    access: Access,
    connection: Connection,
    told: Iterable[tuple[DocumentId, Collection[Entity]]],
) -> None:
    """Keep since when entities go by their names: since the first document that says so was seen.

    The documents must be there.
    """
    from sqlalchemy import bindparam, select

    by_document = dict(told)
    seen: dict[str, str] = {}
    for some in chunks(by_document):
        query = select(documents.c.id, documents.c.first_seen).where(documents.c.id.in_(some))
        seen.update((row.id, row.first_seen) for row in connection.execute(query))
    since: dict[tuple[str, str, bool, str], str] = {}
    for document_id, named in by_document.items():
        for key in (key for e in named for key in _tellings(e)):
            since[key] = min(since.get(key, seen[document_id]), seen[document_id])
    if not since:
        return
    columns = ("entity_id", "name", "main", "country")
    # In one order for all writers: two at once then wait for each other, and never in a ring.
    told_since = sorted(since.items())
    rows = [{**dict(zip(columns, key, strict=True)), "since": at} for key, at in told_since]
    access.add_new(connection, entity_tellings, rows)
    # Of two documents, the one seen first may be read last.
    ours = [entity_tellings.c[name] == bindparam(f"the_{name}") for name in columns]
    connection.execute(
        entity_tellings.update()
        .where(*ours, entity_tellings.c.since > bindparam("the_since"))
        .values(since=bindparam("the_since")),
        [{f"the_{name}": value for name, value in row.items()} for row in rows],
    )


def _tellings(entity: Entity) -> Iterable[tuple[str, str, bool, str]]:
    yield (entity.id, entity.name, True, entity.country or "")
    for alias in entity.aliases:
        yield (entity.id, alias, False, entity.country or "")


_NEAR = 20_000  # names compared letter by letter when one is not known


class EntityStore:
    """Returns entities by id and by name."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add_all(self, found: Sequence[Entity]) -> None:
        """Add entities; names not met before are added to those there."""
        with self._access.writing() as connection:
            add_entities(self._access, connection, found)

    def get(self, entity_id: EntityId) -> Entity:
        """Return one entity; raises LedgerError when it is not there."""
        found = self.get_all([entity_id])
        if not found:
            raise LedgerError(f"no entity {entity_id}", hint="search for its name instead")
        return found[0]

    def get_all(self, ids: Iterable[EntityId]) -> tuple[Entity, ...]:
        """Return the entities of ``ids`` that are there, in the order asked for."""
        from sqlalchemy import select

        wanted = list(ids)
        found: dict[str, Entity] = {}
        rows = name_rows(self._access.past).subquery("named")
        with self._access.reading() as connection:
            for some in chunks(wanted):
                named: dict[str, list[Any]] = {}
                for row in connection.execute(select(rows).where(rows.c.id.in_(some))):
                    named.setdefault(row.id, []).append(row)
                found.update((id_, _entity_of(told)) for id_, told in named.items())
        return tuple(found[i] for i in wanted if i in found)

    def named(self, name: str, limit: int = 20) -> tuple[Entity, ...]:
        """Return entities that go by ``name``, whatever its case; the most documents first."""
        from sqlalchemy import func, select

        past = self._access.past
        names = entity_names if past is None else entity_tellings
        query = (
            select(names.c.entity_id)
            .outerjoin(document_entities, document_entities.c.entity_id == names.c.entity_id)
            .where(func.lower(names.c.name) == func.lower(name.strip()))
        )
        told = func.count(document_entities.c.document_id.distinct())
        if past is not None:
            query = query.outerjoin(documents, documents.c.id == document_entities.c.document_id)
            query = query.where(entity_tellings.c.since <= past, known(past))
        query = query.group_by(names.c.entity_id).order_by(told.desc(), names.c.entity_id)
        with self._access.reading() as connection:
            ids = connection.scalars(query.limit(limit)).all()
        return self.get_all([EntityId(i) for i in ids])

    def count_documents(self, entity_id: EntityId) -> int:
        """Return how many documents name the entity."""
        from sqlalchemy import func, select

        query = select(func.count()).where(document_entities.c.entity_id == entity_id)
        if self._access.past is not None:
            told = known_ids(self._access.past)
            query = query.where(document_entities.c.document_id.in_(told))
        with self._access.reading() as connection:
            return connection.scalar(query) or 0

    def most_named(self, type_: MentionType, limit: int = 200) -> tuple[tuple[EntityId, int], ...]:
        """Return the entities of a type with how many documents name each, the most first."""
        from sqlalchemy import func, select

        told = func.count().label("told")
        query = (
            select(document_entities.c.entity_id, told)
            .join(entities, entities.c.id == document_entities.c.entity_id)
            .where(entities.c.type == type_.value)
        )
        if self._access.past is not None:
            query = query.where(document_entities.c.document_id.in_(known_ids(self._access.past)))
        query = query.group_by(document_entities.c.entity_id).order_by(
            told.desc(), document_entities.c.entity_id
        )
        with self._access.reading() as connection:
            rows = connection.execute(query.limit(limit)).all()
        return tuple((EntityId(row.entity_id), row.told) for row in rows)

    def near(
        self, name: str, *, type_: MentionType | None = None, limit: int = 5
    ) -> tuple[str, ...]:
        """Return names in the ledger (of a type) that look like ``name``, the nearest first."""
        from difflib import get_close_matches

        from sqlalchemy import func, or_, select

        words = [w for w in name.casefold().split() if w]
        if not words:
            return ()
        column = func.lower(entity_names.c.name)
        # Two letters of any word: a slip seldom sits in both, and a scan of all names is spared.
        alike = [column.contains(w[:2], autoescape=True) for w in words]
        alike += [column.contains(w[2:4], autoescape=True) for w in words if len(w) > 3]
        query = select(entity_names.c.name).where(or_(*alike)).distinct()
        if type_ is not None:
            query = query.join(entities, entities.c.id == entity_names.c.entity_id).where(
                entities.c.type == type_.value
            )
        with self._access.reading() as connection:
            names = sorted(connection.scalars(query.order_by(entity_names.c.name).limit(_NEAR)))
        folded = {n.casefold(): n for n in reversed(names)}
        told = name.casefold()
        found = get_close_matches(told, folded, n=limit, cutoff=0.6)
        # "catalan" for "Catalan Lithium": part of a name is near, however long the rest.
        found += [n for n in folded if n not in found and told in n][: limit - len(found)]
        return tuple(folded[n] for n in found)

    def documents_of(self, entity_id: EntityId, limit: int = 100) -> tuple[DocumentId, ...]:
        """Return documents that name the entity, latest first."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            ids = connection.scalars(
                select(documents.c.id)
                .join(document_entities, document_entities.c.document_id == documents.c.id)
                .where(document_entities.c.entity_id == entity_id, known(self._access.past))
                .order_by(documents.c.day.desc(), documents.c.id)
                .limit(limit)
            ).all()
        return tuple(DocumentId(i) for i in ids)


def name_rows(at: str | None) -> Any:
    """Return a SELECT of each entity with each of its names, as known ``at``."""
    from sqlalchemy import case, func, select

    if at is None:
        return select(entities, entity_names.c.name, entity_names.c.main).join(
            entity_names, entity_names.c.entity_id == entities.c.id
        )
    told = entity_tellings.c
    homes = entity_tellings.alias("homes")
    country = (
        select(func.nullif(func.max(homes.c.country), ""))
        .where(homes.c.entity_id == entities.c.id, homes.c.since <= at)
        .correlate(entities)
        .scalar_subquery()
    )
    return (
        select(
            entities.c.id,
            entities.c.type,
            country.label("country"),
            entities.c.known,
            told.name,
            # Engines differ in whether a truth value may be aggregated; a number always may.
            (func.max(case((told.main, 1), else_=0)) == 1).label("main"),
        )
        .select_from(entities)
        .join(entity_tellings, told.entity_id == entities.c.id)
        .where(told.since <= at)
        .group_by(entities.c.id, entities.c.type, entities.c.known, told.name)
    )


def _entity_of(rows: Sequence[Any]) -> Entity:
    first = rows[0]
    main, aliases = _named([(row.main, row.name) for row in rows])
    return Entity(
        id=EntityId(first.id),
        type=MentionType(first.type),
        name=main,
        country=first.country,
        aliases=aliases,
        known=first.known,
    )


def _named(names: Sequence[tuple[bool, str]]) -> tuple[str, tuple[str, ...]]:
    """Choose the name shown: main before alias, longest, then by letter: whatever came first."""
    ranked = sorted(names, key=lambda n: (not n[0], -len(n[1]), n[1]))
    told = [name for _, name in ranked]
    return (told[0] if told else ""), tuple(sorted(told[1:]))
