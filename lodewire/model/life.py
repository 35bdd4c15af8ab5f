"""The life of a happening: the stages it went through, and the statement that moved it to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lodewire.model.ids import StatementId


class LifeStage(StrEnum):
    """Where a happening may stand. An amendment is told of, but leaves it where it stood."""

    RUMOURED = "rumoured"
    ANNOUNCED = "announced"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    CLOSED = "closed"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    DENIED = "denied"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """One move, with what shows it.

    ``day`` is the day that the text states for it, else the day it was reported; ``quote`` the
    words of ``statement_id``, which moved it.
    """

    stage: LifeStage
    day: date
    reported: date
    statement_id: StatementId
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The steps in order, where they lead, and whether it has gone silent.

    ``stage`` is None where no text tells any stage. ``usual_days`` is how long a happening of this
    type and stage usually stays without news, None where silence says nothing (what is in force,
    closed or ended); ``reason`` says why. ``stale`` tells that it is silent for longer.
    """

    steps: tuple[LifeStep, ...]
    stage: LifeStage | None
    last_heard: date
    silent_days: int
    usual_days: int | None = None
    reason: str = ""

    @property
    def stale(self) -> bool:
        """Tell whether nothing was heard for longer than is usual."""
        return self.usual_days is not None and self.silent_days > self.usual_days
