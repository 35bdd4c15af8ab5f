"""The brief of a day, from the ledger, proved before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lodewire.config.desk import DeskConfig
from lodewire.config.source import load_sources
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, SourceLink
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId
from lodewire.model.story import StoryMember
from lodewire.publish.brief import Material, build_brief
from lodewire.publish.verify import verify_brief
from lodewire.workbench.briefing.context import context_of
from lodewire.workbench.briefing.correcting import with_notices
from lodewire.workbench.briefing.editions import Edited, edited


def compose_step(
    ledger: Ledger,
    desk: DeskConfig,
    day: date,
    *,
    now: datetime,
    publishers: Mapping[str, str] | None = None,
) -> Brief:
    """Compose and prove the brief of ``day``; keep it, which publishes it.

    Where the desk publishes by an editor it is a draft: nothing is kept until
    :func:`lodewire.workbench.briefing.publishing.publish`. ``publishers`` names the publisher of
    each source; by default as the desk's definitions do. Raises UnsupportedClaim or AlignmentError
    when a sentence cannot be shown in its sources: then nothing is kept or published.
    The brief returned carries the corrections of what earlier briefs of the day said.
    """
    brief = composed(ledger, desk, day, now=now, publishers=publishers).brief
    if desk.brief.publishing == "automatic":
        ledger.briefs.add(brief)
    return with_notices(ledger, brief)


def replay_brief(
    ledger: Ledger,
    desk: DeskConfig,
    day: date,
    *,
    at: datetime,
    publishers: Mapping[str, str] | None = None,
) -> Brief:
    """Compose and prove the brief of ``day`` as it would have been composed ``at`` a moment.

    From what the ledger knew then: byte for byte the brief that was kept then, by the same version
    of Lodewire with the same desk.toml and sources. Nothing is kept. Raises as compose_step.
    """
    return composed(ledger.as_of(at), desk, day, now=at, publishers=publishers).brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A brief that was proved, the day's events it was made of, and the editors' part in it."""

    brief: Brief
    events: tuple[Event, ...]
    edited: Edited


def composed(
    ledger: Ledger,
    desk: DeskConfig,
    day: date,
    *,
    now: datetime,
    publishers: Mapping[str, str] | None = None,
) -> Composed:
    """Compose and prove the brief of ``day`` with what editors did to it; nothing is kept.

    Raises as compose_step.
    """
    if publishers is None:
        publishers = publishers_of(desk)
    events = _with_desks(ledger.events.of_day(day), desk)
    work = edited(ledger, day, events)
    ids = sorted({d for event in events for d in event.document_ids})
    members = ledger.stories.members_of(ids)
    documents = {d.id: d for d in ledger.documents.get_all(ids)}
    material = Material(
        events=events,
        sources=_sources(ledger, documents.values(), members, publishers),
        origins={id_: member.origin_id for id_, member in members.items()},
        checks=_by_document(ledger.readings.checks_of(ids)),
        documents=documents,
        context={event.id: context_of(event) for event in events},
        edition=work.edition,
    )
    brief = build_brief(
        day,
        material,
        title=desk.brief.title,
        composed_at=now,
        per_desk=desk.brief.entries_a_desk,
        sample=desk.sample,
    )
    prove(ledger, brief, events)
    return Composed(brief=brief, events=tuple(events), edited=work)


def publishers_of(desk: DeskConfig) -> dict[str, str]:
    """Return the publisher of every source that the desk knows, whether it reads it or not."""
    return publishers_in(desk.source_folders, desk.sources.shipped)


def publishers_in(folders: tuple[Path, ...], shipped: bool) -> dict[str, str]:
    """Return the publisher of every source defined in some folders, and of those shipped."""
    return {str(s.id): s.publisher for s in load_sources(*folders, shipped=shipped)}


def prove(ledger: Ledger, brief: Brief, events: Sequence[Event]) -> int:
    """Verify every sentence of ``brief`` against statements and documents; return how many."""
    statements = {s.id: s for event in events for s in event.statements}
    wanted = {s.document_id for s in statements.values()}
    texts = {d.id: d.text for d in ledger.documents.get_all(sorted(wanted))}
    return verify_brief(brief, statements, texts.__getitem__)


def _with_desks(events: Sequence[Event], desk: DeskConfig) -> list[Event]:
    """Events of the desks that this desk covers."""
    covered = set(desk.desks)
    return [e for e in events if not e.desks or covered & set(e.desks)]


def _sources(
    ledger: Ledger,
    documents: Iterable[Document],
    members: Mapping[DocumentId, StoryMember],
    publishers: Mapping[str, str],
) -> dict[DocumentId, SourceLink]:
    copies = ledger.stories.copies({m.origin_id for m in members.values()})
    links: dict[DocumentId, SourceLink] = {}
    for document in documents:
        member = members.get(document.id)
        named = publishers.get(document.source_id)
        links[document.id] = SourceLink(
            document_id=document.id,
            publisher=named or document.publisher or document.source_id,
            title=document.title or "(no title)",
            url=document.url,
            published=document.published,
            copies=copies.get(member.origin_id, 0) if member is not None else 0,
        )
    return links


def _by_document(checks: Iterable[Check]) -> dict[DocumentId, list[Check]]:
    found: dict[DocumentId, list[Check]] = {}
    for check in checks:
        found.setdefault(check.document_id, []).append(check)
    return found
