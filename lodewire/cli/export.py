"""``lodewire export``: the record as canonical JSON lines."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from lodewire.cli.options import as_of_option, desk_option, open_desk


@click.command(
    epilog="""\b
Examples:
  lodewire export > ledger.jsonl
  lodewire export --output ledger.jsonl
  lodewire export --as-of 2025-03-01T12:00      what an export would have held then
"""
)
@desk_option
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file.")
@as_of_option
def command(folder: Path, output: Path | None, as_of: datetime | None) -> None:
    """Write documents, events, statements, judgements and checks as JSON lines.

    The same ledger always gives the same bytes, so two exports can be compared.
    """
    from lodewire.errors import PublishError

    with open_desk(folder, as_of=as_of) as (_, ledger):
        if output is None:
            ledger.export(sys.stdout)
            return
        # Written beside and put in place at the end: an export is whole or not there.
        part = output.with_name(output.name + ".part")
        try:
            with part.open("w", encoding="utf-8", newline="\n") as out:
                count = ledger.export(out)
            part.replace(output)
        except OSError as error:
            part.unlink(missing_ok=True) if part.parent.is_dir() else None
            raise PublishError(
                f"{output}: cannot be written: {error.strerror or error}.",
                hint="Choose another file with --output.",
            ) from error
    click.echo(f"Wrote {count:,} lines to {output}")
