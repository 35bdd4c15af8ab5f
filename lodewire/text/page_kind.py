"""What type of page it is: an article, or one of those that are not read as articles.

A linear model over the signs of a page (``lodewire.text.page_signs``), fitted with the model of
blocks by ``make train``; its figures are in docs/decisions/0030-own-main-text.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from lodewire.text.metadata import PageMetadata
from lodewire.text.page_signs import signs_of
from lodewire.text.scan import Scan

FILE = files("lodewire.text") / "data/page_kinds.json"
ARTICLE = "article"
DOUBT = 0.1  # probability of being an article under which a page is none
_CLIP = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindModel:
    """One row of weights a kind; signs are centred by ``means`` and scaled by ``scales``."""

    kinds: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]

    def probabilities(self, signs: Sequence[float]) -> dict[str, float]:
        """Return a probability for each kind."""
        standard = [
            max(-_CLIP, min(_CLIP, (sign - mean) * scale))
            for sign, mean, scale in zip(signs, self.means, self.scales, strict=True)
        ]
        scores = [
            bias + sum(w * s for w, s in zip(row, standard, strict=True))
            for row, bias in zip(self.weights, self.biases, strict=True)
        ]
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        return {kind: odd / sum(odds) for kind, odd in zip(self.kinds, odds, strict=True)}


@cache
def load_kind_model() -> KindModel:
    """Return the model of the package."""
    return read_kind_model(FILE.read_text("utf-8"))


def read_kind_model(file: str) -> KindModel:
    """Return the model that a file of ``training/page_kinds.py`` holds."""
    told = json.loads(file)
    return KindModel(
        kinds=tuple(told["kinds"]),
        means=tuple(told["means"]),
        scales=tuple(told["scales"]),
        weights=tuple(tuple(row) for row in told["weights"]),
        biases=tuple(told["biases"]),
    )


def kind_of(
    page: Scan,
    metadata: PageMetadata,
    url: str,
    chosen: Sequence[int],
    model: KindModel | None = None,
) -> str:
    """Return "article", or the likeliest other kind where a page is hardly an article.

    Kinds: listing, collection, product, forum, documentation, service. ``chosen`` are the blocks
    taken for main text.
    """
    likely = (model or load_kind_model()).probabilities(signs_of(page, metadata, url, chosen))
    if likely[ARTICLE] >= DOUBT:
        return ARTICLE
    return max((kind for kind in likely if kind != ARTICLE), key=likely.__getitem__)
