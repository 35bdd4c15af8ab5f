"""Signs of a change: "-0.05" in a table is 0.05 downwards."""

from __future__ import annotations

import re
from dataclasses import replace

from lodewire.extraction.drafts import Filler
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity

_SIGN = re.compile(r"[+\-−–]\s?(?=[^\s+\-−–])")


def unsigned(change: Filler, text: str) -> Filler:
    """Return the amount of a change without the sign that its direction tells already."""
    if not isinstance(change, Span | Quantity):
        return change
    span = change if isinstance(change, Span) else change.span
    sign = _SIGN.match(text, span.start, span.end)
    if sign is None:
        return change
    bare = Span(sign.end(), span.end)
    if isinstance(change, Span):
        return bare
    if change.value is None or change.core.end <= bare.start:
        return change
    core = Span(max(change.core.start, bare.start), change.core.end)
    return replace(change, span=bare, core=core, text=bare.of(text), value=abs(change.value))
