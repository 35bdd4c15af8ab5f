"""One event: what happened, the words that say so, where it stands, and what is near it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lodewire.model.brief import BriefEntry
from lodewire.model.entity import Entity
from lodewire.model.event import Event
from lodewire.model.ids import EntityId, EventId, StatementId
from lodewire.model.life import Life
from lodewire.model.tier import Part
from lodewire.publish.brief import entry_of, is_told
from lodewire.publish.shown import shown_entry, withheld, withheld_words
from lodewire.web.beside import beside_event
from lodewire.web.languages import _, current
from lodewire.web.linked import event_linked
from lodewire.web.material import material_of
from lodewire.web.passages import passages_of
from lodewire.web.previews import previewed
from lodewire.web.related import related_to
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Missing, Moved, Page, Site
from lodewire.web.spoken import word

EVENT_ID = re.compile(r"ev_[a-z0-9]{4,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One value of one role: the thing it names, the words that state it, and who prints them."""

    role: str
    value: str
    entity: Entity | None
    statement_id: StatementId
    quote: str
    publishers: tuple[str, ...]


def event(site: Site, ask: Ask) -> Page:
    """The page of an event; an id that a merge ended leads to the event it went into."""
    found = told_event(site, ask.parts["event"])
    if found.id != ask.parts["event"]:
        raise Moved(f"/event/{found.id}")
    site.demand_day(found)
    material = material_of(site, found)
    whole = entry_of(found, material)
    site, preview = previewed(site, ask, whole)
    entry = shown_entry(whole, site.reach)
    quoted = site.sees(Part.FULL_TEXT)
    sentence = " ".join(s.text for s in entry.sentences)
    passages = passages_of(found, entry, material) if quoted else ()
    beside = beside_event(site, ask, found)
    shown = {i for p in passages for s in p.sentences for piece in s for i in piece.statements}
    return render(
        site,
        ask,
        "event.html.j2",
        heading=sentence,
        summary=sentence,
        kind="article",
        linked=event_linked(site, found, entry, free=not withheld(whole, site.public())),
        event=found,
        entry=entry,
        held=withheld_words(whole, site.reach, language=current().tag),
        preview=preview,
        beside=beside,
        styles=("analyst.css",) if beside is not None else (),
        private=preview is not None or (beside is not None and bool(beside.form)),
        quoted=quoted,
        rows=_rows(entry, found, _entities(site, found), shown),
        passages=passages,
        shown=shown,
        life=_life(site, found) if quoted else None,
        related=related_to(site, found),
    )


def told_event(site: Site, id_: str) -> Event:
    """Return a live event that is sure enough to be told. Raises Missing for any other."""
    if not EVENT_ID.fullmatch(id_):
        raise Missing(_("There is no such event."), _("Search for a name in it instead."))
    found = site.ledger.events.get_all([site.ledger.events.current(EventId(id_))])
    if not found or not is_told(found[0]):
        raise Missing(
            _("There is no such event on this desk."),
            _(
                "It may have been withdrawn, or it waits for an editor. The corrections tell what "
                "briefs said."
            ),
        )
    return found[0]


def _life(site: Site, event: Event) -> Life | None:
    life = site.joined.life(event, site.clock().date())
    return life if life.steps else None


def _entities(site: Site, event: Event) -> dict[EntityId, Entity]:
    ids = dict.fromkeys(s.entity for s in event.statements if s.entity is not None)
    return {e.id: e for e in site.ledger.entities.get_all(ids)}


def _rows(
    entry: BriefEntry,
    event: Event,
    entities: Mapping[EntityId, Entity],
    shown: set[StatementId],
) -> list[ValueRow]:
    """The entry's values by role, each once, leading to the first words that the page shows."""
    named = {s.id: s.entity for s in event.statements}
    groups: dict[tuple[str, str], list[int]] = {}
    for at, quote in enumerate(entry.quotes):
        groups.setdefault((quote.role, quote.value), []).append(at)
    rows = []
    for (role, value), places in groups.items():
        quotes = [entry.quotes[at] for at in places]
        first = next((q for q in quotes if q.statement_id in shown), quotes[0])
        rows.append(
            ValueRow(
                role=word(role),
                value=value,
                entity=entities.get(named.get(first.statement_id) or EntityId("")),
                statement_id=first.statement_id,
                quote=first.quote,
                publishers=tuple(dict.fromkeys(q.publisher for q in quotes if q.publisher)),
            )
        )
    return rows
