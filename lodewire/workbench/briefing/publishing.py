"""The draft of a day's brief, what an editor does to it, and its publication.

Every act is one transaction with its line in the audit log. What is published is the draft as it
was looked at; a crash leaves the brief before or the brief after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from lodewire.config.desk import DeskConfig
from lodewire.errors import PublishError
from lodewire.ledger.binding import anchor_of
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, BriefEntry, DeskSection
from lodewire.model.edition import AnchoredText, BriefEdit, EditKind
from lodewire.model.event import Event
from lodewire.model.ids import BriefId, EventId, content_id
from lodewire.model.vocabulary import Desk
from lodewire.publish.sentences import compose_sentence, tell_event
from lodewire.workbench.audit import note_act
from lodewire.workbench.briefing.composing import Composed, composed
from lodewire.workbench.briefing.correcting import with_notices
from lodewire.workbench.briefing.editions import anchored
from lodewire.workbench.briefing.rewriting import Wording, check_wording
from lodewire.workbench.review.editing import Editor


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The brief as it would be published now, beside the one that readers see.

    ``held`` are the insights held, each with its sentence; ``rewritten`` the composed sentence of
    each that an editor wrote anew; ``lapsed`` why an editor's sentence stands no more.
    """

    brief: Brief
    published: Brief | None
    held: tuple[tuple[EventId, str], ...]
    rewritten: Mapping[EventId, str]
    lapsed: Mapping[EventId, str]
    lead: tuple[EventId, ...]

    @property
    def is_published(self) -> bool:
        """Whether readers see just this."""
        return self.published is not None and self.published.id == self.brief.id

    def entry(self, event_id: EventId) -> BriefEntry | None:
        """Return the entry of an insight, None where the draft does not tell it."""
        return next(
            (e for s in self.brief.sections for e in s.entries if e.event_id == event_id), None
        )


def draft_of(ledger: Ledger, desk: DeskConfig, day: date, *, now: datetime) -> Draft:
    """Return the draft of a day. Raises as composing does where a sentence cannot be proved."""
    with ledger.snapshot():
        found = composed(ledger, desk, day, now=now)
        published = ledger.briefs.get(day)
    events = {e.id: e for e in found.events}
    edition = found.edited.edition
    return Draft(
        brief=found.brief,
        published=published,
        held=tuple((id_, tell_event(events[id_])) for id_ in sorted(edition.held)),
        rewritten={id_: tell_event(events[id_]) for id_ in edition.sentences},
        lapsed=found.edited.lapsed,
        lead=edition.lead,
    )


def hold(ledger: Ledger, day: date, event_id: EventId, editor: Editor) -> None:
    """Leave an insight out of the brief of a day, until it is released."""
    _edit(ledger, day, EditKind.HOLD, editor, _event(ledger, event_id))


def release(ledger: Ledger, day: date, event_id: EventId, editor: Editor) -> None:
    """Let an insight that was held be told again."""
    _edit(ledger, day, EditKind.RELEASE, editor, _event(ledger, event_id))


def restore(ledger: Ledger, day: date, event_id: EventId, editor: Editor) -> None:
    """Put the composed sentence back in the place of an editor's."""
    _edit(ledger, day, EditKind.RESTORE, editor, _event(ledger, event_id))


def move(ledger: Ledger, draft: Draft, event_id: EventId, steps: int, editor: Editor) -> None:
    """Move an insight on its desk, up for negative ``steps``; it stops at the ends."""
    section = _section(draft, event_id)
    order = [e.event_id for e in section.entries]
    at = order.index(event_id)
    order.insert(max(0, at + steps), order.pop(at))
    _order(ledger, draft.brief.day, section.desk, order, editor, event_id)


def lead(ledger: Ledger, draft: Draft, event_id: EventId, editor: Editor) -> None:
    """Let an insight lead the brief; one that leads it already leads no more."""
    _section(draft, event_id)
    rest = [id_ for id_ in draft.lead if id_ != event_id]
    leads = draft.lead[:1] == (event_id,)
    order = rest if leads else [event_id, *rest]
    _order(ledger, draft.brief.day, None, order, editor, event_id)


def asked_of(wording: Wording) -> str:
    """Return what a person confirms when they say yes to the questions about just this sentence."""
    return content_id("aw", wording.sentence.text, *wording.questions)


