"""What every messenger offers, and the one that writes files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Protocol

from lodewire.delivery.messages import Message
from lodewire.errors import MessengerAway


class Messenger(Protocol):
    """Hands messages over. One messenger serves one thread; close it at the end."""

    def deliver(self, message: Message) -> None:
        """Hand a message over; returning means that it was taken.

        Raises TryLater or NotTaken where it surely was not, MaybeTaken where nobody can tell, and
        MessengerAway where no message can be handed over.
        """

    def holds(self, message_id: str) -> bool | None:
        """Tell whether a message was taken earlier; None where that cannot be found out."""

    def close(self) -> None:
        """Give connections back; harmless when repeated."""


class FileMessenger:
    """Writes each message to ``<folder>/<its id>.eml``, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, message: Message) -> None:
        """Write the file; the same message written again is the same file."""
        file = self._file(message.message_id)
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(message.body)
            part.replace(file)
        except OSError as error:
            raise MessengerAway(
                f"{self._folder}: cannot be written: {error.strerror or error}",
                hint="choose another folder in [newsletter] of desk.toml",
            ) from error

    def holds(self, message_id: str) -> bool | None:
        """A file is there or not."""
        return self._file(message_id).exists()

    def close(self) -> None:
        """Nothing is open."""

    def _file(self, message_id: str) -> Path:
        return self._folder / f"{re.sub(r'[^A-Za-z0-9_.-]', '_', message_id.strip('<>'))}.eml"
