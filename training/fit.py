"""Fitting the three linear models: what a sentence tells, closed roles, who plays which part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lodewire.extraction.learned.find import find_trigger, role_features
from lodewire.extraction.learned.weights import pack
from lodewire.model.vocabulary import EventType
from training.examples import Example, choice_label, labelled_fillers

_LEAST = 3  # positive examples that a label needs
_SMALL = 0.02  # weights below are left out of the file


def fit_tellings(examples: Sequence[Example], strength: float = 10.0) -> bytes:
    """One model a type over all sentences; where a sentence may tell it again, it is left out."""
    labels = [t.value for t in EventType]
    rows = [e.features for e in examples]
    told = [{g.type for g in e.told} for e in examples]
    targets = {
        label: [
            (i, label in told[i])
            for i, e in enumerate(examples)
            if label in told[i] or label not in e.open
        ]
        for label in labels
    }
    return _fit(rows, targets, strength)


def fit_choices(examples: Sequence[Example], strength: float = 10.0) -> bytes:
    """One model a value of each closed role, among the sentences that tell the type."""
    rows: list[list[str]] = []
    told: list[tuple[str, set[str]]] = []
    for example in examples:
        for event in example.told:
            marks = set(choice_label(event))
            if marks:
                rows.append(example.features)
                told.append((event.type, marks))
    labels = sorted({m for _, marks in told for m in marks})
    targets = {
        label: [
            (i, label in marks) for i, (type_, marks) in enumerate(told) if label.startswith(type_)
        ]
        for label in labels
    }
    return _fit(rows, targets, strength)


def fit_roles(examples: Sequence[Example], strength: float = 1.0) -> bytes:
    """One model a role over the candidates of sentences that tell one event of the type."""
    rows: list[list[str]] = []
    told: list[str | None] = []
    for example in examples:
        for event in example.told:
            if sum(e.type == event.type for e in example.told) > 1:
                continue
            type_ = EventType(event.type)
            trigger = find_trigger(example.words, type_)
            for candidate, role in labelled_fillers(event, example):
                rows.append(role_features(example.words, candidate, trigger, type_))
                told.append(role)
    labels = sorted({r for r in told if r is not None})
    targets = {label: [(i, r == label) for i, r in enumerate(told)] for label in labels}
    return _fit(rows, targets, strength)


def _fit(
    rows: Sequence[Iterable[str]],
    targets: Mapping[str, Sequence[tuple[int, bool]]],
    strength: float,
) -> bytes:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(row, 1.0) for row in rows])
    names = list(vectors.get_feature_names_out())
    labels: list[str] = []
    biases: list[float] = []
    weights: dict[str, dict[int, float]] = {}
    for label, target in targets.items():
        if sum(right for _, right in target) < _LEAST:
            continue
        index, right = zip(*target, strict=True)
        model = LogisticRegression(C=strength, solver="liblinear", random_state=0, max_iter=300)
        model.fit(matrix[list(index)], list(right))
        for name, weight in zip(names, model.coef_[0], strict=True):
            if abs(weight) >= _SMALL:
                weights.setdefault(name, {})[len(labels)] = float(weight)
        labels.append(label)
        biases.append(round(float(model.intercept_[0]), 4))
    return pack(labels, biases, weights)
