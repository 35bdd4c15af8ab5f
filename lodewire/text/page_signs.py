"""The signs of a page's type: what it declares, how its text stands, what it sells or asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p
from urllib.parse import urlsplit

from lodewire.text.markup import hint_names
from lodewire.text.metadata import PageMetadata
from lodewire.text.scan import Scan

_TYPE = re.compile(r'"@type"\s*:\s*"(\w+)"')
_PRICE = re.compile(r"(?:[$€£¥]|USD|EUR)\s?\d")


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _folder(*names: str) -> re.Pattern[str]:
    return re.compile(rf"/(?:{'|'.join(names)})(?:[/.]|$)", re.IGNORECASE)


_REPLY = _words(
    "repl(?:y|ies)", "posted", "joined", "quote", "thread", "solved", "upvote", "answers?"
)
_SELL = _words("add to (?:cart|bag|basket)", "buy now", "in stock", "sold out", "free shipping")
_ASK = _words("get started", "contact us", "book a", "request a", "our (?:services|team|clients)")
_HINTED = (
    "product",
    "review",
    "message",
    "comment",
    "code",
    "toc",
    "card",
    "list",
    "article",
    "faq",
)
_DECLARED = {
    "product": ("product", "productgroup", "offer", "aggregateoffer"),
    "listing": ("itemlist", "collectionpage", "searchresultspage"),
    "forum": ("discussionforumposting", "qapage", "question"),
    "service": ("service", "localbusiness", "professionalservice", "organization"),
    "article": ("article", "newsarticle", "blogposting", "report", "techarticle"),
}
_PATHS = {
    "product": _folder("products?", "p", "item", "dp"),
    "listing": _folder(
        "collections?", "category", "categories", "shop", "tag", "archive", "search"
    ),
    "forum": _folder("t", "threads?", "forums?", "questions?", "community", "discussion"),
    "documentation": _folder(
        "docs?", "documentation", "guide", "reference", "manual", "api", "wiki"
    ),
    "service": _folder("services?", "solutions?", "about", "pricing", "features?", "industries"),
    "article": _folder(
        "blogs?", "news", "articles?", "story", "insights", "press", "posts?", r"20\d\d"
    ),
}


def signs_of(page: Scan, metadata: PageMetadata, url: str, chosen: Sequence[int]) -> list[float]:
    """Return the signs of a page; ``chosen`` are the blocks taken for its main text."""
    kept = [page.texts[index] for index in chosen]
    sizes = [len(text) for text in kept]
    whole = max(1, sum(map(len, page.texts)))
    told = max(1, sum(sizes))
    long = [page.words[index] for index in chosen if page.words[index] >= 25]
    linked = sum(min(page.linked[index], len(page.texts[index])) for index in chosen)
    text = "\n".join(page.texts)[:60_000]
    declared = {name.lower() for script in page.scripts for name in _TYPE.findall(script)}
    parts = urlsplit(url)
    address = f"//{parts.hostname or ''}{parts.path}"
    kind = metadata.kind or ""
    signs = [
        sum(sizes) / whole, linked / told, log1p(told) / 5, log1p(len(long)), sum(long) * 6 / told,
        log1p(len(page.texts)) / 3, log1p(len(_PRICE.findall(text))),
        log1p(len(_REPLY.findall(text))),
        log1p(len(_SELL.findall(text))), log1p(len(_ASK.findall(text))),
        float("article" in kind), float("product" in kind), float(metadata.published is not None),
        float(bool(metadata.authors)), float(parts.path in ("", "/")), parts.path.count("/") / 3,
        sum(text.endswith("?") for text in kept) / max(1, len(kept)),
        sum(sizes[i] < 40 for i in range(len(sizes))) / max(1, len(sizes)),
    ]  # fmt: skip
    signs += [float(any(name in declared for name in names)) for names in _DECLARED.values()]
    signs += [float(bool(pattern.search(address))) for pattern in _PATHS.values()]
    return signs + _hinted(page, chosen)


def _hinted(page: Scan, chosen: Sequence[int]) -> list[float]:
    """How many elements carry a group of marks, and the share of chosen blocks right under one."""
    names = hint_names()
    found = []
    for name in _HINTED:
        bit = 1 << names.index(name)
        carrying = [bool(tag.hints & bit) for tag in page.tags]
        under = sum(carrying[page.holders[index]] for index in chosen)
        found += [log1p(sum(carrying)) / 3, under / max(1, len(chosen))]
    return found
