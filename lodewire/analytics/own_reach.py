"""Which ids an event must name to touch an own table: to ask a large ledger for those alone."""

from __future__ import annotations

from collections.abc import Iterable

from lodewire.analytics.event_terms import within
from lodewire.analytics.own_exposure import OwnView
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites


def ids_touching(own: OwnView) -> frozenset[str]:
    """Return ids of which every event that `score_event` scores names at least one.

    Kindred commodities, sites that yield them, suppliers with what they own, and the countries of
    origin with their blocs and the bodies that sit there. Empty for an empty table.
    """
    materials = _kindred({p.commodity for p in own.positions})
    sites = (id_ for id_, s in load_sites().items() if materials & set(s.commodities))
    suppliers = {id_ for ids in own.suppliers.values() for id_ in ids}
    origins = {c for p in own.positions for c in p.countries}
    return frozenset(
        (*materials, *sites, *_owned_by(suppliers), *_places_of(origins), *own.suppliers)
    )


def _kindred(bought: set[str]) -> set[str]:
    """What is bought, the groups it belongs to, and what belongs to it."""
    above = {a for commodity in bought for a in ancestors_of(commodity)}
    below = {id_ for id_ in load_commodities() if bought & set(ancestors_of(id_))}
    return bought | above | below


def _owned_by(suppliers: set[str]) -> Iterable[str]:
    known = load_organisations()
    for id_ in known:
        at: str | None = id_
        for _ in range(6):
            if at is None:
                break
            if at in suppliers:
                yield id_
                break
            at = known[at].parent if at in known else None
    yield from suppliers


def _places_of(origins: set[str]) -> Iterable[str]:
    for place in load_countries():
        if any(within(c, place) for c in origins):
            yield place
    for id_, body in load_organisations().items():
        if any(within(c, body.country) for c in origins):
            yield id_
    for id_, site in load_sites().items():
        if site.country in origins:
            yield id_
