"""Words of an answer are found as they stand, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.extraction.model_reader.align import Aligner, by_distance
from lodewire.model.evidence import Span

TEXT = "Prices rose 1.25% to $1,000, its “best” level\nin two  years. Rio\u00a0Tinto’s 25% and 25%."


def found(words: str, text: str = TEXT) -> list[str]:
    return [s.of(text) for s in Aligner(text, Span(0, len(text))).find(words)]


def test_words_are_found_as_they_stand():
    assert found("rose 1.25%") == ["rose 1.25%"]
    assert found("25%") == ["25%", "25%"], "and not inside 1.25%"


def test_blanks_and_quotation_marks_may_differ():
    assert found('its "best" level in two years') == ["its “best” level\nin two  years"]
    assert found("Rio Tinto's") == ["Rio\u00a0Tinto’s"]


@pytest.mark.parametrize(
    "words",
    [
        "1.3%",
        "1.250%",
        "1,25%",
        "1",
        "1.2",
        "000",
        "$1,00",
        "$1000",
        "25",
        "rise",
        "ROSE",
        "os",
        "",
    ],
)
def test_nothing_like_it_is_taken_for_it(words):
    if words == "25":
        assert found(words) == ["25", "25"], "the bare figure of 25 %, never that of 1.25 %"
    else:
        assert found(words) == []


def test_only_the_part_that_was_asked_about_is_searched():
    part = Span(TEXT.index("Rio"), len(TEXT))
    aligner = Aligner(TEXT, part)
    assert aligner.find("rose") == []
    assert aligner.find("25%", Span(0, TEXT.index(" and"))) == [Span(73, 76)]


def test_the_nearest_place_comes_first():
    spans = Aligner(TEXT, Span(0, len(TEXT))).find("25%")
    assert by_distance(spans, Span(len(TEXT) - 1, len(TEXT))) == spans[::-1]
    assert by_distance(spans, Span(0, 1)) == spans


_LETTERS = st.sampled_from("ab1.,%$ \n\t\u00a0’'“\"«é中")


@given(st.text(_LETTERS, max_size=40), st.data())
def test_any_piece_of_whole_words_is_found_at_its_own_place(text, data):
    """Every span found is in the text and equal but for blanks and quotation marks."""
    words = data.draw(st.text(_LETTERS, max_size=12))
    marks = str.maketrans(dict.fromkeys("’", "'") | dict.fromkeys("“«", '"'))
    for span in Aligner(text, Span(0, len(text))).find(words):
        assert 0 <= span.start < span.end <= len(text)
        told = " ".join(span.of(text).translate(marks).split())
        assert told == " ".join(words.translate(marks).split())
