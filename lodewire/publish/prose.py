"""Markdown that people of the desk write: to HTML in which nothing runs and nothing is fetched.

CommonMark with tables by markdown-it-py (MIT). HTML in it stands as words, images are left out, and
links lead to http, https or mail only.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SAFE = re.compile(r"(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)


@functools.cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    reader.disable("image")
    reader.validateLink = lambda url: bool(_SAFE.match(url))  # type: ignore[method-assign]
    return reader


def prose_html(text: str) -> str:
    """Return Markdown as HTML."""
    told: str = _reader().render(text)
    # Columns are aligned by style attributes, which the content policy refuses.
    return re.sub(r' style="text-align:(left|right|center)"', "", told)


def prose_tokens(text: str) -> list[Token]:
    """Return the parsed Markdown, for forms other than HTML."""
    tokens: list[Any] = _reader().parse(text)
    return tokens
