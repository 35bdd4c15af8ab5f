"""What an exposure consists of: frozen values, so that they can be kept, compared and exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lodewire.analytics.bands import Band, Guidelines
from lodewire.model.measure import Figure, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyTable:
    """Figures of one stage, year, source and vintage, by country.

    ``kind`` is "production" (amounts) or "share" (published shares). ``estimated``: all of it.
    ``proxy`` says whose figures stand in where the source has none of the material itself.
    """

    stage: str
    year: int
    kind: str
    source: str
    vintage: str
    unit: str
    basis: str
    estimated: bool
    figures: tuple[Figure, ...]
    proxy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One number as another source or vintage has it, beside the one that is shown."""

    what: str
    year: int
    source: str
    vintage: str
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class StageExposure:
    """Concentration of one stage of supply, out of one table.

    ``measures``: index, top shares, N-1, and the weighted index where governance is known.
    ``largest``: (country, share) of the largest named. ``country`` and ``partner`` are the shares
    of those asked about, None where nobody was. ``bands``: every band that the bounds allow, by
    guideline. ``others``: what other sources and vintages give, never averaged in.
    """

    table: SupplyTable
    measures: tuple[Measure, ...]
    largest: tuple[tuple[str, Measure], ...]
    bands: tuple[tuple[Guidelines, tuple[Band, ...]], ...]
    country: Measure | None
    partner: Measure | None
    others: tuple[Reading, ...]

    def of(self, name: str) -> Measure | None:
        """Return the measure of that name, or None."""
        return next((m for m in self.measures if m.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance:
    """Net import reliance of a country in one form of a commodity, as its source prints it.

    Of the last year that is no estimate and its newest vintage; ``others`` stand beside it.
    ``recomputed``: from consumption and production of the same year where both are published, by
    what counts as made at home.
    """

    country: str
    stage: str
    form: str
    year: int
    published: Measure
    source: str
    vintage: str
    note: str
    others: tuple[Reading, ...]
    recomputed: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A partner that imports come from: its share, or only its rank."""

    country: str
    partner: str
    stage: str
    form: str
    year: int
    share: Measure | None
    rank: int | None
    basis: str
    source: str
    vintage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerDependence:
    """How far a country depends on a partner: of imports by quantity and value, and of use.

    ``why`` explains a difference, or what is missing.
    """

    country: str
    partner: str
    stage: str
    form: str
    year: int
    measures: tuple[Measure, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EuRisk:
    """The EU's supply risk: published, and recomputed from its published inputs."""

    stage: str
    year: int
    published: Measure | None
    recomputed: Measure
    importance: Measure | None
    source: str
    vintage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingMix:
    """Concentration of what a bloc uses over where it comes from, its members included.

    ``measures``: the index of the shares, and the same weighted by governance and trade. ``proxy``
    says so where the world's shares stand in for the bloc's.
    """

    bloc: str
    stage: str
    year: int
    measures: tuple[Measure, ...]
    source: str
    vintage: str
    proxy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImporterRisk:
    """What an importer risks at a stage: GeoPolRisk, disruption potential, trade exposure.

    ``imports`` and ``supply`` name the figures that they are made of, ``why`` what to mind.
    """

    country: str
    stage: str
    why: str
    imports: str
    supply: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Sites of a stage by country and by the country of who decides about them, on ``day``."""

    stage: str
    day: date
    sites: int
    measures: tuple[Measure, ...]
    by_owner: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """All that the figures at hand tell of one commodity, and what they cannot tell.

    ``proxies``: ids of the groups whose figures stand nearest where there are none of its own; they
    are named, never taken for it. ``cannot``: what cannot be told, and why.
    """

    commodity: str
    name: str
    country: str | None
    partner: str | None
    stages: tuple[StageExposure, ...]
    reliance: tuple[Reliance, ...]
    sources: tuple[ImportSource, ...]
    dependence: tuple[PartnerDependence, ...]
    sourcing: tuple[SourcingMix, ...]
    eu: tuple[EuRisk, ...]
    owners: tuple[Owners, ...]
    risks: tuple[ImporterRisk, ...]
    proxies: tuple[str, ...]
    cannot: tuple[str, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure, in the order in which they are told; other readings come last."""
        return tuple(self._each())

    def _each(self) -> Iterator[Measure]:
        for stage in self.stages:
            yield from stage.measures
            yield from (m for m in (stage.country, stage.partner) if m is not None)
        yield from (r.published for r in self.reliance)
        yield from (s.share for s in self.sources if s.share is not None)
        for found in self.dependence:
            yield from found.measures
        for mix in self.sourcing:
            yield from mix.measures
        for risk in self.eu:
            given = (risk.published, risk.recomputed, risk.importance)
            yield from (m for m in given if m is not None)
        for importer in self.risks:
            yield from importer.measures
        for owners in self.owners:
            yield from owners.measures
        for stage in self.stages:
            yield from (o.measure for o in stage.others)
        for relied in self.reliance:
            yield from (o.measure for o in (*relied.recomputed, *relied.others))
