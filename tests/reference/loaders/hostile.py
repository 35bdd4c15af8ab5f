"""Bytes that no service should send, and what must come of them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from lodewire.errors import LodewireError

PLACE = "the place"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
"""Any JSON."""


def refused_cleanly(read: Callable[[], object]) -> None:
    """Check that reading goes well, or ends in an error of our own that names the place."""
    try:
        read()
    except LodewireError as error:
        told = error
    else:
        return
    assert told.message.startswith(PLACE), told.message
    assert told.hint, told.message
