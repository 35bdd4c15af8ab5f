"""Content encodings undone piece by piece, under a cap, so that a bomb never unfolds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

from lodewire.errors import FetchFailed, TooLarge

ACCEPTED = "gzip, deflate, br"
_PIECE = 65_536
_MAX_LAYERS = 2
_GZIP = b"\x1f\x8b"


class _Codec(Protocol):
    def feed(self, chunk: bytes) -> Iterator[bytes]: ...

    @property
    def complete(self) -> bool: ...


class Inflater:
    """Undoes the encodings of one body.

    ``max_body`` bounds what comes out (of every layer, in bytes); ``max_ratio`` bounds it in
    relation to what went in, once ``ratio_floor`` bytes are out.
    """

    def __init__(
        self, encodings: str, *, max_body: int, max_ratio: float, ratio_floor: int
    ) -> None:
        names = [name.strip().lower() for name in encodings.split(",")]
        names = [name for name in names if name not in {"", "identity"}]
        if len(names) > _MAX_LAYERS:
            raise FetchFailed(f"the body is encoded {len(names)} times over")
        self._codecs = [_codec(name) for name in reversed(names)]
        self._out = [0] * (len(self._codecs) + 1)
        self._in = 0
        self._max_body = max_body
        self._max_ratio = max_ratio
        self._ratio_floor = ratio_floor

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield decoded pieces of at most 64 KiB; raises TooLarge or FetchFailed."""
        self._in += len(chunk)
        yield from self._through(0, chunk)

    def finish(self) -> None:
        """Raise FetchFailed when an encoded body ended before its end mark."""
        if self._in and not all(codec.complete for codec in self._codecs):
            raise FetchFailed("the compressed body ends before its end mark")

    def _through(self, layer: int, chunk: bytes) -> Iterator[bytes]:
        self._count(layer, len(chunk))
        if layer == len(self._codecs):
            yield chunk
            return
        try:
            for piece in self._codecs[layer].feed(chunk):
                yield from self._through(layer + 1, piece)
        except (zlib.error, _BrokenCode) as error:
            raise FetchFailed(f"the compressed body is damaged: {error}") from error

    def _count(self, layer: int, size: int) -> None:
        self._out[layer] += size
        out = self._out[layer]
        if out > self._max_body:
            raise TooLarge(
                f"the body is larger than {self._max_body:,} bytes",
                hint="If the source is right, raise collect.max_body_mb in desk.toml.",
            )
        if out > self._ratio_floor and out > self._in * self._max_ratio:
            raise TooLarge(
                f"the body unfolds to more than {self._max_ratio:g} times its size: "
                "a compression bomb"
            )


class _BrokenCode(Exception):
    """A codec met bytes that it cannot read."""


def _codec(name: str) -> _Codec:
    if name in {"gzip", "x-gzip"}:
        return _Gzip()
    if name == "deflate":
        return _Deflate()
    if name == "br":
        return _Brotli()
    raise FetchFailed(f"the body has an encoding we did not ask for: {name[:40]!r}")


class _Gzip:
    """One or more gzip members; what follows them is ignored, as gzip itself does."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._done = False

    @property
    def complete(self) -> bool:
        return self._inner.eof

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        while chunk and not self._done:
            if self._inner.eof:
                if not chunk.startswith(_GZIP[: len(chunk)]):
                    self._done = True
                    return
                self._inner = zlib.decompressobj(wbits=31)
            yield from _drain(self._inner, chunk)
            chunk = self._inner.unused_data


class _Deflate:
    """zlib by the standard, raw deflate as some servers send it."""

    def __init__(self) -> None:
        self._inner: zlib._Decompress | None = None
        self._head = b""

    @property
    def complete(self) -> bool:
        return self._inner is not None and self._inner.eof

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += chunk
            if len(self._head) < 2:
                return
            first, second = self._head[:2]
            wrapped = first & 0x0F == 8 and (first << 8 | second) % 31 == 0
            self._inner = zlib.decompressobj(wbits=15 if wrapped else -15)
            chunk = self._head
        yield from _drain(self._inner, chunk)


def _drain(inner: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    # zlib keeps the tail of the last call after the end mark: eof alone tells when to stop.
    while chunk and not inner.eof:
        piece = inner.decompress(chunk, _PIECE)
        if piece:
            yield piece
        chunk = inner.unconsumed_tail
    # It may also hold output back although it took all input.
    while not inner.eof and (piece := inner.decompress(b"", _PIECE)):
        yield piece


class _Brotli:
    """brotli >= 1.2: its output limit is what makes this safe."""

    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # ships no types

        self._inner = brotli.Decompressor()
        self._error = brotli.error

    @property
    def complete(self) -> bool:
        return bool(self._inner.is_finished())

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if self._inner.is_finished():
            return
        try:
            piece = self._inner.process(chunk, output_buffer_limit=_PIECE)
            while piece:
                yield piece
                if self._inner.is_finished():
                    return
                piece = self._inner.process(b"", output_buffer_limit=_PIECE)
        except self._error as error:
            raise _BrokenCode(str(error)) from error
