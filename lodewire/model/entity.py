"""Entities (things of the world) and mentions (where a text names them)."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId, content_id
from lodewire.model.vocabulary import MentionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing of the world: from the ontology (id = its slug) or first met in a text."""

    id: EntityId
    type: MentionType
    name: str
    country: str | None = None  # ISO 3166-1 alpha-2
    aliases: tuple[str, ...] = ()
    known: bool = True  # False: not in the ontology, met in a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in a text.

    ``name`` is the canonical or fullest name; ``entity`` the id of the ontology or a
    content-derived one; ``generic`` marks an anaphor ("the company") that was resolved to
    ``entity``.
    """

    type: MentionType
    span: Span
    text: str
    name: str
    entity: EntityId
    generic: bool = False
    known: bool = True
    country: str | None = None


def unknown_entity_id(type_: MentionType, name: str) -> EntityId:
    """Return the content-derived id of an entity that the ontology does not hold."""
    return EntityId(content_id("ent", type_.value, " ".join(name.lower().split())))
