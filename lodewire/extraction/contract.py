"""The JSON contract of a reading (design §7), version 1: stable names, spans, quotes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lodewire.model.check import Check
from lodewire.model.entity import Mention
from lodewire.model.event import Argument, Attribution, EventMention
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.reading import Reading

VERSION = 1


def readings_to_json(readings: Iterable[Reading]) -> dict[str, Any]:
    """Return the contract's object for some readings, ready for ``json.dumps``."""
    return {"version": VERSION, "documents": [_document(r) for r in readings]}


def _document(reading: Reading) -> dict[str, Any]:
    document = reading.document
    return {
        "id": document.id,
        "role": document.role.value,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "url": document.url,
        "publisher": document.publisher,
        "authors": list(document.authors),
        "agency": document.agency,
        "text": document.text,
        "notes": list(document.notes),
        "relevance": reading.relevance,
        "desks": [{"id": d.desk.value, "score": d.score} for d in reading.desks],
        "mentions": [_mention(m) for m in reading.mentions],
        "quantities": [_quantity(q) for q in reading.quantities],
        "dates": [_date(d) for d in reading.dates],
        "events": [_event(e, document.text) for e in reading.events],
        "checks": [_check(c) for c in reading.checks],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "type": mention.type.value,
        "entity": mention.entity,
        "name": mention.name,
        "text": mention.text,
        "span": list(mention.span),
        "known": mention.known,
        "generic": mention.generic,
        "country": mention.country,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "text": quantity.text,
        "span": list(quantity.span),
        "kind": quantity.kind.value,
        "value": _number(quantity.value),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "unit": quantity.unit,
        "qualifier": quantity.qualifier.value,
        "basis": quantity.basis,
    }


def _date(date: DateMention) -> dict[str, Any]:
    return {
        "text": date.text,
        "span": list(date.span),
        "start": date.start,
        "end": date.end,
        "grain": date.grain,
        "relative": date.relative,
    }


def _argument(argument: Argument) -> dict[str, Any]:
    return {
        "role": argument.role,
        "text": argument.text,
        "value": argument.value,
        "entity": argument.entity,
        "span": list(argument.span),
    }


def _attribution(attribution: Attribution | None) -> dict[str, Any] | None:
    if attribution is None:
        return None
    return {
        "text": attribution.text,
        "name": attribution.name,
        "entity": attribution.entity,
        "span": list(attribution.span),
    }


def _event(event: EventMention, text: str) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type.value,
        "status": event.status.value,
        "modality": event.modality.value,
        "attribution": _attribution(event.attribution),
        "trigger": {"text": event.trigger.of(text), "span": list(event.trigger)},
        "arguments": [_argument(a) for a in event.arguments],
        "not_disclosed": list(event.not_disclosed),
        "evidence": [{"quote": e.quote, "span": list(e.span)} for e in event.evidence],
        "core": event.core,
        "confidence": event.confidence,
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "kind": check.kind.value,
        "verdict": check.verdict.value,
        "spans": [list(s) for s in check.spans],
        "detail": check.detail,
        "rule": check.rule,
    }
