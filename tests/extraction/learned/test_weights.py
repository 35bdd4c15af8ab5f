"""Weights survive their file, and scores are sums of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import OntologyError
from lodewire.extraction.learned.weights import load_model, pack, probability, unpack

LABELS = ("tariff", "permit")
_WEIGHT = st.floats(-20, 20)
_WEIGHTS = st.dictionaries(
    st.text(max_size=12), st.dictionaries(st.integers(0, 1), _WEIGHT, max_size=2), max_size=30
)


@given(_WEIGHTS)
def test_a_packed_model_scores_as_its_weights_say(weights: dict[str, dict[int, float]]) -> None:
    """Every weight comes back to within its 1/256 step."""
    model = unpack(pack(LABELS, (0.5, -1.0), weights))
    assert model.labels == LABELS
    for feature, told in weights.items():
        scores = model.scores([feature])
        for label, bias in enumerate((0.5, -1.0)):
            assert scores[label] == pytest.approx(bias + told.get(label, 0.0), abs=0.01)
            assert model.weight(feature, label) == pytest.approx(told.get(label, 0.0), abs=0.01)


def test_an_unknown_feature_adds_nothing() -> None:
    """A word never seen leaves the bias as it is."""
    model = unpack(pack(LABELS, (0.5, -1.0), {"u duty": {0: 2.0}}))
    assert model.scores(["u moon"]) == [0.5, -1.0]
    assert model.scores(["u duty", "u moon"])[0] == pytest.approx(2.5)


def test_a_file_that_holds_no_weights_is_refused_with_what_to_do() -> None:
    """A truncated checkout or a pointer file must not read as an empty model."""
    with pytest.raises(OntologyError, match="make train"):
        unpack(b"version https://git-lfs", "tellings.bin")


def test_probabilities_are_bounded_at_any_score() -> None:
    """No overflow, whatever the sum."""
    assert probability(-1e9) == 0.0
    assert probability(1e9) == 1.0
    assert probability(0.0) == 0.5


def test_the_package_ships_its_models_and_they_are_small() -> None:
    """Three models, all seventeen types, closed roles and open ones."""
    assert len(load_model("tellings").labels) == 17
    assert "price_change direction up" in load_model("choices").labels
    assert {"operator", "site", "value"} <= set(load_model("roles").labels)
