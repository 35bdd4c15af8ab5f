"""The life cycle of an event, worked out from what its statements say of its status.

Tellings are taken in the order of the days they were reported. A stage is entered once, by the
first text that tells it; a text that tells an earlier one is background. What is only forecast
moves nothing; a denial ends a rumour, not an agreement that stands; a rule whose day of effect lies
ahead is agreed, whatever the headline says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lodewire.model.event import Event
from lodewire.model.ids import DocumentId
from lodewire.model.life import Life, LifeStage, LifeStep
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.life_spans import LifeSpan, load_life_spans

_STAGE = {
    Status.RUMOURED: LifeStage.RUMOURED,
    Status.PROPOSED: LifeStage.ANNOUNCED,
    Status.AGREED: LifeStage.AGREED,
    Status.IN_FORCE: LifeStage.IN_FORCE,
    Status.COMPLETED: LifeStage.CLOSED,
    Status.SUSPENDED: LifeStage.SUSPENDED,
    Status.TERMINATED: LifeStage.ENDED,
}
_ORDER = (
    LifeStage.RUMOURED,
    LifeStage.ANNOUNCED,
    LifeStage.AGREED,
    LifeStage.IN_FORCE,
    LifeStage.CLOSED,
)
_HALTS = (LifeStage.SUSPENDED, LifeStage.ENDED)
_TALKS = (LifeStage.RUMOURED, LifeStage.ANNOUNCED, LifeStage.SUSPENDED)
_CHANGED = r"(?:amend|extend|prolong|renew|revis|renegotiat|restat|upsiz|rolled over)\w*"
_TERMS = (
    r"(?:deals?|agreements?|contracts?|accords?|pacts?|off-?takes?|terms|licen[cs]es?|permits?|"
    r"tariffs?|dut(?:y|ies)|bans?|quotas?|sanctions?|loans?|facilit(?:y|ies)|offers?|bids?|options?)"
)
_AMENDED = re.compile(
    rf"\b{_CHANGED}\b[^.;]{{0,40}}\b{_TERMS}\b|\b{_TERMS}\b[^.;]{{0,30}}\b{_CHANGED}\b", re.I
)
_AMENDS = re.compile(rf"\b{_CHANGED}\b", re.I)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What one mention says of the stage: ``moved`` is the statement that says it."""

    stage: LifeStage
    moved: Statement
    reported: date
    stated: date | None
    amends: bool

    @property
    def order(self) -> tuple[date, int, str]:
        # Within a day earlier stages first: a text tells what was agreed and what came of it.
        last = len(_ORDER)
        at = _ORDER.index(self.stage) if self.stage in _ORDER else last
        return (self.reported, at, self.moved.id)


def life_of(
    event: Event,
    reported: Mapping[DocumentId, date],
    *,
    today: date,
    sentences: Mapping[str, str] | None = None,
    spans: Mapping[EventType, LifeSpan] | None = None,
) -> Life:
    """Return the life of ``event`` as seen on ``today``.

    ``reported`` gives the day of each of its documents; ``sentences`` the sentence that each
    mention (a statement's subject) is told in, where amendments may be told beside the trigger;
    ``spans`` how long types usually stay silent, by default the ontology's.
    """
    tellings = sorted(_tellings(event, reported, sentences or {}), key=lambda t: t.order)
    steps, stage = _walk(tellings)
    days = [reported[d] for d in event.document_ids if d in reported]
    last = max(days, default=event.reported or event.last_seen.date())
    usual, reason = _usual(event.type, stage, load_life_spans() if spans is None else spans)
    return Life(
        steps=steps,
        stage=stage,
        last_heard=last,
        silent_days=max(0, (today - last).days),
        usual_days=usual,
        reason=reason,
    )


def _tellings(
    event: Event, reported: Mapping[DocumentId, date], sentences: Mapping[str, str]
) -> Iterable[_Telling]:
    by_subject: dict[str, list[Statement]] = {}
    for statement in event.statements:
        if statement.retracted_at is None and statement.document_id in reported:
            by_subject.setdefault(statement.subject, []).append(statement)
    effect = next((d for s in event.of("effective_date") if (d := _day_of(s.value))), None)
    for subject, said in by_subject.items():
        day = reported[said[0].document_id]
        telling = _telling(said, day, effect, sentences.get(subject, ""))
        if telling is not None:
            yield telling


