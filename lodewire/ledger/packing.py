"""Packing the bodies of captures."""

from __future__ import annotations

from typing import cast

from lodewire.errors import LedgerError

# Brotli at 3 on 160 kB news pages: 187 MB/s, ratio 5.0; zlib at 6: 63 MB/s, 4.9.
CODING, _QUALITY = "br", 3
#: The coding of a body that was dropped on purpose (:mod:`.retention`); its bytes say when and why.
DROPPED = "dropped"


def pack(body: bytes) -> bytes:
    """Return ``body`` packed as :data:`CODING`."""
    import brotli  # type: ignore[import-untyped]  # ships no type information

    return cast(bytes, brotli.compress(body, quality=_QUALITY))


def unpack(packed: bytes, coding: str) -> bytes:
    """Return what :func:`pack` packed; raises LedgerError when damaged or of another coding."""
    import brotli

    if coding == DROPPED:
        raise LedgerError(
            "the bytes of this capture were dropped on purpose (retention)",
            hint="its documents, statements and quotes are kept; an earlier backup has the bytes",
        )
    if coding != CODING:
        raise LedgerError(f"a body is packed as {coding!r}", hint="upgrade Lodewire to read it")
    try:
        return cast(bytes, brotli.decompress(packed))
    except brotli.error as error:
        raise LedgerError(
            "the body of a capture cannot be unpacked", hint="run `lodewire doctor`"
        ) from error
