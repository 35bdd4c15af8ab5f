"""The lexicon: every surface form of the ontology in one automaton."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries, load_regions
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.ontology.tables import with_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One surface form. ``any_case`` forms match in any case, others as written.

    ``sense`` tells forms of one country apart: "name", "demonym", "government"; and "form" a
    product form of a commodity.
    """

    surface: str
    type: MentionType
    entity: EntityId
    name: str
    ambiguous: bool = False
    any_case: bool = False
    country: str | None = None
    sense: str = "name"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by their lower-case surface, and the automaton that finds those surfaces."""

    surfaces: tuple[str, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    automaton: Any


@functools.cache
def load_lexicon() -> Lexicon:
    """Build the lexicon once a process."""
    import ahocorasick_rs

    by_surface: dict[str, list[Entry]] = {}
    for entry in _entries():
        by_surface.setdefault(entry.surface.lower(), []).append(entry)
    surfaces = tuple(by_surface)
    automaton = ahocorasick_rs.AhoCorasick(surfaces, matchkind=ahocorasick_rs.MatchKind.Standard)
    return Lexicon(surfaces, {s: tuple(e) for s, e in by_surface.items()}, automaton)


def _entries() -> Iterator[Entry]:
    yield from _commodity_entries()
    yield from _country_entries()
    yield from _organisation_entries()
    yield from _site_entries()
    yield from _benchmark_entries()


def _commodity_entries() -> Iterator[Entry]:
    for commodity in load_commodities().values():
        forms = {form.text for form in commodity.forms}
        for alias in commodity.surfaces:
            acronym = alias.text.isupper() or any(c.isupper() for c in alias.text[1:])
            yield Entry(
                alias.text,
                MentionType.COMMODITY,
                EntityId(commodity.id),
                commodity.name,
                ambiguous=alias.ambiguous,
                any_case=not acronym,
                sense="form" if alias.text in forms else "name",
                kind=commodity.kind.value,
            )


def _country_entries() -> Iterator[Entry]:
    for country in load_countries().values():
        senses = (
            ("name", country.names),
            ("demonym", country.demonyms),
            ("government", country.government),
        )
        for sense, aliases in senses:
            for alias in aliases:
                yield Entry(
                    alias.text,
                    MentionType.COUNTRY,
                    EntityId(country.id),
                    country.name,
                    ambiguous=alias.ambiguous,
                    country=country.id,
                    sense=sense,
                    kind=country.kind,
                )
    for region in load_regions():
        for alias in region.names:
            yield Entry(
                alias.text,
                MentionType.PLACE,
                EntityId(f"{region.country}:{region.name}"),
                region.name,
                ambiguous=alias.ambiguous,
                country=region.country,
            )


def _organisation_entries() -> Iterator[Entry]:
    for organisation in load_organisations().values():
        for alias in organisation.surfaces:
            yield Entry(
                alias.text,
                MentionType.ORGANISATION,
                EntityId(organisation.id),
                organisation.name,
                ambiguous=alias.ambiguous,
                country=organisation.country,
                kind=organisation.kind.value,
            )


def _site_entries() -> Iterator[Entry]:
    for site in load_sites().values():
        for alias in site.surfaces:
            yield Entry(
                alias.text,
                MentionType.SITE,
                EntityId(site.id),
                site.name,
                ambiguous=alias.ambiguous,
                country=site.country,
                kind=site.kind.value,
            )


def _benchmark_entries() -> Iterator[Entry]:
    for benchmark in load_benchmarks().values():
        for alias in with_name(benchmark.name, benchmark.aliases):
            yield Entry(
                alias.text,
                MentionType.BENCHMARK,
                EntityId(benchmark.id),
                benchmark.name,
                ambiguous=alias.ambiguous,
                any_case=not alias.text.isupper(),
                kind=benchmark.commodity,
            )
