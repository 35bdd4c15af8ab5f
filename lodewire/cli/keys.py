"""``lodewire keys``: the public keys that a desk signs with."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from lodewire.cli.options import desk_option, instant, json_option, now_option


@click.command(
    epilog="""\b
Examples:
  lodewire keys
  lodewire keys --rotate
  lodewire keys --pem > desk.pem      the present key, as openssl reads it
"""
)
@desk_option
@click.option("--rotate", is_flag=True, help="Make a new key; old public keys stay listed.")
@click.option("--pem", is_flag=True, help="Print the present public key as PEM.")
@json_option
@now_option
def command(folder: Path, rotate: bool, pem: bool, as_json: bool, now: datetime | None) -> None:
    """List the keys that receipts of this desk are signed with, the present one last.

    Publish the fingerprints where your readers know you: a receipt proves by which key it was
    signed, not whose key that is.
    """
    from lodewire.config.desk import load_desk
    from lodewire.publish.signing import desk_key, listed_keys, rotate_key

    desk = load_desk(folder)
    moment = instant(now)
    key = (rotate_key if rotate else desk_key)(desk.root, now=moment)
    if pem:
        click.echo(key.public.pem, nl=False)
        return
    present = key.public.fingerprint
    listed = listed_keys(desk.root)
    if as_json:
        told = [
            {
                "fingerprint": k.fingerprint,
                "public_key": k.text,
                "since": k.since,
                "present": k.fingerprint == present,
            }
            for k in listed
        ]
        click.echo(json.dumps(told, indent=1))
        return
    for k in listed:
        mark = "signs now" if k.fingerprint == present else "old"
        click.echo(f"{k.fingerprint}  since {k.since}  {mark}")
