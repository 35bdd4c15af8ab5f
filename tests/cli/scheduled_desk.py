"""A desk whose schedule has something due, and the one site that it reads."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from lodewire.config.desk import load_desk
from lodewire.ledger.store import open_ledger
from lodewire.model.schedule import Job

_FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
    b"<link>http://x/</link><description>d</description></channel></rss>"
)
_SOURCE = """\
id: example
publisher: Example
title: Example news
kind: trade_press
language: en
desks: [mining-metals]
terms: Written for tests.
expected: {{min: 0, max: 40}}
rate: 600
robots: false
allow_private_addresses: true
channels:
  - type: rss
    url: http://127.0.0.1:{port}/feed
"""


class Site:
    """A feed that counts who asks, and answers when it may."""

    def __init__(self) -> None:
        self.asked = 0
        self.left = 0
        self.status = 200
        self.may_answer = threading.Event()
        self.may_answer.set()
        site = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked += 1
                self.connection.settimeout(0.1)
                while not site.may_answer.is_set():
                    if self._is_left():
                        site.left += 1
                        return
                self.send_response(site.status)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(_FEED)))
                self.end_headers()
                self.wfile.write(_FEED)

            def _is_left(self) -> bool:
                try:
                    return self.connection.recv(1) == b""
                except TimeoutError:
                    return False
                except OSError:
                    return True

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def close(self) -> None:
        self.may_answer.set()
        self.server.shutdown()
        self.server.server_close()


def make_desk(folder: Path, place: str, site: Site, now: datetime) -> Path:
    """A desk whose run was due half an hour ago, and that is watched since an hour before."""
    source = folder / "sources" / "example"
    source.mkdir(parents=True)
    (source / "source.yml").write_text(_SOURCE.format(port=site.port), encoding="utf-8")
    due = now - timedelta(minutes=30)
    (folder / "desk.toml").write_text(
        f'name = "Timed"\ncontact = "desk@example.org"\ndatabase = "{place}"\n'
        "[sources]\nshipped = false\n[collect]\nmin_delay_seconds = 0.0\nretries = 0\n"
        f'[schedule]\non = true\nrun = ["{due:%H:%M}"]\n',
        encoding="utf-8",
    )
    with open_ledger(load_desk(folder).ledger_place, create=True) as ledger:
        for job in (Job.RUN, Job.ALERTS):
            ledger.schedule.watch(job, at=now - timedelta(hours=1))
    return folder


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A process that serves the desk; killed at the end if it is there still."""
    with (folder / "log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "lodewire.cli.main", "serve", "-d", str(folder),
             "--port", "0", "--lease", "4", *options],
            stdout=subprocess.PIPE, stderr=log, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def wait_for(true: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait until something holds; fails with ``what`` where it never does."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.1)


def utcnow() -> datetime:
    return datetime.now(UTC)
