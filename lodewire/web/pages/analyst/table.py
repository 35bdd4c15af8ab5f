"""The ledger as a table: filters, order, groups, columns, saved views, and files to take along."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from lodewire.errors import LodewireError, PublishError, QueryError
from lodewire.ledger.selecting import EventOrder
from lodewire.model.event import Event
from lodewire.model.tier import Part
from lodewire.model.vocabulary import EventType, Status
from lodewire.publish.brief import is_told
from lodewire.publish.table_files import MEDIA, WRITERS
from lodewire.publish.tables import EVENT_COLUMNS
from lodewire.publish.wording import print_bounds
from lodewire.web.door import now_utc
from lodewire.web.forms import visit_of
from lodewire.web.languages import _
from lodewire.web.pages.analyst.common import account_of, demand_tools, tabs, told_words, tool_page
from lodewire.web.site import Ask, Missing, Page, Site, led_to
from lodewire.workbench.table.asked import (
    SHOWN_COLUMNS,
    GroupBy,
    TableAsk,
    asked_in,
    query_of,
    table_ask,
)
from lodewire.workbench.table.reading import (
    Found,
    Grouped,
    TablePage,
    all_rows,
    find,
    read_groups,
    read_page,
)
from lodewire.workbench.table.views import delete_view, rename_view, save_view

MOST_ROWS = 20_000
"""Rows of a file; the API and `lodewire ledger` give more."""
SCRIPT = "table.js"
_EMPTY = TablePage(rows=(), cursor=None)


def table(site: Site, ask: Ask) -> Page:
    """The table as the address asks for it; an address with empty fields leads to a short one."""
    demand_tools(site)
    if "" in ask.query.values():
        return led_to(_path(ask.query, ask.query.get("after", "")))
    return _page(site, ask, ask.query)


def _page(site: Site, ask: Ask, told: Mapping[str, str], problem: str = "") -> Page:
    asked, rows, groups = TableAsk(), _EMPTY, None
    try:
        asked = table_ask(told)
        found = _found(site, asked, told)
        rows = _rows(site, found, told)
        groups = _grouped(site, asked, found, told)
    except LodewireError as error:
        problem = problem or told_words(error)
    account = account_of(ask)
    return tool_page(
        site,
        ask,
        "analyst/table.html.j2",
        heading=_("Table"),
        path="/table",
        status=400 if problem else 200,
        problem=problem,
        tabs=tabs(),
        told=told,
        asked=asked,
        rows=rows.rows,
        onward=_path(told, rows.cursor) if rows.cursor else "",
        first=_path(told) if told.get("after") else "",
        groups=groups,
        narrowed=lambda more: _path({**told, **more, "group": ""}),
        sorted_by=lambda order: _path({**told, "sort": order}),
        amount_of=_amount_words,
        views=site.ledger.desk_work.views_of(account) if account else (),
        query=query_of(told),
        forms=tuple(MEDIA) if site.sees(Part.EXPORTS) else (),
        types=list(EventType),
        statuses=list(Status),
        orders=_orders(),
        groupings=list(GroupBy),
        columns=EVENT_COLUMNS,
        shown=[c.name for c in asked.columns],
        usual=SHOWN_COLUMNS,
        scripts=(SCRIPT,),
    )


def _orders() -> list[tuple[str, str]]:
    """Orders with their words; the first is the usual one, which an address leaves out."""
    return [
        (EventOrder.NEWEST.value, _("Newest first")),
        (EventOrder.OLDEST.value, _("Oldest first")),
        (EventOrder.TOLD.value, _("Most documents first")),
        (EventOrder.AMOUNT.value, _("Largest amount first")),
    ]


def _path(told: Mapping[str, str], cursor: str = "") -> str:
    query = query_of(told)
    if cursor:
        query += ("&" if query else "") + urlencode({"after": cursor})
    return f"/table?{query}" if query else "/table"


def _fits(site: Site) -> Any:
    def fits(event: Event) -> bool:
        return is_told(event) and site.reads(event)

    return fits


def _found(site: Site, asked: TableAsk, told: Mapping[str, str]) -> Found:
    """Where the events stand: kept for a minute, for all pages of one question."""
    first = site.since()
    same = query_of({k: v for k, v in told.items() if k not in ("group", "columns")})
    return site.memory.get(("table", same, first), lambda: find(site.ledger, asked, first=first))


def _rows(site: Site, found: Found, told: Mapping[str, str]) -> TablePage:
    """One page of rows, kept as long: who goes back to it waits for nothing."""
    cursor, first = told.get("after", ""), site.since()
    same = query_of({k: v for k, v in told.items() if k not in ("group", "columns")})

    def read() -> TablePage:
        return read_page(site.ledger, found, _fits(site), site.publishers, cursor=cursor)

    return site.memory.get(("table page", same, first, cursor), read)


def _grouped(site: Site, asked: TableAsk, found: Found, told: Mapping[str, str]) -> Grouped | None:
    if asked.group is None:
        return None
    by, first = asked.group, site.since()
    same = query_of({k: v for k, v in told.items() if k not in ("sort", "columns")})
    key = ("table groups", same, first, asked.order)
    return site.memory.get(key, lambda: read_groups(site.ledger, found, by, _fits(site)))


def _amount_words(row: Mapping[str, Any]) -> str:
    if row["amount"] is None:
        return ""
    return print_bounds(row["amount"], row["amount_unit"], row["amount_qualifier"])


def export(site: Site, ask: Ask) -> Page:
    """The whole table as a file, in all columns that are chosen."""
    demand_tools(site)
    site.demand(Part.EXPORTS)
    form = ask.path.rpartition(".")[2]
    out = io.BytesIO()
    try:
        asked = table_ask(ask.query)
        found = _found(site, asked, ask.query)
        columns = asked.columns if ask.query.get("columns") else EVENT_COLUMNS
        rows = all_rows(site.ledger, found, _fits(site), site.publishers, most=MOST_ROWS)
        WRITERS[form](rows, columns, out)
    except PublishError as error:
        raise Missing(told_words(error)) from error
    except LodewireError as error:
        return _page(site, ask, {}, told_words(error))
    told = f'attachment; filename="events.{form}"'
    return Page(
        body=out.getvalue(),
        media=MEDIA[form],
        private=True,
        headers=(("content-disposition", told),),
    )


def save(site: Site, ask: Ask) -> Page:
    """Keep the view under a name."""
    demand_tools(site)
    account, query = visit_of(ask).standing.account.id, ask.form.get("query", "")
    try:
        view = save_view(site.ledger, account, ask.form.get("name", ""), query, now=now_utc())
    except (QueryError, ValueError) as error:
        return _refused(site, ask, query, error)
    return led_to(_path(asked_in(view.query)))


def rename(site: Site, ask: Ask) -> Page:
    """Give a view another name."""
    demand_tools(site)
    account, query = visit_of(ask).standing.account.id, ask.form.get("query", "")
    try:
        rename_view(
            site.ledger, account, ask.form.get("view", ""), ask.form.get("name", ""), now=now_utc()
        )
        return led_to(_path(asked_in(query)))
    except (QueryError, ValueError) as error:
        return _refused(site, ask, query, error)


def delete(site: Site, ask: Ask) -> Page:
    """Delete a view."""
    demand_tools(site)
    account, query = visit_of(ask).standing.account.id, ask.form.get("query", "")
    try:
        delete_view(site.ledger, account, ask.form.get("view", ""))
        return led_to(_path(asked_in(query)))
    except (QueryError, ValueError) as error:
        return _refused(site, ask, query, error)


def _refused(site: Site, ask: Ask, query: str, error: Exception) -> Page:
    if isinstance(error, LodewireError):
        problem = told_words(error)
    else:
        problem = _("This form cannot be read.")
    try:
        told = asked_in(query)
    except ValueError:
        told = {}
    return _page(site, ask, told, problem)
