"""Receipts: an event or a brief with all that proves it, signed, for whoever has no ledger."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lodewire import __version__
from lodewire.errors import PublishError, ReceiptError
from lodewire.model.brief import Brief, BriefEntry, Sentence
from lodewire.model.canonical import canonical_json
from lodewire.model.capture import CaptureProof
from lodewire.model.document import Document
from lodewire.model.event import Event
from lodewire.model.evidence import Span
from lodewire.model.ids import DocumentId, StatementId, sha256_hex
from lodewire.model.statement import Ruling, Statement
from lodewire.publish.receipt_form import FORMAT, VERSION
from lodewire.publish.sentences import compose_sentence
from lodewire.publish.signing import ALGORITHM, SigningKey

REACH = 300  # characters of context kept on each side of a quote
Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptMaterial:
    """What proves the statements of a receipt.

    ``publishers`` names the publisher of each document.
    """

    statements: Sequence[Statement]
    documents: Mapping[DocumentId, Document]
    captures: Sequence[CaptureProof]
    publishers: Mapping[DocumentId, str]


def event_receipt(event: Event, material: ReceiptMaterial, *, desk: str, key: SigningKey) -> str:
    """Return the receipt of an event as JSON text; see docs/guides/receipts.md.

    Its time is that of the ledger's state (the last time a document behind it was seen), not of
    the clock: the same state and key give the same bytes.
    """
    told = {
        "kind": "event",
        "id": event.id,
        "day": None,
        "title": None,
        "composed_at": None,
        "sample": False,
        "events": [_told_event(event)],
    }
    times = [event.last_seen, *(s.last_seen for s in material.statements)]
    times += [s.retracted_at for s in material.statements if s.retracted_at is not None]
    times += [s.ruling.at for s in material.statements if s.ruling is not None]
    return _signed(told, material, desk=desk, as_of=max(times), key=key)


def brief_receipt(brief: Brief, material: ReceiptMaterial, *, desk: str, key: SigningKey) -> str:
    """Return the receipt of a brief as it was composed, as JSON text."""
    told = {
        "kind": "brief",
        "id": brief.id,
        "day": brief.day.isoformat(),
        "title": brief.title,
        "composed_at": _time(brief.composed_at),
        "sample": brief.sample,
        "events": [_told_entry(e) for section in brief.sections for e in section.entries],
    }
    return _signed(told, material, desk=desk, as_of=brief.composed_at, key=key)


def statements_of_brief(brief: Brief) -> tuple[StatementId, ...]:
    """Return the statements that a brief prints or lists, each once, in printed order."""
    return tuple(
        dict.fromkeys(
            id_
            for section in brief.sections
            for entry in section.entries
            for id_ in _cited_by(entry)
        )
    )


def digest_of(part: Body) -> str:
    """Return the SHA-256 of a part's canonical JSON, hex."""
    return hashlib.sha256(canonical_json(part).encode("utf-8")).hexdigest()


def listed_parts(receipt: Mapping[str, Any]) -> list[tuple[str, Body]]:
    """Return (kind, part) of every part of a receipt, in the order of its manifest."""
    parts = [("told", receipt["told"])]
    for kind in ("statement", "document", "capture"):
        parts += [(kind, part) for part in receipt[f"{kind}s"]]
    return parts


