"""JSON-LD as pages really write it: lists, graphs, comments, trailing commas, several in one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

_ARTICLES = frozenset(
    "newsarticle article reportagenewsarticle analysisnewsarticle backgroundnewsarticle "
    "opinionnewsarticle reviewnewsarticle blogposting liveblogposting report techarticle "
    "scholarlyarticle pressrelease specialannouncement socialmediaposting".split()
)
_SITES = frozenset({"organization", "newsmediaorganization", "website", "corporation"})
_LIMIT = 2_000_000  # characters of one script
_DEPTH = 12
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart")
_FIELDS = ("datePublished", "dateModified", "dateCreated", "headline", "articleBody", "inLanguage")


def parse_jsonld(script: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON-LD script, nested graphs and lists flattened, in order.

    A script too broken to parse yields one object of the fields that can still be read.
    """
    text = _COMMENT.sub("", script[:_LIMIT].strip()).strip().rstrip(";")
    if not text:
        return []
    nodes: list[dict[str, Any]] = []
    for value in _values(text):
        nodes.extend(_flatten(value, 0))
    return nodes or _salvage(text)


def _values(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        found: list[Any] = []
        at = 0
        try:
            while at < len(attempt):
                value, end = decoder.raw_decode(attempt, at)
                found.append(value)
                at = end
                while at < len(attempt) and attempt[at] in " \t\r\n,;":
                    at += 1
        except (ValueError, RecursionError):
            if attempt is text and not found:
                continue
        if found:
            yield from found
            return


def _flatten(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for member in value[:200]:
            yield from _flatten(member, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
            "item",
            "hasPart",
        ):
            inner = value.get(key)
            if isinstance(inner, (dict, list)):
                yield from _flatten(inner, depth + 1)


def _salvage(text: str) -> list[dict[str, Any]]:
    found: dict[str, Any] = {}
    for name in _FIELDS:
        match = re.search(rf'"{name}"\s*:\s*"((?:[^"\\\n]|\\.){{1,400}})"', text)
        if match:
            found[name] = match[1].replace('\\"', '"').replace("\\/", "/")
    if not found:
        return []
    kind = re.search(r'"@type"\s*:\s*"(\w*(?:Article|Posting|Report))"', text)
    found["@type"] = kind[1] if kind else "Article"
    return [found]


def types_of(node: dict[str, Any]) -> set[str]:
    """Return the lower-case type names of a node, without a schema.org prefix."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if name}


def is_article(node: dict[str, Any]) -> bool:
    """Tell whether a node describes an article."""
    return bool(types_of(node) & _ARTICLES)


def is_site(node: dict[str, Any]) -> bool:
    """Tell whether a node describes the site or its owner."""
    return bool(types_of(node) & _SITES)


def text_of(value: Any) -> str | None:
    """Return a JSON-LD value as one line: a string, a named node, or the first of a list."""
    if isinstance(value, list):
        return next((text for member in value if (text := text_of(member))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("headline"))
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return " ".join(unescape(str(value)).split()) or None
    return None


def names_of(value: Any) -> tuple[str, ...]:
    """Return the names in an author-like value, without addresses."""
    members: Sequence[Any] = value if isinstance(value, list) else [value]
    names = [text_of(member) for member in members]
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name))


def address_of(node: dict[str, Any]) -> str | None:
    """Return the address that a node claims to describe."""
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http", "/")):
            return value
    return None
