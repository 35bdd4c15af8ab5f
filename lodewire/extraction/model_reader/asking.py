"""What a model is asked and what it answers: the seam to whoever carries the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """``system`` holds our rules, ``user`` the text between its marks; ``about`` is for the log."""

    system: str
    user: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. ``cut``: the model ran out of room. ``tools``: it tried to call a tool."""

    text: str
    cut: bool = False
    tools: bool = False


class Completer(Protocol):
    """Whoever carries a question to a model."""

    def complete(self, prompt: Prompt, schema: Schema) -> Answer:
        """Return the answer; raises a ModelError that says what to do."""
