"""What editors did to a day's brief, applied to the events as they are read now.

Edits are bound to words as decisions are: a newer reading of the same words keeps them. A rewritten
sentence is proved again each time; where a name or number of it is backed no more, it lapses and
the composed sentence stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lodewire.errors import UnsupportedClaim
from lodewire.ledger.binding import Told, anchor_of, bind_mention, bind_value
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Segment, Sentence
from lodewire.model.decision import Anchor
from lodewire.model.edition import AnchoredText, BriefEdit, EditKind
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId, MentionId, StatementId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Desk
from lodewire.publish.edition import NO_EDITION, Edition
from lodewire.publish.verify import verify_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An edition, and why rewritten sentences stand in it no more, by event."""

    edition: Edition = NO_EDITION
    lapsed: Mapping[EventId, str] = field(default_factory=dict)


def edited(ledger: Ledger, day: date, events: Sequence[Event]) -> Edited:
    """Return what the edits of a day's brief make of its events, as the ledger knows them."""
    edits = ledger.editions.of_day(day)
    if not edits:
        return Edited()
    documents = sorted({a.document_id for edit in edits for a in _anchors(edit)})
    return _Binder(ledger.decisions.told(documents), events).apply(edits)


def _anchors(edit: BriefEdit) -> list[Anchor]:
    return [*edit.about, *(a for told in edit.told for a in told.anchors)]


class _Binder:
    """Finds the events and statements that edits are about."""

    def __init__(self, told: Mapping[DocumentId, Told], events: Sequence[Event]) -> None:
        self._told = told
        self._events = {e.id: e for e in events}
        self._event_of = {m: e.id for e in events for m in e.mention_ids}

    def apply(self, edits: Sequence[BriefEdit]) -> Edited:
        """Return the state after the last edit."""
        held: set[EventId] = set()
        orders: dict[Desk | None, tuple[EventId, ...]] = {}
        rewritten: dict[EventId, BriefEdit] = {}
        for edit in edits:
            about = self._about(edit)
            if edit.kind is EditKind.HOLD:
                held.update(about)
            elif edit.kind is EditKind.RELEASE:
                held.difference_update(about)
            elif edit.kind is EditKind.ORDER:
                orders[edit.desk] = about
            elif edit.kind is EditKind.REWRITE:
                rewritten.update(dict.fromkeys(about, edit))
            else:
                for id_ in about:
                    rewritten.pop(id_, None)
        sentences, lapsed = self._sentences(rewritten)
        placed = [id_ for desk, ids in orders.items() if desk is not None for id_ in ids]
        edition = Edition(
            held=frozenset(held),
            order={id_: at for at, id_ in enumerate(placed)},
            lead=orders.get(None, ()),
            sentences=sentences,
        )
        return Edited(edition=edition, lapsed=lapsed)

    def _about(self, edit: BriefEdit) -> tuple[EventId, ...]:
        found: dict[EventId, None] = {}
        for anchor in edit.about:
            for mention in bind_mention(anchor, self._told[anchor.document_id]):
                if mention.id in self._event_of:
                    found[self._event_of[mention.id]] = None
        return tuple(found)

    def _sentences(
        self, rewritten: Mapping[EventId, BriefEdit]
    ) -> tuple[dict[EventId, Sentence], dict[EventId, str]]:
        sentences: dict[EventId, Sentence] = {}
        lapsed: dict[EventId, str] = {}
        for id_, edit in rewritten.items():
            stated = {s.id: s for s in self._events[id_].statements}
            try:
                sentence = Sentence(segments=tuple(self._segment(t, stated) for t in edit.told))
                verify_sentence(sentence, stated)
            except UnsupportedClaim as error:
                lapsed[id_] = error.message
            else:
                sentences[id_] = sentence
        return sentences, lapsed

    def _segment(self, told: AnchoredText, stated: Mapping[StatementId, Statement]) -> Segment:
        """A run with the statements of the event that its words bind to."""
        backing = {
            s.id: None
            for anchor in told.anchors
            for s in bind_value(anchor, self._told[anchor.document_id])
            if s.id in stated
        }
        if told.anchors and not backing:
            # A name in small letters ("copper") would pass as a connecting word.
            raise UnsupportedClaim(f"nothing states {told.text!r} any more")
        return Segment(text=told.text, statements=tuple(backing))


def anchored(ledger: Ledger, event: Event, sentence: Sentence) -> tuple[AnchoredText, ...]:
    """Return a sentence with its statements bound to their words, so that it can be kept."""
    told = ledger.decisions.told(sorted({s.document_id for s in event.statements}))
    mentions = {m.id: m for there in told.values() for m in there.mentions}
    stated = {s.id: s for s in event.statements}
    return tuple(
        AnchoredText(
            text=segment.text,
            anchors=tuple(
                anchor_of(mentions[MentionId(stated[id_].subject)], stated[id_])
                for id_ in segment.statements
            ),
        )
        for segment in sentence.segments
    )
