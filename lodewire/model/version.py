"""What an edit of an article changed in what it states, and which version stood when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lodewire.model.ids import DocumentId
from lodewire.model.statement import Statement


class ChangeKind(StrEnum):
    """What became of a statement."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChange:
    """One statement that differs between two versions; both sides where its value changed.

    ``silent`` tells that a figure changed or went without a word of correction in the newer text:
    an editor should look at it.
    """

    kind: ChangeKind
    property: str
    old: Statement | None = None
    new: Statement | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """From when until when an address showed a version; ``until`` is None while it stands."""

    document_id: DocumentId
    since: datetime
    until: datetime | None = None
