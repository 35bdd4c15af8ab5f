"""Scores with their reasons: what a resolver says of two things, before it is a judgement."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.model.vocabulary import Opinion

#: Author of the judgements made here; the number goes up when the rules change.
AUTHOR = "resolve/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How likely two things are one, 0..1, what follows, and why in plain words.

    ``forbidden`` tells that something speaks against it that no other agreement outweighs.
    """

    value: float
    opinion: Opinion
    reasons: tuple[str, ...] = ()
    forbidden: bool = False
