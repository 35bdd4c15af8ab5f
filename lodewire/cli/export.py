"""``lodewire export``: the record as canonical JSON lines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lodewire.cli.options import desk_option, open_desk


@click.command(
    epilog="""\b
Examples:
  lodewire export > ledger.jsonl
  lodewire export --output ledger.jsonl
"""
)
@desk_option
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file.")
def command(folder: Path, output: Path | None) -> None:
    """Write documents, events, statements, judgements and checks as JSON lines.

    The same ledger always gives the same bytes, so two exports can be compared.
    """
    with open_desk(folder) as (_, ledger):
        if output is None:
            ledger.export(sys.stdout)
            return
        with output.open("w", encoding="utf-8", newline="\n") as out:
            count = ledger.export(out)
    click.echo(f"Wrote {count} lines to {output}")
