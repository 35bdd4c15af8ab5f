"""The way out: which address a connection takes, and which name TLS is shown."""

from __future__ import annotations

import asyncio

import httpcore
import pytest

from lodewire.collect.fetching import FetchLimits
from lodewire.collect.network import GuardedBackend, Network
from lodewire.errors import BlockedAddress, FetchFailed, TooSlow
from tests.collect.server import Request, client_for, respond, serving
from tests.collect.test_http import HOME


class Recorded(httpcore.AsyncNetworkBackend):
    """Writes down where connections go; those in ``dead`` fail."""

    def __init__(self, dead: set[str] = frozenset()) -> None:
        self.asked: list[tuple[str, int]] = []
        self.names: list[str] = []
        self._dead = dead

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.asked.append((host, port))
        if host in self._dead:
            raise httpcore.ConnectError("dead")
        return RecordedStream(self)


class RecordedStream(httpcore.AsyncNetworkStream):
    def __init__(self, backend: Recorded) -> None:
        self._backend = backend

    def get_extra_info(self, info: str) -> None:
        return None

    async def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        self._backend.names.append(server_hostname)
        raise httpcore.ConnectError("certificate of someone else")

    async def aclose(self) -> None:
        return


def resolving(*addresses: str):
    async def resolve(host: str, port: int) -> list[str]:
        return list(addresses)

    return resolve


def connect(addresses: list[str], *, private: bool = False, dead: set[str] = frozenset()):
    inner = Recorded(dead)
    backend = GuardedBackend(private=private, resolver=resolving(*addresses), inner=inner)
    asyncio.run(backend.connect_tcp("news.example", 443))
    return [host for host, _ in inner.asked]


def test_private_addresses_among_public_ones_are_passed_over():
    assert connect(["10.0.0.1", "1.1.1.1", "::1"]) == ["1.1.1.1"]


def test_the_next_address_is_tried_when_one_is_dead():
    assert connect(["1.1.1.1", "8.8.8.8"], dead={"1.1.1.1"}) == ["1.1.1.1", "8.8.8.8"]


def test_no_more_than_four_addresses_are_tried():
    many = [f"1.1.1.{n}" for n in range(9)]
    with pytest.raises(httpcore.ConnectError):
        connect(many, dead=set(many))


@pytest.mark.parametrize("addresses", [[], ["127.0.0.1"], ["10.0.0.1", "fe80::1"], ["nonsense"]])
def test_a_name_without_a_public_address_is_blocked(addresses):
    with pytest.raises(BlockedAddress):
        connect(addresses)


def test_a_private_source_may_use_loopback_but_no_multicast():
    assert connect(["224.0.0.1", "127.0.0.1"], private=True) == ["127.0.0.1"]


def test_sockets_of_the_machine_are_refused():
    backend = GuardedBackend(private=True, resolver=resolving(), inner=Recorded())
    with pytest.raises(BlockedAddress):
        asyncio.run(backend.connect_unix_socket("/run/docker.sock"))


def test_tls_is_shown_the_name_though_the_address_is_dialled():
    inner = Recorded()

    async def go():
        network = Network(FetchLimits(), resolver=resolving("1.1.1.1"), inner=inner)
        try:
            await network.exchange("GET", "https://news.example/", [], private=False, seconds=5)
        finally:
            await network.aclose()

    with pytest.raises(FetchFailed, match="cannot connect"):
        asyncio.run(go())
    assert inner.asked == [("1.1.1.1", 443)]
    assert inner.names == ["news.example"]


def test_a_resolver_that_hangs_ends_at_the_total_time():
    async def hangs(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    async def go():
        network = Network(FetchLimits(), resolver=hangs)
        await network.exchange("GET", "http://news.example/", [], private=False, seconds=0.1)

    with pytest.raises(TooSlow):
        asyncio.run(go())


async def never_final(request: Request, writer: asyncio.StreamWriter) -> None:
    for _ in range(500):
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


def test_endless_interim_answers_end_at_the_total_time():
    async def go():
        async with serving({"/": never_final}) as server, client_for(total_seconds=0.2) as client:
            await client.fetch(server.url("/"), policy=HOME)

    with pytest.raises(TooSlow):
        asyncio.run(go())


def test_a_connection_is_kept_for_the_next_page_of_a_host():
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while head := await reader.readuntil(b"\r\n\r\n"):
            assert head.startswith(b"GET")
            writer.write(respond(200, b"ok").replace(b"Connection: close\r\n", b""))

    async def go():
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with client_for() as client:
            for _ in range(3):
                await client.fetch(url, policy=HOME)
        server.close()

    asyncio.run(go())
    assert connections == 1
