"""A small newsroom in model types, and the steps a pipeline takes with a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from lodewire.ledger.store import Ledger
from lodewire.ledger.told import ToldMention
from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import EntityId, SourceId
from lodewire.model.quantity import Quantity
from lodewire.model.reading import DeskScore, Reading
from lodewire.model.vocabulary import (
    CheckKind,
    Desk,
    EventType,
    MentionType,
    Modality,
    QuantityKind,
    Status,
    Verdict,
)
from lodewire.resolve.entities import canonical_id, entities_of
from lodewire.resolve.events import PlacedMention, asked_keys, block_keys, resolve, window_of
from lodewire.resolve.statements import statements_of
from lodewire.resolve.views import MentionView, view_of
from lodewire.stories.cluster import place
from lodewire.stories.fingerprint import sign
from lodewire.stories.signature import StoredSignature

DAY = date(2023, 11, 21)
MORNING = datetime(2023, 11, 21, 6, tzinfo=UTC)

DEAL = (
    "MMG agreed to buy the Khoemacau mine in Botswana for $1.88 billion, it said on Tuesday. "
    "The seller is a group of funds that own the mine through a holding company. "
    "Regulators in three countries must agree before the sale can close next year."
)
DEAL_ANEW = (
    "The Khoemacau mine goes to MMG for $1.90 billion, people close to the talks said. "
    "Few copper assets of that size come up for sale, and bidders had queued for months."
)
BLOCKADE = (
    "Residents blocked the road to the Las Bambas mine again, and MMG halted part of its output. "
    "Stocks at the site last for eight days, and talks with the community go on."
)
PAGES = (
    # source, address, text, days after DAY
    ("wire", "https://wire.example/1", DEAL, 0),
    ("daily", "https://daily.example/copy", DEAL, 1),
    ("weekly", "https://weekly.example/own", DEAL_ANEW, 1),
    ("weekly", "https://weekly.example/road", BLOCKADE, 2),
    ("portal", "https://portal.example/x", "Nothing of note happened here all day long.", 0),
)

_MMG = re.compile(r"\bMMG\b")
_SITE = re.compile(r"\bKhoemacau|\bLas Bambas")
_MONEY = re.compile(r"\$(\d\.\d+) billion")


def capture_of(source: str, url: str, text: str, days: int) -> Capture:
    return Capture(
        source_id=SourceId(source),
        requested_url=url,
        url=url,
        fetched_at=MORNING + timedelta(days=days, minutes=len(url)),
        body=f"<html><p>{text}</p></html>".encode(),
        entry=FeedEntry(title=text[:20], link=url, guid=f"guid:{url}"),
    )


def captures() -> list[Capture]:
    return [capture_of(*page) for page in PAGES]


def read(capture: Capture) -> list[Document]:
    """What the text stage would make of a capture."""
    text = capture.body.decode().removeprefix("<html><p>").removesuffix("</p></html>")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"\S[^.]*(?:\.\d[^.]*)*\.", text)]
    return [
        Document(
            capture_id=capture.id,
            source_id=capture.source_id,
            text=text,
            title=f"{capture.source_id}: {text[:30]}",
            url=capture.url,
            published=capture.fetched_at.date(),
            language="en",
            publisher=capture.source_id.title(),
            sentences=tuple(spans),
            method="test/1",
        )
    ]


#: The function above, for those that put another in its place.
read_plainly = read


def understand(document: Document) -> Reading:
    """What extraction would make of a document of this newsroom."""
    text = document.text
    mentions = tuple(
        Mention(
            type=type_,
            span=Span(m.start(), m.end()),
            text=m.group(),
            name=m.group(),
            entity=EntityId(f"ent_{m.group().lower()}" if type_ is MentionType.SITE else "mmg"),
            known=type_ is not MentionType.SITE,
        )
        for type_, pattern in ((MentionType.ORGANISATION, _MMG), (MentionType.SITE, _SITE))
        for m in pattern.finditer(text)
    )
    if not mentions:
        return Reading(document=document, relevance=0.0, method="test/1")
    event = _event_of(document, mentions)
    evidence = event.evidence[0]
    check = Check(
        document_id=document.id,
        kind=CheckKind.MAGNITUDE,
        verdict=Verdict.CONSISTENT,
        spans=(evidence.span,),
        detail="plausible",
        evidence=(evidence,),
        rule="test",
    )
    return Reading(
        document=document,
        relevance=0.9,
        desks=(DeskScore(desk=Desk.MINING_METALS, score=0.8),),
        mentions=mentions,
        quantities=tuple(a.quantity for a in event.arguments if a.quantity),
        events=(event,),
        checks=(check,),
        method="test/1",
    )


def _event_of(document: Document, mentions: Sequence[Mention]) -> EventMention:
    text = document.text
    deal = _MONEY.search(text)
    trigger = re.search(r"agreed|goes|halted", text)
    assert trigger is not None
    first = {m.type: m for m in reversed(mentions)}
    arguments = [
        Argument(role=role, span=m.span, text=m.text, value=m.name, entity=m.entity)
        for role, m in (
            ("acquirer" if deal else "operator", first[MentionType.ORGANISATION]),
            ("asset" if deal else "site", first[MentionType.SITE]),
        )
    ]
    if deal:
        span = Span(deal.start(), deal.end())
        value = Quantity(
            text=deal.group(),
            span=span,
            core=span,
            kind=QuantityKind.MONEY,
            value=Decimal(deal.group(1)) * 10**9,
            unit="USD",
        )
        arguments.append(
            Argument(role="value", span=span, text=value.text, value="x USD", quantity=value)
        )
    return EventMention(
        document_id=document.id,
        type=EventType.ACQUISITION if deal else EventType.DISRUPTION,
        status=Status.AGREED if deal else Status.IN_FORCE,
        modality=Modality.ASSERTED,
        trigger=Span(trigger.start(), trigger.end()),
        arguments=tuple(arguments),
        evidence=(Evidence.take(document.id, text, document.sentences[0]),),
        not_disclosed=("seller",) if deal else (),
        confidence=0.8,
    )


def collect_all(ledger: Ledger, many: Iterable[Capture]) -> None:
    for capture in many:
        ledger.captures.add(capture)


def read_all(ledger: Ledger) -> None:
    while found := ledger.captures.pending("read", 2):
        for capture in found:
            ledger.documents.add_read(capture.id, read(capture))


def story_all(ledger: Ledger) -> None:
    while found := ledger.stories.pending(2):
        for document in found:
            day = document.published or DAY
            signature = sign(document, day=day, mentions=understand(document).mentions)
            kept = ledger.stories.candidates(signature)
            near = [StoredSignature.load(k.payload, k.member) for k in kept]
            ledger.stories.add(signature, place(signature, near))


def extract_all(ledger: Ledger) -> None:
    while found := ledger.readings.pending(2):
        for document in found:
            reading = understand(document)
            ledger.readings.add(reading, entities=entities_of(reading.mentions))


def view(told: ToldMention) -> MentionView:
    return view_of(told.mention, reported=told.reported, seen=told.first_seen)


def resolve_all(ledger: Ledger, size: int = 2) -> None:
    while new := ledger.events.pending(size):
        ledger.decisions.settle({t.document_id for t in new})
        views = [view(t) for t in new]
        around = ledger.events.around(
            (v.mention_id, asked_keys(v), v.day, window_of(v)) for v in views
        )
        placed = [
            PlacedMention(view=view(t), event_id=t.event_id, component=t.component)
            for t in around
            if t.event_id is not None and t.component is not None
        ]
        ids = [v.mention_id for v in views] + [p.view.mention_id for p in placed]
        resolution = resolve(views, placed, ledger.judgements.rulings(ids))
        statements = [
            s
            for t in new
            for s in statements_of(
                t.mention,
                source_id=t.source_id,
                origin_id=t.origin_id,
                seen=t.first_seen,
                canonical={
                    EntityId("ent_khoemacau"): canonical_id(MentionType.SITE, "Khoemacau"),
                    EntityId("ent_las bambas"): canonical_id(MentionType.SITE, "Las Bambas"),
                },
            )
        ]
        ledger.events.add_resolution(
            resolution,
            keys=[(v.mention_id, block_keys(v), v.day) for v in views],
            statements=statements,
            documents={t.document_id for t in new},
        )


def run(ledger: Ledger, many: Iterable[Capture] | None = None) -> None:
    """Every stage, one after the other."""
    collect_all(ledger, captures() if many is None else many)
    read_all(ledger)
    story_all(ledger)
    extract_all(ledger)
    resolve_all(ledger)
