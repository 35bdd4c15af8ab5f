"""The British Geological Survey's words for commodities, stages and units, in ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lodewire.collect.official.bgs import NAMES
from lodewire.model.measure import Figure
from lodewire.model.official import MineralStatistic

SOURCE = "bgs-wms"

_STAGES = {
    "mine": "mining",
    "refined": "refining",
    "smelter": "smelting",
    "smelter/refinery": "smelting",
    "slab": "smelting",
    "primary": "refining",
}
_STAGE_OF_NAME = {
    "germanium metal": "refining",
    "rare earth oxides": "processing",
}


@dataclass(frozen=True, slots=True)
class _Unit:
    unit: str
    factor: Decimal


_UNITS: Mapping[str, _Unit] = {
    "tonnes": _Unit("t", Decimal(1)),
    "kilograms": _Unit("kg", Decimal(1)),
    "thousand tonnes": _Unit("t", Decimal(1000)),
}
_COMMODITY = {name: commodity for commodity, names in NAMES.items() for name in names}


def mineral_figures(rows: Iterable[MineralStatistic], vintage: str) -> list[Figure]:
    """Return the production figures of commodities that are known here, in our units.

    Rows of other commodities, kinds or units stay in the fetched table alone; of a row that comes
    in two units, the first stays.
    """
    found: dict[tuple[object, ...], Figure] = {}
    for row in rows:
        for figure in _figure(row, vintage):
            key = (figure.commodity, figure.stage, figure.country, figure.year, figure.form)
            found.setdefault(key, figure)
    return list(found.values())


def _figure(row: MineralStatistic, vintage: str) -> Iterator[Figure]:
    commodity = _COMMODITY.get(row.commodity.lower())
    amount, _, basis = row.unit.partition("(")
    unit = _UNITS.get(" ".join(amount.split()).lower())
    if commodity is None or unit is None or row.kind != "production" or len(row.country) != 2:
        return
    yield Figure(
        commodity=commodity,
        stage=_stage(row.commodity.lower()),
        country=row.country,
        year=row.year,
        measured="production",
        form=", ".join(part for part in (row.commodity.lower(), row.form) if part),
        value=None if row.value is None else row.value * unit.factor,
        unit=unit.unit,
        basis=basis.rstrip(") ").strip() or "gross weight",
        state=row.state,
        note=row.note,
        source=SOURCE,
        vintage=vintage,
    )


def _stage(name: str) -> str:
    if name in _STAGE_OF_NAME:
        return _STAGE_OF_NAME[name]
    return _STAGES.get(name.partition(", ")[2], "mining")
