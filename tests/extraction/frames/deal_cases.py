"""How the deal tests compare: one event of the type, and what each named role must hold."""

from __future__ import annotations

from collections.abc import Mapping

from lodewire.model.event import EventMention
from tests.extraction.conftest import events

Wanted = Mapping[str, str | tuple[str, ...]]


def only(text: str, type_: str) -> EventMention:
    """The one event of the type; fails with what was found instead."""
    found = events(text, type_)
    assert len(found) == 1, [[(a.role, a.text) for a in e.arguments] for e in found]
    return found[0]


def check(text: str, type_: str, wanted: Wanted) -> EventMention:
    """Read ``text``: one event of the type whose roles hold the wanted wordings or names."""
    event = only(text, type_)
    for role, value in wanted.items():
        values = (value,) if isinstance(value, str) else value
        told = [(a.text, a.value) for a in event.of(role)]
        for one in values:
            assert any(one in pair for pair in told), (role, one, told)
        assert len(told) == len(values), (role, told)
    return event
