"""What one tag of a page's source means to its reader: how it parts text, and what it hints at."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from importlib.resources import files

# What the walk does at a tag. Up to LINK_END a tag is kept once looked up; the first three after
# INLINE end the block before them.
INLINE, BLOCK, END, BREAK, LINK_END, SKIPPED, LINK, FACT = range(8)

_PARTING = (
    "address article aside blockquote body button caption center dd details dialog div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup label li main menu nav "
    "ol p pre search section summary table tbody td tfoot th thead tr ul"
).split()
PARTING = frozenset(_PARTING)
# Their content is no text of the page. What HTML reads as characters is skipped to its end tag.
SKIPS = frozenset(
    "script style svg noscript template iframe textarea select object math audio video canvas "
    "noembed noframes map datalist title".split()
)
RAW = frozenset({"script", "style", "textarea", "title", "iframe"})
_FACTS = frozenset({"meta", "link", "html", "time"})
_IN_CELL = frozenset({"p", "td", "th"})
_IN_ITEM = frozenset({"p", "li"})
_IN_TERM = frozenset({"p", "dt", "dd"})
_IN_ROW = frozenset({"p", "td", "th", "tr"})
_IN_PARAGRAPH = frozenset({"p"})
_HEADINGS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_CLOSES = {
    "li": _IN_ITEM, "td": _IN_CELL, "th": _IN_CELL, "dt": _IN_TERM, "dd": _IN_TERM,
    "tr": _IN_ROW, "tbody": _IN_ROW, "tfoot": _IN_ROW, "button": frozenset(), "label": frozenset(),
} | {f"h{level}": _HEADINGS for level in range(1, 7)}  # fmt: skip

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s"'>]++))""")
_HINTING = ((' class="', 8), (' id="', 5), (' role="', 7))  # with their widths
_HIDDEN = re.compile(
    r"""display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?:\s|/?$|=(?:""|"hidden))"""
    r"""|aria-hidden\s*=\s*["']?true"""
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKED = 400  # characters of classes and ids
_MOST_MARKS = 24  # of one tag


@dataclass(slots=True, eq=False)  # not frozen: made a hundred times a page
class Tag:
    """A tag as looked up: ``code`` says what the walk does, ``closes`` what its opening ends.

    ``marks`` are the words of class, id and role in lower case; ``hints`` is a set of bits, one for
    each kind of element and each group of marks of ``data/hints.toml`` (``HINTS`` in order).
    """

    code: int
    name: str = ""
    closes: frozenset[str] = frozenset()
    marks: tuple[str, ...] = ()
    hints: int = 0


@cache
def hint_names() -> tuple[str, ...]:
    """The names of the bits of ``Tag.hints``, the first for bit 0."""
    return tuple(_table())


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    source = files("lodewire.text").joinpath("data/hints.toml")
    return tomllib.loads(source.read_text("utf-8"))


@cache
def _bits(kind: str) -> dict[str, int]:
    """Return the bits that each tag name ("tags") or mark ("marks") sets."""
    found: dict[str, int] = {}
    for place, group in enumerate(_table().values()):
        for word in group.get(kind, ()):
            found[word] = found.get(word, 0) | 1 << place
    return found


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of a tag's source, names in lower case; of two the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag[:20_000]):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def marks_of(value: str) -> tuple[tuple[str, ...], int]:
    """Return the words of classes and ids ("entry-content", "postBody"), and the bits they set."""
    value = value[:_MARKED]
    if not value.islower():
        value = _CAMEL.sub(" ", value).lower()
    marks = tuple(value.replace("-", " ").replace("_", " ").split()[:_MOST_MARKS])
    by_mark = _bits("marks")
    bits = 0
    for mark in marks:
        bits |= by_mark.get(mark, 0)
    return marks, bits


PLAIN = Tag(INLINE)
LINK_TAG = Tag(LINK)
_BROKEN = Tag(BREAK)
_FACT = Tag(FACT)
_LINK_ENDS = Tag(LINK_END)


def name_of(source: str) -> str:
    """Return the name of a tag's source, lower case; empty when it has none."""
    head = source.split(None, 1)
    return head[0].partition("/")[0].lower() if head else ""


def read_tag(source: str) -> Tag:
    """Return what a tag means; ``source`` is what stands between ``<`` and ``>``."""
    head = source.split(None, 1)
    name = head[0] if head else ""
    simple = _SIMPLE.get(name)
    if simple is not None:
        return simple
    if name == "a" or name == "A":
        plain = "href" not in source or 'href="#' in source or "href='#" in source
        return PLAIN if plain else LINK_TAG
    if name[:1] == "/":
        name = name_of(source[1:])
        return Tag(END, name) if name in PARTING and name != "body" else PLAIN
    name = name.partition("/")[0].lower()
    if name in PARTING:
        return element(name, source)
    if name in SKIPS:
        return _SKIPPED[name]
    return _SIMPLE.get(name, PLAIN)


_SKIPPED = {name: Tag(SKIPPED, name) for name in SKIPS}
_PHRASES = "span strong em b i u img small font sup sub source picture input path wbr ins center"
_SIMPLE = (
    dict.fromkeys((*_PHRASES.split(), *(f"/{n}" for n in _PHRASES.split())), PLAIN)
    | {"/a": _LINK_ENDS, "/A": _LINK_ENDS, "br": _BROKEN, "hr": _BROKEN, "br/": _BROKEN}
    | {"/" + name: Tag(END, name) for name in PARTING if name != "body"}
    | {"/body": PLAIN, "/html": PLAIN}
    | dict.fromkeys(_FACTS, _FACT)
    | _SKIPPED
)


# What a name alone decides, whatever attributes follow it.
at_once = {name: tag for name, tag in _SIMPLE.items() if tag.code in (INLINE, SKIPPED)}.get


def element(name: str, source: str) -> Tag:
    """Return what an opening tag of ``PARTING`` means; ``name`` is its name in lower case."""
    if len(source) == len(name):
        return _element_of(name, "", hidden=False)
    value = ""
    for attribute, width in _HINTING:
        start = source.find(attribute)
        if start >= 0:
            start += width
            value += " " + source[start : source.find('"', start)]
    if not value and "=" in source:
        value = _other_quotes(source)
    hidden = ("hidden" in source or "none" in source) and bool(_HIDDEN.search(source))
    return _element_of(name, value, hidden=hidden)


@lru_cache(maxsize=16384)
def _element_of(name: str, value: str, *, hidden: bool) -> Tag:
    """The element of a name whose class, id and role say ``value``."""
    marks, bits = marks_of(value) if value else ((), 0)
    if hidden:
        bits |= _bits("marks")["hidden"]
    if name == "body":  # some are hidden until they are drawn
        bits &= ~_bits("marks")["hidden"]
    hints = _bits("tags").get(name, 0)
    return Tag(BLOCK, name, _CLOSES.get(name, _IN_PARAGRAPH), marks, hints | bits)


def _other_quotes(source: str) -> str:
    attributes = attributes_of(source)
    return " ".join(attributes.get(name, "") for name in ("class", "id", "role")).strip()
