"""Taking a newer release of prices, or own ones, into a desk, and telling what changed."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lodewire.errors import ConfigError
from lodewire.model.price import PriceSeries
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.units import comparable, kind_of
from lodewire.reference.exchange import FOLDER as RATE_FOLDER
from lodewire.reference.exchange import OWN_COLUMNS, rate
from lodewire.reference.exchange_releases import ReleasedRate, read_exchange_release
from lodewire.reference.own_prices import FOLDER, MOST_BYTES, parse_own_prices
from lodewire.reference.pink_sheet import pink_series
from lodewire.reference.price_releases import (
    PriceChange,
    PriceRelease,
    ReleasedPrice,
    own_table,
    read_release,
    what_changed,
)
from lodewire.reference.prices import price_series, prices_of
from lodewire.workbench.market.price_doubts import price_doubts

OWN = "own prices"
RATES = "exchange rates"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPrices:
    """What a file brought: layout, vintage, changes, what was set aside, and where it lies now.

    ``file`` is None when nothing was written: a dry run, or nothing new. ``doubts`` name prices
    outside their commodity's plausible range, which are kept as they are given.
    """

    layout: str
    vintage: str
    read: int
    changes: tuple[PriceChange, ...]
    set_aside: tuple[str, ...]
    unknown: tuple[str, ...]
    file: Path | None
    doubts: tuple[str, ...] = ()


def load_prices(path: Path, desk: Path, *, vintage: str = "", dry: bool = False) -> LoadedPrices:
    """Read a release or own prices, compare with what the desk knows, and keep what is new.

    New and revised months go into ``prices/`` of the desk, as a file of own prices that names its
    source and vintage (default: the newest month). Raises ConfigError for a file that cannot be
    understood, with the lines that are wrong.
    """
    content = _content(path)
    if _is_own(content):
        return _load_own(path, content, desk, dry=dry)
    rates = read_exchange_release(path.name, content)
    if rates is not None:
        return _load_rates(path.name, rates, desk, vintage=vintage, dry=dry)
    series = _known_series(desk)
    release = read_release(path.name, content, series)
    if not release.prices:
        raise ConfigError(
            f"{path.name}: {release.layout}, but no series that is followed here",
            hint=f"Its columns: {', '.join(release.unknown[:8]) or 'none'}",
        )
    newest = vintage or max(p.period for p in release.prices)
    changes = _changes(release, desk)
    file = None
    if changes and not dry:
        slug = re.sub(r"[^a-z0-9]+", "-", f"{release.layout} {newest}".lower()).strip("-")
        file = _write(desk, f"{slug}.csv", own_table(series, newest, changes))
    return LoadedPrices(
        layout=release.layout,
        vintage=newest,
        read=len(release.prices),
        changes=changes,
        set_aside=release.set_aside,
        unknown=release.unknown,
        file=file,
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(
                f"{path.name}: larger than {MOST_BYTES:,} bytes", hint="Split the file"
            )
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read: {error.strerror}", hint="Give the path of a file"
        ) from error


def _is_own(content: bytes) -> bool:
    head = content[:4096].decode("utf-8-sig", "replace").splitlines()[:1]
    cells = {c.strip() for c in next(csv.reader(io.StringIO(head[0] if head else "")), [])}
    return {"series", "period"} <= cells


def _known_series(desk: Path) -> tuple[PriceSeries, ...]:
    known = {s.id: s for s in pink_series()}
    known.update((s.id, s) for s in price_series(desk))
    return tuple(known.values())


def _changes(release: PriceRelease, desk: Path) -> tuple[PriceChange, ...]:
    touched = sorted({p.series for p in release.prices})
    return what_changed(release, [p for s in touched for p in prices_of(s, desk)])


def _load_own(path: Path, content: bytes, desk: Path, *, dry: bool) -> LoadedPrices:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{path.name}: not UTF-8", hint="Save it as CSV UTF-8") from None
    series, points = parse_own_prices(path.name, text)
    _check_meaning(path.name, series, desk)
    release = PriceRelease(
        layout=OWN,
        prices=tuple(
            ReleasedPrice(series=p.series, period=p.period, value=p.value) for p in points
        ),
        unknown=(),
        set_aside=(),
    )
    changes = tuple(c for c in _changes(release, desk) if c.new is not None)
    file = _write(desk, path.with_suffix(".csv").name, text) if changes and not dry else None
    return LoadedPrices(
        layout=OWN,
        vintage="",
        read=len(points),
        changes=changes,
        set_aside=(),
        unknown=(),
        file=file,
        doubts=tuple(
            doubt
            for one in series
            for doubt in price_doubts(one, [p for p in points if p.series == one.id])
        ),
    )


def _load_rates(
    name: str, rates: tuple[ReleasedRate, ...], desk: Path, *, vintage: str, dry: bool
) -> LoadedPrices:
    """Rates count as changes of the series "EUR per USD", and lie in ``exchange/`` of the desk."""
    if not rates:
        raise ConfigError(f"{name}: no monthly rate in it", hint="Take the monthly averages")
    changes = []
    for one in rates:
        known = rate(one.currency, one.period, desk)
        old = None if known is None else known.per_usd
        # The package keeps four decimals, so a change within them is none.
        if old is None or abs(old - one.per_usd) > Decimal("0.00005"):
            series = f"{one.currency} per USD"
            changes.append(PriceChange(series=series, period=one.period, old=old, new=one.per_usd))
    newest = vintage or max(r.period for r in rates)
    file = None
    if changes and not dry:
        lines = [",".join(OWN_COLUMNS)]
        lines += [f"{c.series[:3]},{c.period},{c.new:f},{name},{newest}" for c in changes]
        slug = re.sub(r"[^a-z0-9]+", "-", f"{name} {newest}".lower()).strip("-")
        file = _write(desk, f"{slug}.csv", "\n".join(lines) + "\n", folder=RATE_FOLDER)
    return LoadedPrices(
        layout=RATES,
        vintage=newest,
        read=len(rates),
        changes=tuple(changes),
        set_aside=(),
        unknown=(),
        file=file,
    )


def _check_meaning(name: str, series: tuple[PriceSeries, ...], desk: Path) -> None:
    """Units and commodities have to be those of the ontology, a known series keeps its unit."""
    known = {s.id: s for s in price_series(desk)}
    for one in series:
        if one.commodity not in load_commodities():
            raise ConfigError(
                f"{name}: {one.commodity!r} of {one.id} is no commodity",
                hint="Ids are listed in docs/reference/ontology.md, such as aluminium",
            )
        if not comparable(one.unit, one.unit) or kind_of(one.unit).value != "price":
            raise ConfigError(
                f"{name}: unit {one.unit!r} of {one.id} is not known",
                hint="Such as USD/t, USc/lb, EUR/kg, USD/ozt, USD/mtu",
            )
        if one.id in known and known[one.id].unit != one.unit:
            raise ConfigError(
                f"{name}: {one.id} is in {known[one.id].unit}, the file gives {one.unit}",
                hint="Convert the file, or give the series another id",
            )


def _write(desk: Path, name: str, text: str, *, folder: str = FOLDER) -> Path:
    place = desk / folder
    try:
        place.mkdir(exist_ok=True)
        (place / name).write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(
            f"{place}: cannot be written: {error.strerror}",
            hint="Give the folder of a desk with --desk",
        ) from error
    return place / name
