"""Charts as pictures: the pages show their figures as tables and link these as images."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from lodewire.analytics.trends.activity import By, Every
from lodewire.errors import LodewireError
from lodewire.model.ids import EntityId
from lodewire.model.tier import Part
from lodewire.ontology.commodities import load_commodities
from lodewire.publish.charts.chart import Chart
from lodewire.web.drawing import can_draw, draw
from lodewire.web.site import Ask, Missing, Page, Site
from lodewire.workbench.market.charting import (
    activity_picture,
    concentration_of,
    supply_from,
)
from lodewire.workbench.market.deal_charts import deals_picture
from lodewire.workbench.market.price_charts import price_picture
from lodewire.workbench.profiles.priced import prices_told
from lodewire.workbench.profiles.supply import supply_told

MEDIA = "image/svg+xml"
PARTS = {
    "supply": Part.SUPPLY,
    "concentration": Part.SUPPLY,
    "price": Part.PRICES,
    "deals": Part.TRENDS,
}
"""What a reader must see for each kind of a commodity's pictures."""
YEARS_OF_PRICES = 10
_NONE = ("There is no such picture.", "The page it belongs to shows what there is.")


def commodity_picture(site: Site, ask: Ask) -> Page:
    """Supply, concentration of a stage, a price series or the deals of one commodity."""
    commodity = ask.parts["id"]
    name, _, ending = ask.parts["chart"].rpartition(".")
    if ending != "svg" or commodity not in load_commodities():
        raise Missing(*_NONE)
    kind, _, which = name.partition("-of-")
    makers: dict[str, Callable[[], Chart]] = {
        "supply": lambda: supply_chart_of(site, commodity),
        "concentration": lambda: concentration_of(
            commodity, stage=_stage(site, commodity, which), store=site.figures
        ),
        "price": lambda: _price(site, commodity, which),
        "deals": lambda: deals_picture(
            site.ledger,
            since=site.since(),
            naming=frozenset({EntityId(commodity)}),
            title=f"Deals that name {load_commodities()[commodity].name}, by country",
        ),
    }
    if kind not in makers:
        raise Missing(*_NONE)
    site.demand(PARTS[kind])
    return _picture(site, ("commodity", commodity, name), makers[kind])


def trends_picture(site: Site, ask: Ask) -> Page:
    """Events over the last weeks, by desk, commodity or country."""
    name, _, ending = ask.parts["chart"].rpartition(".")
    if ending != "svg" or name not in set(By):
        raise Missing(*_NONE)
    site.demand(Part.TRENDS)
    since, until = span_of_weeks(site)

    def make() -> Chart:
        return activity_picture(
            site.ledger, by=By(name), since=since, until=until, every=Every.WEEK
        )

    return _picture(site, ("trends", name, until), make)


WEEKS = 13


def span_of_weeks(site: Site) -> tuple[date, date]:
    """Return the first and last day that the trends are told of: whole weeks up to now."""
    until = site.clock().date()
    first = until - timedelta(days=until.weekday(), weeks=WEEKS - 1)
    return first, until


def supply_chart_of(site: Site, commodity: str) -> Chart:
    """Return the chart of the very tables that the page shows. Raises Missing without any."""
    stages = supply_told(commodity, site.figures)
    tables = {
        s.stage: s.exposure.table.figures for s in stages if s.exposure.table.kind == "production"
    }
    if not tables:
        raise Missing(*_NONE)
    return supply_from(commodity, tables, site.figures)


def _stage(site: Site, commodity: str, stage: str) -> str:
    if stage not in {s.stage for s in supply_told(commodity, site.figures)}:
        raise Missing(*_NONE)
    return stage


def _price(site: Site, commodity: str, series: str) -> Chart:
    found = next((p for p in prices_told(commodity, site.root) if p.series.id == series), None)
    if found is None:
        raise Missing(*_NONE)
    year, month = found.last.period.split("-")
    since = f"{int(year) - YEARS_OF_PRICES:04}-{month}"
    first = max(since, found.first_period)
    # Who reads a part of the archive only is not told by a price what happened before.
    ledger = site.ledger if site.since() is None else None
    return price_picture(series, desk=site.root, ledger=ledger, since=first)


def _picture(site: Site, key: tuple[object, ...], make: Callable[[], Chart]) -> Page:
    if not can_draw():
        raise Missing("Pictures are not drawn here.", "The page shows the figures as tables.")
    try:
        chart = site.memory.get(("chart", site.reach.tier, *key), make)
    except LodewireError as error:
        raise Missing(*_NONE) from error
    return Page(body=draw(chart), media=MEDIA)
