"""docs/guides/charts.md shows every kind of chart, and its commands are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from lodewire.cli.chart import command
from lodewire.cli.main import cli

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "charts.md"
PAGE = GUIDE.read_text("utf-8")
COMMANDS = [
    line.split("#")[0]
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
    if "lodewire " in line and not line.startswith("pip")
]


@pytest.mark.parametrize("kind", command.commands)
def test_every_kind_has_a_picture_and_is_named(kind: str) -> None:
    """The pictures are small enough to ship."""
    assert f"lodewire chart {kind}" in PAGE
    picture = GUIDE.parent.parent / "pictures" / f"chart-{kind}.png"
    assert f"../pictures/{picture.name}" in PAGE
    assert picture.stat().st_size < 150_000


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_take_the_options_that_the_guide_gives_them(line: str) -> None:
    """Names of commands and options are those of the command line."""
    for part in line.split("|"):
        words = shlex.split(part.split(">")[0])
        if words[:1] != ["lodewire"] or words[1] not in ("chart", "trends"):
            continue
        at: click.Command = cli
        context = click.Context(cli)
        rest = words[1:]
        while isinstance(at, click.Group) and rest and not rest[0].startswith("-"):
            found = at.get_command(context, rest[0])
            assert found is not None, rest[0]
            at, rest = found, rest[1:]
        known = {name for p in at.get_params(context) for name in p.opts} | {"--help"}
        assert {w for w in rest if w.startswith("--")} <= known, line


def test_the_python_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands."""
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "charts.md", "exec"), {})
    assert (tmp_path / "cobalt.svg").read_text("utf-8").startswith("<svg ")
