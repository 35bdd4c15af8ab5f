"""Running the command line in this process, with what it printed and its exit code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from lodewire.cli.main import run
from lodewire.samples import NEWSROOM_NOW

NOW = NEWSROOM_NOW.isoformat()


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)

    def refused(self) -> str:
        """Check that it failed as a person should see it; return the message and its hint."""
        assert self.code == 1, (self.code, self.out[-300:], self.err[-2000:])
        assert "Traceback" not in self.err
        lines = self.err.strip().splitlines()
        assert lines[0].startswith("lodewire: "), lines
        assert len(lines) == 2, lines
        assert lines[1].startswith("  "), "a hint says what to do"
        assert len(lines[0]) < 400
        return self.err

    def fine(self) -> Outcome:
        """Check that it did what was asked."""
        assert self.code == 0, (self.code, self.out[-300:], self.err[-2000:])
        assert "Traceback" not in self.err
        return self


@contextlib.contextmanager
def _stdin(body: bytes) -> Iterator[None]:
    with mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(body), encoding="utf-8")):
        yield


def lodewire(
    *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
) -> Outcome:
    """Run one command in this process; the environment holds nothing of the user's own desk."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""), io.StringIO()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LODEWIRE_")} | (env or {})
    with (
        mock.patch.dict(os.environ, clean, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _stdin(stdin),
    ):
        code = run([str(a) for a in arguments])
    out.flush()
    return Outcome(code, out.buffer.getvalue().decode("utf-8"), err.getvalue())
