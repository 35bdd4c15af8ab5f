"""The lives of events, from the ledger: where each stands, and whether it has gone silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from lodewire.config.desk import LifeChoice
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.life import Life
from lodewire.model.vocabulary import EventType
from lodewire.ontology.life_spans import LifeSpan, load_life_spans
from lodewire.resolve.life import life_of

_CHOSEN = "set in desk.toml"


def life_in(ledger: Ledger, event: Event, choice: LifeChoice, *, today: date) -> Life:
    """Return the life of ``event`` as the ledger knows it, seen on ``today``."""
    told = ledger.events.mentions(event.id)
    return life_of(
        event,
        {t.document_id: t.reported for t in told},
        today=today,
        sentences={t.mention.id: t.mention.evidence[0].quote for t in told},
        spans=spans_of(choice),
    )


def spans_of(choice: LifeChoice) -> Mapping[EventType, LifeSpan]:
    """Return the ontology's spans with those of the desk in their place."""
    found = dict(load_life_spans())
    for type_ in {*choice.talks, *choice.pending}:
        talks = choice.talks.get(type_)
        pending = choice.pending.get(type_)
        kept = found.get(type_) or LifeSpan(
            talks=talks or pending or 1,
            talks_reason=_CHOSEN,
            pending=pending or talks or 1,
            pending_reason=_CHOSEN,
        )
        if talks is not None:
            kept = replace(kept, talks=talks, talks_reason=_CHOSEN)
        if pending is not None:
            kept = replace(kept, pending=pending, pending_reason=_CHOSEN)
        found[type_] = kept
    return found
