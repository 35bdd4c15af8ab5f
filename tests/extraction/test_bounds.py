"""A text without full stops is cut into pieces, so that reading it ends in good time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lodewire.extraction.bounds import LONGEST_SENTENCE, bound_sentences
from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, SourceId
from tests.extraction.conftest import read


def _document(text: str) -> Document:
    return Document(
        capture_id=CaptureId("cap"),
        source_id=SourceId("s"),
        text=text,
        sentences=(Span(0, len(text)),) if text else (),
    )


def test_an_ordinary_document_is_left_alone() -> None:
    """The same object."""
    document = _document("Copper rose 2%. " * 20)
    assert bound_sentences(document) is document


@given(st.text(alphabet="ab, ;\t", min_size=1, max_size=4 * LONGEST_SENTENCE))
def test_pieces_hold_all_words_and_are_short(text: str) -> None:
    """In order, inside the sentence, without blanks at their ends; the id stays."""
    document = _document(text)
    bounded = bound_sentences(document)
    assert bounded.id == document.id
    assert all(s.end - s.start <= LONGEST_SENTENCE for s in bounded.sentences)
    if bounded is not document:
        kept = "".join(s.of(text) for s in bounded.sentences)
        assert "".join(kept.split()) == "".join(text.split())


def test_lists_are_cut_after_semicolons() -> None:
    """Not in the middle of a member."""
    bounded = bound_sentences(_document("nickel from Norilsk and copper from Chile; " * 60))
    assert len(bounded.sentences) > 2
    assert all(s.of(bounded.text).endswith(";") for s in bounded.sentences)


def test_what_a_table_says_is_still_read() -> None:
    """Names, numbers and events of a long run without full stops, each with its words."""
    row = "Copper prices rose 2% to $9,000 a tonne in London on Friday and "
    reading = read(row * 60)
    assert len(reading.quantities) > 60
    assert reading.events
    for event in reading.events:
        for argument in event.arguments:
            assert argument.span.of(reading.document.text) == argument.text
