"""An editor's work on the brief of a day, bound to words: holds, order, sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from lodewire.model.decision import Anchor
from lodewire.model.ids import BriefEditId, content_id
from lodewire.model.vocabulary import Desk


class EditKind(StrEnum):
    """What is done to a brief; RELEASE ends a hold, RESTORE a rewriting."""

    HOLD = "hold"
    RELEASE = "release"
    ORDER = "order"
    REWRITE = "rewrite"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredText:
    """A run of a rewritten sentence; ``anchors`` are the statements that back it, by their words.

    Without anchors it is of connecting words only.
    """

    text: str
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefEdit:
    """One act of an editor on the brief of ``day``. Rows are only added; a later one ends another.

    ``about`` are the mentions of the insight; of an ORDER one mention of each insight, in the order
    wanted. ``desk`` is the desk that an ORDER is of, None for the insights that lead the brief.
    ``told`` is the sentence of a REWRITE.
    """

    day: date
    kind: EditKind
    author: str
    at: datetime
    about: tuple[Anchor, ...]
    desk: Desk | None = None
    told: tuple[AnchoredText, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an edit must be aware")
        if not self.author.strip():
            raise ValueError("an edit needs the name of a person")
        if not self.about and self.kind is not EditKind.ORDER:
            raise ValueError("an edit is about an insight")
        if (self.kind is EditKind.REWRITE) != bool(self.told):
            raise ValueError("a rewriting, and nothing else, has a sentence")

    @property
    def id(self) -> BriefEditId:
        """Same day, kind, author, time, insights and words: same id."""
        return BriefEditId(
            content_id(
                "be",
                self.day.isoformat(),
                self.kind.value,
                self.author,
                self.at.astimezone(UTC).isoformat(),
                self.desk.value if self.desk is not None else None,
                ",".join(a.key for a in self.about),
                "".join(t.text for t in self.told),
            )
        )
