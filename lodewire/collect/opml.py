"""OPML lists of feeds, as readers export them, turned into source definitions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lodewire.collect.fields import language_code, one_line, web_link
from lodewire.collect.xml_guard import guard_xml
from lodewire.config.source import Expected, FeedChannel, SourceDefinition, source_yaml
from lodewire.errors import ConfigError, UnsupportedFormat
from lodewire.model.ids import SourceId
from lodewire.model.vocabulary import Desk, SourceKind

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_FEEDS = 2_000
_TERMS = "Not looked up: read the publisher's terms and write them here before you use its text."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """A definition made of one outline, and its text for ``<id>/source.yml``."""

    source: SourceDefinition
    yaml: str


def import_opml(
    body: bytes,
    *,
    taken: frozenset[str] = frozenset(),
    desks: tuple[Desk, ...] = (Desk.BUSINESS_POLITICS,),
    kind: SourceKind = SourceKind.TRADE_PRESS,
    language: str = "en",
) -> tuple[tuple[ImportedSource, ...], tuple[str, ...]]:
    """Return a definition for each feed of an OPML file, and notes on what was left out.

    ``taken`` are ids that exist; ``desks``, ``kind`` and ``language`` serve where the file says
    nothing, as it mostly does not. Raises EmptyPage, BrokenFile or UnsupportedFormat.
    """
    guarded = guard_xml(body)
    root = _root(guarded.body)
    if root is None:
        raise UnsupportedFormat(
            "this is not an OPML file", hint="Export the list from your feed reader as OPML."
        )
    notes = list(guarded.notes)
    ids = set(taken)
    found: dict[str, ImportedSource] = {}
    for outline in root.iter("outline"):
        address = outline.get("xmlUrl") or outline.get("xmlurl")
        if address is None:
            continue  # a folder of the reader
        link = web_link(address, "")
        if link is None or link in found:
            notes.append(f"left out: {address[:200]}: " + ("twice" if link else "no web address"))
            continue
        if len(found) == MAX_FEEDS:
            notes.append(f"more than {MAX_FEEDS:,} feeds; the rest was left out")
            break
        try:
            found[link] = _imported(outline, link, ids, desks, kind, language)
        except ConfigError as error:
            notes.append(f"left out: {error.message}")
    return tuple(found.values()), tuple(notes)


def _root(body: bytes) -> _Element | None:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    return root if root is not None and root.tag == "opml" else None


def _imported(
    outline: _Element,
    link: str,
    ids: set[str],
    desks: tuple[Desk, ...],
    kind: SourceKind,
    language: str,
) -> ImportedSource:
    host = urlsplit(link).hostname or "source"
    title = one_line(outline.get("title") or outline.get("text"), 200) or host
    source = SourceDefinition(
        id=SourceId(_free_id(title, host, ids)),
        publisher=title,
        title=title,
        homepage=web_link(outline.get("htmlUrl"), ""),
        kind=kind,
        language=language_code(outline.get("language")) or language,
        desks=desks,
        channels=(FeedChannel(type="feed", url=link),),
        terms=_TERMS,
        expected=Expected(min=0, max=100),
    )
    ids.add(source.id)
    return ImportedSource(source=source, yaml=source_yaml(source))


def _free_id(title: str, host: str, ids: set[str]) -> str:
    slug = _slug(title) or _slug(host) or "source"
    return next(name for name in _numbered(slug) if name not in ids)


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:60].strip("-")
