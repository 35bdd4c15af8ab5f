"""A country as figures know it: what it supplies to the world, and what it must buy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, Figure, Measure
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.reference.store import FigureStore, packaged
from lodewire.workbench.exposure import Reliance
from lodewire.workbench.exposure.stages import shares_in
from lodewire.workbench.profiles.supply import exposure_known

LEAST_SHARE = Decimal("0.01")
"""A smaller part of the world's supply is left out of a country's list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A country's part in one stage of one commodity; ``rank`` among the countries listed."""

    commodity: str
    name: str
    stage: str
    year: int
    figure: Figure
    share: Measure
    rank: int
    source: str
    vintage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """What a country must import of one commodity, and its largest supplier where that is known.

    ``suppliers`` pairs (country id, name) with its share of imports, or None where only its rank
    is published; the id is empty for those that the source puts together.
    """

    commodity: str
    name: str
    reliance: Reliance
    suppliers: tuple[tuple[str, str, Measure | None], ...]


def outputs_of(country: str, store: FigureStore | None = None) -> tuple[Output, ...]:
    """Return what the country supplies, the largest share first; below LEAST_SHARE left out."""
    return _outputs(country, store or packaged())


def dependence_of(country: str, store: FigureStore | None = None) -> tuple[Dependence, ...]:
    """Return what the country must import, the most dependent first."""
    return _dependence(country, store or packaged())


@lru_cache(maxsize=256)
def _outputs(country: str, store: FigureStore) -> tuple[Output, ...]:
    named = {
        f.commodity
        for measured in ("production", "share")
        for f in store.figures(measured=measured, country=country)
    }
    found = [
        output for c in sorted(named & set(load_commodities())) for output in _of(c, country, store)
    ]
    found.sort(key=lambda o: (-(o.share.value or Decimal(0)), o.commodity, o.stage))
    return tuple(found)


def _of(commodity: str, country: str, store: FigureStore) -> list[Output]:
    exposure = exposure_known(commodity, None, store)
    made = []
    for stage in exposure.stages if exposure is not None else ():
        table = stage.table
        try:
            shares = shares_in(table)
        except MeasureError:
            continue
        for rank, (who, share) in enumerate(shares, 1):
            if who != country or share.value is None or share.value < LEAST_SHARE:
                continue
            figure = next(f for f in table.figures if f.country == country)
            made.append(
                Output(
                    commodity=commodity,
                    name=load_commodities()[commodity].name,
                    stage=table.stage,
                    year=table.year,
                    figure=figure,
                    share=share,
                    rank=rank,
                    source=table.source,
                    vintage=table.vintage,
                )
            )
    return made


@lru_cache(maxsize=256)
def _dependence(country: str, store: FigureStore) -> tuple[Dependence, ...]:
    named = {
        f.commodity
        for measured in ("net_import_reliance", "import_reliance")
        for f in store.figures(measured=measured, country=country)
    }
    found = []
    countries = load_countries()
    for commodity in sorted(named & set(load_commodities())):
        exposure = exposure_known(commodity, country, store)
        for reliance in exposure.reliance if exposure is not None else ():
            if reliance.country != country:
                continue
            assert exposure is not None
            found.append(
                Dependence(
                    commodity=commodity,
                    name=load_commodities()[commodity].name,
                    reliance=reliance,
                    suppliers=tuple(
                        (
                            s.partner if s.partner in countries else "",
                            country_words(s.partner),
                            s.share,
                        )
                        for s in exposure.sources
                        if (s.country, s.stage, s.form) == (country, reliance.stage, reliance.form)
                    )[:3],
                )
            )
    found.sort(key=lambda d: (-_known(d.reliance.published), d.commodity, d.reliance.stage))
    return tuple(found)


def _known(measure: Measure) -> Decimal:
    given = (measure.value, measure.low, measure.high)
    return next((v for v in given if v is not None), Decimal(-1000))


def note_words(note: str) -> str:
    """Return the note of a measure with countries by name: "CL, PE" as "Chile, Peru"."""
    return re.sub(r"\b[A-Z]{2}\b", lambda m: country_words(m[0]), note)


def country_words(country: str) -> str:
    """Return a country's name by its code; "others" for those that a source puts together."""
    known = load_countries().get(country)
    return known.name if known is not None else "others" if country == OTHER else country
