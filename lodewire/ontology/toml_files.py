"""Reading the ontology's TOML files, with errors that name the file and the place in it."""

from __future__ import annotations

import tomllib
from importlib.resources.abc import Traversable
from typing import Any

from lodewire.errors import OntologyError
from lodewire.ontology.tables import data_folder


def read_toml(name: str, folder: Traversable | None = None) -> dict[str, Any]:
    """Return the content of a TOML file of the ontology; raises OntologyError."""
    place = folder if folder is not None else data_folder()
    try:
        return tomllib.loads((place / name).read_bytes().decode("utf-8"))
    except OSError as error:
        raise OntologyError(f"{name}: the data file cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise OntologyError(f"{name}: the data file is not UTF-8: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{name}: not valid TOML: {error}") from error


def check_fields(where: str, told: Any, needed: set[str], allowed: set[str]) -> dict[str, Any]:
    """Return ``told`` as a table that holds all ``needed`` fields and none but the ``allowed``."""
    if not isinstance(told, dict):
        raise OntologyError(f"{where} must be a table")
    missing = sorted(needed - set(told))
    extra = sorted(set(told) - needed - allowed)
    if missing:
        raise OntologyError(f"{where} lacks {', '.join(missing)}")
    if extra:
        raise OntologyError(f"{where} has unknown fields: {', '.join(extra)}")
    return told


def text_field(where: str, told: dict[str, Any], field: str) -> str:
    """Return a field that must be a text that is not empty."""
    value = told[field]
    if not isinstance(value, str) or not value.strip():
        raise OntologyError(f"{where}: {field} must be a text that is not empty")
    return value


def text_list(where: str, told: dict[str, Any], field: str) -> tuple[str, ...]:
    """Return a field that must be a list of texts; an absent one is empty."""
    values = told.get(field, [])
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        raise OntologyError(f"{where}: {field} must be a list of texts")
    return tuple(values)
