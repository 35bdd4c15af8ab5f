"""Real pages with their article taken out: frames into which other texts are set.

What surrounds a text (menus, teasers, scripts, footers) decides whether a reader finds it. The
pages lie beside the project and stay there; without them one small frame of our own serves.
"""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PAGES = Path(__file__).resolve().parents[2] / "shared" / "bench" / "article-extraction" / "html"
_BODY, _TITLE = "@@lodewire-body@@", "@@lodewire-title@@"
_LEAST = 600  # characters of paragraphs side by side that make them an article
_JSON_LD = re.compile(r"<script[^>]*application/ld\+json.*?</script>", re.DOTALL | re.IGNORECASE)
_DECLARED = re.compile(
    r"<meta[^>]*(?:title|description|published|modified|date|canonical|og:url)[^>]*>|"
    r"<link[^>]*rel=.?canonical[^>]*>",
    re.IGNORECASE,
)
_OWN = (
    "<!doctype html><html lang=en><head><title>@@lodewire-title@@</title></head><body>"
    "<nav><a href=/>Home</a> <a href=/sport>Sport</a> <a href=/world>World</a></nav>"
    "<main><article><h1>@@lodewire-title@@</h1>@@lodewire-body@@</article></main>"
    "<aside><h2>Most read</h2><ul><li><a href=/1>A cup tie is replayed on Tuesday</a>"
    "<li><a href=/2>What to cook this weekend</a></ul></aside>"
    "<footer><p>All rights reserved. Terms and conditions apply.</p></footer></body></html>"
)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page around an article: the parts before, between and behind its title and its body."""

    name: str
    markup: str
    paragraphs: tuple[str, ...]  # of the article taken out

    def page(self, title: str, paragraphs: Sequence[str], *, day: str = "") -> str:
        """Return the page with another article in it, published on ``day`` (an ISO date)."""
        told = html.escape(title)
        head = f'<meta property="og:title" content="{told}">'
        if day:
            head += f'<meta property="article:published_time" content="{day}T08:00:00Z">'
        body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
        whole = self.markup.replace(_TITLE, told).replace(_BODY, body)
        at = whole.lower().find("</head>")
        return whole[:at] + head + whole[at:] if at >= 0 else head + whole


@cache
def frames() -> tuple[PageFrame, ...]:
    """Return the frames of all pages at hand whose article can be told from the rest."""
    found = [PageFrame("own", _OWN, ())]
    if PAGES.exists():
        pages = ((p.name.split(".")[0], p.read_bytes()) for p in sorted(PAGES.glob("*.gz")))
        made = (frame_of(name, gzip.decompress(b).decode("utf-8", "replace")) for name, b in pages)
        found = [frame for frame in made if frame is not None]
    return tuple(found)


def frame_of(name: str, page: str) -> PageFrame | None:
    """Take the article out of a page; None where no paragraphs stand side by side."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_DECLARED.sub("", _JSON_LD.sub("", page)))
    by_parent: dict[int, list[LexborNode]] = {}
    for paragraph in tree.css("p"):
        if paragraph.parent is not None:
            by_parent.setdefault(paragraph.parent.mem_id, []).append(paragraph)
    best = max(by_parent.values(), key=lambda ps: sum(len(p.text()) for p in ps), default=[])
    texts = [" ".join(p.text().split()) for p in best]
    if sum(map(len, texts)) < _LEAST:
        return None
    best[0].replace_with(_BODY)
    for paragraph in best[1:]:
        paragraph.decompose()
    for heading in tree.css("h1")[:1] + tree.css("title")[:1]:
        for child in list(heading.iter(include_text=True)):
            child.decompose()
        heading.insert_child(_TITLE)
    return PageFrame(name, tree.html or "", tuple(t for t in texts if t))
