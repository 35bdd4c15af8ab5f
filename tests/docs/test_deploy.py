"""What lies in deploy/ fits the program: commands, options, ports, paths, variables, sections."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from docs.build import FOLDER
from lodewire.cli.main import COMMANDS
from lodewire.cli.serve import command as serve
from lodewire.config.desk import load_desk
from lodewire.ledger.store import open_ledger
from lodewire.model.schedule import Job
from lodewire.web.metrics import schedule_text

ROOT = FOLDER.parents[1]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
UNITS = sorted(DEPLOY.glob("lodewire*.service")) + sorted(DEPLOY.glob("lodewire*.timer"))
_CALL = re.compile(r"(?:^|[/`\s])lodewire ([a-z][a-z-]*[^\n#'`]*)", re.MULTILINE)


def calls(text: str) -> Iterator[str]:
    for found in _CALL.finditer(text):
        if found[1].split()[0] in COMMANDS:
            yield found[1]


def check_call(call: str) -> None:
    """The command is there, and knows each option."""
    words = call.split()
    name = words.pop(0)
    module = import_module(f"lodewire.cli.{COMMANDS[name][0]}")
    command: click.Command = module.command
    while isinstance(command, click.Group) and words:
        found = command.commands.get(words[0])
        assert found is not None, call
        command = found
        words.pop(0)
    known = {option for parameter in command.params for option in parameter.opts}
    for word in words:
        if word.startswith("--"):
            assert word in known, f"{call}: {word}"


@pytest.mark.parametrize("file", [*sorted(DEPLOY.iterdir()), ROOT / "docs" / "deploy.md"],
                         ids=lambda f: f.name)  # fmt: skip
def test_commands_are_those_of_the_program(file: Path) -> None:
    """Wherever one is named; and each file is told of in the guide."""
    for call in calls(file.read_text("utf-8")):
        check_call(call)
    assert file.name in GUIDE or file.suffix == ".md" or "lodewire-backup.*" in GUIDE


def test_the_check_of_commands_can_fail() -> None:
    """It sees commands in units and in the guide, and refuses an option that is none."""
    assert len(list(calls(GUIDE))) > 5
    (backup,) = calls((DEPLOY / "lodewire-backup.service").read_text("utf-8"))
    assert backup.startswith("backup /var/lib/")
    with pytest.raises(AssertionError, match="--dsek"):
        check_call("serve --dsek /srv/desk")
    with pytest.raises(AssertionError):
        check_call("campaign sent 2025-03-28")


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_units_are_units(unit: Path, tmp_path: Path) -> None:
    """They parse, and systemd finds nothing wrong where it is installed."""
    parsed = configparser.RawConfigParser(strict=False)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(unit.read_text("utf-8"))
    assert parsed["Unit"]["Description"]
    if unit.name == "lodewire.service":
        assert parsed["Service"]["KillMode"] == "mixed", "only the site ends its jobs"
    if shutil.which("systemd-analyze") is None:
        return
    program = tmp_path / "lodewire"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for file in UNITS:
        text = file.read_text("utf-8").replace("/opt/lodewire/bin/lodewire", str(program))
        (tmp_path / file.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "lodewire" in line]
    assert ours == [], done.stderr


def test_proxies_lead_to_the_port_and_hide_the_metrics() -> None:
    """As the site listens by itself, and in the container."""
    port = next(p for p in serve.params if p.name == "port").default
    for name in ("Caddyfile", "nginx.conf"):
        text = (DEPLOY / name).read_text("utf-8")
        assert f"127.0.0.1:{port}" in text
        assert "/metrics" in text
        assert text.count("{") == text.count("}")
    container = (DEPLOY / "Containerfile").read_text("utf-8")
    assert f"EXPOSE {port}" in container
    assert f"127.0.0.1:{port}/ready" in container
    assert "/hooks/payments" in GUIDE
    from lodewire.web import acts

    assert "/hooks/payments" in Path(acts.__file__).read_text("utf-8")


def test_nginx_reads_its_file(tmp_path: Path) -> None:
    """Without the certificates, which are yours."""
    nginx = shutil.which("nginx")
    if nginx is None:
        pytest.skip("nginx is not installed")
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = re.sub(r"^\s*ssl_certificate.*$", "", text, flags=re.MULTILINE)
    (tmp_path / "desk.conf").write_text(text.replace("443 ssl", "443"))
    whole = f"pid {tmp_path}/pid; error_log stderr;\nevents {{}}\nhttp {{\n access_log off;\n"
    (tmp_path / "nginx.conf").write_text(f"{whole} include {tmp_path}/desk.conf;\n}}\n")
    done = subprocess.run(
        [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_container_copies_and_installs_what_is_there() -> None:
    """Files of the project, extras of the package, a command that serve knows."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    for line in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()), line
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for extras in re.findall(r"'\.\[([a-z,]+)\]'", text + GUIDE):
        assert set(extras.split(",")) <= set(project["optional-dependencies"])
    (words,) = re.findall(r"^CMD \[(.*)\]$", text, re.MULTILINE)
    check_call(" ".join(w.strip(' "') for w in words.split(",")))


def test_settings_and_variables_are_the_desks_own(tmp_path: Path) -> None:
    """The guide's desk.toml loads; every secret is one that the desk asks for."""
    (settings,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "desk.toml").write_text(settings)
    desk = load_desk(tmp_path)
    assert desk.schedule.on
    asked = {
        desk.newsletter.password_env,
        desk.newsletter.hooks_env,
        desk.accounts.payments_env,
        desk.channels.telegram_token_env,
    }
    named = re.findall(r"^#?([A-Z_]+)=$", (DEPLOY / "lodewire.env").read_text("utf-8"), re.M)
    assert set(named) - {"PGPASSWORD"} == asked


def test_measures_named_in_the_guide_are_told(tmp_path: Path) -> None:
    """By the metrics of a desk whose run has ended."""
    from datetime import UTC, datetime, timedelta

    now = datetime(2026, 5, 1, tzinfo=UTC)
    with open_ledger(tmp_path / "desk.db", create=True) as ledger:
        taken = ledger.schedule.take(
            Job.RUN, now, holder="x", now=now, until=now + timedelta(minutes=1)
        )
        assert taken is not None
        assert 'lodewire_schedule_running{job="run"} 1\n' in schedule_text(ledger, now)
        ledger.schedule.settle(taken, code=0, at=now)
        told = schedule_text(ledger, now)
    for name in re.findall(r"`(lodewire_schedule_\w+\{job=\"run\"\})`", GUIDE):
        assert f"{name} " in told
    assert f"{int(now.timestamp())}\n" in told
