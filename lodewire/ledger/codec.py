"""Model ↔ JSON: one mapping for every frozen dataclass, driven by its type hints.

Decimals travel as text, times as ISO 8601 in UTC with ``Z``, days as ISO dates, enums by value,
bytes as base64, tuples (spans too) as lists. Fields that hold their default are left out, so a
field added later with a default reads old rows unchanged. Text is canonical: sorted keys, no
blanks, so that equal values give equal bytes.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

from lodewire.errors import LedgerError, LodewireError
from lodewire.model.canonical import canonical_json

T = TypeVar("T")
Json = Any  # dict, list, str, int, float, bool or None: what the json module gives and takes
_Turn = Callable[[Any], Any]


def time_text(moment: datetime) -> str:
    """Return an aware time as ISO 8601 in UTC with microseconds and Z: later times sort later."""
    if moment.tzinfo is None:
        raise LedgerError("a time without time zone cannot be stored", hint="pass an aware time")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def time_of(text: str) -> datetime:
    """Return the aware UTC time of :func:`time_text`."""
    return datetime.fromisoformat(text).astimezone(UTC)


def encode(value: object) -> Json:
    """Return the JSON form of a dataclass of the model."""
    kind: Any = type(value)
    return _encoder(kind)(value)


def decode(kind: type[T], body: Json) -> T:
    """Return the value of dataclass ``kind`` from its JSON form.

    Raises LedgerError when the JSON does not fit: unknown field, missing field, wrong value.
    """
    try:
        hint: Any = kind
        value: T = _decoder(hint)(body)
    except (TypeError, ValueError, LodewireError, InvalidOperation, binascii.Error) as error:
        raise LedgerError(
            f"a stored {kind.__name__} cannot be read: {error}",
            hint="the ledger was written by another version of Lodewire, or damaged; "
            "run `lodewire doctor`",
        ) from error
    return value


def canonical(body: Json) -> str:
    """Return JSON text that is the same for equal bodies: sorted keys, no blanks, UTF-8."""
    try:
        return canonical_json(body)
    except ValueError as error:
        raise LedgerError(
            f"a number that is not finite cannot be stored: {error}",
            hint="scores and confidences are finite numbers",
        ) from error


def dumps(value: object) -> str:
    """Return the canonical JSON text of a dataclass."""
    return canonical(encode(value))


def loads(kind: type[T], text: str) -> T:
    """Return the value of dataclass ``kind`` from :func:`dumps`; raises LedgerError."""
    try:
        body = json.loads(text)
    except ValueError as error:
        raise LedgerError(
            f"a stored {kind.__name__} is not JSON: {error}", hint="run `lodewire doctor`"
        ) from error
    return decode(kind, body)


# Turning is compiled once per type: reading a day's ledger decodes the same few classes a
# hundred thousand times.


def _same(value: Any) -> Any:
    return value


@cache
def _fields(kind: type) -> tuple[tuple[str, Any, Any], ...]:
    hints = typing.get_type_hints(kind)
    named = []
    for field in dataclasses.fields(kind):
        if not field.init:  # worked out from the others
            continue
        default = field.default
        if default is dataclasses.MISSING and field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        named.append((field.name, hints[field.name], default))
    return tuple(named)


def _is_named_tuple(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")


@cache
def _encoder(hint: Any) -> _Turn:
    hint = _bare(hint)
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _encoder(_only(hint))
        return lambda v: None if v is None else inner(v)
    if origin is tuple:
        return _tuple_turn(typing.get_args(hint), _encoder, list)
    if dataclasses.is_dataclass(hint):
        return _dataclass_encoder(typing.cast(type, hint))
    if _is_named_tuple(hint):
        return list
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda v: v.value
    if hint in _PLAIN:
        return _PLAIN[hint][0]
    raise TypeError(f"no JSON form for {hint!r}")


@cache
def _decoder(hint: Any) -> _Turn:
    hint = _bare(hint)
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _decoder(_only(hint))
        return lambda v: None if v is None else inner(v)
    if origin is tuple:
        return _tuple_turn(typing.get_args(hint), _decoder, tuple)
    if dataclasses.is_dataclass(hint):
        return _dataclass_decoder(typing.cast(type, hint))
    if _is_named_tuple(hint):
        return lambda v: hint(*v)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if hint in _PLAIN:
        return _PLAIN[hint][1]
    raise TypeError(f"no JSON form for {hint!r}")


def _bare(hint: Any) -> Any:
    """Strip NewType names: an id is stored as the text it is."""
    while isinstance(hint, typing.NewType):
        hint = hint.__supertype__
    return hint


def _only(hint: Any) -> Any:
    """Return X of ``X | None``; the model has no other unions."""
    rest = [a for a in typing.get_args(hint) if a is not type(None)]
    if len(rest) != 1:
        raise TypeError(f"no JSON form for the union {hint!r}")
    return rest[0]


def _tuple_turn(args: tuple[Any, ...], turn: Callable[[Any], _Turn], build: type) -> _Turn:
    if len(args) == 2 and args[1] is Ellipsis:
        inner = turn(args[0])
        if inner is _same:
            return build
        return lambda v: build([inner(x) for x in v])
    inners = tuple(turn(a) for a in args)
    return lambda v: build([f(x) for f, x in zip(inners, v, strict=True)])


def _dataclass_encoder(kind: type) -> _Turn:
    plan = []
    for name, hint, default in _fields(kind):
        inner = _encoder(hint)
        # Compared as written: Decimal("1.0") equals Decimal("1"), yet has digits of its own.
        told = default if default is dataclasses.MISSING else inner(default)
        plan.append((name, inner, default, told))

    def turn(value: Any) -> Json:
        body = {}
        for name, inner, default, told in plan:
            part = getattr(value, name)
            if part is default:
                continue
            part = inner(part)
            if part != told or type(part) is not type(told):
                body[name] = part
        return body

    return turn


def _dataclass_decoder(kind: type) -> _Turn:
    plan = {name: _decoder(hint) for name, hint, _ in _fields(kind)}

    def turn(body: Any) -> Any:
        if not isinstance(body, dict):
            raise TypeError(f"{body!r} is no JSON object")
        unknown = body.keys() - plan.keys()
        if unknown:
            raise ValueError(f"{kind.__name__} has no field {min(unknown)!r}")
        return kind(**{name: plan[name](part) for name, part in body.items()})

    return turn


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


def _typed(kind: type) -> _Turn:
    def turn(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is not {kind.__name__}")
        return value

    return turn


_PLAIN: dict[Any, tuple[_Turn, _Turn]] = {
    str: (_same, _typed(str)),
    int: (_same, _typed(int)),
    bool: (_same, _typed(bool)),
    float: (_same, _float),
    bytes: (lambda v: base64.b64encode(v).decode("ascii"), base64.b64decode),
    Decimal: (str, Decimal),
    datetime: (time_text, time_of),
    date: (date.isoformat, date.fromisoformat),
}
