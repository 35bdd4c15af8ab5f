"""The entry point: help at once, exit codes, errors told and never raised."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from lodewire.cli import main as entry
from lodewire.cli.main import COMMANDS, cli
from tests.cli.command import lodewire

_COUNT = """
import sys, json
from lodewire.cli.main import run
code = run(sys.argv[1:])
print()
print(json.dumps([code, sorted(sys.modules)]))
"""


def _modules(*arguments: str) -> list[str]:
    """What a process has imported after running a command."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNT, *arguments], capture_output=True, check=True, timeout=60
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0
    return list(modules)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_but_the_entry_point(arguments: list[str]) -> None:
    """No command, no stage, no library but click: this is what keeps it instant."""
    modules = _modules(*arguments)
    own = [m for m in modules if m.split(".")[0] == "lodewire"]
    assert own == ["lodewire", "lodewire.cli", "lodewire.cli.main"]
    heavy = {"rich", "pydantic", "sqlalchemy", "httpx", "lxml", "jinja2", "yaml", "asyncio", "ssl"}
    assert not heavy & {m.split(".")[0] for m in modules}
    assert len(modules) < 260


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_of_a_command_imports_no_stage(name: str) -> None:
    """A command is described before its libraries are loaded."""
    own = {".".join(m.split(".")[:2]) for m in _modules(name, "--help")}
    assert not own & {
        f"lodewire.{stage}"
        for stage in "collect text stories extraction resolve ledger analytics publish".split()
    }


def _all_commands() -> dict[str, click.Command]:
    context = click.Context(cli, info_name="lodewire")
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= {f"{name} {sub}": one for sub, one in command.commands.items()}
        else:
            found[name] = command
    return found


@pytest.mark.parametrize("name", sorted(_all_commands()))
def test_every_command_explains_itself_with_examples(name: str) -> None:
    """What it does, every option with a word on it, and an example that names the command."""
    command = _all_commands()[name]
    out = lodewire(*name.split(), "--help").fine().out
    assert "Examples:" in out
    assert f"  lodewire {name}" in out
    assert (command.help or "").strip().endswith((".", "…")) or "\n" in (command.help or "")
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            assert option.help, f"{name}: {option.opts}"


def test_the_first_help_names_every_command_in_one_line() -> None:
    """And says what the exit codes mean."""
    out = lodewire("--help").fine().out
    for name, (_, line) in COMMANDS.items():
        assert name in out
        assert line in out
    assert "LODEWIRE_DEBUG=1" in out


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    """Exit code 2, and the word that was meant."""
    outcome = lodewire("serach", "lithium")
    assert outcome.code == 2
    assert "Did you mean 'search'?" in outcome.err
    assert lodewire("xyzzy").code == 2


class _Broken:
    @staticmethod
    def main(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by\nnothing")


def test_a_mistake_of_our_own_asks_to_be_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 70, two lines, no traceback."""
    monkeypatch.setattr(entry, "cli", _Broken)
    outcome = lodewire("read", "x")
    assert outcome.code == 70
    assert outcome.err.splitlines()[0] == "lodewire: unforeseen ZeroDivisionError: by nothing"
    assert "Please report it" in outcome.err
    assert "Traceback" not in outcome.err


def test_debugging_shows_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    """LODEWIRE_DEBUG=1 adds the traceback, for errors that are told as well."""
    assert "Traceback" in lodewire("read", "/nothing", env={"LODEWIRE_DEBUG": "1"}).err
    assert "Traceback" not in lodewire("read", "/nothing", env={"LODEWIRE_DEBUG": "0"}).err
    monkeypatch.setattr(entry, "cli", _Broken)
    assert "Traceback" in lodewire("read", "x", env={"LODEWIRE_DEBUG": "1"}).err


def test_stopping_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C gives one line and 130."""

    class Stopped:
        @staticmethod
        def main(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(entry, "cli", Stopped)
    outcome = lodewire("run")
    assert outcome.code == 130
    assert outcome.err.startswith("Stopped.")


def test_a_terminal_of_another_charset_gets_what_it_can_show(tmp_path: Path) -> None:
    """Characters that it lacks are written as codes; JSON stays JSON."""
    page = tmp_path / "page.txt"
    page.write_text("中国 — Lithium prices rose 3% in China on Tuesday, said Albemarle.")
    for form in ("text", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "lodewire.cli.main", "read", str(page), "--format", form],
            env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        if form == "json":
            assert "中国" in json.loads(done.stdout)["documents"][0]["text"]
