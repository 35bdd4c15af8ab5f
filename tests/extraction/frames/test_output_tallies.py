"""Figures of output told without its word, and figures that are none."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

_HEAD = "Teck's quarterly production report\n\n"


@pytest.mark.parametrize(
    ("sentence", "volumes"),
    [
        (
            "Teck's second quarter came to 109,000 tonnes of copper and 61,000 tonnes of zinc.",
            ["109,000 tonnes", "61,000 tonnes"],
        ),
        ("In the third quarter Antamina had a record 87,242 t of copper.", ["87,242 t"]),
        ("Zinc at Red Dog was 15,525 tonnes in the quarter.", ["15,525 tonnes"]),
        ("Chile's exports of copper were 410,000 tonnes in May.", ["410,000 tonnes"]),
        ("Antamina's 2020 production was 168,000 ounces, or 4.76 tonnes.", ["168,000 ounces"]),
    ],
)
def test_a_figure_counts_an_output_where_the_text_counts_outputs(
    sentence: str, volumes: list[str]
) -> None:
    found = [roles(e)["volume"][0] for e in events(_HEAD + sentence, "production_report")]
    assert sorted(found) == sorted(volumes)


def test_works_guided_to_one_after_another_have_a_figure_each() -> None:
    text = (
        "First Quantum trims its copper guidance.\n\n"
        "First Quantum lowered its copper production guidance for the year. Sentinel is cut by "
        "5,000 t, to 235,000 t, and Kansanshi to 205,000 t."
    )
    found = {tuple(roles(e)["volume"]) for e in events(text, "production_report")}
    assert ("205,000 t",) in found


@pytest.mark.parametrize(
    "sentence",
    [
        "A preliminary study foresaw production of 10,000 tonnes of nickel a year at Ntaka Hill.",
        "A royalty falls due once Nkran has produced 100,000 ounces of gold.",
        "Anyone who exported less than 100 tonnes of cobalt in 2024 gets no quota.",
    ],
)
def test_a_design_a_condition_or_a_quota_is_no_output(sentence: str) -> None:
    assert not events(sentence, "production_report")
