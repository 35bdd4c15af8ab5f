"""The main text of a page, on two paths: light for every page, deep for the pages that matter.

Light is resiliparse (one lexbor parse, a few hundred pages a second and core), deep is trafilatura.
Neither is right on every page, so the deep path compares both, and both hand their blocks to the
same cleaning. Measured in ``benchmarks/text.py`` and ``evaluation/main_text.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from lodewire.text.blocks import Block, BlockKind, parse_minimal, parse_tree
from lodewire.text.boilerplate import looks_like_sentence
from lodewire.text.cleaning import PageFrame, clean_blocks

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree
    from selectolax.lexbor import LexborHTMLParser

Path = Literal["light", "deep"]

DEEP_LIMIT = 4_000_000  # characters; trafilatura takes a second a megabyte and more
_THIN = 300  # characters of main text under which the whole page is looked at
_CRUMB = 80  # characters; sentences shorter than this are no article
_SMALL_PAGE = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """The blocks of the article, and which extractor they come from."""

    blocks: tuple[Block, ...]
    method: str


def read_main_text(
    html: str, tree: HTMLTree, structure: LexborHTMLParser, frame: PageFrame, path: Path
) -> MainText:
    """Return the article's blocks. Both trees are ``html`` parsed; ``html`` feeds the deep path.

    The deep path falls back to the light one where trafilatura finds under half of the sentences
    that resiliparse finds, or nothing but menus; both fall back to everything visible where
    scripts or styles hide the main part (every line then has to read like text).
    """
    light = clean_blocks(light_blocks(tree), frame)
    method = "resiliparse"
    if path == "deep" and len(html) <= DEEP_LIMIT:
        deep = clean_blocks(_with_links(deep_blocks(html), structure), frame)
        if not _prefer_light(light, deep):
            light, method = deep, "trafilatura"
    if _size(light) < _THIN:
        whole = clean_blocks(_text_like(whole_blocks(tree)), frame)
        if _mass(whole) > 3 * max(_mass(light), _CRUMB):
            light, method = whole, "resiliparse-whole"
    return MainText(blocks=tuple(light), method=method)


def _mass(blocks: Sequence[Block]) -> int:
    """Characters in lines that are sentences and not links."""
    return sum(
        len(block.text)
        for block in blocks
        if block.link_share < 0.5 and looks_like_sentence(block.text, 8)
    )


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _prefer_light(light: Sequence[Block], deep: Sequence[Block]) -> bool:
    """Tell whether the deep extractor missed half of the article, or brought in menus."""
    if not deep:
        return True
    heavy, full = _mass(light), _mass(deep)
    if full < 0.5 * heavy and _size(deep) < 0.6 * _size(light):
        return True
    menus = full < 0.03 * _size(deep) and _size(deep) > 3 * _size(light)
    return menus and heavy > 0.5 * _size(light)


def light_blocks(tree: HTMLTree) -> list[Block]:
    """Blocks of the main content as resiliparse sees it; comments, alt texts and bylines off."""
    return _resiliparse(tree, main_content=True)


def whole_blocks(tree: HTMLTree) -> list[Block]:
    """Blocks of everything visible on the page, in page order."""
    return _resiliparse(tree, main_content=False)


def _resiliparse(tree: HTMLTree, *, main_content: bool) -> list[Block]:
    from resiliparse.extract.html2text import extract_plain_text

    markup = extract_plain_text(
        tree,
        preserve_formatting="minimal_html",
        main_content=main_content,
        links=True,
        alt_texts=False,
        comments=False,
        post_meta=False,
    )
    return parse_minimal(markup)


def _text_like(blocks: Sequence[Block]) -> list[Block]:
    """Keep what reads like text on a page without a recognised main part."""
    return [
        block
        for block in blocks
        if block.link_share < 0.4
        and (block.word_count >= 10 or block.kind in (BlockKind.HEADING, BlockKind.LISTING))
    ]


def deep_blocks(html: str) -> list[Block]:
    """Blocks of the main text as trafilatura sees it; tables kept, comments and links off.

    Tables are kept because price tables are news, and measured: F1 .9616 with them, .9584 without.
    """
    import trafilatura

    found = trafilatura.bare_extraction(
        html, fast=True, include_comments=False, include_tables=True, include_links=False
    )
    body = getattr(found, "body", None)
    return [] if body is None else parse_tree(body)


def _with_links(blocks: Sequence[Block], structure: LexborHTMLParser) -> list[Block]:
    """Give back to blocks the links that fill them.

    Asked for links, trafilatura chooses other text and does worse (F1 .9578 against .9623).
    """
    addresses: dict[str, str] = {}
    for anchor in structure.css("a[href]"):
        address = anchor.attributes.get("href") or ""
        words = " ".join(anchor.text().split())
        if words and address and not address.startswith("#"):
            addresses[words] = address
    return [replace(block, links=_links_in(block, addresses)) for block in blocks]


def _links_in(block: Block, addresses: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    address = addresses.get(block.text)
    if address is not None:
        return ((address, block.text),)
    if block.word_count < 12 or looks_like_sentence(block.text, 8):
        return ()
    # A list of links that the extractor ran together.
    inside = [(address, w) for w, address in addresses.items() if len(w) > 12 and w in block.text]
    return tuple(inside)


_LIST_OPEN = re.compile(r"<ul\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")
_NO_TEXT = ("<ul", "<img", "<form", "<button", "<input")


def keep_text_lists(html: str) -> str:
    """Write bulleted lists of text as numbered ones, on small pages.

    The light extractor takes every bulleted list near the top of the tree for navigation; on small
    pages (press releases, notices) such lists hold the key points. Large pages nest deeper.
    """
    if len(html) > _SMALL_PAGE:
        return html
    pieces: list[str] = []
    kept = 0
    for opening in _LIST_OPEN.finditer(html):
        end = html.find("</ul", opening.end())
        if end < 0:
            break
        if opening.start() < kept or not _is_text_list(html[opening.end() : end]):
            continue
        pieces += (html[kept : opening.start()], "<ol", html[opening.end() : end], "</ol")
        kept = end + len("</ul")
    pieces.append(html[kept:])
    return "".join(pieces)


def _is_text_list(body: str) -> bool:
    points = body.count("<li")
    if not points or body.count("<a ") > points / 2 or any(mark in body for mark in _NO_TEXT):
        return False
    return len(" ".join(_TAGS.sub(" ", body).split())) >= 25 * points
