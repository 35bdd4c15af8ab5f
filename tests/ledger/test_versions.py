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
    assert set(ledger.versions.turns(ids).withdrawn) == set(ids[:2])
    assert [(s.document_id, s.until is None) for s in ledger.versions.shown(ids[1])] == [
        (ids[0], False),
        (ids[1], False),
        (ids[2], True),
    ]
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


def test_a_text_that_is_gone_back_to_tells_again(ledger: Ledger) -> None:
    """From A to B to A: each moment tells what stood then."""
    back = replace(FIRST, fetched_at=MORNING + timedelta(hours=8))
    for capture in (FIRST, SECOND, back):
        run(ledger, capture)
    one, two = id_of(ledger, FIRST), id_of(ledger, SECOND)
    values = {}
    for hours in (1, 6, 9):
        then = ledger.as_of(MORNING + timedelta(hours=hours))
        (event,) = then.events.of_day(DAY)
        (hit,) = then.search("khoemacau")
        assert event.document_ids == (hit.document_id,)
        values[hours] = ({s.value for s in event.of("value")}, hit.document_id)
    old, new = ({"1880000000"}, one), ({"1950000000"}, two)
    assert values == {1: old, 6: new, 9: old}
    assert [h.document_id for h in ledger.search("khoemacau")] == [one]
    assert ledger.events.of_day(DAY) == ledger.as_of(back.fetched_at).events.of_day(DAY)
    shown = ledger.versions.shown(two)
    assert [s.document_id for s in shown] == [one, two, one]
    assert [s.since for s in shown] == [FIRST.fetched_at, SECOND.fetched_at, back.fetched_at]
    assert [s.until for s in shown] == [SECOND.fetched_at, back.fetched_at, None]
    assert ledger.versions.of(two) == (one, two)
    early = ledger.as_of(MORNING + timedelta(hours=6)).versions.shown(one)
    assert early == (shown[0], replace(shown[1], until=None))
    assert ledger.integrity() == ()


def test_an_earlier_fetch_learned_later_moves_the_first_sight_back(ledger: Ledger) -> None:
    """The text known from the evening stood in the morning already, before the edit."""
    back = replace(FIRST, fetched_at=MORNING + timedelta(hours=8))
    for capture in (back, SECOND, FIRST):
        run(ledger, capture)
    one, two = id_of(ledger, FIRST), id_of(ledger, SECOND)
    assert ledger.documents.seen([one]) == {one: (FIRST.fetched_at, back.fetched_at)}
    assert [s.document_id for s in ledger.versions.shown(one)] == [one, two, one]
    assert ledger.versions.of(two) == (one, two)


def test_two_articles_that_a_later_page_takes_up_stay_two(ledger: Ledger) -> None:
    """A digest of both is a version of each; neither is a version of the other."""
    road = fetched(sample.BLOCKADE, 2)
    both = fetched(f"{DEAL} {sample.BLOCKADE}", 6)
    run(ledger, both)
    run(ledger, road, FIRST)
    ids = {c: id_of(ledger, c) for c in (FIRST, road, both)}
    assert ledger.versions.of(ids[FIRST]) == (ids[FIRST], ids[both])
    assert ledger.versions.of(ids[road]) == (ids[road], ids[both])
    assert set(ledger.versions.turns(ids.values()).withdrawn) == {ids[FIRST], ids[road]}
    noon = ledger.as_of(MORNING + timedelta(hours=5))
    assert {h.document_id for h in noon.search("mine")} == {ids[FIRST], ids[road]}


@QUICK
@given(
    st.permutations(
        [
            FIRST,
            replace(FIRST, fetched_at=MORNING + timedelta(hours=12)),
            replace(SECOND, fetched_at=MORNING + timedelta(hours=15)),
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
