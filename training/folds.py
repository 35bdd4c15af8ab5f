"""``python -m training.folds``: the reader measured on pages that its model was not fitted on.

Five folds by host over ``web-content``; each page is read, cleaning and all, by a model of the
other four. Prints precision, recall and F1 for all pages and for each type.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from evaluation.main_text import load_scorer
from lodewire.text.reader import extract_main_text
from training.main_text import cross_fit
from training.pages import LabelledPage, load_pages


def score_by_kind(
    pages: list[LabelledPage], found: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    """Return the scorer's figures for "all" and each type of page."""
    scorer = load_scorer()
    kinds = ["all", *sorted({page.kind for page in pages})]
    return {
        kind: scorer.score({p.id: p.truth for p in pages if kind in ("all", p.kind)}, found)
        for kind in kinds
    }


def main() -> int:
    """Print the table; return 1 where the pages are not at hand."""
    pages = load_pages()
    if not pages:
        print("the pages of web-content are not beside the project", file=sys.stderr)
        return 1
    models = cross_fit(pages, lambda fold: print(f"fold {fold + 1} fitted", file=sys.stderr))
    found = {
        page.id: extract_main_text(page.body, model)
        for page, model in zip(pages, models, strict=True)
    }
    for kind, scores in score_by_kind(pages, found).items():
        figures = "  ".join(f"{scores[name]:.4f}" for name in ("precision", "recall", "f1"))
        print(f"{kind:14s} {scores['pages']:4.0f}  {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
