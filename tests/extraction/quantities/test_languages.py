"""Other languages: decimal commas, their scale words and unit names, Japanese and Chinese."""

from __future__ import annotations

import pytest

from lodewire.extraction.quantities import guess_dollar
from tests.extraction.quantities.cases import read

EUROPEAN = [
    ("de", "stieg um 6,5 Prozent", ["6,5 Prozent | 6.5 | %"]),
    ("de", "120 Mio. Tonnen Stahl", ["120 Mio. Tonnen | 120000000 | t"]),
    ("de", "1,5 Mrd. Euro", ["1,5 Mrd. Euro | 1500000000 | EUR"]),
    ("de", "2.500 Euro je Tonne", ["2.500 Euro je Tonne | 2500 | EUR/t"]),
    ("de", "1.250,50 Euro", ["1.250,50 Euro | 1250.50 | EUR"]),
    ("de", "mehr als 10.000 Tonnen pro Jahr", [
        "mehr als 10.000 Tonnen pro Jahr | 10000 | t/yr | more_than"]),
    ("de", "rund 3,5 %", ["rund 3,5 % | 3.5 | % | about"]),
    ("de", "zwischen 5 und 6 Prozent", ["zwischen 5 und 6 Prozent | 5..6 | %"]),
    ("de", "von 50,8 Millionen auf 53,9 Millionen Tonnen", [
        "50,8 Millionen | 50800000 | t", "53,9 Millionen Tonnen | 53900000 | t"]),
    ("de", "zwei Jahre", ["zwei Jahre | 2 | yr"]),
    ("fr", "506 000 tonnes", ["506 000 tonnes | 506000 | t"]),
    ("fr", "1,5 milliard d'euros", ["1,5 milliard d'euros | 1500000000 | EUR"]),
    ("fr", "267,2 millions de tonnes à 1,38% Li2O", [
        "267,2 millions de tonnes | 267200000 | t", "1,38% | 1.38 | %"]),
    ("fr", "5,6 milliards de dollars australiens", [
        "5,6 milliards de dollars australiens | 5600000000 | AUD"]),
    ("fr", "312 USD par tonne", ["312 USD par tonne | 312 | USD/t"]),
    ("fr", "près de 10 %", ["près de 10 % | 10 | % | nearly"]),
    ("fr", "21 ans", ["21 ans | 21 | yr"]),
    ("es", "2,5 millones de toneladas", ["2,5 millones de toneladas | 2500000 | t"]),
    ("es", "1.200 millones de dólares", ["1.200 millones de dólares | 1200000000 | USD"]),
    ("es", "US$ 9.500 por tonelada", ["US$ 9.500 por tonelada | 9500 | USD/t"]),
    ("es", "15 mil toneladas al año", ["15 mil toneladas al año | 15000 | t/yr"]),
    ("es", "1,500 toneladas", ["1,500 toneladas | 1500 | t"]),
    ("es", "3,5 por ciento", ["3,5 por ciento | 3.5 | %"]),
    ("es", "En 2023 ha subido", []),
    ("pt", "1,3 milhão de barris por dia", ["1,3 milhão de barris por dia | 1300000 | bbl/d"]),
    ("pt", "R$ 1,2 bilhão", ["R$ 1,2 bilhão | 1200000000 | BRL"]),
    ("pt", "cerca de 5,7%", ["cerca de 5,7% | 5.7 | % | about"]),
    ("it", "1,5 miliardi di euro", ["1,5 miliardi di euro | 1500000000 | EUR"]),
    ("it", "20.000 tonnellate all'anno", ["20.000 tonnellate all'anno | 20000 | t/yr"]),
    ("ru", "1,2 млрд долларов", ["1,2 млрд долларов | 1200000000 | USD"]),
    ("id", "1,2 juta ton", ["1,2 juta ton | 1200000 | t"]),
]  # fmt: skip

EASTERN = [
    ("ja", "1億2000万円を出資", ["1億2000万円 | 120000000 | JPY"]),
    ("ja", "約5万3000トン", ["約5万3000トン | 53000 | t | about"]),
    ("ja", "年産1万トン", ["1万トン | 10000 | t/yr"]),
    ("ja", "1トン当たり2500ドル", ["2500ドル | 2500 | USD/t"]),
    ("ja", "1ポンド当たり40セント", ["40セント | 40 | USc/lb"]),
    ("ja", "２～３％増", ["２～３％ | 2..3 | %"]),
    ("ja", "20％ポイント", ["20％ポイント | 20 | %pt"]),
    ("ja", "日量30万バレル", ["30万バレル | 300000 | bbl/d"]),
    ("ja", "10万トン以上", ["10万トン以上 | 100000 | t | at_least"]),
    ("ja", "5年間", ["5年間 | 5 | yr"]),
    ("ja", "100MWの発電所", ["100MW | 100 | MW"]),
    ("ja", "2025年3月12日", []),
    ("zh", "产量约27万吨", ["约27万吨 | 270000 | t | about"]),
    ("zh", "每吨2.5万元", ["2.5万元 | 25000 | CNY/t"]),
    ("zh", "7.5万元/吨", ["7.5万元/吨 | 75000 | CNY/t"]),
    ("zh", "投资12.5亿元", ["12.5亿元 | 1250000000 | CNY"]),
    ("zh", "年产120万吨", ["120万吨 | 1200000 | t/yr"]),
    ("zh", "上涨2.3个百分点", ["2.3个百分点 | 2.3 | %pt"]),
    ("zh", "10-12万吨", ["10-12万吨 | 100000..120000 | t"]),
    ("zh", "3万亿元", ["3万亿元 | 3000000000000 | CNY"]),
    ("zh", "超过5000吨", ["超过5000吨 | 5000 | t | more_than"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), EUROPEAN)
def test_decimal_commas_and_local_words(language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), EASTERN)
def test_japanese_and_chinese(language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected


def test_without_a_language_the_script_decides() -> None:
    assert read("年産1万トン", None) == ["1万トン | 10000 | t/yr"]
    assert read("产量约27万吨", None) == ["约27万吨 | 270000 | t | about"]
    assert read("5,000 tonnes", None) == ["5,000 tonnes | 5000 | t"]


@pytest.mark.parametrize(
    ("text", "country", "dollar"),
    [
        ("It paid $10 million.", None, "USD"),
        ("It paid $10 million.", "US", "USD"),
        ("It paid $10 million.", "AU", "$"),
        ("It paid $10 million.", "ca", "$"),
        ("It paid US$10 million.", "AU", "USD"),
        ("It paid A$10 million and then $5 million.", None, "$"),
        ("It paid A$10 million ($6.5 million).", None, "USD"),
        ("It paid 10 million Canadian dollars and $5 million.", None, "$"),
        (
            "Canada's Acme, based in Toronto, got $10 million for its Ontario plant.",
            None,
            "$",
        ),
        ("Acme, of Canada, sold copper from Zambia at $2.24/lb.", None, "USD"),
        ("It paid $1 billion. All money in Australian dollars.", None, "AUD"),
        ("Figures are in Canadian dollars: $5 million.", "US", "CAD"),
        ("", None, "USD"),
    ],
)
def test_whose_dollar_it_is(text: str, country: str | None, dollar: str) -> None:
    assert guess_dollar(text, publisher_country=country) == dollar
