"""A glance at a page: roughly what it says, for a fraction of what reading it costs.

One parse and one extraction; no metadata, no teasers, no cleaning, no sentences. What is seen
serves to leave pages out, never to quote from: a document is always read.
"""

from __future__ import annotations

import json
import re

from lodewire.errors import ReadError
from lodewire.model.capture import Capture
from lodewire.text.decode import decode
from lodewire.text.sniff import FileKind, inflate, sniff
from lodewire.text.taming import tame

_THIN = (
    600  # characters of main text under which the whole page, and what it declares, is looked at
)
_LONGEST = 60_000  # characters looked at; what a page is about shows long before
_DECLARED_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.){40,200000}+")')


def is_page(capture: Capture) -> bool:
    """Tell whether a capture is read as an HTML page of its own, by its first bytes."""
    entry = capture.entry
    if entry is not None and (entry.content_html or entry.summary_html):
        return False
    try:
        kind = sniff(inflate(capture.body), capture.media_type, capture.url)
    except ReadError:
        return False
    return kind is FileKind.HTML


def glance(capture: Capture) -> str | None:
    """Return title and text of an HTML page as far as a glance shows them.

    None where only reading tells: no HTML page, or one that cannot be taken apart.
    """
    if not is_page(capture):
        return None
    html = decode(inflate(capture.body), capture.charset).text
    return _seen(html)[:_LONGEST]


def _seen(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(tame(html)[0])

    def text(*, main: bool) -> str:
        found: str = extract_plain_text(
            tree,
            main_content=main,
            links=True,
            alt_texts=False,
            comments=False,
            preserve_formatting=False,
        )
        return found

    body = text(main=True)
    if len(body) < _THIN:
        body = "\n".join((body, text(main=False), _declared(html)))
    return f"{tree.title or ''}\n{body}"


def _declared(html: str) -> str:
    """The article's body as JSON-LD declares it, where scripts or a wall hide it."""
    found = _DECLARED_BODY.search(html)
    if found is None:
        return ""
    try:
        return str(json.loads(found[1], strict=False))
    except ValueError:
        return ""
