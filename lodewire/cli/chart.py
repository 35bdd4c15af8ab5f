"""``lodewire chart``: one picture, as SVG, PNG, a page of its own, or the spec."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from lodewire.cli.options import Day, desk_option, open_desk
from lodewire.cli.trends_price import MODELS, Month, desk_if_any

if TYPE_CHECKING:
    from lodewire.publish.charts.chart import Chart
    from lodewire.reference.store import FigureStore

F = TypeVar("F", bound=Callable[..., Any])
FORMS = (".svg", ".png", ".html", ".json")
STAGES = ("mining", "processing", "smelting", "refining", "metal", "manufacture")


@click.group(
    epilog="""\b
Examples:
  lodewire chart supply copper --out copper.svg
  lodewire chart concentration rare-earths --out rare-earths.png
  lodewire chart price copper --since 2015-01 --out copper.html
  lodewire chart map --since 2025-01-01 --out deals.png
  lodewire landed-cost aluminium … --format json | lodewire chart waterfall --from - --out cost.svg

SVG for the web and print, PNG for mail, HTML for a page that draws itself without the network, JSON
for the Vega-Lite spec. Pictures need: pip install 'lodewire[charts]'. Without --out the chart is
told in words.
"""
)
def command() -> None:
    """Draw supply, concentration, dependence, costs, prices, activity or deals.

    Every picture holds its source, vintage and method, can be read in grey, and carries a text for
    those who cannot see it.
    """


def out_option(command: F) -> F:
    """Add ``--out FILE``; the ending chooses the form."""
    return click.option(
        "--out",
        "-o",
        type=click.Path(path_type=Path, dir_okay=False),
        callback=_check_ending,
        help="A file: .svg, .png, .html or .json.",
    )(command)


def _check_ending(
    context: click.Context, parameter: click.Parameter, value: Path | None
) -> Path | None:
    if value is not None and value.suffix.lower() not in FORMS:
        raise click.BadParameter(f"{value.name!r} ends in none of {', '.join(FORMS)}")
    return value


def stage_option(command: F) -> F:
    """Add ``--stage``."""
    return click.option("--stage", type=click.Choice(STAGES), help="Only this stage.")(command)


def from_option(command: F) -> F:
    """Add ``--from FILE``: JSON of another command, or a CSV."""
    return click.option(
        "--from", "file", type=click.File("rb"), required=True, help="JSON or CSV; - is stdin."
    )(command)


@command.command(
    epilog="""\b
Examples:
  lodewire chart supply cobalt --out cobalt.svg
  lodewire chart supply copper --stage refining --year 2023 --out refined.png
"""
)
@click.argument("commodity")
@stage_option
@click.option("--year", type=click.IntRange(1900, 2100), help="Default: the last one reported.")
@out_option
@desk_option
def supply(
    commodity: str, stage: str | None, year: int | None, out: Path | None, folder: Path
) -> None:
    """World supply of COMMODITY by country and stage, a desk's own figures among it."""
    from lodewire.workbench.market.charting import supply_of

    deliver(supply_of(commodity, stage=stage, year=year, store=_own_figures(folder)), out)


@command.command(
    epilog="""\b
Examples:
  lodewire chart concentration rare-earths --out hhi.svg
  lodewire chart concentration copper --stage refining --out hhi.png
"""
)
@click.argument("commodity")
@stage_option
@out_option
@desk_option
def concentration(commodity: str, stage: str | None, out: Path | None, folder: Path) -> None:
    """The Herfindahl-Hirschman index of COMMODITY by year and vintage, with bounds."""
    from lodewire.workbench.market.charting import concentration_of

    deliver(concentration_of(commodity, stage=stage, store=_own_figures(folder)), out)


