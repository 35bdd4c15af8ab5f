"""``lodewire figures list``, ``show`` and ``sources``: what figures there are."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodewire.cli.options import desk_option
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.model.measure import Figure
    from lodewire.reference.store import FigureStore

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 60
"""Rows of ``show`` on a terminal, unless told otherwise."""

FIGURE_COLUMNS = (
    "commodity",
    "measured",
    "stage",
    "form",
    "country",
    "partner",
    "year",
    "value",
    "unit",
    "basis",
    "state",
    "source",
    "vintage",
    "licence",
    "note",
)


def format_option(command: F) -> F:
    """Add ``--format table|csv|json``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json"]),
        default="table",
        show_default=True,
        help="How.",
    )(command)


def figures_at(folder: Path) -> FigureStore:
    """Return the package's figures with those of the desk in ``folder``, if there is one."""
    from lodewire.reference.store import store_of

    return store_of(folder)


def commodity_called(store: FigureStore, name: str) -> str:
    """Return the id of a commodity by id or name; raises ConfigError with near names otherwise."""
    from difflib import get_close_matches

    from lodewire.errors import ConfigError
    from lodewire.ontology.commodities import load_commodities

    told = name.strip().casefold()
    known = set(store.commodities())
    for id_, thing in load_commodities().items():
        names = {id_, thing.name.casefold(), *(a.text.casefold() for a in thing.aliases)}
        if told in names and id_ in known:
            return id_
    near = get_close_matches(told, sorted(known), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "`lodewire figures list` names them all"
    raise ConfigError(f"there are no figures of {plain(name)[:60]!r}", hint=hint)


def groups_with_figures(store: FigureStore, commodity: str) -> list[str]:
    """Return the groups that a commodity belongs to and that have figures, nearest first."""
    from lodewire.ontology.commodities import ancestors_of

    known = set(store.commodities())
    return [g for g in ancestors_of(commodity) if g in known]


@click.command(
    "list",
    epilog="""\b
Examples:
  lodewire figures list
  lodewire figures list --commodity cobalt
  lodewire figures list --measured net_import_reliance --format csv
""",
)
@desk_option
@click.option("--commodity", metavar="NAME", help="Only this commodity.")
@click.option("--stage", help="Only this stage: mining, refining, smelting, …")
@click.option("--measured", help="Only what counts this: production, reserves, share, …")
@click.option("--source", help="Only of this source.")
@format_option
def list_(
    folder: Path,
    commodity: str | None,
    stage: str | None,
    measured: str | None,
    source: str | None,
    form: str,
) -> None:
    """List what figures there are: by commodity, stage and what they measure."""
    store = figures_at(folder)
    found = store.figures(
        commodity=commodity_called(store, commodity) if commodity else None,
        stage=stage,
        measured=measured,
        source=source,
    )
    rows = [_summary(key, figures) for key, figures in sorted(_grouped(found).items())]
    if not rows:
        click.echo("No figures are like that. `lodewire figures list` names them all.", err=True)
    if form != "table":
        shown = ("commodity", "stage", "measured", "years", "rows", "source", "vintages")
        tell(rows, shown, form)
        return
    _print_summaries(rows)
    if rows:
        click.echo(f"{len(found):,} figures in {len(rows):,} tables.")


@click.command(
    epilog="""\b
Examples:
  lodewire figures show gallium
  lodewire figures show cobalt --measured production --year 2024 --all
  lodewire figures show aluminium --measured net_import_reliance --all --format csv
  lodewire figures show --measured governance --country CL
""",
)
@click.argument("commodity", required=False)
@desk_option
@click.option("--stage", help="Only this stage.")
@click.option("--measured", help="Only what counts this.")
@click.option("--country", metavar="ID", help="Only this country, as CN or WORLD.")
@click.option("--year", type=int, help="Only this year. Default: the last of each table.")
@click.option("--vintage", help="Only this vintage. Default: the newest of each table.")
@click.option("--source", help="Only of this source.")
@click.option("--all", "everything", is_flag=True, help="All years, vintages and rows.")
@format_option
def show(
    commodity: str | None,
    folder: Path,
    stage: str | None,
    measured: str | None,
    country: str | None,
    year: int | None,
    vintage: str | None,
    source: str | None,
    everything: bool,
    form: str,
) -> None:
    """Show the figures of a commodity, or of a country, with unit, basis, source and vintage."""
    if commodity is None and measured is None and country is None:
        raise click.UsageError("name a commodity, or ask with --measured or --country")
    store = figures_at(folder)
    asked: dict[str, Any] = {
        "commodity": None if commodity is None else commodity_called(store, commodity),
        "stage": stage,
        "measured": measured,
        "source": source,
        "year": year,
    }
    found: Sequence[Figure]
    if everything or vintage is not None:
        found = store.figures(**asked, vintage=vintage)
    else:
        found = store.newest(**asked)
    if country is not None:
        found = [f for f in found if country.upper() in (f.country, f.partner)]
    if year is None and not everything:
        found = _last_years(found)
    ranked = sorted(found, key=_by_amount)
    if not ranked:
        click.echo("No figures are like that. Ask for less, or see --all.", err=True)
    if form != "table":
        tell([figure_row(f, store) for f in ranked], FIGURE_COLUMNS, form)
        return
    cut = ranked if everything else ranked[:SHOWN]
    _print_figures(cut)
    if len(cut) < len(ranked):
        click.echo(f"… and {len(ranked) - len(cut)} more; --all shows them.")
    groups = [] if commodity is None else groups_with_figures(store, asked["commodity"])
    if groups:
        click.echo(f"More under what it belongs to: {', '.join(groups)}")


@click.command(
    epilog="""\b
Examples:
  lodewire figures sources
  lodewire figures sources --format json
""",
)
@desk_option
@format_option
def sources(folder: Path, form: str) -> None:
    """List the sources of the figures, with vintage, licence and address."""
    store = figures_at(folder)
    counts: dict[tuple[str, str], int] = {}
    for figure in store.all:
        key = (figure.source, figure.vintage)
        counts[key] = counts.get(key, 0) + 1
    rows = [
        {
            "source": s.source,
            "vintage": s.vintage,
            "rows": counts.get((s.source, s.vintage), 0),
            "whose": "desk" if (s.source, s.vintage) in store.own else "package",
            "licence": s.licence,
            "description": s.description,
            "url": s.url,
            "notes": s.notes,
        }
        for s in sorted(store.sources, key=lambda s: (s.source, s.vintage))
    ]
    shown = ("source", "vintage", "rows", "whose", "licence", "description", "url", "notes")
    if form != "table":
        tell(rows, shown, form)
        return
    for row in rows:
        whose = " · your own" if row["whose"] == "desk" else ""
        count = "1 figure" if row["rows"] == 1 else f"{row['rows']:,} figures"
        head = f"{row['source']} {row['vintage']} · {count}{whose}"
        click.echo(plain(f"{head} · {row['licence']}"))
        click.echo(plain(f"  {row['description']}"))


def tell(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> None:
    """Print rows as CSV that is safe for spreadsheets, or as JSON, version 1."""
    if form == "json":
        body = {"version": 1, "rows": [{c: row[c] for c in columns} for row in rows]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
        return
    from lodewire.publish.table_files import csv_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(_text(row[c])) for c in columns] for row in rows)


def _print_summaries(rows: Sequence[Mapping[str, Any]]) -> None:
    head = ""
    for row in rows:
        told = " · ".join(str(row[w]) for w in ("commodity", "stage") if row[w]) or "countries"
        if told != head:
            click.echo(plain(told))
            head = told
        vintages = f"{row['source']} {row['vintages']}"
        click.echo(plain(f"  {row['measured']:24}{row['years']:14}{row['rows']:5}  {vintages}"))


def _print_figures(figures: Sequence[Figure]) -> None:
    """Print each table under a line that says what it counts, in which unit, by whom."""
    head, several = "", len({f.commodity for f in figures})
    for f in figures:
        what = () if several == 1 else (f.commodity,)
        parts = (*what, f.measured.replace("_", " "), f.stage, f.form, str(f.year))
        told = " · ".join(p for p in (*parts, _counted_in(f), f"{f.source} {f.vintage}") if p)
        if told != head:
            click.echo(plain(told))
            head = told
        place = f"{f.country} ‹ {f.partner}" if f.partner else f.country
        mark = " e" if f.estimated and f.value is not None else ""
        note = f"  {f.note}" if f.note else ""
        click.echo(plain(f"  {place:9} {value_words(f):>16}{mark:2}{note}")[:160].rstrip())


def _counted_in(figure: Figure) -> str:
    return figure.basis if figure.unit == "1" else f"{figure.unit}, {figure.basis}"


def figure_row(figure: Figure, store: FigureStore) -> dict[str, Any]:
    """Return a figure as cells; the value of one that is no plain number says what it is."""
    row: dict[str, Any] = {n: getattr(figure, n) for n in FIGURE_COLUMNS if n != "licence"}
    row["licence"] = store.source_of(figure).licence
    row["value"] = value_words(figure)
    row["state"] = "estimated" if figure.estimated and figure.state == "reported" else figure.state
    return row


def value_words(figure: Figure) -> str:
    """Return a figure's value as people write it: "1,200", "> 50", "withheld"."""
    match figure.state:
        case "reported":
            return f"{figure.value:,}"
        case "less_than":
            return f"< {figure.value:,}"
        case "more_than":
            return f"> {figure.value:,}"
        case "interval":
            return f"{figure.low:,} to {figure.high:,}"
    return figure.state.replace("_", " ")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _grouped(figures: Iterable[Figure]) -> dict[tuple[str, str, str, str], list[Figure]]:
    groups: dict[tuple[str, str, str, str], list[Figure]] = {}
    for f in figures:
        groups.setdefault((f.commodity, f.stage, f.measured, f.source), []).append(f)
    return groups


def _summary(key: tuple[str, str, str, str], figures: Sequence[Figure]) -> dict[str, Any]:
    years = sorted({f.year for f in figures})
    return {
        "commodity": key[0],
        "stage": key[1],
        "measured": key[2],
        "years": str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}",
        "rows": len(figures),
        "source": key[3],
        "vintages": ", ".join(sorted({f.vintage for f in figures})),
    }


def _last_years(figures: Sequence[Figure]) -> list[Figure]:
    """Keep the last year of each table; production's last may be an estimate, and says so."""
    last: dict[tuple[str, ...], int] = {}
    for f in figures:
        last[_series(f)] = max(last.get(_series(f), 0), f.year)
    return [f for f in figures if f.year == last[_series(f)]]


def _series(f: Figure) -> tuple[str, ...]:
    return (f.commodity, f.measured, f.stage, f.source, f.form)


def _by_amount(figure: Figure) -> tuple[Any, ...]:
    amount = figure.value if figure.value is not None else -1
    what = (figure.commodity, figure.source, figure.measured, figure.stage, figure.form)
    table = (*what, -figure.year)
    return (*table, figure.vintage, -amount, figure.country, figure.partner)
