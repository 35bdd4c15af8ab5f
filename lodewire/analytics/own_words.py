"""The reason of an own score in words: what is bought, from where, what the event does to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from lodewire.analytics.event_terms import (
    Material,
    Place,
    authority_places,
    country_name,
    party_statements,
    site_statements,
    source_places,
    the,
    within,
)
from lodewire.model.event import Event
from lodewire.model.holding import Position
from lodewire.model.vocabulary import PRICES, EventType, Modality, Status
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.event_types import load_event_types

_ACTIONS = {
    "ban": "export ban",
    "quota": "export quota",
    "licensing": "licence rule",
    "tax": "export tax",
    "lifting": "lifting of export rules",
}


_BEFORE_SUPPLY = frozenset(("exploration", "drilling", "study"))


def position_words(position: Position, share: Decimal | None, places: Sequence[Place]) -> str:
    """Return "12 t of dysprosium oxide, 80 % from China" as far as the table tells it."""
    amount = ""
    if position.quantity is not None and position.unit is not None:
        unit = "" if position.unit == "unit" else f" {position.unit}"
        amount = f"{_number(position.quantity)}{unit} of "
    words = _in_sentence(position)
    held = ""
    if position.via is not None:
        verb = "holds" if position.certain else "may hold"
        held = f" ({verb} {load_commodities()[position.commodity].name})"
    return f"{amount}{words}{held}{_origin_words(position, share, places)}"


def _origin_words(position: Position, share: Decimal | None, places: Sequence[Place]) -> str:
    if not places:
        return ""
    names = " and ".join(the(country_name(p.country)) for p in places[:2])
    if share is not None and share > 0:
        return f", {_percent(share)} from {names}"
    if not position.countries or position.unknown == 1:
        return ", origin not told"
    blocs = [c for c in position.countries for p in places if within(p.country, c)]
    if blocs and share == 0:
        return f", some of it from {the(country_name(blocs[0]))}"
    if position.unknown:
        return f", none of it known to come from {names}"
    if share is None and any(p.country in position.countries for p in places):
        return f", some of it from {names}"
    return f", none of it from {names} by your table"


def tell_event_on(event: Event, material: Material | None, position: Position) -> str:
    """Return what the event does to the position: "China's licence rule covers {it}"."""
    teller = _TELLERS.get(event.type, _other)
    it = "it" if position.via is None else load_commodities()[position.commodity].name
    told = teller(event, it)
    if material is None or event.type in PRICES:
        return told
    if material.commodity != position.commodity and not material.by_site:
        return f"{told} (the text says {material.words[:40]})"
    return told


def _restriction(event: Event, it: str) -> str:
    actions = event.of("action")
    word = _ACTIONS.get(actions[0].value, "export rule") if actions else "export rule"
    return _covers(event, it, word, [p.country for p in authority_places(event)])


def _tariff(event: Event, it: str) -> str:
    rates = event.of("rate")
    rate = f"{rates[0].value.replace('..', ' to ')} % " if rates and rates[0].unit == "%" else ""
    word = f"{rate}duty"
    return _covers(event, it, word, [p.country for p in authority_places(event)])


def _sanction(event: Event, it: str) -> str:
    return _covers(event, it, "sanction", [p.country for p in authority_places(event)])


def _policy(event: Event, it: str) -> str:
    return _covers(event, it, "measure", [p.country for p in authority_places(event)])


def _covers(event: Event, it: str, word: str, countries: Sequence[str]) -> str:
    article = "an" if word[:1] in "aeiou" else "a"
    who = f"{_possessive(the(country_name(countries[0])))} " if countries else f"{article} "
    if event.modality is Modality.DENIED:
        return f"{who}{word} on {it} is denied"
    if (
        event.status in (Status.RUMOURED, Status.PROPOSED)
        or event.modality is not Modality.ASSERTED
    ):
        return f"{who if countries else 'a '}proposed {word} would cover {it}"
    if event.status is Status.AGREED:
        days = [s.value for s in event.of("effective_date")]
        return f"{who}{word} will cover {it}" + (
            f" from {days[0].partition('..')[0]}" if days else ""
        )
    if event.status is Status.SUSPENDED:
        return f"{who}{word} on {it} is suspended"
    if event.status is Status.TERMINATED:
        return f"{who}{word} on {it} is lifted"
    return f"{who}{word} covers {it}"


def _disruption(event: Event, it: str) -> str:
    place = _site_words(event)
    if event.status is Status.COMPLETED:
        return f"the outage{place} is over"
    if (
        event.status in (Status.PROPOSED, Status.RUMOURED)
        or event.modality is not Modality.ASSERTED
    ):
        return f"output{place} may be cut"
    return f"output{place} is cut"


def _price(event: Event, it: str) -> str:
    direction = next((s.value for s in event.of("direction")), "")
    change = next((f"{s.value} {s.unit or ''}".strip() for s in event.of("change") if s.unit), "")
    moved = {"up": "rose", "down": "fell", "flat": "held"}.get(direction, "is told")
    by = (
        f" by {change.lstrip('-').replace('..', ' to ')}"
        if change and direction in ("up", "down")
        else ""
    )
    price = "its price" if it == "it" else f"the price of {it}"
    return f"{price} {moved}{by}"


def _forecast(event: Event, it: str) -> str:
    who = next((s.value for s in event.of("forecaster")), "")
    what = next((s.value for s in event.of("variable")), "")
    told = f"a forecast by {who}" if who else "a forecast"
    return f"{told}{f' of {what[:40]}' if what else ''} bears on {it}"


def _other(event: Event, it: str) -> str:
    label = load_event_types()[event.type].label.lower()
    named = {s.entity or s.value: s.value for s in reversed(party_statements(event))}
    parties = list(reversed(named.values()))[:2]
    who = f" of {' and '.join(parties)}" if parties else ""
    status = event.status.value.replace("_", " ")
    if brings_no_tonnes(event):
        return f"{label}{who}{_site_words(event)} is about it and brings no tonnes yet ({status})"
    supply = "its supply" if it == "it" else f"the supply of {it}"
    return f"{label}{who}{_site_words(event)} bears on {supply} ({status})"


def brings_no_tonnes(event: Event) -> bool:
    """Tell whether an event stands before any supply: exploration, a resource, a study."""
    if event.type in (EventType.EXPLORATION_AGREEMENT, EventType.RESOURCE_ESTIMATE):
        return True
    stages = {s.value for s in event.of("stage")}
    return event.type is EventType.PROJECT_MILESTONE and stages <= _BEFORE_SUPPLY and bool(stages)


def _site_words(event: Event) -> str:
    sites = [s.value for s in site_statements(event)]
    places = [country_name(p.country) for p in source_places(event)]
    if sites:
        inside = f" ({the(places[0])})" if places else ""
        return f" at {sites[0]}{inside}"
    return f" in {the(places[0])}" if places else ""


_TELLERS: Mapping[EventType, Callable[[Event, str], str]] = {
    EventType.EXPORT_RESTRICTION: _restriction,
    EventType.TARIFF: _tariff,
    EventType.SANCTION: _sanction,
    EventType.POLICY_MEASURE: _policy,
    EventType.DISRUPTION: _disruption,
    EventType.PRICE_LEVEL: _price,
    EventType.PRICE_CHANGE: _price,
    EventType.FORECAST: _forecast,
}


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _in_sentence(position: Position) -> str:
    """The table's words; a capital that only begins the cell ("Dysprosium oxide") goes."""
    words = position.words
    name = load_commodities()[position.commodity].name
    plain = words.casefold().startswith(name) and name.islower()
    return words[:1].lower() + words[1:] if plain else words


def _number(value: Decimal) -> str:
    shown = value.quantize(Decimal(1), ROUND_HALF_EVEN) if value >= 100 else _digits(value)
    return f"{shown.normalize():,f}"


def _digits(value: Decimal) -> Decimal:
    return Decimal(f"{value:.3g}")


def _percent(share: Decimal) -> str:
    shown = share * 100
    if 0 < shown < 1:
        return "less than 1 %"
    if 99 < shown < 100:
        return "more than 99 %"
    return f"{shown.quantize(Decimal(1), ROUND_HALF_EVEN)} %"
