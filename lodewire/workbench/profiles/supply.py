"""Supply of a material by stage and country, with concentration and its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lodewire.analytics.bands import Guidelines
from lodewire.errors import LodewireError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure
from lodewire.ontology.countries import load_countries
from lodewire.reference.store import FigureStore, packaged
from lodewire.workbench.exposure import Exposure, exposure_of
from lodewire.workbench.exposure.stages import share_in
from lodewire.workbench.exposure.types import StageExposure


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyLine:
    """One country's output; ``share`` is of what the source lists, with bounds where it is open.

    ``figure`` is the row of the source: its value may be withheld, less than, or an estimate.
    """

    country: str
    name: str
    figure: Figure
    share: Measure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSupply:
    """One stage: its table by country, the largest first, the world's total, and the measures.

    ``bands`` are what the index may be called by the US guidelines of 2023; several where its
    bounds leave it open. ``address`` is where the source publishes.
    """

    stage: str
    exposure: StageExposure
    lines: tuple[SupplyLine, ...]
    world: Figure | None
    index: Measure
    bands: tuple[str, ...]
    source: str
    licence: str
    address: str


@lru_cache(maxsize=256)
def _exposure(commodity: str, country: str | None, store: FigureStore) -> Exposure | None:
    try:
        return exposure_of(commodity, country, store=store)
    except LodewireError:
        return None


def exposure_known(
    commodity: str, country: str | None = None, store: FigureStore | None = None
) -> Exposure | None:
    """Return the exposure of a commodity, None where nothing is known; kept once computed."""
    return _exposure(commodity, country, store or packaged())


def supply_told(commodity: str, store: FigureStore | None = None) -> tuple[StageSupply, ...]:
    """Return the stages of which supply is known by country, upstream first."""
    return _supply(commodity, store or packaged())


@lru_cache(maxsize=256)
def _supply(commodity: str, store: FigureStore) -> tuple[StageSupply, ...]:
    found = exposure_known(commodity, None, store)
    stages = found.stages if found is not None else ()
    return tuple(_stage(stage, store) for stage in stages if stage.table.figures)


def _stage(stage: StageExposure, store: FigureStore) -> StageSupply:
    table = stage.table
    lines = sorted(_lines(stage), key=_place)
    world = next((f for f in table.figures if f.country == WORLD), None)
    us = next((b for g, b in stage.bands if g is Guidelines.US_2023), ())
    source = store.source_of(table.figures[0])
    return StageSupply(
        stage=table.stage,
        exposure=stage,
        lines=tuple(lines),
        world=world if world is not None and world.value is not None else None,
        index=stage.measures[0],
        bands=tuple(band.value for band in us),
        source=source.description,
        licence=source.licence,
        address=source.url,
    )


def _lines(stage: StageExposure) -> Iterator[SupplyLine]:
    known = load_countries()
    for figure in stage.table.figures:
        if figure.country == WORLD:
            continue
        share = None
        if figure.state == "reported" and figure.country != OTHER:
            share = share_in(stage.table, figure.country)
        named = known.get(figure.country)
        yield SupplyLine(
            country=figure.country,
            name=named.name if named is not None else "Other countries",
            figure=figure,
            share=share,
        )


def _place(line: SupplyLine) -> tuple[bool, Decimal, str]:
    return line.country == OTHER, -(line.figure.value or Decimal(0)), line.name
