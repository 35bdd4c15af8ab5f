"""What kind of file some bytes are: their own first bytes outrank what a server declares."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum

from lodewire.errors import BrokenFile, EmptyPage, ReadError, UnsupportedFormat

HTML_LIMIT = 20_000_000  # bytes; the largest article page in the benchmarks is under 6 MB
TEXT_LIMIT = 20_000_000
FEED_LIMIT = 5_000_000
MAIL_LIMIT = 40_000_000
PDF_LIMIT = 80_000_000
INFLATE_LIMIT = 64_000_000
_HEAD = 4096


class FileKind(StrEnum):
    """The formats that can be read."""

    HTML = "html"
    TEXT = "text"
    PDF = "pdf"
    MAIL = "mail"
    FEED = "feed"


_LIMITS = {
    FileKind.HTML: HTML_LIMIT,
    FileKind.TEXT: TEXT_LIMIT,
    FileKind.PDF: PDF_LIMIT,
    FileKind.MAIL: MAIL_LIMIT,
    FileKind.FEED: FEED_LIMIT,
}

# First bytes of formats that hold no article text, from their public specifications.
_FOREIGN = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"SQLite format 3", "an SQLite database"),
    (b"WARC/", "a WARC archive"),
)
_MAIL_HEADER = re.compile(
    rb"^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to"
    rb"|x-[\w-]+|content-type|dkim-signature|list-[\w-]+):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(rb"<(?:!doctype\s|!--|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_HTML_MARK = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h[1-6]|table|span|ul|br)[\s/>]",
    re.IGNORECASE,
)
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_XML_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


def inflate(body: bytes) -> bytes:
    """Undo gzip layers (at most two), within INFLATE_LIMIT bytes.

    Raises BrokenFile for a damaged stream and for one that grows over the limit.
    """
    for _ in range(2):
        if not body.startswith(b"\x1f\x8b"):
            return body
        body = _gunzip(body)
    if body.startswith(b"\x1f\x8b"):
        raise BrokenFile("gzip within gzip within gzip", hint="Decompress the file by hand.")
    return body


def _gunzip(body: bytes) -> bytes:
    stream = zlib.decompressobj(wbits=31)
    try:
        out = stream.decompress(body, INFLATE_LIMIT + 1)
    except zlib.error as error:
        raise BrokenFile(f"damaged gzip data: {error}", hint="Fetch the file again.") from error
    if len(out) > INFLATE_LIMIT:
        raise BrokenFile(
            f"gzip data of {len(body):,} bytes grows over {INFLATE_LIMIT:,} bytes",
            hint="It may be a decompression bomb; it was not read.",
        )
    if not out:
        raise EmptyPage("the gzip file holds nothing")
    return out


def sniff(body: bytes, media_type: str = "", name: str = "") -> FileKind:
    """Tell the kind of ``body``; ``media_type`` and ``name`` (path or address) only break ties.

    Raises EmptyPage for nothing but blanks, UnsupportedFormat for other formats and for binary
    files, ReadError for a file over its kind's limit.
    """
    head = body[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x0b\x0c\x00")
    if not head and not body.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf"):
        raise EmptyPage("the page is empty", hint="Nothing but blanks was received.")
    kind = _kind(body, head, media_type.lower(), name.lower())
    limit = _LIMITS[kind]
    if len(body) > limit:
        raise ReadError(
            f"the {kind.value} file has {len(body) / 1e6:.1f} MB; the limit is "
            f"{limit / 1e6:.0f} MB",
            hint="Split the file, or give the address of the single article.",
        )
    return kind


def _kind(body: bytes, head: bytes, media_type: str, name: str) -> FileKind:
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    _refuse_foreign(body, head, "application/json" if name.endswith(".json") else media_type)
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or looks_utf16(body):
        return FileKind.HTML if "html" in media_type and b"<\x00" in body[:_HEAD] else FileKind.TEXT
    if media_type == "message/rfc822" or name.endswith(".eml") or _is_mail(head):
        return FileKind.MAIL
    marked = _kind_of_markup(head, media_type)
    if marked is not None:
        return marked
    if "html" in media_type and _TAG.search(body, 0, 65536):
        return FileKind.HTML
    return FileKind.TEXT


def _refuse_foreign(body: bytes, head: bytes, media_type: str) -> None:
    for magic, what in _FOREIGN:
        # "MZ" and "ID3" also open sentences: only a control character near by makes them binary.
        if body.startswith(magic) and (len(magic) > 3 or _control_share(body[:512]) > 0.02):
            raise UnsupportedFormat(f"this is {what}, not a page", hint=_SUPPORTED)
    if body[4:8] == b"ftyp" or body[257:262] == b"ustar":
        raise UnsupportedFormat("this is a media file or archive, not a page", hint=_SUPPORTED)
    if head[:1] in (b"{", b"[") and "json" in media_type and not _JSON_FEED.search(head):
        raise UnsupportedFormat("this is JSON, but no JSON Feed", hint=_SUPPORTED)
    if _control_share(body[:_HEAD]) > 0.1 and not looks_utf16(body):
        raise UnsupportedFormat("this is a binary file of unknown kind", hint=_SUPPORTED)


_CONTROLS = bytes((*range(9), *range(14, 32), 127))
_SUPPORTED = "Readable are HTML, plain text, PDF, mail (.eml) and feeds."


def _control_share(sample: bytes) -> float:
    return 1 - len(sample.translate(None, _CONTROLS)) / max(len(sample), 1)


def looks_utf16(body: bytes) -> bool:
    """Tell whether every other byte is mostly zero: UTF-16 without a mark."""
    sample = body[:1024]
    if len(sample) < 8 or b"\x00" not in sample:
        return False
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    return (even > 0.4 * half) != (odd > 0.4 * half)


def _is_mail(head: bytes) -> bool:
    first = head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    if first.startswith(b"From "):
        first = first.partition(b"\n")[2]
    if not _MAIL_HEADER.match(first):
        return False
    names = {match[1].lower() for match in _MAIL_HEADER.finditer(first)}
    return len(names) >= 3 or {b"from", b"subject"} <= names


def _kind_of_markup(head: bytes, media_type: str) -> FileKind | None:
    if head[:1] == b"{" and _JSON_FEED.search(head):
        return FileKind.FEED
    if head[:1] != b"<":
        return FileKind.HTML if "html" in media_type and _HTML_MARK.search(head) else None
    if _FEED_ROOT.search(head) and not _HTML_MARK.match(head):
        return FileKind.FEED
    if head.startswith(b"<?xml") and not _HTML_MARK.search(head) and "html" not in media_type:
        root = _XML_ROOT.search(head)
        what = root[1].decode("ascii", "replace") if root else "nothing"
        raise UnsupportedFormat(f"this is XML with the root <{what}>, not a page", hint=_SUPPORTED)
    if _HTML_MARK.search(head) or "html" in media_type:
        return FileKind.HTML
    return None
