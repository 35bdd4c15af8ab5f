"""The lines of a page as the rules of cleaning and splitting see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lodewire.text.decode import scrub
from lodewire.text.scan import Scan, count_words

_CELL_WORDS = 30  # of a cell; one with more is a column of a page, not of a table


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LISTING = "listing"
    ROW = "row"  # of a table
    LOOSE = "loose"  # text outside any paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of a page. ``linked`` are its characters inside links; ``level`` is a heading's.

    ``counted`` are its words where they are known; see ``word_count``.
    """

    kind: BlockKind
    text: str
    level: int = 0
    linked: int = 0
    counted: int | None = field(default=None, compare=False, repr=False)

    @property
    def link_share(self) -> float:
        """Characters inside links by all characters, 0..1."""
        return min(1.0, self.linked / len(self.text)) if self.linked and self.text else 0.0

    @property
    def word_count(self) -> int:
        """Words parted by blanks; in scripts without blanks, two characters count as a word."""
        if self.counted is not None:
            return self.counted
        spaced = self.text.count(" ") + 1
        if self.text.isascii():
            return spaced
        return count_words(self.text, spaced)


_KINDS = {
    "p": BlockKind.PARAGRAPH, "blockquote": BlockKind.PARAGRAPH, "pre": BlockKind.PARAGRAPH,
    "dd": BlockKind.PARAGRAPH, "li": BlockKind.LISTING, "dt": BlockKind.LISTING,
    "td": BlockKind.ROW, "th": BlockKind.ROW,
} | {f"h{level}": BlockKind.HEADING for level in range(1, 7)}  # fmt: skip
_PLAIN = frozenset({"div", "section", "article", "center"})


def blocks_of(page: Scan, chosen: Iterable[int] | None = None) -> list[Block]:
    """Return the chosen blocks of a page, or all, in page order; cells of one row become one."""
    found: list[Block] = []
    row = -1  # the element of the row that the last block belongs to
    for index in range(len(page.texts)) if chosen is None else chosen:
        text, counted = page.texts[index], page.words[index]
        if not text.isprintable():
            text = " ".join(scrub(text).split())
            if not text:
                continue
            counted = count_words(text, text.count(" ") + 1)
        kind, holder = _kind(page, page.holders[index])
        level = int(page.tags[holder].name[1]) if kind is BlockKind.HEADING else 0
        linked = page.linked[index]
        block = Block(kind=kind, text=text, level=level, linked=linked, counted=counted)
        its_row = page.parents[holder] if kind is BlockKind.ROW else -1
        if its_row >= 0 and counted > _CELL_WORDS:
            block, its_row = replace(block, kind=BlockKind.LOOSE), -1
        if its_row >= 0 and its_row == row:
            found[-1] = _beside(found[-1], block)
        else:
            found.append(block)
        row = its_row
    return found


def _kind(page: Scan, holder: int) -> tuple[BlockKind, int]:
    """The kind of what an element holds, and the element that says so."""
    names, parents = page.tags, page.parents
    for _ in range(3):  # a plain element in a cell or a point belongs to it
        kind = _KINDS.get(names[holder].name)
        if kind is not None:
            return kind, holder
        if names[holder].name not in _PLAIN:
            break
        holder = parents[holder]
    return BlockKind.LOOSE, holder


def _beside(last: Block, block: Block) -> Block:
    text = f"{last.text} | {block.text}"
    return Block(kind=BlockKind.ROW, text=text, linked=last.linked + block.linked)
