"""The server: one process on one socket, stopped by a signal after what it answers is answered."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

import uvicorn

from lodewire.errors import ConfigError
from lodewire.web.shell import App

_GRACE = 10  # seconds that answers under way are given


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; port 0 takes a free one. Raises ConfigError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small writes at once only where the socket names its protocol: without it each
    # answer waits 40 ms for an acknowledgement.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"{host}:{port} cannot be listened on: {reason}.",
            hint="Choose another --port, or stop what listens there.",
        ) from error
    return bound


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def server_of(app: App, ready: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """Return a server that calls ``ready`` once it answers."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=_GRACE,
        limit_concurrency=500,
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
    )
    return _Server(config, ready)


def run_server(app: App, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way and return."""
    # The server raises what it was stopped by again when it is done: that must not end the
    # process before the ledger is closed.
    before = {s: signal.signal(s, lambda *_: None) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        server_of(app, ready).run(sockets=[bound])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        bound.close()
