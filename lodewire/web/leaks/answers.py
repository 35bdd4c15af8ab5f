"""An answer as it can be read: pages, feeds and JSON, and what is packed: PDF, tables, sheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from lodewire.web.leaks.needles import json_texts, texts_of

_MOST_PAGES = 400


def answer_texts(media: str, body: bytes) -> tuple[str, ...]:
    """Return the texts of an answer by its media type; an unknown one is searched as it stands.

    Words in a PDF, a Parquet file or a sheet are packed: they are unpacked first. What cannot be
    unpacked is searched as bytes.
    """
    kind = media.partition(";")[0].strip().lower()
    unpack = _UNPACKED.get(kind)
    if unpack is None:
        return (*texts_of(body), *json_texts(body))
    try:
        return (unpack(body),)
    except Exception:  # whatever a library says of a broken file: its bytes are searched
        return texts_of(body)


def _pdf(body: bytes) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(body))
    return "\n".join(page.extract_text() for page in reader.pages[:_MOST_PAGES])


def _parquet(body: bytes) -> str:
    from pyarrow import parquet

    rows = parquet.read_table(io.BytesIO(body)).to_pylist()
    return "\n".join(" ".join(str(v) for v in row.values() if v is not None) for row in rows)


def _zipped(body: bytes) -> str:
    """The texts of every file of an archive, as of a sheet (Office Open XML)."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(text for name in packed.namelist() for text in texts_of(packed.read(name)))


_UNPACKED: dict[str, Callable[[bytes], str]] = {
    "application/pdf": _pdf,
    "application/vnd.apache.parquet": _parquet,
    "application/zip": _zipped,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _zipped,
}
