"""What a fetch changed in a table: rows that came, went, or hold other values."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_SHOWN = 5

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Counts, and a few ``examples`` in words, rows with other values first."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    rows: int = 0
    examples: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def compare(before: Mapping[Key, Any], after: Mapping[Key, Any], row: type) -> Changes:
    """Return what differs between two tables by key."""
    added = sorted(after.keys() - before.keys())
    gone = sorted(before.keys() - after.keys())
    changed = sorted(k for k in before.keys() & after.keys() if before[k] != after[k])
    told = [f"{_name(k)}: {_difference(before[k], after[k], row)}" for k in changed[:_SHOWN]]
    told += [f"new: {_name(k)}" for k in added[: _SHOWN - len(told)]] if before else []
    told += [f"gone: {_name(k)}" for k in gone[: _SHOWN - len(told)]]
    return Changes(
        added=len(added),
        changed=len(changed),
        gone=len(gone),
        rows=len(after),
        examples=tuple(told),
    )


def _name(key: Key) -> str:
    return " ".join(part for part in key if part)


def _difference(old: object, new: object, row: type) -> str:
    names = [f.name for f in dataclasses.fields(typing.cast(Any, row)) if f.name != "vintage"]
    told = [
        f"{name} {_short(getattr(old, name))} → {_short(getattr(new, name))}"
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]
    return "; ".join(told[:3])


def _short(value: object) -> str:
    if isinstance(value, tuple):
        return f"{len(value)} entries"
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
