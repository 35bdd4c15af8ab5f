"""Frozen values out of JSON, by their annotations: what is not understood is an error."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def build(type_: type[T], told: Any) -> T:
    """Return a value of a dataclass from its JSON. Raises ValueError where it does not fit.

    Fields that a newer desk tells beyond those known here are left out.
    """
    found = _build(type_, told)
    assert isinstance(found, type_)
    return found


@cache
def _hints(type_: Any) -> Mapping[str, Any]:
    return get_type_hints(type_)


def _build(type_: Any, told: Any) -> Any:
    origin, inner = get_origin(type_), get_args(type_)
    if origin in (Union, types.UnionType):
        return None if told is None else _build(next(t for t in inner if t is not type(None)), told)
    if origin is tuple:
        return tuple(_build(inner[0], each) for each in _checked(list, told))
    if origin is dict:
        return dict(_checked(dict, told))
    if dataclasses.is_dataclass(type_):
        return _dataclass(type_, _checked(dict, told))  # type: ignore[arg-type]
    if type_ is datetime:
        return datetime.fromisoformat(_checked(str, told))
    if type_ is date:
        return date.fromisoformat(_checked(str, told))
    if isinstance(type_, type) and issubclass(type_, Enum):
        return type_(told)
    return told if type_ is Any else _checked(type_, told)


def _dataclass(type_: type[Any], told: dict[str, Any]) -> Any:
    hints = _hints(type_)  # type: ignore[arg-type]  # a class is hashable
    missing = hints.keys() - told.keys()
    if missing:
        raise ValueError(f"{type_.__name__} lacks {', '.join(sorted(missing))}")
    return type_(**{name: _build(hint, told[name]) for name, hint in hints.items()})


def _checked(type_: type[T], told: Any) -> T:
    # A bool is an int to Python, but no count to the API.
    if not isinstance(told, type_) or (isinstance(told, bool) and type_ is not bool):
        raise ValueError(f"{told!r:.60} is no {type_.__name__}")
    return told
