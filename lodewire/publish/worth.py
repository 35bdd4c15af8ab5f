"""What is told well enough to be published: an event in a brief, a value in a sentence.

Nothing here is lost: what a brief leaves out stays in the ledger, on the site and in the review.
"""

from __future__ import annotations

import re
from functools import cache

from lodewire.model.event import Event
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.role_sets import fills_one, parse_role_sets
from lodewire.ontology.sites import load_sites

# For each type the sets of roles of which one must be told whole; sets are parted by "|". More than
# an event needs to be one: "a permit is sought by MMG" is an event, and tells a reader nothing.
_ENOUGH = parse_role_sets(
    {
        EventType.EXPLORATION_AGREEMENT: "party commodity | party site | party country",
        EventType.SUPPLY_AGREEMENT: (
            "supplier buyer | buyer commodity volume | buyer commodity site | "
            "buyer commodity term | buyer commodity value | supplier commodity volume | "
            "supplier commodity site | supplier commodity term | supplier commodity value"
        ),
        EventType.FINANCING: "recipient value | site value | investor recipient | investor site",
        EventType.PERMIT: "site | holder commodity | holder country authority",
        EventType.PROJECT_MILESTONE: "site | operator capacity | operator country",
        EventType.PRICE_CHANGE: "change | level",
    }
)


def says_enough(event: Event) -> bool:
    """Tell whether a reader learns something: who, what, and of what; see ``_ENOUGH``.

    A court that "grants" a permit was misread: it lifts one, holds it up or lets it stand.
    """
    told = {s.property for s in event.statements if s.retracted_at is None and plays(s, event)}
    wanted = _ENOUGH.get(event.type)
    if wanted is not None and not fills_one(wanted, told):
        return False
    if event.type is EventType.PERMIT and any(s.value == "granted" for s in event.of("action")):
        return not any(_COURT.search(s.value) for s in event.of("authority"))
    return True


_COURT = re.compile(r"\b(?:[Cc]ourts?|[Tt]ribunals?|[Jj]udges?)\b")
_OFFICE = re.compile(r"\b(?:Board|Court|Agency|Commission|Department|Ministry|Council|Tribunal)\b")
_OFFICES = frozenset(("agency", "ministry", "government"))
_ANYBODY = frozenset("entities companies firms persons individuals parties others".split())
_UP, _DOWN = frozenset(("at_most", "less_than")), frozenset(("at_least", "more_than"))


def plays(statement: Statement, event: Event) -> bool:
    """Tell whether a value can play its part; one that cannot was misread and is not printed.

    No office holds a permit or is a target of sanctions; goods are no firm; no mine passes laws; a
    price does not rise to less than ten dollars; "add" is no change that is forecast.
    """
    role = statement.property
    if role == "holder":
        return statement.entity not in load_countries() and not _is_office(statement)
    if role == "target" and event.type is EventType.SANCTION:
        return statement.value.lower() not in _ANYBODY and not _is_office(statement)
    if role == "authority":
        return statement.entity not in load_sites()
    if role in ("target", "asset"):
        return event.type is not EventType.ACQUISITION or not _is_goods(statement)
    if role == "level" and event.type is EventType.PRICE_CHANGE:
        moved = {s.value for s in event.of("direction")}
        wrong = _UP if moved == {"up"} else _DOWN if moved == {"down"} else frozenset()
        return statement.qualifier not in wrong
    if role == "change" and event.type is EventType.FORECAST:
        return any(c.isdigit() for c in statement.value) or " " in statement.value.strip()
    return True


def _is_goods(statement: Statement) -> bool:
    """ "American LNG", "titanium": goods are bought too, but no firm; "Arcadium Lithium" is one."""
    words = statement.value.split()
    tails = (" ".join(words[at:]) for at in range(len(words)))
    return statement.entity in load_commodities() or any(
        tail.lower() in _goods() and (tail.isupper() or tail.islower()) for tail in tails
    )


@cache
def _goods() -> frozenset[str]:
    return frozenset(
        surface.text.lower() for one in load_commodities().values() for surface in one.surfaces
    )


def _is_office(statement: Statement) -> bool:
    body = load_organisations().get(statement.entity or "")
    if body is not None:
        return body.kind.value in _OFFICES
    return _OFFICE.search(statement.value) is not None
