"""USGS releases of one row a value (from 2026 on): world tables, US statistics, import sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lodewire.model.measure import Figure
from lodewire.reference.country_names import country_of
from lodewire.reference.loaders.cells import Cell, read_cell
from lodewire.reference.loaders.release import Gathering
from lodewire.reference.loaders.usgs_reliance import COUNTRY
from lodewire.reference.loaders.usgs_reliance import SOURCE as RELIANCE
from lodewire.reference.loaders.usgs_salient import SOURCE as SALIENT
from lodewire.reference.loaders.usgs_sums import WorldRow, figures_of
from lodewire.reference.loaders.usgs_words import (
    UNITS,
    chapter_of_name,
    part_of,
    table_type,
)

_WORLD = {"production": "production", "reserves": "reserves", "capacity": "capacity"}
_SALIENT = {
    "production": "production",
    "imports": "imports",
    "exports": "exports",
    "consumption, apparent": "apparent_consumption",
    "consumption, reported": "reported_consumption",
    "apparent consumption": "apparent_consumption",
    "reported consumption": "reported_consumption",
    "consumption": "consumption",
    "stocks": "stocks",
    "shipments": "shipments",
    "net import reliance": "net_import_reliance",
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = re.compile(r"((?:19|20)\d\d)\D+((?:19|20)?\d\d)")
_ESTIMATED = re.compile(r"(^|-- )\W*estimated\b", re.IGNORECASE)


def load_long(name: str, rows: list[list[str]], vintage: str, gathering: Gathering) -> None:
    """Read a release of one row a value, each by the section that it stands in."""
    header = [cell.casefold().replace("_", " ") for cell in rows[0]]
    world: dict[str, list[WorldRow]] = {}
    for cells in rows[1:]:
        told = dict(zip(header, cells, strict=False))
        section = told.get("section", "").casefold()
        if section.startswith("world"):
            for row in _world_row(name, told, gathering):
                world.setdefault(told["mcs chapter"], []).append(row)
        elif section.startswith("import sources"):
            gathering.take(name, _import_share(name, told, vintage, gathering))
        elif section.startswith("salient"):
            gathering.take(name, _salient(name, told, vintage, gathering))
    for chapter, found in world.items():
        gathering.take(name, figures_of(f"{name}: {chapter}", found, vintage, gathering))


def _world_row(name: str, told: Mapping[str, str], gathering: Gathering) -> Iterator[WorldRow]:
    chapter = told["mcs chapter"]
    code = chapter_of_name(chapter)
    measured = _WORLD.get(told["statistics"].casefold())
    country = country_of(told["country"])
    if measured is None:
        return
    detail = told.get("statistics detail", "")
    # "Reserves" and "Production capacity" do not say of what; then the chapter's mines are meant.
    words = f"{told.get('commodity', '')}, {detail}, {'' if measured == 'production' else 'mine'}"
    type_ = table_type(code, words) if code else None
    unit = UNITS.get(told.get("unit", "").casefold())
    if type_ is None or not type_.commodity or unit is None or country is None:
        where = f"{name}: {chapter}, {detail}"
        gathering.leave_out(where, _why(told, type_ is not None, unit, country))
        return
    cell = read_cell(told["value"])
    years = _YEAR.findall(told.get("year", ""))
    note = told.get("notes", "")
    if cell.empty or not years:
        return
    yield WorldRow(
        type=type_,
        measured=measured,
        country=country,
        place=told["country"],
        year=int(years[-1]),
        unit=unit,
        cell=cell,
        estimated=cell.estimated or _ESTIMATED.search(note) is not None,
        note=_without_usual(note),
    )


def _why(told: Mapping[str, str], known: bool, unit: str | None, country: str | None) -> str:
    if country is None:
        return f"{told['country']!r} is no single country that is known"
    if unit is None:
        return f"unit {told.get('unit')!r} is not known"
    return "not in the ontology" if known else "what it counts is not known: add a row to types.csv"


def _import_share(
    name: str, told: Mapping[str, str], vintage: str, gathering: Gathering
) -> Iterator[Figure]:
    part = part_of(told["mcs chapter"], told.get("commodity", "").casefold())
    partner, cell = country_of(told["country"]), read_cell(told["value"])
    span = _SPAN.search(told.get("year", ""))
    if part is None or partner is None or span is None or cell.empty:
        gathering.leave_out(f"{name}: import sources", f"{told['country']!r} is not known")
        return
    yield _us(
        told,
        part,
        "import_share",
        _full_year(span.group(1), span.group(2)),
        cell,
        "%",
        f"imports, {span.group(1)} to {_full_year(span.group(1), span.group(2))}",
        vintage,
        source=RELIANCE,
        partner=partner,
    )


def _salient(
    name: str, told: Mapping[str, str], vintage: str, gathering: Gathering
) -> Iterator[Figure]:
    statistic, detail = told["statistics"].casefold(), told.get("statistics detail", "")
    key = next((k for k in (f"{statistic}, {detail.casefold()}", statistic) if k in _SALIENT), None)
    if key is None and "net import reliance" in statistic:
        key = "net import reliance"
    words = f"{told.get('commodity', '')} {detail}".casefold()
    part = part_of(told["mcs chapter"], words)
    unit = UNITS.get(told.get("unit", "").casefold())
    cell, years = read_cell(told["value"]), _YEAR.findall(told.get("year", ""))
    if key is None:
        return  # prices and employment are told in words that differ from chapter to chapter
    if part is None or unit is None or not years or cell.empty:
        where = f"{name}: {told['mcs chapter']}, {statistic}"
        gathering.leave_out(where, "material, unit or year is not known")
        return
    yield _us(
        told,
        part,
        _SALIENT[key],
        int(years[-1]),
        cell,
        unit,
        "apparent consumption" if unit == "%" else "as the chapter gives it",
        vintage,
        source=SALIENT,
    )


def _us(
    told: Mapping[str, str],
    part: tuple[str, str],
    measured: str,
    year: int,
    cell: Cell,
    unit: str,
    basis: str,
    vintage: str,
    *,
    source: str,
    partner: str = "",
) -> Figure:
    note = told.get("notes", "")
    return Figure(
        commodity=part[0],
        stage=part[1],
        country=COUNTRY,
        partner=partner,
        year=year,
        measured=measured,
        form=" ".join(told.get("statistics detail", "").casefold().split()) or "total",
        value=cell.value,
        low=cell.low,
        high=cell.high,
        unit=unit,
        basis=basis,
        state=cell.state,
        estimated=cell.estimated or _ESTIMATED.search(note) is not None,
        note="; ".join(n for n in (cell.note, _without_usual(note)) if n),
        source=source,
        vintage=vintage,
    )


def _without_usual(note: str) -> str:
    """Return a note without what every row says ("Estimated.", "See Appendix C for …")."""
    parts = (p.strip() for p in note.split("--"))
    usual = ("estimated.", "reported.")
    return " -- ".join(
        p for p in parts if p and p.casefold() not in usual and not p.startswith("See Appendix")
    )


def _full_year(first: str, last: str) -> int:
    return int(last) if len(last) == 4 else int(first[:2] + last)
