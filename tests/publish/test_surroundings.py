"""The words round a quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, SourceId
from lodewire.publish.surroundings import REACH, words_around

SENTENCE = "MMG said it had agreed to buy the owner of Khoemacau for $1.875 billion."


def _document(text: str, *sentences: Span) -> Document:
    return Document(
        capture_id=CaptureId("cap"), source_id=SourceId("s"), text=text, sentences=sentences
    )


def test_a_short_sentence_is_shown_whole() -> None:
    """Before, quote and after are the sentence."""
    text = f"A headline\n{SENTENCE}"
    at = text.index("Khoemacau")
    before, after = words_around(_document(text, Span(11, len(text))), Span(at, at + 9))
    assert before + "Khoemacau" + after == SENTENCE


def test_a_quote_outside_every_sentence_has_nothing_round_it() -> None:
    """A cell of a table, a line that is no sentence."""
    assert words_around(_document("A headline", Span(2, 10)), Span(0, 4)) == ("", "")


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_long_sentence_is_cut_at_words_near_the_quote(left: int, right: int) -> None:
    """What is shown stands in the document, next to the quote, and is bounded."""
    text = "word " * left + "QUOTE" + " word" * right
    span = Span(5 * left, 5 * left + 5)
    before, after = words_around(_document(text, Span(0, len(text))), span)
    assert text[: span.start].endswith(before.removeprefix("…"))
    assert text[span.end :].startswith(after.removesuffix("…"))
    assert len(before) <= REACH + 1
    assert len(after) <= REACH + 1
    assert not before.removeprefix("…").startswith("ord")
