"""Checking a receipt offline: what holds, what does not, and why."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from lodewire.errors import AlignmentError, LodewireError, ReceiptError, UnsupportedClaim
from lodewire.model.brief import Segment, Sentence
from lodewire.model.canonical import canonical_json
from lodewire.model.capture import capture_id
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import (
    DecisionId,
    DocumentId,
    EntityId,
    OriginId,
    SourceId,
    StatementId,
    content_id,
    sha256_hex,
)
from lodewire.model.statement import Ruling, Statement
from lodewire.model.vocabulary import Action, Alignment
from lodewire.publish.receipt import digest_of, listed_parts
from lodewire.publish.receipt_form import (
    FORMAT,
    VERSION,
    ReceiptForm,
    ToldEvent,
    ToldRuling,
    ToldStatement,
)
from lodewire.publish.signing import PublicKey
from lodewire.publish.verify import verify_sentence

_Listed = tuple[str, str, str]  # kind, id, digest of a part
LARGEST = 64 * 1024 * 1024  # bytes; a brief of a hundred events has half a megabyte


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked: what, whether it holds, and why not (or how many did)."""

    holds: bool
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What checking a receipt found. ``vouched``: the key is one the reader knows."""

    kind: str
    subject: str
    desk: str
    as_of: str
    fingerprint: str
    vouched: bool
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that was checked holds."""
        return all(f.holds for f in self.findings)


def verify_receipt(
    body: bytes, *, known: frozenset[str] | None = None, files: Mapping[str, bytes] | None = None
) -> Verified:
    """Check a receipt without ledger, desk or network.

    ``known`` holds the fingerprints that the reader trusts; None asks nothing of the key but that
    it fits. ``files`` are captures or texts that the reader has: each must be one of the receipt's,
    and quotes are held against texts. Raises ReceiptError for what cannot be checked at all: cut
    off, not JSON, another form, another version.
    """
    raw = _load(body)
    form = _form_of(raw)
    findings = [
        *_signature(form, raw["manifest"]),
        *_key(form, known),
        *_parts(form, raw),
        *_ids(form),
        *_quotes(form),
        *_sentences(form),
        *_files(form, files or {}),
    ]
    return Verified(
        kind=form.told.kind,
        subject=form.told.id,
        desk=form.manifest.desk,
        as_of=form.manifest.as_of,
        fingerprint=form.key.fingerprint,
        vouched=known is not None and form.key.fingerprint in known,
        findings=tuple(findings),
    )


def _load(body: bytes) -> dict[str, Any]:
    if len(body) > LARGEST:
        raise ReceiptError("the file is too large for a receipt", hint="is it another file?")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReceiptError(
            f"byte {error.start} of the file is not UTF-8: it was damaged, or is no receipt",
            hint="ask for the file again",
        ) from error
    try:
        raw = json.loads(
            text, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float
        )
    except json.JSONDecodeError as error:
        if _ends_early(text.rstrip(), error):
            raise ReceiptError(
                f"the file is cut off after {len(body)} bytes", hint="ask for the whole file"
            ) from error
        raise ReceiptError(
            f"the file is not JSON (line {error.lineno}: {error.msg})",
            hint="it was damaged, or is no receipt; ask for the file again",
        ) from error
    except (RecursionError, ValueError) as error:
        raise ReceiptError(f"the file is no receipt: {error}", hint="ask for it again") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ReceiptError("the file is JSON, but no receipt of Lodewire", hint="is it another?")
    if raw.get("version") != VERSION or isinstance(raw.get("version"), bool):
        raise ReceiptError(
            f"the receipt is of version {str(raw.get('version'))[:20]}, "
            f"this Lodewire checks version {VERSION}",
            hint="check it with the Lodewire of its time, or a newer one",
        )
    return raw


