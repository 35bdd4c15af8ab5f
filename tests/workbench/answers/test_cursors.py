"""Cursors: what was given comes back, anything else is refused with what to do."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import QueryError
from lodewire.model.ids import EventId
from lodewire.workbench.answers.cursors import (
    DEEPEST,
    event_cursor,
    offset_cursor,
    offset_of,
    place_of,
)


@given(st.dates(), st.from_regex(r"ev_[a-z0-9]{1,64}", fullmatch=True))
def test_a_place_comes_back(day: date, event_id: str) -> None:
    """Day and event."""
    assert place_of(event_cursor(day, EventId(event_id))) == (day, event_id)


@given(st.integers(0, DEEPEST))
def test_an_offset_comes_back(offset: int) -> None:
    """As far as a search goes."""
    assert offset_of(offset_cursor(offset)) == offset


@given(st.text())
def test_anything_else_is_refused(text: str) -> None:
    """Whatever it holds; never another error."""
    for take in (place_of, offset_of):
        with suppress(QueryError):
            take(text)


def test_one_kind_is_not_the_other() -> None:
    """A search's cursor says nothing to a list of events; nor does one that is too deep."""
    with pytest.raises(QueryError):
        place_of(offset_cursor(5))
    with pytest.raises(QueryError):
        offset_of(event_cursor(date(2025, 3, 28), EventId("ev_a")))
    with pytest.raises(QueryError):
        offset_of(offset_cursor(DEEPEST + 1))
