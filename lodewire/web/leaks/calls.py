"""Every operation of the API, as calls about what the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lodewire.web.leaks.secrets import Told
from lodewire.web.site import Site

PREFIX = "/api/v1"
_ASKED = 400  # events, evenly over the ledger; the lists hold all of them
_NAMED = 40  # entities of a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request to the API; ``body`` is JSON that is sent."""

    path: str
    method: str = "GET"
    body: dict[str, Any] | None = field(default=None, hash=False)


def calls_of(site: Site, insights: list[Told]) -> Iterator[Call]:
    """Yield calls to every operation: of events, statements, documents, things, briefs, measures.

    Lists are followed page by page by whoever asks (``next``).
    """
    for path in (
        "/openapi.json", "/events?limit=200", "/documents?limit=200", "/entities?limit=200",
        "/briefs", "/briefs/latest", "/corrections",
        *(f"/exports/events.{form}" for form in ("csv", "jsonl", "parquet")),
    ):  # fmt: skip
        yield Call(path=PREFIX + path)
    for day in site.ledger.briefs.days():
        yield Call(path=f"{PREFIX}/briefs/{day.isoformat()}")
    for path in dict.fromkeys(_of_events(insights)):
        yield Call(path=PREFIX + path)
    for path in _of_things(site):
        yield Call(path=PREFIX + path)
    yield Call(path=f"{PREFIX}/scenarios", method="POST", body=_SCENARIO)
    yield Call(path=f"{PREFIX}/landed-costs", method="POST", body=_COST)


def _of_events(insights: list[Told]) -> Iterator[str]:
    step = max(1, len(insights) // _ASKED)
    for insight in insights[::step]:
        event = insight.event
        yield f"/events/{event.id}"
        yield f"/events/{event.id}/statements"
        for statement in event.statements[:2]:
            yield f"/statements/{statement.id}"
        for document in event.document_ids[:2]:
            yield f"/documents/{document}"
            yield f"/documents/{document}/statements"


def _of_things(site: Site) -> Iterator[str]:
    from lodewire.web.rendering import KINDS

    for type_, kind in KINDS.items():
        for entity, _ in islice(site.ledger.entities.most_named(type_, _NAMED), _NAMED):
            yield f"/entities/{entity}"
            if kind == "commodity":
                yield f"/commodities/{entity}/measures"


_SCENARIO: dict[str, Any] = {
    "commodity": "cobalt",
    "stage": "mining",
    "changes": [{"kind": "outage", "words": "CD: 30% from 2026"}],
    "on": "2026-06-01",
    "draws": 0,
}
_COST: dict[str, Any] = {
    "commodity": "aluminium",
    "importer": "US",
    "origin": "AE",
    "day": "2025-03-20",
    "premium": "180",
}
