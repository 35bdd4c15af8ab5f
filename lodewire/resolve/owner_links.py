"""Who owned a thing, link by link: from the tables, from texts, from deals that were completed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId, StatementId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.ownership import load_holdings, owner_name
from lodewire.ontology.sites import load_sites
from lodewire.ontology.stated_days import StatedDay

#: Properties of statements about ownership; their subject is what is owned.
OWNER, OWNER_SHARE = "owner", "owner_share"
#: What the words make of an owner (a statement's ``basis``).
CONTROL, PART, STATE = "control", "part", "state"
_HALF = Decimal(50)


class LinkKind(StrEnum):
    """Where a link comes from: a dated row, a completed deal, a text, or a row without days."""

    TABLE = "table"
    DEAL = "deal"
    STATED = "stated"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEvidence:
    """What shows a link: the table and its sources, or the words of a document.

    ``sources`` are keys of ``history_sources.toml`` (or of the sources of organisations and sites)
    for a table, else source ids of the desk.
    """

    kind: LinkKind
    sources: tuple[str, ...]
    table: str | None = None
    quote: str | None = None
    document_id: DocumentId | None = None
    statement_id: StatementId | None = None
    event_id: EventId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLink:
    """One owner of one thing: ``owned`` and ``owner`` are ids, a state is its ISO code.

    ``owner`` is None for an owner known by name alone. ``share`` is in percent, None where it is
    not told. ``since`` and ``until`` (the first day no more) are open where nothing is known.
    """

    owned: str
    owner: str | None
    owner_name: str
    share: Decimal | None
    controls: bool
    since: StatedDay | None
    until: StatedDay | None
    evidence: LinkEvidence

    def holds_on(self, day: date) -> bool:
        """Tell whether it held on ``day``, as far as is known."""
        begun = self.since is None or self.since.first <= day
        return begun and (self.until is None or day < self.until.first)

    @property
    def key(self) -> str:
        """The owner's id, or its name where it has none."""
        return self.owner or self.owner_name


def table_links(thing: str) -> tuple[OwnerLink, ...]:
    """Return the links of the ontology's dated rows; else its operator or parent, undated."""
    rows = load_holdings().get(thing, ())
    if rows:
        return tuple(
            OwnerLink(
                owned=thing,
                owner=row.owner,
                owner_name=row.owner_name,
                share=row.share,
                controls=row.controls,
                since=row.since,
                until=row.until,
                evidence=LinkEvidence(kind=LinkKind.TABLE, sources=row.sources, table=row.table),
            )
            for row in rows
        )
    return tuple(_undated(thing))


def _undated(thing: str) -> Iterator[OwnerLink]:
    site, organisation = load_sites().get(thing), load_organisations().get(thing)
    if site is not None and site.operator in load_organisations():
        yield _bare(thing, str(site.operator), "sites", site.sources)
    if organisation is not None and organisation.parent is not None:
        yield _bare(thing, organisation.parent, "organisations", organisation.sources)


def _bare(thing: str, owner: str, table: str, sources: tuple[str, ...]) -> OwnerLink:
    return OwnerLink(
        owned=thing,
        owner=owner,
        owner_name=owner_name(owner),
        share=None,
        controls=True,
        since=None,
        until=None,
        evidence=LinkEvidence(kind=LinkKind.UNDATED, sources=sources, table=table),
    )


def stated_links(
    statements: Iterable[Statement], days: Mapping[DocumentId, date]
) -> tuple[OwnerLink, ...]:
    """Return the links that texts state, from the day of the document on.

    ``statements`` are those whose subject is the thing owned; ``days`` tells when a document was
    published. Retracted statements and documents without a day give none.
    """
    live = [s for s in statements if s.retracted_at is None and s.document_id in days]
    shares = {_place(s): s for s in live if s.property == OWNER_SHARE}
    links = []
    for s in live:
        if s.property != OWNER:
            continue
        told = shares.get(_place(s))
        share = _number(told.value) if told is not None else None
        day = days[s.document_id]
        links.append(
            OwnerLink(
                owned=s.subject,
                owner=_known(s.entity),
                owner_name=s.value,
                share=share,
                controls=s.basis in (CONTROL, STATE) if share is None else share > _HALF,
                since=StatedDay(day, day.isoformat()),
                until=None,
                evidence=_words(s, LinkKind.STATED),
            )
        )
    return tuple(sorted(links, key=_order))


