"""What was known at a past moment: the same as a ledger that was filled only until then."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lodewire.errors import LedgerError
from lodewire.ledger.schema import judgement_moves, story_moves
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.ids import EntityId
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Opinion

from . import sample
from .sample import DAY, MORNING

# Shrinking runs the two ledgers again and again for minutes and tells little more.
SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def exported(ledger: Ledger) -> str:
    out = io.StringIO()
    ledger.export(out)
    return out.getvalue()


def mixed() -> list[Capture]:
    """Sixteen pages of three mines: copies and retellings, fetched in another order than told."""
    found = []
    for n in range(16):
        source, url, text, days = sample.PAGES[n % 4]
        mine = f"Khoemacau {chr(65 + n % 3)}"
        told = text.replace("Khoemacau", mine).replace("Las Bambas", mine)
        found.append(sample.capture_of(source, f"{url}/{n}", told, days + (n * 7) % 5))
    return found


def read_as_dated(capture: Capture) -> list[Document]:
    """Pages declare days that go against the order in which they are fetched."""
    (document,) = sample.read_plainly(capture)
    number = int(capture.url.rpartition("/")[2])
    return [replace(document, published=DAY + timedelta(days=(number * 5) % 4))]


def fill(ledger: Ledger, some: list[Capture], step: int) -> None:
    with mock.patch.object(sample, "read", read_as_dated):
        for at in range(0, len(some), step):
            sample.run(ledger, some[at : at + step])


def moves(ledger: Ledger) -> tuple[int, int]:
    from sqlalchemy import func, select

    with ledger._access.reading() as connection:
        of = [select(func.count()).select_from(t) for t in (story_moves, judgement_moves)]
        return (connection.scalar(of[0]) or 0, connection.scalar(of[1]) or 0)


@SLOW
@given(st.permutations(mixed()), st.integers(3, 12), st.integers(1, 7), st.booleans())
def test_as_of_a_moment_is_what_a_ledger_filled_until_then_holds(
    order: list[Capture], cut: int, step: int, again: bool
) -> None:
    """Whatever order they came in until then, and whatever came after."""
    times = sorted(c.fetched_at for c in order)
    moment = times[cut]
    early = [c for c in order if c.fetched_at <= moment]
    late = [c for c in order if c.fetched_at > moment]
    with (
        open_ledger(":memory:", create=True) as until,
        open_ledger(":memory:", create=True) as all_,
    ):
        fill(until, early, step)
        fill(all_, early, step)
        fill(all_, late, step)
        if again:
            after = times[-1] + timedelta(days=2)
            all_.captures.add_all(replace(c, fetched_at=after) for c in early)
        then, now = all_.as_of(moment), all_.as_of(times[-1] + timedelta(days=3))
        assert exported(then) == exported(until)
        assert exported(now) == exported(all_)
        assert all_.integrity() == ()
        for day in range(8):
            told = until.events.of_day(DAY + timedelta(days=day))
            assert then.events.of_day(DAY + timedelta(days=day)) == told


def test_what_later_documents_move_is_kept_as_it_was() -> None:
    """The property above would hold of little if nothing ever moved."""
    with open_ledger(":memory:", create=True) as ledger:
        # Latest day first, so that each newcomer comes before those that are there.
        many = sorted(mixed(), key=lambda c: int(c.url.rpartition("/")[2]) * 5 % 4, reverse=True)
        for n, capture in enumerate(many):
            fill(ledger, [replace(capture, fetched_at=MORNING + timedelta(hours=n))], 1)
        stories, judgements = moves(ledger)
        assert stories >= 3
        assert judgements >= 3


@pytest.fixture
def grown(ledger: Ledger) -> tuple[Ledger, datetime]:
    """A ledger to which two retellings and a blockade came after the moment returned."""
    first, *later = sample.captures()
    sample.run(ledger, [first])
    sample.run(ledger, later)
    return ledger, first.fetched_at + timedelta(minutes=1)


def test_an_event_is_told_as_it_was_known(grown: tuple[Ledger, datetime]) -> None:
    ledger, moment = grown
    (deal,) = ledger.events.of_day(DAY)
    (then,) = ledger.as_of(moment).events.of_day(DAY)
    assert {s.value for s in deal.of("value")} == {"1900000000", "1880000000"}
    assert {s.value for s in then.of("value")} == {"1880000000"}
    assert (len(deal.origins), len(then.origins)) == (2, 1)
    assert then.confidence < deal.confidence
    assert ledger.as_of(moment).events.get(deal.id) == then
    assert ledger.as_of(MORNING - timedelta(days=1)).events.of_day(DAY) == ()
    with pytest.raises(LedgerError, match="no event"):
        ledger.as_of(MORNING - timedelta(days=1)).events.get(deal.id)


def test_search_documents_names_and_statements_are_those_of_then(
    grown: tuple[Ledger, datetime],
) -> None:
    ledger, moment = grown
    then = ledger.as_of(moment)
    assert len(ledger.search("khoemacau")) == 3
    (hit,) = then.search("khoemacau")
    assert hit.events == (then.events.of_day(DAY)[0].id,)
    assert then.search("blocked") == then.search("", offset=1) == ()
    assert [e.name for e in ledger.entities.named("Las Bambas")] == ["Las Bambas"]
    assert then.entities.named("Las Bambas") == ()
    mmg = EntityId("mmg")
    assert len(then.entities.documents_of(mmg)) == 1
    assert {s.property for s in then.statements.of_entity(mmg)} == {"acquirer"}
    with pytest.raises(LedgerError, match="no document"):
        then.documents.get(ledger.search("blocked")[0].document_id)


def test_a_retraction_is_not_known_before_it_is_made(grown: tuple[Ledger, datetime]) -> None:
    ledger, moment = grown
    statement = ledger.as_of(moment).statements.of_entity(EntityId("mmg"))[0]
    ledger.statements.retract([statement.id], at=moment + timedelta(days=30))
    assert ledger.as_of(moment).statements.get([statement.id]) == (statement,)
    (gone,) = ledger.as_of(moment + timedelta(days=31)).statements.get([statement.id])
    assert gone.retracted_at == moment + timedelta(days=30)


def test_a_split_by_an_editor_is_not_known_before(grown: tuple[Ledger, datetime]) -> None:
    ledger, _ = grown
    (deal,) = ledger.events.of_day(DAY)
    before = exported(ledger)
    ruled = MORNING + timedelta(days=40)
    last = deal.mention_ids[-1]
    ledger.judgements.add_all(
        [
            Judgement(
                left=other,
                right=last,
                opinion=Opinion.DIFFERENT,
                score=1.0,
                author="editor",
                judged_at=ruled,
            )
            for other in deal.mention_ids[:-1]
        ]
    )
    ledger.events.requeue([last])
    sample.resolve_all(ledger)
    assert exported(ledger) != before
    assert exported(ledger.as_of(ruled - timedelta(hours=1))) == before
    assert exported(ledger.as_of(ruled)) == exported(ledger)
    ledger.judgements.delete(
        [j.id for j in ledger.judgements.about([last]) if j.author == "editor"],
        at=ruled + timedelta(days=1),
    )
    assert len(ledger.as_of(ruled).judgements.rulings([last])) == len(deal.mention_ids) - 1
    assert ledger.as_of(ruled + timedelta(days=2)).judgements.rulings([last]) == ()


def test_the_past_is_only_read_and_needs_a_time_zone(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="cannot be changed"):
        ledger.as_of(MORNING).captures.add(sample.captures()[0])
    with pytest.raises(LedgerError, match="without time zone"):
        ledger.as_of(datetime(2025, 3, 1))  # noqa: DTZ001 - this is what is refused


def test_what_is_placed_late_is_not_known_before(ledger: Ledger) -> None:
    """A document fetched at six and read at noon was not in the brief of nine."""
    many = sample.captures()
    sample.collect_all(ledger, many)
    sample.read_all(ledger)
    noon = MORNING + timedelta(days=30)
    for document in ledger.stories.pending(50):
        from lodewire.stories.cluster import place
        from lodewire.stories.fingerprint import sign
        from lodewire.stories.signature import StoredSignature

        signature = sign(document, day=document.published or DAY, mentions=())
        near = [
            StoredSignature.load(k.payload, k.member) for k in ledger.stories.candidates(signature)
        ]
        ledger.stories.add(signature, place(signature, near), at=noon)
    assert len(ledger.as_of(noon).search("", limit=50)) == len(many)
    early = ledger.as_of(noon - timedelta(hours=3))
    assert early.search("", limit=50) == ()
    assert early.stories.members_of([d.id for d in ledger.documents.of_day(DAY)]) == {}
