"""From the words of an answer to typed events that nobody believes yet.

Whatever breaks the form is refused as a whole: a model that was told exactly what to write and
writes something else has either been talked round by the page or cannot be relied on.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from lodewire.errors import BadAnswer
from lodewire.extraction.model_reader.asking import Answer
from lodewire.extraction.model_reader.schema import MOST_ARGUMENTS, MOST_EVENTS, role_names
from lodewire.model.vocabulary import EventType, Modality, Status

LONGEST_ANSWER = 400_000  # characters; more is no list of events
_FENCE = re.compile(r"\A```(?:json)?[ \t]*\n(?P<inside>.*)\n```\Z", re.DOTALL)
_THOUGHT = re.compile(r"\A<think>.*?</think>", re.DOTALL)


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ToldArgument(_Told):
    """A role and the words that are said to fill it."""

    role: str
    text: str
    choice: str | None = None

    @field_validator("role")
    @classmethod
    def _role(cls, value: str) -> str:
        if value not in role_names():
            raise ValueError("unknown role")
        return value


class ToldEvent(_Told):
    """An event as the model tells it."""

    # Not strict: an enumeration comes as its word.
    type: Annotated[EventType, Field(strict=False)]
    evidence: str
    trigger: str
    status: Annotated[Status, Field(strict=False)]
    modality: Annotated[Modality, Field(strict=False)]
    said_by: str | None = None
    arguments: Annotated[list[ToldArgument], Field(max_length=MOST_ARGUMENTS)]


class ToldAnswer(_Told):
    """The whole answer."""

    events: Annotated[list[ToldEvent], Field(max_length=MOST_EVENTS)]


def parse_answer(answer: Answer) -> ToldAnswer:
    """Return the events that the answer tells; raises BadAnswer naming what breaks the form."""
    if answer.tools:
        raise BadAnswer("it tries to call a tool, and was given none")
    try:
        return ToldAnswer.model_validate(_decode(answer.text))
    except ValidationError as error:
        raise BadAnswer(_cause(error)) from error


def _decode(text: str) -> object:
    """Read the JSON, bare or in one code fence; a key told twice is refused."""
    if len(text) > LONGEST_ANSWER:
        raise BadAnswer(f"it has {len(text):,} characters")
    text = _THOUGHT.sub("", text.strip()).strip()
    fence = _FENCE.match(text)
    if fence is not None:
        text = fence["inside"]
    try:
        decoded: object = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        told = "nested too deeply" if isinstance(error, RecursionError) else _shown(str(error))
        raise BadAnswer(f"it is no JSON: {told}") from error
    return decoded


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise BadAnswer("it tells one key twice")
    return told


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no value")


def _cause(error: ValidationError) -> str:
    """The first thing that is wrong, in one line; what the model wrote is quoted and cut."""
    problem = error.errors(include_url=False, include_context=False)[0]
    names = [part for part in problem["loc"] if isinstance(part, str)]
    last = names[-1] if names else "the answer"
    kind = problem["type"]
    if kind == "extra_forbidden":
        return f"it has a key that was not asked for: {_shown(last)}"
    if kind == "enum":
        return f"unknown {_shown(last)}: {_shown(problem['input'])}"
    if kind == "value_error":
        return f"unknown role: {_shown(problem['input'])}"
    if kind == "missing":
        return f"it lacks {_shown(last)}"
    if kind == "too_long":
        return f"it has too many {_shown(last)}"
    return f"wrong form of {_shown(last)}: {_shown(problem['input'])}"


def _shown(value: object) -> str:
    words = value if isinstance(value, str) else repr(value)
    words = " ".join(words.encode("utf-8", "backslashreplace").decode("utf-8").split())
    words = "".join(c if c.isprintable() else "?" for c in words)
    return words if len(words) <= 60 else words[:59] + "…"
