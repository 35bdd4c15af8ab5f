"""The seventeen event types with their families, roles and usual statuses.

The file is ``data/event_types.toml``; types and roles are those of the project's annotation guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import EventType, Status
from lodewire.ontology.toml_files import check_fields, read_toml, text_field, text_list

FILE = "event_types.toml"


class Family(StrEnum):
    """The four families of event types."""

    DEALS = "deals"
    MEASURES = "measures"
    OPERATIONS = "operations"
    MARKET = "market"


class RoleKind(StrEnum):
    """What fills a role.

    ``party`` is an organisation, a country or a person; ``product`` a commodity or a product;
    ``choice`` one of a closed list; ``phrase`` a short piece of the text.
    """

    ORGANISATION = "organisation"
    COUNTRY = "country"
    PARTY = "party"
    COMMODITY = "commodity"
    PRODUCT = "product"
    SITE = "site"
    BENCHMARK = "benchmark"
    QUANTITY = "quantity"
    DATE = "date"
    CHOICE = "choice"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDefinition:
    """One role. ``repeats``: several values may be true together; ``choices`` closes a choice."""

    name: str
    label: str
    kind: RoleKind
    repeats: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTypeDefinition:
    """One event type, with what people read (``label``, ``description``) and what it may hold."""

    type: EventType
    family: Family
    label: str
    description: str
    roles: tuple[RoleDefinition, ...]
    statuses: tuple[Status, ...]

    def role(self, name: str) -> RoleDefinition:
        """Return one role; raises OntologyError when the type does not have it."""
        for role in self.roles:
            if role.name == name:
                return role
        names = ", ".join(r.name for r in self.roles)
        raise OntologyError(f"{self.type.value} has no role {name!r}; its roles are {names}")


@cache
def load_event_types() -> Mapping[EventType, EventTypeDefinition]:
    """Return every event type's definition, in the order of the model's list.

    Raises OntologyError when the file is inconsistent or does not cover all types.
    """
    return read_event_types()


@cache
def types_of(family: Family) -> frozenset[EventType]:
    """Return the event types of a family."""
    return frozenset(d.type for d in load_event_types().values() if d.family is family)


@cache
def imposed_types() -> frozenset[EventType]:
    """Return the measures that somebody imposes: all but permits, which are granted."""
    return types_of(Family.MEASURES) - {EventType.PERMIT}


def read_event_types(folder: Traversable | None = None) -> Mapping[EventType, EventTypeDefinition]:
    """Read and check the file in ``folder`` (default: the package's own)."""
    told = read_toml(FILE, folder)
    unknown = sorted(set(told) - {t.value for t in EventType})
    if unknown:
        raise OntologyError(f"{FILE}: unknown event types: {', '.join(unknown)}")
    missing = [t.value for t in EventType if t.value not in told]
    if missing:
        raise OntologyError(f"{FILE}: event types without a definition: {', '.join(missing)}")
    return MappingProxyType({t: _parse_type(t, told[t.value]) for t in EventType})


def _parse_type(type_: EventType, told: Any) -> EventTypeDefinition:
    where = f"{FILE}: [{type_.value}]"
    fields = check_fields(
        where, told, {"family", "label", "description", "statuses", "roles"}, set()
    )
    try:
        family = Family(fields["family"])
        statuses = tuple(Status(word) for word in text_list(where, fields, "statuses"))
    except ValueError as error:
        raise OntologyError(f"{where}: {error}") from None
    if not isinstance(fields["roles"], list) or not fields["roles"]:
        raise OntologyError(f"{where}: roles must be a list of tables")
    roles = tuple(_parse_role(where, role) for role in fields["roles"])
    names = [role.name for role in roles]
    if len(set(names)) != len(names):
        raise OntologyError(f"{where}: a role is there twice: {', '.join(names)}")
    if not statuses:
        raise OntologyError(f"{where}: needs at least one status")
    return EventTypeDefinition(
        type=type_,
        family=family,
        label=text_field(where, fields, "label"),
        description=text_field(where, fields, "description"),
        roles=roles,
        statuses=statuses,
    )


def _parse_role(where: str, told: Any) -> RoleDefinition:
    fields = check_fields(f"{where} role", told, {"name", "label", "kind"}, {"repeats", "choices"})
    name = text_field(where, fields, "name")
    here = f"{where} role {name}"
    try:
        kind = RoleKind(fields["kind"])
    except ValueError:
        allowed = ", ".join(RoleKind)
        raise OntologyError(f"{here}: kind {fields['kind']!r} is not one of {allowed}") from None
    choices = text_list(here, fields, "choices")
    if (kind is RoleKind.CHOICE) != bool(choices):
        raise OntologyError(f"{here}: choices belong to a role of kind choice, and only there")
    repeats = fields.get("repeats", False)
    if not isinstance(repeats, bool):
        raise OntologyError(f"{here}: repeats must be true or false")
    return RoleDefinition(
        name=name,
        label=text_field(here, fields, "label"),
        kind=kind,
        repeats=repeats,
        choices=choices,
    )
