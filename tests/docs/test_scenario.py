"""The worked examples of docs/methods/scenario.md hold, and the page names every kind of change."""

from __future__ import annotations

import re
from pathlib import Path

from lodewire.model.scenario import CHANGES

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "scenario.md").read_text("utf-8")


def test_the_worked_examples_hold() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(blocks) == 3
    exec(compile("\n".join(blocks), "scenario.md", "exec"), {"__name__": "example"})


def test_every_kind_stands_in_the_table_in_the_order_of_combination() -> None:
    assert re.findall(r"^\| `(\w+)`", PAGE, flags=re.MULTILINE) == [c.kind for c in CHANGES]
