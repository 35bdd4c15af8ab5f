"""``lodewire exposure``: concentration, reliance, risk, dependence and owners of a commodity."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import Day, desk_option
from lodewire.model.plain import plain_json

if TYPE_CHECKING:
    from lodewire.model.measure import Measure
    from lodewire.reference.store import FigureStore
    from lodewire.workbench.exposure import Exposure


@click.command(
    epilog="""\b
Examples:
  lodewire exposure cobalt
  lodewire exposure "rare earths" --country US --partner CN --stage mining
  lodewire exposure nickel --vintage MCS2024 --inputs
  lodewire exposure lithium --format csv > lithium.csv
  lodewire exposure --all --by reliance

Every number names its method and vintage. Sources and vintages that differ are shown side by side,
never averaged; a desk's own figures (`lodewire figures load`) take part.
"""
)
@click.argument("commodity", required=False)
@click.option("--all", "every", is_flag=True, help="Rank every commodity that has figures.")
@click.option("--country", metavar="COUNTRY", help="Whose exposure: an ISO code or a name.")
@click.option("--partner", metavar="COUNTRY", help="On whom: dependence and share of this country.")
@click.option("--stage", metavar="STAGE", help="mining, refining, smelting, … Default: each.")
@click.option("--year", type=int, help="Default: the last year that is not an estimate.")
@click.option("--vintage", metavar="NAME", help="Figures of this edition alone, such as MCS2026.")
@click.option("--on", "day", type=Day(), default=None, help="Owners of this day. Default: today.")
@click.option(
    "--by",
    type=click.Choice(["hhi", "governance", "n-1", "reliance", "eu-risk"]),
    default="hhi",
    show_default=True,
    help="With --all: what to rank by.",
)
@click.option("--inputs", is_flag=True, help="Show the figures that each measure is made of.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Text for people, JSON (version 1), or CSV with a row a measure (or an input).",
)
@desk_option
def command(
    commodity: str | None,
    every: bool,
    country: str | None,
    partner: str | None,
    stage: str | None,
    year: int | None,
    vintage: str | None,
    day: date | None,
    by: str,
    inputs: bool,
    format_: str,
    folder: Path,
) -> None:
    """Show how concentrated, governed, owned and depended upon a commodity's supply is.

    Bounds tell what the figures leave open. What cannot be told is listed with the reason.
    """
    if every == (commodity is not None):
        raise click.UsageError("name a commodity, or give --all")
    from lodewire.workbench.exposure import Asked, exposure_of, exposures
    from lodewire.workbench.exposure.compute import find_country, find_stage

    store = _store(folder)
    on = day or datetime.now(UTC).date()
    if commodity is not None:
        found = exposure_of(
            commodity,
            country,
            partner,
            stage=stage,
            year=year,
            vintage=vintage,
            day=on,
            store=store,
        )
        _show_one(found, format_, inputs)
        return
    asked = Asked(
        country=find_country(country),
        partner=find_country(partner),
        stage=find_stage(stage),
        year=year,
        vintage=vintage,
        day=on,
    )
    _show_all(list(exposures(asked, store)), by, format_, inputs)


def _store(folder: Path) -> FigureStore:
    """The package's figures, with those of the desk that was named or lies here."""
    from lodewire.config.desk import DESK_FILE, load_desk
    from lodewire.reference.store import packaged, store_of

    if folder == Path() and not (folder / DESK_FILE).exists():
        return packaged()
    load_desk(folder)  # tells what is wrong with the folder, if anything is
    return store_of(folder)


def _show_one(found: Exposure, format_: str, inputs: bool) -> None:
    if format_ == "json":
        from lodewire.workbench.exposure.plain_values import to_json

        told = {"version": 1, **to_json(found, inputs=inputs)}
        click.echo(plain_json(json.dumps(told, indent=1, ensure_ascii=False)))
    elif format_ == "csv":
        _write_csv(found.measures, inputs)
    else:
        from lodewire.cli.exposure_print import exposure_lines
        from lodewire.cli.printing import console

        out = console()
        for line in exposure_lines(found, inputs=inputs):
            out.print(line, soft_wrap=True)


def _show_all(found: list[Exposure], by: str, format_: str, inputs: bool) -> None:
    from lodewire.cli.exposure_rank import rank, rank_lines, rank_rows

    if format_ == "csv":
        _write_csv((m for e in found for m in e.measures), inputs)
        return
    ranked = rank(found, by)
    if format_ == "json":
        told = {"version": 1, "by": by, "ranked": rank_rows(ranked, by)}
        click.echo(plain_json(json.dumps(told, indent=1, ensure_ascii=False)))
        return
    from lodewire.cli.printing import console

    out = console()
    if not ranked:
        out.print("No commodity has figures for that. Ask without --stage, --year or --vintage.")
        return
    for line in rank_lines(ranked, by):
        out.print(line, soft_wrap=True)


def _write_csv(measures: Iterable[Measure], inputs: bool) -> None:
    from lodewire.workbench.exposure.frame import COLUMNS, INPUT_COLUMNS, input_rows, measure_rows

    columns = INPUT_COLUMNS if inputs else COLUMNS
    rows = input_rows(measures) if inputs else measure_rows(measures)
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: _cell(v) for k, v in row.items()})


def _cell(value: str | int | None) -> str | int:
    """A spreadsheet runs what begins with =, +, - or @: a quote keeps text from it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value
