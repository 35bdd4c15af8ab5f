"""The worked examples of docs/methods/scenario.md hold, and the page names every kind of change."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from lodewire.model.scenario import CHANGES
from tests.cli.command import lodewire

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "methods" / "scenario.md").read_text("utf-8")
GUIDE = (DOCS / "guides" / "scenarios.md").read_text("utf-8")


def test_the_worked_examples_hold() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(blocks) == 3
    exec(compile("\n".join(blocks), "scenario.md", "exec"), {"__name__": "example"})


def test_every_kind_stands_in_the_table_in_the_order_of_combination() -> None:
    assert re.findall(r"^\| `(\w+)`", PAGE, flags=re.MULTILINE) == [c.kind for c in CHANGES]


def test_the_guide_s_example_holds() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", GUIDE, flags=re.DOTALL)
    exec(compile(block, "scenarios.md", "exec"), {"__name__": "example"})


def test_the_guide_s_assumptions_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command line on the page is run as it stands, but for the wrapped lines."""
    monkeypatch.chdir(tmp_path)
    text = GUIDE.replace("\\\n", " ")
    lines = re.findall(r"^lodewire (scenario run --.*)$", text, flags=re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        out = lodewire(*shlex.split(line), "--draws", "20").fine().out
        assert "before" in out


def test_the_guide_names_every_key_of_the_json() -> None:
    run = ("scenario", "run", "--commodity", "cobalt", "--stage", "mining", "--ban", "CD: 0..0.3")
    told = lodewire(*run, "--draws", "20", "--format", "json").fine().json
    measure = told["measures"][0]
    keys = {*told, *told["active"][0], *measure, *measure["before"], *measure["interval"]} - {
        "version"
    }
    table = GUIDE[GUIDE.index("| key | what |") :]
    assert keys <= set(re.findall(r"`(\w+)`", table))
