"""The nine desks: titles, scopes and the weighted vocabulary that sends a text to a desk.

The file is ``data/desks.toml``; commodities vote through their own ``desks`` column, so that a new
commodity needs one line in one place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import Desk, EventType
from lodewire.ontology.commodities import read_commodities
from lodewire.ontology.organisations import OrganisationKind
from lodewire.ontology.toml_files import check_fields, read_toml, text_field, text_list

FILE = "desks.toml"
TERM_WEIGHTS: Mapping[str, float] = MappingProxyType({"strong": 3.0, "usual": 2.0, "weak": 1.0})
MAIN_COMMODITY_WEIGHT = 2.0
OTHER_COMMODITY_WEIGHT = 1.0

_NEEDED = {"title", "scope", "organisation_kinds", "event_types", *TERM_WEIGHTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDefinition:
    """One desk. The mappings give the weight of one occurrence, of mention or of event.

    ``terms`` are lower-case words and phrases, matched as whole words in any case;
    ``commodities`` are ids (the commodity's main desk weighs more than its others);
    ``organisation_kinds`` weigh a mention by what the organisation is (kebab-case kinds).
    """

    desk: Desk
    title: str
    scope: str
    terms: Mapping[str, float]
    commodities: Mapping[str, float]
    organisation_kinds: Mapping[str, float]
    event_types: Mapping[EventType, float]


@cache
def load_desks() -> Mapping[Desk, DeskDefinition]:
    """Return desk -> definition, in the order of the model's list.

    Raises OntologyError when the file is inconsistent or a desk is missing.
    """
    return read_desks()


def read_desks(folder: Traversable | None = None) -> Mapping[Desk, DeskDefinition]:
    """Read and check the file in ``folder`` (default: the package's own)."""
    told = read_toml(FILE, folder)
    unknown = sorted(set(told) - {d.value for d in Desk})
    missing = [d.value for d in Desk if d.value not in told]
    if unknown or missing:
        raise OntologyError(f"{FILE}: desks unknown: {unknown or 'none'}; missing: {missing}")
    votes = _commodity_votes(folder)
    return MappingProxyType({d: _parse(d, told[d.value], votes[d]) for d in Desk})


def _commodity_votes(folder: Traversable | None) -> Mapping[Desk, Mapping[str, float]]:
    votes: dict[Desk, dict[str, float]] = {d: {} for d in Desk}
    for commodity in read_commodities(folder).values():
        for place, desk in enumerate(commodity.desks):
            weight = OTHER_COMMODITY_WEIGHT if place else MAIN_COMMODITY_WEIGHT
            votes[desk][commodity.id] = weight
    return votes


def _parse(desk: Desk, told: Any, commodities: Mapping[str, float]) -> DeskDefinition:
    where = f"{FILE}: [{desk.value}]"
    fields = check_fields(where, told, _NEEDED, set())
    return DeskDefinition(
        desk=desk,
        title=text_field(where, fields, "title"),
        scope=text_field(where, fields, "scope"),
        terms=MappingProxyType(_parse_terms(where, fields)),
        commodities=MappingProxyType(dict(commodities)),
        organisation_kinds=MappingProxyType(dict(_parse_kinds(where, fields))),
        event_types=MappingProxyType(dict(_parse_event_types(where, fields))),
    )


def _parse_terms(where: str, fields: dict[str, Any]) -> dict[str, float]:
    terms: dict[str, float] = {}
    for strength, weight in TERM_WEIGHTS.items():
        for term in text_list(where, fields, strength):
            if term != term.lower() or term != " ".join(term.split()):
                raise OntologyError(f"{where}: term {term!r} must be lower case, single blanks")
            if term in terms:
                raise OntologyError(f"{where}: term {term!r} is there twice")
            terms[term] = weight
    return terms


def _parse_kinds(where: str, fields: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for word, weight in _weights(where, fields, "organisation_kinds"):
        try:
            yield OrganisationKind(word.replace("-", "_")).value.replace("_", "-"), weight
        except ValueError:
            raise OntologyError(f"{where}: unknown organisation kind {word!r}") from None


def _parse_event_types(where: str, fields: dict[str, Any]) -> Iterator[tuple[EventType, float]]:
    for word, weight in _weights(where, fields, "event_types"):
        try:
            yield EventType(word), weight
        except ValueError:
            raise OntologyError(f"{where}: unknown event type {word!r}") from None


def _weights(where: str, fields: dict[str, Any], field: str) -> Iterator[tuple[str, float]]:
    table = fields[field]
    if not isinstance(table, dict):
        raise OntologyError(f"{where}: {field} must be a table of weights")
    for key, weight in table.items():
        if isinstance(weight, bool) or not isinstance(weight, (int, float)) or weight <= 0:
            raise OntologyError(f"{where}: {field}.{key} must be a weight above zero")
        yield key, float(weight)
