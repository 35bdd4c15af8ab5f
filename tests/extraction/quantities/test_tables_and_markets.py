"""Figures whose unit stands elsewhere: in a heading, or in the custom of the market."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.extraction.quantities import find_quantities, is_row

BALANCE = """The Group's balances, thousand tonnes
                2024      2025f
Mined         21,069     21,897
Balance         -458        155
"""
RESOURCE = """Deposit     Class        Mt     g/t Au    koz
Anson       Measured     4.2     1.9      257
TOTAL                   38.8     1.5    1,813
"""
STEEL = """                    Jun 2025 (Mt)   % change
China                   83.2          -9.2
Russia                   5.6 e        -7.4
"""
NAMED = """Quarter               Q1      Q2
Ore milled (t)    12,400  13,100
Cash cost (US$/oz)   980   1,015
"""


def figures(text: str) -> list[str]:
    """Return "value unit" of each quantity with a unit."""
    return [
        f"{q.value:f} {q.unit}"
        for q in find_quantities(text, dollar="USD")
        if q.unit is not None and q.value is not None
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (BALANCE, ["21069000 t", "21897000 t", "-458000 t", "155000 t"]),
        (
            RESOURCE,
            ["4200000 t", "1.9 g/t", "257000 oz", "38800000 t", "1.5 g/t", "1813000 oz"],
        ),
        (STEEL, ["83200000 t", "-9.2 %", "5600000 t", "-7.4 %"]),
        (NAMED, ["12400 t", "13100 t", "980 USD/oz", "1015 USD/oz"]),
        ("Tin (t)\t12\t14\nLead (t)\t3\t5\n", ["12 t", "14 t", "3 t", "5 t"]),
        ("| Zinc, kt | 5.5 | 6.1 |\n", []),
        ("Name    2024    2025\nBest     1st     2nd\n", []),
    ],
)
def test_a_tables_figures_take_the_unit_of_their_heading(table: str, expected: list[str]) -> None:
    assert figures(table) == expected


def test_a_row_has_a_name_gaps_and_figures() -> None:
    assert is_row("Mined         21,069     21,897")
    assert not is_row("Output was 21,069 tonnes in 2024.")
    assert not is_row("Two  spaces stand here by mistake.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A tonne cost 104.9 U.S. dollars on average.", ["104.9 USD/t"]),
        ("The basket earned US$1,539 per PGM ounce.", ["1539 USD/oz"]),
        ("London copper stood at $9,072.50 by noon.", ["9072.50 USD/t"]),
        ("Brent settled at $74.19.", ["74.19 USD/bbl"]),
        ("Silver traded at $33.34 in London.", ["33.34 USD/oz"]),
        ("Brent rose $1.07, to $70.91 a barrel.", ["1.07 USD/bbl", "70.91 USD/bbl"]),
        ("Bismuth: $26.50/lb (+$1.25)", ["26.50 USD/lb", "1.25 USD/lb"]),
        ("The cap is $695 a tonne; later it becomes $950.", ["695 USD/t", "950 USD/t"]),
        ("Demand grew in 2025 to 1,772 Mt.", ["1772000000 t"]),
        ("It sold 1.5m units for $3m.", ["3000000 USD"]),
        ("365,000 boed, plus or minus 2.5%", ["365000 boe/d", "2.5 %"]),
        ("Petrol is N870 per litre.", ["870 NGN/l"]),
        ("The old deal was worth K4.5 million.", ["4500000 ZMW"]),
        ("A placement at A$0.65/sh raised A$42m.", ["0.65 AUD/share", "42000000 AUD"]),
        ("Hundredweight counts: 5 cwt.", ["500 lb"]),
        ("Dubai averaged $73.88/bl.", ["73.88 USD/bbl"]),
        ("coil was $672/st", ["672 USD/short tons"]),
        ("It makes 14,000 tons of lithium carbonate annually.", ["14000 t/yr"]),
        ("Gold miner Newmont paid $2,000 in fines.", ["2000 USD"]),
        ("The gold company raised fees to $300.", ["300 USD"]),
        ("It is $9,500 a tonne. It will cost $9 million.", ["9500 USD/t", "9000000 USD"]),
    ],
)  # fmt: skip
def test_a_price_takes_the_measure_of_its_market(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Name", "  ", "\t", "|", "\n", "12", "1,200", "-3.4", "(Mt)", "%", "thousand tonnes",
             "$", "a tonne", "Brent at", "(", ")", "US$/t", "2025", "é", "koz", "gold", "to", "e"]
        ),
        max_size=40,
    ),
    st.sampled_from(["", " ", "  "]),
)  # fmt: skip
def test_any_mixture_of_a_tables_parts_gives_true_spans(parts: list[str], glue: str) -> None:
    text = glue.join(parts)
    end = 0
    for quantity in find_quantities(text, dollar="$"):
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        assert quantity.span.start >= end
        end = quantity.span.end
