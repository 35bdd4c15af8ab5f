"""The newsletter's paths, answered before the site: the only ones of them that change something.

Each has a link's token in its path, which the access log must not hold, takes POST from anywhere
(mail programs send no form of ours), and is kept by no cache. So they stand apart from the pages
that everybody may read.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import TextIO
from urllib.parse import parse_qs

import anyio.to_thread

from lodewire.delivery.forms import Limit
from lodewire.delivery.hooks import PROVIDERS, hook_secret, read_hook
from lodewire.delivery.sns import Certificates
from lodewire.errors import DeliveryError, LinkRefused, LodewireError
from lodewire.model.audience import Preferences
from lodewire.web.languages import _, speaking, split_path
from lodewire.web.pages import letters
from lodewire.web.pages.letters import Counter, File, Onward, Post
from lodewire.web.shell import _SAFETY, App, Receive, Scope, Send
from lodewire.web.site import Page, Site
from lodewire.workbench.letters.certificates import CertificateShelf
from lodewire.workbench.letters.messengers import open_messenger
from lodewire.workbench.letters.returns import take_returned
from lodewire.workbench.letters.subscribing import Origin, Subscriptions

View = Callable[[Counter, Post], Page | File | Onward]

LONGEST_FORM = 20_000
"""Bytes of a form; more is answered with 413."""

LONGEST_CALL = 300_000
"""Bytes of a provider's call."""

_LOG = logging.getLogger("lodewire.web.letters")
_CSS = "/letters.css"
_HOOKS = "mail-hooks"
#: (path's first part, method) and whether a token follows.
_VIEWS: dict[tuple[str, str], tuple[View, bool]] = {
    ("subscribe", "GET"): (letters.sign_up, False),
    ("subscribe", "POST"): (letters.subscribe, False),
    ("confirm", "GET"): (letters.confirm_page, True),
    ("confirm", "POST"): (letters.confirm, True),
    ("unsubscribe", "GET"): (letters.unsubscribe_page, True),
    ("unsubscribe", "POST"): (letters.unsubscribe, True),
    ("preferences", "GET"): (letters.preferences_page, True),
    ("preferences", "POST"): (letters.prefer, True),
    ("onward", "GET"): (letters.onward, True),
}
_OURS = {part for part, _method in _VIEWS}
#: From one network address: forms in ten minutes, links that do not work in ten minutes.
_FORMS, _WRONG = 10, 30


