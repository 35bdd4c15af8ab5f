"""Bodies of answers turned into JSON, CSV rows, XML elements or files of an archive, with care.

Services answer 200 with an error page, cut an answer off, or send nothing at all. Every error names
the place and says which of these it was, so that nothing half-read is taken for a table.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from lodewire.errors import BrokenFile, EmptyPage, UnsupportedFormat

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARKUP = re.compile(rb"\s*(<!doctype html|<html|<head|<body)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,400}>")
_NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{0,30})?(?:[eE][+-]?\d{1,2})?|[+-]?\.\d{1,30}"
)
_HEAD = 2000
_AGAIN = "Fetch again later; if it stays so, look at the address in a browser."


def broken(place: str, told: str) -> BrokenFile:
    """Return the error of an answer whose form is known and whose content is damaged."""
    return BrokenFile(f"{place}: {told}", hint=_AGAIN)


def text_of(body: bytes, place: str) -> str:
    """Return the text of a body (UTF-8, with or without mark, else Latin-1).

    Raises EmptyPage for nothing, UnsupportedFormat for a page of HTML.
    """
    if not body.strip():
        raise EmptyPage(f"{place}: the answer is empty", hint=_AGAIN)
    if _MARKUP.match(body):
        told = first_words(body)
        raise UnsupportedFormat(
            f"{place}: a web page came in place of figures: {told}", hint=_AGAIN
        )
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("latin-1")


def first_words(body: bytes) -> str:
    """Return what a page or a line of text says, in a few words."""
    text = body[: _HEAD * 4].decode("utf-8", "replace")
    title = _TITLE.search(text)
    told = title[1] if title else _TAG.sub(" ", text)
    line = " ".join("".join(c if c.isprintable() else " " for c in told).split())
    return repr(line[:160])


def json_of(body: bytes, place: str) -> Any:
    """Return the JSON of a body, numbers with a point as Decimal.

    Raises EmptyPage, UnsupportedFormat (HTML, XML or plain text) or BrokenFile (cut off).
    """
    text = text_of(body, place)
    start = text.lstrip()
    if start[:1] not in ("{", "["):
        raise UnsupportedFormat(f"{place}: not JSON: {first_words(body)}", hint=_AGAIN)
    try:
        return json.loads(start, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError, InvalidOperation) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise broken(place, f"the JSON is damaged or cut off: {reason}") from error


def _no_number(name: str) -> None:
    """NaN and Infinity stand for a missing value in some services."""
    del name


def object_of(body: bytes, place: str) -> dict[str, Any]:
    """Return the JSON object of a body; raises as ``json_of``, and BrokenFile for another shape."""
    told = json_of(body, place)
    if not isinstance(told, dict):
        raise broken(place, f"expected an object, found {type(told).__name__}")
    return told


def list_of(table: dict[str, Any], name: str, place: str) -> list[dict[str, Any]]:
    """Return the list of objects that stands under ``name``; raises BrokenFile."""
    told = table.get(name)
    if not isinstance(told, list):
        raise broken(place, f"{name!r} is no list")
    for at, entry in enumerate(told):
        if not isinstance(entry, dict):
            raise broken(place, f"{name}[{at}] is no object")
    return told


def csv_rows(
    body: bytes, place: str, *, columns: tuple[str, ...] = (), delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with the line they end on, cells stripped.

    ``columns`` must be among those of the head, in any order. Raises BrokenFile naming the line
    where a row has too few or too many cells: a file that was cut off ends in such a row.
    """
    text = io.StringIO(text_of(body, place), newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        missing = [column for column in columns if column not in head]
        if missing:
            raise BrokenFile(
                f"{place}:1: no column {', '.join(missing)}; the head is {','.join(head)[:200]}",
                hint="The source may have changed its form; look for a newer Lodewire.",
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                raise BrokenFile(
                    f"{place}:{reader.line_num}: {len(cells)} cells, expected {len(head)}: "
                    "damaged or cut off",
                    hint=_AGAIN,
                )
            yield reader.line_num, dict(zip(head, (c.strip() for c in cells), strict=True))
    except csv.Error as error:
        raise BrokenFile(
            f"{place}:{reader.line_num}: not valid CSV: {error}", hint=_AGAIN
        ) from error


def number_of(cell: object, place: str) -> Decimal | None:
    """Return a number as it stands; None for nothing. Raises BrokenFile for anything else.

    Commas may part thousands and nothing else: "1,0" is no number.
    """
    if cell is None or cell == "":
        return None
    told = str(cell).strip()
    if isinstance(cell, bool) or not _NUMBER.fullmatch(told):
        raise broken(place, f"{told[:40]!r} is no number")
    return Decimal(told.replace(",", ""))


def root_of(body: bytes, place: str) -> tuple[str, dict[str, str]]:
    """Return the local name and the attributes of the root; raises as ``elements``."""
    from lxml import etree

    try:
        for _, root in _parsing(body, place, events=("start",)):
            return root.tag.rpartition("}")[2], {str(k): str(v) for k, v in root.attrib.items()}
    except etree.XMLSyntaxError as error:
        raise broken(place, f"the XML is damaged or cut off: {error}") from error
    raise broken(place, "the XML has no root")


def elements(body: bytes, place: str, tag: str) -> Iterator[Element]:
    """Yield every element of a local name, of any namespace, one at a time.

    What was yielded is forgotten afterwards, so that a large list costs little memory. Raises
    BrokenFile for XML that is cut off or declares a document type (bombs and probes need one),
    EmptyPage and UnsupportedFormat as ``text_of``.
    """
    from lxml import etree

    try:
        for _, element in _parsing(body, place, tag=f"{{*}}{tag}"):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise broken(place, f"the XML is damaged or cut off: {error}") from error


def _parsing(body: bytes, place: str, **told: Any) -> Any:
    from lxml import etree

    text_of(body[:_HEAD], place)
    if b"<" not in body[:_HEAD]:
        raise UnsupportedFormat(f"{place}: not XML: {first_words(body)}", hint=_AGAIN)
    if b"<!DOCTYPE" in body:
        raise broken(place, "the XML declares a document type, which is not read")
    return etree.iterparse(
        io.BytesIO(body), resolve_entities=False, load_dtd=False, no_network=True, **told
    )


def words_in(element: Element, name: str) -> str:
    """Return the text of the first child of a local name, in one line; "" where there is none."""
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name:
            return " ".join("".join(child.itertext()).split())
    return ""


def all_in(element: Element, *path: str) -> list[Element]:
    """Return the descendants along a path of local names."""
    level = [element]
    for name in path:
        level = [
            child
            for parent in level
            for child in parent
            if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name
        ]
    return level


def archived(
    body: bytes, place: str, wanted: re.Pattern[str], *, most: int = 400_000_000
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a zip archive whose name matches, in their order.

    ``most`` bounds what all of them may unfold to, in bytes. Raises BrokenFile for a damaged
    archive or one that unfolds beyond it.
    """
    if not body:
        raise EmptyPage(f"{place}: the answer is empty", hint=_AGAIN)
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        told = f": {first_words(body)}" if _MARKUP.match(body) else f" ({error})"
        raise broken(place, f"no zip archive, or one cut off{told}") from error
    left = most
    with archive:
        for entry in archive.infolist():
            if entry.is_dir() or not wanted.search(entry.filename):
                continue
            content = _unfolded(archive, entry, place, left)
            left -= len(content)
            yield entry.filename, content


def _unfolded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str, left: int) -> bytes:
    where = f"{place}: {entry.filename}"
    try:
        with archive.open(entry) as file:
            content = file.read(left + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise broken(where, f"cannot be unfolded: {error}") from error
    if len(content) > left:
        raise broken(where, "unfolds to more than the archive may hold")
    return content
