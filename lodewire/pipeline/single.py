"""Reading one page alone: a file, an address or standard input, without a desk."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lodewire.errors import BlockedAddress, BrokenFile, EmptyPage, ReadError, TooLarge
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.model.reading import Reading

if TYPE_CHECKING:
    from lodewire.extraction.finding import Finder

MAX_BYTES = 60_000_000
_SINGLE = SourceId("single")


def read_single(
    what: str, *, allow_private: bool = False, desk: Path | None = None
) -> list[Reading]:
    """Read a path, an ``http(s)`` address, or "-" for standard input, whatever it is about.

    With ``desk`` the model that is configured there finds the events. Returns one reading a
    document on the page. Raises CollectError when it cannot be fetched, ReadError when it cannot
    be read, and a ModelError when the model gives no answer.
    """
    find = _model_of(desk) if desk is not None else None
    capture = capture_of(what, allow_private=allow_private)
    return read_capture_whole(capture, find=find)


def _model_of(folder: Path) -> Finder:
    from lodewire.config.desk import load_desk
    from lodewire.pipeline.model_reader import open_model_reader

    return open_model_reader(load_desk(folder), strict=True).find


def capture_of(what: str, *, allow_private: bool = False) -> Capture:
    """Fetch or load the bytes behind ``what`` as a capture."""
    if what == "-":
        return _capture(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin", "")
    if what.lower().startswith(("http://", "https://")):
        return _fetch(what, allow_private=allow_private)
    return _load(Path(what))


def read_capture_whole(capture: Capture, *, find: Finder | None = None) -> list[Reading]:
    """Turn a capture into documents and read each deeply, whatever its relevance.

    ``find`` finds the events in place of the frames.
    """
    from lodewire.text.reader import read_capture

    documents = read_capture(capture)
    # After the page has turned out to be readable: a refusal need not wait for the lexicon.
    from lodewire.extraction.reader import LONGEST, read_document

    readings = [read_document(document, gate=0.0, find=find) for document in documents]
    return [_noted(r, LONGEST) if len(r.document.text) > LONGEST else r for r in readings]


def _noted(reading: Reading, longest: int) -> Reading:
    """Say why nothing was found in a text that is an archive rather than an article."""
    told = f"over {longest:,} characters: kept whole, not read for names, numbers and events"
    document = replace(reading.document, notes=(*reading.document.notes, told))
    return replace(reading, document=document)


def _load(path: Path) -> Capture:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError(
                f"{path} is a folder.", hint="Name one file, or add the folder as a source."
            )
        if size > MAX_BYTES:
            raise _too_large(f"{path} has {size:,} bytes")
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)  # a pipe or device tells no size, and may never end
    except FileNotFoundError:
        raise ReadError(f"{path} does not exist.", hint="Check the path.") from None
    except PermissionError:
        raise ReadError(f"{path} may not be read.", hint="Check its permissions.") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        told = getattr(error, "strerror", None) or error
        raise BrokenFile(
            f"{_shortened(path)} could not be read: {told}.", hint="Check the path and the disk."
        ) from error
    return _capture(body, path.resolve().as_uri(), path.name)


def _too_large(told: str) -> TooLarge:
    return TooLarge(
        f"{told}; at most {MAX_BYTES:,} are read as one page.",
        hint="Split it, or add the archive as a source of type warc.",
    )


def _shortened(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 200 else f"{text[:100]}…{text[-60:]}"


def _capture(body: bytes, url: str, name: str) -> Capture:
    from lodewire.collect.media import media_type_of

    if len(body) > MAX_BYTES:
        raise _too_large(f"{name or 'standard input'} has more than {MAX_BYTES:,} bytes")
    if not body.strip():
        raise EmptyPage(
            f"{name or url} is empty: there is nothing to read.", hint="Give a page with text."
        )
    return Capture(
        source_id=_SINGLE,
        requested_url=url,
        url=url,
        fetched_at=datetime.now(UTC),
        body=body,
        media_type=media_type_of(None, name, body),
    )


def _fetch(url: str, *, allow_private: bool) -> Capture:
    import asyncio

    try:
        return asyncio.run(_fetch_one(url, allow_private=allow_private))
    except BlockedAddress as error:
        raise BlockedAddress(
            error.message, hint="If it is on your own network, allow it: --allow-private"
        ) from error


async def _fetch_one(url: str, *, allow_private: bool) -> Capture:
    from lodewire import __version__
    from lodewire.collect.fetching import Fetched, FetchPolicy, user_agent
    from lodewire.collect.http import GuardedClient

    async with GuardedClient(user_agent=user_agent(__version__)) as client:
        answer = await client.fetch(url, policy=FetchPolicy(allow_private=allow_private))
    from lodewire.collect.media import media_type_of

    if not isinstance(answer, Fetched):
        raise EmptyPage(f"{url} answered without a page.", hint="Try again later.")
    return Capture(
        source_id=_SINGLE,
        requested_url=url,
        url=answer.url,
        fetched_at=datetime.now(UTC),
        body=answer.body,
        status=answer.status,
        media_type=answer.media_type or media_type_of(None, url, answer.body),
        charset=answer.charset,
        headers=answer.headers,
    )
