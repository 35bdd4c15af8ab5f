"""Two figures that a text calls equal are recomputed within the precision written."""

from __future__ import annotations

import pytest

from lodewire.model.vocabulary import CheckKind
from tests.extraction.checks.scenes import checks_of, told, verdicts

KIND = CheckKind.UNIT_EQUIVALENCE

RIGHT = [
    "It was over 40 cents a pound, or nearly $900 a tonne.",
    "It was 40 cents a pound, or about $880 a tonne.",
    "It was 40 cents a pound, or $881.85 a tonne.",
    "It was $2.20 a pound ($4,850 a tonne).",
    "It was $4,850 a tonne ($2.20 a pound).",
    "A cargo of 2,000 pounds (907 kg) came in.",
    "A cargo of 907 kg (2,000 pounds) came in.",
    "A pit of 1,200 miles (1,931 kilometers) from here.",
    "A lease of 250 acres (101 hectares) was let.",
    "A well of 10,000 feet (3,048 metres) was drilled.",
    "A stock of 1 million ounces (31.1 tonnes) of gold.",
    "A field of 5 bcm (177 bcf) of gas.",
    "A load of 2,750 tons, or 2,500 metric tons, of ore.",
    "About 2,300 tons (2,090 metric tons) of scrap.",
    "A price of $80 a kilogram ($36.29 a pound).",
    "A price of $10 per MMBtu (about $34/MWh).",
]
WRONG = [
    "It was 40 cents a pound, or about $700 a tonne.",
    "It was 40 cents a pound, or $8,820 a tonne.",
    "It was $2.20 a pound ($3,850 a tonne).",
    "A cargo of 2,000 pounds (1,907 kg) came in.",
    "A pit of 1,200 miles (1,531 kilometers) from here.",
    "A lease of 250 acres (618 hectares) was let.",
    "A well of 10,000 feet (32,808 metres) was drilled.",
    "A stock of 1.5 million ounces (67 tonnes) of gold.",
    "A field of 5 bcm (277 bcf) of gas.",
    "A price of $80 a kilogram ($63.29 a pound).",
    "A price of $80 a kilogram ($8,000 a tonne).",
    "A cargo of 5,000 barrels (1,790 cubic metres) came in.",
]
SILENT = [
    "It takes 5 tonnes or 10 barrels.",
    "It takes 10 kg or 50 lb, as the buyer likes.",
    "It has 5,000 tonnes (300 workers).",
    "It made 5,000 tonnes (2024: 4,000 tonnes).",
    "It lost 5% (3 percentage points).",
    "It has 40 tonnes and 90 pounds.",
    "It is 5 km long (3 tonnes).",
    "It made 5,000 tonnes (5,500 tonnes).",
    "It cost $5 million ($3 million net).",
]


@pytest.mark.parametrize("text", RIGHT)
def test_figures_that_agree_are_consistent_or_rounded(text: str) -> None:
    assert verdicts(text, KIND) in (["consistent"], ["rounding"])


@pytest.mark.parametrize("text", WRONG)
def test_figures_that_cannot_agree_are_a_mismatch(text: str) -> None:
    assert verdicts(text, KIND) == ["mismatch"]


@pytest.mark.parametrize("text", SILENT)
def test_figures_that_are_not_called_equal_are_left_alone(text: str) -> None:
    assert verdicts(text, KIND) == []


def test_the_detail_shows_the_computation() -> None:
    (line,) = told("It was over 40 cents a pound, or nearly $900 a tonne.", KIND)
    assert line == "consistent: 40 USc/lb = 881.85 USD/t; the text says 900 USD/t"


def test_a_currency_without_a_rate_is_uncheckable_and_tells_the_rate_implied() -> None:
    (line,) = told("It closed at Yuan 81,000/mt ($11,278/mt).", KIND)
    assert line.startswith("uncheckable: ")
    assert "7.1821 CNY for 1 USD" in line


@pytest.mark.parametrize(
    ("price", "verdict"),
    [("11,246.37", "consistent"), ("11,250", "consistent"), ("12,246.37", "mismatch")],
)
def test_a_currency_is_checked_where_the_text_states_the_rate(price: str, verdict: str) -> None:
    text = f"Copper rose to 80,560 yuan (${price}) a ton.\n\n($1 = 7.1632 Chinese yuan)"
    assert verdicts(text, KIND) == [verdict]


def test_evidence_quotes_both_figures() -> None:
    text = "It was over 40 cents a pound, or nearly $900 a tonne."
    (check,) = checks_of(text, kind=KIND)
    assert [e.quote for e in check.evidence] == ["over 40 cents a pound", "nearly $900 a tonne"]
