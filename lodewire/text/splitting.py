"""The several stories of one page: teasers beside an article, posts of a blog's index.

A story of its own is a linked headline with text that belongs to it alone: the largest part of the
tree round the headline that holds no other linked headline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from lodewire.text.blocks import Block, BlockKind, blocks_of
from lodewire.text.boilerplate import boilerplate_family, looks_like_sentence, normalise
from lodewire.text.cleaning import PageFrame, clean_blocks
from lodewire.text.dates import Moment, find_days, parse_moment
from lodewire.text.metadata import line_of
from lodewire.text.scan import scan
from lodewire.text.titles import same_words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADLINES = (
    "h1 a[href], h2 a[href], h3 a[href], h4 a[href], h5 a[href], "
    "a[href] h2, a[href] h3, a[href] h4, a[href] h5, a[rel=bookmark], article h2, article h3"
)
# Boxes whose links need no heading. Two steps: one selector for both is three times slower.
_BOXES = (
    "[class*=teaser], [class*=related], [class*=read-more], [class*=readmore], "
    "[class*=read-also], [class*=promo]"
)
_MAIL_HEADLINES = f"{_HEADLINES}, a[href] strong, a[href] b, strong a[href], b a[href]"
_FURNITURE = "nav, footer, form, [role=navigation], [class*=comment], [id*=comment], [class*=menu]"
_TOP_TAGS = frozenset({"body", "html", "main", None})
_MOST = 200  # headlines looked at
_MOST_STORIES = 60
_LARGEST = 60_000  # characters of text in a part that may be a whole article
_TEASER_LARGEST = 1_600  # characters of text in a part that can only be a teaser
_STOP = re.compile(r"\w\w[.!?。]")
_LABEL = re.compile(
    r"^(?:read (?:more|also|next)|also read|related|see also|more|don.t miss)\s*[:：|–-]\s*",
    re.IGNORECASE,
)
_CLIMB = 14
_ABOVE = 100  # characters over a headline of its own; with more it is a link inside a text
_TITLE_WORDS = 4
_TEASER_WORDS = 8
_TEASER_MOST = 90  # words of one paragraph; more is an article, not a teaser
_TEASER_PARTS = 45  # words of several lines
_TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStory:
    """A story found on a page beside or instead of a main article; ``url`` is where it leads."""

    title: str
    url: str | None
    blocks: tuple[Block, ...]
    published: Moment | None = None

    @property
    def words(self) -> int:
        """Words of its own text, the headline not counted."""
        return sum(block.word_count for block in self.blocks)

    @property
    def is_teaser(self) -> bool:
        """Tell whether it is short: one paragraph, or a few words in more."""
        most = _TEASER_MOST if len(self.blocks) == 1 else _TEASER_PARTS
        return _TEASER_WORDS <= self.words <= most

    @property
    def is_article(self) -> bool:
        """Tell whether it is long enough to be an article printed whole."""
        return self.words >= _TEASER_WORDS and not self.is_teaser


@dataclass(slots=True)
class _Headline:
    """A linked headline with the chain of elements round it, innermost first."""

    node: LexborNode
    title: str
    url: str | None
    chain: list[LexborNode] = field(default_factory=list)
    here: bool = False  # its link leads to itself


def find_stories(
    tree: LexborHTMLParser,
    url: str,
    titles: Sequence[str],
    *,
    teasers_only: bool = False,
    mail: bool = False,
) -> list[PageStory]:
    """Return the stories of the page at ``url`` other than the one that ``titles`` name.

    ``teasers_only`` is for a page that declares one article: whatever else it prints is short.
    ``mail`` takes bold links for headlines too: mails are laid out in tables without headings.
    """
    headlines = _headlines(tree, url, titles, _MAIL_HEADLINES if mail else _HEADLINES)
    if not headlines:
        return []
    shared = Counter(node.mem_id for headline in headlines for node in headline.chain)
    furniture = {node.mem_id for node in tree.css(_FURNITURE)}
    largest = _TEASER_LARGEST if teasers_only else _LARGEST
    stories: list[PageStory] = []
    for headline in headlines:
        if any(node.mem_id in furniture for node in headline.chain):
            continue
        part = _own_part(headline, shared, largest)
        story = _story(part, headline) if part is not None else None
        if story is not None:
            stories.append(story)
        if len(stories) >= _MOST_STORIES:
            break
    return stories


def _headlines(
    tree: LexborHTMLParser, url: str, titles: Sequence[str], query: str
) -> list[_Headline]:
    found: list[_Headline] = []
    own = [normalise(title) for title in titles if title]
    seen: set[str] = set()
    inside: set[int] = set()
    for node in tree.css(query):
        headline = _headline(node, url, own, seen)
        if headline is not None:
            found.append(headline)
            inside.update(part.mem_id for part in headline.chain)
        if len(found) >= _MOST:
            return found
    boxes = (box for box in tree.css(_BOXES)[:_MOST] if box.mem_id not in inside)
    linked = [node for box in boxes for node in box.css("a[href]")[:2]]
    boxed = [h for node in linked if (h := _headline(node, url, own, seen)) is not None]
    return _in_page_order(tree, found + boxed) if boxed else found


def _in_page_order(tree: LexborHTMLParser, headlines: list[_Headline]) -> list[_Headline]:
    text = " ".join(tree.text().split())
    return sorted(headlines, key=lambda headline: text.find(headline.title))


def _headline(node: LexborNode, url: str, own: Sequence[str], seen: set[str]) -> _Headline | None:
    """The headline at a node, unless it was seen, is the page's own, or is none."""
    title = _LABEL.sub("", line_of(node, 400))
    norm = normalise(title)
    if norm in seen or not _is_title(title) or boilerplate_family(title):
        return None
    if any(same_words(norm, known) for known in own):
        return None
    headline = _Headline(node, title, None, _chain(node))
    headline.url = _address(headline, url)
    if _same_page(headline.url, url):
        headline.here = _marks_itself(headline)
        if not headline.here:
            return None
    seen.add(norm)
    return headline


