"""``lodewire prices``: which prices there are, their values, newer releases, and conversions."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.amounts import read_number
from lodewire.cli.options import desk_option

if TYPE_CHECKING:
    from lodewire.model.price import PricePoint, PriceSeries
    from lodewire.workbench.market.loading_prices import LoadedPrices

MOST_SHOWN = 10

FORMATS = click.Choice(["text", "json", "csv"])


@click.group()
def command() -> None:
    """List and show prices, load newer releases and your own, convert between units.

    The package holds monthly averages from public sources. Your own prices and premiums are CSV
    files in the folder prices/ of the desk; they never leave this machine.
    """


@command.command(
    "list",
    epilog="""\b
Examples:
  lodewire prices list
  lodewire prices list --commodity aluminium
""",
)
@click.option("--commodity", default="", help="Only this commodity, by id.")
@click.option(
    "--format",
    "format_",
    type=FORMATS,
    default="text",
    show_default=True,
    help="A table for people, JSON (version 1) or CSV.",
)
@desk_option
def list_(commodity: str, format_: str, folder: Path) -> None:
    """List the series: what is priced, unit, first and last month, source and terms."""
    from lodewire.reference.prices import price_series, prices_of

    desk = _desk(folder)
    series = [s for s in price_series(desk) if commodity in ("", s.commodity)]
    spans = {s.id: prices_of(s.id, desk) for s in series}
    if format_ == "json":
        told = [_series_json(s, spans[s.id]) for s in series]
        click.echo(json.dumps({"version": 1, "series": told}, indent=1, ensure_ascii=False))
        return
    rows = [
        (s.id, s.name, s.unit, *_span(spans[s.id]), s.basis, f"{s.source} {s.vintage}".strip())
        for s in series
    ]
    head = ("series", "name", "unit", "from", "to", "basis", "source")
    if format_ == "csv":
        _write(head, rows)
        return
    if not series:
        click.echo(f"No prices of {commodity}. `lodewire prices list` shows what there is.")
        return
    _table(head, rows)


@command.command(
    epilog="""\b
Examples:
  lodewire prices show imf-aluminium
  lodewire prices show wb-gold --from 2024-01 --unit EUR/g
"""
)
@click.argument("series")
@click.option("--from", "first", default="", metavar="YYYY-MM", help="First month.")
@click.option("--until", "last", default="", metavar="YYYY-MM", help="Last month.")
@click.option("--unit", default="", help="In another unit or currency, at each month's rate.")
@click.option(
    "--format",
    "format_",
    type=FORMATS,
    default="text",
    show_default=True,
    help="A table for people, JSON (version 1) or CSV.",
)
@desk_option
def show(series: str, first: str, last: str, unit: str, format_: str, folder: Path) -> None:
    """Show the prices of one series, month by month."""
    from lodewire.errors import MeasureError
    from lodewire.reference.prices import price_series, prices_of
    from lodewire.workbench.market.costing import convert_amount

    desk = _desk(folder)
    known = {s.id: s for s in price_series(desk)}
    if series not in known:
        raise MeasureError(f"no series {series!r}", hint="`lodewire prices list` shows them all")
    about = known[series]
    points = [
        p
        for p in prices_of(series, desk)
        if (not first or p.period >= first) and (not last or p.period <= last)
    ]
    shown_unit = unit or about.unit
    values = [
        (
            p.period,
            convert_amount(p.value, p.unit, shown_unit, month=p.period[:7], desk=desk)[0],
            p,
        )
        for p in points
    ]
    if format_ == "json":
        told = {
            "version": 1,
            **_series_json(about, tuple(points)),
            "shown_in": shown_unit,
            "prices": [{"period": m, "value": str(v), "vintage": p.vintage} for m, v, p in values],
        }
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    elif format_ == "csv":
        _write(("period", f"value {shown_unit}"), [(m, f"{v:f}") for m, v, _ in values])
    elif not values:
        click.echo(f"{series} has no price in that time.")
    else:
        click.echo(f"{about.name}: {about.basis}, {shown_unit}")
        for month, value, _ in values:
            click.echo(f"  {month}  {_shown(value):>14}")
        _about(about)


@command.command(
    epilog="""\b
