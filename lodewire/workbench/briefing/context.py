"""What an event touches: the country's share of the material's supply, from reference figures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from lodewire.analytics.concentration import WORLD, country_share, hhi, hhi_band
from lodewire.errors import MeasureError
from lodewire.model.brief import ContextNote
from lodewire.model.event import Event
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.reference.production import load_production, production_of

_STAGE_WORDS = {
    "mining": "mine output",
    "refining": "refined output",
    "smelting": "smelter output",
    "processing": "output",
    "manufacture": "output",
    "metal": "metal output",
}
_WHO = ("authority", "country", "operator", "supplier")
_WHAT = ("commodity", "product", "sector")
_LEAST = Decimal("0.02")  # a smaller share says nothing a reader needs


def context_of(event: Event) -> tuple[ContextNote, ...]:
    """Return at most one line: the share of the event's country in its first material's supply."""
    countries = list(dict.fromkeys(_countries(event)))
    for commodity in dict.fromkeys(commodities_of(event)):
        for country in countries:
            note = _share_note(commodity, country)
            if note is not None:
                return (note,)
    return ()


def _countries(event: Event) -> Iterable[str]:
    known, organisations = load_countries(), load_organisations()
    for role in _WHO:
        for statement in event.of(role):
            entity = statement.entity or ""
            if entity in known:
                yield entity
            elif role == "authority" and entity in organisations:
                yield organisations[entity].country


def commodities_of(event: Event) -> Iterable[str]:
    """Yield the materials of an event that have figures of output, more general ones after."""
    known = load_commodities()
    produced = {f.commodity for f in load_production()}
    for role in _WHAT:
        for statement in event.of(role):
            entity = statement.entity or ""
            if entity not in known:
                continue
            yield from (c for c in (entity, *ancestors_of(entity)) if c in produced)


def _share_note(commodity: str, country: str) -> ContextNote | None:
    stages = dict.fromkeys(f.stage for f in load_production() if f.commodity == commodity)
    for stage in stages:
        figures = production_of(commodity, stage)
        try:
            share, index = country_share(figures, country), hhi(figures)
        except MeasureError:
            continue
        if share.value is None or share.value < _LEAST or index.value is None:
            continue
        year = figures[0].year
        place = load_countries()[country].name
        material = load_commodities()[commodity].name
        words = _STAGE_WORDS.get(stage, "output")
        band = hhi_band(index.value).value
        text = (
            f"{place} gave {share.value * 100:.0f} % of the world's {material} {words} in {year}; "
            f"supply by country is {_BANDS[band]} (HHI {index.value:.2f})."
        )
        world = next((f for f in figures if f.country == WORLD), figures[0])
        return ContextNote(
            text=text,
            source=f"USGS Mineral Commodity Summaries, {world.vintage}",
            method=f"{share.method}, {index.method}",
        )
    return None


_BANDS = {
    "unconcentrated": "not concentrated",
    "moderate": "moderately concentrated",
    "high": "highly concentrated",
}
