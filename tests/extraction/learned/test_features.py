"""Words as the models see them: masked where a name, a figure or a date stands."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.extraction.analysis import Sentence, analyse
from lodewire.extraction.bounds import bound_sentences
from lodewire.extraction.learned.features import stem, telling_features, words_of
from lodewire.extraction.learned.fillers import find_candidates
from tests.extraction.conftest import read


def sentence_of(text: str) -> Sentence:
    return analyse(bound_sentences(read(text).document)).sentences[0]


def test_names_figures_and_dates_are_masked_by_kind() -> None:
    """The models never learn who was in the news."""
    sentence = sentence_of(
        "Glencore bought 40% of the Lofdal project for $20 million on 3 May 2023."
    )
    forms = [w.form for w in words_of(sentence)]
    assert forms[0] == "<organisation>"
    assert {"<q_percent>", "<site>", "<q_money>", "<date>"} <= set(forms)
    assert not any("glencore" in f.lower() for f in telling_features(sentence, words_of(sentence)))


def test_endings_of_one_verb_share_a_stem() -> None:
    """ "halting", "halted" and "halts" tell the same."""
    assert stem("halting") == stem("halted") == stem("halts")


def test_candidates_stand_where_they_say() -> None:
    """Each candidate's words are those of its index."""
    sentence = sentence_of("Vale restarted the Onça Puma nickel mine in Brazil on Monday.")
    words = words_of(sentence)
    for candidate in find_candidates(sentence, words):
        assert words[candidate.at].span.overlaps(candidate.span)


@settings(deadline=None)  # the first text of a process builds the tables
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_any_text_gives_features_and_no_exception(text: str) -> None:
    """Features and candidates of anything at all."""
    document = read(text + "\n\nTin rose.").document
    for sentence in analyse(bound_sentences(document)).sentences:
        words = words_of(sentence)
        assert all(isinstance(f, str) for f in telling_features(sentence, words))
        assert all(sentence.span.covers(c.span) for c in find_candidates(sentence, words))
