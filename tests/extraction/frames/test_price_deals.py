"""Prices told otherwise than by "prices rose": deals, freight in points, lists, pronouns."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (
            "A Peruvian smelter accepted a bid of $2,410 a tonne for 500 tonnes of tin ingot.",
            "$2,410 a tonne",
        ),
        ("Traders bought Algerian urea at $310/t fob for October shipment.", "$310/t"),
        ("Buyers are paying $3,200 a tonne for bismuth in Rotterdam.", "$3,200 a tonne"),
        ("Capesize rates were pegged at $15,344 per day by the exchange.", "$15,344 per day"),
    ],
)
def test_a_deal_or_a_hire_tells_a_price(text: str, level: str) -> None:
    """A bid accepted, a purchase and a charter rate give the level that they state."""
    found = events(text, "price_level")
    assert [roles(e)["level"] for e in found] == [[level]]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The Baltic Dry Index fell 1.2% to 2,393 points on Tuesday.", "down"),
        ("The panamax index was up 18 points, or 1.3%, at 1,428 points.", "up"),
        ("Average daily earnings for capesizes were down $250 at $6,396.", "down"),
        ("Container freight rates from Shanghai to Rotterdam tumbled 8% to $3,240.", "down"),
        ("U3O8 hit $106 a pound, its highest in 16 years.", "up"),
        ("Zinc has shed almost a fifth of its value this year.", "down"),
        ("Closing prices. Copper 3M 9,512 (+0.4%).", "up"),
        ("Copper was trading at $9,120 a tonne on Friday. It has gained 11% this year.", "up"),
    ],
)
def test_a_price_moves_in_points_lists_and_pronouns(text: str, direction: str) -> None:
    """Each text tells exactly one change, with its direction."""
    found = events(text, "price_change")
    assert [roles(e)["direction"] for e in found] == [[direction]]


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500 rose 1% to 5,200 points.",
        "The bid of $3.2 billion was accepted by the board.",
        "The company paid a dividend of $0.50 per share.",
        "Quarterly earnings fell 12% to $120 million.",
        "The utility signed a contract for uranium at $70.50 per pound.",
    ],
)
def test_other_figures_are_no_price(text: str) -> None:
    """Shares, takeovers, profits and supply contracts tell no price of goods."""
    assert events(text, "price_change") == []
    assert events(text, "price_level") == []


@pytest.mark.parametrize(
    ("text", "benchmark"),
    [
        ("Guinean bauxite fell $2 to $71 a dry tonne.", "Guinean bauxite"),
        ("Zinc touched $1.08/lb on the LME, up 12%.", "LME"),
        ("The domestic Chinese price of gallium dropped 4%.", "domestic Chinese price of gallium"),
        (
            "Hot-rolled coil in Ontario rose 2% to C$1,080 a short ton.",
            "Hot-rolled coil in Ontario",
        ),
    ],
)
def test_the_words_that_say_which_price_it_is_are_its_benchmark(text: str, benchmark: str) -> None:
    """The origin, the place, the market: all tell one price from another."""
    (found,) = events(text, "price_change")
    assert roles(found)["benchmark"] == [benchmark]


def test_a_price_that_only_names_its_goods_has_no_benchmark() -> None:
    """ "Prices of lithium carbonate in China" is a price of the goods, no quotation."""
    (found,) = events("Prices of lithium carbonate in China fell 4%.", "price_change")
    assert "benchmark" not in roles(found)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Zinc touched $1.08/lb on Tuesday, up 12% since January.", "since January"),
        ("Nickel fell 3% on the week to $15,000 a tonne.", "on the week"),
        ("Graphite fines were at $610 a tonne, 9% below a year ago.", "a year ago"),
        ("November Brent settled 1.7% lower on Friday.", "Friday"),
    ],
)
def test_the_period_is_the_time_over_which_the_price_moved(text: str, period: str) -> None:
    """A month of delivery is none; what the price is held against is better than nothing."""
    (found,) = events(text, "price_change")
    assert [p.removeprefix("since ") for p in roles(found)["period"]] == [
        period.removeprefix("since ")
    ]


@pytest.mark.parametrize(
    ("text", "level", "direction"),
    [
        ("Silver was at USD 33.34 an ounce (plus 0.1 percent).", "USD 33.34 an ounce", "up"),
        ("Gold set another record, of $2,942/oz.", "$2,942/oz", "up"),
        ("Cobalt has gone from $10.50 to $19.20 a pound since May.", "$19.20 a pound", "up"),
        ("Brent crude closed 74 cents to the good at $72.94 a barrel.", "$72.94 a barrel", "up"),
        ("Zinc stood at $2,968 a tonne on Friday, its dearest since 2008.", "$2,968 a tonne", "up"),
        (
            "Day-ahead power averaged €191.5/MWh, almost triple the figure of a year earlier.",
            "€191.5/MWh",
            "up",
        ),
        ("Argus assessed zinc at $2,850/t on 19 March against $2,500/t in May.", "$2,850/t", "up"),
        (
            "Closing at CNY 370,000 per metric ton, neodymium oxide rose by 1.4 percent.",
            "CNY 370,000 per metric ton",
            "up",
        ),
        (
            "One big mover was neodymium, which shot up 8.5 percent to CNY 445,000 a ton.",
            "CNY 445,000 a ton",
            "up",
        ),
        (
            "The spot price is $9,925 a tonne, an increase of $170 compared to Monday's close.",
            "$9,925 a tonne",
            "up",
        ),
        ("Brent crude was seen at $74.19 a barrel, 1.03 percent firmer.", "$74.19", "up"),
        ("Industrial-grade lithium carbonate held at Yuan 73,800/mt.", "Yuan 73,800/mt", "flat"),
        ("US module prices are going nowhere, at 28 cents a watt.", "28 cents a watt", "flat"),
        (
            "Spot DDR5 chips averaged US$28.70 a unit, 8.4 per cent dearer than last Tuesday.",
            "US$28.70",
            "up",
        ),
    ],
)
def test_a_change_is_told_in_many_ways(text: str, level: str, direction: str) -> None:
    """By a sign in words, a record, two figures, a multiple, an idiom of standing still."""
    (found,) = events(text, "price_change")
    assert roles(found)["direction"] == [direction]
    assert roles(found)["level"][0].startswith(level)


def test_a_run_of_changes_shares_its_verb() -> None:
    """ "Rebar was 0.09% lower, hot-rolled coil 0.06%": the second is lower too."""
    text = "In Shanghai steel rebar was 0.09% lower, hot-rolled coil 0.06% and wire rod 0.62%."
    found = [roles(e) for e in events(text, "price_change")]
    assert [f["change"] for f in found] == [["0.09%"], ["0.06%"], ["0.62%"]]
    assert {f["direction"][0] for f in found} == {"down"}


@pytest.mark.parametrize(
    "text",
    [
        "Alumina export earnings drop from over $12 billion to $9 billion.",
        "The range was $600-750 a tonne.",
        "Section 232 steel and aluminum duties doubled on Wednesday.",
        "Nickel has not been above $20,000 a tonne since September.",
        "The estimate was made with a gold price of US$1,800 per ounce.",
        "Steel priced under a threshold of $675 a tonne pays a duty.",
    ],
)
def test_sums_ranges_and_assumptions_are_no_price_of_the_day(text: str) -> None:
    """Billions are no price of a tonne; a study's price and a threshold are none of the day."""
    assert events(text, "price_change") == []
    assert events(text, "price_level") == []


