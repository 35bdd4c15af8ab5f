"""Source definitions of the sample newsroom, made ready for a desk."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lodewire.samples import newsroom_path
from lodewire.samples.server import local_url

_URL = re.compile(r"^(\s+url: )(https://\S+)$", re.MULTILINE)
_PATH = re.compile(r"^(\s+path: )(\S+)$", re.MULTILINE)


def copy_sources(target: Path, base_url: str | None = None) -> tuple[Path, ...]:
    """Write the newsroom's definitions to ``target/<publisher>/source.yml``; returns the files.

    With ``base_url`` (from `lodewire.samples.server.serve`) the channels point at the local
    server; without, they keep their ``.example`` addresses. Folder channels get absolute paths.
    """
    written: list[Path] = []
    for file in sorted((newsroom_path() / "sources").glob("*/source.yml")):
        copy = target / file.parent.name / file.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(_ready(file, base_url), encoding="utf-8")
        written.append(copy)
    return tuple(written)


def _ready(file: Path, base_url: str | None) -> str:
    def absolute(match: re.Match[str]) -> str:
        # JSON strings are YAML strings, so a blank or a colon in a home folder does no harm.
        place = str((file.parent / match[2]).resolve())
        return match[1] + json.dumps(place, ensure_ascii=False)

    text = _PATH.sub(absolute, file.read_text(encoding="utf-8"))
    if base_url is None:
        return text
    return _URL.sub(lambda match: match[1] + local_url(match[2], base_url), text)
