"""What a worker makes of a portion of an archive: a pure function of its bytes.

The worker does all that needs no ledger: reading, judging, signing, understanding. So one trip to
it and back is enough for a portion, and the ledger's own process only writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from lodewire.collect.slices import Damage, Slice, SliceReader
from lodewire.errors import EmptyPage, ReadError
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.entity import Entity
from lodewire.model.ids import DocumentId, SourceId
from lodewire.model.reading import Reading
from lodewire.model.vocabulary import DocumentRole
from lodewire.pipeline.cascade import Sifted, StepTimes, sift
from lodewire.pipeline.understanding import sign_document, understand_document
from lodewire.stories.signature import DocumentSignature

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a worker must know beside the bytes; ``sources`` names those of known hosts."""

    gate: float
    now: datetime
    sources: Mapping[str, SourceId] = field(default_factory=dict)

    def source_of(self, url: str) -> SourceId:
        """Return the source of an address: the desk's own, else one named after the host."""
        host = (urlsplit(url).hostname or "file").removeprefix("www.")
        known = self.sources.get(host)
        return known if known is not None else SourceId(_slug(host))


def _slug(host: str) -> str:
    told = "".join(c if c.isascii() and c.isalnum() else "-" for c in host.lower())
    return "-".join(part for part in told.split("-") if part)[:_LONGEST_NAME] or "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one task gets: a slice of an archive, or captures at hand.

    ``mark`` and ``done`` are where the place stands once the portion is kept; ``damages`` what of
    it could not be had.
    """

    mark: str = ""
    done: int = 0
    slice: Slice | None = None
    captures: tuple[tuple[str, Capture], ...] = ()
    damages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One document of the field: where it belongs and what it says."""

    document: Document
    signature: DocumentSignature
    reading: Reading
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page of the field: its capture, what was read of it, what its documents tell.

    A document of the field that is not told failed at some step: it waits in the ledger's queue,
    where the ordinary steps take it up and set it aside with the reason.
    """

    capture: Capture
    documents: tuple[Document, ...]
    relevance: Mapping[DocumentId, float]
    told: tuple[Told, ...] = ()


@dataclass(slots=True)
class Worked:
    """What a worker made of a portion.

    ``counts`` are pages by what became of them, ``seconds`` processor time by step, ``refused``
    captures that could not be read, ``notes`` (mark, kind, message) what is no capture at all,
    ``read_to`` the byte up to which a slice holds whole records.
    """

    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    kept: list[KeptPage] = field(default_factory=list)
    refused: list[tuple[Capture, Exception]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    read_to: int = 0

    def spend(self, seconds: Mapping[str, float]) -> None:
        """Count seconds by step."""
        for step, spent in seconds.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + spent


def work_on(told: tuple[Portion, Rules]) -> Worked:
    """Read a portion as far as each page is worth; no page can make it fail."""
    portion, rules = told
    worked = Worked()
    for mark, message in portion.damages:
        worked.counts["damaged"] += 1
        worked.notes.append((mark, "FetchFailed", message))
    for mark, found in _captures(portion, rules, worked):
        if isinstance(found, Damage):
            worked.counts["damaged"] += 1
            worked.notes.append((mark, "BrokenFile", found.message))
        elif found is None:
            worked.counts["no page"] += 1
        else:
            _take(found, rules, worked)
    return worked


def _captures(
    portion: Portion, rules: Rules, worked: Worked
) -> Iterable[tuple[str, Capture | Damage | None]]:
    yield from portion.captures
    if portion.slice is None:
        return
    reader = SliceReader(portion.slice, source_of=rules.source_of, now=rules.now)
    times = StepTimes()
    for at, told in reader:
        times.end("unpack")
        worked.spend(times.seconds)
        yield str(at), told
        times = StepTimes()
    worked.read_to = reader.read_to


def _take(capture: Capture, rules: Rules, worked: Worked) -> None:
    worked.counts["pages"] += 1
    try:
        sifted = sift(capture, gate=rules.gate, leave=True)
    except EmptyPage:
        worked.counts["empty"] += 1
        return
    except ReadError as error:
        worked.counts["unreadable"] += 1
        worked.notes.append((capture.id, type(error).__name__, f"{capture.url}: {error.message}"))
        return
    except Exception as error:
        # A mistake of ours: the page is kept, so that it can be read once that is mended.
        worked.counts["set aside"] += 1
        worked.refused.append((capture, error))
        return
    worked.spend(sifted.seconds)
    if sifted.best < rules.gate:
        worked.counts[f"left at {sifted.depth.value}"] += 1
        return
    worked.counts["kept"] += 1
    worked.kept.append(_understood(capture, sifted, rules, worked))


def _understood(capture: Capture, sifted: Sifted, rules: Rules, worked: Worked) -> KeptPage:
    documents = _worth_keeping(sifted, rules.gate)
    told: list[Told] = []
    times = StepTimes()
    for document in documents:
        if sifted.relevance[document.id] < rules.gate:
            continue
        day: date = document.published or capture.fetched_at.date()
        try:
            signature = sign_document((document, day))
            times.end("sign")
            reading, entities = understand_document((document, rules.gate))
            times.end("understand")
        except Exception:
            worked.counts["documents that failed"] += 1
            continue
        told.append(
            Told(document=document, signature=signature, reading=reading, entities=entities)
        )
    worked.spend(times.seconds)
    return KeptPage(
        capture=capture,
        documents=documents,
        relevance={d.id: sifted.relevance[d.id] for d in documents},
        told=tuple(told),
    )


def _worth_keeping(sifted: Sifted, gate: float) -> tuple[Document, ...]:
    """The documents over the gate, and the article on whose page they stand."""
    return tuple(
        d
        for d in sifted.documents
        if sifted.relevance[d.id] >= gate or d.role is DocumentRole.ARTICLE
    )
