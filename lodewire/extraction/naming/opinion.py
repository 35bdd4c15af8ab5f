"""A second opinion on names that the votes leave undecided: a small linear model over clues.

Fitted by ``make train`` on the names of the gold's dev sets and of the silver sentences.
"""

from __future__ import annotations

import functools
import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from lodewire.model.vocabulary import MentionType

FILE = resources.files("lodewire.extraction.naming") / "data" / "names.bin"
KINDS = (MentionType.ORGANISATION, MentionType.SITE)
# Scores above which a name is taken: set so that what is gained outweighs what is made up.
BARS = (0.9, 0.2)


@dataclass(frozen=True, slots=True)
class Opinion:
    """A bias for each of ``KINDS``, and for each clue what it adds to their scores."""

    biases: tuple[float, float]
    weights: Mapping[str, tuple[float, float]]

    def scores(self, clues: Iterable[str]) -> tuple[float, float]:
        """Return how much speaks for an organisation and for a site; 0 is even."""
        organisation, site = self.biases
        for clue in clues:
            pair = self.weights.get(clue)
            if pair is not None:
                organisation += pair[0]
                site += pair[1]
        return organisation, site

    def judge(self, clues: Iterable[str], *, eager: float = 0.0) -> MentionType | None:
        """Return the kind whose score passes its bar, lowered by ``eager``; None for neither."""
        scores = self.scores(clues)
        best = 0 if scores[0] >= scores[1] else 1
        return KINDS[best] if scores[best] >= BARS[best] - eager else None


@functools.cache
def load_opinion() -> Opinion:
    """Return the model of the package."""
    told = json.loads(gzip.decompress(FILE.read_bytes()))
    weights = {clue: (pair[0], pair[1]) for clue, pair in told["weights"].items()}
    return Opinion((told["biases"][0], told["biases"][1]), weights)


def write_opinion(biases: Iterable[float], weights: Mapping[str, Iterable[float]]) -> bytes:
    """Return the file of a model, the same bytes for the same numbers."""
    kept = {c: [round(w, 2) for w in pair] for c, pair in sorted(weights.items())}
    told = {"biases": [round(b, 3) for b in biases], "weights": kept}
    return gzip.compress(json.dumps(told, separators=(",", ":")).encode(), mtime=0)
