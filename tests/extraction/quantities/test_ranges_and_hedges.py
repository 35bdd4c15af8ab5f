"""Ranges are one quantity, changes are two; hedges are part of the span, not of the core."""

from __future__ import annotations

import pytest

from lodewire.extraction.quantities import find_quantities
from tests.extraction.quantities.cases import read

RANGES = [
    ("8 to 30 per cent", ["8 to 30 per cent | 8..30 | %"]),
    ("tariffs that range from 8 to 30 per cent", ["from 8 to 30 per cent | 8..30 | %"]),
    ("between 10 and 15 percent", ["between 10 and 15 percent | 10..15 | %"]),
    ("between $5 million and $6 million", [
        "between $5 million and $6 million | 5000000..6000000 | USD"]),
    ("2-3 %", ["2-3 % | 2..3 | %"]),
    ("2–3%", ["2–3% | 2..3 | %"]),
    ("20%-30%", ["20%-30% | 20..30 | %"]),
    ("10,000-12,000 tonnes", ["10,000-12,000 tonnes | 10000..12000 | t"]),
    ("770 000 t to 840 000 t", ["770 000 t to 840 000 t | 770000..840000 | t"]),
    ("$5-$6 million", ["$5-$6 million | 5000000..6000000 | USD"]),
    ("$5-6 million", ["$5-6 million | 5000000..6000000 | USD"]),
    ("$5-6m", ["$5-6m | 5000000..6000000 | USD"]),
    ("$300-million to $350-million", ["$300-million to $350-million | 300000000..350000000 | USD"]),
    ("$3.5bn-$4bn", ["$3.5bn-$4bn | 3500000000..4000000000 | USD"]),
    ("500,000 to 1 million tonnes", ["500,000 to 1 million tonnes | 500000..1000000 | t"]),
    ("5 to 6 million tonnes", ["5 to 6 million tonnes | 5000000..6000000 | t"]),
    ("500 kg to 2 tonnes", ["500 kg to 2 tonnes | 0.500..2 | t"]),
    ("500MW-1GW", ["500MW-1GW | 0.500..1 | GW"]),
    ("2-3 Mt", ["2-3 Mt | 2000000..3000000 | t"]),
    ("between 2,000 and 3,000 t", ["between 2,000 and 3,000 t | 2000..3000 | t"]),
    ("raised from 25% to 50%", ["25% | 25 | %", "50% | 50 | %"]),
    ("rose 8.75% from 80,000 to 87,000 tonnes", [
        "8.75% | 8.75 | %", "80,000 | 80000 | t", "87,000 tonnes | 87000 | t"]),
    ("fell from $12 a tonne to $9 a tonne", ["$12 a tonne | 12 | USD/t", "$9 a tonne | 9 | USD/t"]),
    ("copper fell $50 to $9,000 a tonne", ["$50 | 50 | USD/t", "$9,000 a tonne | 9000 | USD/t"]),
    ("rose 0.3% to 5%", ["0.3% | 0.3 | %", "5% | 5 | %"]),
    ("to 87,000 tonnes from 80,000 last year", [
        "87,000 tonnes | 87000 | t", "80,000 | 80000 | t"]),
    ("cut by 2.2 million bpd from 9.7 million.", [
        "2.2 million bpd | 2200000 | bbl/d", "9.7 million | 9700000 | bbl/d"]),
    ("10 percent and 15 percent", ["10 percent | 10 | %", "15 percent | 15 | %"]),
    ("from 30% to 20%", ["30% | 30 | %", "20% | 20 | %"]),
]  # fmt: skip

