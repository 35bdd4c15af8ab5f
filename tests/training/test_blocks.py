"""Pages to learn blocks from: labels, furniture, and a model that is fitted and read back."""

from __future__ import annotations

import numpy as np
import pytest

from lodewire.errors import OntologyError
from lodewire.text.block_features import features_of
from lodewire.text.block_model import load_block_model, read_block_model
from lodewire.text.scan import scan
from training.furniture import Furnisher, Stock
from training.pages import label

STORY = [
    "The smelter in Norway will cut a third of its output because power is dear.",
    "Outlook",
    "Its owner said on Monday that the line could be started again within a month.",
    "Analysts expect the price of aluminium to rise in the second half of the year.",
]
PAGE = (
    "<nav><a href=/>Home page</a></nav><main>" + "".join(f"<p>{p}</p>" for p in STORY) + "</main>"
)


def test_blocks_are_labelled_by_the_words_they_share_with_the_truth() -> None:
    page = scan(PAGE + "<p>Read this next</p>")
    labels, weights = label(page, "\n".join(STORY))
    assert labels.tolist() == [False, True, True, True, True, False]
    assert weights.sum() == pytest.approx(1.0)
    assert weights[1] > weights[2]


def test_furniture_goes_between_paragraphs_and_changes_no_label_of_the_text() -> None:
    truth = "\n".join(STORY)
    stock = Stock(
        ["A paragraph of another page that says something else at length."], ["A headline"]
    )
    furnished = Furnisher(stock, 1).furnish(PAGE, truth)
    assert furnished == Furnisher(stock, 1).furnish(PAGE, truth)
    page = scan(furnished)
    labels, _ = label(page, truth)
    assert len(page.texts) > 5
    assert [text for text, own in zip(page.texts, labels, strict=True) if own] == STORY


def test_the_packaged_model_fits_the_features_and_finds_the_story() -> None:
    model = load_block_model()
    page = scan(PAGE)
    features = features_of(page, model.weights)
    assert features.shape == (5, len(model.network.means))
    assert np.isfinite(features).all()
    likely = model.probabilities(page)
    assert likely[0] == min(likely) < 0.1


def test_a_broken_file_of_weights_says_how_to_write_it_anew() -> None:
    with pytest.raises(OntologyError, match="make train"):
        read_block_model(b"no weights")
