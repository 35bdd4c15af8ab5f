"""The queue of what is unsure, each proposal beside the words it was read from; and deciding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lodewire.errors import LodewireError
from lodewire.ledger.store import Ledger
from lodewire.model.ids import StatementId
from lodewire.model.vocabulary import Action, EventType
from lodewire.publish.sentences import tell_event
from lodewire.publish.wording import print_statement
from lodewire.web.languages import _
from lodewire.web.pages.editor.gate import (
    back_of,
    demand_editor,
    editor_of,
    editor_page,
    hint_of,
)
from lodewire.web.pages.editor.marking import MarkedText, marked_text
from lodewire.web.pages.event import EVENT_ID
from lodewire.web.site import Ask, Missing, Page, Refused, Site, led_to
from lodewire.workbench.review import acts
from lodewire.workbench.review.acts import Done
from lodewire.workbench.review.editing import Editor
from lodewire.workbench.review.review_view import ReviewView, Telling, view_of
from lodewire.workbench.review.reviewing import Doubt, QueueEntry, queue_days, review_queue

PER_PAGE = 10
LONGEST = 92
"""Days of the queue shown at once."""
_QUEUE = "/editor/review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry of the queue with the first telling of it."""

    entry: QueueEntry
    telling: Telling
    more: int


def entrance(site: Site, ask: Ask) -> Page:
    """The desk begins with the queue."""
    demand_editor(site, ask)
    return led_to(_QUEUE)


def queue(site: Site, ask: Ask) -> Page:
    """What waits for an editor, the most important first."""
    return _queue_page(site, ask)


def _queue_page(
    site: Site, ask: Ask, *, status: int = 200, problem: str = "", hint: str = ""
) -> Page:
    demand_editor(site, ask)
    why = _chosen(ask, "why", [d.value for d in Doubt])
    type_ = _chosen(ask, "type", [t.value for t in EventType])
    days = queue_days(site.ledger, ask.day("since"), ask.day("until"))
    found: tuple[QueueEntry, ...] = ()
    if days is not None and (days[1] - days[0]).days >= LONGEST:
        raise Refused(_("The queue shows %(n)s days at most.") % {"n": LONGEST})
    if days is not None:
        found = review_queue(
            site.ledger,
            *days,
            publishers=site.publishers,
            doubts=[Doubt(why)] if why else (),
            types=[EventType(type_)] if type_ else (),
        )
    page = ask.page()
    start = (page - 1) * PER_PAGE
    return editor_page(
        site,
        ask,
        "queue.html.j2",
        status=status,
        problem=problem,
        hint=hint,
        heading=_("Review"),
        path=_QUEUE,
        days=days,
        count=len(found),
        proposals=[_proposal(site.ledger, e) for e in found[start : start + PER_PAGE]],
        page=page,
        more=len(found) > start + PER_PAGE,
        doubts=list(Doubt),
        types=list(EventType),
        why=why,
        type=type_,
        tell_event=tell_event,
    )


def _chosen(ask: Ask, name: str, allowed: list[str]) -> str:
    told = ask.query.get(name, "")
    if told and told not in allowed:
        raise Refused(_("There is no such choice."))
    return told


def _proposal(ledger: Ledger, entry: QueueEntry) -> Proposal:
    view = view_of(ledger, entry.event.id, near=False)
    return Proposal(entry=entry, telling=view.tellings[0], more=len(view.tellings) - 1)


def case(site: Site, ask: Ask) -> Page:
    """One event to decide on: what was read, beside the whole text it was read from."""
    return _case_page(site, ask, ask.parts["event"])


def _case_page(
    site: Site, ask: Ask, event: str, *, status: int = 200, problem: str = "", hint: str = ""
) -> Page:
    demand_editor(site, ask)
    view = _view(site, event)
    texts: dict[str, MarkedText] = {t.told.mention.id: marked_text(t) for t in view.tellings}
    return editor_page(
        site,
        ask,
        "case.html.j2",
        status=status,
        problem=problem,
        hint=hint,
        heading=view.sentence,
        path=f"{_QUEUE}/{view.event_id}",
        view=view,
        texts=texts,
        tell_event=tell_event,
        print_statement=print_statement,
        published=_published(site, view),
    )


