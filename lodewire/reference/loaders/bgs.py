"""BGS World Mineral Statistics, OGC API Features: pages of GeoJSON without geometry.

A feature is one value: commodity, country, year, quantity and unit as the yearbook prints them. A
quantity that is null is missing. Source: British Geological Survey, ogcapi.bgs.ac.uk.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lodewire.model.official import NOT_AVAILABLE, REPORTED, MineralStatistic
from lodewire.reference.loaders.bodies import broken, list_of, number_of, object_of

SOURCE = "bgs"
_YEAR = re.compile(r"((?:19|20)\d\d)(-01-01(T00:00:00.{0,10})?)?")
_KINDS = {"Production": "production", "Imports": "imports", "Exports": "exports"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its values, how many features it had, how many there are, and the next page.

    ``strange`` names countries that are none of ours (former states, areas).
    """

    statistics: tuple[MineralStatistic, ...]
    features: int
    total: int | None
    following: str | None
    strange: tuple[str, ...] = ()


def read_page(
    body: bytes,
    place: str,
    *,
    country_of: Callable[[str, str], str | None],
    vintage: str,
) -> Page:
    """Read one page; ``country_of`` takes the alpha-2 code and the name of a country.

    Raises BrokenFile naming the feature; an error of the API comes as an object without features.
    """
    told = object_of(body, place)
    if "features" not in told:
        words = str(told.get("description") or told.get("detail") or told.get("title") or "")
        raise broken(place, f"no features: {words[:200]!r}")
    found, strange = [], []
    features = list_of(told, "features", place)
    for at, feature in enumerate(features):
        where = f"{place}: features[{at}]"
        properties = feature.get("properties")
        if not isinstance(properties, dict):
            raise broken(where, "no properties")
        country = country_of(
            _text(properties, "country_iso2_code"), _text(properties, "country_trans")
        )
        if country is None:
            strange.append(_text(properties, "country_trans"))
            continue
        found.append(_statistic(properties, country, where, vintage))
    total = told.get("numberMatched")
    return Page(
        statistics=tuple(found),
        features=len(features),
        total=total if isinstance(total, int) and not isinstance(total, bool) else None,
        following=_following(told),
        strange=tuple(dict.fromkeys(strange)),
    )


def _statistic(told: dict[str, Any], country: str, where: str, vintage: str) -> MineralStatistic:
    year = _YEAR.fullmatch(_text(told, "year"))
    if year is None:
        raise broken(where, f"year {_text(told, 'year')[:40]!r} is no year")
    kind = _KINDS.get(_text(told, "bgs_statistic_type_trans"))
    if kind is None:
        raise broken(where, f"statistic {_text(told, 'bgs_statistic_type_trans')[:40]!r}")
    commodity = _text(told, "bgs_commodity_trans")
    if not commodity:
        raise broken(where, "bgs_commodity_trans is missing")
    value = number_of(told.get("quantity"), where)
    unit = _text(told, "units")
    if value is not None and (value < 0 or not unit):
        raise broken(where, f"quantity {value} of unit {unit!r}")
    return MineralStatistic(
        source=SOURCE,
        commodity=commodity,
        form=_text(told, "bgs_sub_commodity_trans"),
        kind=kind,
        country=country,
        year=int(year[1]),
        value=value,
        unit=unit,
        note=_text(told, "concat_figure_notes_text"),
        state=NOT_AVAILABLE if value is None else REPORTED,
        vintage=vintage,
    )


def _following(told: dict[str, Any]) -> str | None:
    links = told.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") == "next":
            address = link.get("href")
            return address if isinstance(address, str) else None
    return None


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return " ".join(str(value).split()) if value is not None else ""
