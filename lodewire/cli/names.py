"""Names that a person types, as things of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lodewire.errors import LedgerError
from lodewire.model.ids import EntityId
from lodewire.model.plain import plain
from lodewire.model.vocabulary import MentionType

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.model.entity import Entity


def entities_called(ledger: Ledger, name: str) -> tuple[Entity, ...]:
    """Return what has this id or goes by ``name`` in the ledger, the most told first."""
    by_id = ledger.entities.get_all([EntityId(i) for i in (name, name.upper(), name.lower())])
    found = {e.id: e for e in [*by_id, *ledger.entities.named(name)]}
    return tuple(found.values())


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
    from lodewire.ontology.commodities import load_commodities, members_of

    if type_ is MentionType.COMMODITY:
        group = _commodity(name)
        if group is not None and group in load_commodities():
            return frozenset(EntityId(i) for i in (group, *members_of(group)))
    entity = one_called(ledger, name, type_)
    if type_ is MentionType.COMMODITY and entity.id in load_commodities():
        return frozenset(EntityId(i) for i in (entity.id, *members_of(entity.id)))
    return frozenset((entity.id,))


def _commodity(name: str) -> str | None:
    """The id of a commodity of the ontology: documents tell of members without naming the group."""
    from lodewire.ontology.commodities import load_commodities

    told = name.strip().casefold()
    for id_, commodity in load_commodities().items():
        if told in (id_, commodity.name.casefold()):
            return id_
    return None
