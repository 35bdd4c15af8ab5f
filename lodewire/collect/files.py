"""A folder of files as a source: HTML, text, mail, PDF and feeds, in the order of their paths."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from lodewire.collect.decode import Inflater
from lodewire.collect.entries import entry_key, feed_capture
from lodewire.collect.feeds import parse_feed
from lodewire.collect.fetching import Validators
from lodewire.collect.media import ATOM, JSON_FEED, RSS, media_type_by_name, sniff
from lodewire.collect.told import Found, Note, NoteKind
from lodewire.errors import CollectError, FetchFailed, ReadError
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId

MAX_FILE_BYTES = 80_000_000
MAX_FILES = 200_000
_FEEDS = {RSS, ATOM, JSON_FEED}


def folder_validators(folder: Path) -> Validators:
    """Return a fingerprint of names, sizes and times: the folder's own "changed since?".

    Raises FetchFailed when the folder is not there.
    """
    digest = blake2b(digest_size=16)
    for file in list_files(folder):
        found = file.stat()
        told = f"{file.relative_to(folder).as_posix()}\0{found.st_size}\0{found.st_mtime_ns}\n"
        digest.update(told.encode("utf-8", "surrogateescape"))
    return Validators(etag=digest.hexdigest())


def list_files(folder: Path) -> list[Path]:
    """Return the files of a folder and its subfolders, by relative path.

    Hidden files, and links that lead out of the folder, are left out. Raises FetchFailed when the
    folder is not there, or holds more than MAX_FILES.
    """
    if not folder.is_dir():
        raise FetchFailed(
            f"{folder}: there is no such folder", hint="Make it, or correct path in source.yml."
        )
    root = folder.resolve()
    found: list[Path] = []
    for place, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(place) / name for name in names if not name.startswith("."))
        found += [f for f in files if f.is_file() and f.resolve().is_relative_to(root)]
        if len(found) > MAX_FILES:
            raise FetchFailed(
                f"{folder}: more than {MAX_FILES:,} files",
                hint="Split the folder into several, or pack the pages into WARC files.",
            )
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def read_folder(
    folder: Path, *, source_id: SourceId, now: datetime, language: str | None = None
) -> Iterator[Found | Note]:
    """Yield a capture for each file, and for each entry of a feed file; a note for what fails.

    The address of a file is ``file:`` with its path inside the folder, so that ids are the same
    on every machine. Raises FetchFailed when the folder is not there.
    """
    yield from read_files(
        folder, list_files(folder), source_id=source_id, now=now, language=language
    )


def read_files(
    folder: Path,
    files: Iterable[Path],
    *,
    source_id: SourceId,
    now: datetime,
    language: str | None = None,
) -> Iterator[Found | Note]:
    """As :func:`read_folder` for some of its files."""
    for file in files:
        address = "file:" + file.relative_to(folder).as_posix()
        try:
            body = _bytes_of(file)
            if not body.strip():
                yield _note(source_id, NoteKind.SKIPPED, address, "the file is empty")
                continue
            yield from _captures(file, body, address, source_id, now, language)
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}"
            yield _note(source_id, NoteKind.FAILED, address, message)
        except (CollectError, ReadError) as error:
            yield _note(source_id, NoteKind.BROKEN, address, error.message, error.hint)


def _bytes_of(file: Path) -> bytes:
    size = file.stat().st_size
    if size > MAX_FILE_BYTES:
        raise FetchFailed(f"{size:,} bytes; at most {MAX_FILE_BYTES:,} are read")
    body = file.read_bytes()
    if file.suffix.lower() != ".gz":
        return body
    inflater = Inflater("gzip", max_body=MAX_FILE_BYTES, max_ratio=200.0, ratio_floor=1_000_000)
    plain = b"".join(inflater.feed(body))
    inflater.finish()
    return plain


def _captures(
    file: Path,
    body: bytes,
    address: str,
    source_id: SourceId,
    now: datetime,
    language: str | None,
) -> Iterator[Found | Note]:
    name = file.stem if file.suffix.lower() == ".gz" else file.name
    media_type = media_type_by_name(name) or sniff(body)
    if media_type in _FEEDS:
        feed = parse_feed(body, url=address)
        for line in feed.notes:
            yield _note(source_id, NoteKind.BROKEN, address, line)
        for entry in feed.entries:
            capture = feed_capture(source_id, entry, now=now, address=address, language=language)
            yield Found(capture=capture, key=entry_key(entry) or address)
        return
    capture = Capture(
        source_id=source_id,
        requested_url=address,
        url=address,
        fetched_at=now,
        body=body,
        media_type=media_type,
    )
    yield Found(capture=capture, key=address)


def _note(
    source_id: SourceId, kind: NoteKind, address: str, message: str, hint: str | None = None
) -> Note:
    return Note(source_id=source_id, kind=kind, address=address, message=message, hint=hint)
