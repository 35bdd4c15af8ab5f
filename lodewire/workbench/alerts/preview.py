"""What a rule would have fired in the last month, the days gone through again as known then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from lodewire.config.desk import DeskConfig
from lodewire.ledger.access import chunks
from lodewire.ledger.store import Ledger
from lodewire.model.alert import Firing, Rule
from lodewire.model.ids import EventId
from lodewire.model.tier import Reach
from lodewire.workbench.alerts.firing import new_for, watched_by
from lodewire.workbench.alerts.judging import Grounds, latest_months, prices_met

MONTH = timedelta(days=30)


def would_have_fired(
    ledger: Ledger, desk: DeskConfig, rule: Rule, *, reach: Reach, now: datetime
) -> tuple[Firing, ...]:
    """Return what a rule made a month ago would have fired since, the latest first.

    The ledger is asked as it was known at the end of each day (UTC) that changed it, by the code
    that a run fires with. The rule need not be kept.
    """
    with ledger.snapshot():
        found = list(_replayed(ledger, desk, rule, reach, now))
    return tuple(reversed(found))


def _replayed(
    ledger: Ledger, desk: DeskConfig, rule: Rule, reach: Reach, now: datetime
) -> Iterator[Firing]:
    began = now - MONTH
    watches = watched_by(ledger, rule)
    rule = replace(rule, since=began, prices=latest_months(watches, desk.root, began))
    told: set[tuple[str, str]] = set()
    for day, ids in sorted(ledger.alerts.touched_by_day(began, now).items()):
        moment = min(now, datetime.combine(day, time.max, UTC))
        then = ledger if moment == now else ledger.as_of(moment)
        grounds = Grounds(ledger=then, desk=desk, at=moment)
        for some in chunks(sorted(ids)):
            events = then.events.get_all(some)
            for firing in new_for(ledger, rule, watches, events, grounds, reach=reach, at=moment):
                # Two events that were merged since were told as two then, and are one now.
                key = (ledger.events.current(EventId(firing.subject)), firing.version)
                if key not in told:
                    told.add(key)
                    yield firing
    months = dict(rule.prices)
    for month, firing in prices_met(rule, watches, desk.root, at=now):
        if month > months.get(firing.subject.partition(":")[2], ""):
            yield firing
