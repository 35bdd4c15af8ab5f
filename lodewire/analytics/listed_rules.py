"""Restrictions out of a list of trade measures, as deals are held against them.

A list says what the news leaves out: product codes, who is affected, the days on which a measure
holds. It speaks of codes, not of materials; a code that holds several leaves open which is meant.
Source of the kinds: Global Trade Alert, list of intervention types (github.com/global-trade-alert).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from lodewire.analytics.event_terms import Material
from lodewire.analytics.rules_in_force import Rule
from lodewire.model.collision import Measure
from lodewire.model.official import TradeIntervention
from lodewire.model.vocabulary import EventType

Under = Callable[[str], Iterable[tuple[str, str]]]
"""Takes an HS code of six digits to the (commodity, stage) that are traded under it."""

_LIBERAL = "green"
_SHOWN = 3
_IMPORT = (
    "import tariff",
    "import ban",
    "import quota",
    "import tariff quota",
    "import licensing",
    "internal taxation of imports",
    "import-related non-tariff",
    "anti-dumping",
    "anti-subsidy",
    "anti-circumvention",
    "safeguard",
    "special safeguard",
)


def kind_of(intervention: TradeIntervention) -> EventType | None:
    """Return what a listed measure is to a deal: a rule on exports, a rule on imports, or nothing.

    Measures that ease trade ("green") are no restriction, nor are subsidies and the like.
    """
    if intervention.evaluation.casefold() == _LIBERAL:
        return None
    kind = intervention.kind.casefold()
    if kind.startswith("export") and "subsid" not in kind and "incentive" not in kind:
        return EventType.EXPORT_RESTRICTION
    return EventType.TARIFF if kind.startswith(_IMPORT) else None


def listed_rules(interventions: Iterable[TradeIntervention], under: Under) -> tuple[Rule, ...]:
    """Return the restrictions among listed measures that bear on known materials, by id.

    A measure without product codes is left out: it would meet every deal. Its last day counts.
    """
    found = []
    for one in interventions:
        type_ = kind_of(one)
        materials = materials_of_codes(one.products, under)
        if type_ is None or not materials:
            continue
        until = one.in_force_until
        found.append(
            Rule(
                id=rule_id(one),
                type=type_,
                reported=one.announced or one.in_force_from,
                measure=Measure(
                    event_id=rule_id(one),
                    since=one.in_force_from,
                    until=None if until is None else until + timedelta(days=1),
                    status="in_force" if one.in_force_from is not None else "proposed",
                ),
                named=(),
                authorities=one.implementers,
                # An export rule lists who loses by it, which is not whom it is aimed at.
                targets=one.affected if type_ is EventType.TARIFF else (),
                materials=materials,
                all_goods=False,
                listed=f"{one.kind}, {one.source} {one.id}".strip(", "),
            )
        )
    return tuple(sorted(found, key=lambda r: r.id))


def rule_id(intervention: TradeIntervention) -> str:
    """Return the id of a listed measure: its source and number there."""
    return f"{intervention.source}:{intervention.id}"


def materials_of_codes(codes: Iterable[str], under: Under) -> tuple[Material, ...]:
    """Return the materials that HS codes hold, each with the codes as its words."""
    held: dict[tuple[str, str], list[str]] = {}
    for code in codes:
        for place in under(code):
            held.setdefault(place, []).append(code)
    return tuple(
        Material(
            commodity=commodity,
            words=_words(sorted(told)),
            stage=stage or None,
            statement=None,
        )
        for (commodity, stage), told in sorted(held.items())
    )


def _words(codes: list[str]) -> str:
    more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    return f"HS {', '.join(codes[:_SHOWN])}{more}"
