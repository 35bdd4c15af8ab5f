"""What a post tells, composed when it goes out: as things stand then, for who reads it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from lodewire.config.desk import DeskConfig
from lodewire.delivery.channels.notice import Line, Notice
from lodewire.ledger.store import Ledger
from lodewire.model.alert import Endpoint, Firing, Post, PostKind, Rule
from lodewire.model.brief import Brief
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.model.tier import Part, Reach
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.brief import is_told
from lodewire.publish.letter import within
from lodewire.publish.page import safe_url
from lodewire.publish.sentences import tell_event
from lodewire.publish.shown import shown_brief
from lodewire.publish.words import SAMPLE_NOTICE, correction_words, day_words
from lodewire.workbench.alerts.owners import alert_reach, channel_reach
from lodewire.workbench.briefing.composing import publishers_in
from lodewire.workbench.briefing.correcting import with_notices

# Reading the definitions takes longer than all the rest of a post.
_publishers = lru_cache(maxsize=4)(publishers_in)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing is told, and why."""

    reason: str


def notice_of(
    ledger: Ledger, desk: DeskConfig, post: Post, endpoint: Endpoint, *, now: datetime
) -> Notice | Quiet:
    """Return what a post tells its endpoint; Quiet where its reader may see none of it any more."""
    if post.kind is PostKind.NOTICE:
        return _switched_off(desk, post, endpoint)
    reach = channel_reach(desk, ledger, endpoint, now=now)
    if reach is None:
        return Quiet("the account is gone or locked")
    if post.kind is PostKind.BRIEF:
        brief = ledger.briefs.get(date.fromisoformat(post.about))
        if brief is None:
            return Quiet("there is no brief of that day")
        return brief_notice(ledger, desk, brief, reach, id_=post.id)
    rule = ledger.alerts.rule(post.about)
    if rule is None or alert_reach(desk, ledger, endpoint.owner, now=now) is None:
        return Quiet("the rule, or the membership, has ended")
    return alert_notice(ledger, desk, rule, ledger.alerts.told_by(post.id), reach, post.id, now)


def alert_notice(
    ledger: Ledger,
    desk: DeskConfig,
    rule: Rule,
    told: Sequence[Firing],
    reach: Reach,
    id_: str,
    now: datetime,
) -> Notice | Quiet:
    """Return an alert on what a rule found: each event as it stands now, without what is gone."""
    lines = tuple(lines_of(ledger, desk, told, reach, now=now))
    if not lines:
        return Quiet("what it told was withdrawn, or is not open to its reader")
    first = lines[0].text if len(lines) == 1 else f"{len(lines)} events"
    return Notice(
        id=id_,
        type="alert.fired",
        title=f"{rule.name}: {first}" if len(lines) > 1 else f"Alert: {rule.name}",
        at=max(f.at for f in told),
        lines=lines,
        url=f"{desk.brief.base_url}/alerts" if desk.brief.base_url else "",
        foot=f"Alert “{rule.name}” of {desk.name}" + (f". {SAMPLE_NOTICE}" if desk.sample else ""),
        body={"rule": {"id": rule.id, "name": rule.name}},
    )


def lines_of(
    ledger: Ledger, desk: DeskConfig, told: Iterable[Firing], reach: Reach, *, now: datetime
) -> Iterator[Line]:
    """Yield a line for each event or price of some firings, each once, that the reader may see."""
    seen: set[str] = set()
    publishers = _publishers(desk.source_folders, desk.sources.shipped)
    for firing in told:
        if not firing.subject.startswith("ev_"):
            if reach.sees(Part.PRICES):
                yield Line(text=firing.sentence, body=_price_body(firing))
            continue
        id_ = ledger.events.current(EventId(firing.subject))
        if id_ in seen:
            continue
        seen.add(id_)
        for event in ledger.events.get_all([id_]):
            if is_told(event) and reach.reads(event.reported, now.date()):
                yield _event_line(ledger, desk, event, firing, publishers)


