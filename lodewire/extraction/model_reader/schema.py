"""The JSON schema of an answer, built from the ontology.

It is flat on purpose: engines turn a schema into a grammar, and a small one is obeyed everywhere.
Which role belongs to which type is checked after the answer has come.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.event_types import load_event_types

MOST_EVENTS = 80  # of one part of a text
MOST_ARGUMENTS = 30


@cache
def role_names() -> tuple[str, ...]:
    """Return the names of all roles of all types, sorted."""
    return tuple(sorted({r.name for d in load_event_types().values() for r in d.roles}))


@cache
def choice_words() -> tuple[str, ...]:
    """Return the words of all closed lists, sorted."""
    roles = (r for d in load_event_types().values() for r in d.roles)
    return tuple(sorted({word for r in roles for word in r.choices}))


def answer_schema() -> dict[str, Any]:
    """Return the schema: every key required, no key beyond them, closed words as enumerations."""
    argument = _object(
        role={"type": "string", "enum": list(role_names())},
        text={"type": "string"},
        choice={"type": ["string", "null"], "enum": [*choice_words(), None]},
    )
    event = _object(
        type={"type": "string", "enum": [t.value for t in EventType]},
        evidence={"type": "string"},
        trigger={"type": "string"},
        status={"type": "string", "enum": [s.value for s in Status]},
        modality={"type": "string", "enum": [m.value for m in Modality]},
        said_by={"type": ["string", "null"]},
        arguments={"type": "array", "items": argument},
    )
    return _object(events={"type": "array", "items": event})


def _object(**keys: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }
