"""Small pages and a ledger to put them in, for the tests of single steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId

NOW = datetime(2025, 3, 28, 21, 0, tzinfo=UTC)

DEAL = (
    "MMG said on Tuesday it had agreed to buy the Khoemacau copper mine in Botswana for $1.875 "
    "billion from Cuprous Capital. The mine, in the Kalahari copper belt, made 42,000 tonnes of "
    "copper in concentrate last year. The sale is expected to close in the first half of next year."
)
OUTAGE = (
    "Glencore has declared force majeure on copper shipments from its Altonorte smelter in Chile, "
    "where production has been suspended because of a problem with the furnace, it said on "
    "Wednesday. The smelter has a capacity of 349,000 tonnes of copper anodes a year."
)
COOKING = (
    "Slice the onions thinly and let them soften in butter over a low flame. Add the flour, stir "
    "for two minutes, then pour in the stock and let the soup simmer until it thickens. Serve it "
    "with toasted bread and a handful of grated cheese."
)


def page(
    text: str, *, number: int = 1, source: str = "wire", title: str = "News", days: int = 0
) -> Capture:
    """A page of one article, published ``days`` before NOW's day."""
    day = (NOW - timedelta(days=days)).date().isoformat()
    body = (
        f"<html lang=en><head><title>{title}</title>"
        f"<meta property='article:published_time' content='{day}T08:00:00Z'></head>"
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
    return raw(body.encode(), number=number, source=source)


def raw(body: bytes, *, number: int = 1, source: str = "wire") -> Capture:
    """A capture of any bytes."""
    url = f"https://{source}.example/{number}"
    return Capture(
        source_id=SourceId(source), requested_url=url, url=url, fetched_at=NOW, body=body
    )
