"""What an analyst finds beside an event: tools that begin with it, and notes of their own."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.analytics.scenario.proposing import propose
from lodewire.model.account import AccountId
from lodewire.model.desk_work import EventNote
from lodewire.model.event import Event
from lodewire.model.tier import Part
from lodewire.model.vocabulary import EventType
from lodewire.web.forms import form_token
from lodewire.web.site import Ask, Site

_PARTS = (Part.TOOLS, Part.FULL_TEXT, Part.EXPOSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Paths of tools, empty where the event gives them nothing to begin with.

    ``form`` is the token of forms, empty for whoever is not signed in; ``notes`` are theirs alone,
    so that a page with them is nobody else's.
    """

    scenario: str
    cost: str
    notes: tuple[EventNote, ...]
    form: str


def beside_event(site: Site, ask: Ask, event: Event) -> Beside | None:
    """Return what stands beside an event; None for a reader who does not see the tools."""
    if not all(site.sees(part) for part in _PARTS):
        return None
    visit = ask.viewer.visit
    account = AccountId(visit.standing.account.id) if visit is not None else None
    return Beside(
        scenario=f"/lab/scenario?event={event.id}" if propose(event).drafts else "",
        cost=f"/lab/landed-cost?event={event.id}" if event.type is EventType.TARIFF else "",
        notes=site.ledger.desk_work.notes_on(account, event.id) if account else (),
        form=form_token(site, ask.viewer) if account else "",
    )
