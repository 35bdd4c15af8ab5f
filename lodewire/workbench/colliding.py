"""The ledger's deals against the restrictions it knows of, with the owners of their sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from lodewire.analytics.collisions import find_collisions, is_deal
from lodewire.analytics.event_terms import site_statements
from lodewire.analytics.listed_rules import listed_rules, rule_id
from lodewire.analytics.rules_in_force import RULE_TYPES, rules_of
from lodewire.config.desk import DeskConfig
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.collision import DealFinding
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.model.official import TradeIntervention
from lodewire.ontology.event_types import Family, types_of
from lodewire.reference.hs_codes import HsCode, load_hs_codes
from lodewire.workbench.lives import life_in
from lodewire.workbench.owning import owners_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Collisions:
    """Findings, with the deals and rules they speak of and the sentence that tells each."""

    findings: tuple[DealFinding, ...]
    events: Mapping[str, Event]
    sentences: Mapping[str, str]


def collisions_in(
    ledger: Ledger,
    desk: DeskConfig,
    *,
    since: date | None,
    until: date | None,
    today: date,
    listed: Sequence[TradeIntervention] = (),
) -> Collisions:
    """Return what stands against the deals first reported in these days.

    ``listed`` are measures out of a list of trade measures, held against the deals as well.
    """
    deals = [e for e in _of_types(ledger, types_of(Family.DEALS), since, until) if is_deal(e)]
    told = list(_of_types(ledger, RULE_TYPES, None, None))
    lives = {event.id: life_in(ledger, event, desk.life, today=today) for event in told}
    findings = find_collisions(
        deals,
        (*rules_of(told, lives), *listed_rules(listed, materials_under)),
        owners={event.id: _owners(ledger, event) for event in deals},
        own_country=desk.own.country or None,
    )
    events = {e.id: e for e in (*deals, *told)}
    named = {c.rule.event_id for f in findings for c in f.collisions} | {
        f.deal_id for f in findings
    }
    return Collisions(
        findings=findings,
        events={str(i): events[EventId(i)] for i in named if EventId(i) in events},
        sentences={
            **{rule_id(one): _told(one) for one in listed if rule_id(one) in named},
            **{
                i: sentence_of(ledger, events[EventId(i)])
                for i in sorted(named)
                if EventId(i) in events
            },
        },
    )


def materials_under(code: str) -> tuple[tuple[str, str], ...]:
    """Return (commodity, stage) of what is traded under an HS code, in any edition known."""
    return tuple(dict.fromkeys((c.commodity, c.stage) for c in _by_code().get(code, ())))


@cache
def _by_code() -> dict[str, tuple[HsCode, ...]]:
    found: dict[str, tuple[HsCode, ...]] = {}
    for code in load_hs_codes():
        found[code.code] = (*found.get(code.code, ()), code)
    return found


def _told(one: TradeIntervention) -> str:
    return f"{one.title} {one.address}".strip()


def sentence_of(ledger: Ledger, event: Event) -> str:
    """Return the words in which the first text tells an event."""
    told = sorted(ledger.events.mentions(event.id), key=lambda t: (t.reported, t.mention.id))
    return " ".join(told[0].mention.evidence[0].quote.split()) if told else ""


def _of_types(
    ledger: Ledger, types: Iterable[object], since: date | None, until: date | None
) -> Iterator[Event]:
    from lodewire.model.vocabulary import EventType

    for type_ in sorted(EventType(str(t)) for t in types):
        yield from ledger.select(EventFilters(type=type_, since=since, until=until))


def _owners(ledger: Ledger, event: Event) -> dict[str, str]:
    """Country -> owner, of the sites that the ontology knows, on the day of the deal."""
    from lodewire.ontology.sites import load_sites

    found: dict[str, str] = {}
    assert event.reported is not None
    for statement in site_statements(event):
        if statement.entity in load_sites():
            known = owners_of(str(statement.entity), event.reported, ledger=ledger)
            for owner in known.ultimate:
                if owner.country is not None:
                    found.setdefault(owner.country, owner.name)
    return found
