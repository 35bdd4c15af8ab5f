"""Telling a person how far a run is; the command line draws it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each step: what it is called, how much is done, and of how much if known."""

    def __call__(self, step: str, done: int, total: int | None = None) -> None:
        """Show that ``done`` of ``total`` of ``step`` are done."""


def silent(step: str, done: int, total: int | None = None) -> None:
    """Show nothing."""
