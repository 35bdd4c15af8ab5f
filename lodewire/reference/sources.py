"""Who publishes the figures: each source's vintages, with address, licence and what to mind."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from lodewire.errors import OntologyError

SOURCES = "sources.toml"
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,40}")
_NEEDED = ("description", "url", "licence")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSource:
    """One vintage of one source. ``licence`` says under which terms its figures may be used."""

    source: str
    vintage: str
    description: str
    url: str
    licence: str
    notes: str = ""


def data_folder() -> Traversable:
    """Return the folder of the package's own tables."""
    return resources.files("lodewire.reference") / "data"


def is_word(text: str) -> bool:
    """Return whether ``text`` may name a source or a vintage (it becomes a part of a file name)."""
    return _WORD.fullmatch(text) is not None


@cache
def packaged_sources() -> tuple[FigureSource, ...]:
    """Return the sources of the package's tables, in the order of the file."""
    return read_sources(data_folder())


def read_sources(place: Traversable | Path) -> tuple[FigureSource, ...]:
    """Read ``sources.toml`` in ``place``; raises OntologyError when it is missing or wrong."""
    try:
        told = tomllib.loads((place / SOURCES).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{SOURCES}: the data file cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{SOURCES}: not valid TOML: {error}") from error
    return tuple(
        _source(source, vintage, table)
        for source, vintages in told.items()
        for vintage, table in (vintages.items() if isinstance(vintages, dict) else ((None, None),))
    )


def _source(source: str, vintage: object, table: object) -> FigureSource:
    if not isinstance(vintage, str) or not isinstance(table, Mapping):
        raise OntologyError(f"{SOURCES}: [{source}] holds no vintage, as [{source}.2025] would")
    where = f"{SOURCES}: [{source}.{vintage}]"
    if not (is_word(source) and is_word(vintage)):
        raise OntologyError(f"{where}: names are letters, digits, dots and hyphens")
    for field in _NEEDED:
        if not isinstance(table.get(field), str) or not table[field].strip():
            raise OntologyError(f"{where}: {field} is missing")
    return FigureSource(
        source=source,
        vintage=vintage,
        description=table["description"],
        url=table["url"],
        licence=table["licence"],
        notes=str(table.get("notes", "")),
    )


def write_sources(sources: Iterable[FigureSource]) -> bytes:
    """Return the TOML that ``read_sources`` reads back."""
    lines: list[str] = []
    for s in sorted(sources, key=lambda s: (s.source, s.vintage)):
        lines.append(f'[{s.source}."{s.vintage}"]')
        for field in (*_NEEDED, "notes"):
            # A JSON string is a TOML basic string: the same quotes and escapes.
            lines.append(f"{field} = {json.dumps(getattr(s, field), ensure_ascii=True)}")
        lines.append("")
    return "\n".join(lines).encode("utf-8")
