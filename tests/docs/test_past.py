"""The example in docs/guides/past.md works as printed, and its settings are those of a desk."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from lodewire.config.desk import LifeChoice

PAGE = (Path(__file__).parents[2] / "docs" / "guides" / "past.md").read_text("utf-8")


def test_the_example_of_the_past_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    exec(compile(code, "past.md", "exec"), {"__name__": "example"})


def test_the_settings_shown_load() -> None:
    (table,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    life = LifeChoice.model_validate(tomllib.loads(table)["life"])
    assert life.talks
    assert life.pending