Examples:
  lodewire prices load external-data.csv --desk desk
  lodewire prices load CMO-Historical-Data-Monthly.xlsx --dry-run
  lodewire prices load my-premiums.csv

Understood: IMF tables with codes (PALUM, PCOPP), IMF SDMX CSV, FRED CSV, the World Bank's Pink
Sheet (XLSX or CSV), exchange rates of FRED (EXUSEU, EXJPUS) and of the ECB, and your own columns:
series, period, value, unit, commodity, kind, basis, source.
"""
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--vintage", default="", help="Edition of the release. Default: its newest month.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@desk_option
def load(file: Path, vintage: str, dry_run: bool, as_json: bool, folder: Path) -> None:
    """Take in a newer release of prices or exchange rates, or your own, and tell what changed.

    New and revised months are kept in prices/ of the desk and stand over the package's; the file
    itself is not changed. Zeros are set aside: they mean that there was no price.
    """
    from lodewire.workbench.market.loading_prices import load_prices

    done = load_prices(file, folder, vintage=vintage, dry=dry_run)
    if as_json:
        told = {
            "version": 1,
            "layout": done.layout,
            "vintage": done.vintage,
            "read": done.read,
            "changes": [
                {
                    "series": c.series,
                    "period": c.period,
                    "old": None if c.old is None else str(c.old),
                    "new": None if c.new is None else str(c.new),
                }
                for c in done.changes
            ],
            "set_aside": list(done.set_aside),
            "unknown": list(done.unknown),
            "doubts": list(done.doubts),
            "file": None if done.file is None else done.file.name,
        }
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    _tell_load(done)


def _tell_load(done: LoadedPrices) -> None:
    from lodewire.workbench.market.loading_prices import RATES

    kind = "rates" if done.layout == RATES else "prices"
    new = [c for c in done.changes if c.old is None]
    revised = [c for c in done.changes if c.old is not None and c.new is not None]
    gone = [c for c in done.changes if c.new is None]
    click.echo(f"{done.layout}: {done.read:,} {kind} read.")
    click.echo(f"  {len(new):,} new, {len(revised):,} revised, {len(gone):,} no longer there.")
    for series in sorted({c.series for c in new}):
        months = [c.period for c in new if c.series == series]
        click.echo(f"  new      {series}: {months[0]} to {months[-1]}, {len(months)} months")
    for change in revised[:MOST_SHOWN]:
        click.echo(f"  revised  {change.series} {change.period}: {change.old} -> {change.new}")
    for change in gone[:MOST_SHOWN]:
        click.echo(f"  missing  {change.series} {change.period}: was {change.old}; kept as it is")
    more = max(len(revised) - MOST_SHOWN, 0) + max(len(gone) - MOST_SHOWN, 0)
    if more:
        click.echo(f"  and {more:,} more; --json lists them all")
    if done.set_aside:
        click.echo(f"  {len(done.set_aside):,} zeros or bad cells set aside: {done.set_aside[0]}")
    for doubt in done.doubts:
        click.echo(f"  Doubt: {doubt}")
    if done.file is not None:
        click.echo(f"  Kept in {done.file}")
    elif not done.changes:
        click.echo("  Nothing new.")


@command.command(
    epilog="""\b
Examples:
  lodewire prices convert 88.10 USc/lb USD/t
  lodewire prices convert "88.10 c/lb" USD/t
  lodewire prices convert 252 USD/mtu USD/kg --of WO3 --metal W
  lodewire prices convert 2650 USD/t EUR/t --month 2025-03
  lodewire prices convert 2650 USD/t EUR/t --rate 0.92
