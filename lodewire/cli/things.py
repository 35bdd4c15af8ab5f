"""Countries and commodities as a person types them, looked up in the ontology's tables."""

from __future__ import annotations

from difflib import get_close_matches

import click


def country_id(name: str) -> str:
    """Return the id of a country or bloc; raises UsageError with near names."""
    from lodewire.ontology.countries import load_countries

    known = load_countries()
    if name.upper() in known:
        return name.upper()
    told = name.strip().casefold()
    named = {a.text.casefold(): c.id for c in known.values() for a in c.names}
    named |= {c.iso3.casefold(): c.id for c in known.values() if c.iso3}
    if told in named:
        return named[told]
    raise _unknown("country", name, list(named))


def commodity_id(name: str) -> str:
    """Return the id of a commodity or group; raises UsageError with near names."""
    from lodewire.ontology.commodities import load_commodities

    known = load_commodities()
    told = name.strip().casefold()
    if told in known:
        return told
    named = {c.name.casefold(): c.id for c in known.values()}
    named |= {a.text.casefold(): c.id for c in known.values() for a in c.aliases}
    if told in named:
        return named[told]
    raise _unknown("commodity", name, [*known, *named])


def _unknown(kind: str, name: str, known: list[str]) -> click.UsageError:
    near = get_close_matches(name.casefold(), known, n=3)
    told = f" Did you mean {', '.join(near)}?" if near else ""
    return click.UsageError(f"there is no {kind} {name!r}.{told}")
