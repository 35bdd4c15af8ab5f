"""The European Central Bank's exchange rates: SDMX CSV of its data API, and the reference XML.

A value is how many units of a currency one euro buys. Sources: data.ecb.europa.eu/help/api;
www.ecb.europa.eu, euro foreign exchange reference rates.
"""

from __future__ import annotations

import re
from datetime import date

from lodewire.model.official import NOT_AVAILABLE, REPORTED, SeriesPoint
from lodewire.reference.loaders.bodies import broken, csv_rows, elements, number_of

SOURCE, DAILY_SOURCE = "ecb", "ecb-daily"
_CURRENCY = re.compile(r"[A-Z]{3}")
_PERIODS = {
    "M": ("month", re.compile(r"\d{4}-(0[1-9]|1[0-2])")),
    "D": ("day", re.compile(r"\d{4}-\d{2}-\d{2}")),
    "A": ("year", re.compile(r"\d{4}")),
}
_COLUMNS = ("FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "TIME_PERIOD", "OBS_VALUE")


def read_sdmx_csv(body: bytes, place: str, *, vintage: str) -> tuple[SeriesPoint, ...]:
    """Read rates in SDMX CSV; a value that is empty or NaN is missing. Raises BrokenFile."""
    points: list[SeriesPoint] = []
    seen: set[tuple[str, str]] = set()
    for line, row in csv_rows(body, place, columns=_COLUMNS):
        where = f"{place}:{line}"
        if row["CURRENCY_DENOM"] != "EUR" or not _CURRENCY.fullmatch(row["CURRENCY"]):
            raise broken(
                where, f"a rate of {row['CURRENCY']!r} for {row['CURRENCY_DENOM']!r}, not for EUR"
            )
        if row.get("UNIT_MULT", "0") not in ("", "0"):
            raise broken(where, f"UNIT_MULT {row['UNIT_MULT']!r}: a rate in another magnitude")
        known = _PERIODS.get(row["FREQ"])
        if known is None or not known[1].fullmatch(row["TIME_PERIOD"]):
            raise broken(where, f"TIME_PERIOD {row['TIME_PERIOD']!r} of frequency {row['FREQ']!r}")
        series = f"{row['FREQ']}.{row['CURRENCY']}.EUR.{row['EXR_TYPE']}"
        if (series, row["TIME_PERIOD"]) in seen:
            raise broken(where, f"two values for {series} {row['TIME_PERIOD']}")
        seen.add((series, row["TIME_PERIOD"]))
        cell = row["OBS_VALUE"]
        value = None if cell.lower() == "nan" else number_of(cell, where)
        if value is not None and value <= 0:
            raise broken(where, f"a rate of {value}")
        points.append(
            SeriesPoint(
                source=SOURCE,
                series=series,
                period=row["TIME_PERIOD"],
                value=value,
                unit=f"{row['CURRENCY']} per EUR",
                frequency=known[0],
                title=row.get("TITLE", ""),
                state=NOT_AVAILABLE if value is None else REPORTED,
                vintage=vintage,
            )
        )
    return tuple(points)


def read_reference_xml(body: bytes, place: str) -> tuple[SeriesPoint, ...]:
    """Read the XML of the reference rates, of one day or many; raises BrokenFile."""
    points: list[SeriesPoint] = []
    rates: dict[str, str] = {}
    for cube in elements(body, place, "Cube"):
        # An outer cube ends after the inner ones: the day comes after its rates.
        if cube.get("currency"):
            if cube.get("currency") in rates:
                raise broken(place, f"two rates for {cube.get('currency')} on one day")
            rates[cube.get("currency")] = cube.get("rate") or ""
        elif cube.get("time"):
            points += _of_day(cube.get("time"), rates, place)
            rates = {}
    if rates:
        raise broken(place, "rates without a day")
    return tuple(points)


def _of_day(told: str, rates: dict[str, str], place: str) -> list[SeriesPoint]:
    try:
        day = date.fromisoformat(told).isoformat()
    except ValueError:
        raise broken(place, f"{told[:40]!r} is no day") from None
    found = []
    for currency, cell in sorted(rates.items()):
        where = f"{place}: {currency} of {day}"
        value = number_of(cell, where)
        if not _CURRENCY.fullmatch(currency) or value is None or value <= 0:
            raise broken(where, f"{cell[:40]!r} is no rate")
        found.append(
            SeriesPoint(
                source=DAILY_SOURCE,
                series=f"D.{currency}.EUR.SP00",
                period=day,
                value=value,
                unit=f"{currency} per EUR",
                frequency="day",
                title=f"{currency} reference rate",
                vintage=day,
            )
        )
    return found
