"""UN Comtrade: annual trade by reporter, partner and HS code, with a key or from the preview.

The data API answers at most 100,000 rows to a key, the public preview 500; an answer at its cap
may be cut off, so the question is asked again in halves. Source: comtradedeveloper.un.org.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.products import products_of
from lodewire.collect.official.services import Gained, Wish
from lodewire.errors import ConfigError
from lodewire.model.official import TradeFlow
from lodewire.ontology.places import comtrade_number, place_of_comtrade
from lodewire.reference.loaders.comtrade import read_page

_CAP, _PREVIEW_CAP = 100_000, 500
_MOST_REQUESTS = 400  # a free key has 500 a day
_YEARS = 3
_CODES_A_REQUEST = 100  # the whole address stays below 4,096 characters
REPORTERS = ("US", "JP", "CN", "KR", "DE")
"""Who reports, where the wish names nobody: the largest buyers of minerals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    year: int
    products: tuple[str, ...]
    reporters: tuple[int, ...]
    flows: tuple[str, ...] = ("M", "X")

    def halves(self) -> Iterator[_Question]:
        """Yield two questions that together ask the same; none where it cannot be split."""
        if len(self.products) > 1:
            at = len(self.products) // 2
            yield replace(self, products=self.products[:at])
            yield replace(self, products=self.products[at:])
        elif len(self.reporters) > 1:
            at = len(self.reporters) // 2
            yield replace(self, reporters=self.reporters[:at])
            yield replace(self, reporters=self.reporters[at:])
        elif len(self.flows) > 1:
            yield from (replace(self, flows=(flow,)) for flow in self.flows)


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the questions asked first, a year at a time."""
    return tuple(_query(question, with_key) for question in _questions(wish))


async def fetch(asker: Asker, wish: Wish) -> Gained[TradeFlow]:
    """Ask year by year, in halves where an answer reaches the cap."""
    with_key = asker.access.key is not None
    cap = _CAP if with_key else _PREVIEW_CAP
    waiting = list(reversed(_questions(wish)))
    flows: dict[tuple[str, ...], TradeFlow] = {}
    while waiting:
        question = waiting.pop()
        _check_budget(asker, len(waiting), with_key)
        part = await asker.ask(_query(question, with_key))
        page = read_page(
            part.body, part.place, place_of=place_of_comtrade, vintage=wish.today.isoformat()
        )
        if page.error:
            raise asker.refused(page.error)
        if page.count >= cap:
            halves = list(question.halves())
            if not halves:
                raise asker.refused(
                    f"more than {cap:,} rows for HS {question.products[0]} in {question.year}, "
                    "and the answer is cut off there",
                    hint="Set COMTRADE_API_KEY: the answer to a key holds 100,000 rows."
                    if not with_key
                    else "Ask for fewer reporters.",
                )
            waiting.extend(reversed(halves))
            continue
        for flow in page.flows:
            flows[flow.reporter, flow.partner, flow.flow, flow.product, flow.period] = flow
    return Gained(rows=tuple(flows.values()), covers=_scope(wish))


def _questions(wish: Wish) -> list[_Question]:
    products = products_of(wish)
    reporters = tuple(_number(place) for place in wish.reporters or REPORTERS)
    first = wish.since.year if wish.since else wish.today.year - _YEARS
    return [
        _Question(year=year, products=products[at : at + _CODES_A_REQUEST], reporters=reporters)
        for year in range(first, wish.today.year)
        for at in range(0, len(products), _CODES_A_REQUEST)
    ]


def _number(place: str) -> int:
    number = comtrade_number(place.upper())
    if number is None:
        raise ConfigError(
            f"UN Comtrade knows no reporter {place!r}.",
            hint="Write reporters as two letters: JP, US, EU.",
        )
    return number


def _query(question: _Question, with_key: bool) -> Query:
    path = "/data/v1/get/C/A/HS" if with_key else "/public/v1/preview/C/A/HS"
    return Query(
        path=path,
        what=f"trade of {question.year}",
        parameters=(
            ("reporterCode", ",".join(map(str, question.reporters))),
            ("period", str(question.year)),
            ("cmdCode", ",".join(question.products)),
            ("flowCode", ",".join(question.flows)),
            # Totals only: each breakdown would come as a row of its own.
            ("partner2Code", "0"),
            ("customsCode", "C00"),
            ("motCode", "0"),
        ),
        key_header=("Ocp-Apim-Subscription-Key", "") if with_key else None,
    )


def _check_budget(asker: Asker, waiting: int, with_key: bool) -> None:
    if asker.asked + waiting >= _MOST_REQUESTS:
        raise asker.refused(
            f"this would take more than {_MOST_REQUESTS} requests",
            hint="Ask for less: a --commodity, a later --since, fewer reporters in desk.toml."
            if with_key
            else "Set COMTRADE_API_KEY (free), or ask for one --commodity.",
        )


def _scope(wish: Wish) -> Callable[[TradeFlow], bool]:
    questions = _questions(wish)
    years = {str(q.year) for q in questions}
    products = {code for q in questions for code in q.products}
    places = {place_of_comtrade(number) for q in questions for number in q.reporters}

    def covers(flow: TradeFlow) -> bool:
        return flow.period in years and flow.product in products and flow.reporter in places

    return covers
