"""Silver lines are read exactly, and the shipped weights belong to the texts at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodewire.extraction.learned.features import words_of
from lodewire.extraction.learned.find import rate_types
from lodewire.extraction.learned.weights import FOLDER, load_model, unpack
from lodewire.model.vocabulary import EventType
from training.examples import examples_of, labelled_fillers
from training.fit import fit_tellings
from training.texts import digest_of, load_silver, load_texts, parse_line

LINE = (
    "1 disruption in_force a cause=strike ; 2 price_change reported a direction=up ||| A walkout "
    "at [1.site:Centinela] shut the [1.operator:Antofagasta] mine on [1.date:Monday] and sent "
    "[2.commodity:copper] up [2.change:2%]."
)


def test_a_silver_line_gives_its_text_and_its_events() -> None:
    """Marks are cut out, roles and choices gathered by number."""
    text = parse_line("x:1", LINE)
    assert text.text.startswith("A walkout at Centinela shut the Antofagasta mine on Monday")
    assert [e.type for e in text.events] == ["disruption", "price_change"]
    assert text.events[0].args == {
        "site": ("Centinela",),
        "operator": ("Antofagasta",),
        "date": ("Monday",),
        "cause": ("strike",),
    }
    assert text.events[1].args["direction"] == ("up",)


@pytest.mark.parametrize("line", ["no bars here", "1 tariff in_force ||| x", "none ||| a [mark] b"])
def test_a_faulty_line_is_refused_with_its_place(line: str, tmp_path: Path) -> None:
    """File and line are named."""
    (tmp_path / "bad.txt").write_text(f"none ||| Fine.\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"bad\.txt, line 2"):
        list(load_silver(tmp_path))


def test_candidates_of_an_example_get_the_roles_that_were_marked() -> None:
    """The mark "1.site" labels the mention at its place."""
    (example,) = examples_of([parse_line("x:1", LINE)])
    labels = {
        c.span.of(example.sentence.analysis.text): role
        for c, role in labelled_fillers(example.told[0], example)
    }
    assert labels["Monday"] == "date"
    assert labels["2%"] is None


def test_fitting_learns_to_tell_two_types_apart() -> None:
    """A hundred silver lines are enough to rate a strike over a price."""
    texts = [t for t in load_texts() if t.id.startswith("ops-0")][:300]
    model = unpack(fit_tellings(examples_of(texts)))
    example = examples_of([parse_line("x:1", LINE)])[0]
    scores = dict(zip(model.labels, model.scores(example.features), strict=True))
    assert scores["disruption"] > scores["resource_estimate"]


def test_the_shipped_weights_were_trained_on_the_texts_at_hand() -> None:
    """Whoever adds or changes a text runs `make train` too."""
    told = json.loads((FOLDER / "trained.json").read_text("utf-8"))
    assert told["digest"] == digest_of(load_texts())
    load_model.cache_clear()
    (example,) = examples_of([parse_line("x:1", LINE)])
    likely = rate_types(example.sentence, words_of(example.sentence))
    assert likely[EventType.DISRUPTION] > 0.5
