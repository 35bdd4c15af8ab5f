"""Cutting a WARC file into slices that are read apart, without reading it first.

A slice begins and ends where a record seems to begin. That may be wrong: a page can hold bytes that
look like one, on purpose too. So each slice tells where its last whole record ends, and whoever
reads them in order joins the rest to the next one: a record is only ever taken where the one before
it ends. Source: ISO 28500; RFC 1952 for gzip members.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lodewire.collect.warc import capture_of
from lodewire.errors import CollectError, FetchFailed
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

SLICE_BYTES = 2_000_000  # of the file, packed: some sixty pages
MOST_BYTES = 128_000_000  # of a slice whose end is not found, and of slices joined
_HEAD = 1_000_000  # bytes that know a file again
_WINDOW = 1 << 20
_OVERLAP = 4_096  # bytes behind a mark that show whether a record begins there
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/1."
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Bytes of an archive from ``start`` on: whole records, if the cuts are right."""

    start: int
    body: bytes

    @property
    def end(self) -> int:
        """Where the next slice begins."""
        return self.start + len(self.body)

    def joined(self, after: Slice, start: int) -> Slice:
        """Return what of this slice lies behind ``start``, and all of the next one."""
        return Slice(start=start, body=self.body[start - self.start :] + after.body)

    def halves(self) -> tuple[Slice, Slice] | None:
        """Return the slice cut in two where a record seems to begin; None for a single record."""
        packed = self.body.startswith(_GZIP)
        found = _begins_in(self.body, len(self.body) // 2, packed)
        found = found or _begins_in(self.body, 1, packed)
        if found is None:
            return None
        return (
            Slice(start=self.start, body=self.body[:found]),
            Slice(start=self.start + found, body=self.body[found:]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What could not be read: ``at`` is a byte of the file, ``until`` where reading goes on."""

    at: int
    message: str
    until: int = 0


def fingerprint_of(file: Path, like: str = "") -> str:
    """Return what knows a file again though it grows: length and digest of its beginning.

    ``like`` is an earlier fingerprint, whose length is taken: a file that only grew gives the same
    again. Raises FetchFailed when the file cannot be opened.
    """
    length = like.partition("-")[0]
    try:
        with file.open("rb") as stream:
            head = stream.read(int(length) if length.isdigit() else _HEAD)
            return f"{len(head)}-{blake2b(head, digest_size=16).hexdigest()}"
    except OSError as error:
        raise FetchFailed(
            f"{file}: {error.strerror or error}", hint="Check the path and its permissions."
        ) from error


def cut(file: Path, start: int = 0, *, size: int = SLICE_BYTES) -> Iterator[Slice | Damage]:
    """Yield the slices of an archive from byte ``start``, where a record begins, to its end.

    A stretch of more than MOST_BYTES without a record is passed over, and told as damage. Raises
    FetchFailed when the file cannot be read or is no WARC.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(10)
            if not head.startswith((b"WARC/", _GZIP)):
                raise FetchFailed(
                    f"{file}: not a WARC file", hint="Give .warc or .warc.gz, a record a member."
                )
            packed = head.startswith(_GZIP)
            stream.seek(0, 2)
            total = stream.tell()
            while start < total:
                stream.seek(start)
                body = stream.read(size)
                found = start + len(body)
                if found < total:
                    found = _cut_after(stream, found, packed) or total
                if found - start > MOST_BYTES:
                    told = f"no record begins in {found - start:,} bytes"
                    yield Damage(at=start, message=told, until=found)
                else:
                    body += _read_at(stream, start + len(body), found)
                    yield Slice(start=start, body=body)
                start = found
    except OSError as error:
        raise FetchFailed(f"{file}: cannot be read: {error.strerror or error}") from error


def _read_at(stream: BinaryIO, start: int, end: int) -> bytes:
    stream.seek(start)
    return stream.read(end - start)


def _cut_after(stream: BinaryIO, after: int, packed: bool) -> int | None:
    """Return where the next record seems to begin in the file; None at its end."""
    base = after
    while True:
        window = _read_at(stream, base, base + _WINDOW + _OVERLAP)
        found = _begins_in(window, 0, packed, most=_WINDOW)
        if found is not None:
            return base + found
        if len(window) < _WINDOW + _OVERLAP:
            return None
        base += _WINDOW


def _begins_in(body: bytes, after: int, packed: bool, most: int | None = None) -> int | None:
    """Return where a record seems to begin in ``body``, from ``after`` on."""
    mark = _GZIP if packed else _PLAIN
    last = len(body) if most is None else min(most, len(body))
    at = after
    while (at := body.find(mark, at, last + len(mark) - 1)) >= 0:
        if _begins_at(body, at, packed):
            return at
        at += 1
    return None


def _begins_at(body: bytes, at: int, packed: bool) -> bool:
    if not packed:
        return at == 0 or body[max(0, at - 2) : at] == b"\r\n"
    try:
        return zlib.decompressobj(31).decompress(body[at : at + _OVERLAP], 8).startswith(b"WARC/")
    except zlib.error:
        return False


Told = tuple[int, Capture | Damage | None]


class SliceReader:
    """Reads the records of a slice; afterwards ``read_to`` tells where the last whole one ends.

    Yields (byte of the file, capture; Damage; or None for a record that holds no page).
    ``source_of`` names the source of an address.
    """

    def __init__(
        self, slice_: Slice, *, source_of: Callable[[str], SourceId], now: datetime
    ) -> None:
        self._slice = slice_
        self._source_of = source_of
        self._now = now
        self._packed = slice_.body.startswith(_GZIP)
        self.read_to = slice_.start

    def __iter__(self) -> Iterator[Told]:
        held: Told | None = None
        last = 0
        broken = False
        for at, told, is_end in self._told():
            if held is not None:
                yield held
            held, last, broken = (self._slice.start + at, told), at, is_end
        whole = len(self._slice.body) if broken else _whole_until(self._slice.body, last)
        self.read_to = self._slice.start + whole
        # A record that the slice cuts in two is read with the next slice.
        if held is not None and held[0] < self.read_to:
            yield held

    def _told(self) -> Iterator[tuple[int, Capture | Damage | None, bool]]:
        """Yield (offset, what is there, whether nothing behind it can be read)."""
        body = self._slice.body
        start = last = 0
        while start < len(body):
            stream = BytesIO(body)
            stream.seek(start)
            begun = False
            try:
                for record in _responses(stream):
                    last, begun = record.stream_pos, True
                    yield last, self._page(record, last), False
                return
            except OSError as error:
                # Behind the last record that was taken; else it is the first one that is damaged.
                end = (_end_of(body, last) if begun else None) or last
                found = _begins_in(body, max(end, last + 1), self._packed)
                if end == last or found != end:  # else what lies there tells of itself
                    damage = Damage(at=self._slice.start + end, message=f"damaged: {error}")
                    yield end, damage, found is None
                if found is None:
                    return
                start = last = found

    def _page(self, record: WarcRecord, at: int) -> Capture | Damage | None:
        try:
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            return capture_of(record, self._source_of(url), self._now)
        except (CollectError, OSError, ValueError) as error:
            where = (record.headers.get("WARC-Target-URI") or "a record")[:300]
            told = error.message if isinstance(error, CollectError) else str(error)
            return Damage(at=self._slice.start + at, message=f"{where}: {told}")


def _responses(stream: BytesIO) -> ArchiveIterator:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    return ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False)


def _whole_until(body: bytes, at: int) -> int:
    """Return where the last whole record ends, walking on from the record at ``at``."""
    while at < len(body):
        end = _end_of(body, at)
        if end is None:
            return at
        at = end if end > at else len(body)
    return at


def _end_of(body: bytes, at: int) -> int | None:
    """Where the record at ``at`` ends: ``at`` itself where it is damaged, None where it is cut."""
    return _member_end(body, at) if body.startswith(_GZIP) else _record_end(body, at)


def _member_end(body: bytes, at: int) -> int | None:
    begun = at
    inflater = zlib.decompressobj(31)
    view = memoryview(body)
    while at < len(body):
        piece = view[at : at + _WINDOW]
        try:
            while piece and not inflater.eof:
                inflater.decompress(piece, _WINDOW)
                piece = memoryview(inflater.unconsumed_tail)
        except zlib.error:
            return begun
        at = min(at + _WINDOW, len(body))
        if inflater.eof:
            return at - len(inflater.unused_data)
    return None


def _record_end(body: bytes, at: int) -> int | None:
    head = body.find(b"\r\n\r\n", at)
    if head < 0:
        return None
    length = _LENGTH.search(body, at, head + 2)
    if length is None:
        return at
    end = head + 4 + int(length[1]) + 4
    return end if end <= len(body) else None
