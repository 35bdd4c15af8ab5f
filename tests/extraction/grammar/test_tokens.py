"""Tokens cover their sentence; what a word is hangs on its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.extraction.grammar.chunks import chunk_tokens
from lodewire.extraction.grammar.clauses import find_clauses
from lodewire.extraction.grammar.tagging import tokenise
from lodewire.extraction.grammar.tokens import Marked, Tag, Token
from lodewire.model.evidence import Span

WORDS = st.sampled_from(
    "the a its of in to from by and or that which who not has have been will is was mines mine "
    "plan plans said says exports export lead rose fell cut cuts sold buying bought MMG Vale China "
    "25% $5 2025 copper price prices , . ; : ( ) “ ” - – ' 's & / % tonnes Ltd. U.S. co-operate "
    "n't won't may May likely given provided whose record".split()
)


def _tokens(text: str) -> list[Token]:
    return tokenise(text, Span(0, len(text)), [])


def _tags(text: str) -> list[tuple[str, str]]:
    return [(t.text, t.tag.value) for t in _tokens(text)]


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_any_text_is_taken_apart_without_loss(text: str) -> None:
    """Tokens are in order, do not overlap, quote the text, and leave out nothing but blanks."""
    at = 0
    left_out = ""
    tokens = _tokens(text)
    for token in tokens:
        assert token.span.start >= at
        assert token.span.of(text) == token.text
        left_out += text[at : token.span.start]
        at = token.span.end
    left_out += text[at:]
    assert not any(c.isalnum() for c in left_out)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_tokens_become_chunks_and_clauses(text: str) -> None:
    """Every token is in exactly one chunk; every verb group heads one clause; no error."""
    tokens = _tokens(text)
    chunks = chunk_tokens(tokens)
    assert [t for c in chunks for t in c.tokens] == tokens
    assert [c.index for c in chunks] == list(range(len(chunks)))
    clauses = find_clauses(chunks)
    assert [c.chunk for c in clauses] == [c for c in chunks if c.verb is not None]
    for clause in clauses:
        assert len(list(clause.governors())) <= len(clauses), "governors never go in a circle"


@given(st.text(alphabet="abc XYZ.,'-$ 0123456789%", max_size=60), st.data())
def test_marked_spans_become_single_tokens(text: str, data: st.DataObject) -> None:
    """Whatever words they hold."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marks = [Marked(Span(start, end), Tag.NAME)] if end > start else []
    tokens = tokenise(text, Span(0, len(text)), marks)
    if marks:
        assert [t.text for t in tokens if t.tag is Tag.NAME] == [text[start:end]]


@pytest.mark.parametrize(
    "piece",
    ["copper prices rose, and ", "(", "the mine which ", "to buy ", "and mines, ", ", ", "of the ",
     "that X said ", "has not ", "A, B, ", "in the x, of the y, said z, "],
)  # fmt: skip
def test_a_long_sentence_costs_in_proportion(piece: str) -> None:
    """Calls are counted, not seconds: four times the words, at most six times the work."""
    import sys

    def work(text: str) -> int:
        calls = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event == "call"

        sys.setprofile(count)
        try:
            find_clauses(chunk_tokens(_tokens(text)))
        finally:
            sys.setprofile(None)
        return calls

    short = piece * 40
    assert work(short * 4) < 6 * work(short)


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The mines closed.", "mines", "noun"),
        ("Vale mines nickel.", "mines", "noun"),  # without names marked, a noun
        ("They mine nickel.", "mine", "verb"),
        ("a plan to export ore", "plan", "noun"),
        ("a plan to export ore", "export", "verb"),
        ("The firm plans to export ore.", "plans", "verb"),
        ("Copper exports fell.", "exports", "noun"),
        ("Copper exports fell.", "fell", "verb"),
        ("Stocks fall in May.", "fall", "verb"),
        ("a fall in stocks", "fall", "noun"),
        ("The price was not disclosed.", "disclosed", "verb"),
        ("They have not yet agreed.", "agreed", "verb"),
        ("an agreed price", "agreed", "noun"),
        ("It rose to record highs.", "record", "noun"),
        ("It will likely fall.", "likely", "adverb"),
        ("Supply is likely to fall.", "fall", "verb"),
        ("whose plant was idled", "plant", "noun"),
        ("Licences will be given out.", "given", "verb"),
        ("given the risk", "given", "prep"),
        ("provided that it is built", "provided", "sub"),
        ("no new licences to mine", "licences", "noun"),
        ("They supply copper monthly.", "monthly", "noun"),
        ("The deal was approved unanimously.", "unanimously", "adverb"),
    ],
)
def test_a_word_is_what_its_neighbours_make_it(text: str, word: str, tag: str) -> None:
    """Noun or verb, participle or preposition."""
    assert dict(_tags(text))[word] == tag


def test_abbreviations_and_possessives_keep_their_stops() -> None:
    """A stop after "Ltd" ends no sentence; 's is a token of its own."""
    assert ("Ltd.", "noun") in _tags("MMG Ltd. said so.")
    assert ("U.S.", "noun") in _tags("The U.S. ban")
    assert [t for t, _ in _tags("China's exports")] == ["China", "'s", "exports"]
    assert _tags("It didn't sell.")[1:4] == [("did", "aux"), ("n't", "neg"), ("sell", "verb")]
    assert _tags("It won’t sell.")[1:4] == [("wo", "aux"), ("n’t", "neg"), ("sell", "verb")]


def test_hyphenated_words_stay_whole() -> None:
    """One word, one token."""
    assert [t for t, _ in _tags("battery-grade nickel-cobalt")] == [
        "battery-grade",
        "nickel-cobalt",
    ]
