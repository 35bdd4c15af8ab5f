"""Notes of one's own on events: written on the event's page, listed here, seen by nobody else."""

from __future__ import annotations

from lodewire.errors import QueryError
from lodewire.model.account import AccountId
from lodewire.model.ids import EventId
from lodewire.publish.sentences import tell_event
from lodewire.web.door import now_utc
from lodewire.web.forms import visit_of
from lodewire.web.languages import _
from lodewire.web.pages.analyst.common import account_of, demand_tools, tabs, told_words, tool_page
from lodewire.web.pages.event import told_event
from lodewire.web.site import Ask, Page, Site, led_to
from lodewire.workbench.notes import delete_note, write_note


def notes(site: Site, ask: Ask) -> Page:
    """All notes of the reader, the latest first."""
    demand_tools(site)
    return _page(site, ask)


def _page(site: Site, ask: Ask, problem: str = "") -> Page:
    account = account_of(ask)
    mine = site.ledger.desk_work.notes_of(account) if account else ()
    ids = {n.event_id: site.ledger.events.current(n.event_id) for n in mine}
    events = {e.id: tell_event(e) for e in site.ledger.events.get_all(dict.fromkeys(ids.values()))}
    return tool_page(
        site,
        ask,
        "analyst/notes.html.j2",
        heading=_("Notes"),
        path="/notes",
        status=400 if problem else 200,
        problem=problem,
        tabs=tabs(),
        notes=[(n, ids[n.event_id], events.get(ids[n.event_id], "")) for n in mine],
    )


def write(site: Site, ask: Ask) -> Page:
    """Keep a note on an event."""
    demand_tools(site)
    account = AccountId(visit_of(ask).standing.account.id)
    found = told_event(site, ask.form.get("event", ""))
    site.demand_day(found)
    try:
        write_note(site.ledger, account, found.id, ask.form.get("text", ""), now=now_utc())
    except QueryError as error:
        return _page(site, ask, told_words(error))
    return led_to(f"/event/{found.id}#notes")


def delete(site: Site, ask: Ask) -> Page:
    """Delete a note of the reader's own."""
    demand_tools(site)
    account = AccountId(visit_of(ask).standing.account.id)
    try:
        note = delete_note(site.ledger, account, ask.form.get("note", ""))
    except QueryError as error:
        return _page(site, ask, told_words(error))
    if ask.form.get("back") == "event":
        return led_to(f"/event/{site.ledger.events.current(EventId(note.event_id))}")
    return led_to("/notes")
