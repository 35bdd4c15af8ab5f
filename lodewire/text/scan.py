"""One pass over a page's source: its blocks of text, the elements round them, what it declares.

No tree is built: the source is cut at ``<``, each tag is looked up once, and open elements are kept
on a stack that closes what HTML closes by itself. That is linear in the size of the page whatever
it holds, and takes less time than parsing (docs/decisions/0030-own-main-text.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from lodewire.text.markup import (
    BLOCK,
    BREAK,
    END,
    FACT,
    INLINE,
    LINK,
    LINK_END,
    LINK_TAG,
    PARTING,
    PLAIN,
    RAW,
    SKIPPED,
    Tag,
    at_once,
    element,
    name_of,
    read_tag,
)

DEPTH_LIMIT = 400  # open elements; the text of deeper ones goes to the last
BLOCK_LIMIT = 20_000  # of a page
HEAD = 60  # words of a block that are kept one by one
_TAGS_KEPT = 20_000  # looked-up tags kept between pages
_TAG_KEPT = 400  # characters; a longer tag hardly comes again
_SKIPPED_KEPT = 60  # the same of scripts and their like
_GLUED = 40  # pieces that the quoted attributes of one tag may span
_GLUED_SIZE = 20_000  # and characters
_GLUELESS = 200  # quotes without an end after which a page's quotes are not followed
_SEARCHES = 200_000  # steps down the stack after which a page's wrong end tags are not followed
_FACTS = 600  # of a page
_FEW = 20  # pieces of a notice for readers without scripts
_AFTER = 8  # pieces read after a fact
_TABLE_ENDS = frozenset({"table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"})
_CELLS = frozenset({"td", "th"})
_SILENT = ("meta", "link", "html")
# What an element may declare of its text: all that ``lodewire.text.metadata`` asks for.
_TELLING = re.compile(
    r"itemprop\s*=\s*[\"']?\s*(?:date(?:published|modified|created)|author)", re.IGNORECASE
)
_ROOT = Tag(BLOCK, "html", frozenset(), (), 0)

_known: dict[str, Tag] = {}


@dataclass(slots=True)
class Scan:
    """A page in flat tables, one entry a block or element, in page order.

    Blocks: ``texts`` (single blanks, entities resolved), ``words`` (their number), ``linked``
    (characters inside links), ``links`` (their number), ``holders`` (index of the element that
    holds the block) and ``heads`` (the first words). Elements: ``parents`` (index; the root is its
    own), ``tags``, ``firsts`` and ``lasts`` (half-open range of the blocks inside). ``facts`` are
    tags that declare something, each with the text behind it; ``scripts`` are those of JSON-LD;
    ``title`` is the page's.
    """

    texts: list[str] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    heads: list[list[str]] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""

    def headings(self) -> list[str]:
        """Return the texts of the headings of the first level, in page order."""
        return [
            " ".join(self.texts[self.firsts[index] : self.lasts[index]])
            for index, tag in enumerate(self.tags)
            if tag.name == "h1"
        ]


class _Walk:
    """The page so far, its open elements, and what was given up on."""

    __slots__ = ("glueless", "names", "page", "searches", "stack", "unended")

    def __init__(self) -> None:
        self.page = Scan(parents=[0], tags=[_ROOT], firsts=[0], lasts=[-1])
        self.stack = [0]
        self.names = ["html"]
        self.searches = self.glueless = 0
        self.unended: set[str] = set()

    def close(self, name: str) -> None:
        """Close the last open element of a name with all inside it, if one is open here.

        An end tag inside a cell of a table closes nothing outside of it but the table's own parts.
        """
        names = self.names
        place = len(names) - 1
        if names[place] != name:
            if self.searches > _SEARCHES:
                return
            walls = _CELLS if name not in _TABLE_ENDS else _NONE
            while place and names[place] != name:
                if names[place] in walls:
                    place = 0
                    break
                place -= 1
            self.searches += len(names) - place if place else len(names)
        if place:
            at, lasts, stack = len(self.page.texts), self.page.lasts, self.stack
            while len(stack) > place:
                names.pop()
                lasts[stack.pop()] = at

    def flush(self, parts: list[str], linked: int, links: int) -> None:
        """End the block that ``parts`` make up, and empty them."""
        text = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        if "&" in text:
            text = unescape(text)
        words = text.split()
        page = self.page
        if words and len(page.texts) < BLOCK_LIMIT:
            text = " ".join(words)
            page.texts.append(text)
            page.words.append(len(words) if text.isascii() else count_words(text, len(words)))
            page.linked.append(linked)
            page.links.append(links)
            page.holders.append(self.stack[-1])
            page.heads.append(words if len(words) <= HEAD else words[:HEAD])

    def finish(self) -> Scan:
        """Return the page, all elements closed."""
        for index in self.stack:
            self.page.lasts[index] = len(self.page.texts)
        return self.page


_NONE: frozenset[str] = frozenset()
DENSE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")


def count_words(text: str, spaced: int) -> int:
    """Return the words of a text; in scripts without blanks, two characters count as a word."""
    return max(spaced, len(DENSE.findall(text)) // 2)


def scan(html: str) -> Scan:  # noqa: C901  (one loop: calls would double its time)
    """Return the blocks, elements and declarations of a page's source. Never fails."""
    walk = _Walk()
    pieces = html.split("<")
    if len(_known) > _TAGS_KEPT:
        _known.clear()
    known, stack, names, flush = _known.get, walk.stack, walk.names, walk.flush
    page = walk.page
    texts, parents, tags, firsts, lasts = (
        page.texts, page.parents, page.tags, page.firsts, page.lasts,
    )  # fmt: skip
    parts = [pieces[0]] if pieces[0].strip() else []
    linked = links = link_depth = 0
    in_link = False
    at, end = 1, len(pieces)
    while at < end:
        source, ended, text = pieces[at].partition(">")
        at += 1
        tag = known(source)
        if tag is None:
            if source[:2] == "a " and source.count('"') & 1 == 0:
                tag = LINK_TAG if "href" in source and 'href="#' not in source else PLAIN
            elif ended and source[-2:] == "--" and source[:3] == "!--":
                tag = PLAIN
            else:
                tag, text, at = _look_up(walk, pieces, at, source, text)
        code = tag.code
        if code:
            if code <= BREAK:
                if parts:
                    flush(parts, linked, links)
                    linked = links = 0
                if code == BLOCK:
                    closes, here = tag.closes, len(texts)
                    while names[-1] in closes:
                        names.pop()
                        lasts[stack.pop()] = here
                    if len(stack) < DEPTH_LIMIT:
                        parents.append(stack[-1])
                        stack.append(len(tags))
                        names.append(tag.name)
                        tags.append(tag)
                        firsts.append(here)
                        lasts.append(-1)
                elif code == END:
                    if names[-1] == tag.name:
                        names.pop()
                        lasts[stack.pop()] = len(texts)
                    else:
                        walk.close(tag.name)
                    if in_link and len(stack) < link_depth:
                        in_link = False
            elif code == LINK:
                in_link = True
                link_depth = len(stack)
                links += 1
            elif code == LINK_END:
                in_link = False
            else:
                text, at = _skip(walk, pieces, at)
        if text and (parts or not text.isspace()):
            parts.append(text)
            if in_link:
                linked += len(text)
    if parts:
        flush(parts, linked, links)
    return walk.finish()


