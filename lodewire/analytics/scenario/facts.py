"""Facts of an event that a scenario needs: countries, materials, stage, days and tonnes a year."""

from __future__ import annotations

import re
from dataclasses import replace

from lodewire.analytics.scenario.proposal import Bearing, Draft, Proposal
from lodewire.model.event import Event
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import SiteKind, load_sites

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STAGES = {
    SiteKind.MINE: "mining",
    SiteKind.DEPOSIT: "mining",
    SiteKind.PROJECT: "mining",
    SiteKind.SMELTER: "smelting",
    SiteKind.REFINERY: "refining",
    SiteKind.ALUMINA_REFINERY: "refining",
}


class Facts:
    """What the statements of an event say, found by role."""

    def __init__(self, event: Event) -> None:
        self.event = event

    def word(self, role: str) -> str | None:
        """Return the first value of a role."""
        return next((s.value for s in self.event.of(role)), None)

    def names(self, *roles: str) -> tuple[str, ...]:
        """Return the values of some roles, each once."""
        return tuple(dict.fromkeys(s.value for role in roles for s in self.event.of(role)))

    def countries(self, *roles: str) -> tuple[str, ...]:
        """Countries in the roles; organisations and regions stand for theirs."""
        known, found = load_countries(), dict[str, None]()
        for role in roles:
            for statement in self.event.of(role):
                entity = (statement.entity or "").partition(":")[0]
                if entity in known:
                    found.setdefault(entity)
                elif entity in load_organisations():
                    seat = load_organisations()[entity].country
                    if seat in known:
                        found.setdefault(seat)
                elif entity in load_sites():
                    place = load_sites()[entity].country
                    if place is not None:
                        found.setdefault(place)
        return tuple(found)

    @property
    def place(self) -> str | None:
        """The country where it happens: as told, else where the site lies."""
        return next(iter((*self.countries("country"), *self.countries("site", "asset"))), None)

    @property
    def sites(self) -> tuple[str, ...]:
        """Names of the sites told."""
        return self.names("site")

    @property
    def commodities(self) -> tuple[str, ...]:
        """Commodities told; where none is, those of the site."""
        known, found = load_commodities(), dict[str, None]()
        for role in ("commodity", "product", "sector"):
            for statement in self.event.of(role):
                if statement.entity in known:
                    found.setdefault(statement.entity or "")
        if not found:
            for role in ("site", "asset"):
                for statement in self.event.of(role):
                    site = load_sites().get(statement.entity or "")
                    found.update(dict.fromkeys(site.commodities if site else ()))
        return tuple(found)

    @property
    def stage(self) -> str | None:
        """The stage of the site's kind."""
        for statement in self.event.of("site"):
            site = load_sites().get(statement.entity or "")
            if site is not None:
                return _STAGES.get(site.kind)
        return None

    def days(self, role: str) -> dict[str, object]:
        """The first day of a date, as "from"; nothing where words alone tell it."""
        first = (self.word(role) or "").partition("..")[0]
        return {"from": first} if _DAY.fullmatch(first) else {}

    def mass(self, role: str) -> str | None:
        """The first amount of material a year of a role, in the words of a scenario."""
        for statement in self.event.of(role):
            if statement.unit in ("t/yr", "kg/yr", "lb/yr"):
                return f"{statement.value} {statement.unit.removesuffix('/yr')}"
        return None

    def shown(self, role: str) -> str:
        """What the text says of a role, for a question."""
        return ", ".join(dict.fromkeys(s.original for s in self.event.of(role)))

    def told(self, **values: object) -> dict[str, object]:
        """Fields of a change, with the event as evidence; None falls out."""
        found = {k: v for k, v in values.items() if v is not None and v != []}
        return {**found, "evidence": str(self.event.id)}

    def proposal(
        self, bearing: Bearing, why: str, *drafts: Draft, notes: tuple[str, ...] = ()
    ) -> Proposal:
        """Return a proposal about this event."""
        return Proposal(
            event_id=str(self.event.id),
            type=self.event.type,
            status=self.event.status,
            modality=self.event.modality,
            bearing=bearing,
            why=why,
            commodities=self.commodities,
            stage=self.stage,
            country=self.place,
            drafts=drafts,
            notes=notes,
        )

    def nothing(self, bearing: Bearing, why: str, *missing: str) -> Proposal:
        """Return a proposal without changes; ``missing`` are the stages before tonnes."""
        return replace(self.proposal(bearing, why), missing=missing)

    def with_note(self, proposal: Proposal, note: str) -> Proposal:
        """Return the proposal with one note more."""
        return replace(proposal, notes=(*proposal.notes, note))
