"""Holding what changed in the ledger against the rules: each state of an event fires once.

What fired, what is to be told of it and up to when was looked are written in one transaction, so a
run that is killed and one that is repeated end alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lodewire.config.desk import DeskConfig
from lodewire.ledger.store import Ledger
from lodewire.model.alert import ChannelKind, Firing, Post, PostId, PostKind, Rule, Watch
from lodewire.model.event import Event
from lodewire.model.ids import EventId, content_id
from lodewire.model.tier import Reach
from lodewire.workbench.alerts.judging import (
    NEWS,
    Grounds,
    met_by,
    prices_met,
    version_of,
)
from lodewire.workbench.alerts.owners import alert_reach

#: Changes so long before the last look are looked at again: a run may have begun before it.
SLACK = timedelta(days=2)
_BATCH = 200


def fire_rules(ledger: Ledger, desk: DeskConfig, *, now: datetime) -> tuple[Firing, ...]:
    """Find what is new for every rule, and queue it for their channels; returns what fired.

    Repeating it changes nothing.
    """
    rules = [r for r in ledger.alerts.rules() if not r.paused]
    start = (ledger.alerts.looked() or now - NEWS) - SLACK
    with ledger.snapshot():
        found = list(_found(ledger, desk, rules, start, now)) if rules else []
    new: list[Firing] = []
    with ledger.transaction():
        for rule, firings in found:
            fired = ledger.alerts.fire(firings)
            queue_posts(ledger, desk, rule, fired, now=now)
            new += fired
        ledger.alerts.look(now)
    return tuple(new)


def _found(
    ledger: Ledger, desk: DeskConfig, rules: Sequence[Rule], start: datetime, now: datetime
) -> Iterator[tuple[Rule, list[Firing]]]:
    touched = ledger.alerts.touched(start, now)
    grounds = Grounds(ledger=ledger, desk=desk, at=now)
    met: dict[str, list[Firing]] = {}
    judged = [
        (rule, watched_by(ledger, rule), reach)
        for rule in rules
        if (reach := alert_reach(desk, ledger, rule.owner, now=now)) is not None
    ]
    ids = sorted(touched)
    for at in range(0, len(ids), _BATCH):
        events = ledger.events.get_all(ids[at : at + _BATCH])
        for rule, watches, reach in judged:
            fresh = [e for e in events if touched[e.id] > rule.since]
            met.setdefault(rule.id, []).extend(
                new_for(ledger, rule, watches, fresh, grounds, reach=reach, at=now)
            )
    for rule, watches, _ in judged:
        months = dict(rule.prices)
        prices = [
            firing
            for month, firing in prices_met(rule, watches, desk.root, at=now)
            if month > months.get(firing.subject.partition(":")[2], "")
        ]
        yield rule, [*_not_merged(ledger, rule, met.get(rule.id, []), now), *prices]


def watched_by(ledger: Ledger, rule: Rule) -> tuple[Watch, ...]:
    """Return what a rule watches: what it names, or its owner's whole list."""
    mine = ledger.alerts.watched(rule.owner)
    return tuple(w for w in mine if not rule.watches or w.id in rule.watches)


def new_for(
    ledger: Ledger,
    rule: Rule,
    watches: Sequence[Watch],
    events: Sequence[Event],
    grounds: Grounds,
    *,
    reach: Reach,
    at: datetime,
) -> list[Firing]:
    """Return what of ``events`` a rule fires on: what stood so before it began is not new."""
    met = list(met_by(rule, watches, events, grounds, reach=reach, at=at))
    old = [e.id for e, _ in met if e.first_seen <= rule.since]
    before: dict[EventId, str] = {}
    if old:
        before = {e.id: version_of(e) for e in ledger.as_of(rule.since).events.get_all(old)}
    return [firing for event, firing in met if before.get(event.id) != firing.version]


def _not_merged(ledger: Ledger, rule: Rule, found: Sequence[Firing], at: datetime) -> list[Firing]:
    """Leave out what a rule told of another event, which was merged into this one since."""
    if not found:
        return []
    ids = {f.subject for f in found}
    others = [
        f
        for f in ledger.alerts.fired([rule.id], since=at - 2 * NEWS)
        if f.subject not in ids and f.subject.startswith("ev_")
    ]
    told = {(ledger.events.current(EventId(f.subject)), f.version) for f in others}
    return [f for f in found if (f.subject, f.version) not in told]


def queue_posts(
    ledger: Ledger, desk: DeskConfig, rule: Rule, fired: Sequence[Firing], *, now: datetime
) -> None:
    """Queue what a rule found for each of its channels that is on; feeds read it by themselves."""
    if not fired:
        return
    due = rule.pace.due(now, desk.channels.digest_hour)
    for id_ in rule.channels:
        endpoint = ledger.alerts.endpoint(id_)
        if endpoint is None or endpoint.off_at or endpoint.kind is ChannelKind.FEED:
            continue
        # A digest gathers until it is due; what is told at once is told together.
        told = [due.isoformat()] if due > now else [f"{f.subject} {f.version}" for f in fired]
        ledger.posts.queue(
            Post(
                id=PostId(content_id("po", endpoint.id, rule.id, *told)),
                endpoint_id=endpoint.id,
                kind=PostKind.ALERT,
                about=rule.id,
                due_at=due,
                next_at=due,
            ),
            fired,
        )
