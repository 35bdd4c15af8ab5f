"""Eurostat Comext (DS-045409), SDMX CSV of the dissemination API: a row a value.

Each flow comes as two rows, its value in euros and its weight in hundreds of kilograms; they become
one. A value that is confidential is flagged and empty. Source: Eurostat, dissemination API, Comext.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from lodewire.model.official import EXTRA_EU, INTRA_EU, OTHER, WORLD, TradeFlow
from lodewire.reference.loaders.bodies import broken, csv_rows, number_of
from lodewire.reference.loaders.flows import joined

SOURCE = "comext"
VALUE, WEIGHT = "VALUE_IN_EUROS", "QUANTITY_IN_100KG"
_COLUMNS = (
    "LAST UPDATE",
    "reporter",
    "partner",
    "product",
    "flow",
    "indicators",
    "TIME_PERIOD",
    "OBS_VALUE",
)
_FLOWS = {"1": "import", "2": "export"}
_VALUATION = {"import": "CIF", "export": "FOB"}  # statistical value at the EU's border
_TOTALS = {
    "WORLD": WORLD,
    "EU27_2020": "EU",
    "EXT_EU27_2020": EXTRA_EU,
    "EU27_2020_EXTRA": EXTRA_EU,
    "INT_EU27_2020": INTRA_EU,
    "EU27_2020_INTRA": INTRA_EU,
}
_OWN = {"XS": "RS", "XK": "XK", "GR": "GR", "XI": OTHER}  # codes of the EU's geonomenclature
_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_PRODUCT = re.compile(r"\d{2,8}|TOTAL")
_UPDATED = re.compile(r"(\d{2})/(\d{2})/(\d{2})(?: .*)?")


@dataclass(slots=True)
class _Telling:
    value: Decimal | None = None
    weight: Decimal | None = None
    updated: str = ""


def read_flows(
    body: bytes, place: str, *, country_of: Callable[[str], str | None]
) -> tuple[TradeFlow, ...]:
    """Read the flows of one answer; ``country_of`` turns an alpha-2 code into a place.

    Aggregates of older unions (EU12, EU28) are left out; areas that are no country are summed as
    "OTHER". Raises BrokenFile naming the line.
    """
    told: dict[tuple[str, str, str, str, str], _Telling] = {}
    seen: set[tuple[str, ...]] = set()
    for line, row in csv_rows(body, place, columns=_COLUMNS):
        where = f"{place}:{line}"
        if row["indicators"] not in (VALUE, WEIGHT):
            continue
        key = (row["reporter"], row["partner"], row["product"], row["flow"], row["TIME_PERIOD"])
        _check(where, row)
        if (*key, row["indicators"]) in seen:
            raise broken(where, f"two values of {row['indicators']} for {' '.join(key)}")
        seen.add((*key, row["indicators"]))
        telling = told.setdefault(key, _Telling(updated=_day(row["LAST UPDATE"])))
        number = number_of(row["OBS_VALUE"].removeprefix(":"), where)
        if row["indicators"] == VALUE:
            telling.value = number
        else:
            telling.weight = None if number is None else number * 100
    flows = [_flow(key, telling, country_of) for key, telling in told.items()]
    return tuple(joined((flow for flow in flows if flow is not None), place))


def _check(where: str, row: dict[str, str]) -> None:
    if row["flow"] not in _FLOWS:
        raise broken(where, f"flow {row['flow']!r} is neither 1 (import) nor 2 (export)")
    if not _PERIOD.fullmatch(row["TIME_PERIOD"]):
        raise broken(where, f"TIME_PERIOD {row['TIME_PERIOD']!r} is neither YYYY nor YYYY-MM")
    if not _PRODUCT.fullmatch(row["product"]):
        raise broken(where, f"product {row['product']!r} is no code of the nomenclature")


def _flow(
    key: tuple[str, str, str, str, str],
    telling: _Telling,
    country_of: Callable[[str], str | None],
) -> TradeFlow | None:
    reporter, partner = (_place(code, country_of) for code in key[:2])
    if reporter is None or partner is None:
        return None
    flow = _FLOWS[key[3]]
    return TradeFlow(
        source=SOURCE,
        reporter=reporter,
        partner=partner,
        flow=flow,
        product=key[2],
        period=key[4],
        value=telling.value,
        currency="EUR",
        valuation=_VALUATION[flow],
        weight_kg=telling.weight or None,
        vintage=telling.updated,
    )


def _place(code: str, country_of: Callable[[str], str | None]) -> str | None:
    """Return the place of a code: a country, a total, "OTHER"; None for an older union."""
    known = _TOTALS.get(code) or _OWN.get(code) or country_of(code)
    if known is None and len(code) == 2:
        return OTHER  # stores and provisions, areas not specified, high seas
    return known


def _day(told: str) -> str:
    """Read the day of "15/09/26 11:00:00": 15 September 2026."""
    found = _UPDATED.fullmatch(told)
    return f"20{found[3]}-{found[2]}-{found[1]}" if found else ""