def _telling(
    said: Iterable[Statement], day: date, effect: date | None, sentence: str
) -> _Telling | None:
    by_property: dict[str, list[Statement]] = {}
    for statement in said:
        by_property.setdefault(statement.property, []).append(statement)
    if "status" not in by_property:
        return None
    status = by_property["status"][0]
    mode = next(iter(by_property.get("modality", ())), None)
    modality = Modality(mode.value) if mode is not None else Modality.ASSERTED
    stage = _STAGE.get(Status(status.value))
    if modality is Modality.DENIED and mode is not None:
        stage, status = LifeStage.DENIED, mode
    elif modality is not Modality.ASSERTED and stage not in _TALKS[:2]:
        stage = None
    elif stage is LifeStage.IN_FORCE and effect is not None and effect > day:
        stage = LifeStage.AGREED
    if stage is None:
        return None
    stated = _stated(by_property, stage, day)
    amends = bool(_AMENDS.search(status.evidence.quote) or _AMENDED.search(sentence))
    return _Telling(stage=stage, moved=status, reported=day, stated=stated, amends=amends)


def _stated(said: Mapping[str, list[Statement]], stage: LifeStage, day: date) -> date | None:
    """The day that the text gives for it: one day, and not one that lies ahead of the report."""
    properties = ("effective_date", "date") if stage is LifeStage.IN_FORCE else ("date",)
    for name in properties:
        for statement in said.get(name, ()):
            found = _day_of(statement.value)
            if found is not None and found <= day:
                return found
    return None


def _day_of(value: str) -> date | None:
    """A day as statements give it; None for a span of days, or words."""
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def _walk(tellings: Iterable[_Telling]) -> tuple[tuple[LifeStep, ...], LifeStage | None]:
    steps: list[LifeStep] = []
    reached: LifeStage | None = None  # how far it came, of _ORDER
    halt: LifeStage | None = None
    for told in tellings:
        stage = _next(told, reached, halt)
        if stage is None or (stage is LifeStage.AMENDED and steps[-1].reported == told.reported):
            continue  # ten papers tell one amendment, and a text both the deal and its extension
        steps.append(_step(stage, told))
        if told.stage in _ORDER and _rank(told.stage) > _rank(reached):
            reached = told.stage
        if stage in _HALTS or stage is LifeStage.DENIED:
            halt = stage
        elif stage is not LifeStage.AMENDED:
            halt = None
    return tuple(steps), halt or reached


def _next(told: _Telling, reached: LifeStage | None, halt: LifeStage | None) -> LifeStage | None:
    """The stage that a telling moves to; None where it moves nothing."""
    if told.stage in _HALTS:
        return None if told.stage is halt or halt is LifeStage.ENDED else told.stage
    if told.stage is LifeStage.DENIED:
        # Who denies a signed deal does not undo it; an end of it would be told as one.
        talk = _rank(reached) < _rank(LifeStage.AGREED)
        return LifeStage.DENIED if talk and halt is None else None
    if halt in _HALTS:
        # Background on how it began does not revive it; being in force again does.
        return LifeStage.RESUMED if _rank(told.stage) >= _rank(LifeStage.IN_FORCE) else None
    if halt is LifeStage.DENIED:
        return told.stage if _rank(told.stage) >= _rank(LifeStage.ANNOUNCED) else None
    if _rank(told.stage) > _rank(reached):
        return told.stage
    stands = _rank(reached) >= _rank(LifeStage.AGREED) <= _rank(told.stage)
    return LifeStage.AMENDED if stands and told.amends else None


def _rank(stage: LifeStage | None) -> int:
    return _ORDER.index(stage) if stage is not None else -1


def _step(stage: LifeStage, told: _Telling) -> LifeStep:
    return LifeStep(
        stage=stage,
        day=told.stated or told.reported,
        reported=told.reported,
        statement_id=told.moved.id,
        quote=told.moved.evidence.quote,
    )


def _usual(
    type_: EventType, stage: LifeStage | None, spans: Mapping[EventType, LifeSpan]
) -> tuple[int | None, str]:
    span = spans.get(type_)
    if span is None:
        return None, ""
    if stage in _TALKS:
        return span.talks, span.talks_reason
    if stage is LifeStage.AGREED:
        return span.pending, span.pending_reason
    return None, ""
