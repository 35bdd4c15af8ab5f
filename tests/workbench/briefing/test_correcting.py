"""A brief is flagged exactly when what it said no longer holds, whatever was decided when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodewire.config.desk import DeskConfig
from lodewire.errors import LedgerError
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.ids import StatementId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Action
from lodewire.publish.verify import may_print
from lodewire.publish.wording import print_statement
from lodewire.workbench.briefing.composing import compose_step
from lodewire.workbench.briefing.correcting import correction_log, corrections_of, with_notices
from lodewire.workbench.review.editing import Editor, choose, edit, judge, undo
from tests.ledger import sample
from tests.ledger.sample import DAY, MORNING

DESK = DeskConfig(root=Path())


def moment(hour: int) -> datetime:
    return MORNING + timedelta(days=20, hours=hour)


def editor(hour: int) -> Editor:
    return Editor(author="Ana", at=moment(hour), reason=f"reason {hour}")


def compose(ledger: Ledger, hour: int) -> Brief:
    return compose_step(ledger, DESK, DAY, now=moment(hour), publishers={})


@contextmanager
def newsroom() -> Iterator[Ledger]:
    """A ledger with one deal, told by two origins with two values."""
    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger)
        yield ledger


def entries_of(brief: Brief) -> list[BriefEntry]:
    return [e for s in brief.sections for e in s.entries]


def printed(brief: Brief) -> Iterator[tuple[BriefEntry, StatementId, str]]:
    for entry in entries_of(brief):
        for sentence in entry.sentences:
            for segment in sentence.segments:
                yield from ((entry, id_, segment.text) for id_ in segment.statements)


def holds(ledger: Ledger, entry: BriefEntry, id_: StatementId, said: str) -> bool:
    """Tell, from what the ledger says now, whether an entry may still say it."""
    now = {s.id: s for s in ledger.statements.get(sorted(entry.statement_ids))}
    if now[id_].retracted_at is None:
        return may_print(said, now[id_])
    live = [s for s in now.values() if s.retracted_at is None]
    return any(s.property == now[id_].property and may_print(said, s) for s in live)


def the_deal(ledger: Ledger) -> list[Statement]:
    (deal,) = ledger.events.of_day(DAY)
    return sorted(deal.statements, key=lambda s: s.id)


with newsroom() as _ledger:
    STATEMENTS = [s.id for s in the_deal(_ledger) if s.property in ("value", "acquirer", "asset")]
    MENTIONS = sorted({s.subject for s in the_deal(_ledger)})

ACTS = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(STATEMENTS), st.sampled_from("57")),
    st.tuples(
        st.sampled_from(["accept", "reject", "retract"]),
        st.sampled_from([*STATEMENTS, *MENTIONS]),
        st.just(""),
    ),
    st.tuples(st.just("undo"), st.sampled_from([*STATEMENTS, *MENTIONS]), st.just("")),
    st.tuples(st.just("compose"), st.just(""), st.just("")),
)


def perform(ledger: Ledger, hour: int, act: tuple[str, str, str]) -> None:
    name, reference, value = act
    try:
        if name == "compose":
            compose(ledger, hour)
        elif name == "edit":
            (s,) = ledger.statements.get([StatementId(reference)])
            text = f"US${value}.5 billion" if s.property == "value" else f"Company {value}"
            edit(ledger, reference, text, editor(hour))
        elif name == "undo":
            undo(ledger, reference, editor(hour))
        else:
            judge(ledger, Action(name), [reference], editor(hour))
    except LedgerError:
        pass  # "already says so", "nothing to undo": no decision was made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTS, max_size=9))
def test_a_brief_is_flagged_exactly_when_what_it_printed_no_longer_holds(
    acts: list[tuple[str, str, str]],
) -> None:
    with newsroom() as ledger:
        compose(ledger, 0)
        for hour, act in enumerate(acts, 1):
            perform(ledger, hour, act)
        live = [c for c in correction_log(ledger) if c.until is None]
        assert set(live) == {c for c in corrections_of(ledger, DAY) if c.until is None}
        for brief in ledger.briefs.of_day(DAY):
            for entry, id_, said in printed(brief):
                flagged = [
                    c
                    for c in live
                    if id_ in c.statement_ids and brief.id in {b.brief_id for b in c.briefs}
                ]
                assert bool(flagged) != holds(ledger, entry, id_, said), (said, flagged)
        kept = ledger.briefs.get(DAY)
        assert kept is not None
        shown = with_notices(ledger, kept)
        notes = [*shown.corrections, *(n for e in entries_of(shown) for n in e.corrections)]
        assert bool(notes) == bool(live)
        assert kept == ledger.briefs.get(DAY), "what was composed stays"


def test_what_another_source_still_backs_needs_no_correction() -> None:
    """The acquirer is told by all; one of them falls away."""
    with newsroom() as ledger:
        brief = compose(ledger, 0)
        _, id_, _ = next(p for p in printed(brief) if p[2] == "MMG")
        judge(ledger, Action.REJECT, [id_], editor(1))
        assert correction_log(ledger) == ()


def test_a_withdrawn_event_is_one_correction_and_stands_at_the_top() -> None:
    with newsroom() as ledger:
        (entry,) = entries_of(compose(ledger, 0))
        judge(ledger, Action.RETRACT, [entry.event_id], editor(1))
        (correction,) = correction_log(ledger)
        assert (correction.role, correction.right) == ("", None)
        assert correction.said == entry.sentences[0].text
        (note,) = compose(ledger, 2).corrections
        assert note.sentence == entry.sentences[0].text


def test_a_choice_corrects_the_sentence_that_printed_the_other_value() -> None:
    with newsroom() as ledger:
        brief = compose(ledger, 0)
        _, ahead, said = next(p for p in printed(brief) if "billion" in p[2])
        (other, *_) = (
            s
            for s in the_deal(ledger)
            if s.property == "value" and print_statement(s) != said and s.id != ahead
        )
        choose(ledger, other.id, editor(1))
        (correction,) = correction_log(ledger)
        assert (correction.said, correction.right) == (said, print_statement(other))
        (entry,) = entries_of(compose(ledger, 2))
        assert "holds, by Ana: reason 1" in entry.conflicts[0].settled
        assert print_statement(other) in entry.sentences[0].text


@pytest.mark.parametrize("action", [Action.REJECT, Action.RETRACT])
def test_a_decision_before_any_brief_corrects_nothing(action: Action) -> None:
    with newsroom() as ledger:
        judge(ledger, action, [STATEMENTS[0]], editor(0))
        brief = compose(ledger, 1)
        assert correction_log(ledger) == ()
        assert brief.corrections == ()
        assert all(q.statement_id != STATEMENTS[0] for e in entries_of(brief) for q in e.quotes)
