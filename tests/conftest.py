"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