@pytest.mark.parametrize(
    "text",
    [
        "Brent climbed 6% and WTI crude rose by more than 7% on Monday.",
        "Oil prices jumped on Monday. Brent climbed 6% and WTI crude rose by more than 7%.",
    ],
)
def test_prices_told_together_share_their_day(text: str) -> None:
    """The day that one clause or the lead gives is the day of each of them."""
    wti = [e for e in events(text, "price_change") if "WTI" in str(roles(e).get("benchmark"))]
    assert [roles(e)["period"] for e in wti] == [["Monday"]]


def test_a_time_before_is_the_period_where_no_other_is_told() -> None:
    """ "21% dearer than twelve months before" has no date but a time."""
    text = "Copper changed hands at $2.59 a pound, 21% dearer than twelve months before."
    (found,) = events(text, "price_change")
    assert roles(found)["period"] == ["twelve months before"]


def test_a_gain_given_up_is_a_fall() -> None:
    """ "Had given up 2.27%" goes down, whatever "up" says."""
    (found,) = events("Zinc had given up 2.27% at $2,795 a tonne.", "price_change")
    assert roles(found)["direction"] == ["down"]


def test_a_level_with_its_share_of_change_is_one_price() -> None:
    """ "Stood at $9,072.50, or 0.7% above Thursday": level and change of one telling."""
    (found,) = events("London copper stood at $9,072.50, or 0.7% above Thursday.", "price_change")
    assert roles(found)["level"] == ["$9,072.50"]
    assert roles(found)["change"] == ["0.7%"]
