"""US salient statistics of the USGS Mineral Commodity Summaries: five years, a row a year.

The columns of a file tell what they count in their names (``Imports_Ore_t``); their order, number
and spelling change from chapter to chapter. A column whose name does not say what it counts in
which unit is left out, and a table whose rows do not fit its columns is left out as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lodewire.model.measure import Figure
from lodewire.reference.loaders.cells import Cell, carats_in, read_cell
from lodewire.reference.loaders.release import Gathering
from lodewire.reference.loaders.usgs_words import UNITS, corrections, part_of

SOURCE = "usgs-mcs-salient"
COUNTRY = "US"

_MEASURED = {
    "usprod": "production",
    "prod": "production",
    "production": "production",
    "mine": "production",
    "refinery": "production",
    "imports": "imports",
    "exports": "exports",
    "consump": "consumption",
    "consumption": "consumption",
    "apparent": "consumption",
    "price": "price",
    "stocks": "stocks",
    "nir": "net_import_reliance",
    "shipments": "shipments",
    "sales": "shipments",
    "sold": "shipments",
}
_PRICES = {
    "ctslb": "USc/lb",
    "dlb": "USD/lb",
    "dkg": "USD/kg",
    "dg": "USD/g",
    "dt": "USD/t",
    "dst": "USD/short ton",
    "dtoz": "USD/oz",
    "dto": "USD/oz",
    "df": "USD/flask",
}
_QUANTITY = re.compile(r"(?<=[^_])_?(mmt|mct|kct|mcm|mdol|pct|kt|kg|t|g)$")
_PERCENT = re.compile(r"(?<=[^_])_?(pct|ct|t)$")
_PRICE = re.compile(r"(?<=[^_])_?(ctslb|dtoz|dto|dlb|dkg|dst|dt|dg|df)$")
_KINDS = {
    "apparent": "apparent_consumption",
    "apprnt": "apparent_consumption",
    "reported": "reported_consumption",
    "rprtd": "reported_consumption",
}
_QUANTITIES = frozenset(UNITS.values()) | {"million USD"}


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    measured: str
    form: str
    unit: str


def is_salient_table(header: Sequence[str]) -> bool:
    """Return whether the columns are those of a table of salient statistics."""
    return {"commodity", "year"} <= {c.casefold() for c in header} and any(
        word in _MEASURED for c in header for word in c.casefold().split("_")[:2]
    )


def load_salient(
    name: str, code: str, rows: list[list[str]], vintage: str, gathering: Gathering
) -> None:
    """Read one chapter's table of salient statistics; ``code`` is the chapter's ("galli")."""
    header = rows[0]
    fault = _fault(header, rows[1:])
    if fault:
        gathering.leave_out(name, f"{fault}: the whole table is left out")
        return
    columns = _told_apart(
        name, [_column(name, code, c, vintage, gathering) for c in header], gathering
    )
    last = max((c[_at(header, "year")] for c in rows[1:]), default="")
    for cells in rows[1:]:
        told = dict(zip((h.casefold() for h in header), cells, strict=False))
        for column, text in zip(columns, cells, strict=False):
            if column is not None:
                figures = _figures(name, column, text, told, last, vintage, gathering)
                gathering.take(f"{name}: {column.name}", figures)


def _fault(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return why the rows do not fit the columns; empty when they do."""
    named = max((i for i, h in enumerate(header) if h), default=-1)
    for cells in body:
        if any(cells[named + 1 :]):
            return "its rows hold more values than it has columns, so that they are shifted"
    for index, head in enumerate(header):
        if head.casefold().startswith("nir"):
            for cells in body:
                cell = read_cell(cells[index]) if index < len(cells) else None
                if cell is not None and cell.value is not None and cell.value > 100:
                    return f"{head} shows {cell.value}, which is no percentage"
    return ""


def _told_apart(
    name: str, columns: Sequence[_Column | None], gathering: Gathering
) -> list[_Column | None]:
    """Leave out columns that their names do not tell apart; prices in two units keep the unit."""
    found: list[_Column | None] = []
    for column in columns:
        alike = [c for c in columns if c and column and _same(c, column)]
        if column is None or len(alike) < 2:
            found.append(column)
        elif len({c.unit for c in alike}) == len(alike):
            first = column is alike[0]
            found.append(column if first else replace(column, form=f"{column.form} {column.unit}"))
        else:
            gathering.leave_out(f"{name}: {column.name}", "several columns go by this name")
            found.append(None)
    return found


