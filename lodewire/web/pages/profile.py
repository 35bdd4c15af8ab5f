"""What stands on the pages of commodities, countries, companies and sites beside their events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lodewire.ledger.selecting import EventFilters
from lodewire.model.entity import Entity
from lodewire.model.event import Event
from lodewire.model.ids import EntityId
from lodewire.model.tier import Part
from lodewire.ontology.sites import Site as Place
from lodewire.ontology.sites import load_sites
from lodewire.publish.charts.chart import Chart
from lodewire.web.drawing import can_draw
from lodewire.web.linked import dataset_linked
from lodewire.web.material import told
from lodewire.web.pages.pictures import supply_chart_of
from lodewire.web.site import Missing, Site
from lodewire.web.timeline import timeline_of
from lodewire.workbench.profiles.countries import dependence_of, outputs_of
from lodewire.workbench.profiles.deals import DealTold, deals_on
from lodewire.workbench.profiles.priced import prices_told
from lodewire.workbench.profiles.restrictions import RuleTold, kin_of, rules_on
from lodewire.workbench.profiles.supply import StageSupply, supply_told

_TIMELINE = 150  # the latest events that a line of time shows
_OUTPUTS, _DEPENDENCE, _SITES = 25, 30, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image of the page: its path and what it shows, for whoever cannot see it."""

    path: str
    alt: str


def profile_of(site: Site, found: Entity, kind: str) -> dict[str, Any]:
    """Return what the template of ``kind`` shows beside the events; kept for a minute."""
    # What one kind of reader was given is never given to another.
    key = ("profile", site.reach.tier, kind, found.id)
    return site.memory.get(key, lambda: _MAKERS[kind](site, found))


def _commodity(site: Site, found: Entity) -> dict[str, Any]:
    supplies = supply_told(found.id, site.figures) if site.sees(Part.SUPPLY) else ()
    deals = _deals(site, found)
    return {
        "supplies": supplies,
        "pictures": _pictures(site, found, supplies, bool(deals)),
        "prices": prices_told(found.id, site.root) if site.sees(Part.PRICES) else (),
        "rules": _rules(site, kin_of(found.id)),
        "deals": deals,
        "timeline": timeline_of(_latest(site, found)),
        "linked": dataset_linked(site, found, supplies) if supplies else None,
    }


def _country(site: Site, found: Entity) -> dict[str, Any]:
    shown = site.sees(Part.SUPPLY)
    return {
        "outputs": outputs_of(found.id, site.figures)[:_OUTPUTS] if shown else (),
        "dependence": dependence_of(found.id, site.figures)[:_DEPENDENCE] if shown else (),
        "rules": _rules(site, frozenset((found.id,))),
        "deals": _deals(site, found),
        "places": _places(lambda s: s.country == found.id),
        "timeline": timeline_of(_latest(site, found)),
    }


def _organisation(site: Site, found: Entity) -> dict[str, Any]:
    return {
        "deals": _deals(site, found),
        "places": _places(lambda s: s.operator == found.id),
        "timeline": timeline_of(_latest(site, found)),
    }


def _site(site: Site, found: Entity) -> dict[str, Any]:
    return {
        "deals": _deals(site, found),
        "timeline": timeline_of(_latest(site, found)),
    }


_MAKERS: dict[str, Callable[[Site, Entity], dict[str, Any]]] = {
    "commodity": _commodity,
    "country": _country,
    "organisation": _organisation,
    "site": _site,
}


def _deals(site: Site, found: Entity) -> tuple[DealTold, ...]:
    return deals_on(site.ledger, frozenset((found.id,)), since=site.since())


def _rules(site: Site, things: frozenset[EntityId]) -> tuple[RuleTold, ...]:
    rules = rules_on(site.ledger, things, site.life, site.clock().date())
    return tuple(rule for rule in rules if site.reads(rule.event))


def _latest(site: Site, found: Entity) -> list[Event]:
    chosen = site.ledger.select(EventFilters(entities=(frozenset((found.id,)),)))
    return list(islice(told(site, chosen), _TIMELINE))


def _places(wanted: Callable[[Place], bool]) -> tuple[Place, ...]:
    found = [s for s in load_sites().values() if wanted(s)]
    return tuple(sorted(found, key=lambda s: (s.kind.value, s.name)))[:_SITES]


def _pictures(
    site: Site, found: Entity, supplies: tuple[StageSupply, ...], deals: bool
) -> dict[str, Picture]:
    """The pictures that there are, by what they show; none where nothing can be drawn."""
    if not can_draw():
        return {}
    base = f"/commodity/{found.id}/chart"
    made: dict[str, Picture] = {}
    chart: Chart | None
    try:
        chart = supply_chart_of(site, found.id) if supplies else None
    except Missing:
        chart = None
    if chart is not None:
        made["supply"] = Picture(path=f"{base}/supply.svg", alt=chart.alt)
    for stage in supplies:
        if stage.exposure.table.kind == "production":
            path = f"{base}/concentration-of-{stage.stage}.svg"
            made[f"concentration {stage.stage}"] = Picture(path=path, alt="")
    for price in prices_told(found.id, site.root) if site.sees(Part.PRICES) else ():
        path = f"{base}/price-of-{price.series.id}.svg"
        made[f"price {price.series.id}"] = Picture(path=path, alt="")
    if deals and site.sees(Part.TRENDS):
        made["deals"] = Picture(path=f"{base}/deals.svg", alt="")
    return made
