"""What stands round the application: limits, headers of safety, the access log and the counts.

Plain ASGI, so that it holds for every answer, also for those that the framework makes itself.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any, TextIO

from lodewire.web.metrics import Metrics

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST_TARGET = 2_000
"""Bytes of path and query; more is answered with 414."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Pages have no script, so none may run; nothing is fetched from anywhere else."""

SCRIPTED = f"{POLICY}; script-src 'self'; connect-src 'self'"
"""The few pages that load a module of the site's own: passkeys need one."""

_SAFETY = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


_POLICY = b"content-security-policy"
# Whoever reads the log must not find what opens an account in it.
_SECRET = re.compile(r"^(/(?:sign-in|confirm|preferences|unsubscribe|my)/).{20,}")


class Shell:
    """Wraps the application. ``log`` gets one JSON line an answer; no address, no query.

    ``takes`` tells to which paths something may be sent; everything else is read only.
    """

    def __init__(
        self,
        inner: App,
        metrics: Metrics,
        log: TextIO | None,
        *,
        secure: bool,
        takes: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._inner = inner
        self._takes = takes
        self._metrics = metrics
        self._log = log
        self._headers = [(k.encode(), v.encode()) for k, v in _SAFETY.items()]
        if secure:
            told = b"max-age=31536000; includeSubDomains"
            self._headers.append((b"strict-transport-security", told))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        started = time.perf_counter()
        method = scope["method"]
        told = {"status": 500, "bytes": 0}

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                told_headers = message.get("headers", [])
                ours = dict(self._headers)
                if (_POLICY, SCRIPTED.encode()) in told_headers:
                    ours[_POLICY] = SCRIPTED.encode()
                kept = [(k, v) for k, v in told_headers if k.lower() not in ours]
                message = {**message, "headers": [*kept, *ours.items()]}
            elif message["type"] == "http.response.body":
                if method == "HEAD":
                    message = {**message, "body": b""}
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            if len(scope["raw_path"] or b"") + len(scope["query_string"]) > LONGEST_TARGET:
                await _plain(out, 414, "This address is too long.")
            elif method in ("GET", "HEAD"):
                await self._inner({**scope, "method": "GET"}, receive, out)
            elif method == "POST" and self._takes(scope["path"]):
                await self._inner(scope, receive, out)
            else:
                await _plain(out, 405, "This page is read only.", (b"allow", b"GET, HEAD"))
        finally:
            took = time.perf_counter() - started
            self._metrics.answered(told["status"], took)
            self._write(scope, method, told, took)

    def _write(self, scope: Scope, method: str, told: dict[str, int], took: float) -> None:
        if self._log is None:
            return
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method,
            "path": _SECRET.sub(r"\1…", scope["path"])[:200],
            "status": told["status"],
            "bytes": told["bytes"],
            "ms": round(took * 1000, 1),
        }
        self._log.write(json.dumps(line) + "\n")
        self._log.flush()


async def _plain(send: Send, status: int, text: str, *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
