"""Which organisation a name meant on a day: renamings, and names that passed to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from lodewire.model.entity import Mention
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.name_periods import (
    NamePeriod,
    former_names,
    load_former_organisations,
    load_name_periods,
)
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.ownership import owner_name
from lodewire.resolve.entities import normalise_name


class NameStanding(StrEnum):
    """How a name stood to its bearer on a day: borne, given up before, or taken later."""

    BORNE = "borne"
    FORMER = "former"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """A name as used on ``day``, with the row that says whose it was."""

    period: NamePeriod
    day: date
    standing: NameStanding

    @property
    def entity(self) -> EntityId:
        """The organisation meant."""
        return EntityId(self.period.entity)

    def tell(self) -> str:
        """Return the use in words: "Orocobre: Allkem's name until 2021-11"; empty when borne."""
        bearer = owner_name(self.period.entity)
        if self.standing is NameStanding.FORMER:
            return f"{self.period.name}: a former name of {bearer}, until {self.period.until}"
        if self.standing is NameStanding.LATER:
            return f"{self.period.name}: a later name of {bearer}, since {self.period.since}"
        return ""


def uses_of(name: str, day: date) -> tuple[NameUse, ...]:
    """Return whom ``name`` meant on ``day``: its bearer then.

    Where nobody bore it that day, the last to have borne it before, since texts go on using a name
    for years; else the first to bear it later. Empty for a name that no change concerns.
    """
    periods = _by_name().get(normalise_name(name, MentionType.ORGANISATION), ())
    borne = [p for p in periods if p.holds_on(day)]
    if borne:
        return tuple(_use(p, day, NameStanding.BORNE) for p in borne)
    ended = [p for p in periods if p.until is not None and p.until.first <= day]
    if ended:
        return (_use(max(ended, key=_end), day, NameStanding.FORMER),)
    return tuple(_use(p, day, NameStanding.LATER) for p in sorted(periods, key=_start)[:1])


def entity_on(name: str, entity: EntityId | None, day: date) -> EntityId | None:
    """Return the organisation that ``name`` meant on ``day``, ``entity`` unless a row says else.

    ``entity`` is what the words alone gave. The bearer of that day comes before it; a name given
    up or not yet taken only decides for a name that the ontology did not know.
    """
    uses = uses_of(name, day)
    if not uses or entity in {u.entity for u in uses}:
        return entity
    unknown = entity is None or entity.startswith("ent_")
    if uses[0].standing is NameStanding.BORNE or unknown:
        return uses[0].entity
    return entity


def mentions_on(mentions: Iterable[Mention], day: date | None) -> tuple[Mention, ...]:
    """Return the mentions of a document of ``day`` with the organisations that bore their names.

    "Lithium Americas" in a text of 2022 becomes the company that is Lithium Argentina now. Without
    a day, and for names that no change concerns, mentions stay as they are.
    """
    if day is None:
        return tuple(mentions)
    return tuple(_mention_on(mention, day) for mention in mentions)


def _mention_on(mention: Mention, day: date) -> Mention:
    if mention.type is not MentionType.ORGANISATION:
        return mention
    entity = entity_on(mention.name, mention.entity, day)
    if entity is None or entity == mention.entity:
        return mention
    organisation = load_organisations().get(entity) or load_former_organisations()[entity]
    return replace(
        mention,
        entity=entity,
        name=organisation.name,
        country=organisation.country,
        known=True,
    )


def tell_former(entity: str, day: date) -> tuple[str, ...]:
    """Return "Orocobre (until 2021-11)" for each name given up by ``day``, latest first."""
    return tuple(f"{p.name} (until {p.until})" for p in former_names(entity, day))


def name_on(entity: str, day: date) -> str:
    """Return the name that an organisation bore on ``day``, as far as the rows tell; else its own.

    "Alcoa" for Howmet Aerospace in 2010; "Newcrest Mining" for Newcrest on any day.
    """
    for period in load_name_periods():
        if period.entity == entity and period.until is not None and period.holds_on(day):
            return period.name
    return owner_name(entity)


def _use(period: NamePeriod, day: date, standing: NameStanding) -> NameUse:
    return NameUse(period=period, day=day, standing=standing)


@cache
def _by_name() -> Mapping[str, tuple[NamePeriod, ...]]:
    found: dict[str, list[NamePeriod]] = {}
    for period in load_name_periods():
        spelled = normalise_name(period.name, MentionType.ORGANISATION)
        found.setdefault(spelled, []).append(period)
    return {name: tuple(periods) for name, periods in found.items()}


def _end(period: NamePeriod) -> date:
    return period.until.first if period.until else date.max


def _start(period: NamePeriod) -> date:
    return period.since.first if period.since else date.min
