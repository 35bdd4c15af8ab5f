"""``lodewire backup``: a proved copy of the ledger, made while it is in use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lodewire.cli.options import desk_option, open_desk, shown_progress


@click.command(
    epilog="""\b
Examples:
  lodewire backup ledger.backup
  lodewire backup /backups/desk-$(date +%F).db --desk ~/metals-desk
  sha256sum -c ledger.backup.sha256
"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@desk_option
def command(file: Path, folder: Path) -> None:
    """Write the ledger, as it is now, to FILE (a SQLite file, whatever engine the desk uses).

    Runs and editors go on meanwhile. The copy is checked before it takes its place; an earlier
    backup of the same name is replaced only then. Its SHA-256 goes to FILE.sha256.
    """
    from lodewire.ledger.keeping import back_up

    with open_desk(folder) as (_, ledger), shown_progress() as shown:
        problems = back_up(ledger, file, shown)
    size = file.stat().st_size
    click.echo(f"Wrote {file} ({size / 1e6:,.1f} MB) and {file}.sha256")
    if problems:
        click.echo("The ledger itself is not sound, and so is its backup:", err=True)
        for problem in problems[:5]:
            click.echo(f"  {problem}", err=True)
        sys.exit(1)
    click.echo("The copy was checked and is sound.")
