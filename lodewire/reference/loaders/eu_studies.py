"""The European Commission's studies on critical raw materials of 2017 and 2023.

2017: inputs and results of supply risk by material ("Study on the review of the list of critical
raw materials", tables 3 and 18). 2023: shares of global supply and of EU sourcing with the trade
parameter t, and shares of use (annexes to "Study on the critical raw materials for the EU 2023",
data of 2016 to 2020). Licence of both: CC BY 4.0, to be credited to the European Commission.

The studies give one vector of shares to several materials where only the group is known, and the
world's shares for the EU's where those are not known. Such proxies say nothing of the single
material; their note begins with "proxy".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from lodewire.errors import ReadError
from lodewire.model.measure import OTHER, Figure
from lodewire.reference.country_names import country_of
from lodewire.reference.loaders.cells import Cell, read_cell, read_rows
from lodewire.reference.loaders.release import Gathering, Release
from lodewire.reference.sources import data_folder

SOURCE = "eu-crm"
BLOC = "EU"
PROXY = "proxy"
"""How the note of a share begins that is not the material's own."""

_STAGES = {"e": "mining", "extraction": "mining", "p": "refining", "processing": "refining"}
_YEARS = {"2017": 2014, "2023": 2020}  # last year of the averages that the study takes
_INPUTS = {
    "ir_pct": ("import_reliance", "", "%"),
    "eol_rir_pct": ("recycling_input_rate", "", "%"),
    "si_sr": ("substitution_index", "supply risk", "1"),
    "hhi_wgi_t_gs": ("hhi_governance", "global supply", "1"),
    "hhi_wgi_t_eu": ("hhi_governance", "EU sourcing", "1"),
    "sr_published": ("supply_risk", "", "1"),
    "ei_published": ("economic_importance", "", "1"),
}


@dataclass(frozen=True, slots=True)
class Material:
    """A material of the studies. ``stage`` overrides what P means; ``group`` is its family."""

    commodity: str
    stage: str
    group: str


def load_study(files: Mapping[str, bytes], vintage: str) -> Release:
    """Return the figures of one study, "2017" or "2023", given as file names with their bytes.

    Raises ReadError when the study is not known or no file holds a table of it.
    """
    if vintage not in _YEARS:
        raise ReadError(f"no study of {vintage!r} is known", hint="Give 2017 or 2023")
    gathering = Gathering()
    read = [name for name in sorted(files) if _read(name, files[name], vintage, gathering)]
    if not read:
        raise ReadError(f"none of {len(files)} files is a table of the study of {vintage}")
    release = gathering.release()
    return replace(release, figures=_with_proxies(release.figures))


def _read(name: str, content: bytes, vintage: str, gathering: Gathering) -> bool:
    rows = read_rows(name, content) if name.casefold().endswith(".csv") else []
    header = [cell.casefold() for cell in rows[0]] if rows else []
    found: Iterable[Figure]
    if vintage == "2017" and {"material", "stage", "ir_pct", "sr_published"} <= set(header):
        found = _inputs(name, header, rows[1:], vintage, gathering)
    elif vintage == "2023" and {"material", "stage", "country", "share", "t"} <= set(header):
        sourcing = "eusupply" in name.casefold().replace(" ", "").replace("_", "")
        found = _shares(name, header, rows[1:], vintage, gathering, sourcing=sourcing)
    elif vintage == "2023" and {"material", "application", "share"} <= set(header):
        found = _uses(name, header, rows[1:], vintage, gathering)
    else:
        gathering.leave_out(name, f"no table of the study of {vintage} that is known")
        return False
    gathering.take(name, list(found))
    return True


def _inputs(
    name: str,
    header: Sequence[str],
    body: Iterable[Sequence[str]],
    vintage: str,
    gathering: Gathering,
) -> Iterator[Figure]:
    for cells in body:
        told = dict(zip(header, cells, strict=False))
        material = _material(name, told, gathering)
        if material is None:
            continue
        used = told.get("supply_used", "")
        for column, (measured, form, unit) in _INPUTS.items():
            cell = read_cell(told.get(column, ""))
            if not cell.empty:
                basis = f"study of 2017, supply used: {used}"
                yield _figure(material, told, vintage, cell, measured, form, unit, basis)


def _shares(
    name: str,
    header: Sequence[str],
    body: Iterable[Sequence[str]],
    vintage: str,
    gathering: Gathering,
    *,
    sourcing: bool,
) -> Iterator[Figure]:
    for cells in body:
        told = dict(zip(header, cells, strict=False))
        material = _material(name, told, gathering)
        if material is None:
            continue
        place = told["country"]
        country, note = country_of(place), ""
        if country is None:
            # "Congo" beside "Congo, D.R.": whose it is stays open, that it is somebody's does not.
            country, note = OTHER, f"the study writes {place!r}"
        importer, partner = (BLOC, country) if sourcing else (country, "")
        measured = "sourcing_share" if sourcing else "share"
        for column, kind, unit in (("share", measured, "%"), ("t", "trade_parameter", "1")):
            basis = "average of 2016 to 2020"
            cell = read_cell(told[column])
            if cell.empty:
                continue
            figure = _figure(material, told, vintage, cell, kind, "", unit, basis, note=note)
            yield replace(figure, country=importer, partner=partner)


