"""A service on loopback that answers as a test says, byte for byte, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from tests.collect.server import respond


@dataclass(frozen=True)
class Asked:
    """One request as the service saw it."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


Answering = Callable[[Asked], bytes]


@dataclass
class LocalService:
    """``answer`` is asked for every request but robots.txt, which allows all unless told."""

    answer: Answering
    robots: bytes = respond(404)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            method, target, _ = first.split(" ")
            headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            asked = Asked(method, target, headers, body)
            if asked.path == "/robots.txt":
                writer.write(self.robots)
            else:
                self.asked.append(asked)
                writer.write(self.answer(asked))
            await writer.drain()
        writer.close()


@contextlib.contextmanager
def local_service(answer: Answering, *, robots: bytes | None = None) -> Iterator[LocalService]:
    """Serve until the block ends."""
    service = LocalService(answer)
    if robots is not None:
        service.robots = robots
    ready, loop = threading.Event(), asyncio.new_event_loop()
    listening: list[asyncio.Server] = []

    def run() -> None:
        asyncio.set_event_loop(loop)

        async def start() -> None:
            server = await asyncio.start_server(service.handle, "127.0.0.1", 0, limit=2**20)
            listening.append(server)
            service.port = server.sockets[0].getsockname()[1]
            ready.set()

        loop.run_until_complete(start())
        loop.run_forever()
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield service
    finally:
        loop.call_soon_threadsafe(listening[0].close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def json_answer(told: object, *headers: str, status: int = 200) -> bytes:
    """Answer JSON."""
    body = json.dumps(told).encode()
    return respond(status, body, "Content-Type: application/json", *headers)


def html_answer(words: str, status: int = 200) -> bytes:
    """Answer a web page, as a service in trouble does."""
    body = f"<!DOCTYPE html><html><head><title>{words}</title></head><body>x</body></html>"
    return respond(status, body.encode(), "Content-Type: text/html")
