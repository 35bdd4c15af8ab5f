"""Main text against two public sets of real pages, on both paths, with pinned floors.

The pages, their true texts and the scorer lie beside the project and stay there: 4-word shingles as
multisets, precision and recall averaged over pages, F1 of the averages. ``python -m
evaluation.main_text OUT_DIR`` writes the predictions for the scorer's own command line.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from evaluation.report import EvaluationReport
from lodewire.text.main_text import Path as ReadingPath
from lodewire.text.reader import extract_main_text

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
PATHS: tuple[ReadingPath, ...] = ("light", "deep")

# A little under what was measured (.9579, .9727, .883, .890), so that only a real loss fails. The
# design's bars are .925 and .955 on article-extraction.
FLOORS = {
    "article-extraction.light.f1": 0.955,
    "article-extraction.deep.f1": 0.970,
    "web-content.light.f1": 0.878,
    "web-content.deep.f1": 0.885,
}


def bench_pages(bench: str) -> Iterator[tuple[str, bytes]]:
    """Yield id and bytes of every page of a set."""
    for page in sorted((BENCH / bench / "html").iterdir()):
        body = page.read_bytes()
        yield page.name.split(".")[0], gzip.decompress(body) if page.suffix == ".gz" else body


def predict(bench: str, path: ReadingPath) -> dict[str, str]:
    """Return the main text of every page of a set."""
    return {name: extract_main_text(body, path) for name, body in bench_pages(bench)}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_text", BENCH / "score_text.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evaluate() -> EvaluationReport:
    """Return precision, recall and F1 of both paths on both sets; empty where they are absent."""
    if not (BENCH / "score_text.py").exists():
        return EvaluationReport(notes=("skipped: the sets are not beside the project",))
    scorer = _scorer()
    values: dict[str, float] = {}
    for bench in ("article-extraction", "web-content"):
        truth = scorer.truths(bench)
        for path in PATHS:
            scores = scorer.score(truth, predict(bench, path))
            values |= {
                f"{bench}.{path}.{name}": scores[name] for name in ("precision", "recall", "f1")
            }
    return EvaluationReport.of(values, FLOORS)


def main(arguments: Sequence[str]) -> int:
    """Write one file of predictions for each set and path into the folder given."""
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for bench in ("article-extraction", "web-content"):
        for path in PATHS:
            target = folder / f"{bench}.{path}.json"
            target.write_text(json.dumps(predict(bench, path)), "utf-8")
            print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
