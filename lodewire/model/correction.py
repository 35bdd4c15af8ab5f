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
    corrects what briefs said while the decision held. ``until`` tells when it ceased to hold, since
    the decision was taken back or another made: the entry stays in the log.
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
    until: datetime | None = None

    @property
    def id(self) -> CorrectionId:
        """Same decision, moment, role, words and statements: same id."""
        ids = ",".join(sorted(self.statement_ids))
        return CorrectionId(
            content_id(
                "co", self.decision_id, self.action.value, self.role, self.said, self.right, ids
            )
        )
