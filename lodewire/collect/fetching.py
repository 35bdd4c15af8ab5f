"""What a fetch is asked for, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

from lodewire.errors import FetchFailed

USER_AGENT_TOKEN = "Lodewire"  # what robots.txt files know us by  # noqa: S105 - no secret


class HostAway(FetchFailed):
    """The host's name does not resolve, or nothing answers there."""


class Dropped(FetchFailed):
    """The connection broke off; worth one more try, since a GET changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """Bounds of one client. Sizes in bytes, times in seconds.

    ``total_seconds`` covers one page with its redirects, without the waiting that politeness
    asks for. ``max_ratio`` bounds decompressed to compressed size, once ``ratio_floor`` bytes have
    come out. ``max_wait_seconds`` is the longest pause a host may impose on us inside a run.
    """

    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    max_body: int = 10_000_000
    max_headers: int = 64_000
    max_ratio: float = 200.0
    ratio_floor: int = 1_000_000
    max_redirects: int = 5
    retries: int = 2
    max_wait_seconds: float = 30.0
    per_host: int = 1
    concurrency: int = 8
    min_delay: float = 1.0
    robots_body: int = 512_000  # RFC 9309 §2.5: at least 500 kibibytes
    robots_fresh_seconds: float = 86_400.0  # RFC 9309 §2.4: at most a day
    robots_retry_seconds: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """What one source allows or asks: ``min_delay`` in seconds between requests to a host."""

    robots: bool = True
    allow_private: bool = False
    min_delay: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What one request carries beside its address.

    ``headers`` go to the first origin (scheme, host and port) alone; ``secrets`` never stand in
    an address of another one: a redirect that would carry one there is not followed. With
    ``content`` (sent as ``content_type``) no redirect is followed at all.
    """

    accept: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    content: bytes | None = None
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask "changed since?"; kept by the caller between runs."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page that answered 2xx.

    ``url`` is the address after redirects; ``moved_to`` the same when every redirect was
    permanent, so that the definition can be corrected. ``body`` is decompressed; ``headers``
    keep their order, lower-cased, without cookies. ``charset`` is the declared one, unchecked.
    """

    requested_url: str
    url: str
    status: int
    media_type: str | None
    charset: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    validators: Validators = Validators()
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """A page that answered 304: what we hold is current."""

    requested_url: str
    url: str
    validators: Validators
    moved_to: str | None = None


def user_agent(version: str, contact: str = "") -> str:
    """Return the honest User-Agent: who we are, which version, whom to write to."""
    who = contact if not contact or contact.startswith("http") else f"mailto:{contact}"
    return f"{USER_AGENT_TOKEN}/{version}" + (f" (+{who})" if who else "")
