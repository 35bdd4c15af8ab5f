"""How long a happening of a type usually stays without news, and why.

The file is ``data/life_spans.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import EventType
from lodewire.ontology.toml_files import check_fields, read_toml, text_field

FILE = "life_spans.toml"
_FIELDS = {"talks", "talks_reason", "pending", "pending_reason"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeSpan:
    """Usual days without news: in ``talks``, and while ``pending`` after an agreement."""

    talks: int
    talks_reason: str
    pending: int
    pending_reason: str


@cache
def load_life_spans() -> Mapping[EventType, LifeSpan]:
    """Return the spans of the types that can fall silent; raises OntologyError."""
    return read_life_spans()


def read_life_spans(folder: Traversable | None = None) -> Mapping[EventType, LifeSpan]:
    """Read and check the file in ``folder`` (default: the package's own)."""
    told = read_toml(FILE, folder)
    unknown = sorted(set(told) - {t.value for t in EventType})
    if unknown:
        raise OntologyError(f"{FILE}: unknown event types: {', '.join(unknown)}")
    return MappingProxyType(
        {t: _parse(f"{FILE}: [{t.value}]", told[t.value]) for t in EventType if t.value in told}
    )


def _parse(where: str, told: Any) -> LifeSpan:
    fields = check_fields(where, told, _FIELDS, set())
    for name in ("talks", "pending"):
        days = fields[name]
        if not isinstance(days, int) or isinstance(days, bool) or days < 1:
            raise OntologyError(f"{where}: {name} must be a number of days, 1 or more")
    return LifeSpan(
        talks=fields["talks"],
        talks_reason=text_field(where, fields, "talks_reason"),
        pending=fields["pending"],
        pending_reason=text_field(where, fields, "pending_reason"),
    )
