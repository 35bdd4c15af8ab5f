"""Views of the table that an account keeps by name."""

from __future__ import annotations

from datetime import datetime

from lodewire.errors import QueryError
from lodewire.ledger.store import Ledger
from lodewire.model.account import AccountId
from lodewire.model.desk_work import LONGEST_NAME, MOST_VIEWS, TableView, ViewId
from lodewire.model.plain import plain
from lodewire.workbench.table.asked import asked_in, query_of, table_ask

_GONE = QueryError("you have no such view", hint="It may have been deleted before.")


def save_view(
    ledger: Ledger, account: AccountId, name: str, query: str, *, now: datetime
) -> TableView:
    """Keep what is asked of the table under a name; one of the same name is set anew.

    Raises QueryError for a name that is none, a question that cannot be asked, and for too many.
    """
    told = asked_in(query)
    table_ask(told)
    view = TableView(account_id=account, name=_name(name), query=query_of(told), saved_at=now)
    with ledger.transaction():
        known = {v.id for v in ledger.desk_work.views_of(account)}
        if view.id not in known and len(known) >= MOST_VIEWS:
            raise QueryError(
                f"an account keeps {MOST_VIEWS} views", hint="Delete one you no longer need."
            )
        ledger.desk_work.put_view(view)
    return view


def rename_view(ledger: Ledger, account: AccountId, id_: str, name: str, *, now: datetime) -> None:
    """Give a view another name. Raises QueryError where there is none, or the name is taken."""
    views = {v.id: v for v in ledger.desk_work.views_of(account)}
    found = views.get(ViewId(id_))
    if found is None:
        raise _GONE
    wanted = _name(name)
    if not ledger.desk_work.rename_view(account, found.id, wanted, at=now):
        raise QueryError(
            f"you have a view called {wanted!r} already", hint="Choose another name for this one."
        )


def delete_view(ledger: Ledger, account: AccountId, id_: str) -> None:
    """Delete a view. Raises QueryError where the account has none."""
    if not ledger.desk_work.drop_view(account, ViewId(id_)):
        raise _GONE


def _name(told: str) -> str:
    name = " ".join(plain(told).split())
    if not name or len(name) > LONGEST_NAME:
        raise QueryError("a view needs a name", hint=f"Write 1 to {LONGEST_NAME} characters.")
    return name
