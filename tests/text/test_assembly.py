"""What the documents of one capture share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lodewire.model.ids import CaptureId, SourceId
from lodewire.text.assembly import Origin


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.mining.example/a", "mining.example"),
        ("http://News.Mining.example:8080/a", "news.mining.example"),
        ("file:///pages/www.mining.example/a.html", None),
        ("stdin", None),
    ],
)
def test_the_host_is_that_of_the_public_address(url: str, host: str | None) -> None:
    """A file has no publisher's address, whatever its path looks like."""
    origin = Origin(
        capture_id=CaptureId("c"),
        source_id=SourceId("s"),
        url=url,
        fetched_at=datetime(2025, 3, 28, tzinfo=UTC),
    )
    assert origin.host == host
