"""Captures as records of a WARC file, for other tools and for ``lodewire backfill``.

Source: ISO 28500 (WARC 1.1). Each record is a gzip member of its own, so that a reader may begin at
any of them. The same capture gives the same bytes: ids derive from content, times are those of the
capture.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from lodewire.model.capture import Capture

# They speak of the bytes on the wire; a capture holds the page itself, unpacked and whole.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_BREAKS = re.compile(r"[\r\n\0]+\s*")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def warc_opening(software: str, at: datetime) -> bytes:
    """Return the first record of a file: who wrote it, and when (``at``, aware)."""
    told = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _record_id(f"warcinfo {software} {at.isoformat()}")),
        ("WARC-Date", _time(at)),
        ("Content-Type", "application/warc-fields"),
    ]
    return _record(fields, told)


def warc_response(capture: Capture) -> bytes:
    """Return the record of a capture: the answer to the address that was read, with its headers.

    ``Lodewire-Source`` and, behind a redirect, ``Lodewire-Requested-URI`` say what WARC has no
    field for; other readers pass over them.
    """
    fields = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", _record_id(f"{capture.id} {capture.fetched_at.isoformat()}")),
        ("WARC-Date", _time(capture.fetched_at)),
        ("WARC-Target-URI", _line(capture.url)),
        ("WARC-Payload-Digest", _digest(capture.body)),
        ("Content-Type", "application/http; msgtype=response"),
        ("Lodewire-Source", _line(capture.source_id)),
    ]
    if capture.requested_url != capture.url:
        fields.append(("Lodewire-Requested-URI", _line(capture.requested_url)))
    return _record(fields, _answer(capture))


def _answer(capture: Capture) -> bytes:
    try:
        reason = HTTPStatus(capture.status).phrase
    except ValueError:
        reason = "Unknown"
    kept = [
        (name, value)
        for name, value in capture.headers
        if name.lower() not in _OF_THE_WIRE and _NAME.fullmatch(name)
    ]
    if not any(name.lower() == "content-type" for name, _ in kept):
        charset = f"; charset={capture.charset}" if capture.charset else ""
        kept.append(("content-type", capture.media_type + charset))
    kept.append(("content-length", str(len(capture.body))))
    lines = [f"HTTP/1.1 {capture.status} {reason}", *(f"{n}: {_line(v)}" for n, v in kept)]
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + capture.body


def _record(fields: Sequence[tuple[str, str]], block: bytes) -> bytes:
    whole = [*fields, ("WARC-Block-Digest", _digest(block)), ("Content-Length", str(len(block)))]
    head = "\r\n".join(("WARC/1.1", *(f"{name}: {value}" for name, value in whole)))
    record = head.encode("utf-8", "replace") + b"\r\n\r\n" + block + b"\r\n\r\n"
    return gzip.compress(record, 6, mtime=0)


def _digest(content: bytes) -> str:
    # SHA-1 in base 32 is what readers of archives check; it guards against damage, not forgery.
    told = hashlib.sha1(content, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(told).decode()


def _record_id(of: str) -> str:
    return f"<urn:uuid:{UUID(bytes=hashlib.sha256(of.encode()).digest()[:16], version=4)}>"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _line(value: str) -> str:
    return _BREAKS.sub(" ", value).strip()
