"""Whether an event, or a price, is what a rule asks for: the same code for now and for the past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from lodewire.config.desk import DeskConfig
from lodewire.ledger.amounts import AmountFilter
from lodewire.ledger.store import Ledger
from lodewire.model.alert import Conditions, Firing, PriceTest, Rule, Watch, WatchId, WatchKind
from lodewire.model.event import Event
from lodewire.model.ids import EntityId, EventId, content_id
from lodewire.model.price import PricePoint
from lodewire.model.tier import Reach
from lodewire.publish.brief import is_told
from lodewire.publish.rank import rate_importance
from lodewire.publish.sentences import tell_event
from lodewire.reference.prices import price_series, prices_of
from lodewire.workbench.alerts.owned import owned_events
from lodewire.workbench.alerts.watching import ids_of

#: What was first reported longer ago is history, however late it is read.
NEWS = timedelta(days=30)
PRICE = "price:"


def version_of(event: Event) -> str:
    """Return the state of an event that a reader is told: another sentence or status is news.

    A further source that says the same is not.
    """
    told = (event.type.value, event.status.value, event.modality.value, tell_event(event))
    return content_id("v", *told)


@dataclass(slots=True, kw_only=True)
class Grounds:
    """What watches stand for in one state of a ledger, looked up once for all rules."""

    ledger: Ledger
    desk: DeskConfig
    at: datetime
    _searches: dict[WatchId, frozenset[EventId]] = field(default_factory=dict)
    _ids: dict[WatchId, frozenset[EntityId]] = field(default_factory=dict)
    _own: frozenset[EventId] | None = None

    def touches(self, watch: Watch, event: Event) -> bool:
        """Tell whether an event is about what is watched."""
        if watch.kind is WatchKind.DESK:
            return any(d.value == watch.ref for d in event.desks)
        if watch.kind is WatchKind.EVENT_TYPE:
            return event.type.value == watch.ref
        if watch.kind is WatchKind.SEARCH:
            return event.id in self._found(watch)
        if watch.kind is WatchKind.OWN:
            return event.id in self._owned()
        wanted = self._ids.get(watch.id)
        if wanted is None:
            wanted = self._ids[watch.id] = ids_of(watch)
        return any(s.entity in wanted for s in event.statements if s.retracted_at is None)

    def _found(self, watch: Watch) -> frozenset[EventId]:
        if watch.id not in self._searches:
            saved = next((s for s in self.ledger.saved.all() if s.name == watch.ref), None)
            found: frozenset[EventId] = frozenset()
            if saved is not None:  # a search that was forgotten finds nothing more
                found = self.ledger.search.event_ids(saved.query, saved.filters)
            self._searches[watch.id] = found
        return self._searches[watch.id]

    def _owned(self) -> frozenset[EventId]:
        if self._own is None:
            self._own = owned_events(self.desk, self.ledger, self.at.date(), since=NEWS)
        return self._own


def met_by(
    rule: Rule,
    watches: Sequence[Watch],
    events: Iterable[Event],
    grounds: Grounds,
    *,
    reach: Reach,
    at: datetime,
) -> Iterator[tuple[Event, Firing]]:
    """Yield the events that a rule asks for as they stand, each with what it would fire.

    Only what may be told, is the news of its documents, was first reported in the last 30 days, and
    lies in the reader's part of the archive.
    """
    today = at.date()
    for event in events:
        if not (event.core and is_told(event) and _is_news(event, today)):
            continue
        if not (reach.reads(event.reported, today) and fits(event, rule.conditions)):
            continue
        why = tuple(w.name for w in watches if grounds.touches(w, event))
        if why:
            yield (
                event,
                Firing(
                    rule_id=rule.id,
                    subject=event.id,
                    version=version_of(event),
                    at=at,
                    sentence=tell_event(event),
                    why=why,
                ),
            )


def fits(event: Event, wanted: Conditions) -> bool:
    """Tell whether an event meets the conditions of a rule."""
    return (
        (not wanted.types or event.type in wanted.types)
        and (not wanted.statuses or event.status in wanted.statuses)
        and event.confidence >= wanted.least_confidence
        and (
            not wanted.least_importance
            or rate_importance(event, event.reported).score >= wanted.least_importance
        )
        and (wanted.amount is None or _states(event, wanted.amount, wanted.unit))
    )


def _states(event: Event, least: Decimal, unit: str) -> bool:
    asked = AmountFilter(unit=unit, low=least)
    return any(asked.holds_for(s) for s in event.statements)


def _is_news(event: Event, today: date) -> bool:
    return event.reported is None or event.reported >= today - NEWS


# Prices


def prices_met(
    rule: Rule,
    watches: Sequence[Watch],
    desk: Path | None,
    *,
    at: datetime,
) -> Iterator[tuple[str, Firing]]:
    """Yield (month, firing) of each watched price whose latest month by ``at`` passes its test."""
    for watch in (w for w in watches if w.kind is WatchKind.PRICE):
        points = known_points(watch.ref, desk, at)
        if len(points) >= 2 and passes(watch, points[-2], points[-1]):
            last = points[-1]
            assert watch.test is not None
            yield (
                last.period,
                Firing(
                    rule_id=rule.id,
                    subject=f"{PRICE}{watch.ref}",
                    version=content_id("v", watch.id, last.period),
                    at=at,
                    sentence=price_words(watch, points[-2], last, desk),
                    why=(watch.name,),
                ),
            )


def passes(watch: Watch, before: PricePoint, last: PricePoint) -> bool:
    """Tell whether a price came past its level with the last month, or moved so far by it."""
    assert watch.level is not None
    if watch.test is PriceTest.ABOVE:
        return before.value <= watch.level < last.value
    if watch.test is PriceTest.BELOW:
        return before.value >= watch.level > last.value
    return bool(before.value) and abs(last.value / before.value - 1) >= watch.level


def price_words(watch: Watch, before: PricePoint, last: PricePoint, desk: Path | None) -> str:
    """Return "Copper averaged 9,740 USD/t in 2025-03, after 9,330 USD/t in 2025-02"."""
    name = next((s.name for s in price_series(desk) if s.id == watch.ref), watch.ref)
    return (
        f"{name} averaged {last.value:,f} {last.unit} in {last.period}, "
        f"after {before.value:,f} {before.unit} in {before.period}."
    )


def known_points(series: str, desk: Path | None, at: datetime) -> list[PricePoint]:
    """Return the months of a series that were over: a month's average is known from its end on."""
    return [p for p in prices_of(series, desk) if p.period < f"{at:%Y-%m}"]


def latest_months(
    watches: Iterable[Watch], desk: Path | None, at: datetime
) -> tuple[tuple[str, str], ...]:
    """Return (series, latest month) of every watched price: known before a rule begins."""
    found = {}
    for watch in (w for w in watches if w.kind is WatchKind.PRICE):
        points = known_points(watch.ref, desk, at)
        if points:
            found[watch.ref] = points[-1].period
    return tuple(sorted(found.items()))
