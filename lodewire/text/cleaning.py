"""From the blocks of a page to the lines of its article: headline, bylines, lists and pleas go.

Every rule looks at one line and its neighbours; a paragraph that holds a sentence of news stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lodewire.text.blocks import Block, BlockKind
from lodewire.text.boilerplate import (
    boilerplate_family,
    is_tail_heading,
    looks_like_sentence,
    normalise,
)
from lodewire.text.bylines import is_bio, is_byline, is_dateline
from lodewire.text.titles import same_words

_TOP = 28  # blocks among which the headline may stand
_LINKED = 0.75  # link share from which a block is nothing but links
_SHORT = 30  # words; a byline, a date line or a line about the author has no more
_TITLE_WORDS = 40  # words; no headline has more
_BIO_END = 90  # words; a paragraph as long is no line about the author


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What the page declares about itself, as far as cleaning needs it."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()  # normalised lines of other stories on the page

    @property
    def headlines(self) -> tuple[str, ...]:
        """The titles as ``normalise`` gives them, without repetition."""
        return tuple(dict.fromkeys(normalise(title) for title in self.titles if title))


def clean_blocks(blocks: Sequence[Block], frame: PageFrame) -> list[Block]:
    """Return the blocks of the article's body, in page order."""
    words = [normalise(block.text) for block in blocks]
    headlines = frame.headlines
    noise = [
        _is_noise(block, norm, headlines, frame.authors)
        for block, norm in zip(blocks, words, strict=True)
    ]
    kept: list[Block] = []
    seen: set[str] = set()
    listing = 0  # 1 in a list of other pages, 2 in the lines about the author
    for index in range(_after_headline(blocks, words, noise, headlines), len(blocks)):
        block, norm = blocks[index], words[index]
        listing = _next_state(block, norm, listing)
        if listing or noise[index] or norm in frame.others or (norm in seen and len(norm) > 24):
            continue
        seen.add(norm)
        kept.append(block)
    return _trim(_drop_links(kept))


def _next_state(block: Block, norm: str, listing: int) -> int:
    if is_tail_heading(block.text, norm):
        return 2 if "author" in norm or norm == "written by" else 1
    if listing == 1 and _is_text(block):
        return 0
    if listing == 2 and (block.kind is BlockKind.HEADING or block.word_count > _BIO_END):
        return 0
    return listing


def _is_text(block: Block) -> bool:
    """Tell whether a block is text again: a paragraph closed like a sentence, mostly not a link."""
    if block.link_share > 0.5 or block.kind is BlockKind.HEADING:
        return False
    return looks_like_sentence(block.text, 10)


def _after_headline(
    blocks: Sequence[Block], words: Sequence[str], noise: Sequence[bool], headlines: tuple[str, ...]
) -> int:
    """Index of the block after the headline; what stands above it is the page's furniture.

    Sentences above the headline are kept: some pages print the headline late.
    """
    for index, norm in enumerate(words[:_TOP]):
        if _is_headline(norm, headlines):
            above = zip(blocks[:index], noise, strict=False)
            late = any(not bad and looks_like_sentence(block.text, 12) for block, bad in above)
            return 0 if late else index + 1
    return 0


def _is_noise(
    block: Block, norm: str, headlines: tuple[str, ...], authors: tuple[str, ...]
) -> bool:
    text = block.text
    if not norm or boilerplate_family(text, norm):
        return True
    if block.word_count <= _TITLE_WORDS and _is_headline(norm, headlines):
        return True
    if block.kind is BlockKind.ROW or block.word_count > _SHORT:
        return False
    if looks_like_sentence(text, 10):
        return is_bio(text, authors)
    return is_byline(text, authors) or is_dateline(text) or is_bio(text, authors)


def _is_headline(norm: str, headlines: Sequence[str]) -> bool:
    return any(
        same_words(norm, headline)
        for headline in headlines
        if headline.startswith(norm) or norm.startswith(headline)
    )


def _drop_links(blocks: list[Block]) -> list[Block]:
    """Drop lines that are nothing but links, save sentences and headings that open a section."""
    linked = [block.link_share >= _LINKED and block.kind is not BlockKind.ROW for block in blocks]
    kept = []
    for index, block in enumerate(blocks):
        if linked[index]:
            beside = linked[max(0, index - 1) : index] + linked[index + 1 : index + 2]
            alone = not any(beside)
            opens = block.kind is BlockKind.HEADING and index + 1 < len(blocks)
            if not alone or not (opens or looks_like_sentence(block.text, 6)):
                continue
        kept.append(block)
    return kept


def _trim(blocks: list[Block]) -> list[Block]:
    """Cut headings and stray words after the last text."""
    end = len(blocks)
    while end > 1 and _is_stray(blocks[end - 1]):
        end -= 1
    return blocks[:end]


def _is_stray(block: Block) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    loose = block.kind is BlockKind.LOOSE and block.word_count <= 4
    return loose and not looks_like_sentence(block.text, 3)


def join_blocks(blocks: Sequence[Block]) -> str:
    """Return the text of blocks, one a line."""
    return "\n".join(block.text for block in blocks)
