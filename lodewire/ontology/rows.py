"""Cells that the tables of organisations and of sites share, read and checked alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lodewire.errors import OntologyError
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import CountryKind, load_countries
from lodewire.ontology.tables import Alias, TableSource, parse_aliases, split_list

_COUNTRY = re.compile(r"[A-Z]{2}")


def read_aliases(where: str, row: Mapping[str, str]) -> tuple[Alias, ...]:
    """Return the aliases of a row; raises OntologyError for an empty, doubled or idle one."""
    aliases = parse_aliases(row["aliases"])
    texts = [alias.text for alias in aliases]
    for alias in aliases:
        if not alias.text:
            raise OntologyError(f"{where}: an alias is empty")
        if texts.count(alias.text) > 1:
            raise OntologyError(f"{where}: alias {alias.text!r} is there twice")
        if alias.text == row["name"] and not alias.ambiguous:
            raise OntologyError(
                f"{where}: alias {alias.text!r} repeats the name",
                hint="Repeat a name only to mark it ambiguous, with ~",
            )
    return aliases


def read_country(where: str, code: str, *, hint: str) -> str:
    """Return ``code`` when it is a country's; raises OntologyError with ``hint`` otherwise."""
    country = load_countries().get(code) if _COUNTRY.fullmatch(code) else None
    if country is None or country.kind is CountryKind.BLOC:
        raise OntologyError(f"{where}: unknown country {code!r}", hint=hint)
    return code


def read_produce(where: str, cell: str) -> tuple[str, ...]:
    """Return the commodity ids of a cell; raises OntologyError for an unknown or doubled one."""
    commodities = split_list(cell)
    for commodity in commodities:
        if commodity not in load_commodities():
            raise OntologyError(f"{where}: unknown commodity {commodity!r}")
        if commodities.count(commodity) > 1:
            raise OntologyError(f"{where}: commodity {commodity!r} is there twice")
    return commodities


def read_cited(
    where: str, cell: str, sources: Mapping[str, TableSource], file: str
) -> tuple[str, ...]:
    """Return the source keys of a cell; raises OntologyError for none, or one not in ``file``."""
    keys = split_list(cell)
    if not keys:
        raise OntologyError(f"{where}: a row cites at least one source")
    for key in keys:
        if key not in sources:
            raise OntologyError(f"{where}: unknown source {key!r}", hint=f"Add it to {file}")
    return keys
