"""A small price API of the user's own: the columns of own prices, as CSV or as JSON.

CSV is a file of own prices (``lodewire.reference.own_prices``). JSON is a list of objects with the
same names, or an object with that list as ``prices`` and, while more follow, the next address as
``next``.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lodewire.errors import ConfigError
from lodewire.model.official import PriceQuote
from lodewire.reference.loaders.bodies import broken, json_of, text_of
from lodewire.reference.own_prices import NEEDED, OPTIONAL, parse_own_prices

SOURCE = "own-prices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of prices, and the address of the next, if there is one."""

    quotes: tuple[PriceQuote, ...]
    following: str | None = None


def read_page(body: bytes, place: str) -> Page:
    """Read one page; raises BrokenFile that tells the first rows that are wrong."""
    text = text_of(body, place)
    following: str | None = None
    if text.lstrip()[:1] in ("[", "{"):
        told = json_of(body, place)
        if isinstance(told, dict):
            link = told.get("next")
            if link is not None and not isinstance(link, str):
                raise broken(place, "next is no address")
            following, told = link, told.get("prices")
        text = _as_csv(told, place)
    try:
        series, points = parse_own_prices(place, text)
    except ConfigError as error:
        raise broken(place, " ".join(error.message.split())[:300]) from error
    about = {one.id: one for one in series}
    return Page(
        quotes=tuple(
            PriceQuote(
                source=about[point.series].source,
                series=point.series,
                period=point.period,
                value=point.value,
                unit=point.unit,
                commodity=about[point.series].commodity,
                kind=about[point.series].kind,
                basis=point.basis,
                market=about[point.series].market,
                vintage=point.vintage,
            )
            for point in points
        ),
        following=following,
    )


def _as_csv(told: object, place: str) -> str:
    if not isinstance(told, list):
        raise broken(place, "no list of prices")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    columns = (*NEEDED, *OPTIONAL)
    writer.writerow(columns)
    for at, row in enumerate(told):
        if not isinstance(row, dict):
            raise broken(place, f"prices[{at}] is no object")
        unknown = sorted(str(name) for name in row if name not in columns)
        if unknown:
            raise broken(place, f"prices[{at}]: unknown {', '.join(unknown)[:100]}")
        writer.writerow([_cell(row.get(name)) for name in columns])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