HEDGES = [
    ("more than $600", "more than $600 | 600 | USD | more_than"),
    ("over 40 cents per pound", "over 40 cents per pound | 40 | USc/lb | more_than"),
    ("above $9,000", "above $9,000 | 9000 | USD | more_than"),
    ("in excess of 5 Mt", "in excess of 5 Mt | 5000000 | t | more_than"),
    ("upwards of 5%", "upwards of 5% | 5 | % | more_than"),
    ("exceeding 5%", "exceeding 5% | 5 | % | more_than"),
    ("just over 5%", "just over 5% | 5 | % | more_than"),
    (">5%", ">5% | 5 | % | more_than"),
    ("nearly 15%", "nearly 15% | 15 | % | nearly"),
    ("Almost half of it", "Almost half | 0.5 | 1 | nearly"),
    ("close to 500,000 tonnes", "close to 500,000 tonnes | 500000 | t | nearly"),
    ("just under 5%", "just under 5% | 5 | % | nearly"),
    ("some 30 percent", "some 30 percent | 30 | % | about"),
    ("about 65 percent", "about 65 percent | 65 | % | about"),
    ("around $40-50 million", "around $40-50 million | 40000000..50000000 | USD | about"),
    ("approximately 31,000 metric tons", "approximately 31,000 metric tons | 31000 | t | about"),
    ("roughly 5 km", "roughly 5 km | 5 | km | about"),
    ("an estimated 5 Mt", "an estimated 5 Mt | 5000000 | t | about"),
    ("~103 mb/d", "~103 mb/d | 103000000 | bbl/d | about"),
    ("5 tonnes or so", "5 tonnes or so | 5 | t | about"),
    ("no less than A$100 000", "no less than A$100 000 | 100000 | AUD | at_least"),
    ("at least A$5-million", "at least A$5-million | 5000000 | AUD | at_least"),
    ("a minimum of 5%", "a minimum of 5% | 5 | % | at_least"),
    ("2 000 m or more", "2 000 m or more | 2000 | m | at_least"),
    ("$5 million-plus", "$5 million-plus | 5000000 | USD | at_least"),
    ("50+ tonnes", "50+ tonnes | 50 | t | at_least"),
    ("min 99.5% pure", "min 99.5% | 99.5 | % | at_least"),
    ("as low as $29", "as low as $29 | 29 | USD | at_least"),
    ("at least about 5%", "at least about 5% | 5 | % | at_least"),
    ("up to $5bn", "up to $5bn | 5000000000 | USD | up_to"),
    ("up to around $5bn", "up to around $5bn | 5000000000 | USD | up_to"),
    ("as much as 20%", "as much as 20% | 20 | % | up_to"),
    ("no more than 5%", "no more than 5% | 5 | % | up_to"),
    ("a maximum of 10 years", "a maximum of 10 years | 10 | yr | up_to"),
    ("5% or less", "5% or less | 5 | % | up_to"),
    ("less than 2%", "less than 2% | 2 | % | less_than"),
    ("below 5%", "below 5% | 5 | % | less_than"),
    ("fewer than 10 tonnes", "fewer than 10 tonnes | 10 | t | less_than"),
    ("mid-40s percent", "mid-40s percent | 44..46 | % | about"),
    ("exactly 5%", "5% | 5 | %"),
    ("over six years", "six years | 6 | yr"),
    ("more than six years", "more than six years | 6 | yr | more_than"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_a_range_is_one_and_a_change_is_two(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), HEDGES)
def test_a_hedge_is_read_on_either_side(text: str, expected: str) -> None:
    assert read(text) == [expected]


def test_a_comparison_is_no_hedge() -> None:
    assert read("12.3% above 65,000 tonnes") == ["12.3% | 12.3 | %", "65,000 tonnes | 65000 | t"]


def test_over_in_a_drill_result_is_no_hedge() -> None:
    assert read("1.2 g/t Au over 12.5 m") == ["1.2 g/t | 1.2 | g/t", "12.5 m | 12.5 | m"]


def test_the_core_leaves_the_hedge_out() -> None:
    text = "It costs more than $600 per megawatt hour or so."
    (found,) = find_quantities(text)
    assert found.core.of(text) == "$600 per megawatt hour"
    assert found.text == "more than $600 per megawatt hour or so"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("685-720,000 tonnes", ["685-720,000 tonnes | 685000..720000 | t"]),
        ("between 1,400 and 1,500 US$/t", ["between 1,400 and 1,500 US$/t | 1400..1500 | USD/t"]),
        ("a 12- to 18-month delay", ["12- to 18-month | 12..18 | month"]),
        ("over 2-3 years", ["2-3 years | 2..3 | yr"]),
        ("80-90 km/h", ["80-90 km/h | 80..90 | km/h"]),
        ("31-32 cents per lb", ["31-32 cents per lb | 31..32 | USc/lb"]),
        ("4.1 million-4.15 million yuan/mt", [
            "4.1 million-4.15 million yuan/mt | 4100000..4150000 | CNY/t"]),
    ],
)  # fmt: skip
def test_ranges_as_the_trade_shortens_them(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("sign", ["US$", "$US", "US $", "US-$", "U.S.$", "USD", "USD "])
def test_every_spelling_of_the_us_dollar_is_one(sign: str) -> None:
    assert read(f"worth {sign}5 million")[0].endswith("| 5000000 | USD")


def test_a_common_slip_of_spelling_is_read_where_a_mass_is_meant() -> None:
    assert read("185.5 million tones") == ["185.5 million tones | 185500000 | t"]
    assert read("two tones of grey") != ["two tones | 2 | t"]
