"""Reading the ontology's tables: CSV files with a fixed header, and the sources they cite.

A table is a UTF-8 CSV file in ``lodewire/ontology/data``. A cell that holds several values parts
them with ``|``; a trailing ``~`` on an alias says that the words are ambiguous in ordinary text.
Every problem is an :class:`~lodewire.errors.OntologyError` that names file and line.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from lodewire.errors import OntologyError

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SOURCE_FIELDS = ("description", "url", "licence")


@dataclass(frozen=True, slots=True)
class Alias:
    """A way to write a name. An ``ambiguous`` one counts only where the context supports it."""

    text: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A public source that rows of a table cite by ``key``."""

    key: str
    description: str
    url: str
    licence: str


def data_folder() -> Traversable:
    """Return the folder of the ontology's own data files."""
    return resources.files("lodewire.ontology") / "data"


def table_names(pattern: str, folder: Traversable | None = None) -> tuple[str, ...]:
    """Return the sorted names of the files that match ``pattern`` as a whole (a regex)."""
    place = folder if folder is not None else data_folder()
    return tuple(sorted(f.name for f in place.iterdir() if re.fullmatch(pattern, f.name)))


def read_table(
    name: str, columns: Sequence[str], folder: Traversable | None = None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ``("file.csv:line", row)`` for each row of the table ``name``, cells stripped.

    Raises OntologyError when the file is missing or not UTF-8, when its header is not exactly
    ``columns`` in this order, or when a row has more or fewer cells than the header.
    """
    reader = csv.reader(io.StringIO(_read_text(name, folder)), strict=True)
    try:
        _check_header(name, next(reader, []), columns)
        for cells in reader:
            if not cells:
                continue
            where = f"{name}:{reader.line_num}"
            if len(cells) != len(columns):
                raise OntologyError(f"{where}: {len(cells)} cells, expected {len(columns)}")
            yield where, dict(zip(columns, map(str.strip, cells), strict=True))
    except csv.Error as error:
        raise OntologyError(f"{name}:{reader.line_num}: not valid CSV: {error}") from error


def split_list(cell: str) -> tuple[str, ...]:
    """Return the values of a ``|``-separated cell, stripped, empty ones left out."""
    return tuple(part for part in map(str.strip, cell.split("|")) if part)


def parse_aliases(cell: str) -> tuple[Alias, ...]:
    """Return the aliases of a ``|``-separated cell; a trailing ``~`` marks an ambiguous one."""
    return tuple(
        Alias(part.removesuffix("~").rstrip(), part.endswith("~")) for part in split_list(cell)
    )


def with_name(name: str, aliases: Sequence[Alias]) -> tuple[Alias, ...]:
    """Return name and aliases, each once, the name first.

    A name that an alias repeats with the mark is ambiguous.
    """
    listed = {alias.text: alias for alias in aliases}
    return (listed.pop(name, Alias(name)), *listed.values())


def is_slug(text: str) -> bool:
    """Tell whether ``text`` is a lower-case kebab-case id such as ``rare-earths``."""
    return _SLUG.fullmatch(text) is not None


def load_sources(name: str, folder: Traversable | None = None) -> Mapping[str, TableSource]:
    """Return key -> source of a ``*_sources.toml`` file, in the order of the file.

    Each table of the file is one source with exactly ``description``, ``url`` and ``licence``.
    Raises OntologyError on anything else.
    """
    try:
        tables: dict[str, Any] = tomllib.loads(_read_text(name, folder))
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{name}: not valid TOML: {error}") from error
    return MappingProxyType({key: _parse_source(name, key, told) for key, told in tables.items()})


def _parse_source(name: str, key: str, told: Any) -> TableSource:
    if not is_slug(key):
        raise OntologyError(f"{name}: [{key}] is not a lower-case kebab-case key")
    if not isinstance(told, dict) or set(told) != set(_SOURCE_FIELDS):
        raise OntologyError(f"{name}: [{key}] needs exactly {', '.join(_SOURCE_FIELDS)}")
    for field in _SOURCE_FIELDS:
        if not isinstance(told[field], str) or not told[field].strip():
            raise OntologyError(f"{name}: [{key}] {field} must be a text that is not empty")
    if not told["url"].startswith(("https://", "http://")):
        raise OntologyError(f"{name}: [{key}] url must start with https://")
    return TableSource(key=key, **told)


def _read_text(name: str, folder: Traversable | None) -> str:
    place = folder if folder is not None else data_folder()
    try:
        return (place / name).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise OntologyError(f"{name}: the data file cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise OntologyError(f"{name}: the data file is not UTF-8: {error}") from error


def _check_header(name: str, header: Sequence[str], columns: Sequence[str]) -> None:
    if tuple(header) == tuple(columns):
        return
    missing = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    parts = []
    if missing:
        parts.append(f"missing {', '.join(missing)}")
    if extra:
        parts.append(f"unknown {', '.join(extra)}")
    raise OntologyError(
        f"{name}:1: the header is wrong: {'; '.join(parts) or 'other order or a column twice'}",
        hint=f"The columns are {','.join(columns)}",
    )
