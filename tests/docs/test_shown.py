"""Commands shown in the pages on own exposure, promises, collisions and forecasts hold true."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.shown import DOCS, PAGES, sample_desk, with_outputs
from lodewire.config.desk import OwnChoice


@pytest.fixture(scope="module")
def sample() -> Iterator[Path]:
    """The desk of ``lodewire demo``."""
    with sample_desk() as desk:
        yield desk


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_its_commands_print(page: str, sample: Path, tmp_path: Path) -> None:
    """`python -m docs.shown` would change nothing."""
    text = (DOCS / page).read_text("utf-8")
    assert "$ lodewire " in text
    assert with_outputs(text, sample, tmp_path) == text, "run `python -m docs.shown`"


def test_the_settings_shown_load() -> None:
    text = (DOCS / PAGES[0]).read_text("utf-8")
    (table,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    choice = OwnChoice.model_validate(tomllib.loads(table)["own"])
    assert choice.thresholds["dysprosium"] < choice.threshold


def test_the_worked_score_is_what_the_factors_give() -> None:
    """0.76 × 0.66, as the guide works it out."""
    text = (DOCS / PAGES[0]).read_text("utf-8")
    assert "0.76 × 0.66 = 0.5016" in text
    assert round((0.2 + 0.8 * 0.7) * (0.6 + 0.4 * 540_000 / 3_600_000), 4) == 0.5016
