"""World tables of the USGS Mineral Commodity Summaries, by country, in any of their three forms.

A file a chapter with units in the column names (releases to 2024); one file of all chapters with a
column of units (2025); one row a value (2026). Columns are found by what they say, so that a newer
release needs no new code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lodewire.reference.country_names import country_of, is_estimated_name
from lodewire.reference.loaders.cells import Cell, read_cell
from lodewire.reference.loaders.release import Gathering
from lodewire.reference.loaders.usgs_sums import WorldRow, figures_of
from lodewire.reference.loaders.usgs_words import (
    UNITS,
    TableType,
    chapter_of_name,
    table_type,
    type_by_column,
)

_MEASURED = {
    "prod": "production",
    "production": "production",
    "cap": "capacity",
    "capacity": "capacity",
    "reserves": "reserves",
    "reserve": "reserves",
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_ALSO_ESTIMATED = re.compile(
    r"also\s+estimated|estimated\s+(?:in\s+(?:19|20)\d\d|also)|^\W*estimated\W*$", re.IGNORECASE
)
_REPORTED = re.compile(r"^\W*reported\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    measured: str
    year: int | None
    estimated: bool
    unit: str
    words: str
    notes: int | None


def is_world_table(header: Sequence[str]) -> bool:
    """Return whether the columns are those of a table by country, whatever the file is called."""
    told = {cell.casefold() for cell in header}
    return "country" in told and any(c.split("_")[0] in _MEASURED for c in told)


def is_long_table(header: Sequence[str]) -> bool:
    """Return whether a row holds one value, as in the release of 2026."""
    return {"mcs chapter", "country", "statistics", "year", "value"} <= {
        cell.casefold() for cell in header
    }


def load_wide(
    name: str, code: str | None, rows: list[list[str]], vintage: str, gathering: Gathering
) -> None:
    """Read a world table whose columns are years; ``code`` is None when a column names chapters."""
    header, body = rows[0], rows[1:]
    columns = _columns(header)
    years = sorted({c.year for c in columns if c.measured == "production" and c.year})
    expected = _expected_years(vintage)
    if years and expected and set(years) - set(expected):
        gathering.leave_out(
            name,
            f"its years {', '.join(map(str, years))} are not those of {vintage} "
            f"({', '.join(map(str, expected))}): the whole table is left out",
        )
        return
    found = [
        row
        for cells in body
        for row in _wide_row(name, code, header, columns, cells, years, gathering)
    ]
    gathering.take(name, figures_of(name, found, vintage, gathering))


def _wide_row(
    name: str,
    code: str | None,
    header: Sequence[str],
    columns: Sequence[_Column],
    cells: Sequence[str],
    years: Sequence[int],
    gathering: Gathering,
) -> Iterator[WorldRow]:
    told = {h.casefold(): c for h, c in zip(header, cells, strict=False)}
    chapter = code or chapter_of_name(told.get("commodity", ""))
    place = told.get("country", "")
    country = country_of(place)
    kind = told.get("type") or _third(header, cells)
    if code is None:  # the material may stand in the name of the table only
        kind = f"{told.get('commodity', '')}, {kind}"
    if chapter is None or country is None:
        unknown = f"commodity {told.get('commodity')!r}" if chapter is None else f"{place!r}"
        gathering.leave_out(f"{name}: {place}", f"{unknown} is no single one that is known")
        return
    for column in columns:
        cell = read_cell(cells[column.index]) if column.index < len(cells) else Cell("empty")
        type_, form = _type_of(chapter, kind, column)
        unit = column.unit or UNITS.get(told.get("unit_meas", "").casefold(), "")
        year = column.year or (max(years) if years else None)
        if cell.empty:
            continue
        if type_ is None or not type_.commodity or not unit or year is None:
            gathering.leave_out(f"{name}: {kind}", _why(type_, unit))
            continue
        note = cells[column.notes] if column.notes is not None and column.notes < len(cells) else ""
        estimated = column.estimated or is_estimated_name(place)
        yield WorldRow(
            type=replace(type_, form=form),
            measured=column.measured,
            country=country,
            place=place,
            year=year,
            unit=unit,
            cell=cell,
            estimated=_is_estimated(cell, estimated, note, year, years),
            note=note,
        )


def _is_estimated(cell: Cell, column: bool, note: str, year: int, years: Sequence[int]) -> bool:
    """Return whether a value is an estimate, by its column, its cell and the country's note.

    A note without a year, or with the first year's, tells about the first year.
    """
    if cell.estimated:
        return True
    told = [int(y) for y in _YEAR.findall(note)]
    concerns = year in told if told else bool(years) and year == min(years)
    if concerns and _REPORTED.search(note):
        return False
    return column or (concerns and _ALSO_ESTIMATED.search(note) is not None)


def _columns(header: Sequence[str]) -> list[_Column]:
    notes: dict[str, int] = {}
    found: list[_Column] = []
    for index, cell in enumerate(header):
        words = [w for w in re.split(r"[_\s]+", cell) if w]
        measured = _MEASURED.get(words[0].casefold()) if words else None
        if measured is None:
            continue
        if words[-1].casefold() in ("note", "notes"):
            notes[measured] = index
            continue
        year = next((int(w) for w in words if _YEAR.fullmatch(w)), None)
        unit = next((UNITS[w] for w in reversed(words[1:]) if w in UNITS), "")
        rest = [
            w
            for w in words[1:]
            if w not in UNITS and not _YEAR.fullmatch(w) and w.casefold() != "est"
        ]
        estimated = "est" in [w.casefold() for w in words]
        found.append(_Column(index, measured, year, estimated, unit, " ".join(rest), None))
    return [replace(c, notes=notes.get(c.measured)) for c in found]


def _type_of(chapter: str, kind: str, column: _Column) -> tuple[TableType | None, str]:
    by_column = type_by_column(chapter, column.words) if column.words else None
    if by_column is not None:
        return by_column, by_column.form
    type_ = table_type(chapter, kind or chapter)
    return type_, " ".join(w for w in (type_.form if type_ else "", column.words) if w)


def _third(header: Sequence[str], cells: Sequence[str]) -> str:
    """Return the type where its column is named by its content ("Mine production, fluorspar")."""
    place = next((i for i, h in enumerate(header) if h.casefold() == "country"), 0)
    return cells[place + 1] if len(cells) > place + 1 and not cells[place + 1].isdigit() else ""


def _why(type_: TableType | None, unit: str) -> str:
    if type_ is None:
        return "what it counts is not known: add a row to types.csv"
    if not type_.commodity:
        return type_.basis
    return "no unit that is known" if not unit else "no year"


def _expected_years(vintage: str) -> tuple[int, int] | None:
    """Return the two years that a release covers: MCS2024 gives 2022 and 2023."""
    found = _YEAR.search(vintage)
    return (int(found.group()) - 2, int(found.group()) - 1) if found else None
