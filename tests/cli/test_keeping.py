"""move, backup, restore, prune: a desk's ledger kept, from the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import NOW, lodewire
from tests.postgres import Server

DAY = "2025-03-28"
SECRET = "s3cr3t"


def told(desk: Path) -> tuple[str, str]:
    """What a desk tells: its whole record, and the brief of the sample's day."""
    record = lodewire("export", "-d", desk).fine().out
    brief = lodewire("brief", "--day", DAY, "--now", NOW, "--format", "json", "-d", desk)
    return record, brief.fine().out


def database(desk: Path) -> str:
    lines = (desk / "desk.toml").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("database")]
    return line


def test_a_desk_moves_to_postgresql_and_back(desk: Path, postgres_server: Server) -> None:
    """With one command each way; every answer stays the same, byte for byte."""
    before = told(desk)
    settings = (desk / "desk.toml").read_text()
    url = postgres_server.new_database().replace("lodewire@", f"lodewire:{SECRET}@")
    outcome = lodewire("move", url, "-d", desk).fine()
    assert "every row compared" in outcome.out
    assert SECRET not in outcome.out + outcome.err
    assert database(desk) == f'database = "{url}"'
    (desk / "desk.db").rename(desk / "before.db")
    assert told(desk) == before
    doctor = lodewire("doctor", "-d", desk).fine()
    assert "ledger: sound" in doctor.out
    assert SECRET not in doctor.out
    hits = lodewire("search", "lithium", "--json", "-d", desk).fine().json
    assert lodewire("run", "--offline", "--day", DAY, "--now", NOW, "-w", "1", "-d", desk).code == 0
    assert "is up to date" in lodewire("init", desk).fine().out
    lodewire("move", "desk.db", "-d", desk).fine()
    assert told(desk) == before
    found = lodewire("search", "lithium", "--json", "-d", desk).fine().json
    urls = [
        {h["url"] for h in some["hits"]} if isinstance(some, dict) else {h["url"] for h in some}
        for some in (hits, found)
    ]
    assert urls[0] == urls[1] != set()
    assert (desk / "desk.toml").read_text().startswith(settings.splitlines()[0])


_SAID_ALIKE = (
    ("ledger", "--limit", "300", "--format", "csv"),
    ("ledger", "--type", "acquisition", "--amount", ">= 1 USD", "--sort", "amount"),
    ("ledger", "--commodity", "lithium", "--since", "2025-03-01", "--format", "jsonl"),
    ("ledger", "--role", "acquirer=MMG", "--rows", "values", "--format", "csv"),
    ("show", "Lofdal"),
    ("show", "MMG"),
    ("show", "Chile"),
    ("review", "list"),
    ("corrections",),
    ("search", "lithium", "--events", "--json"),
    ("search", "--topic", "mining-metals", "--organisation", "MMG", "--json"),
)


def test_every_command_says_the_same_on_either_engine(desk: Path, postgres_server: Server) -> None:
    """Byte for byte; and what is written there can be read there."""
    on_file = [lodewire(*call, "-d", desk).fine().out for call in _SAID_ALIKE]
    lodewire("move", postgres_server.new_database(), "-d", desk).fine()
    for call, said in zip(_SAID_ALIKE, on_file, strict=True):
        assert lodewire(*call, "-d", desk).fine().out == said, call
    lodewire("search", "lithium", "--save", "li", "-d", desk).fine()
    assert "Nothing new" in lodewire("search", "--saved", "li", "--new", "-d", desk).fine().out


def test_only_copied_the_desk_stays_where_it_is(desk: Path, tmp_path: Path) -> None:
    settings = (desk / "desk.toml").read_bytes()
    lodewire("move", tmp_path / "copy.db", "--keep", "-d", desk).fine()
    assert (desk / "desk.toml").read_bytes() == settings
    assert "there already" in lodewire("move", tmp_path / "copy.db", "-d", desk).refused()
    assert "there already" in lodewire("move", "desk.db", "-d", desk).refused()


def test_a_server_that_cannot_be_reached_is_told_without_the_password(
    new_desk: Path, tmp_path: Path
) -> None:
    url = f"postgresql://editor:{SECRET}@/desk?host={tmp_path}"
    assert SECRET not in lodewire("move", url, "-d", new_desk).refused()
    text = (new_desk / "desk.toml").read_text()
    (new_desk / "desk.toml").write_text(f'database = "{url}"\n' + text)
    for command in (["search", "x"], ["run", "--offline"], ["sources", "list"], ["prune"]):
        outcome = lodewire(*command, "-d", new_desk)
        assert SECRET not in outcome.out + outcome.err
        assert outcome.code == 1
    assert SECRET not in lodewire("doctor", "-d", new_desk).out


