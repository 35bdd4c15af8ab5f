"""``python -m training.folds``: the reader measured on pages that its model was not fitted on.

Five folds by host over ``web-content``; each page is read, cleaning and all, by a model of the
other four. Prints precision, recall and F1 for all pages and for each type.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

from evaluation.main_text import load_scorer
from lodewire.text.page_kind import DOUBT, read_kind_model
from lodewire.text.reader import extract_main_text
from training.main_text import FOLDS, cross_fit, fold_of
from training.page_kinds import fit_kinds, signs_of_pages
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


def kind_lines(pages: list[LabelledPage], table: np.ndarray) -> list[str]:
    """Return how many types of pages are told right, each by a model of the other folds."""
    folds = np.array(fold_of(pages))
    kinds = [page.kind for page in pages]
    right = kept = caught = 0
    for fold in range(FOLDS):
        inside = [kind for kind, place in zip(kinds, folds, strict=True) if place != fold]
        model = read_kind_model(fit_kinds(table[folds != fold], inside))
        for index in np.flatnonzero(folds == fold):
            likely = model.probabilities(table[index].tolist())
            article = likely["article"] >= DOUBT
            right += max(likely, key=likely.__getitem__) == kinds[index]
            kept += kinds[index] == "article" and article
            caught += kinds[index] != "article" and not article
    articles = kinds.count("article")
    return [
        f"types told right        {right} of {len(kinds)}",
        f"articles read as such   {kept} of {articles}",
        f"others kept out         {caught} of {len(kinds) - articles}",
    ]


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
    print(*kind_lines(pages, signs_of_pages(pages, models)), sep="\n")
    for kind, scores in score_by_kind(pages, found).items():
        figures = "  ".join(f"{scores[name]:.4f}" for name in ("precision", "recall", "f1"))
        print(f"{kind:14s} {scores['pages']:4.0f}  {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
