"""``lodewire read``: one page, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lodewire.cli.options import desk_option, reader_option


@click.command(
    epilog="""\b
Examples:
  lodewire read article.html
  lodewire read https://example.org/news/1 --format json
  pdftotext notice.pdf - | lodewire read -
  lodewire read article.html --reader llm --desk ~/metals-desk
"""
)
@click.argument("what", metavar="FILE|URL|-")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or the JSON contract, version 1.",
)
@click.option(
    "--allow-private", is_flag=True, help="Allow an address on this machine or a private network."
)
@reader_option("frames", "frames")
@desk_option
def command(what: str, format_: str, allow_private: bool, reader: str, folder: Path) -> None:
    """Read one page (HTML, text, PDF, mail) and print what it says.

    Names, quantities, events with the words that state them, and the checks that were made. A desk
    is needed for --reader llm only: its desk.toml names the model.
    """
    from lodewire.extraction.contract import readings_to_json
    from lodewire.pipeline.single import read_single

    desk = folder if reader == "llm" else None
    readings = read_single(what, allow_private=allow_private, desk=desk)
    if format_ == "json":
        click.echo(json.dumps(readings_to_json(readings), ensure_ascii=False, indent=1))
        return
    from lodewire.cli.printing import print_reading

    for reading in readings:
        print_reading(reading)
