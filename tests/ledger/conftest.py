"""A new ledger for each test, on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lodewire.ledger.store import Ledger, open_ledger
from tests.postgres import Server

from . import sample

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that a test runs on."""
    return str(request.param)


@pytest.fixture
def new_place(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Gives, each time it is called, the path or URL of another empty ledger."""
    made: list[str] = []

    def make() -> str:
        if engine == "postgresql":
            server: Server = request.getfixturevalue("postgres_server")
            url = server.new_ledger()
            request.addfinalizer(lambda: server.give_back(url))
            return url
        made.append(str(tmp_path / f"ledger{len(made) or ''}.db"))
        open_ledger(made[-1], create=True).close()
        return made[-1]

    return make


@pytest.fixture
def ledger(new_place: Callable[[], str]) -> Iterator[Ledger]:
    """An empty ledger."""
    with open_ledger(new_place()) as opened:
        yield opened


@pytest.fixture(scope="module", params=ENGINES)
def desk(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """A ledger that has read the newsroom; tests of a module share it and do not change it."""
    place = ":memory:"
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres_server").new_ledger()
    with open_ledger(place, create=True) as opened:
        sample.run(opened)
        yield opened
