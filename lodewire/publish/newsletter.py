"""The brief as one reader wants it: the chosen desks of a day, or of a week."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from lodewire.model.brief import Brief, BriefEntry, DeskSection
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Desk
from lodewire.publish.brief import PER_DESK, TOP
from lodewire.publish.frame import SOURCE
from lodewire.publish.mail import (
    Illustration,
    ReaderLinks,
    render_html,
    render_text,
    subject_of,
)

#: Stand for a reader's own links in a letter that is rendered once for all who chose the same.
UNSUBSCRIBE = "https://unsubscribe.invalid/"
PREFERENCES = "https://preferences.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter with room for a reader's links; HTML and text tell the same."""

    subject: str
    html: str
    text: str


def render_letter(
    brief: Brief,
    *,
    preferences: bool,
    charts: Mapping[EventId, Illustration] = MappingProxyType({}),
    withheld: str = "",
    membership: str = "",
    counted: bool = False,
    language: str = SOURCE,
) -> Rendered:
    """Render a brief once; ``preferences`` tells whether there is a page to change them on.

    ``language`` is that of all but the insights; the rest is told in :class:`.ReaderLinks`.
    """
    links = ReaderLinks(
        unsubscribe=UNSUBSCRIBE,
        preferences=PREFERENCES if preferences else "",
        withheld=withheld,
        membership=membership,
        counted=counted,
        language=language,
    )
    return Rendered(
        subject=subject_of(brief, language),
        html=render_html(brief, links, charts),
        text=render_text(brief, links, charts),
    )


def choose_desks(brief: Brief, desks: Collection[Desk]) -> Brief:
    """Return ``brief`` with the chosen desks only (all where none is named), its top anew.

    The desk of what weighs most stands first: a letter opens with what its subject tells.
    Corrections at the head stay for everybody: they have no desk, and a wrong sentence was read.
    """
    sections = tuple(s for s in brief.sections if not desks or s.desk in desks)
    top = top_of(sections, brief.top)
    return replace(brief, sections=_heaviest_first(sections, top), top=top)


def _heaviest_first(
    sections: Sequence[DeskSection], top: Sequence[EventId]
) -> tuple[DeskSection, ...]:
    """Desks by the place of their first insight at the head, then by weight; empty ones last."""
    places = {id_: at for at, id_ in enumerate(top)}

    def rank(section: DeskSection) -> tuple[int, float]:
        led = min((places.get(e.event_id, len(places)) for e in section.entries), default=TOP + 1)
        return led, -max((e.importance for e in section.entries), default=0.0)

    return tuple(sorted(sections, key=rank))


def is_empty(brief: Brief) -> bool:
    """Tell whether there is nothing to tell: no entry and no correction."""
    return not brief.corrections and not any(s.entries for s in brief.sections)


def of_week(briefs: Sequence[Brief], *, per_desk: int = PER_DESK) -> Brief:
    """Return the briefs of up to seven days (the latest first) as one, each event once.

    An event told on several days stands as it was told last; each desk shows its most important.
    """
    latest = briefs[0]
    seen: dict[EventId, BriefEntry] = {}
    for brief in briefs:
        for section in brief.sections:
            for entry in section.entries:
                seen.setdefault(entry.event_id, entry)
    sections = []
    for desk in Desk:
        mine = [e for e in seen.values() if e.desk is desk]
        mine.sort(key=lambda e: (-e.importance, e.event_id))
        left = sum(s.also for b in briefs for s in b.sections if s.desk is desk)
        kept = tuple(mine[:per_desk])
        sections.append(DeskSection(desk=desk, entries=kept, also=left + len(mine) - len(kept)))
    corrections = dict.fromkeys(c for b in briefs for c in b.corrections)
    return replace(
        latest,
        title=f"{latest.title}: the week",
        sections=tuple(sections),
        top=top_of(sections),
        corrections=tuple(corrections),
        notes=(),
    )


def top_of(sections: Sequence[DeskSection], led: Sequence[EventId] = ()) -> tuple[EventId, ...]:
    """Return the events for the head and the subject: those that led it, then what weighs most.

    ``led`` are those of the whole brief, in an order that an editor may have chosen.
    """
    places = {id_: at for at, id_ in enumerate(led)}
    entries = [e for s in sections for e in s.entries]
    entries.sort(key=lambda e: (places.get(e.event_id, len(places)), -e.importance, e.event_id))
    return tuple(e.event_id for e in entries[:TOP])
