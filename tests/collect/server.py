"""A server that speaks raw HTTP/1.1 over loopback, so that a test controls every byte."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from lodewire.collect.fetching import FetchLimits
from lodewire.collect.http import GuardedClient

Reply = bytes | Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]


@dataclass
class RawServer:
    """Answers by target; unknown targets get 404. ``seen`` keeps what was asked."""

    routes: dict[str, Reply] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)
    port: int = 0

    def url(self, target: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{target}"

    def targets(self) -> list[str]:
        return [request.target for request in self.seen]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            method, target, _ = first.split(" ")
            headers = dict(line.split(": ", 1) for line in lines)
            request = Request(method, target, {k.lower(): v for k, v in headers.items()})
            self.seen.append(request)
            reply = self.routes.get(target, respond(404))
            if isinstance(reply, bytes):
                writer.write(reply)
            else:
                await reply(request, writer)
            await writer.drain()
        writer.close()


def respond(status: int, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Build an answer; ``length`` overrides the true Content-Length, -1 leaves it out."""
    lines = [f"HTTP/1.1 {status} X", "Connection: close", *headers]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@contextlib.asynccontextmanager
async def serving(routes: dict[str, Reply] | None = None) -> AsyncIterator[RawServer]:
    """Run a RawServer on a free port of loopback."""
    server = RawServer(routes=dict(routes or {}))
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0, limit=2**20)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()


@dataclass
class FakeTime:
    """A clock that only sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def client_for(
    time: FakeTime | None = None, *, hosts: dict[str, str] | None = None, **limits: float
) -> GuardedClient:
    """Build a client without delays, whose names resolve as ``hosts`` says (or to loopback)."""
    time = time or FakeTime()

    async def resolve(host: str, port: int) -> list[str]:
        return [(hosts or {}).get(host, host if host[0].isdigit() else "127.0.0.1")]

    settings = {"min_delay": 0.0, "total_seconds": 5.0, **limits}
    return GuardedClient(
        user_agent="Lodewire/test (+mailto:test@example.org)",
        limits=FetchLimits(**settings),
        clock=time.clock,
        sleep=time.sleep,
        resolver=resolve,
    )
