"""Where the phrase of a priced thing begins."""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.tokens import Tag, Token


def first_word(sentence: Sentence, chunk: Chunk) -> int:
    """Where the phrase begins, with what stands before a date: "the most-traded May contract"."""
    first = chunk
    before = sentence.chunks[chunk.index - 1] if chunk.index else None
    if before is not None and before.lower in ("realized", "realised"):
        return before.span.start
    while first.index and _joins(sentence.chunks[first.index - 1], first):
        first = sentence.chunks[first.index - 1]
    aside = (Tag.DET, Tag.POSS, Tag.QUANTITY)  # "[3.6 percent] cerium oxide" is two phrases
    tokens = [t for t in first.tokens if t.tag not in aside] or first.tokens
    return _skip_possessor(first, tokens).span.start


def _skip_possessor(chunk: Chunk, tokens: Sequence[Token]) -> Token:
    return tokens[0] if tokens[0].lower not in ("its", "their") else (tokens[1:] or tokens)[0]


def _joins(left: Chunk, right: Chunk) -> bool:
    if left.kind is not Kind.NP or left.is_pronoun:
        return False
    month = left.is_date and len(left.tokens) == 1 and left.lower in _MONTHS  # "April gold"
    return right.is_date or (left.is_date and (len(right.tokens) > 1 or month))


_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
