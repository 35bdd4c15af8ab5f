"""The model of blocks, fitted: weights of marks, and the networks over the features."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import numpy as np

from lodewire.text.block_features import HintWeights, features_of
from lodewire.text.block_model import (
    BlockModel,
    Network,
    read_block_model,
    write_block_model,
)
from training.furniture import furnished_copies
from training.marks import MarkTotals, count_marks
from training.pages import LabelledPage

FOLDS = 5
_SEEDS = (0, 1, 2)
_HIDDEN = 32
_STRENGTH = 1.0  # of the penalty on large weights
_ROUNDS = 14  # over all blocks; more teach the pages by heart
_DROPPED = 0.15  # share of features blanked while fitting: no page shows all of them
_CLIP = 5.0


def fold_of(pages: Sequence[LabelledPage], folds: int = FOLDS) -> list[int]:
    """Return the fold of each page; pages of one host share theirs."""
    hosts = sorted({page.host for page in pages})
    np.random.default_rng(1).shuffle(hosts)
    places = {host: index % folds for index, host in enumerate(hosts)}
    return [places[page.host] for page in pages]


def fit_block_model(pages: Sequence[LabelledPage]) -> bytes:
    """Return the file of a model fitted on these pages and furnished copies of them."""
    counts = [count_marks(page) for page in pages]
    totals = MarkTotals(counts)
    rows = [
        (features_of(page.page, HintWeights(totals.weights(count))), page)
        for page, count in zip(pages, counts, strict=True)
        if page.page.texts
    ]
    weights = HintWeights(totals.weights())
    rows += [(features_of(copy.page, weights), copy) for copy in furnished_copies(pages)]
    return write_block_model(totals.weights(), _fit(rows))


def _fit(rows: Sequence[tuple[np.ndarray, LabelledPage]]) -> Network:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    table = np.concatenate([features for features, _ in rows])
    labels = np.concatenate([page.labels for _, page in rows])
    weights = np.concatenate([page.weights for _, page in rows])
    means, spread = table.mean(axis=0), table.std(axis=0)
    scales = np.where(spread > 1e-6, 1.0 / np.maximum(spread, 1e-6), 0.0)
    standard = np.clip((table - means) * scales, -_CLIP, _CLIP).astype(np.float32)
    blanked = np.random.default_rng(5).random(standard.shape, dtype=np.float32) < _DROPPED
    standard[blanked] = 0.0
    warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
    fitted = [
        MLPClassifier(
            (_HIDDEN,),
            alpha=_STRENGTH,
            max_iter=_ROUNDS,
            batch_size=256,
            learning_rate_init=2e-3,
            random_state=seed,
        ).fit(standard, labels, sample_weight=weights / weights.mean())
        for seed in _SEEDS
    ]
    return _side_by_side(means, scales, fitted)


def _side_by_side(means: np.ndarray, scales: np.ndarray, fitted: Sequence[object]) -> Network:
    coefs = [model.coefs_ for model in fitted]  # type: ignore[attr-defined]
    biases = [model.intercepts_ for model in fitted]  # type: ignore[attr-defined]
    hidden = coefs[0][0].shape[1]
    outer = np.zeros((hidden * len(fitted), len(fitted)))
    for index, (_, last) in enumerate(coefs):
        outer[index * hidden : (index + 1) * hidden, index] = last[:, 0]
    return Network(
        means=means.astype(np.float32),
        scales=scales.astype(np.float32),
        inner=np.concatenate([first for first, _ in coefs], axis=1).astype(np.float32),
        inner_bias=np.concatenate([first for first, _ in biases]).astype(np.float32),
        outer=outer.astype(np.float32),
        outer_bias=np.concatenate([last for _, last in biases]).astype(np.float32),
    )


def cross_fit(
    pages: Sequence[LabelledPage], tell: Callable[[int], None] = lambda fold: None
) -> list[BlockModel]:
    """Return for each page a model that was fitted without its fold; takes some minutes."""
    folds = fold_of(pages)
    models: list[BlockModel] = []
    for fold in range(FOLDS):
        others = [page for page, place in zip(pages, folds, strict=True) if place != fold]
        models.append(read_block_model(fit_block_model(others)))
        tell(fold)
    return [models[fold] for fold in folds]
