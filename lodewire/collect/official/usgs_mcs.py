"""The data releases of the USGS Mineral Commodity Summaries: the listing, then their tables."""

from __future__ import annotations

import asyncio

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.measure import Figure
from lodewire.reference.loaders.sciencebase import ReleaseFile, read_listing, unpacked
from lodewire.reference.loaders.usgs_mcs import load_release

_PAGE = 50
_MOST_PAGES = 5
_MOST_FILES = 200


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the first page of the listing; the tables of the editions wished follow."""
    del wish, with_key
    return (
        Query(
            path="/catalog/items",
            what="the list of releases",
            parameters=(
                ("q", "Mineral Commodity Summaries Data Release"),
                ("fields", "title,files"),
                ("format", "json"),
                ("max", str(_PAGE)),
            ),
        ),
    )


async def fetch(asker: Asker, wish: Wish) -> Gained[Figure]:
    """Fetch the newest edition, or every one from the year of ``since`` on."""
    listed = await _listed(asker, wish)
    editions = sorted({file.edition for file in listed})
    if not editions:
        raise asker.refused(
            "the listing holds no data release of the Mineral Commodity Summaries",
            hint="Download it by hand and load it: lodewire figures load FOLDER --source usgs-mcs",
        )
    first = wish.since.year if wish.since else editions[-1]
    figures: list[Figure] = []
    notes: list[str] = []
    vintages: set[str] = set()
    for edition in (year for year in editions if year >= first):
        vintage = f"MCS{edition}"
        bodies = []
        for file in (file for file in listed if file.edition == edition):
            part = await asker.ask(
                Query(path=file.address, what=f"{vintage} {file.name}", accept="*/*")
            )
            bodies.append((file.name, part.body))
        place = f"{asker.access.service}: {vintage}"
        tables = await asyncio.to_thread(unpacked, bodies, place)
        release = await asyncio.to_thread(load_release, tables, vintage)
        figures += release.figures
        vintages.add(vintage)
        if release.left_out:
            first_out = release.left_out[0]
            notes.append(
                f"{vintage}: {len(release.left_out)} parts left out, "
                f"the first: {first_out.where}: {first_out.what}"
            )

    def covers(figure: Figure) -> bool:
        return figure.vintage in vintages

    return Gained(rows=tuple(figures), covers=covers, notes=tuple(notes))


async def _listed(asker: Asker, wish: Wish) -> list[ReleaseFile]:
    query: Query | None = queries(wish, with_key=False)[0]
    found: list[ReleaseFile] = []
    for _ in range(_MOST_PAGES):
        if query is None:
            break
        part = await asker.ask(query)
        page = read_listing(part.body, part.place, home=asker.access.endpoint)
        found += page.files
        query = None
        if page.following is not None:
            path = asker.next_page(page.following)
            query = Query(path=path, what="more of the list of releases")
    if len(found) > _MOST_FILES:
        raise asker.refused(f"{len(found)} files are listed, more than any release has")
    return found
