"""Events made by hand for the publishing tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lodewire.model.brief import SourceLink
from lodewire.model.event import Event
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import (
    DocumentId,
    EntityId,
    EventId,
    MentionId,
    OriginId,
    SourceId,
)
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Desk, EventType, Modality, Status

NOW = datetime(2025, 3, 28, 21, 0, tzinfo=UTC)
DAY = date(2025, 3, 28)
TEXT = "MMG agreed to buy the Khoemacau copper mine in Botswana for $1.875 billion from Cuprous."


def statement(
    property_: str,
    value: str,
    *,
    quote: str = "",
    unit: str | None = None,
    qualifier: str | None = None,
    entity: str | None = None,
    document: str = "doc_a",
    source: str = "wire",
    text: str = TEXT,
) -> Statement:
    """A statement whose quote stands in ``text``."""
    words = quote or value
    at = text.index(words)
    return Statement(
        subject="evm_1",
        property=property_,
        value=value,
        original=words,
        evidence=Evidence(
            document_id=DocumentId(document), span=Span(at, at + len(words)), quote=words
        ),
        source_id=SourceId(source),
        origin_id=OriginId(f"or_{document}"),
        first_seen=NOW,
        last_seen=NOW,
        unit=unit,
        qualifier=qualifier,
        entity=EntityId(entity) if entity else None,
    )


def event(
    type_: EventType,
    *statements: Statement,
    status: Status = Status.AGREED,
    modality: Modality = Modality.ASSERTED,
    desks: tuple[Desk, ...] = (Desk.MINING_METALS,),
    origins: int = 1,
    core: bool = True,
    id_: str = "ev_1",
) -> Event:
    """An event over statements."""
    return Event(
        id=EventId(id_),
        type=type_,
        status=status,
        modality=modality,
        desks=desks,
        statements=statements,
        mention_ids=(MentionId("evm_1"),),
        document_ids=tuple(dict.fromkeys(s.document_id for s in statements)),
        origins=tuple(OriginId(f"or_{n}") for n in range(origins)),
        first_seen=NOW,
        last_seen=NOW,
        reported=DAY,
        core=core,
        confidence=0.8,
    )


def purchase(**changes: object) -> Event:
    """MMG buys Khoemacau."""
    return event(
        EventType.ACQUISITION,
        statement("acquirer", "MMG", entity="mmg"),
        statement("asset", "Khoemacau", entity="khoemacau-mine"),
        statement("value", "1875000000", quote="$1.875 billion", unit="USD"),
        statement("country", "Botswana", entity="BW"),
        statement("seller", "Cuprous"),
        **changes,  # type: ignore[arg-type]
    )


def link(document: str = "doc_a", **changes: object) -> SourceLink:
    """Where a document stands."""
    told: dict[str, object] = {
        "document_id": DocumentId(document),
        "publisher": "Lode Sample Wire",
        "title": "MMG buys a mine",
        "url": "https://lode-sample-wire.example/1",
        "published": DAY,
    }
    return SourceLink(**{**told, **changes})  # type: ignore[arg-type]