def rewrite(
    ledger: Ledger,
    desk: DeskConfig,
    day: date,
    event_id: EventId,
    text: str,
    editor: Editor,
    *,
    confirmed: str = "",
) -> Wording:
    """Put an editor's sentence in the place of the composed one, when it is proved.

    Where the wording has questions it is kept only when ``confirmed`` is what :func:`asked_of`
    returns for them. Raises UnsupportedClaim with the reason where a name or number is not backed.
    """
    found = composed(ledger, desk, day, now=editor.at)
    event, entry = _told(found, event_id)
    before = compose_sentence(event)
    texts = " ".join(d.text for d in ledger.documents.get_all(event.document_ids))
    wording = check_wording(event, entry, before, text, texts)
    if wording.questions and confirmed != asked_of(wording):
        return wording
    told = anchored(ledger, event, wording.sentence)
    _edit(ledger, day, EditKind.REWRITE, editor, event, told=told, detail=wording.sentence.text)
    return replace(wording, questions=())


def _told(found: Composed, event_id: EventId) -> tuple[Event, BriefEntry]:
    for section in found.brief.sections:
        for entry in section.entries:
            if entry.event_id == event_id:
                return next(e for e in found.events if e.id == event_id), entry
    raise _gone(event_id)


def publish(
    ledger: Ledger,
    desk: DeskConfig,
    day: date,
    editor: Editor,
    *,
    seen: BriefId | None = None,
) -> Brief:
    """Publish the draft of a day: from now on site, feeds, API and mails show it.

    ``seen`` is the draft that the editor looked at; raises PublishError where it became another
    meanwhile, and as composing does where a sentence cannot be proved: then nothing changes.
    """

    def step() -> Brief:
        with ledger.transaction():
            before = ledger.briefs.get(day)
            at = editor.at
            if before is not None:
                # A clock that went back must not publish behind what readers see.
                at = max(at, before.composed_at + timedelta(microseconds=1))
            brief = composed(ledger, desk, day, now=at).brief
            if seen is not None and seen != brief.id:
                raise PublishError(
                    "the draft is another than the one that was looked at",
                    hint="something was read or decided meanwhile: look at it again",
                )
            ledger.briefs.add(brief)
            entries = sum(len(s.entries) for s in brief.sections)
            note_act(ledger, editor, "brief publish", brief.id, f"{day}, {entries} insights")
        return brief

    return with_notices(ledger, ledger.again(step))


def _made(day: date, kind: EditKind, editor: Editor, **told: Any) -> BriefEdit:
    return BriefEdit(
        day=day, kind=kind, author=editor.author, at=editor.at, reason=editor.reason, **told
    )


def _event(ledger: Ledger, event_id: EventId) -> Event:
    found = ledger.events.get_all([ledger.events.current(event_id)])
    if not found:
        raise _gone(event_id)
    return found[0]


def _section(draft: Draft, event_id: EventId) -> DeskSection:
    for section in draft.brief.sections:
        if any(e.event_id == event_id for e in section.entries):
            return section
    raise _gone(event_id)


def _gone(event_id: EventId) -> PublishError:
    return PublishError(
        f"the draft does not tell {event_id}", hint="it was held, withdrawn or joined meanwhile"
    )


def _order(
    ledger: Ledger,
    day: date,
    desk: Desk | None,
    order: Sequence[EventId],
    editor: Editor,
    moved: EventId,
) -> None:
    about = tuple(anchor_of(ledger.events.mentions(id_)[0].mention) for id_ in order)
    where = desk.value if desk is not None else "lead"
    edit = _made(day, EditKind.ORDER, editor, about=about, desk=desk)
    _keep(ledger, edit, editor, moved, where)


def _edit(
    ledger: Ledger,
    day: date,
    kind: EditKind,
    editor: Editor,
    event: Event,
    *,
    told: tuple[AnchoredText, ...] = (),
    detail: str = "",
) -> None:
    about = tuple(anchor_of(t.mention) for t in ledger.events.mentions(event.id))
    edit = _made(day, kind, editor, about=about, told=told)
    _keep(ledger, edit, editor, event.id, detail)


def _keep(ledger: Ledger, edit: BriefEdit, editor: Editor, subject: str, detail: str) -> None:
    with ledger.transaction():
        before = ledger.editions.of_day(edit.day)
        if before and edit.at <= before[-1].at:
            edit = replace(edit, at=before[-1].at + timedelta(microseconds=1))
        ledger.editions.add(edit)
        told = f"{edit.day}, {detail}" if detail else edit.day.isoformat()
        note_act(ledger, editor, f"brief {edit.kind.value}", subject, told)
