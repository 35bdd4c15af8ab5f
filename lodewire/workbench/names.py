"""Names that a person types, as things of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lodewire.errors import LedgerError
from lodewire.ledger.store import Ledger
from lodewire.model.entity import Entity
from lodewire.model.ids import EntityId
from lodewire.model.plain import plain
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.commodities import load_commodities, members_of
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.resolve.entities import canonical_id, normalise_name

#: What events can be narrowed to by name: the word for it, and the kind of thing.
NAMED = {
    "country": MentionType.COUNTRY,
    "commodity": MentionType.COMMODITY,
    "organisation": MentionType.ORGANISATION,
}


def entities_called(ledger: Ledger, name: str) -> tuple[Entity, ...]:
    """Return what has this id or goes by ``name`` in the ledger, the most told first.

    Names of the ontology's tables lead to what the ledger tells under another name (DRC), and legal
    forms and accents are passed over where nothing goes by the name as it is written.
    """
    ids = [EntityId(i) for i in (name, name.upper(), name.lower(), *_ids_in_tables(name))]
    found = {e.id: e for e in [*ledger.entities.get_all(ids), *ledger.entities.named(name)]}
    if not found:
        found = {e.id: e for e in ledger.entities.get_all(_ids_alike(name))}
    return tuple(found.values())


def _ids_in_tables(name: str) -> list[str]:
    """Ids of the ontology's things that bear the name without doubt."""
    told = name.strip().casefold()
    tables = (load_countries(), load_commodities(), load_organisations(), load_sites())
    return [
        id_
        for table in tables
        for id_, thing in table.items()
        if told == thing.name.casefold()
        or any(told == a.text.casefold() and not a.ambiguous for a in thing.aliases)
    ]


def _ids_alike(name: str) -> list[EntityId]:
    body = MentionType.ORGANISATION
    told = normalise_name(name, body)
    if not told:
        return []
    known = [id_ for id_, o in load_organisations().items() if normalise_name(o.name, body) == told]
    return [EntityId(i) for i in known] + [canonical_id(type_, name) for type_ in MentionType]


def one_called(ledger: Ledger, name: str, type_: MentionType | None = None) -> Entity:
    """Return the one entity (of a type) that goes by ``name``.

    Raises LedgerError that lists the choices where there are several, or near names where none is.
    """
    found = [e for e in entities_called(ledger, name) if type_ is None or e.type is type_]
    exact = [e for e in found if e.id.casefold() == name.casefold()]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise LedgerError(
            f"{len(found)} things go by {plain(name)!r}: {choices(found)}",
            hint="name the one you mean by its id",
        )
    raise unknown_name(ledger, name, type_)


def choices(found: Sequence[Entity], most: int = 5) -> str:
    """Return ids with what they are, in one line."""
    told = [plain(f"{e.id} ({e.name[:40]}, {e.type.value})") for e in found[:most]]
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(told) + more


def unknown_name(ledger: Ledger, name: str, type_: MentionType | None = None) -> LedgerError:
    """Return the error for a name that the ledger does not hold, with those that look like it."""
    near = ledger.entities.near(name, type_=type_)
    kind = f"no {type_.value}" if type_ else "nothing"
    hint = "`lodewire search` looks for words in documents"
    if near:
        told = ", ".join(plain(n)[:60] for n in near)
        hint = f"Did you mean {told}? {hint}"
    return LedgerError(f"{kind} in this ledger goes by {plain(name)[:80]!r}", hint=hint)


def group_called(ledger: Ledger, name: str, type_: MentionType) -> frozenset[EntityId]:
    """Return the entity of a type called ``name``; for a commodity, all that belong to it too."""
    known = load_commodities()
    if type_ is not MentionType.COMMODITY:
        return frozenset((one_called(ledger, name, type_).id,))
    # Texts tell of members without naming the group, so the ledger need not know its name.
    groups = [i for i in (name.strip().casefold(), *_ids_in_tables(name)) if i in known]
    group = groups[0] if groups else one_called(ledger, name, type_).id
    members = members_of(group) if group in known else ()
    return frozenset(EntityId(i) for i in (group, *members))


def named_groups(
    ledger: Ledger, names: Mapping[str, Sequence[str]]
) -> tuple[frozenset[EntityId], ...]:
    """Return a group of entities for each name typed: of each group one must be named.

    ``names`` maps "country", "commodity" and "organisation" to what was typed. Raises LedgerError
    for a name that the ledger does not hold or that several things share.
    """
    return tuple(
        group_called(ledger, name, type_) for kind, type_ in NAMED.items() for name in names[kind]
    )
