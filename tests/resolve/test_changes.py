"""What an edit changed: values that differ, with both quotes; what merely moved is no change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EntityId, OriginId, SourceId
from lodewire.model.statement import Statement
from lodewire.model.version import ChangeKind
from lodewire.resolve.changes import admits_correction, changes_between

SEEN = datetime(2025, 3, 10, 9, tzinfo=UTC)


def says(
    subject: str, property_: str, value: str, unit: str | None = None, *, at: int = 0
) -> Statement:
    quote = f"{value} {unit or ''}".strip()
    return Statement(
        subject=subject,
        property=property_,
        value=value,
        original=quote,
        evidence=Evidence(
            document_id=DocumentId("doc"), span=Span(at, at + len(quote)), quote=quote
        ),
        source_id=SourceId("src"),
        origin_id=OriginId("or"),
        first_seen=SEEN,
        last_seen=SEEN,
        unit=unit,
        entity=EntityId("mmg") if property_ == "acquirer" else None,
    )


def deal(subject: str, value: str | None, *, at: int = 0, **more: str) -> list[Statement]:
    found = [says(subject, "type", "acquisition", at=at), says(subject, "acquirer", "MMG", at=at)]
    if value is not None:
        found.append(says(subject, "value", value, "USD", at=at + 10))
    return found + [says(subject, name, told, at=at + 20) for name, told in more.items()]


def told(old: list[Statement], new: list[Statement], text: str = "") -> list[tuple[object, ...]]:
    return [
        (c.kind.value, c.property, c.old and c.old.value, c.new and c.new.value, c.silent)
        for c in changes_between(old, new, new_text=text)
    ]


def test_a_figure_changed_without_a_word_is_silent() -> None:
    (change,) = changes_between(deal("a", "1880000000"), deal("b", "1950000000", at=40))
    assert (change.kind, change.property, change.silent) == (ChangeKind.CHANGED, "value", True)
    assert change.old is not None
    assert change.new is not None
    assert change.old.evidence.quote == "1880000000 USD"
    assert change.new.evidence.quote == "1950000000 USD"


@pytest.mark.parametrize(
    ("text", "admits"),
    [
        ("(Corrects the price in the first paragraph.)", True),
        ("An earlier version of this article misstated the tonnage.", True),
        ("This story has been updated with a comment.", True),
        ("Clarification: the stake is indirect.", True),
        ("Updated 10 March 2025", False),
        ("Shares fell in a market correctly priced.", False),
        ("", False),
    ],
)
def test_a_correction_that_is_owned_up_to_is_not_silent(text: str, admits: bool) -> None:
    assert admits_correction(text) is admits
    assert told(deal("a", "1880000000"), deal("b", "1950000000"), text)[0][-1] is not admits


def test_what_only_moved_in_the_text_is_no_change() -> None:
    assert told(deal("a", "1880000000"), deal("b", "1880000000", at=300)) == []


def test_what_came_and_what_went_is_told() -> None:
    assert told(deal("a", "5", seller="the funds"), deal("b", None, country="Botswana")) == [
        ("gone", "value", "5", None, True),
        ("gone", "seller", "the funds", None, False),
        ("added", "country", None, "Botswana", False),
    ]


def test_a_change_of_words_is_told_but_is_no_figure() -> None:
    assert told(deal("a", "5", status="proposed"), deal("b", "5", status="agreed")) == [
        ("changed", "status", "proposed", "agreed", False)
    ]


def test_of_several_happenings_of_one_type_those_that_agree_are_paired() -> None:
    """The second deal was cut, a third added: nobody's price changed."""
    old = deal("a", "5") + deal("b", "7", at=100, country="Peru", seller="Teck")
    new = deal("c", "7", country="Peru", seller="Teck") + deal("d", "5", at=100)
    assert told(old, new) == []
    assert told(old, new[:5]) == [
        ("gone", "acquirer", "MMG", None, False),
        ("gone", "type", "acquisition", None, False),
        ("gone", "value", "5", None, True),
    ]


def test_the_only_happening_of_its_type_is_compared_even_if_all_of_it_changed() -> None:
    left = [says("a", "type", "tariff"), says("a", "rate", "25", "%", at=9)]
    right = [says("b", "type", "tariff"), says("b", "rate", "50", "%", at=9)]
    assert told(left, right) == [("changed", "rate", "25", "50", True)]


def test_one_entity_under_two_spellings_is_one_value() -> None:
    spelt = [says("b", "type", "acquisition"), says("b", "acquirer", "MMG Limited")]
    assert told(deal("a", None), spelt) == []


def test_nothing_against_something_is_all_added_or_gone() -> None:
    assert {c[0] for c in told([], deal("a", "5"))} == {"added"}
    assert {c[0] for c in told(deal("a", "5"), [])} == {"gone"}
    assert told([], []) == []
