"""The way of a page from archive to ledger, step by step, beside the floor and a peer.

Pages are those of ``benchmarks/archive.py``; every figure of a run is of the same pages, in the
same process, in processor time of one core: figures of two runs may differ with what else the
machine does, their ratios hardly. The floor is what nobody can do without: unpack, decode, parse.

``python -m benchmarks.path 300 --picture docs/pictures/path.svg`` draws what it measures.
"""

from __future__ import annotations

import contextlib
import html
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.archive import pages, record
from benchmarks.report import BenchRow
from lodewire.collect.slices import Slice, SliceReader
from lodewire.errors import ReadError
from lodewire.ledger import open_ledger
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.pipeline.backfill import backfill
from lodewire.pipeline.backfill_places import ArchivePlace
from lodewire.pipeline.backfill_task import Rules
from lodewire.pipeline.workers import InlineExecutor

_PAGES = 300
_NOW = datetime(2025, 4, 1, tzinfo=UTC)
_RULES = Rules(gate=0.3, now=_NOW)


def _archive(count: int) -> bytes:
    made = enumerate(pages(count, seed=9))
    return b"".join(record(url, day, body, n) for n, (url, day, body) in made)


def _unpacked(packed: bytes) -> list[Capture]:
    reader = SliceReader(Slice(start=0, body=packed), source_of=_source, now=_NOW)
    return [told for _, told in reader if isinstance(told, Capture)]


def _source(url: str) -> SourceId:
    return SourceId("bench")


def _floor(packed: bytes) -> None:
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from selectolax.lexbor import LexborHTMLParser

    stream = BytesIO(packed)
    for found in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
        LexborHTMLParser(found.reader.read().decode("utf-8", "replace"))


def _trafilatura(captures: Sequence[Capture]) -> None:
    import trafilatura

    for capture in captures:
        trafilatura.bare_extraction(capture.body.decode("utf-8", "replace"), with_metadata=True)


def _newspaper(captures: Sequence[Capture]) -> None:
    import newspaper

    for capture in captures:
        article: Any = newspaper.Article(capture.url, language="en", fetch_images=False)
        article.download(input_html=capture.body.decode("utf-8", "replace"))
        article.parse()


def _everything(captures: Sequence[Capture]) -> None:
    """What one would build of the same parts without a cascade: read all, then understand."""
    from lodewire.extraction.reader import read_document
    from lodewire.text.reader import read_capture

    for capture in captures:
        try:
            documents = read_capture(capture)
        except ReadError:
            continue
        for document in documents:
            read_document(document)


def _spent(step: Callable[[], object]) -> float:
    started = time.process_time()
    step()
    return time.process_time() - started


def _whole(packed: bytes) -> tuple[float, dict[str, float]]:
    """Seconds from archive to events in a ledger, in all and by step."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.warc.gz"
        file.write_bytes(packed)
        with open_ledger(f"{folder}/desk.db", create=True) as ledger:
            started = time.process_time()
            report = backfill(ledger, [ArchivePlace(file)], InlineExecutor(), rules=_RULES)
            return time.process_time() - started, report.seconds


def measure(count: int = _PAGES, peers: bool = True) -> dict[str, float]:
    """Return milliseconds a page of each step and of the whole, floor and peers among them."""
    _whole(_archive(40))  # what is loaded once is no work of a page
    packed = _archive(count)
    captures = _unpacked(packed)
    found = {"floor: unpack, decode, parse": _spent(lambda: _floor(packed))}
    whole, steps = _whole(packed)
    found["archive to ledger"] = whole
    found |= {f"  of it {step}": spent for step, spent in sorted(steps.items())}
    some = captures[: count // 3]
    scale = len(captures) / max(len(some), 1)
    found["without a cascade: every page read deeply"] = _spent(lambda: _everything(some)) * scale
    if peers:
        found["peer: trafilatura alone, with metadata"] = _spent(lambda: _trafilatura(some)) * scale
        with contextlib.suppress(ImportError):  # it and what it needs may not be installed
            found["peer: newspaper4k alone"] = _spent(lambda: _newspaper(some)) * scale
    return {name: spent / len(captures) * 1000 for name, spent in found.items()}


def run() -> list[BenchRow]:
    """Return milliseconds a page; empty when the real pages are not at hand."""
    from evaluation.page_frames import PAGES

    if not PAGES.exists():
        return []
    found = measure()
    floor = found["floor: unpack, decode, parse"]
    return [
        BenchRow(
            name=name, value=cost, unit="ms a page", beside="the floor's time", times=cost / floor
        )
        for name, cost in found.items()
    ]


def picture(found: Mapping[str, float]) -> str:
    """Return a chart of milliseconds a page as SVG: one bar a step, longest last."""
    row, left, width = 26, 300, 420
    most = max(found.values())
    bars = []
    for at, (name, cost) in enumerate(sorted(found.items(), key=lambda f: f[1])):
        y = 8 + at * row
        length = max(1, round(cost / most * width))
        told = html.escape(name.strip())
        bars.append(
            f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{told}</text>'
            f'<rect x="{left}" y="{y}" width="{length}" height="{row - 6}" fill="#2f5d8a"/>'
            f'<text x="{left + length + 6}" y="{y + 15}">{cost:.2f} ms</text>'
        )
    height = 16 + row * len(found)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 90} {height}" '
        'font-family="sans-serif" font-size="12"><title>Processor time a page, by step</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(bars)}</svg>\n'
    )


def main(arguments: Sequence[str]) -> int:
    """Print the table for a number of pages, and draw it where asked."""
    count = int(arguments[0]) if arguments else _PAGES
    found = measure(count)
    for name, cost in found.items():
        print(f"{name:46} {cost:8.2f} ms a page")
    if "--picture" in arguments:
        Path(arguments[arguments.index("--picture") + 1]).write_text(picture(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
