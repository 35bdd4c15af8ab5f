"""Sets of roles of which an event must fill one whole: to be an event, to be worth telling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from lodewire.model.vocabulary import EventType

RoleSets = tuple[frozenset[str], ...]


def parse_role_sets(told: Mapping[EventType, str]) -> dict[EventType, RoleSets]:
    """Return for each type the sets of "supplier commodity | buyer commodity"."""
    return {
        type_: tuple(frozenset(roles.split()) for roles in sets.split("|"))
        for type_, sets in told.items()
    }


def fills_one(sets: Iterable[frozenset[str]], filled: AbstractSet[str]) -> bool:
    """Tell whether the filled roles hold one of the sets."""
    return any(filled >= roles for roles in sets)
