"""What is kept of a document to find those alike: small, serialisable, comparable in pairs."""

from __future__ import annotations

import array
import base64
import binascii
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from lodewire.errors import LedgerError
from lodewire.model.ids import DocumentId, SourceId
from lodewire.model.story import StoryMember

#: Changes whenever signatures of two versions can't be compared.
VERSION = "sig/1"
#: Days within which two documents may be copies; related ones lie closer together.
COPY_DAYS = 45
RELATED_DAYS = 4


class Sketch(NamedTuple):
    """The least of a signature: its day as an ordinal, and how many marks it has (0: unknown)."""

    day: int
    marks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSignature:
    """The traces of one document.

    ``exact`` is the digest of the normalised text; ``prints`` are winnowed hashes of word
    4-grams (of the first words of the text), ``lead_prints`` those of its beginning; ``terms``
    maps hashed words of title and lead to their weight; ``entities`` are the organisations,
    sites, people and products named most, ``topics`` countries and commodities; ``figures`` all
    numbers, ``telling`` the distinctive ones; ``keys`` (signed 64 bit) bring documents together,
    ``close_keys`` those of them that only related documents share, ``mark_keys`` those that a
    copy shares by the dozen and strangers now and then; ``marks`` is how many of these there are.
    """

    document_id: DocumentId
    source_id: SourceId
    day: date
    language: str | None
    teaser: bool
    words: int
    exact: str
    prints: frozenset[int]
    lead_prints: frozenset[int]
    terms: tuple[tuple[int, float], ...]
    entities: tuple[str, ...]
    topics: tuple[str, ...]
    figures: frozenset[str]
    telling: tuple[str, ...]
    keys: tuple[int, ...] = ()
    close_keys: tuple[int, ...] = ()
    mark_keys: tuple[int, ...] = ()
    marks: int = 0

    @property
    def sketch(self) -> Sketch:
        """What is known of many documents at hand."""
        return Sketch(self.day.toordinal(), self.marks)

    @property
    def close_window(self) -> int:
        """Days around ``day`` in which documents that share no more than close keys may lie."""
        return RELATED_DAYS

    @property
    def window(self) -> int:
        """Days around ``day`` in which documents alike may lie."""
        return COPY_DAYS

    @property
    def order(self) -> tuple[date, bool, str]:
        """Documents join only those before them in this order: by day, articles first, by id."""
        return (self.day, self.teaser, self.document_id)

    def dump(self) -> bytes:
        """Return the signature as bytes, without its keys (they live in an index)."""
        body = {
            "v": VERSION,
            "id": self.document_id,
            "source": self.source_id,
            "day": self.day.isoformat(),
            "language": self.language,
            "teaser": self.teaser,
            "words": self.words,
            "exact": self.exact,
            "prints": _pack(self.prints),
            "lead": _pack(self.lead_prints),
            "terms": [[h, w] for h, w in self.terms],
            "entities": self.entities,
            "topics": self.topics,
            "figures": sorted(self.figures),
            "telling": self.telling,
            "marks": self.marks,
        }
        return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode("utf-8")

    @classmethod
    def load(cls, payload: bytes) -> DocumentSignature:
        """Return the signature of :meth:`dump`; raises LedgerError for another version."""
        return _loaded(payload)


def _loaded(payload: bytes) -> DocumentSignature:
    try:
        body: dict[str, Any] = json.loads(payload)
        if body["v"] != VERSION:
            raise LedgerError(
                f"a signature of version {body['v']!r} cannot be compared with {VERSION!r}",
                hint="have the documents of the last weeks placed anew",
            )
        return DocumentSignature(
            document_id=body["id"],
            source_id=body["source"],
            day=date.fromisoformat(body["day"]),
            language=body["language"],
            teaser=body["teaser"],
            words=body["words"],
            exact=body["exact"],
            prints=_unpack(body["prints"]),
            lead_prints=_unpack(body["lead"]),
            terms=tuple((h, w) for h, w in body["terms"]),
            entities=tuple(body["entities"]),
            topics=tuple(body["topics"]),
            figures=frozenset(body["figures"]),
            telling=tuple(body["telling"]),
            marks=body.get("marks", 0),
        )
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise LedgerError(
            f"a stored signature cannot be read: {error}", hint="run `lodewire doctor`"
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSignature:
    """A signature with the place its document has."""

    signature: DocumentSignature
    member: StoryMember

    @classmethod
    def load(cls, payload: bytes, member: StoryMember) -> StoredSignature:
        """Return what the ledger kept of a placed document."""
        return cls(signature=DocumentSignature.load(payload), member=member)


def _pack(numbers: Iterable[int]) -> str:
    packed = array.array("I", sorted(numbers))
    if sys.byteorder == "big":
        packed.byteswap()
    return base64.b64encode(packed.tobytes()).decode("ascii")


def _unpack(text: str) -> frozenset[int]:
    packed = array.array("I")
    packed.frombytes(base64.b64decode(text, validate=True))
    if sys.byteorder == "big":
        packed.byteswap()
    return frozenset(packed)


def stored(pairs: Iterable[tuple[bytes, StoryMember]]) -> Sequence[StoredSignature]:
    """Return the signatures of (payload, member) pairs."""
    return [StoredSignature.load(payload, member) for payload, member in pairs]
