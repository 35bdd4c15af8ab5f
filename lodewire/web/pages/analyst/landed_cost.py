"""The landed-cost calculator: a waterfall, two days side by side, any unit and currency.

The address is the whole calculation; a measure's event fills in what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from lodewire.analytics.landed_cost import changes
from lodewire.errors import LodewireError, MeasureError
from lodewire.model.cost import CostChange, CostStep, DutyFinding, Incoterm
from lodewire.model.tier import Part
from lodewire.publish.sentences import tell_event
from lodewire.reference.duty_goods import load_goods
from lodewire.web.drawing import can_draw, draw
from lodewire.web.languages import _
from lodewire.web.pages.analyst.common import demand_tools, tabs, told_words, tool_page
from lodewire.web.pages.event import told_event
from lodewire.web.site import Ask, Missing, Page, Refused, Site, led_to
from lodewire.workbench.market.chart_files import waterfall_told
from lodewire.workbench.market.cost_values import story_json, to_json, turned
from lodewire.workbench.market.cost_words import (
    FIELDS,
    day_of,
    fields_of_event,
    read_amount,
    request_of_fields,
)
from lodewire.workbench.market.costing import (
    CostOfDay,
    CostRequest,
    CostStory,
    cost_change,
    cost_of_day,
    premium_reading,
)

PATH = "/lab/landed-cost"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A calculation in the unit that is asked for: of one day, or of two with what moved."""

    found: CostOfDay
    unit: str
    steps: tuple[CostStep, ...]
    total: Decimal
    notes: tuple[str, ...]
    story: CostStory | None
    moved: tuple[CostChange, ...]
    reading: Mapping[str, Decimal]
    told: Mapping[str, Any]

    @property
    def applying(self) -> tuple[DutyFinding, ...]:
        """The measures that apply on the (later) day."""
        return tuple(f for f in self.found.findings if f.applies)

    @property
    def others(self) -> tuple[DutyFinding, ...]:
        """Those that were looked at and do not."""
        return tuple(f for f in self.found.findings if not f.applies)


def landed_cost(site: Site, ask: Ask) -> Page:
    """The form, with the cost that it asks for."""
    _demand(site)
    if "" in ask.query.values():
        return led_to(_path(ask.query))
    told, sentence = _told(site, ask)
    reckoned, problem = None, ""
    if told.get("commodity") or told.get("price"):
        try:
            reckoned = _reckoned(site, told)
        except LodewireError as error:
            problem = told_words(error)
    fails = bool(problem) and not (told.keys() - ask.query.keys())
    return tool_page(
        site,
        ask,
        "analyst/landed_cost.html.j2",
        heading=_("Landed cost"),
        path=PATH,
        status=400 if fails else 200,
        problem=problem,
        tabs=tabs(),
        told=told,
        sentence=sentence,
        goods=_goods(),
        importers=sorted({g.importer for g in load_goods()}),
        incoterms=[i.value for i in Incoterm],
        cost=reckoned,
        address=_path(told),
        picture=_path(told, "/waterfall.svg") if can_draw() else "",
    )


def _demand(site: Site) -> None:
    demand_tools(site)
    site.demand(Part.EXPOSURE)


def _path(told: Mapping[str, str], ending: str = "") -> str:
    query = urlencode([(name, told[name]) for name in ("event", *FIELDS) if told.get(name)])
    return f"{PATH}{ending}?{query}" if query else PATH + ending


def _told(site: Site, ask: Ask) -> tuple[dict[str, str], str]:
    """The fields of the address, those of its event beneath them, and the event's sentence."""
    event = ask.query.get("event", "")
    if not event:
        return dict(ask.query), ""
    found = told_event(site, event)
    site.demand_day(found)
    # Whoever set days or goods by themselves keeps them: the event fills in an empty form alone.
    filled = fields_of_event(found) if ask.query.keys() == {"event"} else {}
    return {**filled, **ask.query, "event": str(found.id)}, tell_event(found)


def _goods() -> list[str]:
    return sorted({g.commodity for g in load_goods()})


def _reckoned(site: Site, told: Mapping[str, str]) -> Reckoned:
    """The calculation, kept for a minute: the page and its picture are of one."""
    plain = {k: v for k, v in told.items() if k != "event"}
    key = ("landed cost", _path(plain), site.clock().date())
    return site.memory.get(key, lambda: _reckon(site, told))


def _reckon(site: Site, told: Mapping[str, str]) -> Reckoned:
    if any(len(told.get(name, "")) > _LONGEST for name in FIELDS):
        raise MeasureError("a field of this calculation is too long", hint="write less in it")
    request = request_of_fields(told)
    unit = told.get("to", "").strip() or request.unit
    before, after = day_of(told, "before"), day_of(told, "after")
    if (before is None) != (after is None):
        raise MeasureError("a comparison needs two days", hint="give both before and after")
    if before is not None and after is not None:
        return _of_two_days(site, request, unit, before, after)
    day = day_of(told, "day") or site.clock().date()
    found = cost_of_day(request, day, desk=site.root)
    observed = told.get("observed", "").strip()
    reading: Mapping[str, Decimal] = {}
    if observed:
        reading = premium_reading(request, found, read_amount(observed), site.root)
    cost = turned(found, unit, site.root)
    return Reckoned(
        found=found,
        unit=unit,
        steps=cost.steps,
        total=cost.total,
        notes=(*found.notes, *cost.notes),
        story=None,
        moved=(),
        reading=reading,
        told=to_json(found, cost),
    )


def _of_two_days(
    site: Site, request: CostRequest, unit: str, before: date, after: date
) -> Reckoned:
    story = cost_change(request, before, after, desk=site.root)
    old, new = turned(story.before, unit, site.root), turned(story.after, unit, site.root)
    return Reckoned(
        found=story.after,
        unit=unit,
        steps=new.steps,
        total=new.total,
        notes=(*story.after.notes, *new.notes),
        story=story,
        moved=changes(old, new),
        reading={},
        told=story_json(story, unit, site.root),
    )


def waterfall(site: Site, ask: Ask) -> Page:
    """The picture of the steps, before and after where two days are asked for."""
    _demand(site)
    if not can_draw():
        raise Missing(_("Pictures are not drawn here."), _("The page shows the figures as tables."))
    try:
        chart = waterfall_told(_reckoned(site, ask.query).told)
    except LodewireError as error:
        raise Refused(told_words(error)) from error
    return Page(body=draw(chart), media="image/svg+xml", private=True)