def _uses(
    name: str,
    header: Sequence[str],
    body: Iterable[Sequence[str]],
    vintage: str,
    gathering: Gathering,
) -> Iterator[Figure]:
    """Yield the share of each application; one that is split over two rows of a sector is added.

    The value added in the last column is not taken: it contradicts itself between rows of one
    sector (C25, C28, C29, C30 and C24 each have two values).
    """
    found: dict[tuple[str, str, str], Figure] = {}
    for cells in body:
        told = dict(zip(header, cells, strict=False)) | {"stage": "E"}
        material = _material(name, told, gathering)
        cell = read_cell(told["share"])
        if material is None or cell.empty:
            continue
        sector = told.get("nace sector", "")
        form = " ".join(f"{told['application']} ({sector.partition(' ')[0]})".split())
        figure = _figure(material, told, vintage, cell, "use_share", form, "%", sector or "use")
        figure = replace(figure, stage="manufacture")
        key = (figure.commodity, form, sector)
        known = found.get(key)
        if known is not None and known.value is not None and figure.value is not None:
            figure = replace(figure, value=known.value + figure.value, note="sum of two rows")
        found[key] = figure
    yield from found.values()


def _figure(
    material: Material,
    told: Mapping[str, str],
    vintage: str,
    cell: Cell,
    measured: str,
    form: str,
    unit: str,
    basis: str,
    *,
    note: str = "",
) -> Figure:
    return Figure(
        commodity=material.commodity,
        stage=_stage(material, told["stage"]),
        country=BLOC,
        year=_YEARS[vintage],
        measured=measured,
        form=form,
        value=cell.value,
        low=cell.low,
        high=cell.high,
        unit=unit,
        basis=basis,
        state=cell.state,
        note="; ".join(n for n in (cell.note, note) if n),
        source=SOURCE,
        vintage=vintage,
    )


def _stage(material: Material, told: str) -> str:
    stage = _STAGES[told.casefold()]
    return material.stage or stage if stage == "refining" else stage


def _material(name: str, told: Mapping[str, str], gathering: Gathering) -> Material | None:
    material = _materials().get(told["material"].casefold())
    if material is None or told["stage"].casefold() not in _STAGES:
        gathering.leave_out(f"{name}: {told['material']}", "not in the ontology")
        return None
    return material


@cache
def _materials() -> Mapping[str, Material]:
    text = (data_folder() / "eu" / "materials.csv").read_bytes().decode("utf-8")
    return {
        row["material"].casefold(): Material(row["commodity"], row["stage"], row["group"])
        for row in csv.DictReader(io.StringIO(text))
    }


def _with_proxies(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Mark shares that are a group's, or the world's in place of the EU's."""
    vectors: dict[tuple[str, str, str], dict[str, str]] = {}
    for f in figures:
        if f.measured in ("share", "sourcing_share"):
            vector = vectors.setdefault((f.measured, f.stage, f.commodity), {})
            vector[f.partner or f.country] = f"{f.state} {f.value}"
    notes = _of_groups(vectors) | _of_the_world(figures)
    return tuple(
        replace(f, note="; ".join(n for n in (notes[key], f.note) if n))
        if (key := (f.measured, f.stage, f.commodity)) in notes
        else f
        for f in figures
    )


def _of_groups(
    vectors: Mapping[tuple[str, str, str], Mapping[str, str]],
) -> dict[tuple[str, str, str], str]:
    """Return notes for vectors that several materials share.

    One country with everything is no proof of a proxy between strangers, within a family it is.
    """
    groups = {m.commodity: m.group for m in _materials().values()}
    alike: dict[tuple[object, ...], list[str]] = {}
    for (measured, stage, commodity), vector in vectors.items():
        family = groups.get(commodity, "") if len(vector) < 3 else ""
        if family or len(vector) >= 3:
            same = (measured, stage, family, tuple(sorted(vector.items())))
            alike.setdefault(same, []).append(commodity)
    return {
        (str(same[0]), str(same[1]), commodity): _like(members, commodity)
        for same, members in alike.items()
        if len(members) > 1
        for commodity in members
    }


def _like(members: Sequence[str], commodity: str) -> str:
    others = [m for m in members if m != commodity]
    told = ", ".join(others[:3])
    if len(others) > 3:
        told = f"{others[0]}, {others[1]} and {len(others) - 2} others"
    return f"{PROXY}: the same shares as {told}"


def _of_the_world(figures: Iterable[Figure]) -> dict[tuple[str, str, str], str]:
    """Return notes for EU sourcing that is the world's supply, rounded to whole percents."""
    world: dict[tuple[str, str], dict[str, Decimal]] = {}
    bloc: dict[tuple[str, str], dict[str, Decimal]] = {}
    for f in figures:
        if f.value is not None and f.state == "reported" and f.measured in _SHARES:
            side = world if f.measured == "share" else bloc
            side.setdefault((f.stage, f.commodity), {})[f.partner or f.country] = f.value
    half = Decimal("0.5")
    return {
        ("sourcing_share", stage, commodity): f"{PROXY}: the shares of the world's supply"
        for (stage, commodity), shares in bloc.items()
        if len(shares) > 2
        and (known := world.get((stage, commodity)))
        and all(c in known and abs(known[c] - v) <= half for c, v in shares.items())
        and all(c in shares or v < 1 for c, v in known.items())
    }


_SHARES = ("share", "sourcing_share")
