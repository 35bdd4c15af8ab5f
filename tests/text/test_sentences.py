"""Sentences end where a reader says they end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.text.sentences import split_sentences

# Each case: the sentences; joined with a blank they must be cut again at the same places.
WHOLE = [
    ["He met Col. Damon Delarosa of the U.S. Army Corps of Engineers.", "They talked."],
    ["Sen. Lisa Murkowski agreed.", "So did Gov. Mike Dunleavy."],
    ["The plant sells to the U.S.", "The rest goes to Japan."],
    ["Output reached 3.5 Mt.", "Prices fell to $2.05 a lb."],
    ["Trek will receive A$50 000 in exchange.", "The option costs A$5-million."],
    ["J. Smith of Rio Tinto Ltd. said so.", "He gave no date."],
    ["The chairman is Robert M. Friedland.", "The mine is in Congo."],
    ["Newmont Corp. bought Newcrest Mining Ltd. for $17 billion.", "The deal is closed."],
    ["Alcoa Inc. closed a line.", "It will reopen in Jan. 2024."],
    ["On Aug. 11 the price rose.", "On Nov. 22, 2024, it fell."],
    ["The cost is approx. 40 cents vs. 35 cents a year ago.", "Demand is weak."],
    ["Line No. 3 and No. 5 are shut.", "No. 7 runs."],
    ["Was it shut?", "No.", "It runs."],
    ["See Fig. 2 and Sec. 232 of the act.", "Art. 5 applies."],
    ["St. Barbara Ltd. sold Mt. Isa shares.", "St. Helens is closed."],
    ["Some metals, e.g. nickel, rose, i.e. they gained.", "Others fell."],
    ["Dr. A. B. Jones and Prof. C. D. Lee wrote it.", "It was read."],
    ["Gold traded at 10 a.m. in London.", "It closed at 5 p.m.", "The Fed met."],
    ["It costs $1,900 an oz.", "Gold fell."],
    ["Grades are 1.2% Cu and 0.5 g/t Au.", "Drilling goes on."],
    ['"We are ready."', "He left."],
    ["“We are ready,” she said.", "“The mine will open.”", "That is new."],
    ["The mine will close.”", "He denied it."],
    ['"Really?" he asked.', "She nodded."],
    ["Stop!", "It is closed."],
    ["He hesitated...", "Then he signed."],
    ["Prices fell … and rose again.", "Nobody knew why."],
    ["(The deal was agreed in 2023.)", "It is closed."],
    ["The stake is 51% (see note 3).", "The rest is held by the state."],
    ["The site mining.com reported it.", "Reuters did not."],
    ["Write to info@example.com for details.", "The file is v2.1.3 of it."],
    ["In Washington, D.C. the talks failed.", "In Beijing they went on."],
    ["The U.K. and the E.U. signed.", "Japan did not."],
    ["The quota is 150 mln.", "It was 240 mln."],
    ["Output was 42,000 t in 2023.", "2024 will be better."],
    ["Iron ore fell.", "Copper ore.", "Tin rose."],
    ["It owns 49.9 per cent.", "A third is for sale."],
    ["The company is Zijin Mining Group Co. of China.", "Its shares rose."],
    ["Freeport-McMoRan Inc. (FCX.N) gained 2%.", "BHP lost 1%."],
    ["Vol. 3 covers pp. 5-9.", "Ch. 4 is new."],
    ["The U.S. Geological Survey said so.", "Its report is out."],
    ["Rep. Mr. Speaker et al. agreed.", "They left."],
]


@pytest.mark.parametrize("sentences", WHOLE, ids=lambda s: s[0][:32])
def test_abbreviations_numbers_and_quotes_do_not_cut_a_sentence(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [span.of(text) for span in split_sentences(text)] == sentences


OTHERS = [
    ("ja", ["銅価格が上昇した。", "供給は少ない。", "「在庫は少ない。」と述べた。", "以上！"], ""),
    ("zh", ["中国宣布出口管制。", "铝价上涨了吗？", "市场在等待。"], ""),
    ("de", ["Am 12. Mai stieg er.", "Die 3. Frage blieb z.B. offen.", "Dr. Müller ging."], " "),
    ("de", ["Es kostet 3 Mio. Euro.", "Das ist viel."], " "),
    ("fr", ["M. Dupont a signé l'accord.", "Il vaut 5 millions.", "Cf. art. 3 du code."], " "),
    ("es", ["El Sr. García firmó en EE.UU. el acuerdo.", "La mina abre en sept. de 2024."], " "),
]


@pytest.mark.parametrize(("language", "sentences", "glue"), OTHERS)
def test_other_languages_keep_their_own_stops(
    language: str, sentences: list[str], glue: str
) -> None:
    text = glue.join(sentences)
    assert [span.of(text) for span in split_sentences(text, language)] == sentences


def test_a_newline_always_ends_a_sentence() -> None:
    text = "KEY POINTS\n\n• Output fell\n• Prices of Mr.\nSmith rose"
    assert [span.of(text) for span in split_sentences(text)] == [
        "KEY POINTS",
        "• Output fell",
        "• Prices of Mr.",
        "Smith rose",
    ]


def test_bullets_inside_a_line_part_sentences() -> None:
    text = "• Output fell • Prices rose"
    assert [span.of(text) for span in split_sentences(text)] == ["• Output fell", "• Prices rose"]


def test_a_number_that_opens_a_line_is_no_sentence() -> None:
    text = "1. The first mine. 2 more follow.\n2. The second mine."
    assert split_sentences(text)[0].of(text) == "1. The first mine."


def test_a_lost_blank_between_sentences_is_seen() -> None:
    text = "Prices rose sharply.The company did not comment."
    assert [span.of(text) for span in split_sentences(text)] == [
        "Prices rose sharply.",
        "The company did not comment.",
    ]


def test_an_empty_text_has_no_sentences() -> None:
    assert split_sentences("") == ()
    assert split_sentences(" \n\t ") == ()


def test_a_long_run_of_marks_stays_linear() -> None:
    assert len(split_sentences("." * 300_000 + ' U.S. "' * 20_000)) >= 1


_PIECES = st.sampled_from(
    ["U.S.", "No. 5", "3.5", "Inc.", "said", "The", "。", "…", '"', ")", "\n", " ", "•", "?", "ä"]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map(" ".join)), st.sampled_from(["en", "de", None]))
def test_spans_are_ordered_lie_within_and_cover_all_that_is_not_blank(
    text: str, language: str | None
) -> None:
    spans = split_sentences(text, language)
    end = 0
    covered = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert text[end : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip()
        assert "\n" not in span.of(text)
        end = span.end
        covered += span.end - span.start
    assert text[end:].strip() == ""
    assert covered >= sum(1 for character in text if not character.isspace())


def test_dots_that_lead_to_a_figure_end_no_sentence() -> None:
    """A table set in dots keeps each line whole."""
    line = "Rebar, Turkey fob .............. $578/t (unch)"
    assert [line[s.start : s.end] for s in split_sentences(line)] == [line]
