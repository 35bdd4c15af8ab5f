"""An event as a view over the statements of its mentions: nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lodewire.ledger.told import ToldMention
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId, OriginId
from lodewire.model.reading import DeskScore
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Desk, EventType, Modality, Status, ValueBasis

# How far a happening has come; suspended and terminated are ends, not steps.
_STEPS = {
    Status.REPORTED: 0,
    Status.RUMOURED: 1,
    Status.PROPOSED: 2,
    Status.AGREED: 3,
    Status.IN_FORCE: 4,
    Status.COMPLETED: 5,
}
_ENDS = (Status.SUSPENDED, Status.TERMINATED)
_PARTS = (ValueBasis.UPFRONT.value, ValueBasis.CONTINGENT.value)
_DESK_FLOOR = 0.3
_MOST_SURE = 0.99


def event_view(
    event_id: EventId,
    mentions: Sequence[ToldMention],
    statements: Sequence[Statement],
    desks: Mapping[DocumentId, Sequence[DeskScore]],
) -> Event:
    """Merge the mentions of one happening.

    The status is the most advanced that the reports reached, in order of their days; a rule whose
    day of effect lies after the last report is agreed, not in force. Within a property, statements
    are ranked by the number of independent origins that give their value, then by how lately it
    was reported; a value that an editor chose comes first. ``mentions`` must not be empty.
    """
    told = sorted(mentions, key=lambda t: (t.reported, t.mention.id))
    reported = {t.mention.document_id: t.reported for t in told}
    ranked = _ranked(statements, reported)
    return Event(
        id=event_id,
        type=_type_of(told),
        status=_in_effect(_status_of(told), ranked, max(reported.values())),
        modality=_modality_of(told),
        desks=_desks_of(told, desks),
        statements=ranked,
        mention_ids=tuple(t.mention.id for t in told),
        document_ids=tuple(dict.fromkeys(t.document_id for t in told)),
        origins=tuple(dict.fromkeys(t.origin_id for t in told)),
        first_seen=min(t.first_seen for t in told),
        last_seen=max(t.last_seen for t in told),
        reported=told[0].reported,
        core=any(t.mention.core for t in told),
        confidence=_confidence_of(told),
    )


def _type_of(told: Sequence[ToldMention]) -> EventType:
    """The type that most origins give; on a tie the one reported first."""
    origins: dict[EventType, set[OriginId]] = {}
    for t in told:
        origins.setdefault(t.mention.type, set()).add(t.origin_id)
    return max(origins, key=lambda type_: len(origins[type_]))


def _status_of(told: Sequence[ToldMention]) -> Status:
    now: Status | None = None
    for day in sorted({t.reported for t in told}):
        today = [t.mention.status for t in told if t.reported == day]
        now = _advance(now, today)
    assert now is not None
    return now


def _in_effect(status: Status, ranked: Sequence[Statement], last: date) -> Status:
    """Headlines tell a duty as charged ("Car tariff hits …") weeks before it is."""
    days = [
        s.value[:10] for s in ranked if s.property == "effective_date" and s.retracted_at is None
    ]
    ahead = bool(days) and days[0] > last.isoformat() and days[0][:1].isdigit()
    return Status.AGREED if status is Status.IN_FORCE and ahead else status


def mention_statuses(status: Status) -> tuple[Status, ...]:
    """Return the statuses of which a mention must have one for its event to have ``status``."""
    # _in_effect turns a rule in force into one agreed.
    return (status, Status.IN_FORCE) if status is Status.AGREED else (status,)


def _advance(now: Status | None, today: Iterable[Status]) -> Status:
    """The status after one day's reports: steps go forward only, ends are left by a later step."""
    told = list(today)
    ends = [s for s in _ENDS if s in told]
    if ends:
        return ends[-1]
    best = max(told, key=lambda s: _STEPS[s])
    if now is None:
        return best
    if now in _ENDS:
        # Background on how it began does not revive it; being in force again does.
        return best if _STEPS[best] >= _STEPS[Status.IN_FORCE] else now
    return best if _STEPS[best] > _STEPS[now] else now


def _modality_of(told: Sequence[ToldMention]) -> Modality:
    """What the latest news of it says; asserted wins within a day."""
    core = [t for t in told if t.mention.core] or list(told)
    latest = max(t.reported for t in core)
    today = {t.mention.modality for t in core if t.reported == latest}
    order = (Modality.ASSERTED, Modality.DENIED, Modality.FORECAST, Modality.HYPOTHETICAL)
    return next(m for m in order if m in today)


def _desks_of(
    told: Sequence[ToldMention], desks: Mapping[DocumentId, Sequence[DeskScore]]
) -> tuple[Desk, ...]:
    """Desks of the documents that tell it as news (as background, where none does)."""
    core = [t for t in told if t.mention.core] or list(told)
    best: dict[Desk, float] = {}
    for document_id in dict.fromkeys(t.document_id for t in core):
        for scored in desks.get(document_id, ()):
            best[scored.desk] = best.get(scored.desk, 0.0) + scored.score
    if not best:
        return ()
    top = max(best.values())
    kept = [d for d, score in best.items() if score >= top * _DESK_FLOOR]
    return tuple(sorted(kept, key=lambda d: (-best[d], d.value)))


def _ranked(
    statements: Sequence[Statement], reported: Mapping[DocumentId, date]
) -> tuple[Statement, ...]:
    """By property; within it the values of most origins, then latest; original words first."""
    # When each origin first gave each value: a copy makes an old value no newer.
    given: dict[tuple[str, str, str | None], dict[OriginId, date]] = {}
    for s in statements:
        if s.retracted_at is None:
            origins = given.setdefault(_value_key(s), {})
            day = reported.get(s.document_id, date.max)
            origins[s.origin_id] = min(day, origins.get(s.origin_id, date.max))

    # An editor's choice among values outweighs how many give another.
    chosen = {_value_key(s) for s in statements if s.ruling is not None and s.ruling.chosen}

    def rank(s: Statement) -> tuple[object, ...]:
        key = _value_key(s)
        origins = given.get(key, {})
        latest = max(origins.values(), default=date.min)
        return (
            s.property,
            s.retracted_at is not None,
            key not in chosen,
            s.basis in _PARTS,  # a part of a price does not stand for the price
            -len(origins),
            -latest.toordinal(),
            key[1],
            key[2] or "",
            reported.get(s.document_id, date.max),
            # Not the id: it is a digest, and a day has ten thousand statements.
            (s.document_id, s.evidence.span, s.value, s.subject),
        )

    return tuple(sorted(statements, key=rank))


def _value_key(s: Statement) -> tuple[str, str, str | None]:
    # One entity under two spellings is one value.
    return (s.property, s.entity or s.value.casefold(), s.unit)


def _confidence_of(told: Sequence[ToldMention]) -> float:
    """Each independent origin lowers the doubt; copies do not."""
    best: dict[OriginId, float] = {}
    for t in told:
        best[t.origin_id] = max(best.get(t.origin_id, 0.0), t.mention.confidence)
    doubt = 1.0
    for origin in sorted(best):
        doubt *= 1.0 - best[origin]
    return round(min(1.0 - doubt, _MOST_SURE), 4)
