"""``lodewire receipt``: what proves an event or a brief, signed, in one file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from lodewire.cli.options import desk_option, instant, now_option, open_desk
from lodewire.cli.writing import write_whole


@click.command(
    epilog="""\b
Examples:
  lodewire receipt ev_k3jd… -o deal.json
  lodewire receipt 2025-03-28 -o brief.json
  lodewire verify brief.json

The desk's key is made on first use: keys/signing.pem, for its owner only.
lodewire keys lists the public keys; docs/guides/receipts.md tells how others check.
"""
)
@click.argument("what", metavar="EVENT|DAY")
@desk_option
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file.")
@now_option
def command(what: str, folder: Path, output: Path | None, now: datetime | None) -> None:
    """Write the receipt of an event, or of the brief of a day as it was composed.

    It holds statements, quotes in their context, digests of texts and captures, versions of
    methods, and a signature. The same ledger and key always give the same bytes.
    """
    from lodewire.errors import ReceiptError
    from lodewire.model.ids import EventId
    from lodewire.publish.signing import desk_key
    from lodewire.workbench.briefing.receipts import receipt_of_brief, receipt_of_event

    day = _day_of(what)
    if day is None and not what.startswith("ev_"):
        raise ReceiptError(
            f"{what!r} is neither an event nor a day",
            hint="`lodewire ledger` lists events; a day is written 2025-03-28",
        )
    with open_desk(folder) as (desk, ledger):
        if day is None:
            what = ledger.find(what)
            ledger.events.get(EventId(what))  # an unknown event makes no key
        key = desk_key(desk.root, now=instant(now))
        if day is not None:
            text = receipt_of_brief(ledger, desk, day, key)
        else:
            text = receipt_of_event(ledger, desk, EventId(what), key)
    if output is None:
        click.echo(text, nl=False)
        return
    write_whole(output, text.encode("utf-8"))
    click.echo(f"Wrote {output}, signed with {key.public.fingerprint}")


def _day_of(what: str) -> date | None:
    try:
        return date.fromisoformat(what)
    except ValueError:
        return None
