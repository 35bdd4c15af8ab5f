"""The demo: a desk built from the sample newsroom, over real HTTP on this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

from lodewire.config.desk import DESK_FILE, DeskConfig, load_desk
from lodewire.config.source import select_sources
from lodewire.errors import ConfigError
from lodewire.ledger import open_ledger
from lodewire.model.brief import Brief
from lodewire.pipeline.run import RunReport, run_desk
from lodewire.samples import NEWSROOM_DAY, NEWSROOM_NOW, newsroom_path
from lodewire.samples.server import public_url, serve
from lodewire.samples.sources import copy_sources
from lodewire.workbench.progress import Progress, silent

# The newsroom is served by this process, so no host needs to be spared; its archive is years old.
_SETTINGS = """
sample = true

[sources]
shipped = false
folders = ["sources"]

[collect]
per_host = 8
min_delay_seconds = 0.0
max_age_days = 3650
"""


class _AsPublished:
    """The server rewrites links to this machine; what is kept has the publishers' addresses."""

    def __init__(self, base: str) -> None:
        self._base = base

    def address(self, address: str) -> str:
        return public_url(address, self._base)

    def body(self, body: bytes) -> bytes:
        return body.replace(f"{self._base}/".encode(), b"https://")


def prepare_folder(folder: Path, *, fresh: bool = False) -> None:
    """Make the sample desk's folder; ``fresh`` throws an earlier sample desk in it away.

    Raises ConfigError for the folder of another desk, which is never touched.
    """
    if (folder / DESK_FILE).exists() and not load_desk(folder).sample:
        raise ConfigError(
            f"{folder} holds a desk of your own; the sample is not built over it.",
            hint="Choose another folder with --folder.",
        )
    try:
        if fresh and (folder / DESK_FILE).exists():
            _throw_away(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DESK_FILE).write_text(
            f'name = "Sample desk"\ncontact = "sample@lodewire.example"\n{_SETTINGS}',
            encoding="utf-8",
        )
    except OSError as error:
        raise ConfigError(
            f"{folder}: cannot be written: {error.strerror or error}.",
            hint="Choose another folder with --folder.",
        ) from error


def _throw_away(folder: Path) -> None:
    """Remove what an earlier demo made, and nothing else."""
    for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "sources", ignore_errors=True)


def run_sample(
    folder: Path, *, workers: int | None = None, progress: Progress = silent
) -> tuple[RunReport, Brief, DeskConfig]:
    """Build (or go on with) the sample desk in ``folder`` and compose the sample day's brief."""
    prepare_folder(folder)
    with serve(newsroom_path() / "www") as base:
        copy_sources(folder / "sources", base)
        desk = load_desk(folder)
        sources = select_sources(desk, day=NEWSROOM_DAY)
        with open_ledger(desk.ledger_place, create=True) as ledger:
            report, brief = run_desk(
                ledger,
                desk,
                sources,
                now=NEWSROOM_NOW,
                day=NEWSROOM_DAY,
                workers=workers,
                relabel=_AsPublished(base),
                progress=progress,
            )
    return report, brief, desk