def test_another_engine_in_desk_toml_is_refused_without_the_password(new_desk: Path) -> None:
    text = (new_desk / "desk.toml").read_text()
    (new_desk / "desk.toml").write_text(f'database = "mysql://u:{SECRET}@h/d"\n' + text)
    said = lodewire("search", "x", "-d", new_desk).refused()
    assert "postgresql://" in said
    assert SECRET not in said


def test_a_backup_is_restored_where_the_ledger_was(desk: Path, tmp_path: Path) -> None:
    before, file = told(desk), tmp_path / "desk.backup"
    out = lodewire("backup", file, "-d", desk).fine().out
    assert "is sound" in out
    assert (tmp_path / "desk.backup.sha256").read_text().endswith("  desk.backup\n")
    assert "--replace" in lodewire("restore", file, "-d", desk).refused()
    for lost in desk.glob("desk.db*"):
        lost.unlink()
    assert "Restored" in lodewire("restore", file, "-d", desk).fine().out
    assert told(desk) == before
    lodewire("restore", file, "--replace", "-d", desk).fine()
    assert (desk / "desk.db.replaced").exists()
    (tmp_path / "desk.backup.sha256").unlink()
    out = lodewire("restore", file, "--replace", "-d", desk).fine().out
    assert "no desk.backup.sha256" in out


def test_a_backup_cannot_be_written_where_there_is_no_place(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    lodewire("backup", tmp_path / "file" / "x", "-d", desk).refused()
    (tmp_path / "notes").write_text("my notes")
    assert "no backup" in lodewire("backup", tmp_path / "notes", "-d", desk).refused()
    assert "no backup" in lodewire("restore", tmp_path / "notes", "-d", desk).refused()


_WITH_LITTLE_ROOM = (
    "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
    "from lodewire.cli.main import run; sys.exit(run(sys.argv[2:]))"
)


@pytest.mark.parametrize("command", ["backup", "move", "restore"])
def test_a_disk_that_takes_no_more_leaves_nothing_half_written(
    desk: Path, tmp_path: Path, command: str
) -> None:
    """No file may grow beyond half of what is needed."""
    lodewire("backup", tmp_path / "whole.backup", "-d", desk).fine()
    before = told(desk)
    target = tmp_path / ("whole.backup" if command == "restore" else "new.db")
    extra = ["--replace"] if command == "restore" else []
    room = (desk / "desk.db").stat().st_size // 2
    call = [command, str(target), *extra, "-d", str(desk)]
    done = subprocess.run(
        [sys.executable, "-c", _WITH_LITTLE_ROOM, str(room), *call],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("lodewire: ")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert not (tmp_path / "new.db").exists()
    assert not list(tmp_path.glob("*.part*"))
    assert sorted(f.name for f in desk.iterdir() if "restore" in f.name or "part" in f.name) == []
    assert told(desk) == before


class TestPrune:
    """``lodewire prune``."""

    CALL = ("prune", "--now", NOW)

    def test_old_captures_go_and_the_desk_tells_the_same(self, desk: Path) -> None:
        before = told(desk)
        call = (*self.CALL, "--captures-older-than", "0d", "-d", desk)
        later = "2026-03-28T21:00:00+00:00"
        assert "Nothing to drop" in lodewire(*call).fine().out
        call = ("prune", "--now", later, "--captures-older-than", "26w", "-d", desk)
        assert "Would drop" in lodewire(*call, "--dry-run").fine().out
        assert "Dropped" in lodewire(*call).fine().out
        assert "Nothing to drop" in lodewire(*call).fine().out
        assert told(desk) == before
        doctor = lodewire("doctor", "-d", desk).fine().out
        assert "dropped on purpose" in doctor
        assert "ledger: sound" in doctor
        lodewire("run", "--offline", "--day", DAY, "--now", NOW, "-w", "1", "-d", desk).fine()

    def test_a_sources_own_terms_decide_without_an_age(self, desk: Path) -> None:
        later = ("prune", "--now", "2026-03-28T21:00:00+00:00", "-d", desk)
        assert "keep_days" in lodewire(*later).refused()
        source = sorted((desk / "sources").glob("*/source.yml"))[0]
        with source.open("a") as file:
            file.write("\nkeep_days: 30\n")
        would = lodewire(*later, "--dry-run").fine().out
        everything = lodewire(*later, "--captures-older-than", "30", "--dry-run").fine().out
        assert would != everything
        assert "Dropped" in lodewire(*later).fine().out

    @pytest.mark.parametrize("age", ["", "old", "-3d", "3 fortnights", "1.5y"])
    def test_an_age_is_a_number_and_a_unit(self, new_desk: Path, age: str) -> None:
        outcome = lodewire("prune", "--captures-older-than", age, "-d", new_desk)
        assert outcome.code == 2
        assert "90d" in outcome.err

    def test_an_empty_ledger_has_nothing_to_drop(self, new_desk: Path) -> None:
        outcome = lodewire("prune", "--captures-older-than", "1y", "-d", new_desk)
        assert outcome.fine().out == "Nothing to drop.\n"
