"""Events as rows of a table: columns with their meaning, units and quotes beside the values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lodewire.model.brief import SourceLink
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId
from lodewire.model.statement import Statement
from lodewire.ontology.event_types import RoleKind, load_event_types
from lodewire.publish.sentences import tell_event

Row = dict[str, Any]
Links = Mapping[DocumentId, SourceLink]
JOINT = "; "  # between several values of one cell


class ColumnKind(StrEnum):
    """What a column holds. Decimals are exact text, but 64-bit floats in Parquet."""

    TEXT = "text"
    DECIMAL = "decimal"
    WHOLE = "whole number"
    DAY = "day"
    TIME = "time, UTC"
    TRUTH = "true or false"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, what it means."""

    name: str
    kind: ColumnKind
    meaning: str


def _columns(*told: tuple[str, ColumnKind, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in told)


_T, _D, _N = ColumnKind.TEXT, ColumnKind.DECIMAL, ColumnKind.WHOLE

EVENT_COLUMNS = _columns(
    ("event", _T, "id of the event"),
    ("reported", ColumnKind.DAY, "day a document first told it"),
    ("type", _T, "event type"),
    ("status", _T, "how far it has come"),
    ("modality", _T, "asserted, forecast, hypothetical or denied"),
    ("core", ColumnKind.TRUTH, "told as news, not as background only"),
    ("confidence", _D, "0 to 1"),
    ("origins", _N, "independent origins; syndicated copies count once"),
    ("documents", _N, "documents that tell it"),
    ("desks", _T, "desks it belongs to, the best first"),
    ("sentence", _T, "the event in one sentence"),
    ("parties", _T, "organisations and persons, as stated"),
    ("countries", _T, "countries, as stated"),
    ("commodities", _T, "commodities and products, as stated"),
    ("sites", _T, "sites, as stated"),
    ("amount", _T, "the first amount of its type, or the one asked for: 25, 450..500, 450.."),
    ("amount_low", _D, "lowest stated value"),
    ("amount_high", _D, "highest stated value"),
    ("amount_unit", _T, "its unit, as stated: never converted"),
    ("amount_qualifier", _T, "about, more_than, up_to …"),
    ("amount_basis", _T, "what a price or mass refers to"),
    ("amount_role", _T, "what it is an amount of: value, volume, capacity …"),
    ("amount_quote", _T, "the words that state it"),
    ("status_quote", _T, "the words that state type and status"),
    ("not_disclosed", _T, "what the texts say is not disclosed"),
    ("publisher", _T, "who told it first"),
    ("url", _T, "where"),
    ("first_seen", ColumnKind.TIME, "when a document of it was first fetched"),
    ("last_seen", ColumnKind.TIME, "when one was last fetched"),
)

VALUE_COLUMNS = _columns(
    ("event", _T, "id of the event"),
    ("reported", ColumnKind.DAY, "day a document first told the event"),
    ("type", _T, "event type"),
    ("status", _T, "how far the event has come"),
    ("property", _T, "role, or type, status, modality, attribution, not_disclosed"),
    ("rank", _N, "1: the value of most independent origins, then the latest"),
    ("value", _T, "normalised value, exact"),
    ("low", _D, "lowest stated value of an amount"),
    ("high", _D, "highest stated value of an amount"),
    ("unit", _T, "unit of the value, as stated: never converted"),
    ("qualifier", _T, "about, more_than, up_to …"),
    ("basis", _T, "what a price or mass refers to"),
    ("entity", _T, "id of the thing named"),
    ("original", _T, "the value as written"),
    ("quote", _T, "the words that state it"),
    ("span_start", _N, "where the quote begins in the document's text, in characters"),
    ("span_end", _N, "where it ends"),
    ("statement", _T, "id of the statement"),
    ("document", _T, "id of the document"),
    ("origin", _T, "id of its origin: copies of one text share it"),
    ("publisher", _T, "who published the document"),
    ("url", _T, "where"),
    ("published", ColumnKind.DAY, "when"),
    ("method", _T, "what read it, with version"),
    ("first_seen", ColumnKind.TIME, "when it was first fetched"),
    ("last_seen", ColumnKind.TIME, "when it was last fetched"),
    ("retracted_at", ColumnKind.TIME, "since when it no longer holds; empty while it does"),
)

_KINDS = {
    "parties": (RoleKind.ORGANISATION, RoleKind.PARTY),
    "countries": (RoleKind.COUNTRY,),
    "commodities": (RoleKind.COMMODITY, RoleKind.PRODUCT),
    "sites": (RoleKind.SITE,),
}


def event_row(event: Event, links: Links, *, amount: Statement | None = None) -> Row:
    """Return one row of :data:`EVENT_COLUMNS`; ``amount`` is the statement to show, if asked."""
    shown = amount or _first_amount(event)
    first = next((links[d] for d in event.document_ids if d in links), None)
    return {
        "event": event.id,
        "reported": event.reported,
        "type": event.type.value,
        "status": event.status.value,
        "modality": event.modality.value,
        "core": event.core,
        "confidence": str(event.confidence),
        "origins": len(event.origins),
        "documents": len(event.document_ids),
        "desks": JOINT.join(d.value for d in event.desks),
        "sentence": tell_event(event),
        **{column: JOINT.join(_named(event, kinds)) for column, kinds in _KINDS.items()},
        **_amount(shown),
        "status_quote": next((s.evidence.quote for s in event.of("status")), None),
        "not_disclosed": JOINT.join(dict.fromkeys(s.value for s in event.of("not_disclosed"))),
        "publisher": first.publisher if first else None,
        "url": first.url if first else None,
        "first_seen": event.first_seen,
        "last_seen": event.last_seen,
    }


def value_rows(event: Event, links: Links) -> Iterator[Row]:
    """Yield a row of :data:`VALUE_COLUMNS` for each statement of the event, retracted or not."""
    ranks: dict[str, int] = {}
    for s in event.statements:
        ranks[s.property] = ranks.get(s.property, 0) + 1
        link = links.get(s.document_id)
        low, high = _bounds(s)
        yield {
            "event": event.id,
            "reported": event.reported,
            "type": event.type.value,
            "status": event.status.value,
            "property": s.property,
            "rank": ranks[s.property],
            "value": s.value,
            "low": low,
            "high": high,
            "unit": s.unit,
            "qualifier": s.qualifier,
            "basis": s.basis,
            "entity": s.entity,
            "original": s.original,
            "quote": s.evidence.quote,
            "span_start": s.evidence.span.start,
            "span_end": s.evidence.span.end,
            "statement": s.id,
            "document": s.document_id,
            "origin": s.origin_id,
            "publisher": link.publisher if link else None,
            "url": link.url if link else None,
            "published": link.published if link else None,
            "method": s.method,
            "first_seen": s.first_seen,
            "last_seen": s.last_seen,
            "retracted_at": s.retracted_at,
        }


def _named(event: Event, kinds: Iterable[RoleKind]) -> list[str]:
    roles = [r.name for r in load_event_types()[event.type].roles if r.kind in set(kinds)]
    found: dict[str, str] = {}
    for role in roles:
        for s in event.of(role):
            found.setdefault(s.entity or s.value.casefold(), s.value)
    return list(found.values())


def _first_amount(event: Event) -> Statement | None:
    for role in load_event_types()[event.type].roles:
        if role.kind is RoleKind.QUANTITY and (found := event.of(role.name)):
            return found[0]
    return None


def _amount(shown: Statement | None) -> Row:
    low, high = _bounds(shown) if shown else (None, None)
    return {
        "amount": shown.value if shown else None,
        "amount_low": low,
        "amount_high": high,
        "amount_unit": shown.unit if shown else None,
        "amount_qualifier": shown.qualifier if shown else None,
        "amount_basis": shown.basis if shown else None,
        "amount_role": shown.property if shown else None,
        "amount_quote": shown.evidence.quote if shown else None,
    }


def _bounds(statement: Statement) -> tuple[str | None, str | None]:
    """The exact text of lowest and highest value; both None for what is no number."""
    if statement.qualifier is None and statement.unit is None:
        return None, None
    low, dots, high = statement.value.partition("..")
    return low or None, (high if dots else low) or None
