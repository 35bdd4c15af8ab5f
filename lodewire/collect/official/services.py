"""The official services: what each gives, what it needs, how often it is worth asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Generic, TypeVar

from lodewire.collect.official.asking import Asker, Query
from lodewire.model.official import (
    CountryScore,
    SanctionedParty,
    SeriesPoint,
    TradeFlow,
    TradeIntervention,
)
from lodewire.reference.fetched import TableForm

T = TypeVar("T")

SERIES = TableForm(row=SeriesPoint, key=("series", "period"))
FLOWS = TableForm(row=TradeFlow, key=("reporter", "partner", "flow", "product", "period"))
SCORES = TableForm(row=CountryScore, key=("indicator", "country", "year"))
PARTIES = TableForm(row=SanctionedParty, key=("id",))
INTERVENTIONS = TableForm(row=TradeIntervention, key=("id",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a fetch is asked for; empty means the service's own default.

    ``products`` are HS codes. ``today`` is the day of the fetch, which bounds what can exist.
    """

    today: date
    since: date | None = None
    commodities: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gained(Generic[T]):
    """What a service gave: rows, which rows of the old table it speaks for, and notes."""

    rows: tuple[T, ...]
    covers: Callable[[T], bool]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. ``every`` is how long an answer stays fresh; ``need`` is none, key or token.

    ``knows`` names the parts of a wish that it heeds. ``terms`` says in a line under which terms
    its figures may be used.
    """

    name: str
    title: str
    gives: str
    endpoint: str
    form: TableForm[Any]
    every: timedelta
    min_delay: float
    terms: str
    page: str
    key_env: str = ""
    key_needed: bool = False
    key_page: str = ""
    knows: tuple[str, ...] = ()

    def queries(self, wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
        """Return the first requests that a fetch would send; pages may follow."""
        found: tuple[Query, ...] = self._module().queries(wish, with_key=with_key)
        return found

    def fetch(self, asker: Asker, wish: Wish) -> Awaitable[Gained[Any]]:
        """Ask for all that is wished, page after page; all of it or a LodewireError."""
        coming: Awaitable[Gained[Any]] = self._module().fetch(asker, wish)
        return coming

    def _module(self) -> Any:
        return import_module(f"lodewire.collect.official.{self.name.replace('-', '_')}")


_WEEK, _MONTH = timedelta(days=7), timedelta(days=31)

_ALL = (
    Service(
        name="comtrade",
        title="UN Comtrade",
        gives="trade between countries by HS code, in value and weight",
        endpoint="https://comtradeapi.un.org",
        form=FLOWS,
        every=_MONTH,
        min_delay=1.5,
        terms="Free with limits; no bulk redistribution without the UN's permission.",
        page="https://comtradeplus.un.org",
        key_env="COMTRADE_API_KEY",
        key_page="https://comtradedeveloper.un.org",
        knows=("since", "commodities", "products", "reporters"),
    ),
)

SERVICES: Mapping[str, Service] = {service.name: service for service in _ALL}
"""Every service by its name, in the order in which `lodewire figures fetch all` asks them."""
