"""A capture: bytes as a source gave them, with headers, time and digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lodewire.model.ids import CaptureId, SourceId, content_id, sha256_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """What a feed said of a page; every field may be missing."""

    title: str | None = None
    link: str | None = None
    guid: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary_html: str | None = None
    content_html: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    enclosure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes fetched from one address at one time.

    ``url`` is the address after redirects, ``requested_url`` the one asked for; ``headers`` are
    lower-cased name/value pairs; ``media_type`` is the declared type without parameters,
    ``charset`` the declared one. ``body`` is decompressed.
    """

    source_id: SourceId
    requested_url: str
    url: str
    fetched_at: datetime
    body: bytes
    status: int = 200
    media_type: str = "text/html"
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    entry: FeedEntry | None = None

    def __post_init__(self) -> None:
        if self.fetched_at.tzinfo is None:
            raise ValueError("fetched_at must be aware")

    @property
    def digest(self) -> str:
        """SHA-256 of the body, hex."""
        return sha256_hex(self.body)

    @property
    def id(self) -> CaptureId:
        """Same source, address and bytes: same id, whenever fetched.

        The feed entry takes part, because two entries may share one page.
        """
        return capture_id(self.source_id, self.requested_url, self.digest, self.entry_key)

    @property
    def entry_key(self) -> str | None:
        """What tells the feed entry from others of its page; None without an entry."""
        entry = self.entry
        return (entry.guid or entry.link or entry.title) if entry else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureProof:
    """A capture without its bytes: enough to recompute its id, and to know the bytes again."""

    source_id: SourceId
    requested_url: str
    url: str
    fetched_at: datetime
    status: int
    media_type: str
    digest: str
    entry_key: str | None

    @property
    def id(self) -> CaptureId:
        """The id of the capture."""
        return capture_id(self.source_id, self.requested_url, self.digest, self.entry_key)


def capture_id(
    source_id: SourceId, requested_url: str, digest: str, entry_key: str | None
) -> CaptureId:
    """Return the id of what a source gave at an address, by the digest of its bytes."""
    return CaptureId(content_id("cap", source_id, requested_url, digest, entry_key))
