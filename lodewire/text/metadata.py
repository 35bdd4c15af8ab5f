"""What a page declares about itself: JSON-LD first, then OpenGraph, other meta, time elements.

All of it stands in the tags that the one pass over the page has set aside (``lodewire.text.scan``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from lodewire.text.dates import Moment, parse_moment
from lodewire.text.decode import clean_line
from lodewire.text.jsonld import (
    address_of,
    is_article,
    is_site,
    names_of,
    parse_jsonld,
    text_of,
)
from lodewire.text.markup import attributes_of, name_of
from lodewire.text.scan import Scan
from lodewire.text.titles import choose_title, same_headline

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)
_SPLIT_NAMES = re.compile(r"\s*(?:;|,| and | & )\s*")
_OPENERS = re.compile(r"^(?:by|von|par)\s+", re.IGNORECASE)
_ENOUGH = 400  # nodes looked at of one kind


@cache
def _names(fact: str) -> tuple[str, ...]:
    source = files("lodewire.text").joinpath("data/declarations.toml")
    tables: dict[str, list[str]] = tomllib.loads(source.read_text("utf-8"))
    return tuple(tables[fact])


@cache
def _wanted() -> frozenset[str]:
    facts = ("published", "modified", "title", "author", "site", "other")
    return frozenset(name for fact in facts for name in _names(fact))


@dataclass(slots=True, kw_only=True)
class PageMetadata:
    """What was declared. ``published`` and ``modified`` come with the place they were found in."""

    title: str | None = None
    titles: tuple[str, ...] = ()
    description: str | None = None
    published: Moment | None = None
    published_source: str | None = None
    modified: Moment | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    url: str | None = None
    language: str | None = None
    kind: str | None = None
    body: str | None = None


@dataclass(slots=True)
class _Found:
    """The raw finds of one walk over the page."""

    meta: dict[str, str] = field(default_factory=dict)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)  # (datetime or words, marks)
    page_title: str | None = None
    canonical: str | None = None
    language: str | None = None
    authors: list[str] = field(default_factory=list)


def read_metadata(page: Scan, url: str) -> PageMetadata:
    """Return what the page at ``url`` declares; every field may stay empty. Never fails."""
    found = _collect(page)
    address = _address(found, url)
    article = _article_node(found, address or url)
    site = _site(found, article)
    titles = _titles(found, article)
    names = tuple(name for name in (site, _host_name(url)) if name)
    result = PageMetadata(
        title=choose_title(titles, found.headings, found.page_title, names),
        titles=tuple(dict.fromkeys((*titles, *found.headings[:3], found.page_title or ""))),
        description=found.meta.get("og:description") or found.meta.get("description"),
        authors=_authors(found, article),
        site=site,
        url=address,
        language=_language(found, article),
        kind=found.meta.get("og:type", "").lower() or ("article" if article else None),
        body=text_body(article),
    )
    _set_dates(result, found, article)
    return result


def _collect(page: Scan) -> _Found:
    found = _Found(page_title=clean_line(page.title) or None)
    wanted = _wanted()
    for source, said in page.facts:
        name = name_of(source)
        if name == "meta":
            _collect_meta(attributes_of(source), found, wanted)
        elif name == "link":
            if found.canonical is None and "canonical" in source:
                attributes = attributes_of(source)
                if attributes.get("rel", "").lower() == "canonical":
                    found.canonical = attributes.get("href")
        elif name == "html":
            found.language = found.language or attributes_of(source).get("lang")
        elif name == "time":
            _collect_time(attributes_of(source), said, found)
        else:
            _collect_itemprop(attributes_of(source), said, found)
    for script in page.scripts:
        if len(found.nodes) < _ENOUGH:
            found.nodes.extend(parse_jsonld(script))
    found.headings = [text for text in map(clean_line, page.headings()) if 3 <= len(text) <= 300][
        :20
    ]
    return found


def line_of(node: LexborNode, limit: int = 2000) -> str:
    """Return the text of a node as one clean line of at most ``limit`` characters."""
    return clean_line(node.text()[:limit].replace("\n", " "))


def _collect_meta(attributes: dict[str, str], found: _Found, wanted: frozenset[str]) -> None:
    content = attributes.get("content")
    if not content or len(found.meta) > _ENOUGH:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = attributes.get(attribute)
        if name and (name := name.strip().lower()) in wanted:
            value = clean_line(content[:2000].replace("\n", " "))
            found.meta.setdefault(name, value)


def _collect_time(attributes: dict[str, str], said: str, found: _Found) -> None:
    if len(found.times) < 40:
        marks = (attributes.get("itemprop"), attributes.get("class"), *attributes)
        value = attributes.get("datetime") or clean_line(said[:80])
        found.times.append((value, " ".join(mark for mark in marks if mark).lower()))


def _collect_itemprop(attributes: dict[str, str], said: str, found: _Found) -> None:
    name = attributes.get("itemprop", "").lower()
    if name in ("datepublished", "datemodified", "datecreated"):
        value = attributes.get("content") or attributes.get("datetime") or clean_line(said[:80])
        found.meta.setdefault(name, value)
    elif name == "author" and len(found.authors) < 10:
        text = clean_line(said[:120])
        if text:
            found.authors.append(text)


def _article_node(found: _Found, url: str) -> dict[str, Any] | None:
    """Choose the node of this page's article; a list of others' articles yields none."""
    articles = [node for node in found.nodes if is_article(node)]
    if not articles:
        pages = [node for node in found.nodes if node.get("datePublished") and not is_site(node)]
        return pages[0] if len(pages) == 1 else None
    path = urlsplit(url).path.rstrip("/")
    for node in articles:
        address = address_of(node)
        if address and path and urlsplit(address).path.rstrip("/") == path:
            return node
    declared = [*found.headings, found.meta.get("og:title", ""), found.page_title or ""]
    for node in articles:
        headline = text_of(node.get("headline")) or text_of(node.get("name")) or ""
        if headline and any(same_headline(headline, title) for title in declared if title):
            return node
    same = {
        (text_of(node.get("headline")), text_of(node.get("datePublished"))) for node in articles
    }
    return articles[0] if len(same) == 1 else None


def _titles(found: _Found, article: dict[str, Any] | None) -> list[str]:
    titles = [text_of(article.get("headline")) or text_of(article.get("name"))] if article else []
    titles += [found.meta.get(name) for name in _names("title")]
    return [title for title in titles if title]


def _site(found: _Found, article: dict[str, Any] | None) -> str | None:
    if article and (name := text_of(article.get("publisher"))):
        return name
    for key in _names("site"):
        value = found.meta.get(key)
        if value and not _ADDRESS.search(value) and len(value) <= 80:
            return value
    for node in found.nodes:
        if is_site(node) and (name := text_of(node.get("name"))):
            return name
    return None


def _host_name(url: str) -> str | None:
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.") or None


def _address(found: _Found, url: str) -> str | None:
    declared = found.canonical or found.meta.get("og:url")
    if not declared:
        return None
    try:
        joined = urljoin(url, declared.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    same = not urlsplit(url).hostname or _root(parts.hostname) == _root(urlsplit(url).hostname)
    # A canonical that names the front page is a template's mistake, not this article's address.
    home = parts.path in ("", "/") and urlsplit(url).path not in ("", "/")
    return joined if parts.scheme in ("http", "https") and same and not home else None


def _root(host: str | None) -> str:
    return ".".join((host or "").split(".")[-2:])


def _authors(found: _Found, article: dict[str, Any] | None) -> tuple[str, ...]:
    names: tuple[str, ...] = names_of(article.get("author")) if article else ()
    if not names:
        declared = (found.meta.get(key) for key in _names("author"))
        names = tuple(name for name in declared if name and not _ADDRESS.search(name))[:1]
    if not names:
        names = tuple(found.authors)
    split = (part for name in names for part in _SPLIT_NAMES.split(name))
    cleaned = (_OPENERS.sub("", part) for part in split)
    return tuple(dict.fromkeys(name for name in cleaned if 2 < len(name) <= 80))[:10]


def _language(found: _Found, article: dict[str, Any] | None) -> str | None:
    declared = (
        text_of(article.get("inLanguage")) if article else None,
        found.language,
        found.meta.get("og:locale"),
        found.meta.get("content-language"),
        found.meta.get("dc.language"),
    )
    for value in declared:
        code = (value or "").strip().lower()[:3].rstrip("-_")
        if re.fullmatch(r"[a-z]{2}", code):
            return code
    return None


def text_body(article: dict[str, Any] | None) -> str | None:
    """Return the article's text when the page declares it whole, as plain text."""
    value = article.get("articleBody") if article else None
    if not isinstance(value, str) or len(value) < 200 or re.search(r"</?(?:p|div|br)\b", value):
        return None
    return value[:500_000]