def _event_line(
    ledger: Ledger, desk: DeskConfig, event: Event, firing: Firing, publishers: Mapping[str, str]
) -> Line:
    links = ledger.documents.links(event.document_ids, publishers)
    sources = [links[i] for i in event.document_ids if i in links]
    page = f"{desk.brief.base_url}/event/{event.id}" if desk.brief.base_url else ""
    names = list(dict.fromkeys(s.publisher for s in sources))
    small = (event.status.value.replace("_", " "), ", ".join(firing.why), ", ".join(names[:3]))
    return Line(
        text=tell_event(event),
        url=page,
        small=" · ".join(part for part in small if part),
        body={
            "id": event.id,
            "version": firing.version,
            "type": event.type.value,
            "label": load_event_types()[event.type].label,
            "status": event.status.value,
            "modality": event.modality.value,
            "reported": event.reported.isoformat() if event.reported else None,
            "desks": [d.value for d in event.desks],
            "sentence": tell_event(event),
            "watched": list(firing.why),
            "sources": [
                {"publisher": s.publisher, "title": s.title, "url": safe_url(s.url) or None}
                for s in sources
            ],
            "page": page or None,
        },
    )


def _price_body(firing: Firing) -> dict[str, object]:
    return {
        "id": firing.subject,
        "version": firing.version,
        "type": "price",
        "sentence": firing.sentence,
        "watched": list(firing.why),
    }


def brief_notice(
    ledger: Ledger, desk: DeskConfig, brief: Brief, reach: Reach, *, id_: str
) -> Notice | Quiet:
    """Return a day's brief for readers of a tier, with the corrections made since."""
    told = within(with_notices(ledger, brief), desk.newsletter.most_entries)
    told = shown_brief(told, reach)
    lines = []
    for section in told.sections:
        label = load_desks()[section.desk].title
        for entry in section.entries:
            text = " ".join(s.text for s in entry.sentences)
            notes = correction_words(entry.corrections)
            page = f"{desk.brief.base_url}/event/{entry.event_id}" if desk.brief.base_url else ""
            context = [note.text for note in entry.context]
            lines.append(
                Line(
                    text=text,
                    url=page,
                    small=" · ".join([label, *notes, *context]),
                    body={
                        "id": entry.event_id,
                        "type": entry.type.value,
                        "status": entry.status.value,
                        "desk": entry.desk.value,
                        "sentence": text,
                        "corrections": notes,
                        "analysis": context,
                        "sources": [
                            {"publisher": s.publisher, "title": s.title, "url": safe_url(s.url)}
                            for s in entry.sources
                        ],
                        "page": page or None,
                    },
                )
            )
    if not lines:
        return Quiet("the brief tells nothing")
    url = f"{desk.brief.base_url}/brief/{brief.day.isoformat()}" if desk.brief.base_url else ""
    corrections = " ".join(correction_words(told.corrections))
    return Notice(
        id=id_,
        type="brief.published",
        title=f"{brief.title}, {day_words(brief)}" + (" (SAMPLE)" if brief.sample else ""),
        at=brief.composed_at,
        lines=tuple(lines),
        url=url,
        foot=" ".join(part for part in (corrections, desk.name) if part),
        body={"day": brief.day.isoformat()},
    )


def trial_notice(desk: DeskConfig, endpoint: Endpoint, *, id_: str, now: datetime) -> Notice:
    """Return what a test of a channel tells: that it works, and nothing else."""
    return Notice(
        id=id_,
        type="channel.test",
        title=f"Test of the channel “{endpoint.name}”",
        at=now,
        lines=(Line(text="It works: alerts will arrive here.", body={"type": "test"}),),
        url=f"{desk.brief.base_url}/alerts" if desk.brief.base_url else "",
        foot=desk.name,
    )


def _switched_off(desk: DeskConfig, post: Post, endpoint: Endpoint) -> Notice:
    return Notice(
        id=post.id,
        type="channel.off",
        title=f"The channel “{endpoint.name}” was switched off",
        at=post.due_at,
        lines=(
            Line(
                text=f"Nothing could be told there for a while: {endpoint.trouble}.",
                small="What was meant for it is not told. Mend it, then switch it on again.",
            ),
        ),
        url=f"{desk.brief.base_url}/alerts" if desk.brief.base_url else "",
        foot=desk.name,
    )
