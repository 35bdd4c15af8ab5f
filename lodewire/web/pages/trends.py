"""What happens how often, by week; and which prices moved as they rarely do."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

from lodewire.analytics.trends.activity import By, Every
from lodewire.analytics.trends.anomalies import Anomaly, explain_events, find_anomalies
from lodewire.model.price import PriceSeries
from lodewire.model.tier import Part
from lodewire.ontology.desks import load_desks
from lodewire.reference.prices import price_series, prices_of
from lodewire.web.drawing import can_draw
from lodewire.web.languages import _
from lodewire.web.pages.pictures import span_of_weeks
from lodewire.web.pages.profile import Picture
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Refused, Site
from lodewire.workbench.market.trends import activity_of, dated_events, group_name

_ROWS = 24
_MONTHS = 24  # of each series that are looked at
_UNUSUAL = 12


def trends(site: Site, ask: Ask) -> Page:
    """Events by desk, commodity or country over thirteen weeks; unusual months of prices."""
    by = ask.query.get("by", By.DESK.value)
    if by not in set(By):
        raise Refused(_("Trends are grouped by desk, commodity or country."))
    site.demand(Part.TRENDS)
    since, until = span_of_weeks(site)
    activity = site.memory.get(
        ("activity", by, until),
        lambda: activity_of(site.ledger, by=By(by), since=since, until=until, every=Every.WEEK),
    )
    covered = {d.value for d in site.desks}
    groups = [g for g in activity.groups if by != By.DESK or g.group in covered]
    drawn = Picture(path=f"/trends/chart/{by}.svg", alt="") if can_draw() and groups else None
    return render(
        site,
        ask,
        "trends.html.j2",
        heading=_("Trends"),
        summary=_("How much is told by desk, commodity and country, and prices out of the usual."),
        by=by,
        groupings=[b.value for b in By],
        since=since,
        until=until,
        activity=activity,
        rows=[(_path(by, g.group), group_name(By(by), g.group), g) for g in groups[:_ROWS]],
        rest=max(0, len(groups) - _ROWS),
        most=max((c for g in groups for c in g.counts), default=1) or 1,
        told=drawn,
        unusual=site.memory.get(("unusual", site.reach.tier), lambda: _unusual(site)),
    )


def _path(by: str, group: str) -> str:
    if by == By.DESK and group not in {d.value for d in load_desks()}:
        return ""
    return f"/{by}/{group}"


def _unusual(site: Site) -> list[tuple[PriceSeries, Anomaly]]:
    """The latest unusual months of all series, each with the events of its time."""
    found = [
        (series, anomaly)
        for series in price_series(site.root)
        for anomaly in _search(series.id, site.root)
    ]
    found.sort(key=lambda f: (f[1].period, abs(f[1].z)), reverse=True)
    return [(series, _with_events(site, series, a)) for series, a in found[:_UNUSUAL]]


@functools.lru_cache(maxsize=512)
def _search(series: str, desk: Path | None) -> tuple[Anomaly, ...]:
    points = prices_of(series, desk)
    recent = {p.period for p in points[-_MONTHS:]}
    return tuple(a for a in find_anomalies(points).anomalies if a.period in recent)


def _with_events(site: Site, series: PriceSeries, anomaly: Anomaly) -> Anomaly:
    points = [p for p in prices_of(series.id, site.root) if p.period == anomaly.period]
    told = dated_events(site.ledger, series.commodity, points)
    within = tuple(
        sorted(
            (e for e in told if anomaly.since <= e.day <= anomaly.until and site.reads(e.day)),
            key=lambda e: (e.day, e.event),
        )
    )
    return replace(anomaly, events=within, explanation=explain_events(within))
