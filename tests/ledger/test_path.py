"""One newsroom through every store, as the pipeline goes."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodewire.errors import LedgerError
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.ledger.work import Stage
from lodewire.model.capture import Capture
from lodewire.model.ids import EventId
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Desk, EventType, Opinion, Status

from . import sample
from .sample import DAY, MORNING


def exported(ledger: Ledger) -> str:
    out = io.StringIO()
    ledger.export(out)
    return out.getvalue()


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    sample.run(ledger)
    return ledger


def test_the_newsroom_becomes_two_events(filled: Ledger) -> None:
    events = {e.type: e for d in range(3) for e in filled.events.of_day(DAY + timedelta(days=d))}
    assert set(events) == {EventType.ACQUISITION, EventType.DISRUPTION}
    deal = events[EventType.ACQUISITION]
    assert len(deal.document_ids) == 3
    assert len(deal.origins) == 2, "the copy is no origin of its own"
    assert deal.desks == (Desk.MINING_METALS,)
    assert deal.status is Status.AGREED
    assert (deal.reported, deal.core) == (DAY, True)
    assert filled.integrity() == ()


def test_values_are_ranked_by_independent_origins_then_by_how_lately(filled: Ledger) -> None:
    (deal,) = filled.events.of_day(DAY)
    # One origin each (the copy does not count): the later report comes first.
    assert list(dict.fromkeys(s.value for s in deal.of("value"))) == ["1900000000", "1880000000"]
    assert {s.value for s in deal.of("acquirer")} == {"MMG"}
    assert {s.value for s in deal.of("not_disclosed")} == {"seller"}


def test_every_statement_quotes_its_document(filled: Ledger) -> None:
    (deal,) = filled.events.of_day(DAY)
    assert len(deal.statements) >= 18
    for statement in deal.statements:
        statement.evidence.verify(filled.documents.get(statement.document_id).text)
        assert filled.statements.get([statement.id]) == (statement,)


def test_counts_and_waiting_work_are_told(filled: Ledger) -> None:
    counts = filled.counts()
    assert counts["captures"] == counts["documents"] == counts["readings"] == 5
    assert (counts["events"], counts["event_mentions"]) == (2, 4)
    assert (counts["stories"], counts["origins"]) == (3, 4)
    assert set(filled.waiting().values()) == {0}


def test_running_again_changes_nothing(filled: Ledger) -> None:
    before = exported(filled)
    sample.run(filled)
    assert exported(filled) == before


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(sample.captures()), st.integers(1, 4))
def test_captures_in_any_order_and_any_rhythm_give_the_same_export(
    order: list[Capture], step: int
) -> None:
    with open_ledger(":memory:", create=True) as one, open_ledger(":memory:", create=True) as all_:
        for at in range(0, len(order), step):
            sample.run(one, order[at : at + step])
        sample.run(all_)
        assert exported(one) == exported(all_)
        assert one.integrity() == ()


def test_the_export_is_sorted_and_names_no_row_numbers(filled: Ledger) -> None:
    lines = exported(filled).splitlines()
    told = [json.loads(line) for line in lines]
    kinds = [kind for kind, _ in itertools.groupby(t["kind"] for t in told)]
    assert kinds == [
        "document",
        "story_member",
        "reading",
        "event_mention",
        "check",
        "event",
        "statement",
        "judgement",
        "entity_name",
    ]
    for _, some in itertools.groupby(told, key=lambda t: t["kind"]):
        ids = [(t.get("id") or t["document_id"], t.get("name", "")) for t in some]
        assert ids == sorted(ids)
    assert '"number"' not in "".join(lines)


def test_a_page_fetched_again_only_moves_the_time_it_was_seen(filled: Ledger) -> None:
    first = sample.captures()[0]
    again = sample.capture_of(*sample.PAGES[0][:3], 9)
    assert again.id == first.id
    assert filled.captures.add(again) is False
    (deal,) = filled.events.of_day(DAY)
    assert deal.last_seen == again.fetched_at
    assert deal.first_seen == first.fetched_at
    assert filled.waiting()[Stage.READ] == 0


def test_an_editors_split_holds_and_the_old_id_still_leads_somewhere(filled: Ledger) -> None:
    (deal,) = filled.events.of_day(DAY)
    told = filled.events.mentions(deal.id)
    odd = told[-1].mention.id
    filled.judgements.add_all(
        [
            Judgement(
                left=odd,
                right=t.mention.id,
                opinion=Opinion.DIFFERENT,
                score=1.0,
                author="editor",
                judged_at=MORNING + timedelta(days=20),
            )
            for t in told[:-1]
        ]
    )
    filled.events.requeue([odd])
    sample.resolve_all(filled)
    (kept,) = filled.events.of_day(DAY)
    assert odd not in kept.mention_ids
    assert filled.counts()["events"] == 3
    (split,) = (e for e in filled.events.for_document(told[-1].document_id))
    assert split.mention_ids == (odd,)
    assert filled.events.get(split.id).id == split.id
    assert filled.integrity() == ()


def test_an_earlier_report_that_comes_late_founds_the_event_and_the_old_id_leads_to_it(
    ledger: Ledger,
) -> None:
    late, *rest = sample.captures()
    sample.run(ledger, rest)
    (before,) = ledger.events.of_day(DAY + timedelta(days=1))
    sample.run(ledger, [late])
    (after,) = ledger.events.of_day(DAY)
    assert after.id != before.id
    assert ledger.events.get(before.id).id == after.id
    assert after.mention_ids[0] not in before.mention_ids


def test_judgements_behind_a_merge_are_kept_and_replaced_softly(ledger: Ledger) -> None:
    late, *rest = sample.captures()
    sample.run(ledger, rest)
    sample.run(ledger, [late])
    (deal,) = ledger.events.of_day(DAY)
    live = ledger.judgements.about(deal.mention_ids)
    assert {j.opinion for j in live} == {Opinion.SAME}
    assert len(live) == 2
    history = ledger.judgements.history(deal.mention_ids)
    assert len(history) > len(live)
    assert all(j.deleted_at for j in history if j not in live)


@pytest.mark.parametrize("stage", ["read", "story", "extract", "resolve"])
def test_what_a_stage_cannot_take_is_set_aside_and_can_be_tried_again(
    ledger: Ledger, stage: str
) -> None:
    steps = [
        ("read", sample.read_all, lambda: ledger.captures.pending("read")[0].id),
        ("story", sample.story_all, lambda: ledger.stories.pending()[0].id),
        ("extract", sample.extract_all, lambda: ledger.readings.pending()[0].id),
        ("resolve", sample.resolve_all, lambda: ledger.events.pending()[0].document_id),
    ]
    sample.collect_all(ledger, sample.captures())
    for name, step, next_subject in steps:
        if name == stage:
            subject = next_subject()
            error = LedgerError("cannot \udc80 read", hint="look at it")
            ledger.quarantine.add(subject, name, error, at=MORNING)
            (note,) = ledger.quarantine.notes(name)
            assert (note.subject, note.kind, note.hint) == (subject, "LedgerError", "look at it")
        step(ledger)
    assert set(ledger.waiting().values()) == {0}
    assert ledger.integrity() == ()
    assert ledger.quarantine.retry(stage) == 1
    for _, step, _ in steps:
        step(ledger)
    with open_ledger(":memory:", create=True) as whole:
        sample.run(whole)
        assert exported(ledger) == exported(whole)


def test_missing_things_are_told_plainly(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no event ev_x") as raised:
        ledger.events.get(EventId("ev_x"))
    assert raised.value.hint
    with pytest.raises(LedgerError, match="no capture"):
        ledger.documents.add_read("cap_missing", [])  # type: ignore[arg-type]
    with pytest.raises(LedgerError, match="no document"):
        ledger.documents.get("doc_missing")  # type: ignore[arg-type]


def test_steps_in_one_transaction_are_kept_or_lost_together(ledger: Ledger) -> None:
    one, two = sample.captures()[:2]

    def stopped_halfway() -> None:
        with ledger.transaction():
            ledger.captures.add(one)
            ledger.captures.add(two)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped_halfway()
    assert ledger.counts()["captures"] == 0


def test_reopened_the_ledger_is_the_same(new_place: Callable[[], str]) -> None:
    path = new_place()
    with open_ledger(path) as first:
        sample.run(first)
        before = exported(first)
    with open_ledger(path) as again:
        assert exported(again) == before
