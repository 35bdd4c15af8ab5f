"""Media types: what a server declares, what a name suggests, what the first bytes show."""

from __future__ import annotations

from email.message import Message
from pathlib import PurePosixPath

HTML = "text/html"
TEXT = "text/plain"
PDF = "application/pdf"
MAIL = "message/rfc822"
RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
UNKNOWN = "application/octet-stream"

_BY_SUFFIX = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": "application/xhtml+xml",
    ".txt": TEXT,
    ".text": TEXT,
    ".md": "text/markdown",
    ".pdf": PDF,
    ".eml": MAIL,
    ".rss": RSS,
    ".atom": ATOM,
}
_SAYS_NOTHING = {UNKNOWN, "application/x-unknown", "binary/octet-stream"}


def parse_content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return media type and charset of a Content-Type header, lower-cased, None where absent."""
    if not value or len(value) > 1000:
        return None, None
    message = Message()
    message["content-type"] = value.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    media_type = value.partition(";")[0].strip().lower()
    plain = charset if isinstance(charset, str) else None
    return (media_type if "/" in media_type else None), (plain.strip().lower() if plain else None)


def media_type_of(declared: str | None, name: str, body: bytes) -> str:
    """Return the media type: as declared, else by the file name, else by the first bytes."""
    if declared and declared not in _SAYS_NOTHING:
        return declared
    return _BY_SUFFIX.get(PurePosixPath(name).suffix.lower()) or sniff(body)


def media_type_by_name(name: str) -> str | None:
    """Return the media type that a file name's ending stands for, or None."""
    return _BY_SUFFIX.get(PurePosixPath(name).suffix.lower())


def sniff(body: bytes) -> str:
    """Return the media type that the first bytes show; UNKNOWN where they show none."""
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n\x0c")
    lower = head.lower()
    if head.startswith(b"%PDF-"):
        return PDF
    if lower.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        return _sniff_xml(lower)
    if lower.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in lower:
        return HTML
    if lower.startswith(b"{") and b"jsonfeed.org/version" in lower:
        return JSON_FEED
    if head and b"\x00" not in head:
        return HTML if lower.startswith(b"<") else TEXT
    return UNKNOWN


def _sniff_xml(lower: bytes) -> str:
    if b"<feed" in lower:
        return ATOM
    if b"<rss" in lower or b"<rdf:rdf" in lower:
        return RSS
    return "application/xhtml+xml" if b"<html" in lower else "application/xml"