def _is_title(title: str) -> bool:
    block = Block(kind=BlockKind.HEADING, text=title)
    return len(title) <= _TITLE_LENGTH and block.word_count >= _TITLE_WORDS


def _chain(node: LexborNode) -> list[LexborNode]:
    chain: list[LexborNode] = []
    parent = node.parent
    while parent is not None and parent.tag not in _TOP_TAGS and len(chain) < _CLIMB:
        chain.append(parent)
        if parent.tag == "article":
            break
        parent = parent.parent
    return chain


def _same_page(address: str | None, url: str) -> bool:
    if address is None:
        return False
    return urldefrag(address)[0].rstrip("/") == urldefrag(url)[0].rstrip("/")


def _marks_itself(headline: _Headline) -> bool:
    """ "…/2025/03/#post" on the headline that has this mark: a post printed whole on this page."""
    mark = urldefrag(headline.url or "")[1]
    nodes = (headline.node, *headline.chain[:2])
    return bool(mark) and any(node.attributes.get("id") == mark for node in nodes)


def _address(headline: _Headline, url: str) -> str | None:
    links = (node for node in (headline.node, *headline.chain) if node.tag == "a")
    link = next(links, None) or headline.node.css_first("a[href]")
    href = (link.attributes.get("href") or "").strip() if link is not None else ""
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    try:
        joined = urljoin(url, href)
        return joined if urlsplit(joined).scheme in ("http", "https") else None
    except ValueError:
        return None


def _own_part(headline: _Headline, shared: Counter[int], largest: int) -> LexborNode | None:
    """The largest element that holds this headline only, on top, and more text than it."""
    best = None
    for node in headline.chain:
        if shared[node.mem_id] > 1:
            break
        text = node.text()
        size = len(text)
        above = text[: max(0, text.find(headline.title[:40]))].strip()
        told = above.count(" ") + 1 >= _TEASER_WORDS and bool(_STOP.search(above))
        if size > largest or len(above) > _ABOVE or told:
            break
        if size > len(headline.title) + 40:
            best = node
    return best


def _story(part: LexborNode, headline: _Headline) -> PageStory | None:
    blocks = [_unlinked(block) for block in blocks_of(scan(part.html or ""))]
    norm = normalise(headline.title)
    at = next((i for i, block in enumerate(blocks) if norm in normalise(block.text)), 0)
    if any(looks_like_sentence(block.text, 12) for block in blocks[:at]):
        return None  # text above: the headline is a link inside an article
    body = clean_blocks(blocks, PageFrame(titles=(headline.title,)))
    body = [block for block in body if block.kind is not BlockKind.HEADING or len(body) > 4]
    story = PageStory(
        title=headline.title, url=headline.url, blocks=tuple(body), published=_day(part, blocks)
    )
    if headline.here and story.published is None:
        return None  # a section of one article, linked to itself
    return story if _states_something(story) else None


def _unlinked(block: Block) -> Block:
    """A whole card is often one link; its text is text all the same."""
    if looks_like_sentence(block.text, _TEASER_WORDS) or block.word_count >= 12:
        return Block(kind=block.kind, text=block.text, level=block.level)
    return block


def _states_something(story: PageStory) -> bool:
    if story.words < _TEASER_WORDS:
        return False
    return any(
        looks_like_sentence(block.text, 6) or block.word_count >= 10 for block in story.blocks
    )


def _day(part: LexborNode, blocks: Sequence[Block]) -> Moment | None:
    time = part.css_first("time")
    if time is not None:
        moment = parse_moment(time.attributes.get("datetime") or time.text())
        if moment is not None:
            return moment
    for block in (*blocks[:6], *blocks[-3:]):
        if block.word_count <= 16:
            for written in find_days(block.text):
                if not written.ambiguous:
                    return Moment(day=written.day)
    return None
