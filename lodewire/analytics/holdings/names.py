"""Names of materials, products and countries in other languages than the ontology's English."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType


@functools.cache
def material_names() -> Mapping[str, str]:
    """Return name in lower case -> id of the commodity."""
    return _names("materials")


@functools.cache
def product_names() -> Mapping[str, str]:
    """Return name in lower case -> id of the product of the use rules."""
    return _names("products")


@functools.cache
def country_names() -> Mapping[str, str]:
    """Return name in lower case -> id of the country."""
    return _names("countries")


def _names(part: str) -> Mapping[str, str]:
    place = resources.files("lodewire.analytics.holdings") / "names.toml"
    told: dict[str, list[str]] = tomllib.loads(place.read_text("utf-8"))[part]
    return MappingProxyType({name.casefold(): id_ for id_, names in told.items() for name in names})
