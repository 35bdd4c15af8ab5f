"""Edits of briefs on each engine: added, in order, as of a moment; acts listed by their words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lodewire.ledger.binding import anchor_of
from lodewire.ledger.store import Ledger
from lodewire.model.account import AuditLine
from lodewire.model.edition import AnchoredText, BriefEdit, EditKind
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Desk

from . import sample
from .sample import DAY, MORNING


def test_edits_are_kept_in_order_and_as_of_a_moment(ledger: Ledger) -> None:
    sample.run(ledger)
    (deal,) = ledger.events.of_day(DAY)
    mention = ledger.events.mentions(EventId(deal.id))[0].mention
    about = (anchor_of(mention),)
    at = MORNING + timedelta(days=2)
    told = (AnchoredText(text="MMG", anchors=about), AnchoredText(text=" buys."))
    edits = [
        BriefEdit(day=DAY, kind=EditKind.HOLD, author="Ana", at=at, about=about),
        BriefEdit(
            day=DAY,
            kind=EditKind.REWRITE,
            author="Ana",
            at=at + timedelta(hours=1),
            about=about,
            told=told,
        ),
        BriefEdit(
            day=DAY,
            kind=EditKind.ORDER,
            author="Ana",
            at=at + timedelta(hours=2),
            about=(),
            desk=Desk.OIL_GAS,
        ),
    ]
    for edit in [*reversed(edits), edits[0]]:
        ledger.editions.add(edit)
    assert list(ledger.editions.of_day(DAY)) == edits
    assert ledger.editions.of_day(DAY + timedelta(days=1)) == ()
    assert list(ledger.as_of(at).editions.of_day(DAY)) == edits[:1]
    assert len({e.id for e in edits}) == 3


def test_acts_are_found_by_how_they_begin_and_since_when(ledger: Ledger) -> None:
    """What stands for any letter in a search stands for itself."""
    for hour, action in enumerate(("brief hold", "brief publish", "review edit", "b%")):
        at = MORNING + timedelta(hours=hour)
        ledger.counted.note(AuditLine(at=at, actor="ac_x", action=action, subject="ev_y"))
    found = ledger.counted.audit(acts="brief")
    assert [line.action for line in found] == ["brief publish", "brief hold"]
    assert [line.action for line in ledger.counted.audit(acts="b%")] == ["b%"]
    late = MORNING + timedelta(hours=1)
    assert len(ledger.counted.audit("ev_y", since=late)) == 3
    assert len(ledger.counted.audit(acts="brief", since=late)) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"author": " "}, "name of a person"),
        ({"at": MORNING.replace(tzinfo=None)}, "aware"),
        ({"kind": EditKind.HOLD}, "about an insight"),
        ({"told": (AnchoredText(text="x"),)}, "rewriting"),
        ({"kind": EditKind.REWRITE}, "about an insight"),
    ],
)
def test_an_edit_that_cannot_be_is_none(change: dict[str, object], why: str) -> None:
    fit = {"day": DAY, "kind": EditKind.ORDER, "author": "Ana", "at": MORNING, "about": ()}
    assert BriefEdit(**fit).desk is None  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=why):
        BriefEdit(**{**fit, **change})  # type: ignore[arg-type]
