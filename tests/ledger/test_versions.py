"""An article fetched again with another text: its newest version tells, the older ones are kept."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.capture import Capture
from lodewire.model.ids import DocumentId
from lodewire.workbench.resolving import resolve_step

from . import sample
from .sample import DAY, DEAL, DEAL_ANEW, MORNING

URL = "https://wire.example/1"
EDITED = DEAL.replace("$1.88 billion", "$1.95 billion")
LONGER = EDITED + " Shares of the buyer rose after the news."
QUICK = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def fetched(text: str, hours: int, url: str = URL, source: str = "wire") -> Capture:
    capture = sample.capture_of(source, url, text, 0)
    return replace(capture, fetched_at=MORNING + timedelta(hours=hours))


def run(ledger: Ledger, *captures: Capture) -> None:
    sample.collect_all(ledger, captures)
    sample.read_all(ledger)
    sample.story_all(ledger)
    sample.extract_all(ledger)
    resolve_step(ledger)


def exported(ledger: Ledger) -> str:
    out = io.StringIO()
    ledger.export(out)
    return out.getvalue()


def id_of(ledger: Ledger, capture: Capture) -> DocumentId:
    (document,) = ledger.documents.of_capture(capture.id)
    return document.id


FIRST, SECOND, THIRD = fetched(DEAL, 0), fetched(EDITED, 5), fetched(LONGER, 9)


def test_the_newer_version_tells_and_nothing_is_doubled(ledger: Ledger) -> None:
    run(ledger, FIRST)
    (before,) = ledger.events.of_day(DAY)
    run(ledger, SECOND)
    (event,) = ledger.events.of_day(DAY)
    assert {s.value for s in event.of("value")} == {"1950000000"}
    assert event.document_ids == (id_of(ledger, SECOND),)
    assert len(event.origins) == len(event.mention_ids) == 1
    assert event.confidence == before.confidence
    assert [h.document_id for h in ledger.search("khoemacau")] == [id_of(ledger, SECOND)]
    assert ledger.events.get(before.id) == event, "the old id leads on"
    assert ledger.integrity() == ()


def test_as_of_before_still_gives_the_old_version(ledger: Ledger) -> None:
    run(ledger, FIRST)
    before, (told,) = exported(ledger), ledger.events.of_day(DAY)
    run(ledger, SECOND)
    run(ledger, THIRD)
    then = ledger.as_of(MORNING + timedelta(hours=4))
    assert then.events.of_day(DAY) == (told,)
    assert exported(then) == before
    assert [h.document_id for h in then.search("khoemacau")] == [id_of(ledger, FIRST)]
    between = ledger.as_of(MORNING + timedelta(hours=6))
    assert {s.value for s in between.events.of_day(DAY)[0].of("value")} == {"1950000000"}
    assert between.versions.of(id_of(ledger, FIRST)) == (
        id_of(ledger, FIRST),
        id_of(ledger, SECOND),
    )


def test_versions_are_told_oldest_first_from_any_of_them(ledger: Ledger) -> None:
    run(ledger, FIRST, SECOND, THIRD)
    ids = tuple(id_of(ledger, c) for c in (FIRST, SECOND, THIRD))
    for id_ in ids:
        assert ledger.versions.of(id_) == ids
    assert set(ledger.versions.withdrawn(ids)) == set(ids[:2])
    assert len(ledger.statements.of_document(ids[0])) >= 6, "what it stated is kept"


def test_an_edited_article_and_its_copies_are_one_origin(ledger: Ledger) -> None:
    """The copy tells the old figure; it is the wire's all the same."""
    copy = fetched(DEAL, 2, "https://daily.example/copy", "daily")
    own = fetched(DEAL_ANEW, 3, "https://weekly.example/own", "weekly")
    run(ledger, FIRST, copy, own, SECOND)
    (event,) = ledger.events.of_day(DAY)
    assert len(event.document_ids) == 3
    assert len(event.origins) == 2
    members = ledger.stories.members_of(event.document_ids)
    wire = members[id_of(ledger, SECOND)].origin_id
    assert members[id_of(ledger, copy)].origin_id == wire
    assert ledger.stories.copies([wire]) == {wire: 1}


@QUICK
@given(
    st.permutations(
        [
            FIRST,
            SECOND,
            THIRD,
            fetched(DEAL, 2, "https://daily.example/copy", "daily"),
            fetched(EDITED, 6, "https://daily.example/copy", "daily"),
            fetched(DEAL_ANEW, 3, "https://weekly.example/own", "weekly"),
        ]
    ),
    st.integers(1, 6),
)
def test_versions_in_any_order_and_rhythm_give_the_same_ledger(
    order: list[Capture], step: int
) -> None:
    memory = ":memory:"
    with open_ledger(memory, create=True) as one, open_ledger(memory, create=True) as all_:
        for at in range(0, len(order), step):
            run(one, *order[at : at + step])
        run(all_, *sorted(order, key=lambda c: c.fetched_at))
        assert exported(one) == exported(all_)
        assert one.integrity() == ()
        run(one, *order)
        assert exported(one) == exported(all_), "doing it twice changes nothing"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (fetched(sample.BLOCKADE, 5), "another article at a standing address"),
        (fetched(EDITED, 24), "the same address on another day: a daily page"),
        (fetched(EDITED, 5, source="other"), "another source"),
        (fetched(EDITED, 5, "https://wire.example/2"), "another address"),
    ],
)
def test_what_is_no_edit_stays_a_document_of_its_own(
    other: Capture, why: str, ledger: Ledger
) -> None:
    run(ledger, FIRST, other)
    assert len(ledger.versions.of(id_of(ledger, FIRST))) == 1, why
    assert len(ledger.search("", limit=9)) == 2


def test_two_articles_of_one_page_are_no_versions_of_each_other(ledger: Ledger) -> None:
    ledger.captures.add(FIRST)
    (one,) = sample.read(FIRST)
    (two,) = sample.read(SECOND)
    ledger.documents.add_read(FIRST.id, [one, replace(two, capture_id=FIRST.id)])
    assert len(ledger.versions.of(one.id)) == 1


def test_a_version_that_cannot_be_read_takes_nobodys_place(ledger: Ledger) -> None:
    run(ledger, FIRST)
    ledger.captures.add(SECOND)
    sample.read_all(ledger)
    sample.story_all(ledger)
    from lodewire.errors import ReadError

    (pending,) = ledger.readings.pending()
    ledger.quarantine.add(pending.id, "extract", ReadError("no"), at=SECOND.fetched_at)
    resolve_step(ledger)
    (event,) = ledger.events.of_day(DAY)
    assert {s.value for s in event.of("value")} == {"1880000000"}
    ledger.quarantine.retry("extract")
    sample.extract_all(ledger)
    resolve_step(ledger)
    (event,) = ledger.events.of_day(DAY)
    assert {s.value for s in event.of("value")} == {"1950000000"}
