"""The ledger's events against the user's own table: ranked, in the brief's order, and as alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from lodewire.analytics.holdings import positions_of
from lodewire.analytics.own_exposure import OwnView, rank_events, score_event
from lodewire.analytics.own_reach import ids_touching
from lodewire.config.desk import DeskConfig
from lodewire.errors import ConfigError
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.event import Event
from lodewire.model.holding import OwnScore, OwnTable
from lodewire.model.ids import EntityId, EventId
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.publish.rank import rate_importance
from lodewire.workbench.briefing.composing import replay_brief
from lodewire.workbench.own.own_alerts import Alert, AlertLog
from lodewire.workbench.owning import find_things

LOOK_BACK = timedelta(days=30)
_MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBrief:
    """The entries of a day that touch the user, the most first; ``others`` counts the rest."""

    brief: Brief
    entries: tuple[tuple[BriefEntry, OwnScore], ...]
    others: int


def view_on(desk: DeskConfig, ledger: Ledger, table: OwnTable, day: date) -> OwnView:
    """Return the table as events are held against it; raises ConfigError for a wrong country."""
    country = desk.own.country or None
    if country is not None and country not in load_countries():
        raise ConfigError(
            f"desk.toml: [own] country {country!r} is no country",
            hint='write its ISO 3166-1 code, such as "JP"',
        )
    names = sorted({h.supplier for h in table.holdings if h.supplier})
    return OwnView(
        positions=positions_of(table.holdings),
        country=country,
        suppliers={name: _ids_of(ledger, name, day) for name in names},
    )


def _ids_of(ledger: Ledger, name: str, day: date) -> frozenset[str]:
    return frozenset((*find_things(name, day), *(e.id for e in ledger.entities.named(name))))


def own_events(
    ledger: Ledger, own: OwnView, *, since: date | None = None, until: date | None = None
) -> list[tuple[Event, OwnScore]]:
    """Return the events first reported in these days that touch the table, the most first."""
    if not own.positions:
        return []
    near = frozenset(EntityId(i) for i in ids_touching(own))
    wanted = EventFilters(since=since, until=until, entities=(near,))
    return rank_events(((e, _weight(e)) for e in ledger.select(wanted)), own)


def _weight(event: Event, day: date | None = None) -> Decimal:
    return Decimal(str(rate_importance(event, day).score))


def own_brief(ledger: Ledger, desk: DeskConfig, own: OwnView, day: date, now: datetime) -> OwnBrief:
    """Return the brief of ``day`` ranked by the user's exposure; it is composed and not kept.

    Every sentence is proved as in any brief; raises as `compose_step`.
    """
    whole = desk.model_copy(
        update={"brief": desk.brief.model_copy(update={"entries_a_desk": _MOST_ENTRIES})}
    )
    brief = replay_brief(ledger, whole, day, at=now)
    entries = [entry for section in brief.sections for entry in section.entries]
    events = {e.id: e for e in ledger.events.get_all(entry.event_id for entry in entries)}
    found = []
    for entry in entries:
        event = events.get(entry.event_id)
        weight = Decimal(str(entry.importance))
        score = score_event(event, own, weight=weight) if event is not None else None
        if score is not None:
            found.append((entry, score))
    found.sort(key=lambda pair: (-pair[1].score, -pair[1].exposure, pair[0].event_id))
    return OwnBrief(brief=brief, entries=tuple(found), others=len(entries) - len(found))


def own_alerts(
    ledger: Ledger,
    desk: DeskConfig,
    own: OwnView,
    *,
    now: datetime,
    day: date,
    since: date | None = None,
    claim: bool = True,
) -> tuple[tuple[Event, Alert], ...]:
    """Return the events over their threshold that were not alerted before, the most first.

    Looks at what was first reported in the 30 days before the last run (or this one), or from
    ``since`` on. Each is told once, and again when it comes to a further status. ``claim`` False
    looks without telling.
    """
    log = AlertLog(desk.own_path)
    last = log.last_run()
    start = since or min(last or day, day) - LOOK_BACK
    limits = thresholds_of(desk)
    found = [
        (event, reached)
        for event, score in own_events(ledger, own, since=start)
        if (reached := due_score(event, score, own, limits, desk.own.threshold)) is not None
    ]
    before: dict[EventId, set[str]] = {}
    for told in log.told():
        at = ledger.events.current(EventId(told.event_id))
        before.setdefault(at, set()).add(told.status)
    due = log.new_of(found, before)
    if claim:
        claimed = log.claim(due, now=now, day=day)
    else:
        claimed = tuple(
            Alert(
                event_id=event.id,
                status=event.status.value,
                at=now,
                score=score.score,
                reason=score.reason,
                was=was,
            )
            for event, score, was in due
        )
    events = {event.id: event for event, _, _ in due}
    return tuple((events[EventId(alert.event_id)], alert) for alert in claimed)


def thresholds_of(desk: DeskConfig) -> Mapping[str, Decimal]:
    """Return commodity id -> threshold of desk.toml; raises ConfigError for an unknown one."""
    for name in desk.own.thresholds:
        if name not in load_commodities():
            from difflib import get_close_matches

            near = get_close_matches(name, list(load_commodities()), n=1)
            raise ConfigError(
                f"desk.toml: [own] thresholds: there is no commodity {name!r}",
                hint=f"did you mean {near[0]}?"
                if near
                else "docs/reference/ontology.md lists them",
            )
    return {name: Decimal(str(value)) for name, value in desk.own.thresholds.items()}


def due_score(
    event: Event, score: OwnScore, own: OwnView, limits: Mapping[str, Decimal], threshold: float
) -> OwnScore | None:
    """Return the score of the first position that reaches its threshold, with its own reason.

    The threshold is that of its commodity, else of the nearest group it belongs to, else the
    desk's. None where no position does.
    """
    for position, reached in zip(score.positions, score.scores, strict=True):
        kin = (position.commodity, *ancestors_of(position.commodity))
        limit = next((limits[c] for c in kin if c in limits), Decimal(str(threshold)))
        if reached < limit:
            continue
        if position is score.positions[0]:
            return score
        alone = score_event(event, replace(own, positions=(position,)))
        assert alone is not None
        return replace(score, score=reached, reason=alone.reason)
    return None
