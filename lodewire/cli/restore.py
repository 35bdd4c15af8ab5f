"""``lodewire restore``: a backup in the place of the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from lodewire.cli.options import desk_option, shown_progress


@click.command(
    epilog="""\b
Examples:
  lodewire restore ledger.backup
  lodewire restore ledger.backup --replace --desk ~/metals-desk

A backup of an older Lodewire is brought up to date. It may be restored to either engine.
"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@desk_option
@click.option("--replace", is_flag=True, help="Even where the desk's ledger holds something.")
def command(file: Path, folder: Path, replace: bool) -> None:
    """Put the backup FILE in the place of the desk's ledger.

    FILE is checked first, whole: its digest, every reference, quote and body. Then it takes the
    ledger's place in one step. A ledger file that was there stays beside it as NAME.replaced; the
    contents of a PostgreSQL database are replaced.
    """
    from lodewire.config.desk import load_desk
    from lodewire.ledger.backend import backend_of
    from lodewire.ledger.keeping import restore

    desk = load_desk(folder)
    with shown_progress() as shown:
        proved = restore(file, desk.ledger_place, shown, replace=replace)
    click.echo(f"Restored {file} to {backend_of(desk.ledger_place).where}")
    if not proved:
        click.echo(f"There was no {file.name}.sha256 to compare with; the contents are sound.")