def _signed(
    told: Body, material: ReceiptMaterial, *, desk: str, as_of: datetime, key: SigningKey
) -> str:
    documents = {s.document_id: material.documents.get(s.document_id) for s in material.statements}
    lost = sorted(id_ for id_, document in documents.items() if document is None)
    if lost:
        raise ReceiptError(
            f"the ledger does not hold {lost[0]}, which a statement quotes",
            hint="run `lodewire doctor`",
        )
    held = [d for d in documents.values() if d is not None]
    receipt: Body = {
        "format": FORMAT,
        "version": VERSION,
        "told": told,
        "statements": [
            _told_statement(s, material.documents[s.document_id])
            for s in sorted(material.statements, key=lambda s: s.id)
        ],
        "documents": [
            _told_document(d, material.publishers[d.id]) for d in sorted(held, key=lambda d: d.id)
        ],
        "captures": [_told_capture(c) for c in sorted(material.captures, key=lambda c: c.id)],
    }
    receipt["manifest"] = {
        "format": FORMAT,
        "version": VERSION,
        "desk": desk,
        "as_of": _time(as_of),
        "methods": _methods(material.statements, held),
        "parts": [
            {"part": kind, "id": part["id"], "sha256": digest_of(part)}
            for kind, part in listed_parts(receipt)
        ],
    }
    public = key.public
    receipt["key"] = {
        "algorithm": ALGORITHM,
        "public_key": public.text,
        "fingerprint": public.fingerprint,
    }
    signature = key.sign(canonical_json(receipt["manifest"]).encode("utf-8"))
    receipt["signature"] = base64.b64encode(signature).decode("ascii")
    return json.dumps(receipt, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _methods(statements: Iterable[Statement], documents: Iterable[Document]) -> list[str]:
    used = {s.method for s in statements} | {d.method for d in documents}
    return [f"lodewire/{__version__}", *sorted(m for m in used if m)]


def _told_event(event: Event) -> Body:
    try:
        sentences = [_told_sentence(compose_sentence(event))]
    except PublishError:
        sentences = []  # no pattern fits it: its statements tell it
    return {
        "event": event.id,
        "type": event.type.value,
        "status": event.status.value,
        "modality": event.modality.value,
        "desk": None,
        "reported": event.reported.isoformat() if event.reported else None,
        "origins": len(event.origins),
        "sentences": sentences,
        "not_disclosed": sorted({s.value for s in event.of("not_disclosed")}),
        "statements": [s.id for s in event.statements],
    }


def _told_entry(entry: BriefEntry) -> Body:
    return {
        "event": entry.event_id,
        "type": entry.type.value,
        "status": entry.status.value,
        "modality": entry.modality.value,
        "desk": entry.desk.value,
        "reported": None,
        "origins": entry.origins,
        "sentences": [_told_sentence(s) for s in entry.sentences],
        "not_disclosed": sorted(entry.not_disclosed),
        "statements": list(_cited_by(entry)),
    }


def _cited_by(entry: BriefEntry) -> tuple[StatementId, ...]:
    printed = [i for s in entry.sentences for segment in s.segments for i in segment.statements]
    noted = [q.statement_id for q in entry.quotes] + [n.statement_id for n in entry.numbers]
    return tuple(dict.fromkeys([*printed, *noted]))


def _told_sentence(sentence: Sentence) -> Body:
    return {
        "segments": [{"text": s.text, "statements": list(s.statements)} for s in sentence.segments]
    }


def _told_statement(statement: Statement, document: Document) -> Body:
    span = statement.evidence.span
    around = _context_of(document, span)
    return {
        "id": statement.id,
        "subject": statement.subject,
        "property": statement.property,
        "value": statement.value,
        "original": statement.original,
        "unit": statement.unit,
        "basis": statement.basis,
        "qualifier": statement.qualifier,
        "entity": statement.entity,
        "document": statement.document_id,
        "source": statement.source_id,
        "origin": statement.origin_id,
        "span": list(span),
        "quote": statement.evidence.quote,
        "alignment": statement.evidence.alignment.value,
        "context": {"start": around.start, "text": around.of(document.text)},
        "first_seen": _time(statement.first_seen),
        "last_seen": _time(statement.last_seen),
        "method": statement.method,
        "retracted_at": _time(statement.retracted_at) if statement.retracted_at else None,
        "ruling": _told_ruling(statement.ruling) if statement.ruling else None,
    }


def _told_ruling(ruling: Ruling) -> Body:
    return {
        "decision": ruling.decision_id,
        "action": ruling.action.value,
        "author": ruling.author,
        "at": _time(ruling.at),
        "reason": ruling.reason,
        "read_value": ruling.read_value,
        "read_unit": ruling.read_unit,
        "chosen": ruling.chosen,
    }


def _context_of(document: Document, quote: Span) -> Span:
    """The sentence round a quote, at most REACH characters to each side; else as many."""
    near = Span(max(0, quote.start - REACH), min(len(document.text), quote.end + REACH))
    for sentence in document.sentences:
        if sentence.covers(quote):
            return Span(max(near.start, sentence.start), min(near.end, sentence.end))
    return near


def _told_document(document: Document, publisher: str) -> Body:
    return {
        "id": document.id,
        "source": document.source_id,
        "publisher": publisher,
        "title": document.title,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "method": document.method,
        "capture": document.capture_id,
        "text_sha256": sha256_hex(document.text.encode("utf-8")),
        "text_characters": len(document.text),
    }


def _told_capture(capture: CaptureProof) -> Body:
    return {
        "id": capture.id,
        "source": capture.source_id,
        "requested_url": capture.requested_url,
        "url": capture.url,
        "fetched_at": _time(capture.fetched_at),
        "status": capture.status,
        "media_type": capture.media_type,
        "entry": capture.entry_key,
        "body_sha256": capture.digest,
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
