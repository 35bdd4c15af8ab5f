"""Placing mentions: order plays no part, rulings by people hold, wrong merges stay split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.model.ids import EventId, MentionId
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Opinion
from lodewire.resolve.events import (
    PlacedMention,
    Placement,
    asked_keys,
    assign_event,
    block_keys,
    event_id_of,
    resolve,
)
from lodewire.resolve.judging import AUTHOR
from lodewire.resolve.views import MentionView

from .telling import DAY, view

NOON = datetime(2025, 3, 20, 12, tzinfo=UTC)


class Shelf:
    """What the ledger does between batches: keys, components, rulings, live judgements."""

    def __init__(self, rulings: Sequence[Judgement] = ()) -> None:
        self.views: dict[MentionId, MentionView] = {}
        self.places: dict[MentionId, Placement] = {}
        self.judgements: dict[str, Judgement] = {}
        self.rulings = list(rulings)

    def around(self, new: Iterable[MentionView]) -> list[PlacedMention]:
        keys = {key for v in new for key in asked_keys(v)}
        ids = {v.mention_id for v in new}
        ids |= {
            MentionId(i) for r in self.rulings if {r.left, r.right} & ids for i in (r.left, r.right)
        }
        met = {i for i, v in self.views.items() if i in ids or keys & set(block_keys(v))}
        components = {self.places[i].component for i in met if i in self.places}
        return [
            PlacedMention(view=self.views[i], event_id=p.event_id, component=p.component)
            for i, p in self.places.items()
            if p.component in components
        ]

    def add(self, new: Sequence[MentionView]) -> None:
        found = resolve(new, self.around(new), self.rulings)
        self.views |= {v.mention_id: v for v in new}
        self.places |= {p.mention_id: p for p in found.placements}
        gone = [i for i, j in self.judgements.items() if j.left in found.judged]
        for id_ in gone:
            del self.judgements[id_]
        self.judgements |= {j.id: j for j in found.judgements}

    def events(self) -> dict[MentionId, EventId]:
        return {i: p.event_id for i, p in self.places.items()}


def deal(n: int, acquirer: str, asset: str, days: int, value: str = "") -> MentionView:
    told = {"acquirer": acquirer, "asset": asset, "value": value and f"{value} USD"}
    return view(
        "acquisition",
        document=f"doc_{n}",
        day=DAY + timedelta(days=days),
        **{role: name for role, name in told.items() if name},
    )


def test_a_mention_alone_founds_an_event_whose_id_comes_from_it() -> None:
    alone = deal(1, "MMG", "Khoemacau", 0)
    event_id, judgements = assign_event(alone, [])
    assert event_id == event_id_of(alone.mention_id)
    assert judgements == ()


def test_a_second_mention_joins_with_a_judgement_that_gives_the_reasons() -> None:
    first, second = deal(1, "MMG", "Khoemacau", 0), deal(2, "MMG Ltd", "Khoemacau mine", 2)
    event_id = event_id_of(first.mention_id)
    placed = PlacedMention(view=first, event_id=event_id, component=first.mention_id)
    found, (judgement,) = assign_event(second, [placed])
    assert found == event_id
    assert judgement.opinion is Opinion.SAME
    assert judgement.author == AUTHOR
    assert (judgement.left, judgement.right) == (second.mention_id, first.mention_id)
    assert judgement.judged_at == second.seen
    assert "acquirer agrees" in judgement.reason


def test_one_clash_with_any_member_keeps_a_newcomer_out_and_asks_an_editor() -> None:
    shelf = Shelf()
    vague = deal(1, "", "Khoemacau", 0, "1900000000")
    mmg = deal(2, "MMG", "Khoemacau", 1, "1900000000")
    jinchuan = deal(3, "Jinchuan", "Khoemacau", 2, "1900000000")
    shelf.add([vague, mmg, jinchuan])
    events = shelf.events()
    assert events[mmg.mention_id] == events[vague.mention_id]
    assert events[jinchuan.mention_id] != events[mmg.mention_id]
    (unsure,) = [j for j in shelf.judgements.values() if j.opinion is Opinion.UNSURE]
    assert unsure.left == jinchuan.mention_id


POOL = [
    deal(n, acquirer, asset, days, value)
    for n, (acquirer, asset, days, value) in enumerate(
        [
            ("MMG", "Khoemacau", 0, "1880000000"),
            ("MMG", "Khoemacau", 3, "1900000000"),
            ("", "Khoemacau", 1, "1900000000"),
            ("Jinchuan", "Khoemacau", 2, "1900000000"),
            ("Jinchuan", "Khoemacau", 2, ""),
            ("MMG", "", 0, "1900000000"),
            ("MMG", "Las Bambas", 1, "1900000000"),
            ("MMG Ltd", "Khoemacau mine", 400, ""),
            ("", "Khoemacau", 4, ""),
            ("MMG", "Khoemacau", 0, ""),
        ]
    )
] + [
    view(
        "tariff",
        document=f"doc_t{n}",
        day=DAY + timedelta(days=days),
        authority="United States",
        product=product,
        **({"rate": rate} if rate else {}),
    )
    for n, (rate, product, days) in enumerate(
        [
            ("25 %", "steel|aluminium", 0),
            ("25 %", "aluminium", 0),
            ("50 %", "aluminium", 2),
            ("", "aluminium", 1),
            ("", "steel", 3),
            ("50 %", "steel", 3),
        ]
    )
]


@st.composite
def batches(draw: st.DrawFn) -> list[list[MentionView]]:
    """The pool, or part of it, in any order and cut into any batches."""
    order = draw(st.permutations(POOL))
    order = order[: draw(st.integers(2, len(order)))]
    cuts = sorted(draw(st.sets(st.integers(1, len(order)))) | {len(order)})
    found, start = [], 0
    for cut in cuts:
        found.append(order[start:cut])
        start = cut
    return [batch for batch in found if batch]


@settings(max_examples=150, deadline=None)
@given(batches())
def test_any_order_and_any_batches_give_the_same_events_and_judgements(
    given_batches: list[list[MentionView]],
) -> None:
    shelf, whole = Shelf(), Shelf()
    for batch in given_batches:
        shelf.add(batch)
    whole.add([v for batch in given_batches for v in batch])
    assert shelf.events() == whole.events()
    assert shelf.judgements == whole.judgements


@settings(max_examples=30, deadline=None)
@given(batches())
def test_placing_mentions_twice_changes_nothing(given_batches: list[list[MentionView]]) -> None:
    shelf = Shelf()
    for batch in given_batches:
        shelf.add(batch)
    before = shelf.events(), dict(shelf.judgements)
    for batch in given_batches:
        shelf.add(batch)
    assert (shelf.events(), shelf.judgements) == before


@settings(max_examples=60, deadline=None)
@given(batches(), st.data())
def test_rulings_hold_in_any_order(
    given_batches: list[list[MentionView]], data: st.DataObject
) -> None:
    views = [v for batch in given_batches for v in batch]
    left, right = data.draw(
        st.tuples(st.sampled_from(views), st.sampled_from(views)).filter(lambda p: p[0] != p[1])
    )
    opinion = data.draw(st.sampled_from([Opinion.SAME, Opinion.DIFFERENT]))
    ruling = judge(left, right, opinion)
    shelf, whole = Shelf([ruling]), Shelf([ruling])
    for batch in given_batches:
        shelf.add(batch)
    whole.add(views)
    assert shelf.events() == whole.events()
    together = shelf.events()[left.mention_id] == shelf.events()[right.mention_id]
    assert together is (opinion is Opinion.SAME)


def judge(left: MentionView, right: MentionView, opinion: Opinion) -> Judgement:
    return Judgement(
        left=left.mention_id,
        right=right.mention_id,
        opinion=opinion,
        score=1.0,
        author="editor",
        judged_at=NOON,
    )


def test_a_wrong_merge_is_split_and_stays_split() -> None:
    first, second = deal(1, "MMG", "Khoemacau", 0), deal(2, "MMG", "Khoemacau", 2)
    shelf = Shelf()
    shelf.add([first, second])
    assert len(set(shelf.events().values())) == 1
    shelf.rulings.append(judge(first, second, Opinion.DIFFERENT))
    shelf.add([second])
    assert len(set(shelf.events().values())) == 2
    shelf.add([deal(3, "MMG", "Khoemacau", 3)])
    events = shelf.events()
    assert events[first.mention_id] != events[second.mention_id]


def test_a_deleted_ruling_counts_no_more() -> None:
    first, second = deal(1, "MMG", "Khoemacau", 0), deal(2, "MMG", "Khoemacau", 2)
    ruled = judge(first, second, Opinion.DIFFERENT)
    gone = Judgement(**{**_fields(ruled), "deleted_at": NOON})
    shelf = Shelf([gone])
    shelf.add([first, second])
    assert len(set(shelf.events().values())) == 1


def _fields(judgement: Judgement) -> dict[str, object]:
    return {name: getattr(judgement, name) for name in Judgement.__dataclass_fields__}


def test_resolving_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        resolve([], [])
