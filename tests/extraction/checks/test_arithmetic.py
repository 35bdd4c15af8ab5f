"""Changes, sums, shares, contained metal and worths are recomputed; unsure pairs are not told."""

from __future__ import annotations

import pytest

from lodewire.model.vocabulary import CheckKind
from tests.extraction.checks.scenes import told, verdicts

KIND = CheckKind.ARITHMETIC

RIGHT = [
    "Its target is 87,000 tonnes, an increase of 8.75% from the 80,000 tonnes of last year.",
    "A quota of 73,000 tonnes, 12.3% above the 65,000 tonnes of 2010, was set.",
    "Output rose 8.75% from 80,000 to 87,000 tonnes.",
    "Output rose 9% from 80,000 to 87,000 tonnes.",
    "Output fell 10% to 90,000 tonnes from 100,000 tonnes a year earlier.",
    "It made 90,000 tonnes, down 10% from 100,000 tonnes.",
    "Copper fell 2% to $9,800 a tonne from $10,000 a tonne.",
    "Sales rose nearly 25% to $248 million from $200 million.",
    "It will make 10,000 tonnes a year, up 25% from 8,000 tonnes.",
    "Shipments were 3,000 t of copper, 1,500 t of zinc and 500 t of lead, for a total of 5,000 t.",
    "Output was 5,000 tonnes, comprising 3,000 tonnes of copper and 2,000 tonnes of zinc.",
    "Acme holds 60%, Bolt owns 25% and Cobre the remaining 15%.",
    "The pit has 12 Mt at 1.5% Cu for 180,000 t of contained copper.",
    "The pit has 10 Mt at 3.0 g/t Au for 965,000 oz of contained gold.",
    "It sold 50,000 tonnes at $2,400 a tonne, worth $120 million.",
    "It bought a 20% stake for $100 million, valuing the firm at $500 million.",
]
WRONG = [
    "Its target is 87,000 tonnes, an increase of 18.75% from the 80,000 tonnes of last year.",
    "A quota of 73,000 tonnes, 21.3% above the 65,000 tonnes of 2010, was set.",
    "Output rose 12% from 80,000 to 87,000 tonnes.",
    "Output fell 20% to 90,000 tonnes from 100,000 tonnes a year earlier.",
    "It made 90,000 tonnes, down 15% from 100,000 tonnes.",
    "Copper fell 5% to $9,800 a tonne from $10,000 a tonne.",
    "Sales rose 42% to $248 million from $200 million.",
    "Shipments were 3,000 t of copper, 1,500 t of zinc and 500 t of lead, for a total of 6,000 t.",
    "Output was 5,000 tonnes, comprising 3,000 tonnes of copper and 1,000 tonnes of zinc.",
    "The pit has 12 Mt at 1.5% Cu for 280,000 t of contained copper.",
    "The pit has 10 Mt at 3.0 g/t Au for 9.65 Moz of contained gold.",
    "It sold 50,000 tonnes at $2,400 a tonne, worth $150 million.",
]
SILENT = [
    "Output rose 12%; it was 87,000 tonnes in May and 80,000 tonnes in June.",
    "Tariffs rise from 25% to 50%.",
    "It owns 20% of a firm that made 80,000 tonnes, and 30% of one that made 87,000 tonnes.",
    "It spends $5 million, 20% more than planned, on 3,000 tonnes.",
    "It made 5,000 tonnes, including 3,000 tonnes of copper.",
    "It made 5,000 tonnes, of which 3,000 tonnes copper and 1,000 tonnes zinc.",
    "It made 3,000 tonnes in May and 2,500 tonnes in June and sold 9,000 tonnes in total.",
    "Acme bought 30% and has an option on the remaining 40%.",
    "The pit has 12 Mt at 1.5% Li2O for 445,000 t of lithium carbonate equivalent.",
    "The pit has 12 Mt at 1.5% Cu and 0.5 g/t Au.",
    "The rate fell 5% to 3%.",
    "Up 5% from last year, output was 90,000 tonnes.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_sums_that_hold_are_consistent_or_rounded(text: str) -> None:
    assert verdicts(text, KIND) in (["consistent"], ["rounding"])


@pytest.mark.parametrize("text", WRONG)
def test_sums_that_cannot_hold_are_a_mismatch(text: str) -> None:
    assert verdicts(text, KIND) == ["mismatch"]


@pytest.mark.parametrize("text", SILENT)
def test_numbers_whose_pairing_is_unsure_are_left_alone(text: str) -> None:
    assert verdicts(text, KIND) == []


@pytest.mark.parametrize(
    "text",
    [
        "Output fell 8.75% from 80,000 to 87,000 tonnes.",
        "Acme holds 60%, Bolt owns 25% and Cobre the remaining 25%.",
        "It bought a 20% stake for $100 million, valuing the firm at $900 million.",
        "It made 5,000 tonnes, of which 3,000 tonnes of copper and 4,000 tonnes of zinc.",
    ],
)
def test_what_may_have_another_reason_is_queried(text: str) -> None:
    assert verdicts(text, KIND) == ["query"]


def test_the_detail_shows_the_change() -> None:
    (line,) = told("Output rose 12% from 80,000 to 87,000 tonnes.", KIND)
    assert line == "mismatch: 80,000 to 87,000 t is 8.75 %; the text says 12 %"


def test_the_detail_shows_the_sum() -> None:
    text = "Output was 5,000 tonnes, comprising 3,000 tonnes of copper and 1,000 tonnes of zinc."
    assert told(text, KIND) == ["mismatch: 3,000 + 1,000 = 4,000 t; the text says 5,000 t"]
