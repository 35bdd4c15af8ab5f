"""A page as a row of blocks: what both extraction paths hand to the cleaning.

The light path gives reduced HTML (headings, paragraphs, lists, links), the deep path a small XML
tree; both become the same blocks, so one set of rules decides what is news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Any

from lodewire.text.decode import scrub


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LISTING = "listing"
    ROW = "row"  # of a table
    LOOSE = "loose"  # text outside any paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of a page. ``links`` are (address, words) pairs; ``level`` is that of a heading."""

    kind: BlockKind
    text: str
    level: int = 0
    links: tuple[tuple[str, str], ...] = ()

    @property
    def link_share(self) -> float:
        """Characters inside links by all characters, 0..1."""
        if not self.links or not self.text:
            return 0.0
        return min(1.0, sum(len(words) for _, words in self.links) / len(self.text))

    @property
    def word_count(self) -> int:
        """Words parted by blanks; in scripts without blanks, two characters count as a word."""
        spaced = self.text.count(" ") + 1
        if self.text.isascii():
            return spaced
        return max(spaced, len(_DENSE.findall(self.text)) // 2)


_DENSE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_MARKUP = re.compile(r'<(/?)(h[1-6]|p|ul|ol|li|pre|a|br)(?: href="([^"]*)")?>|\n')
_OPENING = {"p": BlockKind.PARAGRAPH, "li": BlockKind.LISTING, "pre": BlockKind.PARAGRAPH}


class _Builder:
    """Collects runs of text and links into blocks; the text has been scrubbed before."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._link: tuple[str, int] | None = None
        self.kind = BlockKind.LOOSE
        self.level = 0

    def take(self, text: str) -> None:
        """Add text that has not been scrubbed yet."""
        if text:
            self.parts.append(scrub(text))

    def open_link(self, address: str) -> None:
        self._link = (address, len(self.parts))

    def close_link(self) -> None:
        if self._link is None:
            return
        address, first = self._link
        self._link = None
        # A mark inside the page is no link.
        if address and not address.startswith("#"):
            words = " ".join("".join(self.parts[first:]).split())
            if words:
                self._links.append((address, words))

    def flush(self) -> None:
        if self._link is not None:
            self.close_link()
        if not self.parts:
            return
        text = "".join(self.parts)
        kind = self.kind
        if "\t\t" in text:
            cells = (" ".join(cell.split()) for cell in text.split("\t\t"))
            text = " | ".join(cell for cell in cells if cell)
            kind = BlockKind.ROW
        else:
            text = " ".join(text.split())
        if text:
            links = tuple(self._links)
            self.blocks.append(Block(kind=kind, text=text, level=self.level, links=links))
        self.parts, self._links = [], []


def parse_minimal(markup: str) -> list[Block]:
    """Turn the light extractor's reduced HTML into blocks.

    The markup is generated: lower-case tags, every ``<`` of the text escaped.
    """
    builder = _Builder()
    markup = scrub(markup)
    at = 0
    for mark in _MARKUP.finditer(markup):
        start = mark.start()
        if start > at:
            piece = markup[at:start]
            builder.parts.append(unescape(piece) if "&" in piece else piece)
        at = mark.end()
        _apply_mark(builder, mark)
    builder.parts.append(unescape(markup[at:]))
    builder.flush()
    return builder.blocks


def _apply_mark(builder: _Builder, mark: re.Match[str]) -> None:
    closing, name, address = mark.groups()
    if name is None:
        if builder.kind is BlockKind.LOOSE or builder.kind is BlockKind.LISTING:
            builder.flush()  # a line of its own
        else:
            builder.parts.append(" ")
    elif name == "a":
        if closing:
            builder.close_link()
        else:
            builder.open_link(unescape(address or ""))
    elif name == "br":
        builder.flush()
    else:
        builder.flush()
        if closing:
            builder.kind, builder.level = BlockKind.LOOSE, 0
        elif name[0] == "h":
            builder.kind, builder.level = BlockKind.HEADING, int(name[1])
        else:
            builder.kind, builder.level = _OPENING.get(name, BlockKind.LOOSE), 0


_TREE_KINDS = {
    "head": BlockKind.HEADING,
    "p": BlockKind.PARAGRAPH,
    "item": BlockKind.LISTING,
    "quote": BlockKind.PARAGRAPH,
    "row": BlockKind.ROW,
    "ab": BlockKind.HEADING,
    "div": BlockKind.PARAGRAPH,
    "code": BlockKind.PARAGRAPH,
}


def parse_tree(body: Any) -> list[Block]:
    """Turn the deep extractor's XML body (an lxml element) into blocks."""
    builder = _Builder()
    _walk(body, builder)
    builder.flush()
    return builder.blocks


def _walk(node: Any, builder: _Builder) -> None:
    for child in node:
        tag = child.tag
        if not isinstance(tag, str):
            builder.take(child.tail or "")
            continue
        kind = _TREE_KINDS.get(tag)
        if tag == "lb":
            before = builder.kind, builder.level
            builder.flush()
            builder.kind, builder.level = before
        elif kind is not None:
            _walk_block(child, kind, builder)
        elif tag == "ref":
            builder.open_link(child.get("target") or "")
            builder.take(child.text or "")
            _walk(child, builder)
            builder.close_link()
        else:
            if tag == "cell":
                builder.parts.append("\t\t")
            builder.take(child.text or "")
            _walk(child, builder)
        builder.take(child.tail or "")


def _walk_block(child: Any, kind: BlockKind, builder: _Builder) -> None:
    outer, level = builder.kind, builder.level
    if outer is BlockKind.ROW:  # a paragraph in a cell stays in its row
        builder.take(f" {child.text or ''}")
        _walk(child, builder)
        return
    builder.flush()
    rend = child.get("rend") or ""
    builder.kind = kind
    builder.level = int(rend[1]) if rend[:1] == "h" and rend[1:2].isdigit() else 2
    builder.take(child.text or "")
    _walk(child, builder)
    builder.flush()
    builder.kind, builder.level = outer, level
