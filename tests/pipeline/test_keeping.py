"""Places of documents are the same whether they are written one by one or by the hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.ids import SourceId
from lodewire.model.story import StoryMember
from lodewire.pipeline.keeping import Neighbours
from lodewire.stories.fingerprint import sign
from lodewire.stories.signature import DocumentSignature
from tests.stories.newsroom import DEAL, DEAL_TOLD_ANEW, PROTEST, document, mentions, price_report

START = date(2023, 11, 21)
NOON = datetime(2023, 12, 30, 12, tzinfo=UTC)
TOLD = [
    ("wire", DEAL, 0),
    ("herald", DEAL, 0),
    ("courier", DEAL_TOLD_ANEW, 1),
    ("herald", PROTEST, 1),
    ("wire", PROTEST, 2),
    ("courier", DEAL, 20),
    ("wire", DEAL_TOLD_ANEW, 60),
    ("wire", price_report(2, "8,512", "2,401", "16,200", "up 0.4%"), 2),
    ("herald", price_report(3, "8,320", "2,433", "15,900", "down 1.1%"), 3),
]


def collected(ledger: Ledger) -> list[Document]:
    """Put all that is told into the ledger, still without a story."""
    found = []
    for at, (source, text, days) in enumerate(TOLD):
        day = START + timedelta(days=days)
        url = f"https://{source}.example/{at}"
        capture = Capture(
            source_id=SourceId(source),
            requested_url=url,
            url=url,
            fetched_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
            body=text.encode(),
            media_type="text/html",
        )
        made = replace(document(text, source=source, day=day), capture_id=capture.id, url=url)
        ledger.captures.add(capture)
        ledger.documents.add_read(capture.id, [made])
        found.append(made)
    return found


def signature(made: Document) -> DocumentSignature:
    assert made.published is not None
    return sign(made, day=made.published, mentions=mentions(made.text))


def places(batches: Sequence[Sequence[int]]) -> dict[str, StoryMember]:
    """Where each document lands when placed in these batches."""
    with open_ledger(":memory:", create=True) as ledger:
        made = collected(ledger)
        neighbours = Neighbours(ledger, most=2)  # so few that most are read again
        for batch in batches:
            with neighbours.transaction():
                for at in batch:
                    neighbours.place(signature(made[at]), at=NOON)
        assert not ledger.waiting()["story"]
        assert ledger.integrity() == ()
        return {str(k): m for k, m in ledger.stories.members_of([d.id for d in made]).items()}


@pytest.fixture(scope="module")
def one_by_one() -> dict[str, StoryMember]:
    """The places that documents get when each is written before the next is looked at."""
    return places([[at] for at in range(len(TOLD))])


def test_copies_and_retellings_are_met_inside_a_batch(one_by_one: dict[str, StoryMember]) -> None:
    assert places([range(len(TOLD))]) == one_by_one
    relations = [m.relation for m in one_by_one.values()]
    assert relations.count("copy") >= 3
    assert "related" in relations


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(len(TOLD))), cut=st.integers(0, len(TOLD)))
def test_any_order_and_any_batches_give_the_same_places(
    one_by_one: dict[str, StoryMember], order: list[int], cut: int
) -> None:
    assert places([order[:cut], order[cut:]]) == one_by_one


def test_a_document_placed_twice_keeps_its_place(one_by_one: dict[str, StoryMember]) -> None:
    everything = range(len(TOLD))
    assert places([everything, everything]) == one_by_one


def test_what_a_batch_undone_had_placed_is_forgotten(one_by_one: dict[str, StoryMember]) -> None:
    with open_ledger(":memory:", create=True) as ledger:
        made = collected(ledger)
        neighbours = Neighbours(ledger)

        def killed() -> None:
            with neighbours.transaction():
                neighbours.place(signature(made[0]), at=NOON)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            killed()
        assert ledger.stories.member_of(made[0].id) is None
        with neighbours.transaction():
            for each in made:
                neighbours.place(signature(each), at=NOON)
        found = ledger.stories.members_of([d.id for d in made])
        assert {str(k): m for k, m in found.items()} == one_by_one
