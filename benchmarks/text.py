"""Reading pages: each step beside the floor of inflating, decoding and parsing the same pages.

Measured on the real pages beside the project, processor time of one core, best of three passes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.report import BenchRow
from benchmarks.timing import best_seconds
from lodewire.errors import ReadError
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId

PAGES = Path(__file__).resolve().parents[2] / "shared" / "bench" / "article-extraction" / "html"
_PASSES = 3
_NOW = datetime(2025, 1, 1, tzinfo=UTC)


def _floor(packed: bytes) -> None:
    from selectolax.lexbor import LexborHTMLParser

    LexborHTMLParser(gzip.decompress(packed).decode("utf-8", "replace"))


def _scan(packed: bytes) -> None:
    from lodewire.text.scan import scan

    scan(gzip.decompress(packed).decode("utf-8", "replace"))


def _main_text(packed: bytes) -> None:
    from lodewire.text.reader import extract_main_text

    extract_main_text(gzip.decompress(packed))


def _resiliparse(packed: bytes) -> None:
    from resiliparse.extract.html2text import extract_plain_text

    extract_plain_text(gzip.decompress(packed).decode("utf-8", "replace"), main_content=True)


def _trafilatura(packed: bytes) -> None:
    import trafilatura

    trafilatura.extract(gzip.decompress(packed).decode("utf-8", "replace"), fast=True)


def _newspaper(packed: bytes) -> None:
    import newspaper

    html = gzip.decompress(packed).decode("utf-8", "replace")
    article: Any = newspaper.Article(
        "https://example.com/news/1", language="en", fetch_images=False
    )
    article.download(input_html=html)
    article.parse()


def _documents(packed: bytes) -> None:
    from lodewire.text.reader import read_capture

    capture = Capture(
        source_id=SourceId("bench"),
        requested_url="https://example.com/news/1",
        url="https://example.com/news/1",
        fetched_at=_NOW,
        body=gzip.decompress(packed),
    )
    try:
        read_capture(capture)
    except ReadError:
        return


def run() -> list[BenchRow]:
    """Return pages a second and core for each step; empty when the pages are not at hand."""
    if not PAGES.exists():
        return []
    pages = [page.read_bytes() for page in sorted(PAGES.glob("*.gz"))]
    _floor(pages[0])
    floor = best_seconds(_floor, pages, _PASSES)
    peer = best_seconds(_resiliparse, pages, _PASSES)
    rows = [
        BenchRow(name="floor: inflate, decode, parse", value=1 / floor, unit="pages/s"),
        BenchRow(name="peer: resiliparse, text alone", value=1 / peer, unit="pages/s"),
    ]
    steps: tuple[tuple[str, Callable[[bytes], None], int], ...] = (
        ("peer: trafilatura, text alone", _trafilatura, 1),
        ("peer: newspaper4k, text and metadata", _newspaper, 1),
        ("one pass: blocks and declarations", _scan, _PASSES),
        ("main text and metadata", _main_text, _PASSES),
        ("documents (text, metadata, teasers, sentences)", _documents, _PASSES),
    )
    for name, step, passes in steps:
        try:
            step(pages[0])
        except ImportError:  # a peer that is not installed
            continue
        cost = best_seconds(step, pages, passes)
        rows.append(
            BenchRow(
                name=name,
                value=1 / cost,
                unit="pages/s",
                beside="resiliparse's rate",
                times=peer / cost,
            )
        )
    return rows
