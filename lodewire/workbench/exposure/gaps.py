"""What was asked of a commodity, and what cannot be told: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lodewire.ontology.countries import load_countries
from lodewire.workbench.exposure.types import Exposure


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an exposure is asked about; None leaves it open.

    ``country`` and ``partner`` are ISO alpha-2 codes, ``day`` the one on which owners count;
    without it they are left out.
    """

    country: str | None = None
    partner: str | None = None
    stage: str | None = None
    year: int | None = None
    vintage: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is beside what was found: stages with any table, governance, and trade.

    ``family``: groups and members of the commodity whose imports by partner are at hand.
    """

    stages: frozenset[str]
    governed: bool
    family: tuple[str, ...]


def gaps_of(found: Exposure, asked: Asked, known: Known) -> Iterator[str]:
    """Yield what cannot be told, each with the reason."""
    at_stage = f" at {asked.stage}" if asked.stage else ""
    if not known.stages:
        yield f"concentration: no supply of {found.name}{at_stage} by country is among the figures"
    elif not found.stages:
        which = " ".join(str(w) for w in (asked.year, asked.vintage) if w is not None)
        yield f"concentration: no table of {found.name}{at_stage} is of {which}"
    for stage in found.stages:
        index, table = stage.measures[0], stage.table
        if index.value is None:
            yield f"concentration of {table.stage} {table.year}: {index.note}"
        if table.proxy:
            yield f"{table.stage} of {found.name} itself: its shares are a {table.proxy}"
    if not known.governed:
        yield "governance: no estimates are loaded, so no index is weighted by it"
    yield from _trade_gaps(found, asked, known, at_stage)
    yield from _importer_gaps(found)
    if not found.eu:
        yield f"EU supply risk: no inputs for {found.name}{at_stage} are among the figures"
    if asked.day is None:
        yield "owners: no day was given on which they are to count"
    elif not found.owners:
        yield "owners: fewer than three sites of a stage are known"


def _importer_gaps(found: Exposure) -> Iterator[str]:
    if found.country is None:
        return
    who = load_countries()[found.country].name
    told = [m for r in found.risks for m in r.measures]
    scores = [m for m in told if m.name == "geopolrisk_score"]
    if not scores:
        yield (
            f"GeoPolRisk of {who}: needs its imports by partner in tonnes at a stage whose supply "
            "by country is in tonnes"
        )
    yield from (f"GeoPolRisk of {who}: {m.note}" for m in scores if m.high is None)
    if not any(m.name == "disruption_potential" for m in told):
        yield (
            f"disruption potential of {who}: no index of suppliers is among the figures (your own: "
            "measured supplier_index, form ability and willingness)"
        )


def _trade_gaps(found: Exposure, asked: Asked, known: Known, at_stage: str) -> Iterator[str]:
    countries = load_countries()
    country = countries[asked.country].name if asked.country else ""
    if not found.reliance:
        of_whom = f" of {country}" if country else ""
        yield f"import reliance: none{of_whom}{at_stage} is among the figures"
    if asked.country is None or asked.partner is None or found.dependence:
        return
    who = f"dependence of {country} on {countries[asked.partner].name}"
    if any(s.country == found.country for s in found.sources):
        yield f"{who}: it is not among the main sources of imports named; shares are not given"
    elif known.family:
        near = known.family[0]
        yield (
            f"{who}: imports are known of {near}, which is not {found.name} itself: "
            f"lodewire exposure {near} --country {asked.country} --partner {asked.partner}"
        )
    else:
        yield f"{who}: no imports of {country} by partner{at_stage} are among the figures"
