"""XML from outside, made harmless before any parser builds on it.

Entity bombs and external entities need declarations in the document type: those are refused.
Nesting and the number of tags are bounded, since lenient parsers take quadratic time over both.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass
from html.entities import html5

from lodewire.errors import BrokenFile, EmptyPage

MAX_DEPTH = 128
MAX_TAGS = 600_000
MAX_TAGS_BROKEN = 50_000  # a lenient parser gets these

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,200}\?>")
_ENCODING = re.compile(
    rb"""^\s{0,40}<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})"""
)
# XML 1.0 allows no other control characters; feeds hold them all the same.
_AMPERSAND = re.compile(r"&(#?\w{1,32};)?")
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_BLANK = re.compile(r"\s*")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class GuardedXml:
    """UTF-8 without XML declaration; ``notes`` say what was wrong; ``error`` where it breaks."""

    body: bytes
    notes: tuple[str, ...]
    error: str | None


def guard_xml(body: bytes, charset: str | None = None) -> GuardedXml:
    """Decode and check XML; ``charset`` is what the server declared.

    Raises EmptyPage for nothing, BrokenFile for what declares entities, is nested too deeply or
    has too many tags. A document that is not well-formed passes with ``error`` set.
    """
    text, notes = _decode(body, charset)
    text = _NOT_XML.sub("", text)
    start = text.find("<")
    if start < 0:
        raise EmptyPage("there is no XML in the answer")
    text = text[start:]
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :].lstrip() if declaration else text
    _refuse_declarations(text)
    clean = text.encode("utf-8")
    error = _measure(clean)
    if error is not None:
        mended = _mend(text).encode("utf-8")
        if _measure(mended) is None:
            return GuardedXml(
                body=mended, notes=(*notes, f"broken XML, mended: {error}"), error=None
            )
        if text.count("<") > MAX_TAGS_BROKEN:
            raise BrokenFile(f"broken XML, too much to mend: {error}")
        notes = (*notes, f"broken XML, read what could be read: {error}")
    return GuardedXml(body=clean, notes=notes, error=error)


def _decode(body: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """Decode by byte-order mark, XML declaration, UTF-8, the server's word: the first that fits."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace"), ()
    declared = _ENCODING.match(body)
    names = [declared[1].decode("ascii") if declared else None, "utf-8", charset]
    for name in names:
        text = _try(body, name)
        if text is not None:
            first = next(n for n in names if n)
            told = () if name == first else (f"declared as {first[:40]}, read as {name}",)
            return text, told
    return body.decode("cp1252", "replace"), ("no encoding fits; read as windows-1252",)


def _try(body: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        text = body.decode(encoding)
    except (LookupError, ValueError):  # unknown name, or bytes that do not fit
        return None
    return text if isinstance(text, str) else None  # "hex" and the like give no text


def _refuse_declarations(text: str) -> None:
    """Walk the prolog; raise BrokenFile when its document type declares anything."""
    at = 0
    while blank := _BLANK.match(text, at):
        at = blank.end()
        if text.startswith("<?", at):
            end = text.find("?>", at)
            at = end + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            at = end + 3
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end = text.find(">", at)
            if "[" in text[at : end if end >= 0 else None] or "<!ENTITY" in text.upper():
                raise BrokenFile(
                    "the XML declares entities of its own, as bombs and probes do",
                    hint="Feeds need none; ask the publisher for a clean feed.",
                )
            at = end + 1
        else:
            return
        if end < 0:
            return


def _mend(text: str) -> str:
    """Escape loose ampersands and spell out HTML's entities, outside of CDATA.

    Left to the lenient parser, "S&P" would become "S&P;".
    """
    parts = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        parts += [_AMPERSAND.sub(_spelled, text[at:start]), text[start : end + 3]]
        at = end + 3
    parts.append(_AMPERSAND.sub(_spelled, text[at:]))
    return "".join(parts)


def _spelled(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _XML_ENTITIES or name.startswith("#"):
        return match[0]
    spelled = html5.get(name)
    return html.escape(spelled, quote=False) if spelled else f"&amp;{name}"


def _measure(body: bytes) -> str | None:
    """Return why the XML is not well-formed, or None; raises BrokenFile over the bounds."""
    from xml.parsers import expat

    depth = deepest = tags = 0

    def start(name: str, attributes: list[str]) -> None:
        nonlocal depth, deepest, tags
        depth += 1
        tags += 1
        if depth > MAX_DEPTH or tags > MAX_TAGS:
            raise BrokenFile(
                f"the XML has more than {MAX_DEPTH} levels or {MAX_TAGS:,} tags",
                hint="This is no feed that a publisher would send.",
            )

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        return f"{expat.errors.messages[error.code]}, line {error.lineno}"
    return None
