"""What a resolver looks at in an event mention: comparable role values, days and keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from lodewire.model.entity import Entity
from lodewire.model.event import Argument, EventMention
from lodewire.model.ids import DocumentId, EntityId, MentionId
from lodewire.model.vocabulary import PRICES, EventType, MentionType, Modality, Status
from lodewire.resolve.entities import normalise_name

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleValue:
    """One value of a role, made comparable.

    ``token`` is the entity's canonical id, or the normalised words; ``words`` the normalised
    words; ``country`` the ISO code of a country, or of the home of an organisation; ``is_country``
    tells the two apart. ``low``/``high`` with ``unit`` hold a quantity; ``start``/``end`` ISO days.
    """

    token: str
    name: str
    words: tuple[str, ...]
    known: bool = False
    country: str | None = None
    is_country: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionView:
    """An event mention, ready to be compared.

    ``reported`` is the day of publication, ``seen`` the time the document was first fetched;
    ``day`` the day that windows are counted from: when it happened, where the text says so for
    types told by date, else ``reported``. ``sentence`` is a digest of the sentence that tells it,
    None for one too short to be known again.
    """

    mention_id: MentionId
    document_id: DocumentId
    type: EventType
    status: Status
    modality: Modality
    core: bool
    reported: date
    seen: datetime
    day: date
    roles: Mapping[str, tuple[RoleValue, ...]]
    sentence: str | None = None

    def of(self, *roles: str) -> tuple[RoleValue, ...]:
        """Return the values of several roles together, in the order given."""
        return tuple(v for role in roles for v in self.roles.get(role, ()))

    @property
    def order(self) -> tuple[date, str]:
        """Mentions are placed in this order, whatever order they arrive in."""
        return (self.reported, self.mention_id)


# Roles that say when the happening itself lies, by which windows are then counted.
_DAY_ROLES: Mapping[EventType, tuple[str, ...]] = {
    EventType.TARIFF: ("effective_date",),
    EventType.EXPORT_RESTRICTION: ("effective_date",),
    EventType.SANCTION: ("effective_date",),
    EventType.DISRUPTION: ("date",),
    EventType.PRODUCTION_REPORT: ("period",),
    EventType.PRICE_LEVEL: ("date",),
    EventType.PRICE_CHANGE: ("period", "date"),
}
_KNOWN_AGAIN = 8  # words: shorter sentences come up again by chance
_WHEN_ROLES = frozenset(("date", "effective_date", "period", "horizon", "term"))


def view_of(
    mention: EventMention,
    *,
    reported: date,
    seen: datetime,
    entities: Mapping[EntityId, Entity] | None = None,
) -> MentionView:
    """Return the comparable view of a mention.

    ``reported`` is the document's day, ``seen`` when it was first fetched. ``entities`` tells the
    countries of organisations, by the ids that the arguments carry; without it only countries
    of the ontology are known as such.
    """
    roles: dict[str, tuple[RoleValue, ...]] = {}
    for argument in mention.arguments:
        value = _role_value(argument, entities or {})
        kept = roles.get(argument.role, ())
        if value not in kept:
            roles[argument.role] = (*kept, value)
    if mention.type in PRICES:
        roles["when"] = _price_day(roles, reported)
    return MentionView(
        mention_id=mention.id,
        document_id=mention.document_id,
        type=mention.type,
        status=mention.status,
        modality=mention.modality,
        core=mention.core,
        reported=reported,
        seen=seen,
        day=_day_of(mention.type, roles, reported),
        roles=roles,
        sentence=_sentence_digest(mention),
    )


def _sentence_digest(mention: EventMention) -> str | None:
    told = next((e for e in mention.evidence if e.span.covers(mention.trigger)), None)
    words = normalise_name(told.quote).split() if told is not None else []
    if len(words) < _KNOWN_AGAIN or (mention.type in PRICES and not numbers_in(" ".join(words))):
        return None
    return hashlib.blake2b(" ".join(words).encode(), digest_size=10).hexdigest()


def _price_day(roles: Mapping[str, tuple[RoleValue, ...]], reported: date) -> tuple[RoleValue, ...]:
    """The days a price is for: those stated, else the day of the report."""
    stated = [v for role in ("period", "date") for v in roles.get(role, ()) if v.start]
    if stated:
        return tuple(stated)
    day = reported.isoformat()
    return (RoleValue(token=day, name=day, words=(), start=day, end=day),)


def _day_of(type_: EventType, roles: Mapping[str, tuple[RoleValue, ...]], reported: date) -> date:
    for role in _DAY_ROLES.get(type_, ()):
        for value in roles.get(role, ()):
            stated = iso_day(value.end if role == "period" else value.start)
            if stated is not None:
                return stated
    return reported


def iso_day(text: str | None) -> date | None:
    """Return the day of an ISO date, None where there is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _role_value(argument: Argument, entities: Mapping[EntityId, Entity]) -> RoleValue:
    if argument.role in _WHEN_ROLES and argument.quantity is None:
        start = argument.start or (argument.value if iso_day(argument.value) else None)
        return RoleValue(
            token=argument.value,
            name=argument.value,
            words=(),
            start=start,
            end=argument.end or start,
        )
    if argument.quantity is not None:
        low, high = argument.quantity.bounds
        return RoleValue(
            token=argument.value,
            name=argument.value,
            words=_words(argument.value, None),
            low=low,
            high=high,
            unit=argument.quantity.unit,
        )
    return _named(argument, entities)


def _named(argument: Argument, entities: Mapping[EntityId, Entity]) -> RoleValue:
    id_ = argument.entity
    entity = entities.get(id_) if id_ is not None else None
    country = _country_id(id_) or (entity.country if entity else None)
    is_country = _country_id(id_) is not None or (
        entity is not None and entity.type is MentionType.COUNTRY
    )
    type_ = entity.type if entity else _type_by_role(argument.role)
    words = _words(argument.value, type_)
    known = id_ is not None and not id_.startswith("ent_")
    return RoleValue(
        token=str(id_) if known else " ".join(words),
        name=argument.value,
        words=words,
        known=known,
        country=country,
        is_country=is_country,
    )


def _type_by_role(role: str) -> MentionType | None:
    if role in ("site", "asset"):
        return MentionType.SITE
    if role in ("commodity", "product", "sector"):
        return MentionType.COMMODITY
    return None


@lru_cache(maxsize=65_536)
def _words(value: str, type_: MentionType | None) -> tuple[str, ...]:
    return tuple(normalise_name(value, type_).split())


@lru_cache(maxsize=4_096)
def _country_id(entity: str | None) -> str | None:
    if entity is None:
        return None
    from lodewire.ontology.countries import load_countries

    return entity if entity in load_countries() else None


def numbers_in(text: str) -> frozenset[str]:
    """Return the plain numbers that a phrase holds ("87,000 tonnes" gives 87000)."""
    return frozenset(_NUMBER.findall(text.replace(",", "")))
