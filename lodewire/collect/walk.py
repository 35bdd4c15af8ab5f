"""The chain of addresses of one fetch, and what may go along it."""

from __future__ import annotations

from urllib.parse import unquote, unquote_plus, urldefrag, urljoin, urlsplit

from lodewire.collect.fetching import Carried
from lodewire.errors import FetchFailed, TooManyRedirects

_MAX_URL = 4096


class Walk:
    """The chain of addresses of one fetch."""

    def __init__(self, url: str, max_redirects: int) -> None:
        self.start = url
        self.url = cleaned(url)
        self.permanent = True
        self._seen = [self.url]
        self._max = max_redirects

    @property
    def moved_to(self) -> str | None:
        """The last address, when every redirect to it was permanent."""
        return self.url if len(self._seen) > 1 and self.permanent else None

    def follow(self, target: str, *, permanent: bool) -> None:
        """Go on to ``target``; raises TooManyRedirects, or FetchFailed for a bad address."""
        try:
            url = cleaned(urljoin(self.url, target.strip()))
        except FetchFailed as error:
            raise FetchFailed(f"{self.start}: redirects to {error.message}") from error
        except ValueError as error:
            raise FetchFailed(f"{self.start}: redirects to no address: {target[:200]!r}") from error
        if url in self._seen:
            raise TooManyRedirects(f"{self.start}: its redirects loop at {url}")
        if len(self._seen) > self._max:
            raise TooManyRedirects(f"{self.start}: more than {self._max} redirects, last to {url}")
        self._seen.append(url)
        self.url = url
        self.permanent = self.permanent and permanent


def cleaned(url: str) -> str:
    """Return the address without fragment; raises FetchFailed unless it is plain http(s)."""
    if len(url) > _MAX_URL:
        raise FetchFailed(f"{url[:80]}…: an address of {len(url):,} characters")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchFailed(
            f"{url}: not an address: {error}",
            hint="Write it in full: https://example.org/page.html",
        ) from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise FetchFailed(
            f"{url}: only http and https addresses are fetched",
            hint="Write it in full: https://example.org/page.html",
        )
    if not host:
        raise FetchFailed(
            f"{url}: the address names no host",
            hint="Write it in full: https://example.org/page.html",
        )
    if parts.username is not None or parts.password is not None:
        raise FetchFailed(
            f"{host}: addresses with a user name or password are not fetched",
            hint="Take what stands before the @ out of the address.",
        )
    return urldefrag(url).url


def origin_of(url: str) -> tuple[str, str]:
    """Return scheme, host and port for robots.txt, and the host for politeness."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.scheme.lower()}://{shown}{port}", host


def own_headers(carried: Carried, at_home: bool) -> list[tuple[str, str]]:
    """Return the headers that go to the origin asked first and to no other."""
    if not at_home:
        return []
    typed = [("Content-Type", carried.content_type)] if carried.content is not None else []
    return [*typed, *carried.headers]


def keep_at_home(walk: Walk, home: str, carried: Carried) -> None:
    """Raise FetchFailed where a redirect would take a question or a key to another origin."""
    if carried.content is not None:
        raise FetchFailed(f"{walk.start}: redirects a question to {walk.url}")
    if origin_of(walk.url)[0] == home:
        return
    spellings = (walk.url, unquote(walk.url), unquote_plus(walk.url))
    if any(secret in told for secret in carried.secrets if secret for told in spellings):
        raise FetchFailed(
            f"{walk.start}: redirects the key to another host, which is not followed",
            hint="Check the endpoint; a key goes to the service it was made for and nowhere else.",
        )
