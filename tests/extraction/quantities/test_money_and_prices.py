"""Money and prices come out with their currency, their scale and what they are per."""

from __future__ import annotations

import pytest

from tests.extraction.quantities.cases import read

MONEY = [
    ("paid $10 million", ["$10 million | 10000000 | USD"]),
    ("paid $1.9 billion", ["$1.9 billion | 1900000000 | USD"]),
    ("paid $562.9 million in all", ["$562.9 million | 562900000 | USD"]),
    ("a $280-million loan", ["$280-million | 280000000 | USD"]),
    ("a A$5-million farm-in", ["A$5-million | 5000000 | AUD"]),
    ("worth A$127m", ["A$127m | 127000000 | AUD"]),
    ("worth AU$127m", ["AU$127m | 127000000 | AUD"]),
    ("worth C$1.2B", ["C$1.2B | 1200000000 | CAD"]),
    ("worth CAD$12 million", ["CAD$12 million | 12000000 | CAD"]),
    ("worth NZ$3m", ["NZ$3m | 3000000 | NZD"]),
    ("worth HK$2bn", ["HK$2bn | 2000000000 | HKD"]),
    ("worth S$40m", ["S$40m | 40000000 | SGD"]),
    ("worth N$50 million", ["N$50 million | 50000000 | NAD"]),
    ("worth R$1.5 billion", ["R$1.5 billion | 1500000000 | BRL"]),
    ("worth US$300M", ["US$300M | 300000000 | USD"]),
    ("worth US$ 300 million", ["US$ 300 million | 300000000 | USD"]),
    ("worth U.S.$5.2bn", ["U.S.$5.2bn | 5200000000 | USD"]),
    ("worth USD 5 million", ["USD 5 million | 5000000 | USD"]),
    ("worth USD5m", ["USD5m | 5000000 | USD"]),
    ("worth 5 million USD", ["5 million USD | 5000000 | USD"]),
    ("worth $5 million CAD", ["$5 million CAD | 5000000 | CAD"]),
    ("worth €2.5 billion", ["€2.5 billion | 2500000000 | EUR"]),
    ("worth EUR 45 million", ["EUR 45 million | 45000000 | EUR"]),
    ("worth 45 million euros", ["45 million euros | 45000000 | EUR"]),
    ("worth £50m", ["£50m | 50000000 | GBP"]),
    ("worth 1.2 billion pounds ($1.5 billion)", [
        "1.2 billion pounds | 1200000000 | GBP", "$1.5 billion | 1500000000 | USD"]),
    ("20 million pounds sterling", ["20 million pounds sterling | 20000000 | GBP"]),
    ("worth RMB 1.2 billion", ["RMB 1.2 billion | 1200000000 | CNY"]),
    ("worth 1.2 billion yuan", ["1.2 billion yuan | 1200000000 | CNY"]),
    ("worth 300 million renminbi", ["300 million renminbi | 300000000 | CNY"]),
    ("worth ¥5 trillion", ["¥5 trillion | 5000000000000 | JPY"]),
    ("worth 30 billion yen", ["30 billion yen | 30000000000 | JPY"]),
    ("worth 900 billion won", ["900 billion won | 900000000000 | KRW"]),
    ("worth R2.5 billion", ["R2.5 billion | 2500000000 | ZAR"]),
    ("worth 500 million rand", ["500 million rand | 500000000 | ZAR"]),
    ("worth RM1.2 billion", ["RM1.2 billion | 1200000000 | MYR"]),
    ("worth Rs 500 crore", ["Rs 500 crore | 5000000000 | INR"]),
    ("worth Rs. 24 lakh", ["Rs. 24 lakh | 2400000 | INR"]),
    ("worth ₹3 lakh crore", ["₹3 lakh crore | 3000000000000 | INR"]),
    ("worth INR 12,50,000", ["INR 12,50,000 | 1250000 | INR"]),
    ("worth Rp 5 trillion", ["Rp 5 trillion | 5000000000000 | IDR"]),
    ("worth 2 trillion rupiah", ["2 trillion rupiah | 2000000000000 | IDR"]),
    ("worth 40 billion Chilean pesos", ["40 billion Chilean pesos | 40000000000 | CLP"]),
    ("worth 40 million pesos", ["40 million pesos | 40000000 | peso"]),
    ("worth CHF 12 million", ["CHF 12 million | 12000000 | CHF"]),
    ("worth 12 million Swiss francs", ["12 million Swiss francs | 12000000 | CHF"]),
    ("worth 3 billion Norwegian crowns", ["3 billion Norwegian crowns | 3000000000 | NOK"]),
    ("worth 1.5 billion roubles", ["1.5 billion roubles | 1500000000 | RUB"]),
    ("worth 176 Hong Kong dollars", ["176 Hong Kong dollars | 176 | HKD"]),
    ("worth 50 million Canadian dollars", ["50 million Canadian dollars | 50000000 | CAD"]),
    ("spends A$50 000 at first", ["A$50 000 | 50000 | AUD"]),
    ("spends $44,000", ["$44,000 | 44000 | USD"]),
    ("half a million dollars", ["half a million dollars | 500000 | USD"]),
    ("a $100-million-dollar plant", ["$100-million-dollar | 100000000 | USD"]),
    ("a market worth $1.2T", ["$1.2T | 1200000000000 | USD"]),
    ("$449K on the campaign", ["$449K | 449000 | USD"]),
    ("$30,000 per day", ["$30,000 per day | 30000 | USD/d"]),
    ("$50 million a year", ["$50 million a year | 50000000 | USD/yr"]),
    ("$10 monthly", ["$10 monthly | 10 | USD/month"]),
    ("lost 40 cents", ["40 cents | 40 | USc"]),
    ("lost 45p", ["45p | 45 | GBp"]),
    ("lost 30 pence", ["30 pence | 30 | GBp"]),
    ("lost 12 euro cents", ["12 euro cents | 12 | EUc"]),
    ("(-$12.5 million)", ["-$12.5 million | -12500000 | USD"]),
]  # fmt: skip