def deal_links(
    events: Iterable[Event], thing: str, days: Mapping[DocumentId, date]
) -> tuple[OwnerLink, ...]:
    """Return who came to own ``thing`` by acquisitions that were completed, from their day on.

    The day is the one that the report of completion gives, else that of the report. A stake that
    is not told is the whole. Denied, hypothetical and unfinished deals give none.
    """
    links = []
    for event in events:
        if event.type is not EventType.ACQUISITION or event.status is not Status.COMPLETED:
            continue
        if event.modality is not Modality.ASSERTED or not _is_about(event, thing):
            continue
        day = _completed(event, days)
        shares = {_number(s.value) for s in event.of("stake") if s.unit == "%"}
        share = shares.pop() if len(shares) == 1 else None
        buyers = {s.entity or s.value: s for s in reversed(event.of("acquirer"))}
        if day is None or len(shares) > 1 or len(buyers) != 1 or thing in buyers:
            continue  # whose share is whose can't be told
        (buyer,) = buyers.values()
        links.append(
            OwnerLink(
                owned=thing,
                owner=_known(buyer.entity),
                owner_name=owner_name(str(buyer.entity)) if _known(buyer.entity) else buyer.value,
                share=share or (None if event.of("stake") else Decimal(100)),
                controls=share > _HALF if share else not event.of("stake"),
                since=StatedDay(day, day.isoformat()),
                until=None,
                evidence=_words(buyer, LinkKind.DEAL, event.id),
            )
        )
    return tuple(sorted(links, key=_order))


def _is_about(event: Event, thing: str) -> bool:
    """The thing itself changes hands, not something beside it."""
    assets = {s.entity for s in event.of("asset")} - {None}
    targets = {s.entity for s in event.of("target")} - {None}
    return thing in assets if assets else thing in targets


def _completed(event: Event, days: Mapping[DocumentId, date]) -> date | None:
    done = {s.subject: s for s in event.of("status") if s.value == Status.COMPLETED.value}
    stated = [_day(s.value) for s in event.of("date") if s.subject in done]
    reported = [days[s.document_id] for s in done.values() if s.document_id in days]
    last = max(reported, default=None)
    before = [d for d in stated if d is not None and (last is None or d <= last)]
    return min(before or reported, default=None)


def _words(statement: Statement, kind: LinkKind, event_id: EventId | None = None) -> LinkEvidence:
    return LinkEvidence(
        kind=kind,
        sources=(statement.source_id,),
        quote=statement.evidence.quote,
        document_id=statement.document_id,
        statement_id=statement.id,
        event_id=event_id,
    )


def _known(entity: str | None) -> str | None:
    if entity is None or entity.startswith("ent_"):
        return None
    return entity


def _place(statement: Statement) -> tuple[str, int, int]:
    return (statement.document_id, *statement.evidence.span)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None  # a range: "51..60"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _order(link: OwnerLink) -> tuple[date, str, str]:
    assert link.since is not None
    return (link.since.first, link.key, link.evidence.statement_id or "")


def country_of(owner: str | None) -> str | None:
    """Return the ISO code of an owner: a state's own, else its seat; None where not known."""
    from lodewire.ontology.name_periods import load_former_organisations

    if owner is None:
        return None
    if owner in load_countries():
        return owner
    organisation = load_organisations().get(owner) or load_former_organisations().get(owner)
    seat = organisation.country if organisation is not None else None
    return seat if seat in load_countries() else None
