"""The cue words around unlisted names, from ``naming/data/cues.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources


@functools.cache
def load_cues() -> Mapping[str, frozenset[str]]:
    """Return cue list name -> lower-case words."""
    folder = resources.files("lodewire.extraction.naming") / "data"
    raw = tomllib.loads((folder / "cues.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in raw.items()}
