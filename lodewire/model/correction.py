"""A correction: what briefs said, what is right since when, and which briefs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lodewire.model.ids import BriefId, CorrectionId, DecisionId, EventId, StatementId, content_id
from lodewire.model.vocabulary import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedBrief:
    """A brief that said it, the entry, and the sentence of that entry."""

    brief_id: BriefId
    day: date
    composed_at: datetime
    event_id: EventId
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One entry of the public log.

    ``role`` is empty, and ``said`` the sentence, where all of an event was withdrawn. ``right`` is
    what holds from ``since`` on, None where nothing takes the place of what was said. An ``UNDO``
    corrects what briefs said while the decision held. ``undone_at`` tells that the decision was
    taken back later: the entry stays in the log.
    """

    decision_id: DecisionId
    action: Action
    author: str
    since: datetime
    reason: str
    role: str
    said: str
    right: str | None
    statement_ids: tuple[StatementId, ...]
    briefs: tuple[CorrectedBrief, ...]
    undone_at: datetime | None = None

    @property
    def id(self) -> CorrectionId:
        """Same decision, moment, role and words: same id."""
        return CorrectionId(
            content_id("co", self.decision_id, self.action.value, self.role, self.said, self.right)
        )
