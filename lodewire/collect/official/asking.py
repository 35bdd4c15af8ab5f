"""Asking one official service: its address, its key, its pace, and what its errors mean."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from lodewire.collect.fetching import Carried, Fetched, FetchPolicy
from lodewire.collect.robots import RobotsUnreadable
from lodewire.errors import (
    BlockedAddress,
    CollectError,
    FetchFailed,
    LodewireError,
    RateLimited,
    RobotsDisallowed,
    ServiceRefused,
    TooLarge,
    TooSlow,
)

if TYPE_CHECKING:
    from lodewire.collect.http import GuardedClient

_TAG = re.compile(r"<[^>]{0,400}>")
_QUESTION = re.compile(r"(https?://[^\s?]+)\?[^\s:]*")  # what --dry-run shows in full
_HIDDEN = "…"
_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where a service answers and with which key it is asked.

    ``key_from`` is the environment variable of the key, for advice. ``min_delay`` is the seconds
    between two requests, at least.
    """

    service: str
    endpoint: str
    key: str | None = field(default=None, repr=False)
    key_from: str = ""
    key_page: str = ""
    robots: bool = True
    allow_private: bool = False
    min_delay: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One request: the path below the endpoint (or a full address) and its parameters, in order.

    ``what`` says in a few words what is asked. ``key_parameter`` is the parameter that carries the
    key, ``key_header`` the header with the words before it; a service has at most one of them.
    """

    path: str
    what: str
    parameters: tuple[tuple[str, str], ...] = ()
    accept: str = "application/json"
    key_parameter: str = ""
    key_header: tuple[str, str] | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One answer: its bytes, and in a few words ``place``, what was asked, for messages."""

    place: str
    body: bytes
    media_type: str | None
    charset: str | None
    last_modified: str | None = None


