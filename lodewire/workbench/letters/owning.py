"""Which insights of a letter touch what a reader's own account buys."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from lodewire.analytics.own_exposure import score_event
from lodewire.config.desk import DeskConfig
from lodewire.ledger.store import Ledger
from lodewire.model.account import AccountId
from lodewire.model.audience import Subscriber
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.workbench.own.account_tables import account_table, account_view


class OwnReader:
    """Holds the events of one letter against readers' tables, each table once."""

    def __init__(self, ledger: Ledger, desk: DeskConfig, day: date, ids: Iterable[EventId]) -> None:
        self._ledger = ledger
        self._desk = desk
        self._day = day
        self._ids = frozenset(ids)
        self._events: tuple[Event, ...] | None = None
        self._known: dict[AccountId, frozenset[EventId] | None] = {}

    def touching(self, readers: Collection[Subscriber]) -> dict[str, frozenset[EventId]]:
        """Return by address key what touches each; those without account or table are left out."""
        accounts = self._ledger.accounts.of_addresses(r.address_key for r in readers)
        found = {key: self._of_account(account.id) for key, account in accounts.items()}
        return {key: events for key, events in found.items() if events is not None}

    def _of_account(self, account: AccountId) -> frozenset[EventId] | None:
        if account not in self._known:
            self._known[account] = self._find(account)
        return self._known[account]

    def _find(self, account: AccountId) -> frozenset[EventId] | None:
        kept = account_table(self._ledger, account)
        if kept is None:
            return None
        view = account_view(self._desk, self._ledger, kept, self._day)
        if self._events is None:
            self._events = tuple(self._ledger.events.get_all(sorted(self._ids)))
        return frozenset(e.id for e in self._events if score_event(e, view) is not None)