@command.command(
    epilog="""\b
Examples:
  lodewire chart dependence copper --out copper.svg
  lodewire chart dependence gallium --importer US --out gallium.svg
  lodewire chart dependence rare-earths --importer JP --by value --out japan.svg
  lodewire chart dependence antimony --importer US --form oxide --out oxide.png

Without --importer: where it is mined and where it is refined, as shares of the world.
"""
)
@click.argument("commodity")
@click.option("--importer", metavar="XX", help="Whose imports: US, JP, EU …")
@click.option(
    "--by",
    type=click.Choice(["quantity", "value"]),
    default="quantity",
    show_default=True,
    help="Shares of an importer's quantity or value.",
)
@stage_option
@click.option("--form", help="Form of an importer's table: oxide, refined …")
@out_option
@desk_option
def dependence(
    commodity: str,
    importer: str | None,
    by: str,
    stage: str | None,
    form: str | None,
    out: Path | None,
    folder: Path,
) -> None:
    """Where COMMODITY comes from: mined and refined in, or imported from, as ribbons."""
    from lodewire.workbench.market.charting import dependence_of
    from lodewire.workbench.market.import_charts import imports_of

    if importer is None:
        if by != "quantity" or form or stage:
            raise click.UsageError("--by, --stage and --form need --importer")
        chart = dependence_of(commodity, store=_own_figures(folder))
    else:
        desk = folder if folder.is_dir() else None
        value = by == "value"
        chart = imports_of(commodity, importer, stage=stage, form=form, by_value=value, desk=desk)
    deliver(chart, out)


@command.command(
    epilog="""\b
Examples:
  lodewire chart price copper --out copper.svg
  lodewire chart price imf-brent --since 2020-01 --desk ~/desk --out brent.html

With a desk, the events of its ledger that name the commodity are numbered in the picture.
"""
)
@click.argument("name", metavar="COMMODITY|SERIES")
@click.option("--since", type=Month(), metavar="YYYY-MM", help="From this month on.")
@out_option
@desk_option
def price(name: str, since: str | None, out: Path | None, folder: Path) -> None:
    """A monthly price with its average and the events of the time."""
    from lodewire.workbench.market.price_charts import price_picture

    with desk_if_any(folder) as (ledger, place):
        chart = price_picture(name, desk=place, ledger=ledger, since=since)
    deliver(chart, out)


@command.command(
    epilog="""\b
Examples:
  lodewire chart season eia-henry-hub --out gas.svg
"""
)
@click.argument("name", metavar="COMMODITY|SERIES")
@out_option
@desk_option
def season(name: str, out: Path | None, folder: Path) -> None:
    """The usual year of a price: each month against the twelve around it."""
    from lodewire.workbench.market.price_charts import season_picture

    with desk_if_any(folder) as (_, place):
        chart = season_picture(name, desk=place)
    deliver(chart, out)


@command.command(
    epilog="""\b
Examples:
  lodewire chart forecast copper --out copper.svg
  lodewire chart forecast imf-tin --months 12 --model theta --out tin.png

The naive forecast is shown unless a model did better on the past beyond chance, or --model asks for
one; the picture says how it did.
"""
)
@click.argument("name", metavar="COMMODITY|SERIES")
@click.option("--months", type=click.IntRange(1, 24), default=6, show_default=True, help="Ahead.")
@click.option("--model", type=click.Choice(MODELS), help="Show this forecast.")
@out_option
@desk_option
def forecast(name: str, months: int, model: str | None, out: Path | None, folder: Path) -> None:
    """A short forecast with intervals, tested on the past beside the naive one."""
    from lodewire.workbench.market.price_charts import forecast_picture

    with desk_if_any(folder) as (_, place):
        chart = forecast_picture(name, months, desk=place, model=f"{model}/1" if model else None)
    deliver(chart, out)


@command.command(
    epilog="""\b
Examples:
  lodewire chart activity --out desks.svg
  lodewire chart activity --by commodity --since 2025-01-01 --every month --out busy.png
"""
)
@click.option(
    "--by",
    type=click.Choice(["desk", "commodity", "country"]),
    default="desk",
    show_default=True,
    help="What events are grouped by.",
)
@click.option("--since", type=Day(), help="First reported on this day or later.")
@click.option("--until", type=Day(), help="First reported on this day or before.")
@click.option("--every", type=click.Choice(["day", "week", "month"]), help="Length of a period.")
@out_option
@desk_option
def activity(
    by: str,
    since: date | None,
    until: date | None,
    every: str | None,
    out: Path | None,
    folder: Path,
) -> None:
    """Events over time by desk, commodity or country."""
    from lodewire.analytics.trends.activity import By, Every
    from lodewire.workbench.market.charting import activity_picture

    with open_desk(folder) as (_, ledger), ledger.snapshot():
        chart = activity_picture(
            ledger, by=By(by), since=since, until=until, every=Every(every) if every else None
        )
    deliver(chart, out)


