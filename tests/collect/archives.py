"""WARC files for tests: records packed or plain, whole or damaged."""

from __future__ import annotations

import gzip


def http(body: bytes, *, status: int = 200, kind: str = "text/html") -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def record(
    url: str, payload: bytes, *, packed: bool = True, type_: str = "response", day: str = ""
) -> bytes:
    """One record; ``day`` an ISO date, else one in March 2025."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {day or '2025-03-28'}T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    whole = head.encode() + payload + b"\r\n\r\n"
    return gzip.compress(whole, 1, mtime=0) if packed else whole
