"""Promises: deals and plans, how far each has come, and what of the tonnes and sums came.

The stages are those the promise's own life shows (:mod:`lodewire.model.life`), and those that later
events show which are linked to it (:mod:`.promise_links`). Method promises/1
(docs/methods/promises.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import combinations
from statistics import median_low

from lodewire.analytics.event_terms import last_day
from lodewire.analytics.promise_links import FOLLOWS, Terms, terms_of, why_linked
from lodewire.errors import UnitError
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.model.life import Life, LifeStage
from lodewire.model.promise import (
    Promise,
    PromiseCount,
    PromisedAmount,
    PromiseStage,
    PromiseStep,
    PromiseTotal,
)
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, QuantityKind, Status
from lodewire.ontology.life_spans import LifeSpan
from lodewire.ontology.units import comparable, convert, kind_of

METHOD = "promises/1"
_LADDER = (
    PromiseStage.ANNOUNCED,
    PromiseStage.AGREED,
    PromiseStage.FINANCED,
    PromiseStage.PERMITTED,
    PromiseStage.BUILDING,
    PromiseStage.PRODUCING,
)
_OWN = {
    LifeStage.RUMOURED: PromiseStage.ANNOUNCED,
    LifeStage.ANNOUNCED: PromiseStage.ANNOUNCED,
    LifeStage.AGREED: PromiseStage.AGREED,
    LifeStage.IN_FORCE: PromiseStage.AGREED,
    LifeStage.RESUMED: PromiseStage.AGREED,
    LifeStage.SUSPENDED: PromiseStage.SUSPENDED,
    LifeStage.DENIED: PromiseStage.ENDED,
    LifeStage.ENDED: PromiseStage.ENDED,
}
_DONE = (Status.IN_FORCE, Status.COMPLETED)
_BUILT = {
    "construction": PromiseStage.BUILDING,
    "expansion": PromiseStage.BUILDING,
    "first_production": PromiseStage.PRODUCING,
    "ramp_up": PromiseStage.PRODUCING,
    "restart": PromiseStage.PRODUCING,
}
_AMOUNTS = ("volume", "capacity", "value")


def find_promises(
    events: Iterable[Event],
    lives: Mapping[EventId, Life],
    *,
    today: date,
    spans: Mapping[EventType, LifeSpan],
) -> tuple[Promise, ...]:
    """Return every promise among ``events`` with what came of it by ``today``, the newest first.

    ``lives`` gives the life of each event that may be a promise; ``spans`` how long types usually
    stay silent. Events of other types, or later ones, are what may have come of it.
    """
    told = [t for e in events if e.modality is not Modality.DENIED and (t := terms_of(e))]
    told.sort(key=lambda t: (t.day, t.event.id))
    index = _Index(told)
    found = [
        _promise(terms, lives.get(terms.event.id), index, today, spans)
        for terms in told
        if is_promise(terms.event) and terms.day <= today
    ]
    return tuple(sorted(found, key=lambda p: (-p.day.toordinal(), p.event_id)))


def is_promise(event: Event) -> bool:
    """Tell whether an event promises something: a deal, or a step that a project plans."""
    if event.type not in FOLLOWS or event.modality in (Modality.DENIED, Modality.HYPOTHETICAL):
        return False
    if event.type is EventType.PROJECT_MILESTONE:
        return event.status in (Status.PROPOSED, Status.AGREED, Status.RUMOURED)
    return True


class _Index:
    """Events by what may link them, so that not all are compared with all."""

    def __init__(self, told: Sequence[Terms]) -> None:
        self._by: dict[str, list[Terms]] = {}
        for terms in told:
            for key in _keys(terms):
                self._by.setdefault(key, []).append(terms)

    def near(self, promise: Terms) -> list[Terms]:
        found = {t.event.id: t for key in _keys(promise) for t in self._by.get(key, ())}
        return sorted(found.values(), key=lambda t: (t.day, t.event.id))


def _keys(terms: Terms) -> set[str]:
    places = sorted({*terms.states, *terms.hosts})
    pairs = {f"{one}|{other}" for one, other in combinations(places, 2)}  # one country links none
    return {*terms.sites, *terms.firms, *terms.bodies, *pairs}


def _promise(
    terms: Terms,
    life: Life | None,
    index: _Index,
    today: date,
    spans: Mapping[EventType, LifeSpan],
) -> Promise:
    near = index.near(terms)
    linked = [
        (later, why)
        for later in near
        if later.day <= today and (why := why_linked(terms, later)) and _is_new(terms, later, near)
    ]
    own = _own_steps(terms, life)
    steps = [*own, *(s for later, why in linked if (s := _linked_step(later, why)))]
    steps.sort(key=lambda s: (s.day, _rank(s.stage), s.event_id))
    stage = _stage(steps)
    heard = max([s.day for s in steps] + ([life.last_heard] if life is not None else [terms.day]))
    return Promise(
        event_id=terms.event.id,
        type=terms.event.type.value,
        day=min([terms.day, *(s.day for s in own)]),
        stage=stage,
        steps=tuple(steps),
        parties=(*terms.firms.values(), *terms.bodies.values()),
        countries=terms.states,
        hosts=terms.hosts,
        commodities=terms.materials,
        sites=tuple(terms.sites.values()),
        promised=_amounts(terms.event),
        came=_came(linked),
        last_heard=heard,
        silent_days=max(0, (today - heard).days),
        usual_days=_usual(terms.event.type, stage, spans),
        age_days=max(0, (today - terms.day).days),
    )


def _is_new(promise: Terms, later: Terms, near: Sequence[Terms]) -> bool:
    """Tell whether an event came after the promise, and is not a part of its telling.

    Output counts of a period that ends after the promise and is over (else it is guidance), and
    only of a site that gave none before.
    """
    told = promise.event.reported or promise.day
    if set(later.event.document_ids) <= set(promise.event.document_ids) and later.day <= told:
        return False
    if later.event.type is not EventType.PRODUCTION_REPORT:
        return True
    spans = [s.value for s in later.event.of("period")]
    ends = [d for span in spans if (d := last_day(span)) is not None]
    if any(end < promise.day or end > later.day for end in ends):
        return False
    return not any(_gave_before(promise, one) for one in near)


def _gave_before(promise: Terms, one: Terms) -> bool:
    if one.event.type is not EventType.PRODUCTION_REPORT or not set(one.sites) & set(promise.sites):
        return False
    ends = [d for s in one.event.of("period") if (d := last_day(s.value)) is not None]
    return min([one.day, *ends]) < promise.day


def _own_steps(terms: Terms, life: Life | None) -> list[PromiseStep]:
    found = []
    for step in life.steps if life is not None else ():
        stage = _OWN.get(step.stage)
        if step.stage is LifeStage.CLOSED:
            stage = _closed(terms.event)
        if stage is not None:
            found.append(
                PromiseStep(
                    stage=stage,
                    day=step.day,
                    event_id=terms.event.id,
                    link="",
                    quote=" ".join(step.quote.split()),
                )
            )
    if not found:
        status = terms.event.of("status")
        quote = status[0].evidence.quote if status else terms.event.type.value
        found.append(
            PromiseStep(
                stage=PromiseStage.ANNOUNCED,
                day=terms.day,
                event_id=terms.event.id,
                link="",
                quote=" ".join(quote.split()),
            )
        )
    return found


def _closed(event: Event) -> PromiseStage:
    if event.type is EventType.FINANCING:
        return PromiseStage.FINANCED
    if event.type is EventType.PROJECT_MILESTONE:
        return _milestone(event) or PromiseStage.CLOSED
    return PromiseStage.CLOSED


def _milestone(event: Event) -> PromiseStage | None:
    return next((_BUILT[s.value] for s in event.of("stage") if s.value in _BUILT), None)


def _linked_step(later: Terms, why: str) -> PromiseStep | None:
    stage = _shown_by(later.event)
    if stage is None:
        return None
    quotes = [s.evidence.quote for s in later.event.of("status")]
    return PromiseStep(
        stage=stage,
        day=later.day,
        event_id=later.event.id,
        link=why,
        quote=" ".join(quotes[0].split()) if quotes else later.event.type.value,
    )


def _shown_by(event: Event) -> PromiseStage | None:
    """The stage that a later event shows to be reached; None for what is only planned or asked."""
    if event.modality is not Modality.ASSERTED:
        return None
    if event.type is EventType.PRODUCTION_REPORT:
        return PromiseStage.PRODUCING if _amounts(event) else None
    if event.type is EventType.PERMIT:
        granted = any(s.value == "granted" for s in event.of("action"))
        return PromiseStage.PERMITTED if granted and event.status in _DONE else None
    if event.type is EventType.PROJECT_MILESTONE:
        return _milestone(event) if event.status in _DONE else None
    if event.status not in (*_DONE, Status.AGREED):
        return None
    if event.type is EventType.FINANCING:
        return PromiseStage.FINANCED
    return PromiseStage.AGREED


def _stage(steps: Sequence[PromiseStep]) -> PromiseStage:
    """Where it stands: the end or halt that came last, else the furthest rung that was reached."""
    last = steps[-1]
    if last.stage in (PromiseStage.ENDED, PromiseStage.SUSPENDED):
        return last.stage
    reached = [s.stage for s in steps]
    if PromiseStage.CLOSED in reached:
        return PromiseStage.CLOSED
    return max((s for s in reached if s in _LADDER), key=_LADDER.index, default=last.stage)


def _rank(stage: PromiseStage) -> int:
    return _LADDER.index(stage) if stage in _LADDER else len(_LADDER)


def _usual(
    type_: EventType, stage: PromiseStage, spans: Mapping[EventType, LifeSpan]
) -> int | None:
    span = spans.get(type_)
    if span is None or stage in (PromiseStage.PRODUCING, PromiseStage.CLOSED, PromiseStage.ENDED):
        return None
    if stage in (PromiseStage.ANNOUNCED, PromiseStage.SUSPENDED):
        return span.talks
    return span.pending


def _amounts(event: Event) -> tuple[PromisedAmount, ...]:
    """The first stated amount of each role, with its unit; words without a number are none."""
    period = next((s.value for s in event.of("period")), "")
    found = (
        _amount(statement, event.id, period)
        for role in _AMOUNTS
        for statement in event.of(role)[:1]
    )
    return tuple(a for a in found if a is not None)


def _amount(statement: Statement, event_id: str, period: str) -> PromisedAmount | None:
    low, _, high = statement.value.partition("..")
    if statement.unit is None:
        return None
    try:
        kind = kind_of(statement.unit)
        bounds = (Decimal(low), Decimal(high or low))
    except (UnitError, InvalidOperation):
        return None
    if kind not in (QuantityKind.MASS, QuantityKind.MASS_RATE, QuantityKind.MONEY):
        return None
    unit = statement.unit
    for plain in ("t", "t/yr"):
        if comparable(unit, plain):
            bounds = (convert(bounds[0], unit, plain), convert(bounds[1], unit, plain))
            unit = plain
    return PromisedAmount(
        role=statement.property,
        low=bounds[0],
        high=bounds[1],
        unit=unit,
        event_id=event_id,
        period=period,
    )


def _came(linked: Iterable[tuple[Terms, str]]) -> tuple[PromisedAmount, ...]:
    """Sums that were financed, the capacity reached last, and the latest output reported.

    Reports of a quarter and of its year overlap: output is not added up over reports.
    """
    money: list[PromisedAmount] = []
    latest: dict[tuple[str, str], PromisedAmount] = {}
    for later, _ in linked:  # in order of days
        stage = _shown_by(later.event)
        for amount in _amounts(later.event) if stage is not None else ():
            if amount.role == "value" and stage is PromiseStage.FINANCED:
                money.append(amount)
            elif stage is PromiseStage.PRODUCING and amount.role != "value":
                latest[(amount.role, amount.unit)] = amount
    return (*money, *latest.values())


def count_promises(
    promises: Iterable[Promise], country: str | None = None
) -> tuple[PromiseCount, ...]:
    """Return how many promises stand at which stage, by partner country.

    A partner is any country of a promise's parties or sites; with ``country`` any other than it.
    A promise with three partners counts for each of them.
    """
    groups: dict[tuple[str, PromiseStage], list[Promise]] = {}
    for promise in promises:
        for partner in partners_of(promise, country):
            groups.setdefault((partner, promise.stage), []).append(promise)
    order = list(PromiseStage)
    return tuple(
        PromiseCount(
            partner=partner,
            stage=stage,
            count=len(some),
            silent=sum(p.silent for p in some),
            median_age=median_low(ages) if (ages := [p.age_days for p in some if p.open]) else None,
        )
        for (partner, stage), some in sorted(
            groups.items(), key=lambda g: (g[0][0], order.index(g[0][1]))
        )
    )


def partners_of(promise: Promise, country: str | None = None) -> tuple[str, ...]:
    """Return the countries of a promise but ``country``; each once."""
    told = dict.fromkeys((*promise.countries, *promise.hosts))
    return tuple(c for c in told if c != country)


def involves(promise: Promise, country: str) -> bool:
    """Tell whether a party or a site of the promise is of ``country``."""
    return country in promise.countries or country in promise.hosts


def total_promises(promises: Iterable[Promise]) -> tuple[PromiseTotal, ...]:
    """Return what was promised against what came, by unit."""
    sums: dict[str, list[Promise]] = {}
    told = list(promises)
    for promise in told:
        for unit in dict.fromkeys(a.unit for a in (*promise.promised, *promise.came)):
            sums.setdefault(unit, []).append(promise)
    return tuple(_total(unit, some) for unit, some in sorted(sums.items()))


def _total(unit: str, promises: Sequence[Promise]) -> PromiseTotal:
    said = [a for p in promises for a in p.promised if a.unit == unit]
    came = {a.event_id + a.role: a for p in promises for a in p.came if a.unit == unit}
    return PromiseTotal(
        unit=unit,
        promises=sum(any(a.unit == unit for a in p.promised) for p in promises),
        low=sum((a.low for a in said), Decimal()),
        high=sum((a.high for a in said), Decimal()),
        delivered=sum(any(a.unit == unit for a in p.came) for p in promises),
        came_low=sum((a.low for a in came.values()), Decimal()),
        came_high=sum((a.high for a in came.values()), Decimal()),
    )
