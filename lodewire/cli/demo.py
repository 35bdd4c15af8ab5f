"""``lodewire demo``: the whole path on the sample newsroom."""

from __future__ import annotations

import time
from pathlib import Path

import click

from lodewire.cli.options import shown_progress, workers_option


@click.command(
    epilog="""\b
Examples:
  lodewire demo
  lodewire demo --folder /tmp/sample-desk --fresh
"""
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-desk"),
    show_default=True,
    help="Where the sample desk is built.",
)
@click.option("--fresh", is_flag=True, help="Throw an earlier sample desk away first.")
@workers_option
def command(folder: Path, fresh: bool, workers: int | None) -> None:
    """Build a desk from the bundled sample newsroom and print its brief.

    The newsroom is a SAMPLE: invented publishers write about real, public happenings. It is served
    by a web server on this machine and read over HTTP as any site is.
    """
    from lodewire.cli.brief import print_brief, write_brief
    from lodewire.cli.printing import print_set_aside
    from lodewire.pipeline.sample import prepare_folder, run_sample

    started = time.monotonic()
    prepare_folder(folder, fresh=fresh)
    click.echo("Reading the sample newsroom (invented publishers, real public happenings)…")
    with shown_progress() as shown:
        report, brief, desk = run_sample(folder, workers=workers, progress=shown)
    print_brief(brief)
    files = write_brief(brief, folder, desk.contact)
    copied = _plain_names(files)
    took = time.monotonic() - started
    click.echo(
        f"{report.collected.captures} pages fetched, {report.read.made} documents, "
        f"{report.understood.made} event mentions in {took:.1f} s."
    )
    print_set_aside(report.reasons)
    for file in copied:
        click.echo(f"Wrote {file}")
    click.echo("\nWhat next:")
    for line, told in (
        (f"open {folder / 'brief.html'}", "the brief as a page: tap a value to see its words"),
        (f"lodewire search lithium --desk {folder}", "documents and their events"),
        (f"lodewire show Lofdal --desk {folder}", "what the ledger knows, with quotes"),
        ("lodewire init my-desk", "a desk of your own, with public sources"),
    ):
        click.echo(f"  {line:<44s}  {told}")


def _plain_names(files: list[Path]) -> list[Path]:
    """Give the demo's files names that are easy to type: brief.html, brief.eml, …"""
    plain: list[Path] = []
    for file in files:
        target = file.with_name("brief" + file.suffix)
        file.replace(target)
        plain.append(target)
    return plain
