"""``lodewire export``: the record as canonical JSON lines, or the pages as a WARC file."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import Day, as_of_option, desk_option, open_desk

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger


@click.command(
    epilog="""\b
Examples:
  lodewire export > ledger.jsonl
  lodewire export --output ledger.jsonl
  lodewire export --as-of 2025-03-01T12:00      what an export would have held then
  lodewire export --warc pages.warc.gz          the pages as they were fetched
  lodewire export --warc may.warc.gz --source example-wire --since 2025-05-01 --until 2025-05-31
"""
)
@desk_option
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file.")
@click.option(
    "--warc",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the pages as they were fetched to this WARC file instead.",
)
@click.option("--source", "only", multiple=True, metavar="ID", help="With --warc: of this source.")
@click.option("--since", type=Day(), help="With --warc: first seen on this day or later.")
@click.option("--until", type=Day(), help="With --warc: first seen on this day or before.")
@as_of_option
def command(
    folder: Path,
    output: Path | None,
    warc: Path | None,
    only: tuple[str, ...],
    since: date | None,
    until: date | None,
    as_of: datetime | None,
) -> None:
    """Write documents, events, statements, judgements and checks as JSON lines.

    The same ledger always gives the same bytes, so two exports can be compared. With --warc the
    pages themselves are written, for other tools and for `lodewire backfill`.
    """
    if warc is None and (only or since or until):
        raise click.UsageError("--source, --since and --until need --warc FILE.")
    if warc is not None and (output or as_of):
        raise click.UsageError("--warc goes without --output and --as-of.")
    with open_desk(folder, as_of=as_of) as (_, ledger):
        if warc is not None:
            _write_pages(ledger, warc, only, since, until)
        elif output is None:
            ledger.export(sys.stdout)
        else:
            _write_lines(ledger, output)


def _write_lines(ledger: Ledger, output: Path) -> None:
    from lodewire.cli.writing import whole_file

    with whole_file(output) as out:
        lines = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
        count = ledger.export(lines)
        lines.flush()
        lines.detach()
    click.echo(f"Wrote {count:,} lines to {output}")


def _write_pages(
    ledger: Ledger, file: Path, only: tuple[str, ...], since: date | None, until: date | None
) -> None:
    from lodewire import __version__
    from lodewire.cli.writing import whole_file
    from lodewire.collect.warc_writing import warc_opening, warc_response
    from lodewire.model.ids import SourceId

    found = ledger.captures.kept(
        [SourceId(name) for name in only],
        since=datetime.combine(since, time(), UTC) if since else None,
        until=datetime.combine(until, time(), UTC) + timedelta(days=1) if until else None,
    )
    pages = without = 0
    first = next(found, None)
    if first is None:
        click.echo("No page is kept that fits; nothing was written.")
        return
    with whole_file(file) as out:
        out.write(warc_opening(f"lodewire/{__version__}", first.fetched_at))
        for capture in chain((first,), found):
            if capture.body:
                out.write(warc_response(capture))
                pages += 1
            else:
                without += 1  # a feed carried the text: no page was fetched
    told = f"; {without:,} that only a feed carried are not in it" if without else ""
    click.echo(f"Wrote {pages:,} {'page' if pages == 1 else 'pages'} to {file}{told}")