"""
)
@click.argument("value")
@click.argument("from_", metavar="[UNIT]")
@click.argument("to", metavar="UNIT", required=False, default="")
@click.option("--month", default="", metavar="YYYY-MM", help="Exchange at this month's average.")
@click.option("--rate", default="", help="Or at this rate: new currency for one of the old.")
@click.option("--of", "formula", default="", help="Compound the price is by weight of: GeO2, WO3.")
@click.option("--metal", default="", help="With --of: the price by weight of this element in it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@desk_option
def convert(
    value: str,
    from_: str,
    to: str,
    month: str,
    rate: str,
    formula: str,
    metal: str,
    as_json: bool,
    folder: Path,
) -> None:
    """Convert a price, or a weight, to another unit or currency, or to the metal inside.

    USc/lb, USD/t, USD/kg, USD/ozt, USD/mtu (10 kg), USD/dmtu, "USD/short tons" … are exact;
    currencies need a month or a rate; metal contents follow from atomic weights.
    """
    from lodewire.analytics.contained import metal_content, price_of_metal
    from lodewire.workbench.market.amounts_said import parts_of_amount, plain_unit
    from lodewire.workbench.market.costing import convert_amount

    if not to:  # number and unit in one: "88.10 c/lb" USD/t
        value, from_, to = *(parts_of_amount(value) or (value, "")), from_
        if not from_:
            raise click.UsageError("Give a number, its unit and another: 88.10 c/lb USD/t.")
    from_, to = plain_unit(from_), plain_unit(to)
    if bool(formula) != bool(metal):
        raise click.UsageError("--of and --metal go together, as in --of WO3 --metal W.")
    kind = click.STRING
    amount = read_number(kind, value, None, None)
    given = read_number(kind, rate, None, None) if rate else None
    found, used = convert_amount(amount, from_, to, month=month, rate=given, desk=_desk(folder))
    content = metal_content(formula, metal) if formula else None
    if content is not None:
        found = price_of_metal(found, content)
    if as_json:
        told = {
            "version": 1,
            "value": str(amount),
            "unit": from_,
            "result": str(found),
            "result_unit": to,
            "rate": None if used is None else str(used),
            "content": None if content is None else str(content),
        }
        click.echo(json.dumps(told, indent=1))
        return
    told_content = "" if content is None else f" of {metal} ({metal} is {content:.4f} of {formula})"
    told_rate = "" if used is None else f", at {used:.6g}"
    click.echo(f"{amount} {from_} = {_shown(found)} {to}{told_content}{told_rate}")


def _desk(folder: Path) -> Path | None:
    return folder if folder.is_dir() else None


def _span(points: tuple[PricePoint, ...]) -> tuple[str, str]:
    return (points[0].period, points[-1].period) if points else ("", "")


def _series_json(series: PriceSeries, points: tuple[PricePoint, ...]) -> dict[str, object]:
    first, last = _span(points)
    return {
        "id": series.id,
        "name": series.name,
        "commodity": series.commodity,
        "kind": series.kind,
        "market": series.market,
        "benchmark": series.benchmark,
        "unit": series.unit,
        "basis": series.basis,
        "frequency": series.frequency,
        "source": series.source,
        "code": series.code,
        "vintage": series.vintage,
        "licence": series.licence,
        "note": series.note,
        "origin": series.origin,
        "from": first,
        "to": last,
        "months": len(points),
    }


def _about(series: PriceSeries) -> None:
    from lodewire.cli.printing import console

    out = console()
    out.print(f"  Source: {series.source} {series.vintage}. {series.licence}", style="dim")
    if series.note:
        out.print(f"  Note: {series.note}", style="yellow")


def _write(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from lodewire.cli.printing import console

    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in head:
        table.add_column(name)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


def _shown(value: Decimal) -> str:
    if not value:
        return "0"
    if abs(value) >= 1:
        return f"{value:,.2f}"
    return f"{value:.6g}"
