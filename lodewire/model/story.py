"""A story: documents about the same happening; syndicated copies inside it are one origin."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.model.ids import DocumentId, OriginId, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """One document's place: its story, its origin, and how near it is to what it joined.

    ``relation`` is "founder" (opened the story), "copy" (exact or near duplicate of the origin),
    or "related" (another article on the same happening: an origin of its own).
    """

    document_id: DocumentId
    story_id: StoryId
    origin_id: OriginId
    relation: str
    similarity: float = 1.0
    joined: DocumentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story with its members in the order they joined."""

    id: StoryId
    members: tuple[StoryMember, ...]

    @property
    def origins(self) -> tuple[OriginId, ...]:
        """Independent origins, in order of appearance."""
        return tuple(dict.fromkeys(m.origin_id for m in self.members))
