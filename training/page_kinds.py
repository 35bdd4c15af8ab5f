"""The model of page types, fitted on the labelled pages and measured on folds kept out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from lodewire.text.block_model import BlockModel
from lodewire.text.main_text import choose
from lodewire.text.metadata import read_metadata
from lodewire.text.page_signs import signs_of
from training.pages import LabelledPage

_STRENGTH = 0.3  # of the weights allowed
_CLIP = 4.0


def signs_of_pages(
    pages: Sequence[LabelledPage], models: Sequence[BlockModel | None]
) -> np.ndarray:
    """Return the signs of each page, its main text chosen by the model at its place."""
    return np.array(
        [
            signs_of(p.page, read_metadata(p.page, p.url), p.url, choose(p.page, model))
            for p, model in zip(pages, models, strict=True)
        ]
    )


def fit_kinds(table: np.ndarray, kinds: Sequence[str]) -> str:
    """Return the file of a model fitted on rows of signs."""
    from sklearn.linear_model import LogisticRegression

    means, spread = table.mean(axis=0), table.std(axis=0)
    scales = np.where(spread > 1e-6, 1.0 / np.maximum(spread, 1e-6), 0.0)
    standard = np.clip((table - means) * scales, -_CLIP, _CLIP)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000).fit(standard, list(kinds))
    told: dict[str, Any] = {
        "kinds": [str(kind) for kind in model.classes_],
        "means": _rounded(means),
        "scales": _rounded(scales),
        "weights": [_rounded(row) for row in model.coef_],
        "biases": _rounded(model.intercept_),
    }
    return json.dumps(told) + "\n"


def _rounded(row: np.ndarray) -> list[float]:
    return [round(float(value), 5) for value in row]
