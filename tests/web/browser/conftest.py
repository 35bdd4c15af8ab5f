"""The sample desk on a real server, and Debian's chromium, for all tests of this package.

``served`` must be asked for before ``browser``: while Playwright runs, no other event loop can
start in its thread.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from lodewire.cli.serving import site_of
from lodewire.config.desk import DeskConfig
from lodewire.ledger import open_ledger
from lodewire.pipeline.sample import run_sample
from lodewire.web.app import make_app
from lodewire.web.server import listen, server_of
from lodewire.web.site import Site
from tests.conftest import services_required

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
SECRET = "whsec_of_the_browser_tests"


@dataclass(frozen=True, slots=True)
class Served:
    """A site that answers at ``address`` (http://localhost:…, where passkeys can be had)."""

    address: str
    desk: DeskConfig
    site: Site

    def pay(self, type_: str, told: dict[str, Any], *, id_: str) -> httpx.Response:
        """Send a signed notice, as the payment service does."""
        now = int(time.time())
        notice = {"id": id_, "type": type_, "created": now, "data": {"object": told}}
        body = json.dumps(notice).encode()
        signed = hmac.new(SECRET.encode(), b"%d." % now + body, hashlib.sha256).hexdigest()
        headers = {"stripe-signature": f"t={now},v1={signed}", "content-type": "application/json"}
        return httpx.post(f"{self.address}/hooks/payments", content=body, headers=headers)


@contextmanager
def serving(desk: DeskConfig) -> Iterator[Served]:
    """Serve a desk on a free port of this machine."""
    with open_ledger(desk.ledger_place) as ledger:
        bound = listen("127.0.0.1", 0)
        address = f"http://localhost:{bound.getsockname()[1]}"
        site = site_of(desk, ledger, address)
        server = server_of(make_app(site, keep_seconds=1.0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.02)
        yield Served(address, desk, site)
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture(scope="package")
def demo_desk(tmp_path_factory: pytest.TempPathFactory) -> DeskConfig:
    """The sample desk with its brief, where anybody may sign up and payments are taken."""
    os.environ["LODEWIRE_PAYMENTS_SECRET"] = SECRET
    desk = run_sample(tmp_path_factory.mktemp("demo"), workers=1)[2]
    accounts = desk.accounts.model_copy(update={"sign_up": "open"})
    newsletter = desk.newsletter.model_copy(update={"sender": "desk@example.org"})
    return desk.model_copy(update={"accounts": accounts, "newsletter": newsletter})


@pytest.fixture(scope="package")
def served(demo_desk: DeskConfig) -> Iterator[Served]:
    """The sample desk, served."""
    with serving(demo_desk) as found:
        yield found


@pytest.fixture(scope="package")
def browser(served: Served) -> Iterator[Browser]:
    """Debian's chromium, driven by Playwright.

    It ends with this package: its event loop would keep the tests of others from having one.
    """
    if not CHROMIUM.exists():
        if services_required():
            pytest.fail(f"{CHROMIUM} is missing, and this machine must have it")
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


@dataclass(slots=True)
class Tab:
    """A page with what it said on the console and asked for."""

    page: Page
    said: list[str]
    asked: list[str]

    def strangers(self, address: str) -> list[str]:
        """What it asked of anywhere but the site."""
        return [a for a in self.asked if not a.startswith((address, "data:"))]


@pytest.fixture
def open_tab(browser: Browser, served: Served) -> Iterator[Callable[..., Tab]]:
    """Opens tabs, each in a browser profile of its own; options are those of ``new_context``."""
    contexts = []

    def make(**options: Any) -> Tab:
        context = browser.new_context(**{"reduced_motion": "reduce", **options})
        contexts.append(context)
        tab = Tab(context.new_page(), [], [])
        tab.page.set_default_timeout(10_000)
        tab.page.on("console", lambda message: tab.said.append(message.text))
        tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        return tab

    yield make
    for context in contexts:
        context.close()
