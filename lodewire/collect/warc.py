"""WARC files as a source: each response becomes a capture. Source: ISO 28500; fastwarc reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lodewire.collect.decode import Inflater
from lodewire.collect.fetching import Validators
from lodewire.collect.fields import web_link
from lodewire.collect.media import UNKNOWN, media_type_of, parse_content_type, sniff
from lodewire.collect.told import Found, Note, NoteKind
from lodewire.errors import CollectError, FetchFailed, TooLarge
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

MAX_BODY = 20_000_000
_MAX_REPAIRS = 200  # damaged places stepped over in one file
_SCAN = 1 << 20
_READABLE = ("text/", "application/xhtml", "application/pdf", "application/xml", "message/rfc822")
_READABLE_ENDS = ("+xml", "feed+json")


def warc_validators(file: Path) -> Validators:
    """Return size and time of the file: its own "changed since?". Raises FetchFailed."""
    try:
        found = file.stat()
    except OSError as error:
        raise FetchFailed(
            f"{file}: {error.strerror or error}", hint="Correct path in source.yml."
        ) from error
    return Validators(etag=f"{found.st_size}-{found.st_mtime_ns}")


def read_warc(file: Path, *, source_id: SourceId, now: datetime) -> Iterator[Found | Note]:
    """Yield a capture for each page in the archive, a note for each damaged place.

    A capture's time is the record's WARC-Date, or ``now``. Pages are responses of status 200 that
    hold text, PDF or mail; how many others there were is told at the end. Raises FetchFailed when
    the file cannot be opened or is no WARC.
    """
    others = pages = 0
    try:
        with file.open("rb") as stream:
            for record in _records(stream, file):
                if isinstance(record, str):
                    yield _note(source_id, file, record)
                    continue
                try:
                    capture = capture_of(record, source_id, now)
                except (CollectError, OSError, ValueError) as error:
                    where = record.headers.get("WARC-Target-URI") or "a record"
                    yield _note(source_id, file, f"{where[:300]}: skipped: {_words(error)}")
                    continue
                if capture is None:
                    others += 1
                    continue
                pages += 1
                yield Found(capture=capture, key=capture.requested_url)
    except OSError as error:
        raise FetchFailed(f"{file}: cannot be read: {error.strerror or error}") from error
    if others:
        message = f"{others:,} records hold no page (images, scripts, errors); {pages:,} pages"
        yield Note(source_id=source_id, kind=NoteKind.SKIPPED, address=file.name, message=message)


def _records(stream: BinaryIO, file: Path) -> Iterator[WarcRecord | str]:
    """Yield response records; a line of text for each damaged place that was stepped over."""
    start = last = 0
    for repair in range(_MAX_REPAIRS + 1):
        stream.seek(start)
        records = _iterator(stream)
        while True:
            try:
                record = next(records)
            except StopIteration:
                return
            except OSError as error:
                if start == last == 0 and not _is_warc(stream):
                    raise FetchFailed(
                        f"{file}: not a WARC file ({error})", hint="Correct path in source.yml."
                    ) from error
                yield f"damaged after byte {last:,}: {error}"
                break
            last = record.stream_pos
            yield record
        found = _next_start(stream, last + 1)
        if found is None or repair == _MAX_REPAIRS:
            return
        start = last = found


def _iterator(stream: BinaryIO) -> ArchiveIterator:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    return ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False)


def _is_warc(stream: BinaryIO) -> bool:
    stream.seek(0)
    return stream.read(10).startswith((b"WARC/", b"\x1f\x8b"))


def _next_start(stream: BinaryIO, after: int) -> int | None:
    """Return where the next record, plain or a gzip member, seems to begin; None at the end."""
    stream.seek(0)
    marks = (b"\x1f\x8b\x08",) if stream.read(2) == b"\x1f\x8b" else (b"\nWARC/1.",)
    stream.seek(after)
    base, kept = after, b""
    while chunk := stream.read(_SCAN):
        window = kept + chunk
        for mark in marks:
            at = window.find(mark)
            if at >= 0:
                return base - len(kept) + at + (1 if mark.startswith(b"\n") else 0)
        base += len(chunk)
        kept = window[-8:]
    return None


def capture_of(record: WarcRecord, source_id: SourceId, now: datetime) -> Capture | None:
    """Return the page of a response record; None where it holds none.

    Raises CollectError, OSError or ValueError for a record that is damaged.
    """
    url = web_link((record.headers.get("WARC-Target-URI") or "").strip("<>"), "")
    if url is None:
        return None
    if record.content_length > MAX_BODY:
        raise TooLarge(f"{record.content_length:,} bytes; at most {MAX_BODY:,} are read")
    record.parse_http(auto_decode="none")
    if record.http_headers is None:
        raise FetchFailed("it holds no HTTP response")
    headers = {key.lower(): value for key, value in record.http_headers.astuples()}
    status = record.http_headers.status_code
    if status is None:
        raise FetchFailed("it holds no HTTP response")
    declared, charset = parse_content_type(headers.get("content-type"))
    if status != 200 or not _readable(declared):
        return None
    raw = record.reader.read(record.content_length)
    if len(raw) < record.content_length:  # parse_http took the header off the length
        raise FetchFailed("the archive ends inside it")
    body = _body(raw, headers)
    date = record.record_date
    return Capture(
        source_id=source_id,
        requested_url=url,
        url=url,
        fetched_at=date.astimezone(UTC) if date is not None else now,
        body=body,
        status=status,
        media_type=media_type_of(declared, url, body),
        charset=charset,
        headers=tuple((k, v) for k, v in headers.items() if not k.startswith("set-cookie")),
    )


def _readable(media_type: str | None) -> bool:
    if media_type is None:
        return True
    if media_type in {"text/css", "text/javascript"}:
        return False
    return media_type.startswith(_READABLE) or media_type.endswith(_READABLE_ENDS)


def _body(raw: bytes, headers: dict[str, str]) -> bytes:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = _dechunked(raw)
    encodings = headers.get("content-encoding", "")
    inflater = Inflater(encodings, max_body=MAX_BODY, max_ratio=200.0, ratio_floor=1_000_000)
    try:
        body = b"".join(inflater.feed(raw))
        inflater.finish()
    except FetchFailed:
        if sniff(raw) == UNKNOWN:
            raise
        return raw  # decoded by the crawler, which kept the header
    return body


def _dechunked(raw: bytes) -> bytes:
    """Join the chunks; archives that joined them already but kept the header give ``raw``."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = raw.find(b"\r\n", at, at + 1000)
        size_text = raw[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            size = int(size_text, 16) if len(size_text) <= 8 else -1
        except ValueError:
            size = -1
        if size < 0:
            return raw if not parts else b"".join(parts)
        if size == 0:
            return b"".join(parts)
        parts.append(raw[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _words(error: Exception) -> str:
    return error.message if isinstance(error, CollectError) else str(error)


def _note(source_id: SourceId, file: Path, message: str) -> Note:
    return Note(source_id=source_id, kind=NoteKind.BROKEN, address=file.name, message=message)