class Asker:
    """Asks one service through the guarded client; no error it raises holds the key."""

    def __init__(
        self,
        client: GuardedClient,
        access: Access,
        *,
        on_answer: Callable[[int, str], None] = lambda count, what: None,
    ) -> None:
        self.access = access
        self.asked = 0
        self._client = client
        self._on_answer = on_answer

    def address(self, query: Query, *, with_key: bool = False) -> str:
        """Return the address of a query; without the key it may be shown."""
        url = query.path if "://" in query.path else f"{self.access.endpoint}{query.path}"
        told = urlencode(query.parameters, safe=",:*")
        if query.key_parameter and self.access.key:
            key = quote(self.access.key, safe="") if with_key else _HIDDEN
            told += f"{'&' if told else ''}{query.key_parameter}={key}"
        return f"{url}{'&' if '?' in url else '?'}{told}" if told else url

    async def ask(self, query: Query) -> Part:
        """Return one answer. Raises the CollectError that fits, with advice; it holds no key."""
        secrets = self._secrets()
        carried = Carried(
            accept=query.accept,
            headers=self._key_header(query),
            secrets=secrets,
            content=query.content,
        )
        policy = FetchPolicy(
            robots=self.access.robots,
            allow_private=self.access.allow_private,
            min_delay=self.access.min_delay,
        )
        try:
            answer = await self._client.fetch(
                self.address(query, with_key=True),
                policy=policy,
                method="POST" if query.content is not None else "GET",
                carried=carried,
            )
        except CollectError as error:
            # `from None`: the cause would show the address with the key in a traceback.
            raise self._told(error, secrets) from None
        assert isinstance(answer, Fetched)  # nothing was asked conditionally
        self.asked += 1
        self._on_answer(self.asked, query.what)
        return Part(
            place=f"{self.access.service}: {query.what}",
            body=answer.body,
            media_type=answer.media_type,
            charset=answer.charset,
            last_modified=answer.validators.last_modified,
        )

    def refused(self, message: str, *, hint: str | None = None) -> ServiceRefused:
        """Return the error of a service that answered with words of its own, without the key."""
        secrets = self._secrets()
        return ServiceRefused(
            f"{self.access.service}: {blanked(message, secrets)}",
            hint=hint or "Look at what was asked with --dry-run, and try again later.",
        )

    def next_page(self, address: str) -> str:
        """Return the address of a next page; raises ServiceRefused for one on another host.

        A service behind a proxy may write http for its own https address: it is asked over https.
        """
        home = urlsplit(self.access.endpoint)
        try:
            target = urlsplit(address)
            own = target.netloc == home.netloc and target.scheme in ("http", "https")
        except ValueError:
            own = False
        if not own:
            raise self.refused(f"the next page is said to be {address[:200]}")
        return target._replace(scheme=home.scheme).geturl()

    def _key_header(self, query: Query) -> tuple[tuple[str, str], ...]:
        if query.key_header is None or not self.access.key:
            return ()
        name, before = query.key_header
        return ((name, f"{before}{self.access.key}"),)

    def _secrets(self) -> tuple[str, ...]:
        key = self.access.key
        return tuple(dict.fromkeys((key, quote(key, safe=""), quote_plus(key)))) if key else ()

    def _told(self, error: CollectError, secrets: Sequence[str]) -> LodewireError:
        message = _QUESTION.sub(r"\1?…", blanked(error.message, secrets))
        hint = self._advice(error)
        if isinstance(error, FetchFailed) and error.status is not None:
            words = blanked(spoken(error.body), secrets)
            return FetchFailed(
                f"{message}: {words}" if words else message, hint=hint, status=error.status
            )
        if isinstance(error, RateLimited):
            return RateLimited(message, hint=hint, retry_after=error.retry_after)
        return type(error)(message, hint=hint)

    def _advice(self, error: CollectError) -> str | None:
        """Return what to do about an error, in the words of desk.toml's [official] part."""
        name = self.access.service
        part = f"[official.services.{name}] in desk.toml"
        if isinstance(error, RateLimited):
            return f"Fetch {name} again later, or ask for less: a later --since, a --commodity."
        if isinstance(error, RobotsUnreadable):
            return f"What {name} allows could not be read this time; fetch it again later."
        if isinstance(error, RobotsDisallowed):
            return (
                "If the service's terms let you use its interface, set robots = false under "
                f"{part}; docs/guides/official-figures.md says what each allows."
            )
        if isinstance(error, BlockedAddress):
            return f"For a mirror of your own, set allow_private_addresses = true under {part}."
        if isinstance(error, TooLarge):
            return "Ask for less, or raise max_body_mb under [official] in desk.toml."
        if isinstance(error, TooSlow):
            return "Ask for less, or raise timeout_seconds under [official] in desk.toml."
        if isinstance(error, FetchFailed) and error.status in {401, 403}:
            return self._key_advice()
        if isinstance(error, FetchFailed) and error.status in {400, 404, 422}:
            return "The service refuses the question; see what is asked with --dry-run."
        return error.hint or "Try again later; if it stays so, look at the service's page."

    def _key_advice(self) -> str:
        access = self.access
        if not access.key_from:
            return "The service refuses us; look at its page in a browser, and try again later."
        where = f" A key is given at {access.key_page}." if access.key_page else ""
        state = "is refused, or its quota is used up" if access.key else "is not set"
        return f"The key in {access.key_from} {state}.{where}"


def blanked(text: str, secrets: Sequence[str]) -> str:
    """Return a text in which no secret stands."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, _HIDDEN)
    return text


def spoken(body: bytes) -> str:
    """Return what an error's body says, in one short line: JSON, XML, HTML or text."""
    text = body.decode("utf-8", "replace").strip()
    if text.startswith(("{", "[")):
        with contextlib.suppress(ValueError, RecursionError):
            text = _message(json.loads(text)) or text
    line = " ".join(_TAG.sub(" ", text).split())
    line = "".join(c if c.isprintable() else " " for c in line)
    return line if len(line) <= _WORDS else f"{line[: _WORDS - 1]}…"


_SAYING = ("message", "error_message", "detail", "error", "description", "title", "value")


def _message(told: object, depth: int = 0) -> str:
    if isinstance(told, str):
        return told
    if depth > 4:
        return ""
    if isinstance(told, list):
        return next((words for part in told if (words := _message(part, depth + 1))), "")
    if isinstance(told, dict):
        for name in _SAYING:
            if name in told and (words := _message(told[name], depth + 1)):
                return words
        return next(
            (w for p in told.values() if not isinstance(p, str) and (w := _message(p, depth + 1))),
            "",
        )
    return ""
