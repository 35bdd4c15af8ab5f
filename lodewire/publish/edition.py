"""What an editor made of a day's brief, as far as composing it asks: held, ordered, rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lodewire.model.brief import BriefEntry, Sentence
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.publish.rank import Importance

_LAST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The editor's part of one brief; without any it is composed as the ranking has it.

    ``held`` insights are not told. ``order`` gives those that stand first on their desk, by place;
    ``lead`` those that lead the brief. ``sentences`` stand in place of the composed ones.
    """

    held: frozenset[EventId] = frozenset()
    order: Mapping[EventId, int] = field(default_factory=dict)
    lead: tuple[EventId, ...] = ()
    sentences: Mapping[EventId, Sentence] = field(default_factory=dict)

    def chose(self, event: Event) -> bool:
        """Whether the editor placed the event or told it in words of their own."""
        return event.id in self.order or event.id in self.lead or event.id in self.sentences

    def ranked(self, found: Sequence[tuple[Event, Importance]]) -> list[tuple[Event, Importance]]:
        """Return ranked events with those that the editor placed first; the rest as they were."""
        return sorted(found, key=lambda pair: self.order.get(pair[0].id, _LAST))

    def leading(self, entries: Sequence[BriefEntry]) -> list[BriefEntry]:
        """Return the entries of a brief by weight, those first that the editor lets lead."""
        places = {id_: at for at, id_ in enumerate(self.lead)}
        return sorted(
            entries, key=lambda e: (places.get(e.event_id, _LAST), -e.importance, e.event_id)
        )


#: The brief as it is composed where no editor did anything.
NO_EDITION = Edition()
