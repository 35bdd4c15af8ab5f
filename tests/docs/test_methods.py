"""The worked examples of the method pages are executed, and print what they say."""

from __future__ import annotations

import doctest
from decimal import Decimal
from pathlib import Path

import pytest

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
EXECUTED = sorted(p for p in METHODS.glob("*.md") if ">>> " in p.read_text("utf-8"))


@pytest.mark.parametrize("page", EXECUTED, ids=lambda p: p.stem)
def test_worked_examples_give_what_the_page_says(page: Path) -> None:
    """Each page is one session: later examples may use the names of earlier ones."""
    told = doctest.testfile(str(page), module_relative=False, globs={"Decimal": Decimal})
    assert told.attempted
    assert not told.failed


@pytest.mark.parametrize(
    "family",
    [
        "concentration",
        "reliance",
        "eu-supply-risk",
        "governance",
        "geopolrisk",
        "usgs-supply-risk",
        "dependence",
        "rounding",
    ],
)
def test_every_family_of_measures_has_a_page_that_is_executed(family: str) -> None:
    assert METHODS / f"{family}.md" in EXECUTED
