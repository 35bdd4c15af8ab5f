"""Own exposure: what the reader buys, how it was mapped, and the events that it touches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lodewire.errors import LodewireError
from lodewire.model.account import AccountId
from lodewire.model.event import Event
from lodewire.model.holding import OwnScore
from lodewire.model.ids import EventId
from lodewire.model.tier import Part
from lodewire.publish.brief import is_told
from lodewire.publish.sentences import tell_event
from lodewire.web.door import now_utc
from lodewire.web.forms import accounts_of, visit_of
from lodewire.web.languages import _
from lodewire.web.pages.analyst.common import account_of, demand_tools, tabs, told_words, tool_page
from lodewire.web.site import Ask, Page, Site, led_to
from lodewire.workbench.own.account_tables import (
    LONGEST_TABLE,
    MOST_ROWS,
    KeptTable,
    account_table,
    account_view,
    keep_account_table,
)
from lodewire.workbench.own.own_exposure import own_events
from lodewire.workbench.own.own_rows import position_row

PATH = "/own"
MOST_EVENTS = 50
MOST_LEFT = 200
DAYS = ("30", "90", "365", "")
"""How far back events may be asked for; empty: all."""
Ranked = tuple[tuple[EventId, str, str, OwnScore], ...]


def own(site: Site, ask: Ask) -> Page:
    """The form, the table as it was mapped, and the events ranked."""
    _demand(site)
    return _page(site, ask)


def _demand(site: Site) -> None:
    demand_tools(site)
    site.demand(Part.EXPOSURE)


def _page(site: Site, ask: Ask, problem: str = "") -> Page:
    account = account_of(ask)
    days = ask.query.get("days", "")
    days = days if days in DAYS else ""
    kept, ranked = None, ((), 0)
    if account is not None:
        try:
            kept = account_table(site.ledger, account)
            ranked = _ranked(site, account, kept, days) if kept is not None else ranked
        except LodewireError as error:
            problem = problem or told_words(error)
    events, others = ranked
    return tool_page(
        site,
        ask,
        "analyst/own.html.j2",
        heading=_("Own exposure"),
        path=PATH,
        status=400 if problem else 200,
        problem=problem,
        tabs=tabs(),
        kept=kept,
        positions=[position_row(p) for p in kept.positions] if kept else (),
        left=kept.table.left_out[:MOST_LEFT] if kept else (),
        events=events,
        others=others,
        days=days,
        choices=DAYS,
        longest=LONGEST_TABLE // 1_000_000,
        most_rows=MOST_ROWS,
    )


def _ranked(
    site: Site, account: AccountId, kept: KeptTable, days: str
) -> tuple[tuple[Any, ...], int]:
    """The events that touch the table, the most first: kept for a minute, for this account."""
    today = site.clock().date()
    since = today - timedelta(days=int(days)) if days else None
    if (first := site.since()) is not None:
        since = max(first, since or first)

    def make() -> tuple[Ranked, int]:
        view = account_view(accounts_of(site).desk, site.ledger, kept, today)
        found = [pair for pair in own_events(site.ledger, view, since=since) if _may(site, pair[0])]
        told = tuple(
            (event.id, event.reported.isoformat() if event.reported else "", tell_event(event), s)
            for event, s in found[:MOST_EVENTS]
        )
        return told, len(found) - len(told)

    return site.memory.get(("own", account, kept.kept.version, since, today), make)


def _may(site: Site, event: Event) -> bool:
    return is_told(event) and site.reads(event)


def send(site: Site, ask: Ask) -> Page:
    """Keep the table that was sent, in place of the one before."""
    _demand(site)
    account = AccountId(visit_of(ask).standing.account.id)
    decimal = ask.form.get("decimal", "")
    if ask.file is None or not ask.file.body:
        return _page(site, ask, _("Choose a file first."))
    try:
        keep_account_table(
            site.ledger,
            account,
            ask.file.body,
            file=ask.file.name,
            decimal=decimal if decimal in (",", ".") else None,
            now=now_utc(),
        )
    except LodewireError as error:
        return _page(site, ask, told_words(error))
    return led_to(PATH)


def delete(site: Site, ask: Ask) -> Page:
    """Delete the table."""
    demand_tools(site)
    site.ledger.desk_work.drop_holdings(AccountId(visit_of(ask).standing.account.id))
    return led_to(PATH)
