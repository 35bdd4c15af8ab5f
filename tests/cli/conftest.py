"""A desk built once from the sample newsroom, and copies of it to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lodewire.pipeline.sample import run_sample


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample desk; tests must not change it."""
    folder = tmp_path_factory.mktemp("built") / "desk"
    run_sample(folder, workers=1)
    return folder


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Path:
    """A copy of the sample desk that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "desk"))


@pytest.fixture
def new_desk(tmp_path: Path) -> Path:
    """A new desk without sources and without documents."""
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "desk.toml").write_text(
        'name = "New"\ncontact = "desk@example.org"\n[sources]\nshipped = false\n'
        "[collect]\nmin_delay_seconds = 0.0\n",
        encoding="utf-8",
    )
    from tests.cli.command import lodewire

    lodewire("init", folder).fine()
    return folder
