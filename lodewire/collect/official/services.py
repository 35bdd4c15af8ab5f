"""The official services: what each gives, what it needs, how often it is worth asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Generic, TypeVar

from lodewire.collect.official.asking import Asker, Query
from lodewire.model.measure import Figure
from lodewire.model.official import (
    CountryScore,
    MineralStatistic,
    PriceQuote,
    SanctionedParty,
    SeriesPoint,
    TradeFlow,
    TradeIntervention,
)
from lodewire.reference.fetched import TableForm

T = TypeVar("T")

SERIES = TableForm(row=SeriesPoint, key=("series", "period"))
FLOWS = TableForm(row=TradeFlow, key=("reporter", "partner", "flow", "product", "period"))
QUOTES = TableForm(row=PriceQuote, key=("series", "period"))
SCORES = TableForm(row=CountryScore, key=("indicator", "country", "year"))
MINERALS = TableForm(
    row=MineralStatistic, key=("commodity", "form", "kind", "country", "year", "unit")
)
RELEASES = TableForm(
    row=Figure,
    key=(
        "source",
        "vintage",
        "measured",
        "commodity",
        "stage",
        "form",
        "year",
        "country",
        "partner",
    ),
)
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
    """One service. ``every`` is how long an answer stays fresh.

    An empty ``endpoint`` has to be named in desk.toml. ``knows`` names the parts of a wish that it
    heeds. ``terms`` says in a line under which terms its figures may be used.
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


_DAY, _WEEK, _MONTH, _QUARTER = (timedelta(days=n) for n in (1, 7, 31, 92))

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
    Service(
        name="fred",
        title="FRED, Federal Reserve Bank of St. Louis",
        gives="monthly and daily price series, as their own publishers release them",
        endpoint="https://api.stlouisfed.org",
        form=SERIES,
        every=_WEEK,
        min_delay=0.6,
        terms="FRED terms of use; each series has its owner's terms, some forbid redistribution.",
        page="https://fred.stlouisfed.org",
        key_env="FRED_API_KEY",
        key_needed=True,
        key_page="https://fredaccount.stlouisfed.org/apikeys",
        knows=("since", "commodities", "series"),
    ),
    Service(
        name="ecb",
        title="European Central Bank, monthly averages of exchange rates",
        gives="units of 40 currencies for a euro, a month at a time",
        endpoint="https://data-api.ecb.europa.eu",
        form=SERIES,
        every=_MONTH,
        min_delay=1.0,
        terms="Free use with the source named; ECB statistics policy.",
        page="https://data.ecb.europa.eu/data/datasets/EXR",
        knows=("since", "series"),
    ),
    Service(
        name="ecb-daily",
        title="European Central Bank, euro reference rates of the last 90 days",
        gives="units of 30 currencies for a euro, a working day at a time",
        endpoint="https://www.ecb.europa.eu",
        form=SERIES,
        every=_DAY,
        min_delay=1.0,
        terms="Free use with the source named; for information, not for transactions.",
        page="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates",
    ),
    Service(
        name="wgi",
        title="World Bank, Worldwide Governance Indicators",
        gives="six scores of governance by country and year, from -2.5 to 2.5",
        endpoint="https://api.worldbank.org",
        form=SCORES,
        every=_QUARTER,
        min_delay=1.0,
        terms="CC BY 4.0.",
        page="https://www.worldbank.org/en/publication/worldwide-governance-indicators",
        knows=("since", "series"),
    ),
    Service(
        name="pink-sheet",
        title="World Bank, Commodity Price Data (Pink Sheet)",
        gives="monthly prices of 70 commodities since 1960",
        endpoint="https://www.worldbank.org",
        form=SERIES,
        every=_MONTH,
        min_delay=1.0,
        terms="CC BY 4.0; some series come from others, who keep their rights.",
        page="https://www.worldbank.org/en/research/commodity-markets",
    ),
    Service(
        name="usgs-mcs",
        title="USGS, data releases of the Mineral Commodity Summaries",
        gives="world production, reserves, U.S. trade and reliance, as the edition states them",
        endpoint="https://www.sciencebase.gov",
        form=RELEASES,
        every=_QUARTER,
        min_delay=1.0,
        terms="Work of the U.S. government, public domain in the United States.",
        page="https://www.usgs.gov/centers/national-minerals-information-center",
        knows=("since",),
    ),
    Service(
        name="ofac",
        title="OFAC, list of specially designated nationals",
        gives="sanctioned parties of the United States with aliases and programmes",
        endpoint="https://sanctionslistservice.ofac.treas.gov",
        form=PARTIES,
        every=_DAY,
        min_delay=1.0,
        terms="Work of the U.S. government, public domain in the United States.",
        page="https://ofac.treasury.gov/sanctions-list-service",
    ),
    Service(
        name="eu-sanctions",
        title="European Union, consolidated list of financial sanctions",
        gives="sanctioned parties of the European Union with aliases and programmes",
        endpoint="https://webgate.ec.europa.eu",
        form=PARTIES,
        every=_DAY,
        min_delay=1.0,
        terms="Free reuse with the source named (Commission decision 2011/833/EU).",
        page="https://webgate.ec.europa.eu/fsd/fsf",
        key_env="EU_SANCTIONS_TOKEN",
        key_needed=True,
        key_page="https://webgate.ec.europa.eu/fsd/fsf (EU Login; the token is in the file links)",
    ),
    Service(
        name="comext",
        title="Eurostat Comext, trade of the European Union",
        gives="yearly trade of the EU or its members by partner and HS code, in euros and weight",
        endpoint="https://ec.europa.eu",
        form=FLOWS,
        every=_MONTH,
        min_delay=1.0,
        terms="Free reuse with the source named (Commission decision 2011/833/EU).",
        page="https://ec.europa.eu/eurostat/comext/newxtweb",
        knows=("since", "commodities", "products", "reporters"),
    ),
    Service(
        name="bgs",
        title="British Geological Survey, World Mineral Statistics",
        gives="production of minerals and metals by country since 1970, as the yearbook prints it",
        endpoint="https://ogcapi.bgs.ac.uk",
        form=MINERALS,
        every=_QUARTER,
        min_delay=1.0,
        terms="Free with acknowledgement of BGS, UKRI; its terms limit some commercial use.",
        page="https://www.bgs.ac.uk/mineralsuk/statistics/world-mineral-statistics",
        knows=("since", "commodities", "series"),
    ),
    Service(
        name="gta",
        title="Global Trade Alert",
        gives="trade measures of governments on HS codes, with the days they hold",
        endpoint="https://api.globaltradealert.org",
        form=INTERVENTIONS,
        every=_WEEK,
        min_delay=1.0,
        terms="CC BY-NC 4.0 for the free key: no commercial use without an agreement.",
        page="https://globaltradealert.org/api-access",
        key_env="GTA_API_KEY",
        key_needed=True,
        key_page="https://globaltradealert.org/api-access",
        knows=("since", "commodities", "products", "reporters"),
    ),
    Service(
        name="own-prices",
        title="A price API of your own",
        gives="prices and premiums that you may use, as CSV or JSON in the columns of own prices",
        endpoint="",
        form=QUOTES,
        every=_DAY,
        min_delay=1.0,
        terms="What you agreed on with whoever gives them; they stay on this machine.",
        page="docs/guides/official-figures.md",
        key_env="OWN_PRICES_KEY",
        knows=("since",),
    ),
)

SERVICES: Mapping[str, Service] = {service.name: service for service in _ALL}
"""Every service by its name, in the order in which `lodewire figures fetch all` asks them."""
