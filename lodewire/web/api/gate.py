"""What stands before the API: keys, limits, size of requests, and tags of answers.

Plain ASGI like the shell, so that it holds for every answer under ``/api/``, errors too.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

from lodewire.model.plain import plain_json
from lodewire.web.api.callers import Allowance, Caller, Callers, KeyRefused, Limiter, Spent
from lodewire.web.shell import App, Message, Receive, Scope, Send

PREFIX = "/api/"
STREAMED = "/api/v1/exports/"
MOST_BYTES = 64 * 1024
"""Bytes of a request's body; more is answered with 413."""


class Gate:
    """Wraps the application; whatever is not under ``/api/`` goes straight through."""

    def __init__(self, inner: App, callers: Callers, limiter: Limiter | None = None) -> None:
        self._inner = inner
        self._callers = callers
        self._limiter = limiter or Limiter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._inner(scope, receive, send)
            return
        try:
            caller = await asyncio.to_thread(self._caller, scope)
        except KeyRefused as refused:
            asks = (b"www-authenticate", b'Bearer realm="lodewire"')
            title = "This is not open to you." if refused.status == 403 else "A key is needed."
            await _problem(send, refused.status, title, str(refused), [asks])
            return
        except Spent as spent:
            again = (b"retry-after", str(spent.wait).encode())
            await _problem(send, 429, "Too many requests.", str(spent), [again])
            return
        allowance = self._limiter.take(caller)
        limits = _limits(allowance)
        if allowance.wait:
            told = f"{allowance.limit} requests a minute are allowed; wait {allowance.wait} s."
            again = (b"retry-after", str(allowance.wait).encode())
            await _problem(send, 429, "Too many requests.", told, [*limits, again])
            return
        body = await _body(scope, receive)
        if body is None:
            told = f"A request may have {MOST_BYTES:,} bytes."
            await _problem(send, 413, "This request is too large.", told, limits)
            return
        scope = {**scope, "state": {**scope.get("state", {}), "caller": caller}}
        if scope["path"].startswith(STREAMED):
            await self._inner(scope, _again(body, receive), _adding(send, limits))
        else:
            await self._tagged(scope, _again(body, receive), send, limits)

    def _caller(self, scope: Scope) -> Caller:
        told = _header(scope, b"authorization")
        kind, _, key = told.partition(" ")
        if told and (kind.casefold() != "bearer" or not key.strip()):
            raise KeyRefused('Send the header "Authorization: Bearer KEY".')
        client = scope.get("client")
        return self._callers.of(key.strip() or None, client[0] if client else "", scope["path"])

    async def _tagged(
        self, scope: Scope, receive: Receive, send: Send, limits: list[tuple[bytes, bytes]]
    ) -> None:
        """Answer with a tag of the bytes, and with 304 where the caller has them already."""
        parts: list[bytes] = []
        start: Message = {}

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            await self._finish(scope, start, b"".join(parts), send, limits)

        await self._inner(scope, receive, out)

    async def _finish(
        self,
        scope: Scope,
        start: Message,
        body: bytes,
        send: Send,
        limits: list[tuple[bytes, bytes]],
    ) -> None:
        headers = [*start.get("headers", []), *limits]
        body = _unsteered(headers, body)
        if start["status"] == 200:
            etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'.encode()
            headers += [(b"etag", etag), (b"vary", b"authorization")]
            headers.append((b"cache-control", b"private, max-age=0, must-revalidate"))
            tags = _header(scope, b"if-none-match").encode()
            if scope["method"] == "GET" and etag in [
                t.strip().removeprefix(b"W/") for t in tags.split(b",")
            ]:
                headers = [(k, v) for k, v in headers if k.lower() != b"content-length"]
                await send({**start, "status": 304, "headers": headers})
                await send({"type": "http.response.body", "body": b""})
                return
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _unsteered(headers: list[tuple[bytes, bytes]], body: bytes) -> bytes:
    """Return a JSON body with what would steer a terminal escaped: it reads back the very same."""
    if not any(k.lower() == b"content-type" and b"json" in v for k, v in headers):
        return body
    shown = plain_json(text := body.decode())
    if shown == text:
        return body
    told = shown.encode()
    for at, (name, _) in enumerate(headers):
        if name.lower() == b"content-length":
            headers[at] = (name, str(len(told)).encode())
    return told


def _header(scope: Scope, name: bytes) -> str:
    found = next((v for k, v in scope["headers"] if k.lower() == name), b"")
    return found.decode("latin-1")


def _limits(allowance: Allowance) -> list[tuple[bytes, bytes]]:
    return [
        (b"ratelimit-policy", f'"minute";q={allowance.limit};w=60'.encode()),
        (b"ratelimit", f'"minute";r={allowance.left};t={allowance.wait or 60}'.encode()),
    ]


async def _body(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body; None where it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""  # the caller is gone: nobody waits for an answer
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, later: Receive) -> Receive:
    """Give the body that was read, then whatever comes: that the caller is gone, say."""
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            return await later()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _adding(send: Send, more: list[tuple[bytes, bytes]]) -> Send:
    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *more]}
        await send(message)

    return out


async def _problem(
    send: Send, status: int, title: str, detail: str, more: list[tuple[bytes, bytes]]
) -> None:
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    headers = [(b"content-type", b"application/problem+json"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})
