"""Values that differ, values of different kinds, and values that are not disclosed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lodewire.model.event import Event
from lodewire.model.ids import DocumentId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType
from lodewire.publish.conflicts import find_conflicts, undisclosed_roles, with_undisclosed
from tests.publish.made import event, link, statement

TEXT = "MMG buys it for $1.875 billion, or $1.73 billion; terms were not disclosed."
SOURCES = {
    DocumentId("doc_a"): link("doc_a", publisher="A"),
    DocumentId("doc_b"): link("doc_b", publisher="B"),
}


def value(sum_: str, basis: str | None, document: str) -> Statement:
    made = statement(
        "value",
        {"1.875": "1875000000", "1.73": "1730000000"}[sum_],
        quote=f"${sum_} billion",
        unit="USD",
        document=document,
        text=TEXT,
    )
    return replace(made, basis=basis)


def deal(*statements: Statement) -> Event:
    return event(EventType.ACQUISITION, *statements)


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        (None, None, True),
        ("enterprise value", "enterprise value", True),
        ("enterprise value", None, True),
        ("enterprise value", "equity value", False),
        ("total consideration", "upfront", False),
    ],
)
def test_values_of_two_kinds_are_no_conflict(left, right, differ):
    """A sum whose kind nobody tells may be of any kind, so it still conflicts."""
    notes = find_conflicts(
        deal(value("1.875", left, "doc_a"), value("1.73", right, "doc_b")), SOURCES
    )
    assert bool(notes) is differ


def test_a_conflict_says_which_value_each_is():
    told = deal(value("1.875", "enterprise value", "doc_a"), value("1.73", None, "doc_b"))
    (note,) = find_conflicts(told, SOURCES)
    assert note.values == (
        ("US$1.875 billion enterprise value", "A"),
        ("US$1.73 billion", "B"),
    )


def test_not_disclosed_is_a_value_beside_those_that_others_give():
    silent = statement("not_disclosed", "value", quote="not disclosed", document="doc_b", text=TEXT)
    told = deal(value("1.875", None, "doc_a"), silent)
    assert find_conflicts(told, SOURCES) == ()
    (note,) = with_undisclosed((), told, SOURCES)
    assert note.values == (("US$1.875 billion", "A"), ("not disclosed", "B"))
    assert undisclosed_roles(told) == ()


def test_not_disclosed_joins_a_conflict_that_is_there():
    silent = statement("not_disclosed", "value", quote="not disclosed", document="doc_c", text=TEXT)
    told = deal(value("1.875", None, "doc_a"), value("1.73", None, "doc_b"), silent)
    (note,) = with_undisclosed(find_conflicts(told, SOURCES), told, SOURCES)
    assert [v for v, _ in note.values] == ["US$1.875 billion", "US$1.73 billion", "not disclosed"]


def test_what_nobody_gives_is_told_as_not_disclosed():
    silent = statement("not_disclosed", "value", quote="not disclosed", text=TEXT)
    own = deal(value("1.875", None, "doc_a"), silent)
    assert undisclosed_roles(deal(silent)) == ("value",)
    assert with_undisclosed((), deal(silent), SOURCES) == ()
    assert with_undisclosed((), own, SOURCES) == ()
