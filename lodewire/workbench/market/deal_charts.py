"""Deals on a map: each placed by what its statements tell, and the caption says by which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from lodewire.ledger.selecting import EventFilters, EventOrder
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import EventType
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.publish.charts.chart import Caption, Chart
from lodewire.publish.charts.deals_map import deals_map
from lodewire.publish.charts.inputs import DealLink, DealPlace
from lodewire.publish.sentences import tell_event

DEALS = frozenset(
    {
        EventType.EXPLORATION_AGREEMENT,
        EventType.SUPPLY_AGREEMENT,
        EventType.ACQUISITION,
        EventType.JOINT_VENTURE,
        EventType.FINANCING,
    }
)
STATED, AT_SITE, BY_OBJECT, BY_PARTY = (
    "the country stated",
    "the site or asset",
    "the seat of who is bought, financed or supplies",
    "the countries of its parties",
)
RULES = (STATED, AT_SITE, BY_OBJECT, BY_PARTY)
"""What a deal is placed by: the first of these that tells a country."""

_OBJECTS = ("target", "recipient", "supplier")
_PARTIES = ("party", "buyer", "acquirer", "investor", "seller")
_HOMES = ("party", "buyer", "acquirer", "investor")


def deals_picture(
    ledger: Ledger,
    *,
    since: date | None = None,
    until: date | None = None,
    naming: frozenset[EntityId] | None = None,
    title: str = "Deals by country",
) -> Chart:
    """Return the ledger's deals on a map, with curves from the countries of their parties.

    With ``naming``, only deals that name one of these.

    The caption counts how many were placed by what (method "deals_by_country/2"). A deal placed by
    its parties counts in the country of each.
    """
    named = (naming,) if naming is not None else ()
    filters = EventFilters(since=since, until=until, entities=named)
    deals = [e for e in ledger.select(filters, order=EventOrder.OLDEST) if e.type in DEALS]
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    links: Counter[tuple[str, str]] = Counter()
    rules: Counter[str] = Counter()
    for deal in deals:
        rule, places = place_of(deal)
        rules[rule] += 1
        for place in places:
            counts[place] += 1
            if len(examples[place]) < 2:
                examples[place].append(tell_event(deal))
            if rule != BY_PARTY:
                links.update((home, place) for home in _seats(deal, _HOMES) if home != place)
    known = load_countries()
    days = [e.reported for e in deals if e.reported is not None]
    return deals_map(
        title,
        [
            DealPlace(country=c, name=known[c].name, count=n, examples=tuple(examples[c]))
            for c, n in sorted(counts.items())
        ],
        Caption(
            source=f"ledger of this desk, {len(deals)} deals",
            vintage=f"reported {min(days)} to {max(days)}" if days else "",
            method="deals_by_country/2: the first that is told of " + ", ".join(RULES),
            note=_counted(rules, len(deals)),
        ),
        links=[DealLink(origin=a, target=b, count=n) for (a, b), n in sorted(links.items())],
    )


def place_of(deal: Event) -> tuple[str, tuple[str, ...]]:
    """Return what a deal is placed by, and where; "" and nothing where nothing tells it."""
    told = (
        (STATED, _countries(deal, ("country",))),
        (AT_SITE, _site_countries(deal)),
        (BY_OBJECT, _seats(deal, _OBJECTS)),
        (BY_PARTY, _seats(deal, _PARTIES)),
    )
    return next(((rule, places) for rule, places in told if places), ("", ()))


def _countries(deal: Event, roles: Iterable[str]) -> tuple[str, ...]:
    """The countries that fill roles; a region ("ES:Zaragoza") stands for its country."""
    known = load_countries()
    named = ((s.entity or "").partition(":")[0] for role in roles for s in deal.of(role))
    return tuple(dict.fromkeys(c for c in named if c in known))


def _site_countries(deal: Event) -> tuple[str, ...]:
    sites = load_sites()
    named = (s.entity or "" for role in ("site", "asset") for s in deal.of(role))
    return tuple(dict.fromkeys(c for e in named if e in sites and (c := sites[e].country)))


def _seats(deal: Event, roles: Iterable[str]) -> tuple[str, ...]:
    """The countries that fill roles, their own or those of an organisation's seat."""
    countries, organisations = load_countries(), load_organisations()
    found: dict[str, None] = {}
    for role in roles:
        for statement in deal.of(role):
            entity = (statement.entity or "").partition(":")[0]
            seat = organisations[entity].country if entity in organisations else entity
            if seat in countries:
                found[seat] = None
    return tuple(found)


def _counted(rules: Counter[str], deals: int) -> str:
    told = [f"{rules[rule]} by {rule}" for rule in RULES if rules[rule]]
    if rules[""]:
        told.append(f"{rules['']} of {deals} have no place by any")
    return "placed: " + ", ".join(told) if told else ""
