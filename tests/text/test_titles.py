"""Headlines without their sites."""

from __future__ import annotations

import pytest

from lodewire.text.titles import choose_title, same_headline, strip_site

STRIPPED = [
    ("Tin mine opens - Example Metals", ["Example Metals"], "Tin mine opens"),
    ("Tin mine opens | examplemetals.com", ["examplemetals.com"], "Tin mine opens"),
    ("Example Metals: Tin mine opens", ["Other"], "Example Metals: Tin mine opens"),
    ("Example Metals | Tin mine opens", ["Example Metals"], "Tin mine opens"),
    ("Gold - the last refuge - rises", ["Example"], "Gold - the last refuge - rises"),
    ("Tin｜金属新聞", ["金属新聞"], "Tin"),
    ("Tin mine opens | News | The Example", ["Example", "News"], "Tin mine opens"),
    ("Example Metals", ["Example Metals"], "Example Metals"),
]


@pytest.mark.parametrize(("title", "sites", "stripped"), STRIPPED)
def test_the_name_of_the_site_is_cut(title: str, sites: list[str], stripped: str) -> None:
    assert strip_site(title, sites) == stripped


def test_the_visible_headline_wins_over_the_declared_spelling() -> None:
    title = choose_title(["TIN MINE OPENS IN CORNWALL"], ["Tin mine opens in Cornwall"], None, [])
    assert title == "Tin mine opens in Cornwall"


def test_a_cut_headline_is_completed() -> None:
    whole = "Tin mine in Cornwall opens after twenty-seven years of standing idle"
    assert choose_title([whole[:45] + "...", whole], [], None, []) == whole
    assert choose_title([whole[:52] + "…"], [whole], None, []) == whole


def test_a_declared_headline_wins_over_an_unrelated_heading() -> None:
    assert choose_title(["Tin mine opens"], ["Example Metals"], "x", ["Example Metals"]) == (
        "Tin mine opens"
    )


def test_a_heading_serves_where_the_title_element_names_the_site_only() -> None:
    assert choose_title([], ["Tin mine opens today"], "Example", ["Example"]) == (
        "Tin mine opens today"
    )
    assert choose_title([], [], None, []) is None


def test_headlines_are_compared_without_case_marks_and_cut_ends() -> None:
    assert same_headline("Tin mine: opens!", "TIN MINE OPENS")
    assert same_headline("Tin mine opens after long delay", "Tin mine opens after long delay in UK")
    assert not same_headline("Tin", "Tin mine opens")
    assert not same_headline("", "")
