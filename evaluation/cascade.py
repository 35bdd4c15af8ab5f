"""What the gate of the cascade loses: gold texts set into real pages, and pages of other fields.

A page is relevant where it holds a text that tells an event, and the desk's own gate lets through
what reading finds of it. Lost is a relevant page that the glance left out. The floor is
the bar: one in a hundred. Pages of which even reading finds too little are told apart: that
loss is the reader's, not the gate's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from evaluation.gold import OWN, SHARED, GoldText, load_gold
from evaluation.page_frames import PAGES, frames
from evaluation.report import EvaluationReport
from lodewire.errors import ReadError
from lodewire.extraction.reader import GATE
from lodewire.extraction.relevance import relevance_of
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.model.vocabulary import DocumentRole
from lodewire.pipeline.cascade import Depth, Sifted, sift

_NOW = datetime(2025, 4, 1, tzinfo=UTC)

FLOORS = {"recall of the glance": 0.99}


def texts() -> list[GoldText]:
    """Return the annotated texts that tell an event, of every set at hand."""
    folders = [f for f in sorted(OWN.iterdir()) if (f / "annotations.jsonl").exists()]
    folders += [SHARED] if (SHARED / "annotations.jsonl").exists() else []
    return [t for folder in folders for t in load_gold(folder) if t.events]


def pages(told: Sequence[GoldText]) -> Iterator[tuple[GoldText, Capture]]:
    """Yield each text set into a page, one frame after the other."""
    around = frames()
    for number, text in enumerate(told):
        title, *lines = [line for line in text.text.split("\n") if line.strip()]
        frame = around[number % len(around)]
        yield text, _capture(frame.page(title, lines or [title], day="2025-03-28"), text.id)


def _capture(page: str, name: str) -> Capture:
    url = f"https://news.example/2025/{name}"
    return Capture(
        source_id=SourceId("gold"),
        requested_url=url,
        url=url,
        fetched_at=_NOW,
        body=page.encode(),
    )


def _sifted(capture: Capture) -> Sifted | None:
    try:
        return sift(capture, gate=GATE, leave=True)
    except ReadError:
        return None


def _read_whole(capture: Capture) -> float:
    """The relevance that reading finds, whatever the gate says."""
    try:
        return sift(capture, gate=0.0).best
    except ReadError:
        return 0.0


def evaluate() -> EvaluationReport:
    """Return the recall of the glance, and what of other fields it lets through."""
    told = [t for t in texts() if relevance_of(t.text) >= GATE]
    relevant = 0
    lost: Counter[Depth | None] = Counter()
    missed: list[str] = []
    for text, capture in pages(told):
        sifted = _sifted(capture)
        if sifted is not None and sifted.depth is Depth.READ and sifted.best >= GATE:
            relevant += 1
        elif _read_whole(capture) < GATE:
            missed.append(f"{text.id}: too little of it is found by any reading")
        else:
            relevant += 1
            lost[sifted.depth if sifted else None] += 1
            missed.append(f"{text.id}: left out at the {sifted.depth if sifted else 'reading'}")
    values = {
        "texts that tell an event, in pages": float(len(told)),
        "of them found by reading every page": relevant / len(told),
        "recall of the glance": 1 - lost.total() / relevant,
        **_let_through(),
    }
    report = EvaluationReport.of(values, FLOORS)
    skipped = () if PAGES.exists() else ("real pages are not beside the project: one frame serves",)
    return EvaluationReport(figures=report.figures, notes=skipped, lines=tuple(missed))


def _let_through() -> dict[str, float]:
    """Shares of real general pages that reach each depth, and of which an article is relevant."""
    if not PAGES.exists():
        return {}
    import gzip

    depths: Counter[Depth] = Counter()
    of_field = count = 0
    for page in sorted(PAGES.glob("*.gz")):
        count += 1
        body = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        sifted = _sifted(_capture(body, page.name.split(".")[0]))
        if sifted is None:
            continue
        depths[sifted.depth] += 1
        of_field += any(
            sifted.relevance[d.id] >= GATE
            for d in sifted.documents
            if d.role is DocumentRole.ARTICLE
        )
    return {
        "general pages read": depths[Depth.READ] / count,
        "general pages with an article over the gate": of_field / count,
    }
