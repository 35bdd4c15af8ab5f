"""What the site shows that only the pipeline can join; the command line hands it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from lodewire.model.brief import Brief, ContextNote
from lodewire.model.correction import Correction
from lodewire.model.event import Event
from lodewire.model.ids import EntityId
from lodewire.model.life import Life


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTold:
    """A source of the desk and how it does; ``state`` is a word of collect's HealthState."""

    id: str
    publisher: str
    homepage: str | None
    state: str
    reasons: tuple[str, ...]
    quiet_days: int | None


class Joined(Protocol):
    """Values that need several stages. Each call reads the ledger as it is; nothing is kept."""

    def notices(self, brief: Brief) -> Brief:
        """Return the brief with the corrections of its day at the entries concerned."""
        ...

    def corrections(self) -> tuple[Correction, ...]:
        """Return every correction of briefs, the latest first."""
        ...

    def life(self, event: Event, today: date) -> Life:
        """Return where the event stands, seen on ``today``."""
        ...

    def context(self, event: Event) -> tuple[ContextNote, ...]:
        """Return lines computed from reference figures."""
        ...

    def owners(self, entity: EntityId, day: date) -> tuple[str, ...]:
        """Return lines telling who owns a site or company on a day; empty where nothing is."""
        ...

    def sources(self, now: datetime) -> tuple[SourceTold, ...]:
        """Return the desk's sources and how each does."""
        ...
