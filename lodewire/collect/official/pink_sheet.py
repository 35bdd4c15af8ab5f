"""The World Bank's Pink Sheet: the page of the commodity markets, then the workbook it links to."""

from __future__ import annotations

import asyncio

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.official import SeriesPoint
from lodewire.reference.loaders.pink_sheet import FILE, find_workbook, read_prices

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the page that links to the workbook: its address changes with every edition."""
    del wish, with_key
    return (Query(path="/en/research/commodity-markets", what="the page", accept="text/html"),)


async def fetch(asker: Asker, wish: Wish) -> Gained[SeriesPoint]:
    """Ask for the page, then for the workbook; every series and month of it is kept."""
    (query,) = queries(wish, with_key=False)
    page = await asker.ask(query)
    address = find_workbook(page.body, asker.address(query))
    if address is None:
        raise asker.refused(
            f"the page links to no {FILE}",
            hint="Look at the page in a browser; it may have moved. A new address can be set as "
            "endpoint under [official.services.pink-sheet] in desk.toml.",
        )
    book = await asker.ask(Query(path=address, what="the workbook", accept=_XLSX))
    points = await asyncio.to_thread(read_prices, book.body, book.place)
    return Gained(rows=points, covers=lambda point: True)
