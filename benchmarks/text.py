"""Reading pages: each step beside the floor of inflating, decoding and parsing the same pages.

Measured on the real pages beside the project, processor time of one core, best of three passes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

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


def _metadata(packed: bytes) -> None:
    from selectolax.lexbor import LexborHTMLParser

    from lodewire.text.metadata import read_metadata

    tree = LexborHTMLParser(gzip.decompress(packed).decode("utf-8", "replace"))
    read_metadata(tree, "https://example.com/news/1")


def _main_text(path: str) -> Callable[[bytes], None]:
    from lodewire.text.reader import extract_main_text

    def step(packed: bytes) -> None:
        extract_main_text(gzip.decompress(packed), "light" if path == "light" else "deep")

    return step


def _bare_light(packed: bytes) -> None:
    from resiliparse.extract.html2text import extract_plain_text

    extract_plain_text(gzip.decompress(packed).decode("utf-8", "replace"), main_content=True)


def _bare_deep(packed: bytes) -> None:
    import trafilatura

    trafilatura.extract(gzip.decompress(packed).decode("utf-8", "replace"), fast=True)


def _documents(path: str) -> Callable[[bytes], None]:
    from lodewire.text.reader import read_capture

    def step(packed: bytes) -> None:
        capture = Capture(
            source_id=SourceId("bench"),
            requested_url="https://example.com/news/1",
            url="https://example.com/news/1",
            fetched_at=_NOW,
            body=gzip.decompress(packed),
        )
        try:
            read_capture(capture, path="light" if path == "light" else "deep")
        except ReadError:
            return

    return step


def run() -> list[BenchRow]:
    """Return pages a second and core for each step; empty when the pages are not at hand."""
    if not PAGES.exists():
        return []
    pages = [page.read_bytes() for page in sorted(PAGES.glob("*.gz"))]
    _floor(pages[0])
    floor = best_seconds(_floor, pages, _PASSES)
    rows = [BenchRow(name="floor: inflate, decode, parse", value=1 / floor, unit="pages/s")]
    steps: tuple[tuple[str, Callable[[bytes], None], int], ...] = (
        ("declared metadata", _metadata, _PASSES),
        ("peer: resiliparse alone", _bare_light, _PASSES),
        ("light main text, cleaned", _main_text("light"), _PASSES),
        ("light documents (text, metadata, teasers, sentences)", _documents("light"), _PASSES),
        ("peer: trafilatura alone", _bare_deep, 1),
        ("deep main text, cleaned", _main_text("deep"), 1),
        ("deep documents", _documents("deep"), 1),
    )
    for name, step, passes in steps:
        step(pages[0])
        cost = best_seconds(step, pages, passes)
        rows.append(
            BenchRow(
                name=name,
                value=1 / cost,
                unit="pages/s",
                beside="the floor's time",
                times=cost / floor,
            )
        )
    return rows
