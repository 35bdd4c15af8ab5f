"""The scorers of dates, of linked names and of agreement count what they say."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.agreement import pair
from evaluation.dates import DatedWords, load_rows
from evaluation.dates import score as score_dates
from evaluation.gold import GoldEvent, GoldText
from evaluation.linking import Link
from evaluation.linking import score as score_links

DAY = date(2025, 3, 31)
SENTENCE = "Glencore stopped its smelter on Friday and will decide by the end of May 2026."


def test_a_date_counts_only_where_it_lies() -> None:
    """The right words in the wrong week are an error; a date nobody listed is extra."""
    right = DatedWords(DAY, SENTENCE, "Friday", "2025-03-28", "2025-03-28")
    wrong = DatedWords(DAY, SENTENCE, "the end of May 2026", "2025-05-31", "2025-05-31")
    errors: list[str] = []
    assert score_dates([right, wrong], errors)["recall"] == 0.5
    assert "the end of May 2026" in errors[0]
    assert score_dates([right])["precision"] == 0.5


def test_words_that_are_not_in_their_sentence_are_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A gold row must be checkable."""
    file = tmp_path / "dates-x.csv"
    file.write_text("published,sentence,words,start,end\n2025-03-31,Copper rose.,Friday,,\n")
    with pytest.raises(ValueError, match="Friday"):
        load_rows(file)


def test_a_name_counts_only_with_its_entity_and_a_surplus_is_an_error() -> None:
    """Glencore found and tied is right; tied to another it is wrong; BHP unlisted is extra."""
    text = GoldText("t", "Glencore bought ore from BHP in Chile.\n", (), (), (), (), (), (), ())
    named = Link("t", "organisation", "Glencore", "glencore")
    both = [named, Link("t", "organisation", "BHP", "bhp")]
    assert score_links([text], both)["f1"] == 1.0
    assert score_links([text], [named])["precision"] == 0.5
    other = [Link("t", "organisation", "Glencore", "xstrata"), both[1]]
    assert score_links([text], other)["recall"] == 0.5


def test_two_annotators_agree_on_an_event_by_its_words_or_its_values() -> None:
    """Type must agree; one event of each is paired with one of the other."""

    def told(type_: str, site: str, evidence: str) -> GoldEvent:
        return GoldEvent(type_, "in_force", "asserted", {"site": (site,)}, evidence, True)

    left = [told("disruption", "Altonorte", "stopped Altonorte"), told("permit", "Lofdal", "x y")]
    right = [told("disruption", "Altonorte", "a halt"), told("tariff", "Lofdal", "x y")]
    assert pair(left, right) == [(0, 0)]
