"""The draft of a day's brief: order, holds, sentences of the editor's own, and publishing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from lodewire.config.desk import DeskConfig
from lodewire.errors import LodewireError
from lodewire.model.brief import Brief
from lodewire.model.ids import BriefId, EventId
from lodewire.publish.words import correction_words
from lodewire.web.door import now_utc
from lodewire.web.languages import _
from lodewire.web.pages.editor.gate import demand_editor, editor_of, editor_page, hint_of
from lodewire.web.pages.event import EVENT_ID
from lodewire.web.site import Ask, Page, Refused, Site, led_to, parse_day
from lodewire.workbench.briefing import publishing
from lodewire.workbench.briefing.publishing import Draft, asked_of, draft_of
from lodewire.workbench.briefing.rewriting import LONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A sentence that was not taken: the text as written, why, or what is asked about it."""

    event: EventId
    text: str
    problem: str = ""
    hint: str = ""
    questions: tuple[str, ...] = ()
    confirms: str = ""


def draft(site: Site, ask: Ask) -> Page:
    """The draft of a day, beside what readers see."""
    desk = demand_editor(site, ask)
    return _page(site, ask, desk, ask.day("day") or _latest(site))


def _latest(site: Site) -> date:
    """The latest day that has something to tell."""
    found = site.ledger.search("", limit=1)
    return found[0].day if found else site.clock().date()


def _page(
    site: Site,
    ask: Ask,
    desk: DeskConfig,
    day: date,
    *,
    attempt: Attempt | None = None,
    status: int = 200,
    problem: str = "",
    hint: str = "",
) -> Page:
    found: Draft | None = None
    try:
        found = draft_of(site.ledger, desk, day, now=now_utc())
    except LodewireError as error:
        # A sentence that cannot be proved stops the brief; the editor sees which.
        status, problem, hint = 409, error.message, hint_of(error)
    published = found.published if found is not None else site.ledger.briefs.get(day)
    return editor_page(
        site,
        ask,
        "brief.html.j2",
        status=status,
        problem=problem,
        hint=hint,
        heading=_("Brief"),
        path="/editor/brief",
        day=day,
        earlier=day - timedelta(days=1),
        later=day + timedelta(days=1),
        draft=found,
        published=published,
        notices=_notices(site, published),
        automatic=desk.brief.publishing == "automatic",
        attempt=attempt,
        longest=LONGEST,
    )


def _notices(site: Site, published: Brief | None) -> list[str]:
    """The corrections that readers see on the published brief."""
    if published is None:
        return []
    shown = site.joined.notices(published)
    notes = [*shown.corrections]
    notes += [n for s in shown.sections for e in s.entries for n in e.corrections]
    return correction_words(notes)


Step = Callable[[Site, DeskConfig, Ask, date, EventId], None]


def _held(site: Site, desk: DeskConfig, ask: Ask, day: date, event: EventId) -> None:
    publishing.hold(site.ledger, day, event, editor_of(site, ask))


def _released(site: Site, desk: DeskConfig, ask: Ask, day: date, event: EventId) -> None:
    publishing.release(site.ledger, day, event, editor_of(site, ask))


def _restored(site: Site, desk: DeskConfig, ask: Ask, day: date, event: EventId) -> None:
    publishing.restore(site.ledger, day, event, editor_of(site, ask))


def _led(site: Site, desk: DeskConfig, ask: Ask, day: date, event: EventId) -> None:
    found = draft_of(site.ledger, desk, day, now=now_utc())
    publishing.lead(site.ledger, found, event, editor_of(site, ask))


def _moved(steps: int) -> Step:
    def move(site: Site, desk: DeskConfig, ask: Ask, day: date, event: EventId) -> None:
        found = draft_of(site.ledger, desk, day, now=now_utc())
        publishing.move(site.ledger, found, event, steps, editor_of(site, ask))

    return move


def _act(step: Step) -> Callable[[Site, Ask], Page]:
    def act(site: Site, ask: Ask) -> Page:
        desk = demand_editor(site, ask)
        day, event = _day_of(ask), _event_of(ask)
        try:
            step(site, desk, ask, day, event)
        except LodewireError as error:
            return _refused(site, ask, desk, day, error)
        return led_to(f"/editor/brief?day={day.isoformat()}#{event}")

    return act


def rewrite(site: Site, ask: Ask) -> Page:
    """Take the editor's sentence if it is proved; say what is wrong with it, or ask."""
    desk = demand_editor(site, ask)
    day, event = _day_of(ask), _event_of(ask)
    text = ask.form.get("text", "")
    confirmed = ask.form.get("confirms", "") if ask.form.get("sure") else ""
    editor = editor_of(site, ask)
    try:
        told = publishing.rewrite(site.ledger, desk, day, event, text, editor, confirmed=confirmed)
    except LodewireError as error:
        attempt = Attempt(event=event, text=text, problem=error.message, hint=hint_of(error))
        return _page(site, ask, desk, day, attempt=attempt, status=400)
    if told.questions:
        attempt = Attempt(event=event, text=text, questions=told.questions, confirms=asked_of(told))
        return _page(site, ask, desk, day, attempt=attempt)
    return led_to(f"/editor/brief?day={day.isoformat()}#{event}")


def publish(site: Site, ask: Ask) -> Page:
    """Publish the draft that was looked at."""
    desk = demand_editor(site, ask)
    day = _day_of(ask)
    seen = BriefId(ask.form.get("seen", ""))
    try:
        publishing.publish(site.ledger, desk, day, editor_of(site, ask), seen=seen)
    except LodewireError as error:
        return _refused(site, ask, desk, day, error)
    return led_to(f"/editor/brief?day={day.isoformat()}")


def _refused(site: Site, ask: Ask, desk: DeskConfig, day: date, error: LodewireError) -> Page:
    return _page(site, ask, desk, day, status=409, problem=error.message, hint=hint_of(error))


def _day_of(ask: Ask) -> date:
    return parse_day(ask.form.get("day", ""))


def _event_of(ask: Ask) -> EventId:
    told = ask.form.get("event", "")
    if not EVENT_ID.fullmatch(told):
        raise Refused(_("There is no such insight."))
    return EventId(told)


ACTS: dict[str, Callable[[Site, Ask], Page]] = {
    "hold": _act(_held),
    "release": _act(_released),
    "restore": _act(_restored),
    "lead": _act(_led),
    "up": _act(_moved(-1)),
    "down": _act(_moved(1)),
    "rewrite": rewrite,
    "publish": publish,
}
