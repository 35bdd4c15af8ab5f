"""Mentions of one happening become one event, over documents, publishers and wordings.

Mentions are placed in the order (day reported, id), whatever order they arrive in. Each joins the
event that holds the mention it agrees with best, unless it clashes with any mention of that
event; else it founds one. Where a mention lands depends only on those before it in that order, so
the events are a function of the set of mentions: arriving late, a mention is put in its place and
those after it in its component are placed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lodewire.model.ids import EventId, MentionId, content_id
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Opinion
from lodewire.resolve.judging import AUTHOR, Score
from lodewire.resolve.pairs import asked_keys, block_keys, score, window_of
from lodewire.resolve.views import MentionView

__all__ = [
    "PlacedMention",
    "Placement",
    "Resolution",
    "asked_keys",
    "assign_event",
    "block_keys",
    "event_id_of",
    "resolve",
    "score",
    "window_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMention:
    """A mention that has its place: its event, and the component it may influence."""

    view: MentionView
    event_id: EventId
    component: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The place of a mention; ``founder`` is the first mention of the event, ``at`` the time."""

    mention_id: MentionId
    event_id: EventId
    founder: MentionId
    component: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a batch of mentions changed.

    ``placements`` holds new and moved mentions; ``judged`` the mentions whose judgements by
    ``author`` are replaced by ``judgements``; ``at`` is the time of moves.
    """

    placements: tuple[Placement, ...]
    judgements: tuple[Judgement, ...]
    judged: tuple[MentionId, ...]
    at: datetime
    author: str = AUTHOR


def event_id_of(founder: MentionId) -> EventId:
    """Return the id of the event that a mention founds."""
    return EventId(content_id("ev", founder))


def assign_event(
    mention: MentionView, candidates: Sequence[PlacedMention]
) -> tuple[EventId, tuple[Judgement, ...]]:
    """Place one mention among events told before it.

    ``candidates`` are all members of the events that share a key with it.
    """
    resolution = resolve([mention], candidates)
    own = next(p for p in resolution.placements if p.mention_id == mention.mention_id)
    told = tuple(j for j in resolution.judgements if j.left == mention.mention_id)
    return own.event_id, told


def resolve(
    new: Sequence[MentionView],
    placed: Sequence[PlacedMention],
    rulings: Iterable[Judgement] = (),
    *,
    at: datetime | None = None,
) -> Resolution:
    """Place new mentions, and place anew those that come after them.

    ``placed`` must hold whole components: all mentions of every component that shares a key with
    a new one. ``rulings`` are judgements by people between mentions; they outweigh scores.
    A mention in both lists is placed anew. ``at`` is the time of the run, since when places hold;
    without it new mentions hold theirs since they were seen, and moves happen at the latest time
    at which a new mention was seen or a ruling made, so that a rerun gives the same.
    """
    if not new:
        raise ValueError("nothing to resolve")
    ruled = tuple(rulings)
    known = max([v.seen for v in new] + [r.judged_at for r in ruled])
    run = _Run(ruled)
    fresh = {v.mention_id: v for v in new}
    cut = min(v.order for v in new)
    touched = run.touched(new, placed)
    before = {p.view.mention_id: p for p in placed if p.component in touched}
    late: list[MentionView] = []
    for kept in sorted(before.values(), key=lambda p: p.view.order):
        run.keep_component(kept)
        if kept.view.order < cut:
            run.keep(kept)
        elif kept.view.mention_id not in fresh:
            late.append(kept.view)
    again = sorted([*fresh.values(), *late], key=lambda v: v.order)
    for view in again:
        run.place(view)
    return run.result(before, again, known if at is None else max(at, known), since=at)


class _Run:
    """One pass over mentions in order."""

    def __init__(self, rulings: Iterable[Judgement]) -> None:
        self._rulings = {
            frozenset((r.left, r.right)): r.opinion
            for r in rulings
            if r.deleted_at is None and r.opinion is not Opinion.UNSURE
        }
        self._ruled: dict[str, set[str]] = {}
        for pair in self._rulings:
            for one in pair:
                self._ruled.setdefault(one, set()).update(pair - {one})
        self._members: dict[EventId, list[MentionView]] = {}
        self._event: dict[MentionId, EventId] = {}
        self._by_key: dict[str, list[MentionView]] = {}
        self._keys_of: dict[MentionId, tuple[str, ...]] = {}
        self._views: dict[str, MentionView] = {}
        self._judgements: list[Judgement] = []
        self._link: dict[str, str] = {}
        self._scored: dict[frozenset[str], Score] = {}

    def touched(
        self, new: Sequence[MentionView], placed: Sequence[PlacedMention]
    ) -> frozenset[str]:
        """Return the components that a new mention has to do with; the others stay as they are."""
        by_key: dict[str, list[PlacedMention]] = {}
        by_id = {p.view.mention_id: p for p in placed}
        for p in placed:
            for key in self._keys(p.view):
                by_key.setdefault(key, []).append(p)
        found: set[str] = set()
        for view in new:
            ids = {p.view.mention_id for key in asked_keys(view) for p in by_key.get(key, ())}
            ids |= {MentionId(i) for i in self._ruled.get(view.mention_id, ()) if i in by_id}
            ids.discard(view.mention_id)
            for other in (by_id[i] for i in ids):
                if self._score(view, other.view).opinion is not Opinion.DIFFERENT:
                    found.add(other.component)
            if view.mention_id in by_id:
                found.add(by_id[view.mention_id].component)
        return frozenset(found)

    def keep_component(self, kept: PlacedMention) -> None:
        """Take over what is known to hang together."""
        self._join(kept.view.mention_id, kept.component)

    def keep(self, kept: PlacedMention) -> None:
        """Take over a place that no new mention can change."""
        self._enter(kept.view, kept.event_id)

    def place(self, view: MentionView) -> None:
        """Find the place of the next mention in order."""
        scores = self._scores(view)
        best: tuple[float, EventId, MentionView, Score] | None = None
        maybe: tuple[float, EventId, MentionView, Score] | None = None
        for event_id, (other, found) in scores.items():
            rank = (found.value, event_id, other, found)
            if found.opinion is Opinion.SAME and not self._clashes(view, event_id, found):
                best = _better(best, rank)
            elif found.opinion is not Opinion.DIFFERENT:
                maybe = _better(maybe, rank)
        if best is not None:
            self._judge(view, best[2], best[3])
            self._enter(view, best[1])
            return
        if maybe is not None:
            unsure = Score(value=maybe[3].value, opinion=Opinion.UNSURE, reasons=maybe[3].reasons)
            self._judge(view, maybe[2], unsure)
        self._enter(view, event_id_of(view.mention_id))

    def _scores(self, view: MentionView) -> dict[EventId, tuple[MentionView, Score]]:
        """The best score with each event met, and the mention it is with."""
        met = {v.mention_id: v for key in asked_keys(view) for v in self._by_key.get(key, ())}
        for other_id in self._ruled.get(view.mention_id, ()):
            if other_id in self._views:
                met[MentionId(other_id)] = self._views[other_id]
        found: dict[EventId, tuple[MentionView, Score]] = {}
        for other in sorted(met.values(), key=lambda v: v.order):
            answer = self._score(view, other)
            if answer.opinion is Opinion.DIFFERENT:
                continue
            self._join(view.mention_id, other.mention_id)
            event_id = self._event[other.mention_id]
            if event_id not in found or answer.value > found[event_id][1].value:
                found[event_id] = (other, answer)
        return found

    def _score(self, a: MentionView, b: MentionView) -> Score:
        pair = frozenset((a.mention_id, b.mention_id))
        found = self._scored.get(pair)
        if found is None:
            # The later one against the earlier, whichever asks: reasons name both in that order.
            a, b = max(a, b, key=_order), min(a, b, key=_order)
            ruled = self._rulings.get(pair)
            found = score(a, b) if ruled is None else _RULED[ruled]
            self._scored[pair] = found
        return found

    def _clashes(self, view: MentionView, event_id: EventId, found: Score) -> bool:
        """One mention of the event that cannot be the same keeps the newcomer out."""
        for member in self._members[event_id]:
            answer = self._score(view, member)
            # A person who says "same" outweighs the rules, not another person.
            if answer is _RULED[Opinion.DIFFERENT] or (
                answer.forbidden and found is not _RULED[Opinion.SAME]
            ):
                return True
        return False

    def _judge(self, view: MentionView, other: MentionView, found: Score) -> None:
        self._judgements.append(
            Judgement(
                left=view.mention_id,
                right=other.mention_id,
                opinion=found.opinion,
                score=min(found.value, 1.0),
                author=AUTHOR,
                # The first moment at which both were known: no clock, so a rerun gives the same.
                judged_at=max(view.seen, other.seen),
                reason="; ".join(found.reasons),
            )
        )

    def _enter(self, view: MentionView, event_id: EventId) -> None:
        self._views[view.mention_id] = view
        self._event[view.mention_id] = event_id
        self._members.setdefault(event_id, []).append(view)
        self._join(view.mention_id, view.mention_id)
        for key in self._keys(view):
            self._by_key.setdefault(key, []).append(view)

    def _keys(self, view: MentionView) -> tuple[str, ...]:
        found = self._keys_of.get(view.mention_id)
        if found is None:
            found = self._keys_of[view.mention_id] = block_keys(view)
        return found

    def _root(self, name: str) -> str:
        while self._link.setdefault(name, name) != name:
            self._link[name] = self._link[self._link[name]]
            name = self._link[name]
        return name

    def _join(self, a: str, b: str) -> None:
        first, second = sorted((self._root(a), self._root(b)))
        self._link[second] = first

    def result(
        self,
        before: Mapping[MentionId, PlacedMention],
        again: Sequence[MentionView],
        at: datetime,
        since: datetime | None = None,
    ) -> Resolution:
        """Return what differs from before: moved ``at``, placed first ``since`` (or when seen)."""
        placements = []
        for mention_id, event_id in self._event.items():
            component = self._root(mention_id)
            old = before.get(mention_id)
            seen = self._views[mention_id].seen
            if old is not None and (old.event_id, old.component) == (event_id, component):
                continue
            placements.append(
                Placement(
                    mention_id=mention_id,
                    event_id=event_id,
                    founder=self._members[event_id][0].mention_id,
                    component=component,
                    at=at if old is not None else max(since or seen, seen),
                )
            )
        return Resolution(
            placements=tuple(placements),
            judgements=tuple(self._judgements),
            judged=tuple(v.mention_id for v in again),
            at=at,
        )


_RULED = {
    Opinion.SAME: Score(value=2.0, opinion=Opinion.SAME, reasons=("ruled by an editor",)),
    Opinion.DIFFERENT: Score(
        value=0.0, opinion=Opinion.DIFFERENT, reasons=("ruled by an editor",), forbidden=True
    ),
}


def _order(view: MentionView) -> tuple[date, str]:
    return view.order


def _better(
    kept: tuple[float, EventId, MentionView, Score] | None,
    offered: tuple[float, EventId, MentionView, Score],
) -> tuple[float, EventId, MentionView, Score]:
    """The higher score; on a tie the event whose mention was reported first."""
    if kept is None or offered[0] > kept[0]:
        return offered
    if offered[0] == kept[0] and offered[2].order < kept[2].order:
        return offered
    return kept
