"""What an event of a type must have to be one: the roles without which nothing was told."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from lodewire.model.vocabulary import EventType
from lodewire.ontology.role_sets import fills_one, parse_role_sets

# For each type, the sets of roles of which one must be filled; sets are parted by "|".
_NEEDS = parse_role_sets(
    {
        EventType.EXPLORATION_AGREEMENT: "party",
        EventType.SUPPLY_AGREEMENT: "supplier commodity | buyer commodity | supplier buyer",
        EventType.ACQUISITION: (
            "acquirer target | acquirer asset | seller target | seller asset | "
            "target value | asset value | target stake | asset stake"
        ),
        EventType.JOINT_VENTURE: "party",
        EventType.FINANCING: "recipient value | investor value | investor recipient | site value",
        EventType.TARIFF: "rate | authority product | authority target",
        EventType.EXPORT_RESTRICTION: "authority product | authority action | product action",
        EventType.SANCTION: (
            "authority target | authority product | target action | authority action"
        ),
        EventType.POLICY_MEASURE: "authority action | action sector | action country",
        EventType.PERMIT: "site action | holder action | authority action",
        EventType.PROJECT_MILESTONE: "site stage | operator stage",
        EventType.DISRUPTION: "site | operator | country commodity",
        EventType.PRODUCTION_REPORT: (
            "operator volume | operator change | site volume | commodity volume | commodity change"
        ),
        EventType.RESOURCE_ESTIMATE: "tonnage | contained | grade site",
        EventType.PRICE_LEVEL: "commodity level | benchmark level",
        EventType.PRICE_CHANGE: "commodity direction | benchmark direction",
        EventType.FORECAST: (
            "forecaster variable | variable level | variable change | forecaster level"
        ),
    }
)


def has_enough(type_: EventType, filled: AbstractSet[str]) -> bool:
    """Tell whether the filled roles hold one of the sets that the type needs."""
    return fills_one(_NEEDS[type_], filled)
