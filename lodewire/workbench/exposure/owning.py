"""Sites of a commodity by the country they lie in and that of who decides about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from lodewire.analytics.owners import (
    OwnedSite,
    foreign_share,
    hhi_by_country,
    hhi_by_owner,
    share_owned_by,
)
from lodewire.ontology.sites import SiteKind, load_sites
from lodewire.resolve.owners import CountryGap, country_gap
from lodewire.workbench.exposure.types import Owners

_KINDS: dict[str, tuple[SiteKind, ...]] = {
    "mining": (SiteKind.MINE, SiteKind.OIL_FIELD, SiteKind.GAS_FIELD),
    "processing": (SiteKind.CONCENTRATOR,),
    "smelting": (SiteKind.SMELTER,),
    "refining": (
        SiteKind.REFINERY,
        SiteKind.ALUMINA_REFINERY,
        SiteKind.CHEMICAL_PLANT,
        SiteKind.OIL_REFINERY,
    ),
    "enrichment": (SiteKind.ENRICHMENT_PLANT,),
    "magnet": (SiteKind.MAGNET_PLANT,),
    "cell": (SiteKind.BATTERY_PLANT,),
    "recycling": (SiteKind.RECYCLING_PLANT,),
    "liquefaction": (SiteKind.LNG_PLANT,),
}
"""What stands at a stage; projects and deposits are no supply yet and count for none."""

LEAST_SITES = 3  # fewer sites tell nothing about a whole stage


def owners_of_sites(
    commodity: str, day: date, *, stage: str | None = None, partner: str | None = None
) -> Iterator[Owners]:
    """Yield, for each stage with at least three known sites, who decides about them on ``day``."""
    for name in _KINDS:
        if stage is not None and name != stage:
            continue
        found = sites_at(commodity, name, day)
        if len(found) < LEAST_SITES:
            continue
        subject, when = f"{commodity} {name} sites", f"ownership tables, {day.isoformat()}"
        measures = [
            hhi_by_country(found, subject=subject, vintage=when),
            hhi_by_owner(found, subject=subject, vintage=when),
            foreign_share(found, subject=subject, vintage=when),
        ]
        if partner is not None:
            measures.append(share_owned_by(found, partner, subject=subject, vintage=when))
        counted = Counter(s.owner for s in found if s.owner is not None)
        yield Owners(
            stage=name,
            day=day,
            sites=len(found),
            measures=tuple(measures),
            by_owner=tuple(sorted(counted.items(), key=lambda c: (-c[1], c[0]))),
        )


def sites_at(commodity: str, stage: str, day: date) -> tuple[OwnedSite, ...]:
    """Return the known sites of a commodity at a stage, with who decides about them on ``day``."""
    return tuple(_owned(site, day) for site in _sites(commodity, _KINDS.get(stage, ())))


@cache
def _sites(commodity: str, kinds: tuple[SiteKind, ...]) -> tuple[str, ...]:
    return tuple(
        s.id for s in load_sites().values() if s.kind in kinds and commodity in s.commodities
    )


@cache
def _gap(site: str, day: date) -> CountryGap:
    return country_gap(site, day)


def _owned(site: str, day: date) -> OwnedSite:
    gap = _gap(site, day)
    return OwnedSite(site=site, country=gap.country, owner=gap.controlling)
