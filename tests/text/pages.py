"""Small pages written for the tests, built as real news sites build theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.ids import SourceId

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)


def capture(
    body: str | bytes,
    *,
    url: str = "https://www.example-metals.com/news/story",
    media_type: str = "text/html",
    charset: str | None = None,
    entry: FeedEntry | None = None,
    fetched_at: datetime = NOW,
) -> Capture:
    """A capture of a body as a source would give it."""
    return Capture(
        source_id=SourceId("test"),
        requested_url=url,
        url=url,
        fetched_at=fetched_at,
        body=body.encode() if isinstance(body, str) else body,
        media_type=media_type,
        charset=charset,
        entry=entry,
    )


def _page(name: str) -> str:
    return (Path(__file__).parent / "pages_html" / f"{name}.html").read_text("utf-8")


# WordPress with Yoast's JSON-LD graph, share bar, audio player, newsletter plea and teasers.
WORDPRESS = _page("wordpress")
# A ministry's press release: no JSON-LD, Dublin Core, the day printed under the headline.
MINISTRY = _page("ministry")
# A wire release on a company's Drupal site: OpenGraph times, agency credit, table, legal notice.
RELEASE = _page("release")
# The index of a blog: two posts printed whole, one as a teaser, blog furniture round them.
BLOG_INDEX = _page("blog_index")
# AMP: JSON-LD with a trailing comma, a stamp in UTC against a printed local day.
AMP = _page("amp")
# A front page: nothing but teasers.
FRONT = _page("front")
JAPANESE = _page("japanese")
