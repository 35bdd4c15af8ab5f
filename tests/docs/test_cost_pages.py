"""Every example of the pages on landed cost and prices works as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

METHODS = Path(__file__).parents[2] / "docs" / "methods"
EXAMPLES = [
    (page, number, code)
    for page in ("landed-cost.md", "prices.md")
    for number, code in enumerate(
        re.findall(r"```python\n(.*?)```", (METHODS / page).read_text("utf-8"), flags=re.DOTALL)
    )
]


@pytest.mark.parametrize(
    ("page", "code"), [(p, c) for p, _, c in EXAMPLES], ids=[f"{p}-{n}" for p, n, _ in EXAMPLES]
)
def test_the_examples_run(page: str, code: str) -> None:
    exec(compile(code, page, "exec"), {"__name__": "example"})


def test_the_pages_hold_examples() -> None:
    assert len(EXAMPLES) == 5
