"""A document laid open: what the frames may ask of a sentence."""

from __future__ import annotations

from lodewire.extraction.analysis import Analysis, analyse
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, SourceId
from lodewire.model.vocabulary import MentionType, QuantityKind
from lodewire.text.sentences import split_sentences


def _open(text: str) -> Analysis:
    return analyse(
        Document(
            capture_id=CaptureId("cap"),
            source_id=SourceId("s"),
            text=text,
            language="en",
            sentences=split_sentences(text, "en"),
        )
    )


def test_names_numbers_and_dates_are_single_tokens() -> None:
    """Whatever words they hold."""
    sentence = _open("Rio Tinto sold 50,000 tonnes of copper on 12 March 2025.").sentences[0]
    told = {t.text: t.tag for t in sentence.tokens}
    assert told["Rio Tinto"] is Tag.NAME
    assert any(t.tag is Tag.QUANTITY and t.text.startswith("50,000") for t in sentence.tokens)
    assert told["12 March 2025"] is Tag.DATE


def test_the_dollar_of_a_sum_is_no_country() -> None:
    """ "US$25 million" names no party; "the US" does."""
    analysis = _open("The US lent US$25 million to Sigma.")
    countries = [m.span for m in analysis.of_type(MentionType.COUNTRY)]
    assert [s.of(analysis.text) for s in countries] == ["US"]
    assert countries[0].start == 4


def test_what_lies_in_a_span_is_found_by_kind() -> None:
    """Mentions by type, quantities by kind."""
    sentence = _open("Vale sold 5 tonnes of gold for $300 million in Brazil.").sentences[0]
    whole = sentence.span
    assert [m.name for m in sentence.mentions_in(whole, MentionType.COUNTRY)] == ["Brazil"]
    assert len(sentence.quantities_in(whole)) == 2
    (money,) = sentence.quantities_in(whole, QuantityKind.MONEY)
    assert money.text == "$300 million"
    assert sentence.mentions_in(Span(0, 3)) == []


def test_a_demonym_before_a_firm_is_no_party_of_its_own() -> None:
    """ "Canadian miner Teck": Teck."""
    sentence = _open("Canadian miner Teck sold its coal unit to Glencore.").sentences[0]
    clause = sentence.clauses[0]
    assert [m.name for m in sentence.parties(clause.subject)] == ["Teck"]
    party = sentence.head_party(clause.subject)
    assert party is not None
    assert party.entity == "teck-resources"


def test_a_pronoun_reaches_back_one_sentence() -> None:
    """ "It said …" is the subject of the sentence before; of an earlier one, nobody."""
    analysis = _open("Vale cut output. It said rain was to blame. Prices rose. It was a dry day.")
    second = analysis.sentences[1]
    assert [m.name for m in second.named(second.clauses[0].subject)] == ["Vale"]


def test_the_tail_of_a_clause_ends_where_another_subject_acts() -> None:
    """ "… sold the mine, and BHP bought a port": the port belongs to BHP."""
    sentence = _open("Vale sold the mine for $2 billion, and BHP bought a port in Peru.").sentences[
        0
    ]
    selling = sentence.clauses[0]
    tail = sentence.tail(selling).of(sentence.analysis.text)
    assert "$2 billion" in tail
    assert "port" not in tail


def test_a_place_in_the_text_leads_to_its_clause() -> None:
    """The verb whose complements hold it."""
    text = "Vale sold the mine for $2 billion, and BHP bought a port in Peru."
    sentence = _open(text).sentences[0]
    for words, lemma in (("$2 billion", "sell"), ("Peru", "buy")):
        at = text.index(words)
        clause = sentence.clause_of(Span(at, at + len(words)))
        assert clause is not None
        assert clause.lemma == lemma


def test_sentences_keep_their_own() -> None:
    """What is found in one is not found in another, and nothing is found twice."""
    analysis = _open("Vale cut output by 5%.\nBHP raised it by 3% in May.")
    found = [m for s in analysis.sentences for m in s.mentions]
    assert found == list(analysis.mentions)
    assert [len(s.quantities) for s in analysis.sentences] == [1, 1]
