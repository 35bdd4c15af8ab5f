"""Masses, volumes, energy, rates, grades, lengths, areas and times come out in table units."""

from __future__ import annotations

import pytest

from tests.extraction.quantities.cases import read

MEASURES = [
    ("made 87,000 tonnes", ["87,000 tonnes | 87000 | t"]),
    ("made 87 000 t in all", ["87 000 t | 87000 | t"]),
    ("made 138\u00a0753\u00a0t", ["138\u00a0753\u00a0t | 138753 | t"]),
    ("made 138\u202f753 t", ["138\u202f753 t | 138753 | t"]),
    ("made 1'250'000 t", ["1'250'000 t | 1250000 | t"]),
    ("made 500t", ["500t | 500 | t"]),
    ("made 94,000 metric tons", ["94,000 metric tons | 94000 | t"]),
    ("made 5,000 mt", ["5,000 mt | 5000 | t"]),
    ("made 5 mt", ["5 mt | 5 | t"]),
    ("holds 3 Mt of ore", ["3 Mt | 3000000 | t"]),
    ("holds 3.5Mt of ore", ["3.5Mt | 3500000 | t"]),
    ("holds 45 kt", ["45 kt | 45000 | t"]),
    ("made 50,000 MT of zinc", ["50,000 MT | 50000 | t"]),
    ("made 1.2 million tonnes", ["1.2 million tonnes | 1200000 | t"]),
    ("made 1.2mn t", ["1.2mn t | 1200000 | t"]),
    ("made 1.2m tonnes", ["1.2m tonnes | 1200000 | t"]),
    ("made 1.2 mln tons", ["1.2 mln tons | 1200000 | t"]),
    ("made 50 lakh tonnes", ["50 lakh tonnes | 5000000 | t"]),
    ("half a million tonnes", ["half a million tonnes | 500000 | t"]),
    ("a million tonnes", ["a million tonnes | 1000000 | t"]),
    ("two and a half million tons", ["two and a half million tons | 2500000 | t"]),
    ("two hundred and fifty tonnes", ["two hundred and fifty tonnes | 250 | t"]),
    ("twenty-five thousand tonnes", ["twenty-five thousand tonnes | 25000 | t"]),
    ("a quota of 5.4 million short tons", ["5.4 million short tons | 5400000 | short tons"]),
    ("100,000 long tons", ["100,000 long tons | 100000 | long tons"]),
    ("50 more tonnes", ["50 more tonnes | 50 | t"]),
    ("a 50-tonne truck", ["50-tonne | 50 | t"]),
    ("20,000 copper tonnes", ["20,000 copper tonnes | 20000 | t"]),
    ("450 kg of gallium", ["450 kg | 450 | kg"]),
    ("12 kilos", ["12 kilos | 12 | kg"]),
    ("20 grams", ["20 grams | 20 | g"]),
    ("20 million pounds of U3O8", ["20 million pounds | 20000000 | lb"]),
    ("2.5 Mlb U3O8", ["2.5 Mlb | 2500000 | lb"]),
    ("1.5 Moz of gold", ["1.5 Moz | 1500000 | oz"]),
    ("250 koz", ["250 koz | 250000 | oz"]),
    ("30,000 gold ounces", ["30,000 gold ounces | 30000 | oz"]),
    ("3 flasks of mercury", ["3 flasks | 3 | flask"]),
    ("120,000 carats", ["120,000 carats | 120000 | ct"]),
    ("2.5 MtCO2e", ["2.5 MtCO2e | 2500000 | tCO2e"]),
    ("400 tonnes of CO2", ["400 tonnes of CO2 | 400 | tCO2"]),
    ("12 t CO2e per tonne of metal", ["12 t CO2e per tonne | 12 | tCO2e/t"]),
    ("5 bcm of gas", ["5 bcm | 5 | bcm"]),
    ("5 billion cubic metres", ["5 billion cubic metres | 5000000000 | m3"]),
    ("3 Tcf", ["3 Tcf | 3000 | bcf"]),
    ("500 MMcf", ["500 MMcf | 500000000 | cf"]),
    ("2 million barrels", ["2 million barrels | 2000000 | bbl"]),
    ("180 MMbbl", ["180 MMbbl | 180000000 | bbl"]),
    ("40,000 gallons", ["40,000 gallons | 40000 | gal"]),
    ("600 kilometers away", ["600 kilometers | 600 | km"]),
    ("2 000 m of drilling", ["2 000 m | 2000 | m"]),
    ("300 ft deep", ["300 ft | 300 | ft"]),
    ("a 5m-wide vein", ["5m | 5 | m"]),
    ("40 miles", ["40 miles | 40 | mi"]),
    ("a 7 nm chip", ["7 nm | 7 | nm"]),
    ("1,250 ha", ["1,250 ha | 1250 | ha"]),
    ("300 km2", ["300 km2 | 300 | km2"]),
    ("300 sq km", ["300 sq km | 300 | km2"]),
    ("11.3 square kilometres", ["11.3 square kilometres | 11.3 | km2"]),
    ("4,000 acres", ["4,000 acres | 4000 | acres"]),
    ("500 MW of solar", ["500 MW | 500 | MW"]),
    ("a 2.5GW park", ["2.5GW | 2.5 | GW"]),
    ("100 megawatts", ["100 megawatts | 100 | MW"]),
    ("a 200 MW/800 MWh battery", ["200 MW | 200 | MW", "800 MWh | 800 | MWh"]),
    ("30 terawatt-hours", ["30 terawatt-hours | 30 | TWh"]),
    ("10 million separative work units", [
        "10 million separative work units | 10000000 | SWU"]),
    ("heated to 1,200 °C", ["1,200 °C | 1200 | C"]),
]  # fmt: skip

