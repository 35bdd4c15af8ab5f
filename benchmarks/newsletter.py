"""Sending the newsletter: messages a second beside what smtplib alone reaches at the same server.

``python -m benchmarks.newsletter --readers 3000 --connections 2``. The server is aiosmtpd in a
process of its own, or with ``--server sink`` Postfix's smtp-sink, or any on loopback as ``--server
127.0.0.1:2525``. The floor sends ready messages of the same sizes again and again, over as many
connections. Both take turns, some seconds each, so that what else the machine does weighs on both
alike. The bar is 0.6 of the floor.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import smtplib
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

import click

from benchmarks.report import BenchRow
from lodewire.config.desk import DeskConfig, load_desk
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    Consent,
    ConsentStep,
    DeliveryState,
    Preferences,
    Subscriber,
    SubscriberState,
)
from lodewire.model.vocabulary import Desk
from lodewire.pipeline.sample import run_sample
from lodewire.workbench.letters.campaigning import LetterBook, start_campaign
from lodewire.workbench.letters.sending import send_due
from lodewire.workbench.letters.subscribing import Subscriptions, open_subscriptions

_ADD = 5_000  # readers added by one transaction
_TURN = 10.0  # seconds of sending between two floors
_FLOOR = 1_500  # messages of a floor


@contextmanager
def smtp_server(which: str) -> Iterator[tuple[str, int, Any]]:
    """Yield host, port, and a function that tells (messages, recipients) taken, or None."""
    if which == "aiosmtpd":
        port, taken, twice = _free_port(), *_counters()
        child = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(port, taken, twice), daemon=True
        )
        child.start()
        _wait_for(port)
        try:
            yield "127.0.0.1", port, lambda: (taken.value, twice.value)
        finally:
            child.terminate()
            child.join()
    elif which == "sink":
        port = _free_port()
        place = shutil.which("smtp-sink") or "/usr/sbin/smtp-sink"
        command = [place, "-u", "nobody", "-c", f"inet:127.0.0.1:{port}", "256"]
        sink = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for(port)
        try:
            yield "127.0.0.1", port, lambda: None
        finally:
            sink.terminate()
            sink.wait()
    else:
        host, _, told = which.rpartition(":")
        yield host, int(told), lambda: None


def _counters() -> tuple[Any, Any]:
    context = multiprocessing.get_context("spawn")
    return context.Value("i", 0), context.Value("i", 0)


def _serve(port: int, taken: Synchronized[int], twice: Synchronized[int]) -> None:
    import asyncio

    from aiosmtpd.smtp import SMTP

    seen: set[str] = set()

    class Sink:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
            for to in envelope.rcpt_tos:
                if to.startswith("r"):
                    taken.value += 1
                    twice.value += to in seen
                    seen.add(to)
            return "250 OK"

    async def main() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Sink(), loop=loop), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(main())


def floor(
    host: str, port: int, bodies: Sequence[bytes], *, messages: int, connections: int
) -> float:
    """Return how many ready messages a second smtplib alone hands over."""

    def send(count: int) -> None:
        with smtplib.SMTP(host, port) as smtp:
            smtp.ehlo()
            for n in range(count):
                smtp.sendmail(
                    "brief@example.org", [f"floor{n}@example.org"], bodies[n % len(bodies)]
                )

    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        for done in [pool.submit(send, messages // connections) for _ in range(connections)]:
            done.result()
    return messages / (time.perf_counter() - began)


def prepare(folder: Path, host: str, port: int, readers: int, connections: int) -> None:
    """Build the sample desk with readers of every desk and of all, ready to be sent to."""
    run_sample(folder)
    file = folder / "desk.toml"
    told = file.read_text("utf-8").partition("\n[newsletter]")[0]
    file.write_text(
        f'{told}\n[newsletter]\nmessenger = "smtp"\nsender = "brief@example.org"\nhost = "{host}"\n'
        f'port = {port}\nsecurity = "none"\nconnections = {connections}\n',
        "utf-8",
    )
    desk = load_desk(folder)
    now = datetime.now(UTC)
    with open_ledger(desk.ledger_place) as ledger:
        subscriptions = open_subscriptions(desk, ledger, now=now)
        for first in range(0, readers, _ADD):
            some = range(first, min(first + _ADD, readers))
            subscriptions.add_all([_reader(subscriptions, n, now) for n in some])


def _reader(
    subscriptions: Subscriptions, number: int, now: datetime
) -> tuple[Subscriber, tuple[Consent, ...]]:
    address = f"r{number}@example.org"
    chosen = (None, *Desk)[number % 3]
    step = Consent(step=ConsentStep.IMPORTED, wording="1", source="benchmark", at=now)
    subscriber = Subscriber(
        address=address,
        address_key=subscriptions.key.hash_address(address),
        state=SubscriberState.ACTIVE,
        preferences=Preferences(desks=() if chosen is None else (chosen,), hour=0),
        created_at=now,
        asked_at=now,
        serial=1,
    )
    return subscriber, (step,)


def measure(
    folder: Path, told: Any, host: str, port: int, *, connections: int
) -> Iterator[BenchRow | str]:
    """Send the latest brief to everybody; yield rows and lines to print."""
    desk = load_desk(folder)
    with open_ledger(desk.ledger_place) as ledger:
        now = datetime.now(UTC)
        subscriptions = open_subscriptions(desk, ledger, now=now)
        day = ledger.briefs.days()[0]
        began = time.perf_counter()
        campaign = start_campaign(ledger, day, day, now=now)
        assert campaign is not None
        yield f"campaign begun in {time.perf_counter() - began:.1f} s"
        bodies = [
            message.body
            for number in range(3)  # who chose all desks, one, another: as the readers did
            for message in [
                LetterBook(subscriptions, ledger, campaign).message(
                    _reader(subscriptions, number, now)[0], now=now
                )
            ]
            if message is not None
        ]
        yield f"messages of {', '.join(f'{len(b) / 1000:.0f}' for b in bodies)} kB"
        raw = partial(floor, host, port, bodies, messages=_FLOOR, connections=connections)
        books = cycle([LetterBook(subscriptions, ledger, campaign) for _ in range(connections)])
        counts: Counter[DeliveryState] = Counter()
        sending, floors, memory = 0.0, [1 / raw()], [_memory()]
        while ledger.campaigns.next_due(campaign.id) is not None:
            began = time.perf_counter()
            counts += _send_a_while(desk, ledger, lambda: next(books))
            sending += time.perf_counter() - began
            floors.append(1 / raw())
            memory.append(_memory())
        yield f"{ {s.value: n for s, n in counts.items()} }; the server's count: {told()}"
        yield f"memory after each turn: {', '.join(f'{m:.0f}' for m in memory)} MB"
        rate, alone = counts[DeliveryState.SENT] / sending, len(floors) / sum(floors)
        beside = "smtplib alone"
        yield BenchRow(name=beside, value=alone, unit="messages/s")
        yield BenchRow(
            name="newsletter", value=rate, unit="messages/s", beside=beside, times=rate / alone
        )
        grown = memory[-1] - memory[1]
        yield BenchRow(name="memory grown after the first turn", value=grown, unit="MB")


def _send_a_while(
    desk: DeskConfig, ledger: Ledger, book: Callable[[], LetterBook]
) -> Counter[DeliveryState]:
    """Send for a turn, or until nothing is due."""
    stopped = threading.Event()
    timer = threading.Timer(_TURN, stopped.set)
    timer.start()
    try:
        return send_due(desk, ledger, book, lambda: datetime.now(UTC), stopped)
    finally:
        timer.cancel()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("the server does not listen")


@click.command()
@click.option("--readers", default=3_000, show_default=True)
@click.option("--connections", default=2, show_default=True)
@click.option("--server", default="aiosmtpd", show_default=True, help="Or sink, or HOST:PORT.")
def main(readers: int, connections: int, server: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place, smtp_server(server) as (host, port, told):
        folder = Path(place) / "desk"
        prepare(folder, host, port, readers, connections)
        for row in measure(folder, told, host, port, connections=connections):
            click.echo(row if isinstance(row, str) else "  ".join(row.cells()))


if __name__ == "__main__":
    main()
