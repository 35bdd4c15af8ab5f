"""Texts that a fuzzer found: each once raised, or put a span beside its words."""

from __future__ import annotations

import pytest

from lodewire.extraction.contract import readings_to_json
from lodewire.extraction.reader import read_document
from lodewire.extraction.sound import NOTE, sound
from lodewire.model.document import Document
from lodewire.model.ids import CaptureId, SourceId
from lodewire.text.sentences import split_sentences
from tests.cli.contract import check_contract

FINDINGS = (
    " \ud800 appointed",
    "The treatment charge for\udc89 copper was $20 a tonne.",
    "slikelyaider was $2.2a 0 pound ($3,850 a tonne).",
    "It paid 0 pounds ($5), and 0 euros a pound ($0 a tonne).",
    "An init then annual p"
    + "\t" * 44
    + "ayments llion and $2 miLlion, inferredfor a total of $2< ilMlion",
    "Copper" + "." * 120 + " and $2 millions",
    "Output was halved at Shawinigan, a 100,000 tpy works, when Shawinigan, a 35, lost power.",
    " ".join(["They said it fell 2% as they cut it by 3%."] * 60),
)


def _document(text: str, title: str | None = None) -> Document:
    return Document(
        capture_id=CaptureId("cap"),
        source_id=SourceId("s"),
        text=text,
        title=title,
        language="en",
        sentences=split_sentences(text, "en"),
    )


@pytest.mark.parametrize("text", FINDINGS)
def test_what_once_failed_is_read_with_every_span_in_place(text: str) -> None:
    """And can be written as JSON."""
    reading = read_document(_document(text), gate=0)
    read = reading.document.text
    assert all(m.span.of(read) == m.text for m in reading.mentions)
    assert all(q.span.of(read) == q.text for q in reading.quantities)
    assert all(d.span.of(read) == d.text for d in reading.dates)
    for event in reading.events:
        assert all(a.span.of(read) == a.text for a in event.arguments)
    check_contract(readings_to_json([reading]))


def test_half_characters_are_replaced_one_for_one() -> None:
    """In text and title, with a note; the numbers after them are still found where they stand."""
    text = "The charge for\udc89 copper was $20 a tonne."
    reading = read_document(_document(text, title="Copper \ud83d"), gate=0)
    assert reading.document.text == text.replace("\udc89", "\ufffd")
    assert reading.document.title == "Copper \ufffd"
    assert reading.document.notes == (NOTE,)
    assert [q.span.of(text) for q in reading.quantities] == ["$20 a tonne"]


def test_a_sound_document_is_left_alone() -> None:
    """Whole characters beyond the basic plane included."""
    document = _document("Copper \U0001f4c8 rose 2%.")
    assert sound(document) is document
