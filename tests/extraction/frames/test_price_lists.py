"""Price tables and lists: a line is a thing, its price, its change; the heading gives the time."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


@pytest.mark.parametrize(
    ("line", "level", "direction"),
    [
        ("Copper 9,412 +1.2%", "9,412", "up"),
        ("Aluminium 2,455.50 -0.3%", "2,455.50", "down"),
        ("Nickel | 15,300 | +0.8%", "15,300", "up"),
        ("| Zinc | $2,700/t | -1.1% |", "$2,700/t", "down"),
        ("Copper: $9,412/t (+1.2%)", "$9,412/t", "up"),
        ("WTI crude oil futures | USD/bbl | 61.20 | -0.73 | -1.18%", "61.20", "down"),
        ("Rebar, Turkey fob .............. $578/t (unch)", "$578/t", "flat"),
        ("HRC, N. Europe, ex-works ....... €635/t (-€10)", "€635/t", "down"),
        ("Iron ore 62% Fe cfr Qingdao .... $105.90/dmt (-$1.85)", "$105.90/dmt", "down"),
        ("• Gold $2,345.60/oz, up $12.30", "$2,345.60/oz", "up"),
        ("Lithium carbonate (China): 71,500 yuan/t, unchanged", "71,500 yuan/t", "flat"),
    ],
)
def test_a_line_of_a_table_is_a_price_change(line: str, level: str, direction: str) -> None:
    """Whatever parts the cells, the line gives its price and which way it went."""
    (found,) = events(f"Closing prices in London\n\n{line}\n", "price_change")
    assert roles(found)["level"] == [level]
    assert roles(found)["direction"] == [direction]


def test_a_line_without_a_change_is_a_price_level() -> None:
    """Lines parted by semicolons are read one by one."""
    text = "Spot prices\n\nCopper $9,412/t; zinc $2,700/t, down 0.4%; lead $2,000/t\n"
    assert [roles(e)["level"] for e in events(text, "price_level")] == [["$9,412/t"], ["$2,000/t"]]
    assert [roles(e)["level"] for e in events(text, "price_change")] == [["$2,700/t"]]


def test_the_heading_gives_exchange_and_time() -> None:
    """The day and the exchange stand above the table once for all of its lines."""
    text = "LME closing prices, 12 May\n\nCopper 9,412 +1.2%\n"
    (found,) = events(text, "price_change")
    assert roles(found)["period"] == ["12 May"]
    assert roles(found)["benchmark"] == ["LME"]


def test_a_change_may_stand_before_the_price() -> None:
    """ "Spot: +$2.50 to $104.00/lb": both figures are the line's."""
    (found,) = events(
        "Uranium prices, week to 19 January\n\nSpot: +$2.50 to $104.00/lb U3O8", "price_change"
    )
    assert roles(found)["level"] == ["$104.00/lb"]
    assert roles(found)["period"] == ["week to 19 January"]


@pytest.mark.parametrize(
    "line",
    [
        "Gold production: 120,000 oz (+4%)",
        "AISC: $1,250/oz, down 3%",
        "Copper grade: 0.45% (+0.02%)",
        "Newmont Corp: $55.20 (+1.2%)",
        "Copper stocks 120,000 -1.5%",
    ],
)
def test_other_lines_are_no_prices(line: str) -> None:
    """Output, costs, grades, shares and stocks are listed too."""
    text = f"Highlights of the quarter\n\n{line}\n"
    assert events(text, "price_change") == []
    assert events(text, "price_level") == []


def test_the_sign_of_a_cell_is_its_direction_and_no_part_of_the_amount() -> None:
    """Unsigned cells under a heading of changes went up."""
    found = events(
        "LME snapshot\n\nPrice ($/t) | Change since yesterday\n\nCopper | 7200 | -16.5\n\n"
        "Nickel | 12558.5 | 0.5\n\nZinc | 3339 | -8\n",
        "price_change",
    )
    told = []
    for event in found:
        values = {a.role: a for a in event.arguments}
        told.append((values["direction"].value, values["change"].text))
    assert told == [("down", "16.5"), ("up", "0.5"), ("down", "8")]
