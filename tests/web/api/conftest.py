"""The API of the site of one day, asked in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from lodewire.model.tier import Reach
from lodewire.web.api.callers import Anyone
from lodewire.web.site import Site
from tests.web.conftest import Ask, asking

Told = Callable[..., Any]


@pytest.fixture
def api(site: Site) -> Ask:
    """Ask a path under /api/v1."""
    ask = asking(site, callers=Anyone(reach=Reach()))

    def under(path: str, method: str = "GET", **more: object) -> httpx.Response:
        return ask(f"/api/v1{path}", method, **more)

    return under


@pytest.fixture
def told(api: Ask) -> Told:
    """Return the JSON of an answer that must be one."""

    def asked(path: str, method: str = "GET", **more: object) -> Any:
        answer = api(path, method, **more)
        assert answer.status_code == 200, answer.text
        return json.loads(answer.text)

    return asked
