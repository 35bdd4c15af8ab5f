"""Rows of an analytic as a table, CSV or JSON, as several commands print them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from lodewire.model.plain import plain, plain_json

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "csv", "json")


def rows_option(command: F) -> F:
    """Add ``--format table|csv|json``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="A table for people, CSV for spreadsheets, JSON for programs.",
    )(command)


def print_rows(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str, *, empty: str
) -> None:
    """Print rows; ``empty`` is what a table without rows says. Cells are safe to show and open."""
    if form == "json":
        told = [{name: row.get(name) for name in columns} for row in rows]
        click.echo(plain_json(json.dumps(told, ensure_ascii=False, indent=1)))
    elif form == "csv":
        _print_csv(rows, columns)
    elif not rows:
        click.echo(empty)
    else:
        _print_table(rows, columns)


def _print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    import csv

    from lodewire.publish.table_files import csv_cell

    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([csv_cell(row.get(name)) for name in columns])


def _print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    from rich.table import Table
    from rich.text import Text

    from lodewire.cli.printing import console

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(name))) for name in columns))
    console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(str(value))
