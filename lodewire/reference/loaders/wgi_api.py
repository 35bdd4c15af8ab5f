"""Worldwide Governance Indicators as the World Bank's API v2 gives them: pages of JSON.

A page is a list of two: what page it is, and its rows. An error is a list of one. A value that is
null is missing. Source: datahelpdesk.worldbank.org, "About the Indicators API".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from lodewire.model.official import NOT_AVAILABLE, REPORTED, CountryScore
from lodewire.reference.loaders.bodies import broken, json_of, number_of

SOURCE = "wgi"
_BOUND = Decimal(5)  # a standard normal score by construction; few countries pass 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its scores, which page of how many it is, and all rows there are.

    ``strange`` names the areas that are no country of ours (regions, aggregates).
    """

    scores: tuple[CountryScore, ...]
    rows: int
    page: int
    pages: int
    total: int
    updated: str
    error: str = ""
    strange: tuple[str, ...] = ()


def read_page(body: bytes, place: str, *, country_of: Callable[[str], str | None]) -> Page:
    """Read one page; ``country_of`` turns an alpha-2 code into a place. Raises BrokenFile."""
    told = json_of(body, place)
    if not isinstance(told, list) or not told or not isinstance(told[0], dict):
        raise broken(place, "not a page of the API: no list of two")
    head = told[0]
    if "message" in head:
        return Page(
            scores=(), rows=0, page=0, pages=0, total=0, updated="", error=_words(head["message"])
        )
    rows = told[1] if len(told) > 1 else None
    if rows is None:  # the API writes null for no rows
        rows = []
    if not isinstance(rows, list):
        raise broken(place, "the rows are no list")
    updated = str(head.get("lastupdated") or "")
    scores, strange = [], []
    for at, row in enumerate(rows):
        where = f"{place}: row {at}"
        if not isinstance(row, dict):
            raise broken(where, "no object")
        code = _part(row, "country", where)
        country = country_of(code)
        if country is None:
            strange.append(code)
            continue
        scores.append(_score(row, country, where, updated))
    return Page(
        scores=tuple(scores),
        rows=len(rows),
        page=_count(head, "page", place),
        pages=_count(head, "pages", place),
        total=_count(head, "total", place),
        updated=updated,
        strange=tuple(dict.fromkeys(strange)),
    )


def _score(row: dict[str, object], country: str, where: str, updated: str) -> CountryScore:
    value = number_of(row.get("value"), where)
    if value is not None and abs(value) > _BOUND:
        raise broken(where, f"a score of {value}; scores lie between -2.5 and 2.5")
    year = str(row.get("date"))
    if not (year.isdecimal() and len(year) == 4):
        raise broken(where, f"date {year[:40]!r} is no year")
    return CountryScore(
        source=SOURCE,
        indicator=_part(row, "indicator", where).removeprefix("GOV_WGI_").removesuffix(".EST"),
        country=country,
        year=int(year),
        value=value,
        state=NOT_AVAILABLE if value is None else REPORTED,
        vintage=updated,
    )


def _part(row: dict[str, object], name: str, where: str) -> str:
    told = row.get(name)
    code = told.get("id") if isinstance(told, dict) else None
    if not isinstance(code, str) or not code:
        raise broken(where, f"{name} has no id")
    return code


def _count(head: dict[str, object], name: str, place: str) -> int:
    told = head.get(name)
    if isinstance(told, str) and told.isascii() and told.isdecimal():  # per_page comes as text
        return int(told)
    if not isinstance(told, int) or isinstance(told, bool):
        raise broken(place, f"{name} is missing")
    return told


def _words(told: object) -> str:
    if isinstance(told, list):
        parts = [p for p in told if isinstance(p, dict)]
        return "; ".join(f"{p.get('key', '')}: {p.get('value', '')}" for p in parts) or "an error"
    return str(told)
