"""``lodewire figures load`` and ``changes``: newer releases, and what they say otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.figures_show import (
    commodity_called,
    figures_at,
    format_option,
    tell,
    value_words,
)
from lodewire.cli.options import desk_option
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.reference.changes import Change
    from lodewire.reference.loaders.release import Remark

CHANGE_COLUMNS = (
    "kind",
    "source",
    "commodity",
    "stage",
    "measured",
    "form",
    "country",
    "year",
    "old",
    "new",
    "change",
    "why",
)
_REMARKS = 8
_CHANGES = 15


@click.command(
    epilog="""\b
Examples:
  lodewire figures load MCS2026_Commodities_Data.csv --source usgs-mcs --vintage MCS2026
  lodewire figures load ~/mcs2025.zip --source usgs-mcs --vintage MCS2025 --desk ~/metals-desk
  lodewire figures load wgidataset.csv --source wgi --vintage 2025
  lodewire figures load own.csv --source our-book --vintage 2026-03 --licence internal

An own table has the columns of docs/guides/figures.md.
""",
)
@click.argument("path", type=click.Path(path_type=Path, exists=False), metavar="FILE|FOLDER")
@desk_option
@click.option(
    "--source",
    required=True,
    help="usgs-mcs, eu-crm, wgi, baci: the publisher's own files. Any other: an own table.",
)
@click.option("--vintage", required=True, help="The edition, as MCS2026, 2023 or 2025-09.")
@click.option("--licence", default="", help="Under which terms you may use it.")
@click.option("--url", default="", help="Where it came from.")
@click.option("--verbose", is_flag=True, help="Tell everything left out and every change.")
def load(
    path: Path,
    folder: Path,
    source: str,
    vintage: str,
    licence: str,
    url: str,
    verbose: bool,
) -> None:
    """Load a release or an own table beside the desk, and tell what changed.

    It is kept in the desk's folder "figures" and laid over the package's tables: older vintages
    stay. What could not be read is told and left out, never guessed.
    """
    from lodewire.config.desk import load_desk
    from lodewire.workbench.market.figure_tables import load_figures

    desk = load_desk(folder)
    loaded = load_figures(desk.root, path, source=source, vintage=vintage, licence=licence, url=url)
    for told, file, count in loaded.tables:
        click.echo(f"{count:,} figures of {told.source} {told.vintage} in {file}")
        click.echo(f"  Licence: {plain(told.licence)}")
    _print_remarks("Put right", loaded.put_right, verbose)
    _print_remarks("Left out", loaded.left_out, verbose)
    if not loaded.compared:
        click.echo("There is no earlier vintage to compare with.")
        return
    names = ", ".join(f"{name} {earlier}" for name, earlier in loaded.compared)
    click.echo(f"Against {names}:")
    click.echo(f"  {loaded.new_years:,} figures of tables and years that were not there")
    _print_changes(loaded.changes, verbose)


@click.command(
    "changes",
    epilog="""\b
Examples:
  lodewire figures changes MCS2024 MCS2026
  lodewire figures changes MCS2024 MCS2026 --commodity aluminium
  lodewire figures changes MCS2025 MCS2026 --format csv
""",
)
@click.argument("old")
@click.argument("new")
@desk_option
@click.option("--commodity", metavar="NAME", help="Only this commodity.")
@click.option("--source", default="", help="Only of this source.")
@format_option
def changes_(
    old: str, new: str, folder: Path, commodity: str | None, source: str, form: str
) -> None:
    """List what vintage NEW says otherwise than OLD about the same years.

    Revised values come with old and new; where basis or unit differ, the definition changed and the
    values are not to be compared.
    """
    from lodewire.errors import ConfigError
    from lodewire.workbench.market.figure_tables import compare_vintages

    store = figures_at(folder)
    known = sorted({f.vintage for f in store.all})
    for name in (old, new):
        if name not in known:
            raise ConfigError(
                f"no figures of vintage {plain(name)[:40]!r}",
                hint=f"There are {', '.join(known)}; `lodewire figures load` brings others",
            )
    wanted = commodity_called(store, commodity) if commodity else None
    found = compare_vintages(store, old, new, source=source, commodity=wanted)
    if form != "table":
        tell([change_row(c) for c in found], CHANGE_COLUMNS, form)
        return
    _print_lines(found)
    click.echo(_counted(found) if found else f"{new} says nothing otherwise than {old}.")


def change_row(change: Change) -> dict[str, Any]:
    """Return a change as cells."""
    figure, part = change.figure, change.part
    return {
        "kind": change.kind.value,
        "source": figure.source,
        "commodity": figure.commodity,
        "stage": figure.stage,
        "measured": figure.measured,
        "form": figure.form,
        "country": figure.partner or figure.country,
        "year": figure.year,
        "old": "" if change.old is None else f"{value_words(change.old)} {change.old.unit}",
        "new": "" if change.new is None else f"{value_words(change.new)} {change.new.unit}",
        "change": "" if part is None else f"{part * 100:+.1f} %",
        "why": _why(change),
    }


def _print_lines(found: Sequence[Change]) -> None:
    """Print one line a change, under the commodity, stage and kind that it is about."""
    head = ""
    for change in found:
        row = change_row(change)
        words = ("commodity", "stage", "measured", "form")
        told = " · ".join(str(row[w]).replace("_", " ") for w in words if row[w])
        if told != head:
            click.echo(plain(f"{told} ({row['source']})"))
            head = told
        if change.kind.value in ("new", "gone"):
            values = f"{change.kind.value}: {row['new'] or row['old']}"
        else:
            values = f"{row['old']} → {row['new']}"
        part = f" ({row['change']})" if row["change"] else ""
        click.echo(plain(f"  {row['country']} {row['year']}: {values}{part}"))
        if row["why"]:
            click.echo(plain(f"    {change.kind.value}: {row['why']}")[:240])


def _weight(change: Change) -> tuple[int, Decimal]:
    """Order changes by how much they matter: definitions, large revisions, what is gone or new."""
    order = {"definition": 0, "revised": 1, "gone": 2, "new": 3}
    return order[change.kind.value], -abs(change.part or Decimal(0))


def _why(change: Change) -> str:
    """Return what the vintages themselves say about a change."""
    told = change.new.note if change.new is not None else ""
    if change.kind.value == "definition" and change.old and change.new:
        was = f"{change.old.basis!r} is now {change.new.basis!r}"
        return f"{was}; {told}" if told else was
    return told


def _counted(found: Sequence[Change]) -> str:
    counts: dict[str, int] = {}
    for change in found:
        counts[change.kind.value] = counts.get(change.kind.value, 0) + 1
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items()) + "."


def _print_remarks(head: str, remarks: Sequence[Remark], verbose: bool) -> None:
    if not remarks:
        return
    click.echo(f"{head} ({len(remarks)}):")
    for remark in remarks if verbose else remarks[:_REMARKS]:
        click.echo(f"  {plain(remark.where)}: {plain(remark.what)}")
    if not verbose and len(remarks) > _REMARKS:
        click.echo(f"  … and {len(remarks) - _REMARKS} more; --verbose tells them")


def _print_changes(found: Sequence[Change], verbose: bool) -> None:
    if not found:
        click.echo("  nothing else changed")
        return
    click.echo(f"  {_counted(found)}")
    ranked = sorted(found, key=_weight)
    shown = ranked if verbose else ranked[:_CHANGES]
    _print_lines(shown)
    if len(shown) < len(found):
        click.echo(f"… and {len(found) - len(shown)} more; --verbose tells them.")
