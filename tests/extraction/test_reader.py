"""Reading one document: any text, in bounded time, with every span in place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.extraction import reader
from lodewire.extraction.contract import readings_to_json
from lodewire.extraction.reader import read_document
from lodewire.model.document import Document
from lodewire.model.ids import CaptureId, SourceId
from lodewire.model.reading import Reading
from lodewire.text.sentences import split_sentences
from tests.cli.contract import check_contract

WORDS = st.sampled_from(
    "MMG Glencore Vale China's Chile the a copper lead tin lithium mine smelter tariff ban export "
    "exports agreed to buy sell sold will would halted fell rose output price prices of in from by "
    "on at for and , . ; : – ( ) 25% $1.9 billion 40 cents a pound tonnes 2025 March Tuesday said "
    "“ ” not disclosed according sources joint venture permit licence resource Mt Au g/t \n".split(
        " "
    )
)


def _document(text: str, title: str | None = None) -> Document:
    return Document(
        capture_id=CaptureId("cap"),
        source_id=SourceId("s"),
        text=text,
        title=title,
        language="en",
        published=date(2025, 3, 28),
        sentences=split_sentences(text, "en"),
    )


def _check(reading: Reading) -> None:
    text = reading.document.text
    for found in (*reading.mentions, *reading.quantities, *reading.dates):
        assert found.span.of(text) == found.text
    for event in reading.events:
        for argument in event.arguments:
            assert argument.span.of(text) == argument.text
        for evidence in event.evidence:
            evidence.verify(text)
    for check in reading.checks:
        for evidence in check.evidence:
            evidence.verify(text)
        assert all(0 <= s.start < s.end <= len(text) for s in check.spans)
    assert 0 <= reading.relevance <= 1


@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text: str) -> None:
    """Signs, scripts, controls, half characters."""
    _check(read_document(_document(text), gate=0))


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_words_of_the_trade_are_read_without_error(text: str) -> None:
    """Sentences that nobody would write, in the vocabulary that frames react to."""
    reading = read_document(_document(text), gate=0)
    _check(reading)
    if text.strip():
        check_contract(readings_to_json([reading]))


def test_the_same_document_gives_the_same_reading() -> None:
    """Pure."""
    text = "MMG agreed to buy Khoemacau in Botswana for $1.875 billion, it said on Tuesday."
    assert read_document(_document(text), gate=0) == read_document(_document(text), gate=0)


def test_under_the_gate_only_relevance_is_computed() -> None:
    """And no list is filled."""
    reading = read_document(_document("Slice the onions and fry them in butter. " * 5))
    assert reading.relevance < reader.GATE
    lists = (reading.mentions, reading.quantities, reading.events, reading.checks, reading.desks)
    assert lists == ((), (), (), (), ())


def test_an_archive_is_not_read_as_an_article() -> None:
    """A text over the limit is kept with its relevance alone."""
    text = "Copper prices rose 2% in London. " * (reader.LONGEST // 32 + 1)
    reading = read_document(_document(text), gate=0)
    assert reading.events == ()
    assert reading.relevance > 0


@pytest.mark.parametrize("text", ["", " ", "\n\n", "."])
def test_a_text_without_sentences_is_an_empty_reading(text: str) -> None:
    """Not an error."""
    assert read_document(_document(text), gate=0).events == ()


@pytest.mark.parametrize("piece", ["25% ", "Glencore and BHP, ", "China said ", "$5 billion ", "("])
def test_a_run_without_full_stops_costs_in_proportion(piece: str) -> None:
    """Calls are counted, not seconds: four times the text, at most six times the work."""
    import sys

    def work(text: str) -> int:
        document, calls = _document(text), 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event == "call"

        sys.setprofile(count)
        try:
            read_document(document, gate=0)
        finally:
            sys.setprofile(None)
        return calls

    short = piece * (6_000 // len(piece))
    work(short[:200])  # load the tables first
    assert work(short * 4) < 6 * work(short)