RATES = [
    ("22,250 tonnes per year", ["22,250 tonnes per year | 22250 | t/yr"]),
    ("22,250 tonnes a year", ["22,250 tonnes a year | 22250 | t/yr"]),
    ("22,250 tonnes annually", ["22,250 tonnes annually | 22250 | t/yr"]),
    ("22,250 tonnes each year", ["22,250 tonnes each year | 22250 | t/yr"]),
    ("120,000 tpa", ["120,000 tpa | 120000 | t/yr"]),
    ("50,000 t/y", ["50,000 t/y | 50000 | t/yr"]),
    ("50,000 t/yr", ["50,000 t/yr | 50000 | t/yr"]),
    ("50,000 t/a", ["50,000 t/a | 50000 | t/yr"]),
    ("10 million mt/year", ["10 million mt/year | 10000000 | t/yr"]),
    ("2.5 Mtpa", ["2.5 Mtpa | 2500000 | t/yr"]),
    ("180 ktpa", ["180 ktpa | 180000 | t/yr"]),
    ("10 MTPA of steel", ["10 MTPA | 10000000 | t/yr"]),
    ("50,000 MTPA of zinc", ["50,000 MTPA | 50000 | t/yr"]),
    ("a 50,000-tonne-per-year plant", ["50,000-tonne-per-year | 50000 | t/yr"]),
    ("200 tons of antimony per month", ["200 tons of antimony per month | 200 | t/month"]),
    ("800 tonnes per day", ["800 tonnes per day | 800 | t/d"]),
    ("15 GWh a year", ["15 GWh a year | 15 | GWh/yr"]),
    ("2 million bpd", ["2 million bpd | 2000000 | bbl/d"]),
    ("2 million barrels per day", ["2 million barrels per day | 2000000 | bbl/d"]),
    ("500 kb/d", ["500 kb/d | 500000 | bbl/d"]),
    ("1.2 mb/d", ["1.2 mb/d | 1200000 | bbl/d"]),
    ("1.2m b/d", ["1.2m b/d | 1200000 | bbl/d"]),
    ("120,000 boe/d", ["120,000 boe/d | 120000 | boe/d"]),
    ("38 bcm a year", ["38 bcm a year | 38 | bcm/yr"]),
    ("2.1 bcfd", ["2.1 bcfd | 2.1 | bcf/d"]),
    ("300,000 oz/year", ["300,000 oz/year | 300000 | oz/yr"]),
    ("annual output is put at 120,000 tonnes of nickel and 15,000 tonnes of cobalt", [
        "120,000 tonnes | 120000 | t/yr", "15,000 tonnes | 15000 | t/yr"]),
    ("with an annual nameplate capacity of 94,000 metric tons", [
        "94,000 metric tons | 94000 | t/yr"]),
    ("60,000 tonnes of copper and 15,000 tonnes of cobalt a year", [
        "60,000 tonnes | 60000 | t/yr", "15,000 tonnes of cobalt a year | 15000 | t/yr"]),
    ("100,000 tonnes a year earlier", ["100,000 tonnes | 100000 | t"]),
    ("100,000 tonnes a month ago", ["100,000 tonnes | 100000 | t"]),
    ("this year's target is 87,000 tonnes", ["87,000 tonnes | 87000 | t"]),
    ("annual sales in 2021 were behind 5,000 tonnes", ["5,000 tonnes | 5000 | t"]),
]  # fmt: skip