def _set_dates(result: PageMetadata, found: _Found, article: dict[str, Any] | None) -> None:
    if article:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            moment = parse_moment(text_of(article.get(key)) or "")
            if moment:
                result.published, result.published_source = moment, "json-ld"
                break
        result.modified = parse_moment(text_of(article.get("dateModified")) or "")
    for key in _names("published"):
        if result.published is not None:
            break
        moment = parse_moment(found.meta.get(key, ""))
        if moment:
            source = "opengraph" if key.startswith(("article:", "og:")) else "meta"
            result.published, result.published_source = moment, source
    if result.published is None:
        _set_from_times(result, found)
    for key in _names("modified"):
        result.modified = result.modified or parse_moment(found.meta.get(key, ""))


def _set_from_times(result: PageMetadata, found: _Found) -> None:
    """Take the time element marked as publication; else the only day that all of them share."""
    moments = [(parse_moment(value), marks) for value, marks in found.times]
    dated = [(moment, marks) for moment, marks in moments if moment]
    for moment, marks in dated:
        if any(mark in marks for mark in ("publish", "pubdate", "entry-date", "posted", "created")):
            result.published, result.published_source = moment, "time"
            return
    if dated and (len(dated) <= 2 or len({moment.day for moment, _ in dated}) == 1):
        result.published, result.published_source = dated[0][0], "time"
