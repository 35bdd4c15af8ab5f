"""Rules: checked, kept, paused and gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lodewire.config.desk import DeskConfig
from lodewire.errors import NotThere, QueryError, TooMany
from lodewire.ledger.store import Ledger
from lodewire.model.alert import Conditions, EndpointId, Pace, Rule, Watch, WatchId
from lodewire.ontology.event_types import load_event_types
from lodewire.workbench.alerts.endpoints import checked_name
from lodewire.workbench.alerts.firing import watched_by
from lodewire.workbench.alerts.judging import latest_months

_WATCHES_A_RULE = 10


def add_watch(ledger: Ledger, desk: DeskConfig, watch: Watch) -> bool:
    """Put something on a watch list; False where it is there. Raises TooMany."""
    there = len(ledger.alerts.watched(watch.owner))
    if there >= desk.channels.most_rules * _WATCHES_A_RULE:
        raise TooMany(f"{there} watches are as many as there can be", hint="remove some")
    return ledger.alerts.watch(watch)


def make_rule(
    ledger: Ledger,
    desk: DeskConfig,
    owner: str,
    name: str,
    *,
    watches: Sequence[str] = (),
    conditions: Conditions | None = None,
    channels: Sequence[str] = (),
    pace: Pace = Pace.AT_ONCE,
    now: datetime,
) -> Rule:
    """Return a rule, without keeping it. Raises QueryError for what its owner does not have."""
    wanted = conditions or Conditions()
    if (wanted.amount is None) != (not wanted.unit):
        raise QueryError("an amount has a unit", hint='such as 100000000 and "USD"')
    mine = {str(w.id): w.id for w in ledger.alerts.watched(owner)}
    ends = {str(e.id): e.id for e in ledger.alerts.endpoints(owner)}
    if unknown := [id_ for id_ in watches if id_ not in mine]:
        raise NotThere(f"{unknown[0]!r} is not on the watch list", hint="add it there first")
    if unknown := [id_ for id_ in channels if id_ not in ends]:
        raise NotThere(f"there is no channel {unknown[0]!r}", hint="add it first")
    rule = Rule(
        owner=owner,
        name=checked_name(name),
        created_at=now,
        since=now,
        watches=tuple(WatchId(mine[i]) for i in dict.fromkeys(watches)),
        conditions=wanted,
        channels=tuple(EndpointId(ends[i]) for i in dict.fromkeys(channels)),
        pace=pace,
    )
    return replace(rule, prices=latest_months(watched_by(ledger, rule), desk.root, now))


def keep_rule(ledger: Ledger, desk: DeskConfig, rule: Rule) -> None:
    """Keep a rule; one of the same name is replaced, and what it fired stays. Raises TooMany."""
    mine = ledger.alerts.rules(rule.owner)
    if all(r.id != rule.id for r in mine) and len(mine) >= desk.channels.most_rules:
        raise TooMany(f"{len(mine)} rules are as many as there can be", hint="delete one")
    ledger.alerts.put_rule(rule)


def pause_rule(
    ledger: Ledger, desk: DeskConfig, rule: Rule, paused: bool, *, now: datetime
) -> Rule:
    """Pause a rule, or go on with it: what happened meanwhile is not told."""
    since = rule.since if paused or not rule.paused else now
    changed = replace(rule, paused=paused, since=since)
    if not paused and rule.paused:
        months = latest_months(watched_by(ledger, rule), desk.root, now)
        changed = replace(changed, prices=months)
    ledger.alerts.put_rule(changed)
    return changed


def read_amount(text: str) -> tuple[Decimal, str]:
    """Return the number and the unit of "500000000 USD"; raises QueryError."""
    number, _, unit = " ".join(text.split()).partition(" ")
    try:
        amount = Decimal(number.replace(",", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and unit and 0 <= amount < 10**18 and len(unit) <= 20):
        raise QueryError(f"{text[:40]!r} is no amount", hint='write "500000000 USD" or "1000 t"')
    return amount, unit


def condition_words(wanted: Conditions) -> str:
    """Return what a rule asks for, in words; empty where it takes everything."""
    told = []
    if wanted.types:
        told.append(" or ".join(load_event_types()[t].label for t in wanted.types))
    if wanted.statuses:
        told.append(" or ".join(s.value.replace("_", " ") for s in wanted.statuses))
    if wanted.least_confidence:
        told.append(f"confidence from {wanted.least_confidence:g}")
    if wanted.least_importance:
        told.append(f"importance from {wanted.least_importance:g}")
    if wanted.amount is not None:
        told.append(f"{wanted.amount:,f} {wanted.unit} or more")
    return "; ".join(told)