class LetterDoor:
    """Answers the newsletter's paths, and hands every other request on.

    ``clock`` is the time that links and limits go by, ``certificates`` fetches those that calls of
    SNS are signed with.
    """

    def __init__(
        self,
        inner: App,
        site: Site,
        subscriptions: Subscriptions,
        *,
        log: TextIO | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        certificates: Certificates | None = None,
    ) -> None:
        self._inner = inner
        self._subscriptions = subscriptions
        self._clock = clock
        self._certificates = certificates or CertificateShelf(subscriptions.desk.contact)
        self._log = log
        self._forms = Limit(_FORMS, timedelta(minutes=10))
        self._wrong = Limit(_WRONG, timedelta(minutes=10))
        # One mail after another, beside the answers: none of them waits, so none tells by its time
        # whether an address was known.
        self._outbox = ThreadPoolExecutor(1, thread_name_prefix="letters")
        self._counter = Counter(site=site, subscriptions=subscriptions, ask=self._ask)
        self._secure = site.address.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        home = self._counter.site.language
        tag, path = split_path(scope.get("path", ""), home)
        first, _slash, token = path.strip("/").partition("/")
        method = "GET" if scope.get("method") == "HEAD" else scope.get("method", "")
        ours = path == _CSS or first == _HOOKS or first in _OURS
        if scope["type"] != "http" or not ours:
            await self._inner(scope, receive, send)
            return
        began = time.perf_counter()
        status, size = 500, 0
        try:
            with speaking(tag, home):
                page, more = await self._answer(scope, receive, first, token, method)
            status = page.status
            body = b"" if scope["method"] == "HEAD" else page.body
            size = len(body)
            await self._give(send, page, body, more)
        finally:
            self._write(scope["method"], first, status, size, time.perf_counter() - began)

    def close(self) -> None:
        """Let the mails that wait be sent."""
        self._outbox.shutdown()

    async def _answer(
        self, scope: Scope, receive: Receive, first: str, token: str, method: str
    ) -> tuple[Page, dict[str, str]]:
        if first == _CSS.strip("/"):
            css = resources.files("lodewire.web") / "static" / "letters.css"
            return Page(body=css.read_bytes(), media="text/css; charset=utf-8"), {}
        if first == _HOOKS:
            return await self._hooked(receive, token, method)
        found = _VIEWS.get((first, method))
        if found is None:
            return _plain(405, _("This page takes GET and POST.")), {"allow": "GET, HEAD, POST"}
        view, needs_token = found
        if needs_token != bool(token) or "/" in token:
            return _plain(404, _("There is no such page.")), {}
        body = await _body(receive)
        if body is None:
            return _plain(413, _("This form is too long.")), {}
        post = Post(
            token=token,
            form=_fields(scope, body),
            network=_network(scope),
            at=self._clock(),
            counts=_counts(scope),
        )
        return await anyio.to_thread.run_sync(self._made, view, post, first, method)

    async def _hooked(
        self, receive: Receive, path: str, method: str
    ) -> tuple[Page, dict[str, str]]:
        """A provider's call; whoever does not know its secret path learns nothing."""
        provider, _slash, secret = path.partition("/")
        key = self._subscriptions.key
        known = provider in PROVIDERS and hmac.compare_digest(
            hook_secret(key, provider).encode(), secret.encode()
        )
        if not known or method != "POST":
            return _plain(404, "There is no such page."), {}
        body = await _body(receive, LONGEST_CALL)
        if body is None:
            return _plain(413, "This call is too long."), {}
        return await anyio.to_thread.run_sync(self._take_call, provider, body), {}

    def _take_call(self, provider: str, body: bytes) -> Page:
        desk, now = self._subscriptions.desk, self._clock()
        signing = os.environ.get(desk.newsletter.hooks_env, "")
        try:
            found = read_hook(
                provider,
                body,
                signing_key=signing,
                topic=desk.newsletter.sns_topic,
                certificates=self._certificates,
                now=now.timestamp(),
            )
            ledger = self._counter.site.ledger
            take_returned(self._subscriptions, ledger, found, source=provider, now=now)
        except DeliveryError as error:
            return _plain(400, error.message)
        except LodewireError as error:
            _LOG.error("a call of %s could not be kept: %s", provider, error.message)
            return _plain(503, "Try again later.")
        return _plain(200, "ok")

    def _made(self, view: View, post: Post, first: str, method: str) -> tuple[Page, dict[str, str]]:
        key = self._subscriptions.key.hash_origin(post.network)
        limited = first == "subscribe" and method == "POST"
        if limited and not self._forms.allows(key, post.at):
            return _plain(
                429, _("Too many forms came from your network. Try again in ten minutes.")
            ), {"retry-after": "600"}
        try:
            found = view(self._counter, post)
        except LinkRefused:
            if not self._wrong.allows(key, post.at):
                return _plain(429, _("Too many links that do not work.")), {"retry-after": "600"}
            return letters.refused(self._counter), {}
        except LodewireError as error:
            _LOG.error("a page of the newsletter could not be made: %s", error.message)
            return _plain(503, _("This cannot be done just now. Try again in a minute.")), {}
        if isinstance(found, File):
            return found.page, {"content-disposition": f'attachment; filename="{found.name}"'}
        if isinstance(found, Onward):
            return _plain(302, ""), {"location": found.to}
        return found, {}

    def _ask(self, address: str, wanted: Preferences, origin: Origin, at: datetime) -> None:
        def run() -> None:
            try:
                message = self._subscriptions.ask(address, wanted, origin, now=at)
                if message is not None:
                    messenger = open_messenger(self._subscriptions.desk)
                    try:
                        messenger.deliver(message)
                    finally:
                        messenger.close()
            except LodewireError as error:
                _LOG.error("a mail to confirm was not sent: %s", error.message)

        self._outbox.submit(run)

    async def _give(self, send: Send, page: Page, body: bytes, more: dict[str, str]) -> None:
        headers = {
            "content-type": page.media,
            "content-length": str(len(body)),
            "cache-control": "no-store",
            "x-robots-tag": "noindex" if page.status != 200 else "nofollow",
            **_SAFETY,
            **more,
        }
        if self._secure:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
        told = [(k.encode("ascii"), v.encode("latin-1", "replace")) for k, v in headers.items()]
        await send({"type": "http.response.start", "status": page.status, "headers": told})
        await send({"type": "http.response.body", "body": body})

    def _write(self, method: str, first: str, status: int, size: int, took: float) -> None:
        if self._log is None:
            return
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method,
            "path": f"/{first}",  # without the token, which is as good as a password
            "status": status,
            "bytes": size,
            "ms": round(took * 1000, 1),
        }
        self._log.write(json.dumps(line) + "\n")
        self._log.flush()


async def _body(receive: Receive, most: int = LONGEST_FORM) -> bytes | None:
    found: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        found += message.get("body", b"")
        if len(found) > most:
            return None
        if not message.get("more_body"):
            return found


def _fields(scope: Scope, body: bytes) -> dict[str, tuple[str, ...]]:
    """The form's fields; those of the address stand in for a form only where there is none."""
    headers = {k.lower(): v for k, v in scope["headers"]}
    media = headers.get(b"content-type", b"").decode("latin-1")
    if media.startswith("multipart/form-data"):
        return _multipart(media, body)
    text = (body if scope["method"] == "POST" else scope["query_string"]).decode("utf-8", "replace")
    try:
        found = parse_qs(text, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return {}
    return {name: tuple(values) for name, values in found.items()}


def _multipart(media: str, body: bytes) -> dict[str, tuple[str, ...]]:
    """RFC 8058 lets a mail program send its one field so, too."""
    from email import message_from_bytes, policy

    head = f"Content-Type: {media}\r\n\r\n".encode("latin-1", "replace")
    found: dict[str, tuple[str, ...]] = {}
    for part in message_from_bytes(head + body, policy=policy.HTTP).iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes):
            told = payload.decode("utf-8", "replace")
            found[name] = (*found.get(name, ()), told)
    return found


def _network(scope: Scope) -> str:
    """Who asks: what a proxy on this machine says, else who is connected."""
    client = scope.get("client")
    host = str(client[0]) if client else ""
    if host in ("127.0.0.1", "::1"):
        for name, value in scope["headers"]:
            if name.lower() == b"x-forwarded-for":
                return str(value.decode("latin-1").rpartition(",")[2].strip()[:60]) or host
    return host


def _counts(scope: Scope) -> bool:
    """Not what only asks whether a page is there, nor what a browser fetches ahead of its user."""
    ahead = {b"purpose", b"sec-purpose", b"x-moz", b"x-purpose"}
    told = [v.lower() for name, v in scope["headers"] if name.lower() in ahead]
    return scope["method"] == "GET" and not any(b"prefetch" in v or b"preview" in v for v in told)


def _plain(status: int, text: str) -> Page:
    return Page(body=text.encode(), media="text/plain; charset=utf-8", status=status)
