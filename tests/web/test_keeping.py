"""The shelf of finished pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lodewire.web.keeping import Shelf
from lodewire.web.site import Page

NOW = datetime(2025, 3, 28, 21, tzinfo=UTC)


def test_a_page_is_given_until_it_is_too_old() -> None:
    """Then it is made anew; since when its bytes stand stays, until they change."""
    at = [0.0]
    shelf = Shelf(10, clock=lambda: at[0])
    shelf.put("/", Page(body=b"one"), NOW)
    at[0] = 9.9
    assert shelf.get("/") is not None
    at[0] = 10.0
    assert shelf.get("/") is None
    later = NOW + timedelta(hours=1)
    assert shelf.put("/", Page(body=b"one"), later).since == NOW
    changed = shelf.put("/", Page(body=b"two"), later)
    assert changed.since == later
    assert not changed.has("", "Fri, 28 Mar 2025 21:00:00 GMT")


def test_what_is_kept_stays_within_its_weight() -> None:
    """The page that was not asked for longest goes first."""
    shelf = Shelf(1000, clock=lambda: 0.0)
    big = Page(body=b"x" * (30 * 1024 * 1024))
    shelf.put("/a", big, NOW)
    shelf.put("/b", big, NOW)
    assert shelf.get("/a") is not None
    shelf.put("/c", big, NOW)
    assert shelf.get("/b") is None
    assert shelf.get("/a") is not None
    assert shelf.get("/c") is not None
