"""``lodewire serve`` as a process: it answers, it stops when told, it says what is wrong."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from lodewire.errors import ConfigError
from lodewire.web.server import listen
from tests.cli.command import lodewire


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
def test_it_serves_until_it_is_told_to_stop(built: Path, number: int) -> None:
    """The address is printed once it answers; a signal ends it well; the log is JSON lines."""
    process = subprocess.Popen(
        [sys.executable, "-m", "lodewire.cli.main", "serve", "-d", str(built), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert found is not None, first
        with httpx.Client(base_url=found[0]) as client:
            assert client.get("/ready").json()["latest_brief"] == "2025-03-28"
            assert found[0] in client.get("/feed.atom").text
            process.send_signal(number)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0, err
    assert out.endswith("Stopped.\n")
    assert [json.loads(line)["path"] for line in err.splitlines()] == ["/ready", "/feed.atom"]


def test_a_port_in_use_is_told(built: Path) -> None:
    """With what to do about it."""
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        told = lodewire("serve", "-d", str(built), "--port", str(port)).refused()
    assert str(port) in told
    assert "--port" in told


def test_a_host_that_is_none_is_told() -> None:
    """An address of another machine cannot be listened on."""
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)


def test_without_the_extra_it_says_what_to_install(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Litestar is no dependency of the rest."""
    monkeypatch.delitem(sys.modules, "lodewire.web.app", raising=False)
    monkeypatch.setitem(sys.modules, "litestar", None)
    assert "lodewire[web]" in lodewire("serve", "-d", str(built)).refused()
