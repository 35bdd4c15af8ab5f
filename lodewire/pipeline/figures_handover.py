"""What was fetched, handed to where analytics look: figures, prices and exchange rates of the desk.

The tables of ``official/`` stay as the services gave them; what is written here follows from them
alone and is written anew after each fetch that changed something.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import localcontext
from pathlib import Path
from typing import Any

from lodewire.config.desk import DeskConfig
from lodewire.model.measure import Figure
from lodewire.model.official import CountryScore, PriceQuote, SeriesPoint, TradeFlow
from lodewire.model.price import PriceSeries
from lodewire.pipeline.figures_minerals import mineral_figures
from lodewire.pipeline.figures_trade import trade_figures
from lodewire.reference.exchange import FOLDER as RATES
from lodewire.reference.exchange import OWN_COLUMNS
from lodewire.reference.fetched import write_whole
from lodewire.reference.loaders.wgi import DIMENSIONS
from lodewire.reference.own_prices import FOLDER as PRICES
from lodewire.reference.pink_sheet import EXPECTED, IDS, pink_series, written_unit
from lodewire.reference.prices import price_series
from lodewire.reference.sources import SOURCES, FigureSource, read_sources, write_sources
from lodewire.reference.store import FOLDER as FIGURES
from lodewire.reference.store import keep_figures

_FIRST = "00-official"  # sorts before a person's own files, which then stand over it
_PRICE_COLUMNS = (
    "series",
    "period",
    "value",
    "unit",
    "commodity",
    "kind",
    "basis",
    "source",
    "vintage",
)
_FRED_UNITS = {
    "U.S. Dollars per Metric Ton": "USD/t",
    "U.S. Dollars per Barrel": "USD/bbl",
    "U.S. Dollars per Pound": "USD/lb",
    "U.S. Dollars per Troy Ounce": "USD/ozt",
    "U.S. Dollars per Million Metric British Thermal Unit": "USD/MMBtu",
}
_DIGITS = 8


def hand_over(desk: DeskConfig, service: str, rows: Sequence[Any]) -> str:
    """Write what follows from a service's table; return in a few words what, or "" for nothing."""
    step = _STEPS.get(service)
    return step(desk.root, rows) if step is not None and rows else ""


def _pink_prices(root: Path, rows: Sequence[SeriesPoint]) -> str:
    about = {series.id: series for series in pink_series()}
    found = []
    for row in rows:
        name = row.title.rstrip("* ").lower()
        if name in IDS and written_unit(row.unit) == EXPECTED[name]:
            found.append((about[IDS[name]], row))
    return _write_prices(root, "pink-sheet", found)


def _fred_prices(root: Path, rows: Sequence[SeriesPoint]) -> str:
    """IMF prices by their code (PALUMUSDM is PALUM), where the unit is the one of the series."""
    by_code = {s.code: s for s in price_series(root) if s.source == "imf-pcps"}
    found = []
    for row in rows:
        series = by_code.get(row.series.removesuffix("USDM"))
        monthly = row.frequency == "month" and row.series.endswith("USDM")
        if monthly and series is not None and _FRED_UNITS.get(row.unit) == series.unit:
            found.append((series, row))
    return _write_prices(root, "fred", found)


def _write_prices(root: Path, name: str, found: Iterable[tuple[PriceSeries, SeriesPoint]]) -> str:
    lines = [
        (s.id, p.period, f"{p.value:f}", s.unit, s.commodity, s.kind, s.basis, s.source, p.vintage)
        for s, p in found
        if p.value is not None and p.value > 0
    ]
    if not lines:
        return ""
    _write(root / PRICES / f"{_FIRST}-{name}.csv", _PRICE_COLUMNS, lines)
    return f"{len(lines):,} prices of {len({line[0] for line in lines})} series"


def _own_prices(root: Path, rows: Sequence[PriceQuote]) -> str:
    lines = [
        (r.series, r.period, f"{r.value:f}", r.unit, r.commodity, r.kind, r.basis, r.source)
        for r in rows
        if r.value is not None
    ]
    markets = [(r.vintage, r.market) for r in rows if r.value is not None]
    told = [(*line, *more) for line, more in zip(lines, markets, strict=True)]
    if not told:
        return ""
    _write(root / PRICES / f"{_FIRST}-own-prices.csv", (*_PRICE_COLUMNS, "market"), told)
    return f"{len(told):,} prices of {len({line[0] for line in told})} series"