def _same(one: _Column, other: _Column) -> bool:
    return (one.measured, one.form) == (other.measured, other.form)


def _at(header: Sequence[str], name: str) -> int:
    return next(i for i, h in enumerate(header) if h.casefold() == name)


def _column(name: str, code: str, head: str, vintage: str, gathering: Gathering) -> _Column | None:
    if not head or head.casefold() in ("datasource", "source", "commodity", "year"):
        return None
    ending = _pattern(head).search(head)
    body = head[: ending.start()] if ending else head
    words = [w for w in re.split(r"[_\s]+", body) if w]
    kind = next((_MEASURED[w.casefold()] for w in words if w.casefold() in _MEASURED), None)
    if words and words[0].casefold() == "employment":
        return None
    if kind is None or "ERROR" in head:
        gathering.leave_out(f"{name}: {head}", "the column does not say what it counts")
        return None
    measured = kind
    if kind == "consumption":
        measured = next((_KINDS[w.casefold()] for w in words if w.casefold() in _KINDS), kind)
    unit = _unit(name, code, head, measured, ending.group(1) if ending else "", vintage, gathering)
    if not unit:
        return None
    skipped = {*_KINDS, *(w for w in _MEASURED if w not in ("mine", "refinery"))}
    form = " ".join(w for w in words if w.casefold() not in skipped)
    return _Column(head, measured, form.casefold() or "total", unit)


def _pattern(head: str) -> re.Pattern[str]:
    """Return how the name of a column ends in its unit; percentages are cut short in places."""
    if head.casefold().startswith("nir"):
        return _PERCENT
    return _PRICE if "price" in head.casefold() else _QUANTITY


def _unit(
    name: str, code: str, head: str, measured: str, ending: str, vintage: str, gathering: Gathering
) -> str:
    """Return the unit of a column, or nothing when its name gives none that can be right."""
    if measured == "net_import_reliance":
        return "%"
    right = corrections().get((vintage, code, head.casefold()))
    if right is not None:
        gathering.correct(f"{name}: {head}", f"read as {right.unit}: {right.why}")
        return right.unit
    if measured == "price":
        found = _PRICES.get(ending, "")
    else:
        found = "million USD" if ending == "mdol" else UNITS.get(ending, "")
        if found == "%" or found not in _QUANTITIES:
            found = ""
    if found == "g":
        gathering.leave_out(
            f"{name}: {head}", "labelled grams, as releases label kilograms, and nothing proves it"
        )
        return ""
    if not found:
        gathering.leave_out(f"{name}: {head}", "the column gives no unit that can be right")
    return found


def _figures(
    name: str,
    column: _Column,
    text: str,
    told: dict[str, str],
    last: str,
    vintage: str,
    gathering: Gathering,
) -> Iterator[Figure]:
    cell = read_cell(text)
    carats = carats_in(text)
    if carats is not None and column.unit == "million ct":
        cell = Cell("less_than", carats / Decimal(10) ** 6)
    year = told.get("year", "")
    part = part_of(told.get("commodity", ""), column.form)
    if cell.empty or not re.fullmatch(r"(19|20)\d\d", year):
        return
    if part is None:
        what = "columns of materials that the ontology does not hold"
        gathering.leave_out(f"{name}: {told.get('commodity', '')}", what)
        return
    if column.measured != "net_import_reliance" and cell.note == "net exporter":
        return
    yield Figure(
        commodity=part[0],
        stage=part[1],
        country=COUNTRY,
        year=int(year),
        measured=column.measured,
        form=column.form,
        value=cell.value,
        low=cell.low,
        high=cell.high,
        unit=column.unit,
        basis="apparent consumption" if column.unit == "%" else "as the chapter gives it",
        state=cell.state,
        estimated=cell.estimated or year == last,
        note=cell.note,
        source=SOURCE,
        vintage=vintage,
    )