@command.command(
    "map",
    epilog="""\b
Examples:
  lodewire chart map --since 2025-01-01 --out deals.svg
""",
)
@click.option("--since", type=Day(), help="First reported on this day or later.")
@click.option("--until", type=Day(), help="First reported on this day or before.")
@out_option
@desk_option
def map_(since: date | None, until: date | None, out: Path | None, folder: Path) -> None:
    """The ledger's deals on a map of the world."""
    from lodewire.workbench.market.deal_charts import deals_picture

    with open_desk(folder) as (_, ledger), ledger.snapshot():
        chart = deals_picture(ledger, since=since, until=until)
    deliver(chart, out)


@command.command(
    epilog="""\b
Examples:
  lodewire landed-cost aluminium --importer US --origin AE --before 2025-03-11 --after 2025-03-12 \\
      --format json | lodewire chart waterfall --from - --out cost.svg
  lodewire chart waterfall --from steps.csv --unit USD/t --source "own quotes" --out cost.png

Columns of a CSV: step, before, after (may be left out). A step called "total" or "landed cost" is
the sum of those above, and is checked.
"""
)
@click.option(
    "--from", "file", type=click.File("rb"), required=True, help="JSON or CSV; - is stdin."
)
@click.option("--title", default="", help="Title of the picture.")
@click.option("--unit", default="USD/t", show_default=True, help="Unit of a CSV's numbers.")
@click.option("--source", default="given by the user", show_default=True, help="For a CSV.")
@out_option
def waterfall(file: IO[bytes], title: str, unit: str, source: str, out: Path | None) -> None:
    """A landed cost step by step, before and after."""
    from lodewire.workbench.market.chart_files import MOST_BYTES, waterfall_from

    body = file.read(MOST_BYTES + 1)
    deliver(waterfall_from(body, title=title, unit=unit, source=source), out)


@command.command(
    epilog="""\b
Examples:
  lodewire scenario run … --format json | lodewire chart tornado --from - --out what-matters.svg
  lodewire chart tornado --from inputs.csv --base 0.52 --unit index --out what-matters.png

Columns of a CSV: input, low, high (the results), low_input, high_input (may be left out).
"""
)
@click.option(
    "--from", "file", type=click.File("rb"), required=True, help="JSON or CSV; - is stdin."
)
@click.option("--measure", default="", help="Which measure of the scenario. Default: the first.")
@click.option("--base", default=None, help="The result as it stands, for a CSV.")
@click.option("--title", default="", help="Title of the picture.")
@click.option("--unit", default="", help="Unit of a CSV's results.")
@click.option("--source", default="given by the user", show_default=True, help="For a CSV.")
@out_option
def tornado(
    file: IO[bytes],
    measure: str,
    base: str | None,
    title: str,
    unit: str,
    source: str,
    out: Path | None,
) -> None:
    """What matters most to a result: one bar an input."""
    from lodewire.workbench.market.chart_files import MOST_BYTES, tornado_from

    try:
        stands = None if base is None else Decimal(base)
    except InvalidOperation:
        raise click.UsageError(f"--base {base!r} is no number") from None
    body = file.read(MOST_BYTES + 1)
    chart = tornado_from(body, title=title, unit=unit, source=source, base=stands, measure=measure)
    deliver(chart, out)


def _own_figures(folder: Path) -> FigureStore | None:
    """The package's figures with the desk's own laid over them; None where it has none."""
    from lodewire.reference.store import store_of

    if not (folder / "figures").is_dir():
        return None
    return store_of(folder)


def deliver(chart: Chart, out: Path | None) -> None:
    """Write a chart in the form of the file's ending, or tell it in words."""
    if out is None:
        from lodewire.model.plain import plain

        click.echo(plain(chart.title))
        click.echo(f"  {plain(chart.alt)}")
        click.echo(f"  {plain(chart.caption.text())}")
        click.echo("  To draw it: --out FILE.svg, .png, .html or .json")
        return
    from lodewire.cli.writing import write_whole
    from lodewire.publish.charts.render import render_html, render_json, render_png, render_svg

    body: bytes
    if out.suffix.lower() == ".png":
        body = render_png(chart)
    else:
        draw = {".svg": render_svg, ".html": render_html, ".json": render_json}
        body = draw[out.suffix.lower()](chart).encode("utf-8")
    write_whole(out, body)
    click.echo(f"Wrote {out} ({len(body) / 1024:,.0f} kB)")
