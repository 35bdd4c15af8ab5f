"""What a sender did with the copies it claimed, line by line, for whoever comes after its death.

Copies are claimed and settled many at once. In between stands this file: a line before a copy is
handed over, a line after. A line is with the operating system once it is written, so a killed
process leaves it whole; after a start of the machine it proves only what it says, not what it does
not say. The file is locked as long as its sender lives.
"""

from __future__ import annotations

import json
import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lodewire.errors import MessengerAway

_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Journal:
    """One sender's lines; ``sender`` is the name it claims copies under."""

    def __init__(self, sender: str, handle: int, file: Path) -> None:
        self.sender = sender
        self._handle = handle
        self._file = file

    def began(self, subscriber: str) -> None:
        """Write that a copy is about to be handed over."""
        self._write(f"> {subscriber}\n")

    def ended(self, subscriber: str, told: dict[str, Any]) -> None:
        """Write what became of it: ``told`` is JSON."""
        self._write(f"< {subscriber} {json.dumps(told)}\n")

    def settled(self) -> None:
        """The ledger has it all: begin anew."""
        os.ftruncate(self._handle, self._first)

    def close(self) -> None:
        """Remove the file of a sender that ended by itself and settled everything."""
        self._file.unlink(missing_ok=True)
        os.close(self._handle)

    def abandon(self) -> None:
        """Let go of the file but leave it: the ledger could not be told."""
        os.close(self._handle)

    def _write(self, line: str) -> None:
        try:
            os.write(self._handle, line.encode())
        except OSError as error:
            raise MessengerAway(
                f"{self._file}: cannot be written: {error.strerror or error}",
                hint="make room in the desk's folder; nothing is sent without its line there",
            ) from error

    @property
    def _first(self) -> int:
        return len(_head(self.sender))


def open_journal(folder: Path) -> Journal:
    """Begin a journal under a name that no other sender has."""
    part = uuid.uuid4().hex[:12]
    sender = f"{socket.gethostname()}/{os.getpid()}/{part}"
    file = folder / f"{part}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        handle = os.open(fresh, flags, 0o600)
        _lock(handle)  # before it has its name, so that nobody finds it without a lock
        os.write(handle, _head(sender))
        fresh.rename(file)
    except OSError as error:
        raise MessengerAway(
            f"{folder}: cannot be written: {error.strerror or error}",
            hint="the desk's folder must be writable: what is being sent is noted there",
        ) from error
    return Journal(sender, handle, file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a dead sender left: copies begun and not ended, and how others ended.

    ``whole``: what it does not name was surely not handed over.
    """

    sender: str
    begun: frozenset[str] = frozenset()
    ended: dict[str, dict[str, Any]] = field(default_factory=dict)
    whole: bool = False


@contextmanager
def left_behind(folder: Path) -> Iterator[list[Left]]:
    """Yield what dead senders of this machine left; their files go when the block ends well."""
    held: list[tuple[int, Path]] = []
    found: list[Left] = []
    try:
        for file in sorted(folder.glob("*.log")):
            try:
                handle = os.open(file, os.O_RDWR)
            except OSError:
                continue
            if not _lock(handle):
                os.close(handle)
                continue
            held.append((handle, file))
            if (left := _read(file)) is not None:
                found.append(left)
        yield found
        for _, file in held:
            file.unlink(missing_ok=True)
    finally:
        for handle, _ in held:
            os.close(handle)


def _read(file: Path) -> Left | None:
    lines = file.read_text("utf-8", "replace").split("\n")
    try:
        head = json.loads(lines[0])
    except ValueError:
        return None
    begun: set[str] = set()
    ended: dict[str, dict[str, Any]] = {}
    for line in lines[1:]:
        mark, _, rest = line.partition(" ")
        if mark == ">":
            begun.add(rest)
        elif mark == "<":
            subscriber, _, told = rest.partition(" ")
            with suppress(ValueError):  # a line cut short says nothing: the copy was begun
                ended[subscriber] = json.loads(told)
    return Left(
        sender=head["sender"],
        begun=frozenset(begun - ended.keys()),
        ended=ended,
        whole=head["boot"] == _boot() != "",
    )


def _head(sender: str) -> bytes:
    return (json.dumps({"sender": sender, "boot": _boot()}) + "\n").encode()


def _boot() -> str:
    """What names this run of the machine; empty where that is not told."""
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return ""


def _lock(handle: int) -> bool:
    """Take the file for this process; False where another has it, or nobody can tell."""
    try:
        import fcntl
    except ImportError:  # not on Windows: copies of a dead sender then wait for their lease
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
