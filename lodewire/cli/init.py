"""``lodewire init``: a new desk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  lodewire init ~/metals-desk
  lodewire init . --name "Battery desk"

In the folder of a desk it makes a ledger that is missing, and brings an older one up to date.
"""
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default=None, help="What the desk is called. Default: the folder's name.")
def command(folder: Path, name: str | None) -> None:
    """Make a new desk in FOLDER: desk.toml, a folder for sources, an empty ledger, a key.

    Nothing that is there already is changed.
    """
    from lodewire.config.desk import DESK_FILE, default_desk_toml, load_desk
    from lodewire.config.source import select_sources
    from lodewire.errors import ConfigError
    from lodewire.ledger import open_ledger
    from lodewire.publish.signing import desk_key

    file = folder / DESK_FILE
    if file.exists():
        desk = load_desk(folder)
        open_ledger(desk.ledger_place, create=True).close()
        desk_key(folder, now=datetime.now(UTC))
        click.echo(f"{file} is there already and stays as it is; its ledger is up to date.")
        return
    try:
        (folder / "sources").mkdir(parents=True, exist_ok=True)
        file.write_text(default_desk_toml(name or folder.resolve().name), encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{folder}: cannot be written: {error.strerror or error}.",
            hint="Choose a folder that you may write to.",
        ) from error
    desk = load_desk(folder)
    open_ledger(desk.ledger_place, create=True).close()
    key = desk_key(folder, now=datetime.now(UTC))
    count = len(select_sources(desk, day=datetime.now(UTC).date()))
    click.echo(f"Made the desk {desk.name!r} in {folder.resolve()} with {count} shipped sources.")
    click.echo(f"Its receipts are signed with the key {key.public.fingerprint}")
    click.echo("Next:")
    click.echo(f"  1. Write who you are into {file} (contact = …): every site is told it.")
    click.echo(f"  2. lodewire sources test --desk {folder}   sees which sources answer here")
    click.echo(f"  3. lodewire run --desk {folder}            collects and prints today's brief")
