"""Copies of the ontology's data with one thing changed, for tests of what the loaders refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import lodewire.ontology

DATA = Path(lodewire.ontology.__file__).parent / "data"


def copy_data(target: Path, *patterns: str) -> Path:
    """Copy the data files that match the patterns into ``target`` and return it."""
    for pattern in patterns:
        for source in DATA.glob(pattern):
            shutil.copy(source, target / source.name)
    return target


def replace_once(path: Path, old: str, new: str) -> None:
    """Replace the one occurrence of ``old`` in the file; fails when it is not there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append_line(path: Path, line: str) -> int:
    """Append a line and return its number."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text + line + "\n", encoding="utf-8")
    return text.count("\n") + 1
