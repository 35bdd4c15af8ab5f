"""Proposals: what an event would change, what is missing until it does, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lodewire.model.vocabulary import EventType, Modality, Status

LADDER = (
    "exploration",
    "drilling",
    "resource estimate",
    "study",
    "permit",
    "financing",
    "construction",
    "first production",
)
"""The stages of a project before tonnes, in their usual order."""

LEAD_TIME = (
    "from discovery to production 127 mines took 15.7 years on average, 6 to 32 "
    "(S&P Global Market Intelligence, 6 June 2023)"
)


class Bearing(StrEnum):
    """How an event bears on supply."""

    NONE_YET = "no change yet"
    NONE = "no change"
    SUPPLY = "changes supply"
    TRADE = "changes who gets it"
    COST = "changes cost"
    OWNERS = "changes owners"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An input that the words do not give: ``name`` is the field of the change it fills.

    ``range`` is what can be, in ``unit``, as a scenario writes it; empty where nothing general can
    be said. ``basis`` says what the range rests on.
    """

    name: str
    text: str
    unit: str
    range: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A change as far as the words give it: ``told`` by field, in the words of a scenario file."""

    kind: str
    told: Mapping[str, object]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an event would change. ``missing`` are the stages that lie between it and tonnes."""

    event_id: str
    type: EventType
    status: Status
    modality: Modality
    bearing: Bearing
    why: str
    commodities: tuple[str, ...]
    stage: str | None
    country: str | None = None
    drafts: tuple[Draft, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


LEAKAGE = Question(
    name="leakage",
    text="What share of these exports still gets out: licensed, by third countries, smuggled?",
    unit="share",
    range="0..1",
    basis="all that can be; of rare earths 21,000 t were smuggled out of China in 2011 beside "
    "18,600 t exported legally (China Daily, 10 December 2012), more than half of what left",
)
RAMP_UP = Question(
    name="ramp_up",
    text="How many years from first to full output?",
    unit="years",
    range="1..2.5..4",
    basis="new mines took 2.5 years on average to their design capacity, 30 % one year, 10 % more "
    "than four (cited in a paper of the SME conference of 2023 on starting up plants)",
)
UNTIL = Question(
    name="until",
    text="Until when does it last? Leave it out for: until further notice.",
    unit="day",
    range="",
    basis="the text gives no end",
)
FROM = Question(
    name="from",
    text="From when?",
    unit="day",
    range="",
    basis="the text gives no day",
)
REPLACES = Question(
    name="replaces",
    text="What share of it takes the place of today's imports? The rest comes on top.",
    unit="share",
    range="0..1",
    basis="all that can be: none of it replaces, or all of it",
)
TO = Question(
    name="to",
    text="Which importer gets it? Leave it out, and only the world's supply changes.",
    unit="country",
    range="",
    basis="the text names no buyer's country",
)
