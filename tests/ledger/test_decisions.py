"""Decisions: what they do to what is read, in any order, after another reading, and undone."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodewire.errors import LedgerError
from lodewire.ledger.binding import anchor_of
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.capture import Capture
from lodewire.model.decision import Anchor, Decision, NewValue
from lodewire.model.event import Event, EventMention
from lodewire.model.reading import Reading
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Action, EventType, Status

from . import sample
from .sample import DAY, MORNING

LATER = MORNING + timedelta(days=20)


def exported(ledger: Ledger) -> str:
    out = io.StringIO()
    ledger.export(out)
    return out.getvalue()


def without_decisions(text: str) -> list[str]:
    return [line for line in text.splitlines() if '"kind":"decision"' not in line]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    sample.run(ledger)
    return ledger


def deal_of(ledger: Ledger) -> Event:
    (deal,) = (e for e in ledger.events.of_day(DAY) if e.type is EventType.ACQUISITION)
    return deal


def mention_anchors(ledger: Ledger, event: Event) -> tuple[Anchor, ...]:
    return tuple(anchor_of(t.mention) for t in ledger.events.mentions(event.id))


def statement_anchor(ledger: Ledger, statement: Statement) -> Anchor:
    told = ledger.decisions.told([statement.document_id])[statement.document_id]
    (mention,) = (m for m in told.mentions if m.id == statement.subject)
    return anchor_of(mention, statement)


def decide(action: Action, *about: Anchor, at: int = 0, **fields: object) -> Decision:
    return Decision(
        action=action,
        author="ed",
        at=LATER + timedelta(hours=at),
        about=about,
        reason="seen in the filing",
        **fields,  # type: ignore[arg-type]
    )


def undo(decision: Decision, at: int = 50) -> Decision:
    return Decision(
        action=Action.UNDO,
        author="ed",
        at=LATER + timedelta(hours=at),
        undoes=decision.id,
    )


def values(event: Event) -> list[str]:
    return list(dict.fromkeys(s.value for s in event.of("value")))


def test_a_rejected_statement_is_gone_from_the_event_and_kept_in_the_record(
    filled: Ledger,
) -> None:
    wrong = deal_of(filled).of("value")[0]
    filled.decisions.add(decide(Action.REJECT, statement_anchor(filled, wrong)))
    deal = deal_of(filled)
    assert wrong.id not in {s.id for s in deal.of("value")}
    (kept,) = filled.statements.get([wrong.id])
    assert kept.retracted_at == LATER
    assert kept.ruling is not None
    assert (kept.ruling.action, kept.ruling.author) == (Action.REJECT, "ed")


def test_an_edited_value_keeps_what_was_read_its_words_and_its_id(filled: Ledger) -> None:
    read = deal_of(filled).of("value")[0]
    new = NewValue(value="1875000000", unit="USD")
    filled.decisions.add(decide(Action.EDIT, statement_anchor(filled, read), new=new))
    (edited,) = (s for s in deal_of(filled).of("value") if s.id == read.id)
    assert edited.value == "1875000000"
    assert edited.as_read == (read.value, "USD")
    assert (edited.original, edited.evidence) == (read.original, read.evidence)
    assert edited.edited
    assert edited.ruling is not None
    assert edited.ruling.reason == "seen in the filing"
    assert filled.statements.get([read.id]) == (edited,)


def test_a_chosen_value_comes_first_and_the_others_stay(filled: Ledger) -> None:
    deal = deal_of(filled)
    assert values(deal) == ["1900000000", "1880000000"]
    ahead, *_, last = deal.of("value")
    filled.decisions.add(
        decide(
            Action.CHOOSE,
            statement_anchor(filled, last),
            others=(statement_anchor(filled, ahead),),
        )
    )
    deal = deal_of(filled)
    assert values(deal) == ["1880000000", "1900000000"]
    passed = next(s for s in deal.of("value") if s.id == ahead.id)
    assert passed.ruling is not None
    assert not passed.ruling.chosen


def test_rejected_mentions_take_their_event_along_and_undo_brings_it_back(
    filled: Ledger,
) -> None:
    before = deal_of(filled)
    no = decide(Action.REJECT, *mention_anchors(filled, before))
    filled.decisions.add(no)
    assert all(e.type is not EventType.ACQUISITION for e in filled.events.of_day(DAY))
    with pytest.raises(LedgerError, match="reject"):
        filled.events.get(before.id)
    filled.decisions.add(undo(no))
    assert deal_of(filled) == before


def test_an_accepted_mention_is_sure(filled: Ledger) -> None:
    before = deal_of(filled)
    filled.decisions.add(decide(Action.ACCEPT, *mention_anchors(filled, before)))
    assert before.confidence < deal_of(filled).confidence == 0.99


def test_an_edited_status_moves_the_event(filled: Ledger) -> None:
    for n, status in enumerate(deal_of(filled).of("status")):
        filled.decisions.add(
            decide(
                Action.EDIT,
                statement_anchor(filled, status),
                at=n,
                new=NewValue(value="completed"),
            )
        )
    assert deal_of(filled).status is Status.COMPLETED


def test_the_latest_decision_on_the_same_words_holds_and_is_numbered(filled: Ledger) -> None:
    anchor = statement_anchor(filled, deal_of(filled).of("value")[0])
    first = decide(Action.EDIT, anchor, new=NewValue(value="1", unit="USD"))
    second = decide(Action.EDIT, anchor, at=1, new=NewValue(value="2", unit="USD"))
    filled.decisions.add(second)
    filled.decisions.add(first)
    assert [d.version for d in filled.decisions.all()] == [1, 2]
    assert anchor.value is not None
    assert filled.statements.get([anchor.value.statement_id])[0].value == "2"
    filled.decisions.add(undo(second))
    assert filled.statements.get([anchor.value.statement_id])[0].value == "1"
    assert filled.decisions.get(second.id).deleted_at == LATER + timedelta(hours=50)


def test_a_split_holds_and_undo_joins_again(filled: Ledger) -> None:
    before = exported(filled)
    deal = deal_of(filled)
    *stay, odd = mention_anchors(filled, deal)
    apart = decide(Action.SPLIT, odd, others=tuple(stay))
    filled.decisions.add(apart)
    sample.resolve_all(filled)
    assert odd.mention_id not in deal_of(filled).mention_ids
    assert filled.counts()["events"] == 3
    filled.decisions.add(undo(apart))
    sample.resolve_all(filled)
    assert without_decisions(exported(filled)) == before.splitlines()


def test_a_merge_brings_together_what_the_rules_keep_apart(filled: Ledger) -> None:
    deal = deal_of(filled)
    (other,) = (
        e for e in filled.events.of_day(DAY + timedelta(days=2)) if e.type is EventType.DISRUPTION
    )
    one = decide(
        Action.MERGE, *mention_anchors(filled, deal), others=mention_anchors(filled, other)
    )
    filled.decisions.add(one)
    sample.resolve_all(filled)
    assert filled.counts()["events"] == 1
    assert set(other.mention_ids) < set(deal_of(filled).mention_ids)
    assert filled.events.get(other.id).id == deal_of(filled).id


def test_the_later_of_two_editors_holds_on_the_same_pair(filled: Ledger) -> None:
    *stay, odd = mention_anchors(filled, deal_of(filled))
    apart = decide(Action.SPLIT, odd, others=tuple(stay))
    again = replace(decide(Action.MERGE, odd, at=1, others=tuple(stay)), author="chief")
    for decision in (again, apart):
        filled.decisions.add(decision)
    sample.resolve_all(filled)
    assert odd.mention_id in deal_of(filled).mention_ids
    told = filled.judgements.rulings([odd.mention_id])
    assert {j.author for j in told} == {"chief"}


# Another method: other ids, the same words.


def wider(mention: EventMention) -> EventMention:
    """Finds one role less: another id for what the same words tell."""
    return replace(mention, method="frames/9", arguments=mention.arguments[:-1])


def renamed(mention: EventMention) -> EventMention:
    return replace(mention, method="frames/9")


def blind(mention: EventMention) -> EventMention:
    """Takes something else for the happening."""
    return replace(mention, method="frames/9", type=EventType.PERMIT, status=Status.PROPOSED)


def read_by(method: Callable[[EventMention], EventMention]) -> Ledger:
    """A ledger of the same documents, understood by another method."""
    ledger = open_ledger(":memory:", create=True)
    sample.collect_all(ledger, sample.captures())
    sample.read_all(ledger)
    sample.story_all(ledger)
    while found := ledger.readings.pending(2):
        for document in found:
            reading: Reading = sample.understand(document)
            events = tuple(method(e) for e in reading.events)
            ledger.readings.add(replace(reading, events=events))
    sample.resolve_all(ledger)
    return ledger


@pytest.mark.parametrize("method", [renamed, wider])
def test_decisions_survive_another_reading_of_the_same_words(
    filled: Ledger, method: Callable[[EventMention], EventMention]
) -> None:
    deal = deal_of(filled)
    acquirer = deal.of("acquirer")[0]
    *stay, odd = mention_anchors(filled, deal)
    (road,) = (
        e for e in filled.events.of_day(DAY + timedelta(days=2)) if e.type is EventType.DISRUPTION
    )
    made = [
        decide(
            Action.EDIT,
            statement_anchor(filled, acquirer),
            new=NewValue(value="Minmetals", entity=None),
        ),
        decide(Action.SPLIT, odd, others=tuple(stay), at=1),
        decide(Action.REJECT, *mention_anchors(filled, road), at=2),
    ]
    with read_by(method) as anew:
        before = exported(anew)
        for decision in made:
            anew.decisions.add(decision)
        sample.resolve_all(anew)
        assert anew.decisions.orphaned() == ()
        told = [e for d in range(3) for e in anew.events.of_day(DAY + timedelta(days=d))]
        assert {e.type for e in told} == {EventType.ACQUISITION}
        assert "Minmetals" in {s.value for e in told for s in e.of("acquirer")}
        assert anew.counts()["events"] == 3
        for decision in made:
            anew.decisions.add(undo(decision))
        sample.resolve_all(anew)
        assert without_decisions(exported(anew)) == before.splitlines()


@pytest.mark.parametrize("method", [renamed, wider])
def test_another_method_in_the_same_ledger_cannot_bring_back_what_was_rejected(
    filled: Ledger, method: Callable[[EventMention], EventMention]
) -> None:
    deal = deal_of(filled)
    filled.decisions.add(decide(Action.REJECT, *mention_anchors(filled, deal)))
    for document in filled.documents.get_all(deal.document_ids):
        reading = sample.understand(document)
        events = tuple(method(e) for e in reading.events)
        filled.readings.add(replace(reading, events=events))
        filled.events.requeue([e.id for e in events])
    sample.resolve_all(filled)
    assert all(e.type is not EventType.ACQUISITION for e in filled.events.of_day(DAY))
    with pytest.raises(LedgerError, match="rejected"):
        filled.events.get(deal.id)


def test_what_no_longer_fits_is_listed_as_orphaned_and_not_lost(filled: Ledger) -> None:
    value = deal_of(filled).of("value")[0]
    made = decide(Action.REJECT, statement_anchor(filled, value))
    with read_by(blind) as anew:
        anew.decisions.add(made)
        assert anew.decisions.orphaned() == (made,)
        assert anew.decisions.all() == (made,)
        assert {s.ruling for e in anew.events.of_day(DAY) for s in e.statements} == {None}
    filled.decisions.add(made)
    assert filled.decisions.orphaned() == ()


def test_agreeing_to_a_value_is_not_agreeing_to_another_read_from_the_same_words(
    filled: Ledger,
) -> None:
    value = deal_of(filled).of("value")[0]
    anchor = statement_anchor(filled, value)
    assert anchor.value is not None
    other = replace(anchor, value=replace(anchor.value, value="7", statement_id="st_other"))
    filled.decisions.add(decide(Action.ACCEPT, other))
    assert filled.statements.get([value.id])[0].ruling is None
    assert len(filled.decisions.orphaned()) == 1


def test_a_decision_as_of_a_moment_is_what_held_then(filled: Ledger) -> None:
    value = deal_of(filled).of("value")[0]
    made = decide(Action.REJECT, statement_anchor(filled, value))
    filled.decisions.add(made)
    filled.decisions.add(undo(made, at=2))

    def gone(hours: int) -> bool:
        moment = LATER + timedelta(hours=hours)
        effects = filled.decisions.effects([value.document_id], at=moment)
        return effects.on_statement(value).retracted_at is not None

    assert [gone(h) for h in (-1, 0, 1, 2, 3)] == [False, True, True, False, False]


# Any order of documents and decisions.


def a_desks_decisions() -> list[Decision]:
    """One of each kind, on the sample newsroom, some undone."""
    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger)
        deal = deal_of(ledger)
        first, *_, last = deal.of("value")
        *stay, odd = mention_anchors(ledger, deal)
        (road,) = (
            e
            for e in ledger.events.of_day(DAY + timedelta(days=2))
            if e.type is EventType.DISRUPTION
        )
        clock: Iterator[int] = count()
        edit = decide(
            Action.EDIT,
            statement_anchor(ledger, last),
            at=next(clock),
            new=NewValue(value="1881000000", unit="USD"),
        )
        apart = decide(Action.SPLIT, odd, others=tuple(stay), at=next(clock))
        joined = decide(Action.MERGE, odd, others=tuple(stay), at=next(clock))
        apart_anew = decide(Action.SPLIT, odd, others=tuple(stay), at=next(clock))
        return [
            edit,
            apart,
            joined,
            apart_anew,
            decide(
                Action.CHOOSE,
                statement_anchor(ledger, last),
                others=(statement_anchor(ledger, first),),
                at=next(clock),
            ),
            decide(Action.REJECT, *mention_anchors(ledger, road), at=next(clock)),
            undo(apart_anew, at=9),
            undo(edit, at=10),
        ]


DECISIONS = a_desks_decisions()


def seen(ledger: Ledger) -> list[Event]:
    return [e for d in range(3) for e in ledger.events.of_day(DAY + timedelta(days=d))]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.permutations([*sample.captures(), *DECISIONS]),
    st.sets(st.integers(0, len(DECISIONS) - 1)),
)
def test_any_order_of_decisions_and_documents_gives_the_same_ledger(
    order: list[Capture | Decision], left_out: set[int]
) -> None:
    unmade = {DECISIONS[n].id for n in left_out}
    made = [d for d in DECISIONS if d.id not in unmade]
    with open_ledger(":memory:", create=True) as one, open_ledger(":memory:", create=True) as all_:
        for step in order:
            if isinstance(step, Capture):
                sample.run(one, [step])
            elif step.id not in unmade:
                one.decisions.add(step)
                sample.resolve_all(one)
        sample.run(all_)
        for decision in made:
            all_.decisions.add(decision)
        sample.resolve_all(all_)
        assert exported(one) == exported(all_)
        assert seen(one) == seen(all_)
        for decision in (*made, *made):
            one.decisions.add(decision)
        sample.resolve_all(one)
        assert exported(one) == exported(all_)
        assert one.integrity() == ()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations([d for d in DECISIONS if d.action is not Action.UNDO]))
def test_undoing_everything_in_any_order_restores_the_ledger(order: list[Decision]) -> None:
    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger)
        before, events = exported(ledger), seen(ledger)
        for decision in order:
            ledger.decisions.add(decision)
            sample.resolve_all(ledger)
        for decision in order[::-1]:
            ledger.decisions.add(undo(decision, at=80))
            sample.resolve_all(ledger)
        assert without_decisions(exported(ledger)) == before.splitlines()
        assert seen(ledger) == events


@pytest.mark.parametrize(("role", "value"), [("status", "soon"), ("type", "tariff")])
def test_an_edit_cannot_give_a_status_that_there_is_not(
    filled: Ledger, role: str, value: str
) -> None:
    anchor = statement_anchor(filled, deal_of(filled).of(role)[0])
    with pytest.raises(ValueError, match="cannot give"):
        decide(Action.EDIT, anchor, new=NewValue(value=value))


@pytest.mark.parametrize(
    "fields",
    [
        {"author": " "},
        {"author": "resolve/1"},
        {"reason": ""},
        {"about": ()},
        {"action": Action.MERGE},
        {"new": NewValue(value="1")},
        {"at": LATER.replace(tzinfo=None)},
    ],
)
def test_a_decision_says_who_what_and_why(fields: dict[str, object]) -> None:
    sound = next(d for d in DECISIONS if d.action is Action.REJECT)
    with pytest.raises(ValueError, match=r"decision|reject|edit|merge"):
        replace(sound, **fields)  # type: ignore[arg-type]
