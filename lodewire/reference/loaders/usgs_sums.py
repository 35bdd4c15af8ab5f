"""From the rows of a world table to figures: sums, totals and what contradicts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lodewire.model.measure import WORLD, Figure
from lodewire.reference.loaders.cells import Cell
from lodewire.reference.loaders.release import Gathering
from lodewire.reference.loaders.usgs_words import TableType

SOURCE = "usgs-mcs"

_EXCLUDES = re.compile(r"excludes?\s+(u\.?s\.?|united states|china)", re.IGNORECASE)
_ROUNDING = Decimal("0.05")  # USGS rounds world totals to two or three digits
_MASSES = {"g": Decimal(1), "kg": Decimal(10) ** 3, "t": Decimal(10) ** 6}
_MASSES |= {"kt": Decimal(10) ** 9, "Mt": Decimal(10) ** 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRow:
    """One value of a world table before it is checked against the others."""

    type: TableType
    measured: str
    country: str
    place: str  # the country as the release writes it
    year: int
    unit: str
    cell: Cell
    estimated: bool
    note: str


def figures_of(
    name: str, rows: Sequence[WorldRow], vintage: str, gathering: Gathering
) -> list[Figure]:
    """Return the figures of a table, checked: footnotes glued to numbers, units that cannot be.

    Two rows of one country are added when the release splits it ("from Cliffside Field").
    """
    tables: dict[tuple[object, ...], list[WorldRow]] = {}
    for row in rows:
        tables.setdefault((row.type, row.measured, row.year, row.unit), []).append(row)
    found: list[Figure] = []
    for table in tables.values():
        where = f"{name}: {table[0].measured} {table[0].year}"
        checked = _unglued(where, _added_up(where, table, gathering), gathering)
        if _is_cut_short(checked):
            gathering.leave_out(where, "the table ends without a world total: it is cut short")
            continue
        basis = _basis(table[0].type, checked)
        found.extend(_figure(row, basis, vintage) for row in checked)
    return _without_doubtful_reserves(name, found, gathering)


def _is_cut_short(table: Sequence[WorldRow]) -> bool:
    """Return whether many countries are listed and no total, so that they are not the world."""
    return (
        len(table) > 3
        and table[0].measured == "production"
        and not any(row.country == WORLD for row in table)
    )


def _added_up(where: str, table: Iterable[WorldRow], gathering: Gathering) -> list[WorldRow]:
    by_country: dict[str, WorldRow] = {}
    for row in table:
        known = by_country.get(row.country)
        if known is None or (known.place == row.place and known.cell == row.cell):
            by_country[row.country] = row
            continue
        one, other = known.cell, row.cell
        if known.place == row.place or one.state != "reported" or other.state != "reported":
            gathering.leave_out(where, f"{row.place} is there twice; the first row stays")
            continue
        total = (one.value or Decimal(0)) + (other.value or Decimal(0))
        by_country[row.country] = replace(
            known,
            cell=replace(one, value=total),
            estimated=known.estimated or row.estimated,
            note=f"sum of {known.place} and {row.place}",
        )
    return list(by_country.values())


def _unglued(where: str, table: list[WorldRow], gathering: Gathering) -> list[WorldRow]:
    """Cut a footnote's digits off a value that exceeds its own world total.

    The value without its first digits must close the sum of the countries to the total; otherwise
    it is left as not available.
    """
    world = next((r.cell.value for r in table if r.country == WORLD and r.cell.value), None)
    if world is None:
        return table
    known = {r.country: r.cell.value or Decimal(0) for r in table if r.country != WORLD}
    fixed: list[WorldRow] = []
    for row in table:
        value = row.cell.value
        if row.country == WORLD or value is None or value <= world * (1 + _ROUNDING):
            fixed.append(row)
            continue
        others = sum((v for c, v in known.items() if c != row.country), Decimal(0))
        right = _without_mark(value, world - others, world)
        said = f"{row.place} shows {value:,}, more than the world total of {world:,}"
        if right is None:
            gathering.leave_out(where, said)
            cell = Cell("not_available", note=said)
        else:
            why = f"{said}: a footnote is glued to {right:,}, which closes the sum"
            gathering.correct(where, why)
            cell = replace(row.cell, value=right, note=why)
        fixed.append(replace(row, cell=cell))
    return fixed


def _without_mark(value: Decimal, gap: Decimal, world: Decimal) -> Decimal | None:
    digits = f"{value.to_integral_value():f}"  # "1e9" has its digits written out
    for cut in (1, 2):
        rest = Decimal(digits[cut:] or 0)
        if rest and abs(rest - gap) <= _ROUNDING * world:
            return rest
    return None


def _basis(type_: TableType, table: Iterable[WorldRow]) -> str:
    """Return the basis; a total that leaves out a country is another basis than a full one."""
    notes = " ".join(r.note for r in table if r.country == WORLD)
    missing = sorted({_country_word(m) for m in _EXCLUDES.findall(notes)})
    if not missing:
        return type_.basis
    return f"{type_.basis}; world total excludes {' and '.join(missing)}"


def _country_word(word: str) -> str:
    return "China" if word.casefold() == "china" else "United States"


def _figure(row: WorldRow, basis: str, vintage: str) -> Figure:
    notes = (row.cell.note, row.note)
    return Figure(
        commodity=row.type.commodity,
        stage=row.type.stage,
        country=row.country,
        year=row.year,
        measured=row.measured,
        form=row.type.form,
        value=row.cell.value,
        low=row.cell.low,
        high=row.cell.high,
        unit=row.unit,
        basis=basis,
        state=row.cell.state,
        estimated=row.estimated,
        note="; ".join(dict.fromkeys(" ".join(n.split()) for n in notes if n)),
        source=SOURCE,
        vintage=vintage,
    )


def _without_doubtful_reserves(
    name: str, figures: list[Figure], gathering: Gathering
) -> list[Figure]:
    """Leave out reserves whose unit cannot be right by the output of the same table.

    Reserves of less than one year's output in most countries, or of more than 5,000 years' in the
    world, are labelled t for kt or the other way round.
    """
    output = {
        (f.commodity, f.stage, f.country): _grams(f)
        for f in figures
        if f.measured == "production" and not f.form
    }
    doubtful: set[tuple[str, str]] = set()
    for commodity, stage in {(f.commodity, f.stage) for f in figures}:
        years: list[tuple[str, Decimal]] = []
        for f in figures:
            yearly = output.get((commodity, stage, f.country))
            reserves = _grams(f) if (f.measured, f.form) == ("reserves", "") else None
            if (f.commodity, f.stage) == (commodity, stage) and yearly and reserves:
                years.append((f.country, reserves / yearly))
        short = sum(1 for _, y in years if y < 1)
        long = any(y > 5000 for c, y in years if c == WORLD)
        if years and (short * 2 > len(years) or long):
            doubtful.add((commodity, stage))
            gathering.leave_out(
                f"{name}: reserves of {commodity}",
                "by the output of the same table their unit cannot be right",
            )
    return [
        f for f in figures if f.measured != "reserves" or (f.commodity, f.stage) not in doubtful
    ]


def _grams(figure: Figure) -> Decimal | None:
    factor = _MASSES.get(figure.unit)
    if factor is None or figure.value is None or figure.state != "reported":
        return None
    return figure.value * factor
