"""The ledger's deals and plans with what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lodewire.analytics.promise_links import FOLLOWS
from lodewire.analytics.promises import find_promises, involves, is_promise
from lodewire.config.desk import DeskConfig
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.promise import Promise
from lodewire.ontology.commodities import ancestors_of
from lodewire.workbench.lives import life_in, spans_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The promises asked for, with the events they and their steps speak of."""

    promises: tuple[Promise, ...]
    events: Mapping[str, Event]


def promises_in(
    ledger: Ledger,
    desk: DeskConfig,
    *,
    today: date,
    country: str | None = None,
    partner: str | None = None,
    commodity: str | None = None,
    silent: bool = False,
    since: date | None = None,
) -> Promises:
    """Return the promises that involve the countries and the commodity (or what belongs to it).

    ``silent`` keeps those of which nothing was heard for longer than is usual, ``since`` those
    announced on this day or later.
    """
    types = sorted({*FOLLOWS, *(t for told in FOLLOWS.values() for t in told)})
    events = [e for t in types for e in ledger.select(EventFilters(type=t))]
    lives = {e.id: life_in(ledger, e, desk.life, today=today) for e in events if is_promise(e)}
    found = find_promises(events, lives, today=today, spans=spans_of(desk.life))
    wanted = [c for c in (country, partner) if c is not None]
    kept = tuple(
        p
        for p in found
        if all(involves(p, c) for c in wanted)
        and (commodity is None or any(_is_of(c, commodity) for c in p.commodities))
        and (p.silent or not silent)
        and (since is None or p.day >= since)
    )
    named = {step.event_id for p in kept for step in p.steps} | {p.event_id for p in kept}
    return Promises(promises=kept, events={str(e.id): e for e in events if e.id in named})


def _is_of(commodity: str, wanted: str) -> bool:
    return commodity == wanted or wanted in ancestors_of(commodity)