def _ends_early(text: str, error: json.JSONDecodeError) -> bool:
    """Tell whether a text is JSON as far as it goes, whatever word or escape it breaks off in."""
    rest = text[error.pos :]
    return (
        not rest
        or error.msg.startswith("Unterminated string")
        or (error.msg.startswith("Invalid \\") and len(rest) <= len("\\u1234"))
        or any(word.startswith(rest) for word in ("true", "false", "null", "-"))
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Readers differ in which of the two they take, so what was signed would be open.
        raise ValueError("a field stands twice in one object")
    return found


def _no_float(text: str) -> Any:
    raise ValueError(f"{text[:20]}: a receipt holds no such number")


def _form_of(raw: dict[str, Any]) -> ReceiptForm:
    try:
        return ReceiptForm.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"])
        raise ReceiptError(
            f"the receipt is not in the form of version {VERSION}: {place}: {first['msg']}",
            hint="it was changed or damaged; ask for the file again",
        ) from error


def _summed(what: str, count: int, wrong: Iterable[str], words: str) -> Iterator[Finding]:
    """One finding for each thing wrong, or one that says how many hold."""
    told = list(wrong)
    for why in told:
        yield Finding(holds=False, what=what, why=why)
    if not told:
        yield Finding(holds=True, what=what, why=f"{count:,} {words}")


def _signature(form: ReceiptForm, manifest: Any) -> Iterator[Finding]:
    message = canonical_json(manifest).encode("utf-8", "surrogatepass")
    try:
        raw, signature = _unpacked(form.key.public_key), _unpacked(form.signature)
        key = PublicKey(raw=raw)
        fits = len(raw) == 32 and len(signature) == 64 and key.fits(signature, message)
    except (binascii.Error, ValueError):
        yield Finding(holds=False, what="signature", why="key or signature are not base64")
        return
    if key.fingerprint != form.key.fingerprint:
        why = f"the key has the fingerprint {key.fingerprint}, not the one the receipt gives"
        yield Finding(holds=False, what="key", why=why)
    if fits:
        why = f"the list of {len(form.manifest.parts):,} parts is signed with the key it names"
    else:
        why = "does not fit: the list of parts was changed after signing, or the key is another"
    yield Finding(holds=fits, what="signature", why=why)


def _unpacked(text: str) -> bytes:
    """The bytes of base64 text; ValueError for a second spelling of the same bytes."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode("ascii") != text:
        raise ValueError("not the base64 of these bytes")
    return raw


def _key(form: ReceiptForm, known: frozenset[str] | None) -> Iterator[Finding]:
    if known is None:
        return
    fits = form.key.fingerprint in known
    why = (
        "is one you know"
        if fits
        else f"signed with another key ({form.key.fingerprint}) than the {len(known)} you know"
    )
    yield Finding(holds=fits, what="key", why=why)


def _parts(form: ReceiptForm, raw: dict[str, Any]) -> Iterator[Finding]:
    listed: list[_Listed] = [(p.part, p.id, p.sha256) for p in form.manifest.parts]
    there: list[_Listed] = [(kind, part["id"], digest_of(part)) for kind, part in listed_parts(raw)]
    yield from _summed("parts", len(there), _part_faults(listed, there), "digests hold")


def _part_faults(listed: list[_Listed], there: list[_Listed]) -> Iterator[str]:
    signed = {(kind, id_): digest for kind, id_, digest in listed}
    if len(signed) < len(listed) or len({p[:2] for p in there}) < len(there):
        yield "a part stands twice"
    for kind, id_, digest in there:
        if (kind, id_) not in signed:
            yield f"{kind} {id_} was added after signing"
        elif signed[kind, id_] != digest:
            yield f"{kind} {id_} was changed after signing: its digest is not the one signed"
    for kind, id_ in sorted(signed.keys() - {p[:2] for p in there}):
        yield f"{kind} {id_} was taken out after signing"


def _ids(form: ReceiptForm) -> Iterator[Finding]:
    yield from _summed(
        "ids",
        len(form.statements) + len(form.captures) + (form.told.kind == "brief"),
        _id_faults(form),
        "ids follow from what they name",
    )
    documents = {d.id for d in form.documents}
    captures = {c.id for c in form.captures}
    wrong = [
        *(f"{s.id} quotes {s.document}, which is missing" for s in form.statements
          if s.document not in documents),
        *(f"{d.id} was read from {d.capture}, which is missing" for d in form.documents
          if d.capture not in captures),
    ]  # fmt: skip
    yield from _summed("sources", len(documents), wrong, "documents stand with their captures")


def _id_faults(form: ReceiptForm) -> Iterator[str]:
    for told in form.statements:
        statement = _attempt(_statement_of, told)
        if statement is None or statement.id != told.id:
            yield f"{told.id} is not the id of what the statement says"
    for capture in form.captures:
        recomputed = capture_id(
            SourceId(capture.source), capture.requested_url, capture.body_sha256, capture.entry
        )
        if recomputed != capture.id:
            yield f"{capture.id} is not the id of a capture with the digest {capture.body_sha256}"
    if form.told.kind == "brief" and _brief_id(form) != form.told.id:
        yield f"{form.told.id} is not the id of a brief of these sentences"


def _brief_id(form: ReceiptForm) -> str:
    told = ["".join(g.text for g in s.segments) for e in form.told.events for s in e.sentences]
    return content_id("br", form.told.day, *told)


def _attempt(turn: Callable[[ToldStatement], Statement], told: ToldStatement) -> Statement | None:
    try:
        return turn(told)
    except (ValueError, LodewireError):
        return None


def _quotes(form: ReceiptForm) -> Iterator[Finding]:
    wrong = [why for told in form.statements if (why := _quote_fault(told))]
    yield from _summed("quotes", len(form.statements), wrong, "quotes stand in their contexts")


def _quote_fault(told: ToldStatement) -> str | None:
    start, end = told.span
    at = start - told.context.start
    stands = told.context.text[at : at + end - start] if at >= 0 else ""
    if start >= end or stands != told.quote:
        return f"the quote {told.quote[:60]!r} of {told.id} is not what stands there: {stands!r}"
    return None


def _sentences(form: ReceiptForm) -> Iterator[Finding]:
    statements = {
        s.id: s for told in form.statements if (s := _attempt(_statement_of, told)) is not None
    }
    wrong: list[str] = []
    count = 0
    for event in form.told.events:
        for sentence in _sentences_of(event):
            count += 1
            try:
                verify_sentence(sentence, statements)
            except UnsupportedClaim as error:
                wrong.append(f"{event.event}: {error.message}")
        lost = [i for i in event.statements if i not in statements]
        wrong += [f"{event.event} lists {i}, which is missing" for i in lost]
    yield from _summed("sentences", count, wrong, "sentences say what their statements say")


def _sentences_of(event: ToldEvent) -> Iterator[Sentence]:
    for told in event.sentences:
        yield Sentence(
            segments=tuple(
                Segment(text=g.text, statements=tuple(StatementId(i) for i in g.statements))
                for g in told.segments
            )
        )


def _files(form: ReceiptForm, files: Mapping[str, bytes]) -> Iterator[Finding]:
    for name, body in files.items():
        digest = sha256_hex(body)
        captures = [c.id for c in form.captures if c.body_sha256 == digest]
        texts = [d.id for d in form.documents if d.text_sha256 == digest]
        for capture in captures:
            yield Finding(holds=True, what=name, why=f"is the capture {capture}")
        for document in texts:  # copies of a wire text share theirs
            yield from _text(form, name, body.decode("utf-8"), document)
        if not captures and not texts:
            why = f"its digest {digest} is neither a capture's nor a text's of this receipt"
            yield Finding(holds=False, what=name, why=why)


def _text(form: ReceiptForm, name: str, text: str, document: str) -> Iterator[Finding]:
    wrong: list[str] = []
    quoted = [s for s in form.statements if s.document == document]
    for told in quoted:
        try:
            _statement_of(told).evidence.verify(text)
        except (AlignmentError, ValueError) as error:
            wrong.append(str(error))
    yield from _summed(name, len(quoted), wrong, f"quotes stand in this text of {document}")


def _statement_of(told: ToldStatement) -> Statement:
    return Statement(
        subject=told.subject,
        property=told.property,
        value=told.value,
        original=told.original,
        evidence=Evidence(
            document_id=DocumentId(told.document),
            span=Span(*told.span),
            quote=told.quote,
            alignment=Alignment(told.alignment),
        ),
        source_id=SourceId(told.source),
        origin_id=OriginId(told.origin),
        first_seen=datetime.fromisoformat(told.first_seen),
        last_seen=datetime.fromisoformat(told.last_seen),
        unit=told.unit,
        basis=told.basis,
        qualifier=told.qualifier,
        entity=EntityId(told.entity) if told.entity is not None else None,
        method=told.method,
        retracted_at=datetime.fromisoformat(told.retracted_at) if told.retracted_at else None,
        ruling=_ruling_of(told.ruling) if told.ruling is not None else None,
    )


def _ruling_of(told: ToldRuling) -> Ruling:
    return Ruling(
        decision_id=DecisionId(told.decision),
        action=Action(told.action),
        author=told.author,
        at=datetime.fromisoformat(told.at),
        reason=told.reason,
        read_value=told.read_value,
        read_unit=told.read_unit,
        chosen=told.chosen,
    )
