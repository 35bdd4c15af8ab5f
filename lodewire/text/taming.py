"""Pages made to hang a parser, made harmless before any parser sees them.

HTML parsers compare each attribute of a tag with all before it, and text extractors climb the tree
from every node: both are quadratic, and a megabyte of ``<div>`` keeps them busy for minutes.
"""

from __future__ import annotations

import re

DEPTH_LIMIT = 600  # open elements; real pages of the benchmarks stay under 60
ATTRIBUTE_LIMIT = 1000  # of one tag
_WINDOW = 32_768
_SURE_SIZE = 512_000
_MANY_TAGS = 6_000

_ATTRIBUTE = r"""[\s/]++=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?"""
_CROWDED = re.compile(
    rf"(<[a-zA-Z][^\s/>]*+)(?:{_ATTRIBUTE}){{{ATTRIBUTE_LIMIT}}}(?:{_ATTRIBUTE})*+"
)
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|param|path|use"
_TAG = re.compile(rf"<(/?)(?!(?:{_VOID})\b)([a-zA-Z][a-zA-Z0-9:-]*)[^>]*?(/?)>")


def tame(html: str) -> tuple[str, tuple[str, ...]]:
    """Return ``html`` without monstrous tags and depths, and notes on what was taken out."""
    notes: list[str] = []
    if _may_be_crowded(html):
        html, count = _CROWDED.subn(r"\1", html)
        if count:
            notes.append(f"{count} tags with over {ATTRIBUTE_LIMIT} attributes were emptied")
    if html.count("<") > _MANY_TAGS:
        flat = _flatten(html)
        if flat is not None:
            html = flat
            notes.append(f"elements nested over {DEPTH_LIMIT} deep were flattened")
    return html, tuple(notes)


def _may_be_crowded(html: str) -> bool:
    """Tell cheaply whether a tag may be crowded: the page is very large, or a stretch without
    ``>`` reads like attributes (most such stretches are scripts)."""
    size = len(html)
    if size > _SURE_SIZE:
        return True
    at = 0
    while at < size:
        close = html.rfind(">", at, at + _WINDOW)
        if close >= 0:
            at = close + 1
            continue
        if size - at < _WINDOW:
            return False
        if _CROWDED.search(html, at, at + 2 * _WINDOW):
            return True
        at += _WINDOW
    return False


def _flatten(html: str) -> str | None:
    """Drop tags below DEPTH_LIMIT; None when the page is not that deep.

    Closing tags lower the depth only if their element is open, as a parser does.
    """
    open_tags: dict[str, int] = {}
    depth = deepest = 0
    pieces: list[str] = []
    kept = 0
    for tag in _TAG.finditer(html):
        closing, name, self_closed = tag[1], tag[2].lower(), tag[3]
        if closing:
            if not open_tags.get(name):
                continue
            open_tags[name] -= 1
            depth -= 1
            drop = depth >= DEPTH_LIMIT
        elif self_closed:
            continue
        else:
            drop = depth >= DEPTH_LIMIT
            open_tags[name] = open_tags.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        if drop:
            pieces.append(html[kept : tag.start()])
            kept = tag.end()
    if deepest <= DEPTH_LIMIT or not pieces:
        return None
    pieces.append(html[kept:])
    return " ".join(pieces)
