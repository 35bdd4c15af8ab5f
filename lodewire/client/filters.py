"""What events and documents may be narrowed to."""

from __future__ import annotations

from datetime import date
from typing import TypedDict


class DocumentFilters(TypedDict, total=False):
    """Filters of documents; ``named`` is the id of an entity that they name."""

    type: str
    status: str
    desk: str
    named: str
    since: date
    until: date


class EventFilters(DocumentFilters, total=False):
    """Filters of events; entities by id."""

    commodity: str
    country: str
    organisation: str