def _view(site: Site, event: str) -> ReviewView:
    if EVENT_ID.fullmatch(event):
        try:
            return view_of(site.ledger, event)
        except LodewireError:
            pass
    raise Missing(_("There is no such event on this desk."), _("Look for it in the queue."))


def _published(site: Site, view: ReviewView) -> list[str]:
    """The days whose published briefs print or quote a statement of the event, the latest first."""
    ids = [StatementId(s.id) for t in view.tellings for s in t.statements]
    return sorted({b.day.isoformat() for b in site.ledger.briefs.citing(ids)}, reverse=True)


Step = Callable[[Ledger, Ask, Editor], Done]


def _judged(action: Action) -> Step:
    return lambda ledger, ask, editor: acts.judge(ledger, action, [_field(ask, "ref")], editor)


def _edited(ledger: Ledger, ask: Ask, editor: Editor) -> Done:
    return acts.edit(
        ledger,
        _field(ask, "ref"),
        _field(ask, "value"),
        editor,
        unit=ask.form.get("unit", "").strip() or None,
        everywhere=bool(ask.form.get("same")),
    )


def _chosen_value(ledger: Ledger, ask: Ask, editor: Editor) -> Done:
    return acts.choose(ledger, _field(ask, "ref"), editor)


def _merged(ledger: Ledger, ask: Ask, editor: Editor) -> Done:
    return acts.merge(ledger, [_field(ask, "ref"), _field(ask, "other")], editor)


def _split(ledger: Ledger, ask: Ask, editor: Editor) -> Done:
    return acts.split(ledger, _field(ask, "ref"), [_field(ask, "other")], editor)


def _undone(ledger: Ledger, ask: Ask, editor: Editor) -> Done:
    return acts.undo(ledger, _field(ask, "ref"), editor)


def _field(ask: Ask, name: str) -> str:
    told = ask.form.get(name, "").strip()
    if not told:
        raise Refused(_("Something is missing in this form."))
    return told


def _act(step: Step) -> Callable[[Site, Ask], Page]:
    def act(site: Site, ask: Ask) -> Page:
        demand_editor(site, ask)
        back = back_of(ask, _QUEUE)
        try:
            done = step(site.ledger, ask, editor_of(site, ask))
        except LodewireError as error:
            return _refused(site, ask, back, error)
        return led_to(_after(site.ledger, back, done))

    return act


def _after(ledger: Ledger, back: str, done: Done) -> str:
    """Where the editor goes on; an event that a merge ended leads to the one it went into."""
    if not back.startswith(f"{_QUEUE}/"):
        return back
    found = done.events(ledger)
    here = back.removeprefix(f"{_QUEUE}/")
    return back if here in found or not found else f"{_QUEUE}/{found[0]}"


def _refused(site: Site, ask: Ask, back: str, error: LodewireError) -> Page:
    """The page that the form stood on, with what was wrong."""
    told = {"status": 400, "problem": error.message, "hint": hint_of(error)}
    event = back.removeprefix(f"{_QUEUE}/")
    if event != back and EVENT_ID.fullmatch(event):
        return _case_page(site, ask, event, **told)  # type: ignore[arg-type]
    return _queue_page(site, ask, **told)  # type: ignore[arg-type]


ACTS = {
    "accept": _act(_judged(Action.ACCEPT)),
    "reject": _act(_judged(Action.REJECT)),
    "retract": _act(_judged(Action.RETRACT)),
    "edit": _act(_edited),
    "choose": _act(_chosen_value),
    "merge": _act(_merged),
    "split": _act(_split),
    "undo": _act(_undone),
}
