"""Turn what pydantic, TOML and YAML complain of into one ConfigError a person can act on."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from lodewire.errors import ConfigError

_MAX_SHOWN = 60
_PASSWORD = re.compile(r"(//[^/\s:@]*:)\S*@")  # of an address: never shown
_SHAPES = {"string_pattern_mismatch", "string_too_short", "string_too_long", "too_short"}


def config_error(path: Path | str, error: ValidationError, model: type[BaseModel]) -> ConfigError:
    """Return one ConfigError that names the file, every wrong key, what is wrong, what to write.

    ``model`` is the class that was validated: its field examples and names feed the advice.
    """
    problems = error.errors(include_url=False)
    lines = [_line(problem, model) for problem in problems if not _follows(problem, problems)]
    head = f"{path}: {lines[0]}" if len(lines) == 1 else f"{path}: {len(lines)} problems"
    body = "" if len(lines) == 1 else "".join(f"\n  - {line}" for line in lines)
    return ConfigError(head + body, hint=f"Correct {path} and run the command again.")


def _follows(problem: Mapping[str, Any], problems: Sequence[Mapping[str, Any]]) -> bool:
    # A list whose every member is wrong is also reported as too short: that helps nobody.
    loc = problem["loc"]
    return problem["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in problems
    )


def _line(problem: Mapping[str, Any], model: type[BaseModel]) -> str:
    keys, owner = _locate(problem["loc"], model)
    return f"{_dotted(keys) or 'the file'}: {_what(problem, keys, owner)}"


def _locate(
    loc: tuple[int | str, ...], model: type[BaseModel]
) -> tuple[tuple[int | str, ...], type[BaseModel] | None]:
    """Return the keys as the file has them, and the model that owns the last named key.

    pydantic puts the chosen type of a discriminated union into the location, after the index;
    the file has no such key, but it tells which model was meant.
    """
    keys: list[int | str] = []
    owner: type[BaseModel] | None = model
    inner: list[type[BaseModel]] = [model]
    for key in loc:
        if isinstance(key, int):
            keys.append(key)
        elif len(inner) > 1:
            inner = [m for m in inner if key in _literals(m)]
        else:
            owner = inner[0] if inner else None
            field = owner.model_fields.get(key) if owner else None
            inner = _inner_models(field.annotation) if field is not None else []
            keys.append(key)
    return tuple(keys), owner


def _literals(model: type[BaseModel]) -> tuple[object, ...]:
    field = model.model_fields.get("type")
    return typing.get_args(field.annotation) if field is not None else ()


def _dotted(keys: tuple[int | str, ...]) -> str:
    text = ""
    for key in keys:
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def _what(
    problem: Mapping[str, Any], keys: tuple[int | str, ...], owner: type[BaseModel] | None
) -> str:
    kind = problem["type"]
    named = [key for key in keys if isinstance(key, str)]
    last = named[-1] if named else ""
    if kind == "extra_forbidden":
        return _unknown_key(last, sorted(owner.model_fields) if owner else [])
    if kind == "union_tag_invalid":
        return f"unknown type; use one of {problem['ctx']['expected_tags']}."
    if kind == "union_tag_not_found":
        return "has no type. Write, for example: type: rss"
    field = owner.model_fields.get(last) if owner else None
    advice = f" Write, for example: {field.examples[0]}" if field and field.examples else ""
    if kind == "missing":
        return f"is missing.{advice}"
    text = str(problem["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    if kind in _SHAPES:
        text = f"should {text.split(' should ', 1)[-1]}"
    elif kind != "value_error":
        text = f"should be {text}"
    return f"{text}, got {_shown(problem.get('input'))}.{advice}"


def _shown(value: object) -> str:
    text = _PASSWORD.sub(r"\1***@", repr(value))
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _unknown_key(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return f"there is no such key. Did you mean {near[0]!r}?"
    return f"there is no such key. Known here: {', '.join(known)}."


def _inner_models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found: list[type[BaseModel]] = []
    for part in typing.get_args(annotation):
        found.extend(_inner_models(part))
    return found
