"""The main text of a page: the blocks that the model takes for it, then the rules of cleaning.

One pass over the source (``lodewire.text.scan``), one learned model of blocks
(``lodewire.text.block_model``). Measured in ``benchmarks/text.py`` and ``evaluation/main_text.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from lodewire.text.blocks import Block, BlockKind, blocks_of
from lodewire.text.boilerplate import looks_like_sentence
from lodewire.text.cleaning import PageFrame, clean_blocks
from lodewire.text.scan import Scan

if TYPE_CHECKING:
    from lodewire.text.block_model import BlockModel

INSIDE, OUTSIDE = 0.25, 0.85  # probabilities from which a block is main text
_HOLDING = frozenset("html body main article section div td dd center form".split())
_THIN = 300  # characters of main text under which the whole page is looked at
_CRUMB = 80  # characters; sentences shorter than this are no article


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """The blocks of the article, and how they were found: "model" or "whole"."""

    blocks: tuple[Block, ...]
    method: str


def read_main_text(
    page: Scan, frame: PageFrame, chosen: Sequence[int] | None = None, shared: Collection[str] = ()
) -> MainText:
    """Return the article's blocks; ``chosen`` is what ``choose`` returned, if at hand.

    ``shared`` are lines that other pages of its host print too: they are no main text. Where the
    model finds next to nothing, everything visible that reads like text is taken.
    """
    found = blocks_of(page, choose(page) if chosen is None else chosen)
    kept = clean_blocks([block for block in found if block.text not in shared], frame)
    method = "model"
    if _size(kept) < _THIN:
        whole = clean_blocks(_text_like(blocks_of(page)), frame)
        if _mass(whole) > (3 * max(_mass(kept), _CRUMB) if kept else 0):
            kept, method = whole, "whole"
    return MainText(blocks=tuple(kept), method=method)


def choose(page: Scan, model: BlockModel | None = None) -> list[int]:
    """Return the indices of the blocks that are main text; ``model`` stands in for the package's.

    Articles stand in one element. It is the one in which likely text outweighs the rest by most
    characters; inside it less is asked of a block than outside.
    """
    from lodewire.text.block_model import load_block_model

    likely = (model or load_block_model()).probabilities(page).tolist()
    first, last = _heart(page, likely)
    return [
        index
        for index, probability in enumerate(likely)
        if probability >= (INSIDE if first <= index < last else OUTSIDE)
    ]


def _heart(page: Scan, likely: Sequence[float]) -> tuple[int, int]:
    """The half-open range of blocks of the element that holds the article."""
    gains = [0.0, *accumulate((p - 0.5) * len(t) for p, t in zip(likely, page.texts, strict=True))]
    most, found = -1.0, (0, len(likely))
    for tag, first, last in zip(page.tags, page.firsts, page.lasts, strict=True):
        if gains[last] - gains[first] >= most and tag.name in _HOLDING:  # of equals the innermost
            most, found = gains[last] - gains[first], (first, last)
    return found


def _mass(blocks: Sequence[Block]) -> int:
    """Characters in lines that are sentences and not links."""
    return sum(
        len(block.text)
        for block in blocks
        if block.link_share < 0.5 and looks_like_sentence(block.text, 8)
    )


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _text_like(blocks: Sequence[Block]) -> list[Block]:
    """Keep what reads like text on a page without a recognised main part."""
    return [
        block
        for block in blocks
        if block.link_share < 0.4
        and (block.word_count >= 10 or block.kind in (BlockKind.HEADING, BlockKind.LISTING))
    ]
