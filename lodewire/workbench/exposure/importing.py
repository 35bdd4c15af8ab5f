"""What an importer risks: GeoPolRisk, the disruption potential abroad and its trade exposure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from lodewire.analytics.concentration import ROUNDING
from lodewire.analytics.disruption_potential import (
    SupplierIndex,
    disruption_potential,
    trade_exposure,
)
from lodewire.analytics.geopolrisk import score
from lodewire.errors import MeasureError, UnitError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure
from lodewire.ontology.units import convert
from lodewire.reference.store import FigureStore, vintage_order
from lodewire.workbench.exposure.codes import codes_together, statistic_of
from lodewire.workbench.exposure.types import ImporterRisk, Reliance, StageExposure, SupplyTable

_TONNES = "t"


def importer_risks(
    store: FigureStore,
    stages: Iterable[StageExposure],
    relied: Iterable[Reliance],
    *,
    country: str,
    stability: Mapping[str, Decimal | None],
    suppliers: Mapping[str, SupplierIndex],
) -> Iterator[ImporterRisk]:
    """Yield what ``country`` risks at each stage whose supply by country is amounts.

    ``stability``: country -> governance risk 0..1. Nothing is yielded for a stage of which no
    measure can be told.
    """
    known = list(relied)
    for stage in stages:
        measures: list[Measure] = []
        flows = _imports(store, country, stage.table.stage)
        if flows and stability and stage.table.kind == "production":
            measures.append(_geopolrisk(stage, country, flows, stability))
        if suppliers and stage.table.kind == "production":
            told = disruption_potential(stage.table.figures, suppliers, home=country)
            measures.append(replace(told, vintage=stage.table.vintage))
        for reliance in known[:]:
            if (reliance.country, reliance.stage) == (country, stage.table.stage):
                measures.append(trade_exposure(reliance.published))
                known.remove(reliance)
                break  # the first form is that of the whole chapter
        if measures:
            yield ImporterRisk(
                country=country,
                stage=stage.table.stage,
                imports=_words(flows),
                why=_bases(stage.table, flows),
                supply=f"{stage.table.source} {stage.table.vintage}, {stage.table.year}",
                measures=tuple(measures),
            )


def at_home(table: SupplyTable, country: str) -> Figure | None:
    """Return what a country makes by a table, in tonnes; None where it cannot be told.

    A country that is not listed makes between nothing and all that the table leaves unlisted; where
    it leaves nothing, none.
    """
    own = next((f for f in table.figures if f.country == country), None)
    if own is None:
        rest = _unlisted(table.figures)
        if rest is None:
            return None
        first = table.figures[0]
        blank = replace(first, country=country, estimated=False, note="")
        own = (
            replace(blank, state="interval", value=None, low=Decimal(0), high=rest)
            if rest
            else replace(blank, state="reported", value=Decimal(0), low=None, high=None)
        )
    try:
        into = convert(Decimal(1), own.unit, _TONNES)
    except UnitError:
        return None
    scaled = (None if n is None else n * into for n in (own.value, own.low, own.high))
    value, low, high = scaled
    return replace(own, value=value, low=low, high=high, unit=_TONNES)


def _unlisted(figures: Iterable[Figure]) -> Decimal | None:
    told = {f.country: f.value for f in figures}
    if any(v is None for v in told.values()):
        return None
    world, other = told.pop(WORLD, None), told.pop(OTHER, None)
    if other:
        return other
    if world is None:
        return None
    listed = sum((v for v in told.values() if v is not None), Decimal(0))
    rest = world - listed
    return rest if rest > ROUNDING * world else Decimal(0)


def _geopolrisk(
    stage: StageExposure,
    country: str,
    flows: tuple[Figure, ...],
    stability: Mapping[str, Decimal | None],
) -> Measure:
    table = stage.table
    made = at_home(table, country)
    vintage = ", ".join(dict.fromkeys((table.vintage, flows[0].vintage)))
    subject = f"{flows[0].commodity} {table.stage} {table.year}, imports of {flows[0].year}"
    try:
        return score(stage.measures[0], flows, stability, made, subject=subject, vintage=vintage)
    except MeasureError as error:
        blank = score(0, flows, stability, None, subject=subject, vintage=vintage)
        return replace(blank, note=error.message)


def _imports(store: FigureStore, country: str, stage: str) -> tuple[Figure, ...]:
    """The tonnes by partner of the last year, of the newest vintage and the widest code."""
    told = store.figures(stage=stage, country=country, measured="imports")
    flows = [f for f in told if f.partner]
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for f in (*flows, *codes_together(flows)):
        try:
            into = convert(Decimal(1), f.unit, _TONNES)
        except UnitError:
            continue
        scaled = (None if n is None else n * into for n in (f.value, f.low, f.high))
        value, low, high = scaled
        tonnes = replace(f, unit=_TONNES, value=value, low=low, high=high)
        key = (f.year, len(f.form), vintage_order(f.vintage), statistic_of(f), f.form)
        groups.setdefault(key, []).append(tonnes)
    return tuple(groups[max(groups)]) if groups else ()


def _bases(table: SupplyTable, flows: tuple[Figure, ...]) -> str:
    """Say so where output is counted by what it contains and imports as they are weighed."""
    weighed = flows and "content" not in flows[0].basis
    if weighed and "content" in table.basis:
        return f"output in {table.basis}, imports in {flows[0].basis}: not brought to one basis"
    return ""


def _words(flows: tuple[Figure, ...]) -> str:
    if not flows:
        return ""
    first = flows[0]
    return f"{first.form}, {first.source} {first.vintage}, {first.year}".lstrip(", ")
