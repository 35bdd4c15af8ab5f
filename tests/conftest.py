"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages and figures beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared folder with real pages is not beside the project")
    return SHARED


def services_required() -> bool:
    """CI sets this: a service that is missing is then a failure, not a skip."""
    return os.environ.get("LODEWIRE_REQUIRE_SERVICES") == "1"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this session's own; skips (in CI: fails) where none is installed."""
    programs = postgres.programs()
    if programs is None:
        told = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        if services_required():
            pytest.fail(told)
        pytest.skip(told)
    with postgres.running(programs) as server:
        yield server
