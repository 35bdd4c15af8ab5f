"""Where a time told in front ends and the thing that is priced begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.model.entity import Mention

_TIME = re.compile(
    r"(?:(?:the|this|early|late|later|past|last|same|latest|morning|afternoon|first|second|third|fourth|"
    r"whole|full) )*(?:day|week|month|quarter|year|half|session|trade|trading|dealings|hours) "
)
_TIMED = frozenset("in on over for during across".split())


def after_time(sentence: Sentence, chunk: Chunk, start: int, mentions: Sequence[Mention]) -> int:
    """Return where the words after a time begin: "In early trade copper eased" is told of copper.

    ``start`` where the phrase opens with no time, or none of ``mentions`` stands behind it.
    """
    before = sentence.chunks[chunk.index - 1] if chunk.index else None
    if before is None or before.kind is not Kind.PREP or before.lower not in _TIMED:
        return start
    time = _TIME.match(sentence.analysis.text, start, chunk.span.end)
    named = time is not None and any(m.span.start >= time.end() for m in mentions)
    return time.end() if time is not None and named else start
