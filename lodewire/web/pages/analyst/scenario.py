"""The scenario lab: a form, every measure before and after, what moves it, what is refused and why.

The address is the whole scenario; an event's own proposal fills the form in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from lodewire.analytics.scenario.proposal import Proposal
from lodewire.analytics.scenario.proposing import propose
from lodewire.errors import LodewireError, QueryError
from lodewire.model.tier import Part
from lodewire.ontology.commodities import load_commodities
from lodewire.publish.sentences import tell_event
from lodewire.web.drawing import can_draw, draw
from lodewire.web.languages import _
from lodewire.web.pages.analyst.common import (
    demand_tools,
    kept_lines,
    tabs,
    told_words,
    tool_page,
)
from lodewire.web.pages.event import told_event
from lodewire.web.site import Ask, Missing, Page, Refused, Site, led_to
from lodewire.workbench.market.chart_files import tornado_told
from lodewire.workbench.scenario.asked_words import OPEN, asked_of_fields, draft_line
from lodewire.workbench.scenario.kinds import KINDS
from lodewire.workbench.scenario.outcome_words import (
    band_lines,
    change_words,
    chosen_effect,
    effect_cells,
    input_words,
    note_lines,
    number,
    source_lines,
)
from lodewire.workbench.scenario.plain_values import to_json
from lodewire.workbench.scenario.scenario_events import subject_of
from lodewire.workbench.scenario.scenarios import Ran, run_asked, stages_of

PATH = "/lab/scenario"
FIELDS = (
    "event", "commodity", "stage", "year", *KINDS, "country", "partner", "world", "balance", "eu",
    "on", "draws", "seed", "tornado",
)  # fmt: skip
DRAWS = ("0", "2000", "10000")
_LONGEST = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What an event proposes, and the fields that it fills in."""

    proposal: Proposal
    sentence: str
    fields: Mapping[str, str]


def scenario(site: Site, ask: Ask) -> Page:
    """The form, with the outcome of what it holds."""
    _demand(site)
    if "" in ask.query.values():
        return led_to(_path(ask.query))
    proposed = _proposed(site, ask.query.get("event", ""))
    told = dict(ask.query)
    if proposed is not None and "commodity" not in told:
        told = {**proposed.fields, **told}
    ran, problem = None, ""
    if told.get("commodity"):
        try:
            ran = _ran(site, told)
        except LodewireError as error:
            problem = told_words(error)
    shown = ran is not None or not problem
    return tool_page(
        site,
        ask,
        "analyst/scenario.html.j2",
        heading=_("Scenario lab"),
        path=PATH,
        # A proposal with open questions is no wrong question.
        status=200 if shown or "commodity" not in ask.query else 400,
        problem=problem,
        tabs=tabs(),
        told=told,
        proposed=proposed,
        open_mark=OPEN,
        kinds=KINDS,
        lines=kept_lines,
        draws=DRAWS,
        commodities=_commodities(site),
        stages=stages_of(told.get("commodity", ""), site.figures),
        outcome=_shown(ran, told) if ran is not None else None,
        address=_path(told),
        picture=_path(told, "/tornado.svg") if can_draw() else "",
    )


def _demand(site: Site) -> None:
    demand_tools(site)
    site.demand(Part.EXPOSURE)


def _path(told: Mapping[str, str], ending: str = "") -> str:
    query = urlencode([(name, told[name]) for name in FIELDS if told.get(name)])
    return f"{PATH}{ending}?{query}" if query else PATH + ending


def _proposed(site: Site, event: str) -> Proposed | None:
    if not event:
        return None
    found = told_event(site, event)
    site.demand_day(found)
    proposal = propose(found)
    fields: dict[str, str] = {"event": str(found.id)}
    try:
        commodity, stage = subject_of(proposal, store=site.figures)
        fields |= {"commodity": commodity, "stage": stage}
    except LodewireError:
        pass  # the event names no material: the reader chooses one
    for draft in proposal.drafts:
        line = draft_line(draft)
        fields[draft.kind] = f"{fields[draft.kind]}\n{line}" if draft.kind in fields else line
    return Proposed(proposal=proposal, sentence=tell_event(found), fields=fields)


def _commodities(site: Site) -> list[tuple[str, str]]:
    """Commodities that have supply by country, by name."""

    def made() -> list[tuple[str, str]]:
        known = load_commodities()
        found = {f.commodity for f in site.figures.all if f.commodity in known}
        named = [(id_, known[id_].name) for id_ in found if stages_of(id_, site.figures)]
        return sorted(named, key=lambda pair: pair[1].casefold())

    return site.memory.get(("lab commodities",), made)


def _ran(site: Site, told: Mapping[str, str]) -> Ran:
    """The outcome, kept for a minute: the page and its picture are of one run."""
    if any(len(told.get(name, "")) > _LONGEST for name in FIELDS):
        raise QueryError("a field of this scenario is too long", hint="Leave some changes out.")
    asked = asked_of_fields(told)
    draws, seed = told.get("draws", DRAWS[-1]), told.get("seed", "1")
    if draws not in DRAWS or not (seed.isascii() and seed.isdigit() and len(seed) <= 9):
        raise QueryError(
            "draws and seed are numbers of the list",
            hint=f"Draws are {', '.join(DRAWS)}; a seed has up to nine digits.",
        )
    today = site.clock().date()

    def run() -> Ran:
        return run_asked(asked, today=today, draws=int(draws), seed=int(seed), store=site.figures)

    plain = {k: v for k, v in told.items() if k not in ("event", "tornado")}
    return site.memory.get(("scenario", _path(plain), today), run)


def _shown(ran: Ran, told: Mapping[str, str]) -> dict[str, Any]:
    outcome = ran.outcome
    swinging = [e for e in outcome.effects if e.swings]
    names = {e.name for e in swinging}
    wanted = told.get("tornado", "")
    effect = chosen_effect(outcome, wanted if wanted in names else None)
    return {
        "on": outcome.on,
        "active": [change_words(c) for c in outcome.active],
        "waiting": [change_words(c) for c in outcome.waiting],
        "rows": [effect_cells(e) for e in outcome.effects],
        "bands": list(band_lines(outcome.effects)),
        "notes": note_lines(outcome),
        "missing": ran.missing,
        "sources": list(source_lines(ran)),
        "measures": [(e.name, e.label) for e in swinging],
        "tornado": None
        if effect is None or not effect.swings
        else {
            "name": effect.name,
            "label": effect.label,
            "rows": [
                (
                    s.label,
                    input_words(s.low_input, s),
                    number(effect, s.at_low),
                    input_words(s.high_input, s),
                    number(effect, s.at_high),
                    s.stated,
                )
                for s in effect.swings
            ],
        },
    }


def tornado(site: Site, ask: Ask) -> Page:
    """The picture of what moves one measure."""
    _demand(site)
    if not can_draw():
        raise Missing(_("Pictures are not drawn here."), _("The page shows the figures as tables."))
    try:
        ran = _ran(site, ask.query)
        effect = chosen_effect(ran.outcome, ask.query.get("tornado") or None)
        chart = tornado_told(to_json(ran), measure=effect.name if effect else "")
    except LodewireError as error:
        raise Refused(told_words(error)) from error
    return Page(body=draw(chart), media="image/svg+xml", private=True)
