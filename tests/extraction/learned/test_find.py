"""What the models add to the grammar's tellings, and what they drop of them."""

from __future__ import annotations

from lodewire.extraction.analysis import analyse
from lodewire.extraction.bounds import bound_sentences
from lodewire.extraction.drafts import Draft
from lodewire.extraction.learned import find
from lodewire.extraction.learned.features import words_of
from lodewire.extraction.learned.find import choose_fillers, judge_tellings, rate_types
from lodewire.model.vocabulary import EventType
from tests.extraction.conftest import read

STRIKE = "Miners at Antofagasta's Centinela copper mine in Chile downed tools on Monday over pay."
IDLE = "The mine, which opened in 1974, is named after the river that runs past its gate."


def sentences_of(text: str) -> list[find.Sentence]:
    return analyse(bound_sentences(read(text).document)).sentences


def test_a_sentence_that_tells_an_outage_is_rated_so() -> None:
    """The type told is likelier than any other; a sentence that tells nothing is likely none."""
    told, idle = sentences_of(f"{STRIKE}\n\n{IDLE}")
    likely = rate_types(told, words_of(told))
    assert max(likely, key=lambda t: likely[t]) is EventType.DISRUPTION
    assert max(rate_types(idle, words_of(idle)).values()) < find.SURE


def test_a_telling_that_the_grammar_lacks_is_added_with_its_roles() -> None:
    """Trigger, site and country are of the sentence; the method says who found it."""
    sentences = sentences_of(STRIKE)
    (draft,) = [d for d in judge_tellings(sentences, []) if d.type is EventType.DISRUPTION]
    assert draft.method == find.METHOD
    assert draft.sentence is sentences[0]
    assert {a.text for a in draft.of("site")} == {"Centinela"}
    assert [a.value for a in draft.of("cause")] == ["strike"]


def test_a_sentence_without_a_name_is_rated_for_its_figures() -> None:
    """Who or what it tells of stands in the text around it; without a figure there is nothing."""
    _, price, idle = sentences_of(
        "Tungsten is in short supply, traders say.\n\nOver the year its price went up by some 80%."
        "\n\nIt went up, and up, and nobody knows why it did."
    )
    assert not price.mentions
    assert {d.type for d in judge_tellings([price], [])} == {EventType.PRICE_CHANGE}
    assert judge_tellings([idle], []) == []


def test_a_telling_that_the_models_hold_for_impossible_is_dropped() -> None:
    """The grammar's slip on a sentence about a name does not stand; an anaphor's does."""
    (sentence,) = sentences_of(IDLE)
    clause = sentence.clauses[0]
    slip = Draft(EventType.TARIFF, sentence, clause.chunk.span, clause)
    joins = Draft(EventType.TARIFF, sentence, clause.chunk.span, clause, anaphoric=True)
    assert judge_tellings([sentence], [slip, joins]) == [joins]


def test_what_the_grammar_told_is_not_told_again() -> None:
    """One telling a type and sentence."""
    sentences = sentences_of(STRIKE)
    own = Draft(EventType.DISRUPTION, sentences[0], sentences[0].span)
    assert judge_tellings(sentences, [own]) == [own]


def test_a_single_role_takes_one_candidate() -> None:
    """Two dates in a sentence: one is the outage's."""
    (sentence,) = sentences_of(
        "Vale halted the Onça Puma smelter in Brazil on Monday after a fire on Sunday."
    )
    words = words_of(sentence)
    kept = choose_fillers(sentence, words, 1, EventType.DISRUPTION)
    names = [role.name for role, _ in kept]
    assert names.count("date") <= 1
    spans = [c.span for _, c in kept]
    assert not any(a.overlaps(b) for i, a in enumerate(spans) for b in spans[i + 1 :])
