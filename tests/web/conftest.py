"""A site over a small ledger, and a way to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from lodewire.ledger import open_ledger
from lodewire.web.app import make_app
from lodewire.web.site import Site
from tests.web.made import fill

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of one day."""
    folder = tmp_path_factory.mktemp("site")
    with open_ledger(folder / "desk.db", create=True) as ledger:
        yield fill(ledger, folder)


@pytest.fixture
def ask(site: Site) -> Ask:
    """Ask the application in this process; every page is made anew."""
    return asking(site)


def asking(site: Site, **how: Any) -> Ask:
    """Return a function that asks a site for a path; ``how`` goes to :func:`make_app`."""
    import anyio

    transport = httpx.ASGITransport(app=make_app(site, keep_seconds=0.0, **how))

    def get(path: str, method: str = "GET", **more: object) -> httpx.Response:
        async def one() -> httpx.Response:
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                return await client.request(method, path, **more)  # type: ignore[arg-type]

        return anyio.run(one)

    return get
