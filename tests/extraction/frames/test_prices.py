"""Prices: what was told of which thing, and what only sounds like a price."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.extraction.conftest import events, roles

CHANGED = [
    (
        "Over the week Brent put on 1.9%, with little trade.",
        {"change": ["1.9%"], "direction": ["up"], "period": ["Over the week"]},
    ),
    (
        "Alumina, which has almost halved since its December peak of about 5,800 yuan a tonne, is "
        "cheap.",
        {"change": ["almost halved"], "period": ["since its December peak"]},
    ),
    (
        "Elsewhere in early trade copper eased 0.05% to $9,842 a tonne.",
        {"commodity": ["copper"], "benchmark": None, "level": ["$9,842 a tonne"]},
    ),
    (
        "Three-month copper on the London Metal Exchange was up 0.4% at $9,955 a metric ton.",
        {"commodity": ["copper"], "direction": ["up"], "change": ["0.4%"]},
    ),
    (
        "Copper prices fell 2% on Tuesday.",
        {"commodity": ["Copper"], "direction": ["down"], "period": ["Tuesday"]},
    ),
    (
        "Brent futures lost 92 cents, or 1.4%, to settle at $63.98 a barrel.",
        {"benchmark": ["Brent futures"], "change": ["1.4%"], "level": ["$63.98 a barrel"]},
    ),
    (
        "The spot price of uranium fell by US$1.75 to US$79.25/lb over the past week.",
        {"change": ["US$1.75"], "level": ["US$79.25/lb"], "direction": ["down"]},
    ),
    (
        "Prices of dysprosium oxide slipped to 1,595-1,610 yuan/kg last week.",
        {"commodity": ["dysprosium oxide"], "level": ["1,595-1,610 yuan/kg"]},
    ),
    (
        "Lithium prices have collapsed by more than half since November.",
        {"direction": ["down"], "change": ["by more than half"], "period": ["since November"]},
    ),
    (
        "LME zinc was unchanged at $2,919 a ton.",
        {"direction": ["flat"], "level": ["$2,919 a ton"]},
    ),
    (
        "At 81,000 yuan a tonne, the Aug. 11 close of the lithium carbonate contract in Guangzhou "
        "was up 8%.",
        {"level": ["81,000 yuan a tonne"], "change": ["8%"], "period": ["Aug. 11"]},
    ),
    (
        "A stronger dollar weighed on London copper prices on Tuesday, taking them lower.",
        {"direction": ["down"], "period": ["Tuesday"], "commodity": ["copper"]},
    ),
    (
        "China Northern Rare Earth set its list price for NdPr oxide at 572,000 yuan per tonne, an "
        "increase of 2,500 yuan.",
        {"commodity": ["NdPr oxide"], "level": ["572,000 yuan per tonne"], "direction": ["up"]},
    ),
    (
        "Iron ore futures in Dalian closed 1.3% higher at 908 yuan a tonne.",
        {"change": ["1.3%"], "direction": ["up"], "level": ["908 yuan a tonne"]},
    ),
    (
        "The European duty-paid aluminium premium jumped to $275 a tonne from $232.",
        {"direction": ["up"], "level": ["$275 a tonne"]},
    ),
    (
        "Antimony prices have shot up because of export curbs.",
        {"commodity": ["Antimony"], "direction": ["up"]},
    ),
    (
        "Benchmark copper CMCU3 on the London Metal Exchange was down 0.2% at $8,539 a ton.",
        {"direction": ["down"], "level": ["$8,539 a ton"]},
    ),
    (
        "Spot nickel snapped a three-day losing streak, adding 0.8% to $15,300 a ton.",
        {"direction": ["up"]},
    ),
]


@pytest.mark.parametrize(("sentence", "wanted"), CHANGED)
def test_a_change_is_read_with_its_figures(sentence: str, wanted: dict[str, list[str]]) -> None:
    found = events(sentence, "price_change")
    assert len(found) == 1, [roles(e) for e in found]
    told = roles(found[0])
    assert {role: told.get(role) for role in wanted} == wanted


LEVELS = [
    ("Spot uranium stood at $47.75 per pound at the end of last week.", "$47.75 per pound"),
    ("Gallium in Europe is quoted at $595 to $650 a kg.", "$595 to $650 a kg"),
    ("Prices of Pr-Nd alloy stood at 690,000-695,000 yuan/mt.", "690,000-695,000 yuan/mt"),
    ("Benchmark zinc on the LME was trading around $2,980 a tonne.", "around $2,980 a tonne"),
    ("Power at the site now costs more than $600 per megawatt hour.", None),
    ("Carbide inserts now fetch $33 a kg.", "$33 a kg"),
    ("Zinc treatment charges are at minus $40 a tonne, the lowest on record.", "minus $40 a tonne"),
    ("Platts assessed JKM for January at $11.870/MMBtu on Thursday.", "$11.870/MMBtu"),
    ("Realized copper prices averaged $4.33 per pound in the quarter.", "$4.33 per pound"),
    ("He cited a copper price which stood at $9,640/t on Thursday.", "$9,640/t"),
    ("Battery-grade lithium carbonate traded at Rmb81,000 a tonne.", "Rmb81,000 a tonne"),
    ("The NWE DES LNG price for January was assessed at $10.412/MMBtu.", "$10.412/MMBtu"),
    ("Iron ore 62% Fe (SGX Dec): $104.55/dmt", "$104.55/dmt"),
    ("Copper cathode changed hands at $9,700 a tonne in Shanghai.", "$9,700 a tonne"),
    ("Antimony metal is trading at $39,500-$40,000 per metric ton.", None),
]


@pytest.mark.parametrize(("sentence", "level"), LEVELS)
def test_a_level_is_read_where_nothing_moved(sentence: str, level: str | None) -> None:
    found = events(sentence, "price_level")
    assert len(found) == 1
    assert not events(sentence, "price_change")
    if level is not None:
        assert roles(found[0])["level"] == [level]


TRAPS = [
    "Shares of Cameco rose 3% and units of the Sprott Physical Uranium Trust slid 3.2%.",
    "Copper output rose 3% to 458,800 tonnes in June.",
    "Copper stocks in LME-registered warehouses fell 12% to 149,775 tons.",
    "Exports of magnets recovered to 6,146 tons in August, up 15% year on year.",
    "Imports of copper concentrate grew 6% in September.",
    "Aluminium of Russian origin made up 91% of stocks.",
    "Lithium demand will grow fivefold by 2040, the agency estimates.",
    "Ticket prices for the semi-final will rise by 5% to £42.",
    "Interest rates were cut by 25 basis points to 4.5%.",
    "Copper prices could fall to $8,000 a ton if tariffs bite.",
    "Gold is expected to average $3,000 an ounce next year.",
    "The company drilled 12 m at 4.1% copper.",
    "The after-tax net present value is $1.05 billion at a gold price of $1,800/oz.",
    "Goldman has raised its gold price forecast to $3,100 per ounce.",
    "The mine was shelved after prices sank.",
    "Neighbouring Kazakhstan, where diesel is cheaper, banned exports.",
    "The ministry lifted a ban on open-pit mining for copper, gold and silver to boost revenue.",
    "Copper sales fell 12% to 25,400 tonnes because port congestion delayed a shipment.",
    "The group signed a contract worth $300 million for nickel.",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_what_only_sounds_like_a_price_is_none(sentence: str) -> None:
    assert not events(sentence, "price_change")
    assert not events(sentence, "price_level")


LIST = (
    "LME aluminium shed 0.4% to $2,578.5 a ton, nickel was 0.1% softer at $15,680, zinc dropped "
    "0.6% to $3,057.5 and lead 0.9% to $2,057.5, whereas tin put on 0.2% to reach $28,620."
)


def test_each_metal_of_a_list_has_its_own_event() -> None:
    found = {roles(e)["commodity"][0]: roles(e) for e in events(LIST, "price_change")}
    assert {c: (t["direction"][0], t["change"][0]) for c, t in found.items()} == {
        "aluminium": ("down", "0.4%"),
        "nickel": ("down", "0.1%"),
        "zinc": ("down", "0.6%"),
        "lead": ("down", "0.9%"),
        "tin": ("up", "0.2%"),
    }


def test_a_list_shares_its_exchange_and_the_unit_of_its_first_price() -> None:
    lead = next(e for e in events(LIST, "price_change") if roles(e)["commodity"] == ["lead"])
    assert roles(lead)["benchmark"] == ["LME"]
    level = next(a.quantity for a in lead.arguments if a.role == "level")
    assert level is not None
    assert (level.value, level.unit) == (Decimal("2057.5"), "USD/t")


def test_levels_told_in_turn_go_to_their_things() -> None:
    text = (
        "Prices of yttrium oxide, erbium oxide and holmium oxide all advanced last week, to "
        "210,000 yuan/mt, 185,000 yuan/mt and 400,000 yuan/mt, respectively."
    )
    found = {roles(e)["commodity"][0]: roles(e)["level"][0] for e in events(text, "price_change")}
    assert found["yttrium oxide"] == "210,000 yuan/mt"
    assert found["holmium oxide"] == "400,000 yuan/mt"


def test_a_headline_and_its_report_are_one_change() -> None:
    text = (
        "Copper slips on firm dollar\n\nCopper prices fell on Monday as the dollar rose.\n\n"
        "Three-month copper on the London Metal Exchange was down 0.2% at $8,539 a ton.\n"
    )
    found = events(text, "price_change")
    assert len(found) == 1
    assert roles(found[0])["period"] == ["Monday"]


def test_the_body_gives_the_exact_price_that_the_headline_rounds() -> None:
    text = "Gold surges past $3,900\n\nSpot gold was up 1.9% at $3,958.19 per ounce on Monday.\n"
    found = events(text, "price_change")
    assert [roles(e)["level"] for e in found] == [["$3,958.19 per ounce"]]


def test_two_exchanges_stay_two_prices() -> None:
    text = (
        "LME copper was down 0.3% at $8,964 a ton. Shanghai copper was 0.2% higher at 73,890 yuan "
        "a ton."
    )
    assert len(events(text, "price_change")) == 2


def test_the_change_over_a_longer_time_is_another_change() -> None:
    text = "Dalian iron ore closed 0.7% down at 814 yuan a ton, for a weekly gain of 3.2%."
    day, week = events(text, "price_change")
    assert roles(day)["change"] == ["0.7%"]
    assert (roles(week)["change"], roles(week)["period"]) == (["3.2%"], ["weekly"])


def test_given_up_and_come_off_are_losses_and_coke_is_priced() -> None:
    (cobalt,) = events("Cobalt has given up more than 10 percent since January.", "price_change")
    assert roles(cobalt)["direction"] == ["down"]
    _, coke = events("Coking coal lost 0.71% and coke 1.83%.", "price_change")
    assert roles(coke)["commodity"] == ["coke"]


def test_what_is_to_lift_prices_tells_no_price() -> None:
    assert not events("Smelters agree a ceiling on exports to lift tin prices.", "price_change")


def test_a_name_that_is_a_word_too_is_the_metal_where_a_price_is_told_of_it() -> None:
    """ "Lead, the battery metal, …": two prices of one unit tell which way it went."""
    changes = events(
        "Zinc closed at $2,610 a tonne. Lead, dull for a week, was left at $2,110 from $2,140. Tin "
        "ended at $31,200 from $30,900.",
        "price_change",
    )
    assert [roles(c)["commodity"] for c in changes] == [["Lead"], ["Tin"]]
    assert [roles(c)["direction"] for c in changes] == [["down"], ["up"]]


def test_the_day_of_the_price_it_is_held_against_is_not_the_period() -> None:
    """So that the headline's day and the body's do not part one move in two."""
    (change,) = events(
        "Nickel gained on Tuesday.\n\nNickel closed in London at $15,430 a tonne against $15,200 "
        "on Monday.",
        "price_change",
    )
    assert roles(change)["level"] == ["$15,430 a tonne"]
    assert roles(change)["period"] == ["Tuesday"]


def test_a_duty_that_only_qualifies_the_goods_leaves_the_price_a_price() -> None:
    """ "duty-unpaid": told of the metal in the second of two clauses."""
    levels = events(
        "Premiums for nickel cathode in Shanghai stood at $210 a tonne, while duty-unpaid zinc in "
        "Antwerp fetched a premium of $165.",
        "price_level",
    )
    assert [roles(e)["commodity"] for e in levels] == [["nickel cathode"], ["zinc"]]


def test_a_record_beside_a_level_is_a_move_upwards() -> None:
    """ "an all-time high" tells which way the price went."""
    text = "Copper was trading in London at $12,000 a tonne on Monday, an all-time high."
    (event,) = events(text, "price_change")
    assert {a.role: a.value for a in event.arguments}["direction"] == "up"


def test_an_increase_in_apposition_is_the_change_of_the_level() -> None:
    """ "stood at …, an increase of 8% since": one price change."""
    text = "Copper's price stood at $12,000 a tonne on Monday, an increase of 8% since May began."
    (event,) = events(text, "price_change")
    assert {a.role: a.text for a in event.arguments}["change"] == "8%"
