"""Commodities by what people type: id, name, alias or symbol, whatever the case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from lodewire.errors import MeasureError
from lodewire.ontology.commodities import load_commodities


@cache
def _names() -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for commodity in load_commodities().values():
        symbol = (commodity.symbol,) if commodity.symbol else ()
        aliases = (a.text for a in commodity.aliases)
        for text in (commodity.id, commodity.name, *aliases, *symbol):
            names.setdefault(text.casefold(), set()).add(commodity.id)
    return {text: frozenset(ids) for text, ids in names.items()}


def commodities_called(name: str) -> frozenset[str]:
    """Return the ids of the commodities that go by ``name``; empty when there are none."""
    return _names().get(" ".join(name.split()).casefold(), frozenset())


def commodity_called(name: str, among: Collection[str], what: str) -> str:
    """Return the one commodity of ``among`` that goes by ``name``.

    Raises MeasureError, with what is near or there, when none or several do; ``what`` says what
    ``among`` has ("production figures").
    """
    found = sorted(commodities_called(name) & set(among))
    if not found and name in among:
        found = [name]
    if len(found) == 1:
        return found[0]
    if found:
        raise MeasureError(f"{name!r} means {', '.join(found)}", hint="Name one of them")
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), sorted(among), n=4) or sorted(among)
    raise MeasureError(f"there are no {what} of {name!r}", hint=f"There are {', '.join(near)}")
