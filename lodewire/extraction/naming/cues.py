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


@functools.cache
def cue_union(*names: str) -> frozenset[str]:
    """Return the words of several lists together."""
    return frozenset().union(*(load_cues()[name] for name in names))


@functools.cache
def cue_endings(name: str) -> tuple[str, ...]:
    """Return a list as the endings of what stands before a name: with a space, and with "the"."""
    phrases = sorted(load_cues()[name])
    return (*(f"{p} " for p in phrases), *(f"{p} the " for p in phrases))
