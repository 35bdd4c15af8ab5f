"""The series of the World Bank's Pink Sheet followed here, and the units they must be in.

Source: World Bank, Commodity Markets (CC BY 4.0), https://www.worldbank.org/en/research/
commodity-markets. A column whose unit is not the one expected here is not taken. The sheet calls
the iron-ore price "$/dmtu"; its values are dollars for a dry tonne (World Bank, sheet
"Description": "any origin, fines, spot price, c.f.r. China, 62% Fe"), and stand so here.
"""

from __future__ import annotations

from lodewire.model.price import PriceSeries
from lodewire.reference.cost_tables import cost_sources

SOURCE = "worldbank-pink-sheet"

_ROWS = (
    ("crude oil, average", "wb-crude-average", "crude-oil", "bbl", "USD/bbl", "average of three"),
    ("crude oil, brent", "wb-brent", "crude-oil", "bbl", "USD/bbl", "UK Brent 38 API"),
    ("crude oil, dubai", "wb-dubai", "crude-oil", "bbl", "USD/bbl", "Dubai Fateh 32 API"),
    ("crude oil, wti", "wb-wti", "crude-oil", "bbl", "USD/bbl", "West Texas Intermediate 40 API"),
    ("coal, australian", "wb-coal-australia", "thermal-coal", "mt", "USD/t", "fob Newcastle"),
    (
        "coal, south african",
        "wb-coal-south-africa",
        "thermal-coal",
        "mt",
        "USD/t",
        "Richards Bay",
    ),
    ("natural gas, us", "wb-gas-us", "natural-gas", "mmbtu", "USD/MMBtu", "Henry Hub spot"),
    ("natural gas, europe", "wb-gas-europe", "natural-gas", "mmbtu", "USD/MMBtu", "TTF"),
    ("liquefied natural gas, japan", "wb-lng-japan", "lng", "mmbtu", "USD/MMBtu", "import, cif"),
    ("phosphate rock", "wb-phosphate-rock", "phosphate-rock", "mt", "USD/t", "fob North Africa"),
    ("aluminum", "wb-aluminium", "aluminium", "mt", "USD/t", "LME settlement"),
    (
        "iron ore, cfr spot",
        "wb-iron-ore",
        "iron-ore",
        "dmtu",
        "USD/t",
        "62 % Fe, cfr China, dry",
    ),
    ("copper", "wb-copper", "copper", "mt", "USD/t", "LME settlement, grade A"),
    ("lead", "wb-lead", "lead", "mt", "USD/t", "LME settlement"),
    ("tin", "wb-tin", "tin", "mt", "USD/t", "LME settlement"),
    ("nickel", "wb-nickel", "nickel", "mt", "USD/t", "LME settlement"),
    ("zinc", "wb-zinc", "zinc", "mt", "USD/t", "LME settlement"),
    ("gold", "wb-gold", "gold", "troyoz", "USD/ozt", "UK, 99.5 % fine, average of daily rates"),
    ("platinum", "wb-platinum", "platinum", "troyoz", "USD/ozt", "UK, 99.9 % refined"),
    ("silver", "wb-silver", "silver", "troyoz", "USD/ozt", "UK, 99.9 % refined"),
)

IDS = {row[0]: row[1] for row in _ROWS}
"""Name of the column, lower case without stars -> series id."""

EXPECTED = {row[0]: row[3] for row in _ROWS}
"""Name of the column -> the unit its column must have, as ``written_unit`` reads it."""


def written_unit(text: str) -> str:
    """Return what follows the dollar sign: "($/troy oz)" is "troyoz"."""
    return text.strip("() ").lower().partition("/")[2].replace(" ", "")


def pink_series() -> tuple[PriceSeries, ...]:
    """Return what each column measures, for the desk that loads a sheet."""
    source = cost_sources()[SOURCE]
    return tuple(
        PriceSeries(
            id=id_,
            name=f"{name[:1].upper()}{name[1:]} (World Bank)",
            commodity=commodity,
            kind="price",
            market="",
            benchmark=None,
            unit=unit,
            basis=basis,
            frequency="monthly",
            source=SOURCE,
            code=name,
            vintage="",
            licence=source.licence,
            origin="desk",
        )
        for name, id_, commodity, _, unit, basis in _ROWS
    )
