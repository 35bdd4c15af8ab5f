"""The desk's own table as something to watch; of what it buys nothing is written anywhere."""

from __future__ import annotations

from datetime import date, timedelta

from lodewire.config.desk import DeskConfig
from lodewire.ledger.store import Ledger
from lodewire.model.ids import EventId
from lodewire.workbench.own.own_exposure import due_score, own_events, thresholds_of, view_on
from lodewire.workbench.own.own_store import own_loads, own_table


def owned_events(
    desk: DeskConfig, ledger: Ledger, day: date, *, since: timedelta
) -> frozenset[EventId]:
    """Return the events up to a day that reach the thresholds of [own] in desk.toml."""
    if not own_loads(desk):
        return frozenset()
    _, table = own_table(desk)
    own = view_on(desk, ledger, table, day)
    limits = thresholds_of(desk)
    scored = own_events(ledger, own, since=day - since, until=day)
    return frozenset(
        event.id
        for event, score in scored
        if due_score(event, score, own, limits, desk.own.threshold) is not None
    )
