"""From when until when a restriction was in force, from its texts and those that end it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lodewire.analytics.event_terms import (
    Material,
    authority_places,
    first_day,
    materials_of,
    names_products,
    target_places,
)
from lodewire.model.collision import Measure
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.model.life import Life, LifeStage
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Status

RULE_TYPES = (EventType.EXPORT_RESTRICTION, EventType.TARIFF, EventType.SANCTION)
_HALTS = (LifeStage.SUSPENDED, LifeStage.ENDED)
_IN_FORCE = (LifeStage.IN_FORCE, LifeStage.RESUMED, LifeStage.CLOSED)
_LIFTING = "lifting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A restriction as deals are held against it: of an event of the ledger, or of a list.

    ``named`` are the statements on whom it is aimed at; ``listed`` says what it is in the words of
    the list that holds it, empty for a rule that texts of the ledger tell.
    """

    id: str
    type: EventType
    reported: date | None
    measure: Measure
    named: tuple[Statement, ...]
    authorities: tuple[str, ...]
    targets: tuple[str, ...]
    materials: tuple[Material, ...]
    all_goods: bool  # it names no product at all
    listed: str = ""

    def in_force_on(self, day: date) -> bool:
        """Tell whether it was in force on ``day``, as far as texts tell."""
        since, until = self.measure.since, self.measure.until
        return since is not None and since <= day and (until is None or until > day)


def rules_of(events: Iterable[Event], lives: Mapping[EventId, Life]) -> tuple[Rule, ...]:
    """Return the restrictions among ``events`` with the days they held, by id.

    One starts on the day of effect that texts state, else when the first text tells it in force;
    it ends when a text tells its end or suspension, or a later text of the same authority lifts it
    or tells it ended. A lifting is no restriction; what is denied or only imagined is none either.
    """
    told = [e for e in events if e.type in RULE_TYPES and e.modality is not Modality.DENIED]
    ends = [e for e in told if _is_lifting(e)]
    found = [
        _rule(event, lives.get(event.id), ends)
        for event in told
        if not _is_lifting(event) and event.modality is not Modality.HYPOTHETICAL
    ]
    return tuple(sorted(found, key=lambda r: r.id))


def _rule(event: Event, life: Life | None, ends: Iterable[Event]) -> Rule:
    authorities = tuple(p.country for p in authority_places(event))
    materials = materials_of(event)
    since = _since(event, life)
    until = _until(event, life)
    for end in ends:
        day = _effect(end) or end.reported
        if day is None or end.id == event.id or (since is not None and day <= since):
            continue
        if _same_rule(event, end) and (until is None or day < until):
            until = day
    return Rule(
        id=str(event.id),
        type=event.type,
        reported=event.reported,
        named=event.of("target"),
        measure=Measure(event_id=event.id, since=since, until=until, status=event.status.value),
        authorities=authorities,
        targets=tuple(p.country for p in target_places(event)),
        materials=materials,
        all_goods=not names_products(event),
    )


def _since(event: Event, life: Life | None) -> date | None:
    if event.modality is not Modality.ASSERTED or event.status in (
        Status.PROPOSED,
        Status.RUMOURED,
    ):
        return None
    stated = _effect(event)
    if stated is not None:
        return stated
    steps = life.steps if life is not None else ()
    began = next((s.day for s in steps if s.stage in _IN_FORCE), None)
    if began is None and event.status in (Status.IN_FORCE, Status.COMPLETED):
        return event.reported
    return began


def _until(event: Event, life: Life | None) -> date | None:
    if life is not None:
        if life.stage in _HALTS:
            return next(s.day for s in reversed(life.steps) if s.stage is life.stage)
        return None
    return event.reported if event.status in (Status.SUSPENDED, Status.TERMINATED) else None


def _is_lifting(event: Event) -> bool:
    if event.modality is not Modality.ASSERTED:
        return False
    if event.status in (Status.PROPOSED, Status.RUMOURED):
        return False
    lifts = any(s.value == _LIFTING for s in event.of("action"))
    return lifts or event.status is Status.TERMINATED


def _same_rule(rule: Event, end: Event) -> bool:
    """Tell whether ``end`` ends ``rule``: one type, one authority, and no other material."""
    if rule.type is not end.type:
        return False
    by = {p.country for p in authority_places(rule)} & {p.country for p in authority_places(end)}
    if not by:
        return False
    on = {m.commodity for m in materials_of(rule)}
    lifted = {m.commodity for m in materials_of(end)}
    if on and not on <= lifted:
        return False
    aimed = {p.country for p in target_places(rule)}
    eased = {p.country for p in target_places(end)}
    return not eased or aimed <= eased


def _effect(event: Event) -> date | None:
    return next((d for s in event.of("effective_date") if (d := first_day(s.value))), None)
