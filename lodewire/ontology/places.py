"""Places by the numbers and letters that services write: UN M49, UN Comtrade, ISO alpha-3.

The table is ``data/place_numbers.csv``. UN Comtrade counts some territories with their state and
gives such states numbers of its own (842: the United States with Puerto Rico and the Virgin
Islands); 490 is "other Asia", which in practice is Taiwan.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from lodewire.model.official import OTHER, WORLD
from lodewire.ontology.countries import country_of_iso3, load_countries

TABLE = "place_numbers.csv"

_OLD = {381: "IT", 736: "SD"}  # numbers of Comtrade's older answers
_ISO3_OWN = {"W00": WORLD, "S19": "TW", "EUR": "EU", "EUE": "EU", "ROM": "RO", "ZAR": "CD"}


@cache
def _numbers() -> tuple[Mapping[int, str], Mapping[int, str], Mapping[str, int]]:
    m49: dict[int, str] = {}
    comtrade: dict[int, str] = dict(_OLD)
    asked: dict[str, int] = {}
    file = resources.files("lodewire.ontology") / "data" / TABLE
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        if row["m49"]:
            m49[int(row["m49"])] = row["place"]
            comtrade.setdefault(int(row["m49"]), row["place"])
        comtrade[int(row["comtrade"])] = row["place"]
        asked[row["place"]] = int(row["comtrade"])
    return MappingProxyType(m49), MappingProxyType(comtrade), MappingProxyType(asked)


def place_of_m49(number: int) -> str | None:
    """Return the place of a UN M49 number; None where it is none we know."""
    return _numbers()[0].get(number)


@cache
def _m49_numbers() -> Mapping[str, int]:
    return MappingProxyType({place: number for number, place in _numbers()[0].items()})


def m49_number(place: str) -> int | None:
    """Return the UN M49 number of a place; None where it has none."""
    return _m49_numbers().get(place)


def place_of_comtrade(number: int) -> str:
    """Return the place of a UN Comtrade number: a country, a bloc, "WORLD" or "OTHER"."""
    return _numbers()[1].get(number, OTHER)


def comtrade_number(place: str) -> int | None:
    """Return the number that UN Comtrade knows a place by; None where it has none."""
    return _numbers()[2].get(place)


def place_of_iso3(code: str) -> str | None:
    """Return the place of an ISO 3166-1 alpha-3 code, or of a service's own; None if unknown."""
    return _ISO3_OWN.get(code) or country_of_iso3().get(code)


def place_of_iso2(code: str) -> str | None:
    """Return the place of an alpha-2 code, Greece and the UK as the EU writes them included."""
    known = {"EL": "GR", "UK": "GB"}.get(code, code)
    return known if known in load_countries() else None


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for country in load_countries().values():
        found[country.name.casefold()] = country.id
        for alias in country.aliases:
            found.setdefault(alias.text.casefold(), country.id)
    return MappingProxyType(found)


def place_of_name(name: str) -> str | None:
    """Return the place of a name as the ontology writes it, in any case; None if unknown."""
    return _names().get(" ".join(name.split()).casefold())
