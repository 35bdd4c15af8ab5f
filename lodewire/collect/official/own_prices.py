"""A price API of the user's own, at the endpoint that desk.toml names."""

from __future__ import annotations

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.official import PriceQuote
from lodewire.reference.loaders.price_api import read_page

_MOST_PAGES = 500
_KEY = ("Authorization", "Bearer ")


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the first page; ``since`` goes along as a parameter."""
    del with_key
    since = (("since", wish.since.isoformat()),) if wish.since else ()
    return (
        Query(
            path="",
            what="own prices",
            parameters=since,
            accept="application/json, text/csv;q=0.9",
            key_header=_KEY,
        ),
    )


async def fetch(asker: Asker, wish: Wish) -> Gained[PriceQuote]:
    """Ask page after page on the endpoint's own host; the same month twice is an error."""
    query: Query | None = queries(wish, with_key=True)[0]
    found: dict[tuple[str, str], PriceQuote] = {}
    pages = 0
    while query is not None:
        if pages >= _MOST_PAGES:
            raise asker.refused(f"more than {_MOST_PAGES} pages")
        part = await asker.ask(query)
        page = read_page(part.body, part.place)
        for quote in page.quotes:
            if found.setdefault((quote.series, quote.period), quote) is not quote:
                raise asker.refused(f"{quote.series} has {quote.period} on two pages")
        pages, query = pages + 1, None
        if page.following is not None:
            path = asker.next_page(page.following)
            query = Query(path=path, what="more own prices", key_header=_KEY)
    first = wish.since.isoformat() if wish.since else ""

    def covers(quote: PriceQuote) -> bool:
        return quote.period >= first[: len(quote.period)]

    return Gained(rows=tuple(found.values()), covers=covers)
