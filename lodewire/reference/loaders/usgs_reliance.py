"""Net import reliance and import sources of the United States, and the table of critical minerals.

Sources: figure 2 of the USGS Mineral Commodity Summaries (reliance in percent of apparent
consumption, with the sources of imports in descending order), figure 3 of 2026 (shares of the
sources) and the table of salient statistics of critical minerals (table 5 in 2024, table 7 in 2026,
in metric tons). Figure 3 repeats the reliance without its sign ("50" for ">50"); it is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lodewire.model.measure import Figure
from lodewire.reference.country_names import country_of
from lodewire.reference.loaders.cells import Cell, read_cell
from lodewire.reference.loaders.release import Gathering
from lodewire.reference.loaders.usgs_words import UNITS, part_of

SOURCE = "usgs-mcs-reliance"
CRITICAL = "usgs-mcs-critical"
COUNTRY = "US"

_YEARS = re.compile(r"(?:19|20)\d\d")
_SPAN = re.compile(r"((?:19|20)\d\d)\D+((?:19|20)?\d\d)(?!\d)")


def is_reliance_table(header: Sequence[str]) -> bool:
    """Return whether the columns are those of figure 2."""
    return _find(header, "net_import_reliance") is not None and (
        _find(header, "import_sources") is not None
    )


def is_critical_table(header: Sequence[str]) -> bool:
    """Return whether the columns are those of the table of critical minerals."""
    return _find(header, "critical_mineral") is not None and (
        _find(header, "net_import_reliance") is not None
    )


def is_shares_table(header: Sequence[str]) -> bool:
    """Return whether the columns are those of figure 3 with shares, a row a source of imports."""
    return _find(header, "import_source_") is not None and _find(header, "percent") is not None


def load_shares(name: str, rows: list[list[str]], vintage: str, gathering: Gathering) -> None:
    """Read figure 3: the share of each source in the imports of four years, in percent."""
    header = rows[0]
    material, source = _find(header, "commodity"), _find(header, "import_source_")
    percent = _find(header, "percent")
    if material is None or source is None or percent is None:
        gathering.leave_out(name, "it lacks the column of materials, of sources or of shares")
        return
    first, last = _span(header[source])
    for cells in rows[1:]:
        part, partner = part_of(cells[material]), country_of(cells[source])
        if part is None or partner is None or not last:
            what = "material, source or years of imports are not known"
            gathering.leave_out(f"{name}: {cells[material]}, {cells[source]}", what)
            continue
        figure = _figure(
            part,
            _form(cells[material]),
            "import_share",
            last,
            read_cell(cells[percent]),
            "%",
            f"imports, {first} to {last}",
            vintage,
            partner=partner,
        )
        gathering.take(name, (figure,))


def _span(text: str) -> tuple[int, int]:
    """Return the years of "Import_Source_2021_24"; zeros when it names none."""
    found = _SPAN.search(text)
    if found is None:
        return 0, 0
    first, last = found.groups()
    return int(first), int(last if len(last) == 4 else first[:2] + last)


def load_reliance(name: str, rows: list[list[str]], vintage: str, gathering: Gathering) -> None:
    """Read figure 2: reliance of one year, and the order of import sources over four."""
    header = rows[0]
    reliance, sources = _find(header, "net_import_reliance"), _find(header, "import_sources")
    material, notes = _find(header, "commodity"), _find(header, "notes")
    if reliance is None or sources is None or material is None:
        gathering.leave_out(name, "it lacks the column of materials, of reliance or of sources")
        return
    year = _last_year(header[reliance])
    first, last = _span(header[sources])
    if year is None or not last:
        gathering.leave_out(name, "its columns do not tell the year or the years of imports")
        return
    for cells in rows[1:]:
        part = part_of(cells[material])
        if part is None:
            gathering.leave_out(f"{name}: {cells[material]}", "not in the ontology")
            continue
        form, cell = _form(cells[material]), read_cell(cells[reliance])
        basis = "apparent consumption"
        figure = _figure(part, form, "net_import_reliance", year, cell, "%", basis, vintage)
        gathering.take(name, (figure,))
        told = cells[notes] if notes is not None and notes < len(cells) else ""
        note = "" if "category includes" in told else " ".join(told.split())
        span = f"imports, {first} to {last}"
        for rank, partner in _ranks(name, cells[sources], gathering):
            place = Cell("reported", Decimal(rank))
            figure = _figure(part, form, "import_rank", last, place, "rank", span, vintage)
            gathering.take(name, (replace(figure, partner=partner, note=note),))


def load_critical(name: str, rows: list[list[str]], vintage: str, gathering: Gathering) -> None:
    """Read the table of critical minerals: US production, consumption and reliance of one year."""
    header = rows[0]
    at = {
        "name": _find(header, "critical_mineral"),
        "year": _find(header, "year"),
        "production": _find(header, "primary_prod"),
        "recycling": _find(header, "secondary_prod"),
        "consumption": _find(header, "apparent_con"),
        "told": _find(header, "sumption_notes"),
        "reliance": _find(header, "net_import_reliance"),
        "unit": _find(header, "unit"),
    }
    missing = [word for word, index in at.items() if index is None and word != "unit"]
    if missing:
        gathering.leave_out(name, f"it lacks the column of {', '.join(missing)}")
        return
    for cells in rows[1:]:
        told = {
            word: cells[i] if i is not None and i < len(cells) else "" for word, i in at.items()
        }
        part, year = part_of(told["name"]), _last_year(told["year"])
        if part is None or year is None:
            gathering.leave_out(f"{name}: {told['name']}", "material or year is not known")
            continue
        gathering.take(name, _critical(part, year, told, vintage))


def _critical(
    part: tuple[str, str], year: int, told: Mapping[str, str], vintage: str
) -> Iterator[Figure]:
    form = _form(told["name"])
    kinds = {"reported": "reported_consumption", "estimated": "consumption"}
    kind = kinds.get(told["told"].casefold().partition(" ")[0], "apparent_consumption")
    mass = UNITS.get(told["unit"].casefold(), "t")  # only releases from 2026 on name it
    for measured, text, unit, which in (
        ("production", told["production"], mass, "primary"),
        ("production", told["recycling"], mass, "secondary"),
        (kind, told["consumption"], mass, ""),
        ("net_import_reliance", told["reliance"], "%", ""),
    ):
        cell = read_cell(text)
        if cell.empty:
            continue
        yield _figure(
            part,
            " ".join(w for w in (form, which) if w) or "total",
            measured,
            year,
            cell,
            unit,
            "apparent consumption" if unit == "%" else "metric tons of the table",
            vintage,
            source=CRITICAL,
            note=told["told"] if measured == kind else "",
        )


def _figure(
    part: tuple[str, str],
    form: str,
    measured: str,
    year: int,
    cell: Cell,
    unit: str,
    basis: str,
    vintage: str,
    *,
    source: str = SOURCE,
    partner: str = "",
    note: str = "",
) -> Figure:
    return Figure(
        commodity=part[0],
        stage=part[1],
        country=COUNTRY,
        partner=partner,
        year=year,
        measured=measured,
        form=form,
        value=cell.value,
        low=cell.low,
        high=cell.high,
        unit=unit,
        basis=basis,
        state=cell.state,
        estimated=not measured.startswith("import_"),
        note="; ".join(n for n in (cell.note, note) if n),
        source=source,
        vintage=vintage,
    )


def _ranks(name: str, text: str, gathering: Gathering) -> Iterator[tuple[int, str]]:
    """Yield place and country of "China, Republic of Korea, Congo (Kinshasa)"."""
    for rank, told in enumerate((part.strip() for part in text.split(",")), start=1):
        country = country_of(told)
        if country is None:
            gathering.leave_out(name, f"{told!r} is no country that is known")
        else:
            yield rank, country


def _form(name: str) -> str:
    """Return what a name says after its material: "ZINC, refined" is of refined zinc."""
    return " ".join(name.partition(",")[2].split()).casefold().rstrip("0123456789")


def _find(header: Sequence[str], words: str) -> int | None:
    return next((i for i, h in enumerate(header) if words in h.casefold()), None)


def _last_year(text: str) -> int | None:
    found = _YEARS.findall(text)
    return int(found[-1]) if found else None
