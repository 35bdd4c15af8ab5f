"""The Worldwide Governance Indicators, one indicator after the other, page after page."""

from __future__ import annotations

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.errors import ConfigError
from lodewire.model.official import CountryScore
from lodewire.ontology.places import place_of_iso2
from lodewire.reference.loaders.wgi_api import read_page

INDICATORS = ("CC", "GE", "PV", "RL", "RQ", "VA")
"""Control of corruption, government effectiveness, political stability, rule of law, regulatory
quality, voice and accountability."""

_FIRST = 1996
_PAGE = 1000
_MOST_PAGES = 50


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the first page of each indicator; ``series`` of the wish names them (RL, CC)."""
    del with_key
    return tuple(_query(name, wish, 1) for name in _indicators(wish))


async def fetch(asker: Asker, wish: Wish) -> Gained[CountryScore]:
    """Ask for every page of every indicator; what is announced must have come."""
    scores: list[CountryScore] = []
    strange: dict[str, None] = {}
    for name in _indicators(wish):
        rows, page, pages = 0, 1, 1
        while page <= pages:
            part = await asker.ask(_query(name, wish, page))
            read = read_page(part.body, part.place, country_of=place_of_iso2)
            if read.error:
                raise asker.refused(f"{name}: {read.error}")
            if read.pages > _MOST_PAGES or (read.page != page and read.pages):
                raise asker.refused(f"{name}: page {read.page} of {read.pages} in place of {page}")
            rows += read.rows
            scores += read.scores
            strange |= dict.fromkeys(read.strange)
            pages, page = read.pages, page + 1
            total = read.total
        if rows != total:
            raise asker.refused(f"{name}: {total:,} rows are announced, {rows:,} came")
    first, names = _first(wish), _indicators(wish)

    def covers(score: CountryScore) -> bool:
        return score.year >= first and score.indicator in names

    notes = (f"areas that are no country left out: {', '.join(strange)}",) if strange else ()
    return Gained(rows=tuple(scores), covers=covers, notes=notes)


def _indicators(wish: Wish) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(name.upper() for name in wish.series))
    for name in named:
        if name not in INDICATORS:
            raise ConfigError(
                f"wgi: {name!r} is no indicator.", hint=f"There are {', '.join(INDICATORS)}."
            )
    return named or INDICATORS


def _first(wish: Wish) -> int:
    return wish.since.year if wish.since else _FIRST


def _query(name: str, wish: Wish, page: int) -> Query:
    return Query(
        path=f"/v2/country/all/indicator/GOV_WGI_{name}.EST",
        what=f"{name} of every country, page {page}",
        parameters=(
            ("source", "3"),
            ("format", "json"),
            ("date", f"{_first(wish)}:{wish.today.year}"),
            ("per_page", str(_PAGE)),
            ("page", str(page)),
        ),
    )
