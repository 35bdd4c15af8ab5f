"""Who supplies a material, and how concentrated that is, from the packaged figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.concentration import WORLD, country_shares, hhi
from lodewire.errors import MeasureError
from lodewire.model.measure import Measure
from lodewire.ontology.countries import load_countries
from lodewire.reference.production import load_production, production_of

_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """One stage in one year. ``shares`` pairs (country id, name) with its share, 0..1."""

    stage: str
    year: int
    shares: tuple[tuple[str, str, Decimal], ...]
    index: Measure
    total: str
    source: str


def supplies_of(commodity: str) -> tuple[Supply, ...]:
    """Return the stages of which the countries' output is known; a refused measure is left out."""
    stages = dict.fromkeys(f.stage for f in load_production() if f.commodity == commodity)
    return tuple(s for stage in stages if (s := _supply(commodity, stage)) is not None)


def _supply(commodity: str, stage: str) -> Supply | None:
    figures = production_of(commodity, stage)
    try:
        index, shares = hhi(figures), country_shares(figures)
    except MeasureError:
        return None
    if index.value is None:
        return None
    known = load_countries()
    world = next((f for f in figures if f.country == WORLD and f.value is not None), None)
    return Supply(
        stage=stage,
        year=figures[0].year,
        shares=tuple(
            (country, known[country].name if country in known else country, share.value)
            for country, share in shares[:_SHOWN]
            if share.value is not None
        ),
        index=index,
        total=f"{world.value:,} {world.unit} ({world.basis})" if world else "",
        source=f"USGS Mineral Commodity Summaries, {figures[0].vintage}",
    )
