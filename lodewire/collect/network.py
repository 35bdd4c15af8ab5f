"""One HTTP exchange over checked addresses. The only module that knows httpx.

The name is resolved once, each address is judged, and the connection goes to the judged address
itself: between check and connect nothing is looked up again, so DNS rebinding finds no gap. Host
header and TLS server name stay those of the address asked for.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache

import httpcore
import httpx

from lodewire.collect.addresses import is_public, is_unicast
from lodewire.collect.decode import ACCEPTED, Inflater
from lodewire.collect.fetching import Dropped, FetchLimits, HostAway
from lodewire.errors import BlockedAddress, FetchFailed, TooLarge, TooSlow

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
SocketOptions = Iterable[
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
]

_MAX_ADDRESSES = 4  # tried in turn for one name


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, lower-cased headers in order, and the decoded body of one exchange."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header of that lower-case name, or None."""
        return next((value for key, value in self.headers if key == name), None)


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host, in its order of preference."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostAway(
            f"the name {host} does not resolve: {error}",
            hint="Check the address and the machine's network.",
        ) from error
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, judges and connects; ``private`` lets loopback and private networks through."""

    def __init__(
        self, *, private: bool, resolver: Resolver, inner: httpcore.AsyncNetworkBackend
    ) -> None:
        self._private = private
        self._resolver = resolver
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first judged address that answers; raises BlockedAddress."""
        addresses = await self._resolver(host.strip("[]"), port)
        allowed = [a for a in addresses if (is_unicast if self._private else is_public)(a)]
        if not allowed:
            raise BlockedAddress(
                f"{host} is at {', '.join(addresses[:_MAX_ADDRESSES]) or 'no address'}, "
                "which is not on the public internet",
                hint="If the source is on your own network, set "
                "allow_private_addresses: true in its source.yml.",
            )
        last: Exception | None = None
        for address in allowed[:_MAX_ADDRESSES]:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        assert last is not None
        raise last

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: SocketOptions | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no source is reached this way."""
        raise BlockedAddress("sockets of the machine are no source")

    async def sleep(self, seconds: float) -> None:
        """Wait, for the pool's own purposes."""
        await self._inner.sleep(seconds)


class _Transport(httpx.AsyncBaseTransport):
    """httpx over a connection pool of our own backend (httpx has no public way to set it)."""

    def __init__(self, backend: GuardedBackend, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context,
            network_backend=backend,
            max_connections=None,  # bounded by the client's own gates
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; errors of httpcore pass through."""
        assert isinstance(request.stream, httpx.AsyncByteStream)
        url = request.url
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, AsyncIterable)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


@cache
def _tls_context() -> ssl.SSLContext:
    """Return the one TLS context: reading the certificates takes 20 ms."""
    return httpx.create_ssl_context()


class Network:
    """Two pools that never share a connection: the public internet, and private networks."""

    def __init__(
        self,
        limits: FetchLimits,
        *,
        resolver: Resolver = system_resolver,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._limits = limits
        context = _tls_context()
        # httpx's own client is left out: it would follow environment proxies, keep cookies, send
        # credentials and pick redirects apart. The transport does the exchange and nothing else.
        self._transports = {
            private: _Transport(
                GuardedBackend(
                    private=private, resolver=resolver, inner=inner or httpcore.AnyIOBackend()
                ),
                context,
            )
            for private in (False, True)
        }

    async def aclose(self) -> None:
        """Close every connection."""
        for transport in self._transports.values():
            await transport.aclose()

    async def exchange(
        self,
        method: str,
        url: str,
        headers: Sequence[tuple[str, str]],
        *,
        private: bool,
        seconds: float,
        cut_at: int | None = None,
        content: bytes | None = None,
    ) -> Answer:
        """Send one request and read its answer; redirects are not followed.

        ``seconds`` bounds the whole exchange. ``content`` is sent as the body. ``cut_at`` keeps
        that many bytes of a longer body instead of raising TooLarge. Raises a CollectError of the
        fitting kind.
        """
        async with _as_collect_errors(url, seconds):
            request = httpx.Request(
                method,
                url,
                headers=[*headers, ("Accept-Encoding", ACCEPTED)],
                content=content,
                extensions={
                    "timeout": {
                        "connect": min(self._limits.connect_seconds, seconds),
                        "read": seconds,
                        "write": seconds,
                        "pool": seconds,
                    }
                },
            )
            response = await self._transports[private].handle_async_request(request)
            try:
                return await self._read(response, method, cut_at)
            finally:
                await response.aclose()

    async def _read(self, response: httpx.Response, method: str, cut_at: int | None) -> Answer:
        headers = tuple(
            (key.decode("latin-1").lower(), value.decode("latin-1"))
            for key, value in response.headers.raw
        )
        if sum(len(key) + len(value) for key, value in headers) > self._limits.max_headers:
            raise TooLarge(f"the headers are larger than {self._limits.max_headers:,} bytes")
        if method == "HEAD" or response.status_code in {204, 304}:
            return Answer(status=response.status_code, headers=headers, body=b"")
        limit = self._limits.max_body
        declared = response.headers.get("content-length", "")
        if cut_at is None and declared.isdecimal() and int(declared) > limit:
            raise TooLarge(
                f"the body is {int(declared):,} bytes, more than {limit:,}",
                hint="If the source is right, raise collect.max_body_mb in desk.toml.",
            )
        body, cut = await self._body(response, cut_at)
        return Answer(status=response.status_code, headers=headers, body=body, cut=cut)

    async def _body(self, response: httpx.Response, cut_at: int | None) -> tuple[bytes, bool]:
        inflater = Inflater(
            response.headers.get("content-encoding", ""),
            max_body=self._limits.max_body,
            max_ratio=self._limits.max_ratio,
            ratio_floor=self._limits.ratio_floor,
        )
        body = bytearray()
        async for chunk in response.aiter_raw():
            for piece in inflater.feed(chunk):
                body += piece
                if cut_at is not None and len(body) > cut_at:
                    return bytes(body[:cut_at]), True
        inflater.finish()
        return bytes(body), False


@asynccontextmanager
async def _as_collect_errors(url: str, seconds: float) -> AsyncIterator[None]:
    """Turn time-outs and what httpx and httpcore raise into our own errors, naming the page."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except (TimeoutError, httpcore.TimeoutException) as error:
        raise TooSlow(
            f"{url}: no complete answer within {seconds:.3g} seconds",
            hint="If the source is right, raise collect.timeout_seconds in desk.toml.",
        ) from error
    except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError) as error:
        raise Dropped(f"{url}: the connection broke off: {_words(error)}") from error
    except httpcore.ConnectError as error:
        raise HostAway(
            f"{url}: cannot connect: {_words(error)}",
            hint="The host may be down, or its certificate may be wrong.",
        ) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError) as error:
        raise FetchFailed(f"{url}: not a proper HTTP exchange: {_words(error)}") from error
    except httpx.InvalidURL as error:
        raise FetchFailed(f"{url}: not an address: {_words(error)}") from error
    except (BlockedAddress, TooLarge, FetchFailed) as error:
        raise type(error)(f"{url}: {error.message}", hint=error.hint) from error


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
