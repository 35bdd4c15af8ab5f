"""``lodewire move``: the ledger to another file or database."""

from __future__ import annotations

from pathlib import Path

import click

from lodewire.cli.options import desk_option, shown_progress


@click.command(
    epilog="""\b
Examples:
  lodewire move postgresql://editor@db.example/desk    from a file to PostgreSQL
  lodewire move desk.db                                and back

A password is best kept out of the address: in PGPASSWORD or ~/.pgpass. Writers wait while it
runs. Stopped, even killed, it leaves nothing behind: run it again.
"""
)
@click.argument("place", metavar="TO")
@desk_option
@click.option("--keep", is_flag=True, help="Leave desk.toml as it is: only copy.")
def command(place: str, folder: Path, keep: bool) -> None:
    """Copy the desk's ledger to TO (a file, or postgresql://…), prove it, and use it from now on.

    TO must hold no ledger yet. Every row is read back and compared, and the new ledger checked,
    before desk.toml is changed. The old ledger stays as it is.
    """
    from lodewire.config.desk import load_desk
    from lodewire.ledger.keeping import move_ledger

    desk = load_desk(folder)
    target = desk.model_copy(update={"database": place}).ledger_place
    with shown_progress() as shown:
        rows = move_ledger(desk.ledger_place, target, shown)
    click.echo(
        f"Moved {sum(rows.values()):,} rows of {len(rows)} tables "
        f"({rows['documents']:,} documents, {rows['statements']:,} statements); every row compared."
    )
    if keep:
        click.echo("desk.toml is as it was.")
        return
    _point_to(desk.root / "desk.toml" if folder.is_dir() else folder, place)
    click.echo("desk.toml names the new ledger now; the old one is left as it was.")


def _point_to(file: Path, place: str) -> None:
    """Write the new place into desk.toml, in one step."""
    from lodewire.config.desk import with_database
    from lodewire.errors import ConfigError

    part = file.with_name(file.name + ".part")
    try:
        part.write_text(with_database(file.read_text("utf-8-sig"), place), encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be written: {error.strerror or error}.",
            hint="The ledger is moved; write the new address into the line database = yourself.",
        ) from error
