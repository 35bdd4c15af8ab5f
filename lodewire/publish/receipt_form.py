"""The form of a receipt, version 1: every field is required, none other is allowed.

No float stands in it (confidences and scores stay out), so its canonical JSON is RFC 8785.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT: Literal["lodewire-receipt"] = "lodewire-receipt"
VERSION: Literal[1] = 1

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Place = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ToldSegment(_Form):
    """A run of text with the statements that back it."""

    text: str
    statements: list[str]


class ToldSentence(_Form):
    """A printed sentence, in segments."""

    segments: list[ToldSegment]


class ToldEvent(_Form):
    """An event as it was told. ``desk`` is where a brief shows it."""

    event: str
    type: str
    status: str
    modality: str
    desk: str | None
    reported: str | None
    origins: int
    sentences: list[ToldSentence]
    not_disclosed: list[str]
    statements: list[str]


class Told(_Form):
    """What the receipt is for: an event, or a brief with its events in printed order."""

    kind: Literal["event", "brief"]
    id: str
    day: str | None
    title: str | None
    composed_at: str | None
    sample: bool
    events: list[ToldEvent]


class Context(_Form):
    """The words of the document round a quote, from character ``start`` on."""

    start: Annotated[int, Field(ge=0)]
    text: str


class ToldRuling(_Form):
    """What an editor decided about a statement, and what an edit replaced."""

    decision: str
    action: str
    author: str
    at: str
    reason: str
    read_value: str | None
    read_unit: str | None
    chosen: bool | None


class ToldStatement(_Form):
    """One statement, with its quote inside its context."""

    id: str
    subject: str
    property: str
    value: str
    original: str
    unit: str | None
    basis: str | None
    qualifier: str | None
    entity: str | None
    document: str
    source: str
    origin: str
    span: _Place
    quote: str
    alignment: str
    context: Context
    first_seen: str
    last_seen: str
    method: str
    retracted_at: str | None
    ruling: ToldRuling | None


class ToldDocument(_Form):
    """A document: where it comes from, and the digest of its clean text (UTF-8)."""

    id: str
    source: str
    publisher: str
    title: str | None
    url: str | None
    published: str | None
    language: str | None
    method: str
    capture: str
    text_sha256: _Digest
    text_characters: int


class ToldCapture(_Form):
    """A capture: the digest of the bytes as fetched, and all that its id is made from."""

    id: str
    source: str
    requested_url: str
    url: str
    fetched_at: str
    status: int
    media_type: str
    entry: str | None
    body_sha256: _Digest


class Part(_Form):
    """One part of the receipt and the SHA-256 of its canonical JSON."""

    part: Literal["told", "statement", "document", "capture"]
    id: str
    sha256: _Digest


class Manifest(_Form):
    """What is signed: whose receipt of what it is, and the digest of every part."""

    format: Literal["lodewire-receipt"]
    version: Literal[1]
    desk: str
    as_of: str
    methods: list[str]
    parts: list[Part]


class Key(_Form):
    """The public key that the signature was made for."""

    algorithm: Literal["Ed25519"]
    public_key: str
    fingerprint: _Digest


class ReceiptForm(_Form):
    """A whole receipt."""

    format: Literal["lodewire-receipt"]
    version: Literal[1]
    manifest: Manifest
    told: Told
    statements: list[ToldStatement]
    documents: list[ToldDocument]
    captures: list[ToldCapture]
    key: Key
    signature: str