def _rates(root: Path, rows: Sequence[SeriesPoint]) -> str:
    """Turn units for a euro into units for a dollar, month by month where the dollar is known."""
    per_eur = {(_currency(p), p.period): p for p in rows if p.value is not None}
    lines = []
    with localcontext() as context:
        context.prec = _DIGITS
        for (currency, period), point in sorted(per_eur.items()):
            dollar = per_eur.get(("USD", period))
            if dollar is None or dollar.value is None or point.value is None:
                continue
            told = ("EUR", 1 / dollar.value) if currency == "USD" else None
            code, per_usd = told or (currency, point.value / dollar.value)
            lines.append((code, period, f"{per_usd:f}", "ecb", point.vintage))
    if not lines:
        return ""
    _write(root / RATES / f"{_FIRST}-ecb.csv", OWN_COLUMNS, lines)
    return f"{len(lines):,} exchange rates of {len({line[0] for line in lines})} currencies"


def _currency(point: SeriesPoint) -> str:
    return point.series.split(".")[1]


def _write(file: Path, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    write_whole(file, text.getvalue().encode("utf-8"))


def _scores(root: Path, rows: Sequence[CountryScore]) -> str:
    figures = [
        Figure(
            commodity="",
            stage="",
            country=row.country,
            year=row.year,
            measured="governance",
            form=DIMENSIONS[row.indicator],
            value=row.value,
            unit="1",
            basis="estimate, -2.5 to 2.5",
            state=row.state,
            estimated=True,
            source="wgi",
            vintage=_vintage(rows),
        )
        for row in rows
        if row.indicator in DIMENSIONS and len(row.country) == 2
    ]
    return _keep(
        root,
        figures,
        "Worldwide Governance Indicators, World Bank API",
        "https://api.worldbank.org",
        "CC BY 4.0, World Bank",
    )


def _minerals(root: Path, rows: Sequence[Any]) -> str:
    return _keep(
        root,
        mineral_figures(rows, _vintage(rows)),
        "World Mineral Statistics, British Geological Survey",
        "https://ogcapi.bgs.ac.uk",
        "free with acknowledgement of BGS, UKRI; not for redistribution",
        editions=False,
    )


def _trade(
    source: str, description: str, url: str, form: str = ""
) -> Callable[[Path, Sequence[TradeFlow]], str]:
    def step(root: Path, rows: Sequence[TradeFlow]) -> str:
        figures = trade_figures(rows, source, _vintage(rows), form=form)
        licence = "the user's own copy, not to be passed on"
        return _keep(root, figures, description, url, licence, editions=False)

    return step


def _releases(root: Path, rows: Sequence[Figure]) -> str:
    return _keep(
        root,
        rows,
        "USGS Mineral Commodity Summaries, data release",
        "https://www.sciencebase.gov",
        "public domain (US government)",
    )


def _keep(
    root: Path,
    figures: Sequence[Figure],
    description: str,
    url: str,
    licence: str,
    *,
    editions: bool = True,
) -> str:
    """Keep the figures of each source and vintage as a table of the desk.

    Without ``editions`` the vintage is but the day of a fetch: the table of an earlier one goes.
    """
    tables: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        tables.setdefault((figure.source, figure.vintage), []).append(figure)
    for (source, vintage), table in sorted(tables.items()):
        about = FigureSource(
            source=source, vintage=vintage, description=description, url=url, licence=licence
        )
        kept = keep_figures(root, about, table)
        if not editions:
            _drop_earlier(root / FIGURES, source, kept)
    names = ", ".join(f"{source} {vintage}" for source, vintage in sorted(tables))
    return f"{len(figures):,} figures as {names}" if figures else ""


def _drop_earlier(folder: Path, source: str, kept: Path) -> None:
    """Forget the tables of a source but one; first their files, so that none lacks its source."""
    for file in (folder / source).glob("*.csv"):
        if file != kept:
            file.unlink()
    known = read_sources(folder)
    left = [s for s in known if s.source != source or s.vintage == kept.stem]
    if len(left) < len(known):
        write_whole(folder / SOURCES, write_sources(left))


def _vintage(rows: Sequence[Any]) -> str:
    """The newest vintage of a row is that of the table: what is older has not changed since."""
    return max((str(row.vintage) for row in rows), default="") or "undated"


_STEPS: Mapping[str, Callable[[Path, Any], str]] = {
    "pink-sheet": _pink_prices,
    "fred": _fred_prices,
    "own-prices": _own_prices,
    "ecb": _rates,
    "wgi": _scores,
    "bgs": _minerals,
    "comtrade": _trade("comtrade", "UN Comtrade, yearly trade", "https://comtradeplus.un.org"),
    "comext": _trade(
        "comext", "Eurostat Comext, yearly trade", "https://ec.europa.eu/eurostat", ", Comext"
    ),
    "usgs-mcs": _releases,
}