def _look_up(
    walk: _Walk, pieces: list[str], at: int, source: str, text: str
) -> tuple[Tag, str, int]:
    """Return what a new tag means, the text behind it, and the place of the piece that follows."""
    name = source.partition(" ")[0]
    odd = source.count('"') & 1  # its reading depends on what follows, so it is not kept
    if not odd and "itemprop" not in source:
        tag = at_once(name)
        if tag is not None:  # what text and pictures are wrapped in: hardly one is written twice
            return tag, text, at
        if name in PARTING:
            tag = element(name, source)
            if len(source) < _TAG_KEPT:
                _known[source] = tag
            return tag, text, at
    first = source[:1]
    if first == "!":
        return _after_comment(walk, pieces, at)
    if not (first.isalpha() or first == "/" or first == "?"):
        return PLAIN, "<" + pieces[at - 1], at  # a sign in the text, no tag
    if odd and walk.glueless < _GLUELESS:
        source, text, at = _glue(walk, pieces, at)
    tag = read_tag(source)
    code = tag.code
    if code == FACT:
        if source[:4] != "link" or "canonical" in source:
            _note_fact(walk, pieces, at, source, text)
        return PLAIN, text, at
    if "itemprop" in source and code in (BLOCK, INLINE, LINK) and _TELLING.search(source):
        _note_fact(walk, pieces, at, source, text)
    elif code < LINK and not odd and len(source) < (_TAG_KEPT if code < SKIPPED else _SKIPPED_KEPT):
        _known[source] = tag
    return tag, text, at