SHARES = [
    ("rose 25%", ["25% | 25 | %"]),
    ("rose 25 %", ["25 % | 25 | %"]),
    ("rose 90 per cent", ["90 per cent | 90 | %"]),
    ("rose 65 percent", ["65 percent | 65 | %"]),
    ("rose 5 pct", ["5 pct | 5 | %"]),
    ("rose 5pc", ["5pc | 5 | %"]),
    ("a 10-percent cut", ["10-percent | 10 | %"]),
    ("rose .5%", [".5% | 0.5 | %"]),
    ("rose 0.03%", ["0.03% | 0.03 | %"]),
    ("fell to -5%", ["-5% | -5 | %"]),
    ("moved \u22123.5%", ["\u22123.5% | -3.5 | %"]),
    ("moved +3.2%", ["+3.2% | 3.2 | %"]),
    ("up 3 percentage points", ["3 percentage points | 3 | %pt"]),
    ("up 3 pp", ["3 pp | 3 | %pt"]),
    ("up 50 basis points", ["50 basis points | 50 | bp"]),
    ("up 25bp", ["25bp | 25 | bp"]),
    ("fifty-one percent", ["fifty-one percent | 51 | %"]),
    ("tariffs of 10, 15 and 20 percent", ["10 | 10 | %", "15 | 15 | %", "20 percent | 20 | %"]),
    ("at 1.2 g/t Au", ["1.2 g/t | 1.2 | g/t"]),
    ("at 1.2 grams per tonne", ["1.2 grams per tonne | 1.2 | g/t"]),
    ("at 450 ppm", ["450 ppm | 450 | ppm"]),
    ("a third of the capacity", ["a third | 0.3333333333333333333333333333333333 | 1"]),
    ("1/4 of supply", ["1/4 | 0.25 | 1"]),
    ("CUTS BY 2.5 MILLION TONNES PER YEAR", ["2.5 MILLION TONNES PER YEAR | 2500000 | t/yr"]),
    ("two-thirds of output", ["two-thirds | 0.6666666666666666666666666666666667 | 1"]),
    ("one-quarter of output", ["one-quarter | 0.25 | 1"]),
    ("three-quarters of output", ["three-quarters | 0.75 | 1"]),
    ("half of the mine", ["half | 0.5 | 1"]),
    ("took out more than half of its capacity", ["more than half | 0.5 | 1 | more_than"]),
    ("less than half the output", ["less than half | 0.5 | 1 | less_than"]),
    ("down by more than a fifth each", ["more than a fifth | 0.2 | 1 | more_than"]),
    ("fell by a third following a strike", [
        "a third | 0.3333333333333333333333333333333333 | 1"]),
    ("doubled its output", ["doubled | 2 | x"]),
    ("will triple output", ["triple | 3 | x"]),
    ("halved its output", ["halved | 0.5 | x"]),
    ("a threefold rise", ["threefold | 3 | x"]),
    ("a 10-fold rise", ["10-fold | 10 | x"]),
    ("1.5 times as much", ["1.5 times | 1.5 | x"]),
    ("2-3 times higher", ["2-3 times | 2..3 | x"]),
]  # fmt: skip

TIMES = [
    ("for five years", ["five years | 5 | yr"]),
    ("takes 1½ years", ["1½ years | 1.5 | yr"]),
    ("takes 2 1/2 years", ["2 1/2 years | 2.5 | yr"]),
    ("a six-month term", ["six-month | 6 | month"]),
    ("for 15 days", ["15 days | 15 | d"]),
    ("two to three years", ["two to three years | 2..3 | yr"]),
    ("two or three weeks", ["two or three weeks | 2..3 | week"]),
    ("a 7-10 year mine life", ["7-10 year | 7..10 | yr"]),
    ("a 20-year-old mine", []),
    ("one day prices may rise", []),
    ("three-month copper rose", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MEASURES)
def test_measures_come_out_in_table_units(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), RATES)
def test_rates_keep_their_time(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_shares_grades_and_multiples(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_spans_of_time(text: str, expected: list[str]) -> None:
    assert read(text) == expected
