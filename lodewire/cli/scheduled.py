"""A job of the schedule as a process: started on a leash, watched, ended, its last words kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from lodewire.model.schedule import Occurrence

_READ = 8_000  # bytes of output looked at, from the end


@dataclass(slots=True, kw_only=True)
class Child:
    """An occurrence that this process runs; ``renewed`` is when its lease was last renewed."""

    taken: Occurrence
    process: subprocess.Popen[bytes]
    output: IO[bytes]
    renewed: datetime

    def tail(self) -> str:
        """Return the end of what it printed so far."""
        self.output.seek(0, os.SEEK_END)
        self.output.seek(max(0, self.output.tell() - _READ))
        return self.output.read().decode("utf-8", "replace")

    def signal(self, number: int) -> None:
        """Signal it and all that it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    def end(self, seconds: float) -> None:
        """Ask it to end; end it where it has not after so many seconds."""
        self.signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """Let go of its leash and its output."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.output.close()


def command_of(arguments: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Return a command of the desk as this interpreter runs it."""
    return (sys.executable, "-m", "lodewire.cli.leash", *arguments, "--desk", str(folder))


def start(taken: Occurrence, command: Sequence[str], *, now: datetime) -> Child:
    """Start a command for an occurrence, in a group of its own; raises OSError."""
    output = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the child
    try:
        process = subprocess.Popen(  # noqa: S603 - the desk's own command
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C in a terminal is for the site, which ends them itself
        )
    except OSError:
        output.close()
        raise
    return Child(taken=taken, process=process, output=output, renewed=now)