def _note_fact(walk: _Walk, pieces: list[str], at: int, source: str, text: str) -> None:
    facts = walk.page.facts
    if len(facts) < _FACTS:
        said = "" if source[:4] in _SILENT else _text_after(pieces, at, text)
        facts.append((source, said))


def _glue(walk: _Walk, pieces: list[str], at: int) -> tuple[str, str, int]:
    """Return whole a tag whose quoted attribute holds ``<`` or ``>``, as ``_look_up`` does."""
    size = quotes = 0
    for last in range(at, min(at + _GLUED, len(pieces) + 1)):
        piece = pieces[last - 1]
        start = 0
        while (close := piece.find(">", start)) >= 0:
            quotes += piece.count('"', start, close)
            if not quotes & 1:
                source = "<".join((*pieces[at - 1 : last - 1], piece[:close]))
                return source, piece[close + 1 :], last
            start = close + 1
        quotes += piece.count('"', start)
        size += len(piece)
        if size > _GLUED_SIZE:
            break
    walk.glueless += 1  # a stray quote
    source, _, text = pieces[at - 1].partition(">")
    return source, text, at


def _after_comment(walk: _Walk, pieces: list[str], at: int) -> tuple[Tag, str, int]:
    piece = pieces[at - 1]
    if not piece.startswith("!--"):
        return PLAIN, piece.partition(">")[2], at
    if "!--" not in walk.unended:
        for place in range(at - 1, len(pieces)):
            end = pieces[place].find("-->")
            if end >= 0:
                return PLAIN, pieces[place][end + 3 :], place + 1
        walk.unended.add("!--")
    return PLAIN, "", at


def _skip(walk: _Walk, pieces: list[str], at: int) -> tuple[str, int]:
    """Return the text behind an element that is no text of the page, and the place after it."""
    source, _, text = pieces[at - 1].partition(">")
    name = name_of(source)
    if source.endswith("/") or name in walk.unended:
        return text, at
    ending, width = "/" + name, len(name) + 1
    for place in range(at, len(pieces)):
        piece = pieces[place]
        if piece[:1] == "/" and piece[:width].lower() == ending:
            if name == "noscript" and _is_page_text(pieces[at:place]):
                return text, at
            if name == "script" and "ld+json" in source:
                walk.page.scripts.append("<".join((text, *pieces[at:place])))
            elif name == "title" and not walk.page.title:
                walk.page.title = " ".join(unescape(text).split())
            return piece.partition(">")[2], place + 1
    walk.unended.add(name)
    return "" if name in RAW else text, at


def _is_page_text(pieces: list[str]) -> bool:
    """Tell whether a page keeps its text for readers without scripts, as some forums do."""
    return len(pieces) > _FEW and sum(piece[:2] in ("p>", "p ") for piece in pieces) > 2


def _text_after(pieces: list[str], at: int, text: str) -> str:
    """Return the text up to the end of the element whose start tag was the last piece."""
    found = [text]
    depth = 0
    for piece in pieces[at : at + _AFTER]:
        source, _, more = piece.partition(">")
        depth += -1 if source[:1] == "/" else 1
        if depth < 0:
            break
        found.append(more)
    return unescape(" ".join(" ".join(found).split()))