PRICES = [
    ("at $8,964 per metric ton", ["$8,964 per metric ton | 8964 | USD/t"]),
    ("at $2,578.5 a ton", ["$2,578.5 a ton | 2578.5 | USD/t"]),
    ("at $2,500/t", ["$2,500/t | 2500 | USD/t"]),
    ("at $2,500/mt", ["$2,500/mt | 2500 | USD/t"]),
    ("at US$2,500/MT", ["US$2,500/MT | 2500 | USD/t"]),
    ("at $2,500 / tonne", ["$2,500 / tonne | 2500 | USD/t"]),
    ("a $50-a-ton levy", ["$50-a-ton | 50 | USD/t"]),
    ("at €45/t", ["€45/t | 45 | EUR/t"]),
    ("at 45 €/t", ["45 €/t | 45 | EUR/t"]),
    ("at 20,340 yuan a ton", ["20,340 yuan a ton | 20340 | CNY/t"]),
    ("at 630,000 yuan/ton", ["630,000 yuan/ton | 630000 | CNY/t"]),
    ("at 1.55-1.57 million yuan/mt", ["1.55-1.57 million yuan/mt | 1550000..1570000 | CNY/t"]),
    ("Yuan 81,000/mt ($11,278/mt)", [
        "Yuan 81,000/mt | 81000 | CNY/t", "$11,278/mt | 11278 | USD/t"]),
    ("at 73,890 yuan ($10,129.27) a ton", [
        "73,890 yuan | 73890 | CNY/t", "$10,129.27 | 10129.27 | USD/t"]),
    ("at 74,000-83,000 yuan ($10,724-12,029) per tonne", [
        "74,000-83,000 yuan | 74000..83000 | CNY/t", "$10,724-12,029 | 10724..12029 | USD/t"]),
    ("at 40 cents a pound", ["40 cents a pound | 40 | USc/lb"]),
    ("at 40 cents/lb", ["40 cents/lb | 40 | USc/lb"]),
    ("at 40 c/lb", ["40 c/lb | 40 | USc/lb"]),
    ("at 40c/lb", ["40c/lb | 40 | USc/lb"]),
    ("at 40¢/lb", ["40¢/lb | 40 | USc/lb"]),
    ("at US¢40/lb", ["US¢40/lb | 40 | USc/lb"]),
    ("at 40 US cents a pound", ["40 US cents a pound | 40 | USc/lb"]),
    ("at 30 p/lb", ["30 p/lb | 30 | GBp/lb"]),
    ("at $2.24/lb", ["$2.24/lb | 2.24 | USD/lb"]),
    ("at $85.50/lb U3O8", ["$85.50/lb | 85.50 | USD/lb"]),
    ("at $26.60 per kg", ["$26.60 per kg | 26.60 | USD/kg"]),
    ("at 15 dollars a kilo", ["15 dollars a kilo | 15 | USD/kg"]),
    ("at 9,050 yuan/kg", ["9,050 yuan/kg | 9050 | CNY/kg"]),
    ("at $1,238/oz", ["$1,238/oz | 1238 | USD/oz"]),
    ("at $2,400 an ounce", ["$2,400 an ounce | 2400 | USD/oz"]),
    ("at $2,400 per troy ounce", ["$2,400 per troy ounce | 2400 | USD/oz"]),
    ("at $80 a barrel", ["$80 a barrel | 80 | USD/bbl"]),
    ("at $80/bbl", ["$80/bbl | 80 | USD/bbl"]),
    ("at $3.25/MMBtu", ["$3.25/MMBtu | 3.25 | USD/MMBtu"]),
    ("at $3 per million British thermal units", [
        "$3 per million British thermal units | 3 | USD/MMBtu"]),
    ("at $300 per 1,000 cubic metres", ["$300 per 1,000 cubic metres | 0.300 | USD/m3"]),
    ("costs $600 per megawatt hour", ["$600 per megawatt hour | 600 | USD/MWh"]),
    ("costs €95/MWh", ["€95/MWh | 95 | EUR/MWh"]),
    ("costs $0.03/kWh", ["$0.03/kWh | 0.03 | USD/kWh"]),
    ("costs $150/kW/yr", ["$150/kW/yr | 150 | USD/kW/yr"]),
    ("at $4.50 per dmtu", ["$4.50 per dmtu | 4.50 | USD/dmtu"]),
    ("at $250-300/mtu WO3", ["$250-300/mtu | 250..300 | USD/mtu"]),
    ("at $1,200 per flask", ["$1,200 per flask | 1200 | USD/flask"]),
    ("at $105.50/dmt CFR Qingdao", ["$105.50/dmt | 105.50 | USD/t"]),
    ("carbon at €70 per tonne of CO2", ["€70 per tonne of CO2 | 70 | EUR/tCO2"]),
    ("a $5.00-a-share offer", ["$5.00-a-share | 5 | USD/share"]),
    ("an offer of C$0.45 per share", ["C$0.45 per share | 0.45 | CAD/share"]),
    ("$0.411 cents per pound", ["$0.411 cents per pound | 0.411 | USc/lb"]),
    ("per payable pound: $1.20 per payable pound", ["$1.20 per payable pound | 1.20 | USD/lb"]),
    ("at $585-650 per tonne", ["$585-650 per tonne | 585..650 | USD/t"]),
    ("at $1.65/lb to $1.85/lb.", ["$1.65/lb to $1.85/lb | 1.65..1.85 | USD/lb"]),
    ("at $12 to $15 a tonne", ["$12 to $15 a tonne | 12..15 | USD/t"]),
    ("in the low $60s a barrel", ["low $60s a barrel | 60..63 | USD/bbl | about"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MONEY)
def test_money_has_its_currency_and_scale(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), PRICES)
def test_a_price_keeps_what_it_is_per(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_later_prices_of_a_list_are_per_ton_like_the_first() -> None:
    text = (
        "Aluminium lost 0.4% to $2,578.5 a ton, nickel slipped 0.1% to $15,680 and zinc was at "
        "$3,057.5, said a $5 million fund."
    )
    units = [q.rsplit(" | ", 1)[-1] for q in read(text)]
    assert units == ["%", "USD/t", "%", "USD/t", "USD/t", "USD"]


def test_the_list_ends_with_the_sentence() -> None:
    assert read("Tin rose to $28,620 a ton. The fine was set at $15,680.")[-1].endswith("| USD")


def test_a_bracket_can_hold_the_only_readable_price() -> None:
    assert read("69,9630 yuan ($10,854.18) a tonne") == ["$10,854.18 | 10854.18 | USD/t"]


def test_the_dollar_of_the_caller_holds_for_dollars_and_cents() -> None:
    assert read("$5 million and 40 cents a pound", dollar="AUD") == [
        "$5 million | 5000000 | AUD",
        "40 cents a pound | 40 | AUc/lb",
    ]
    assert read("$5 million", dollar="$") == ["$5 million | 5000000 | $"]


def test_oil_and_gas_are_sold_in_us_dollars_whoever_writes() -> None:
    assert read("$80 a barrel", dollar="$") == ["$80 a barrel | 80 | USD/bbl"]
