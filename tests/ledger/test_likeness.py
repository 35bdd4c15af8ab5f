"""Which documents are brought to a new one: those that share most, rare keys before common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.ledger.likeness import MOST_CANDIDATES
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.document import Document
from lodewire.model.ids import DocumentId, OriginId, StoryId
from lodewire.model.story import StoryMember

from . import sample

START = date(2025, 3, 10)


@dataclass(frozen=True)
class Keys:
    """A signature that is nothing but keys."""

    document_id: DocumentId
    day: date
    keys: tuple[int, ...]
    window: int = 45
    close_keys: tuple[int, ...] = ()
    close_window: int = 4
    mark_keys: tuple[int, ...] = ()

    def dump(self) -> bytes:
        return str(self.document_id).encode()


def filled(ledger: Ledger, told: Sequence[tuple[int, tuple[int, ...]]]) -> list[DocumentId]:
    """Place one document for each (days after the start, keys)."""
    found = []
    for at, (days, keys) in enumerate(told):
        capture = sample.capture_of("wire", f"https://wire.example/{at}", f"Page {at}.", days)
        ledger.captures.add(capture)
        document = Document(
            capture_id=capture.id, source_id=capture.source_id, text=f"Page {at}.", url=capture.url
        )
        ledger.documents.add_read(capture.id, [document])
        signature = Keys(document.id, START + timedelta(days=days), keys)
        own = StoryMember(
            document_id=document.id,
            story_id=StoryId(f"sto_{at}"),
            origin_id=OriginId(f"or_{at}"),
            relation="founder",
        )
        ledger.stories.add(signature, [own])
        found.append(document.id)
    return found


def near(ledger: Ledger, keys: tuple[int, ...], days: int = 0, window: int = 45) -> set[DocumentId]:
    asked = Keys(DocumentId("doc_new"), START + timedelta(days=days), keys, window)
    return {kept.member.document_id for kept in ledger.stories.candidates(asked)}


def test_a_rare_key_counts_for_more_than_common_ones() -> None:
    """One page shares a rare pair of names; a hundred share three phrases of the masthead."""
    masthead = (1, 2, 3)
    with open_ledger(":memory:", create=True) as ledger:
        ids = filled(ledger, [(0, masthead)] * 100 + [(0, (77,))])
        found = near(ledger, (*masthead, 77))
        assert len(found) == MOST_CANDIDATES
        assert ids[-1] in found


def test_what_hundreds_printed_still_finds_them() -> None:
    with open_ledger(":memory:", create=True) as ledger:
        ids = filled(ledger, [(0, (5,))] * 300 + [(0, (5, 6))])
        assert near(ledger, (5,)) <= set(ids)
        assert len(near(ledger, (5,))) == MOST_CANDIDATES
        assert ids[-1] in near(ledger, (5, 6))


@settings(max_examples=25, deadline=None)
@given(
    told=st.lists(st.tuples(st.integers(-200, 200), st.sets(st.integers(-9, 9))), max_size=12),
    asked=st.sets(st.integers(-9, 9)),
    day=st.integers(-200, 200),
    window=st.integers(0, 90),
)
def test_all_that_share_a_key_within_the_window_are_found(
    told: list[tuple[int, set[int]]], asked: set[int], day: int, window: int
) -> None:
    with open_ledger(":memory:", create=True) as ledger:
        ids = filled(ledger, [(days, tuple(keys)) for days, keys in told])
        expected = {
            id_
            for id_, (days, keys) in zip(ids, told, strict=True)
            if keys & asked and abs(days - day) <= window
        }
        assert near(ledger, tuple(asked), day, window) == expected
