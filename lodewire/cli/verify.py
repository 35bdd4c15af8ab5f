"""``lodewire verify``: does a receipt hold?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import json_option
from lodewire.model.plain import plain, plain_json

if TYPE_CHECKING:
    from lodewire.publish.receipt_check import Verified


@click.command(
    epilog="""\b
Examples:
  lodewire verify brief.json
  lodewire verify brief.json --key keys/public.jsonl
  lodewire verify deal.json --key 5f1c…   a fingerprint that the desk has published
  lodewire verify deal.json --with page.html

Exit codes: 0 everything holds, 1 something does not (each with its reason).
"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="FINGERPRINT|FILE",
    help="A key you trust: its fingerprint, a PEM file, or a desk's keys/public.jsonl.",
)
@click.option(
    "--with",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A capture or clean text you have: its digest must be in the receipt.",
)
@json_option
def command(file: Path, keys: tuple[str, ...], files: tuple[Path, ...], as_json: bool) -> None:
    """Check a receipt offline, without ledger or desk: signature, digests, quotes, sentences."""
    from lodewire.publish.receipt_check import verify_receipt
    from lodewire.publish.signing import known_fingerprints

    known = frozenset().union(*(known_fingerprints(k) for k in keys)) if keys else None
    found = verify_receipt(_read(file), known=known, files={str(f): _read(f) for f in files})
    if as_json:
        click.echo(plain_json(json.dumps(_told(found), ensure_ascii=False, indent=1)))
    else:
        _print(found)
    if not found.holds:
        sys.exit(1)


def _read(file: Path) -> bytes:
    from lodewire.errors import ReceiptError

    try:
        return file.read_bytes()
    except OSError as error:
        raise ReceiptError(
            f"{file}: cannot be read: {error.strerror or error}", hint="check its name"
        ) from error


def _told(found: Verified) -> dict[str, object]:
    return {
        "holds": found.holds,
        "kind": found.kind,
        "subject": found.subject,
        "desk": found.desk,
        "as_of": found.as_of,
        "fingerprint": found.fingerprint,
        "key_known": found.vouched,
        "findings": [{"holds": f.holds, "what": f.what, "why": f.why} for f in found.findings],
    }


def _print(found: Verified) -> None:
    click.echo(plain(f"Receipt of the {found.kind} {found.subject}"))
    click.echo(plain(f"  by the desk {found.desk!r}, as of {found.as_of}"))
    for finding in found.findings:
        mark = "ok   " if finding.holds else "FAILS"
        click.echo(plain(f"{mark} {finding.what}: {finding.why}"))
    wrong = sum(not f.holds for f in found.findings)
    if wrong:
        click.echo(f"It does NOT hold: {wrong} thing{'s' if wrong > 1 else ''} failed.")
    elif found.vouched:
        click.echo("It holds.")
    else:
        click.echo("It holds, by the key it brings along. Whose key that is, it cannot prove:")
        click.echo(f"compare {found.fingerprint} with what the desk publishes, or give --key.")
