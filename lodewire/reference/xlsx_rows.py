"""Rows of one sheet of an XLSX file, as text: a zip of XML parts, read with limits.

Only what a table of figures needs: shared and inline strings, numbers, gaps between cells. No
formulas, styles or dates; declarations of document types are refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree  # parts with a DOCTYPE are refused below

from lodewire.errors import ConfigError

MOST_BYTES = 80_000_000
MOST_COLUMNS = 2_000

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})\d+")


def is_xlsx(content: bytes) -> bool:
    """Tell whether the bytes begin as a zip archive does."""
    return content.startswith(b"PK\x03\x04")


def xlsx_rows(name: str, content: bytes, sheet: str) -> list[list[str]]:
    """Return the rows of the sheet of that name, gaps as empty cells.

    Raises ConfigError, naming the file, when it is damaged, too large, or has no such sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            strings = _strings(archive, name)
            return list(_sheet_rows(_part(archive, name, _path(archive, name, sheet)), strings))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError, IndexError) as error:
        raise ConfigError(
            f"{name}: the XLSX file is damaged: {error}", hint="Fetch it again, or save it as CSV"
        ) from error


def _part(archive: zipfile.ZipFile, name: str, part: str) -> ElementTree.Element:
    if archive.getinfo(part).file_size > MOST_BYTES:
        raise ConfigError(f"{name}: {part} is larger than {MOST_BYTES:,} bytes")
    body = archive.read(part)
    if b"<!DOCTYPE" in body[:4096] or b"<!ENTITY" in body:
        raise ConfigError(f"{name}: {part} declares a document type, which no table needs")
    return ElementTree.fromstring(body)  # noqa: S314  # no document type, size bounded


def _path(archive: zipfile.ZipFile, name: str, sheet: str) -> str:
    book = _part(archive, name, "xl/workbook.xml")
    sheets = {s.get("name", ""): s.get(_LINK, "") for s in book.iter(f"{_MAIN}sheet")}
    if sheet not in sheets:
        raise ConfigError(
            f"{name}: no sheet {sheet!r}", hint=f"It has {', '.join(sheets) or 'none'}"
        )
    links = _part(archive, name, "xl/_rels/workbook.xml.rels")
    target = next(r.get("Target", "") for r in links if r.get("Id") == sheets[sheet])
    return target.removeprefix("/") if target.startswith("/xl/") else f"xl/{target}"


def _strings(archive: zipfile.ZipFile, name: str) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    whole = _part(archive, name, "xl/sharedStrings.xml")
    return ["".join(t.text or "" for t in si.iter(f"{_MAIN}t")) for si in whole]


def _sheet_rows(sheet: ElementTree.Element, strings: list[str]) -> Iterator[list[str]]:
    for row in sheet.iter(f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row:
            match = _CELL.fullmatch(cell.get("r", ""))
            column = _number(match[1]) if match else len(cells)
            if column >= MOST_COLUMNS:
                raise ValueError(f"a cell in column {column + 1:,}")
            cells.extend([""] * (column - len(cells)))
            cells.append(_text(cell, strings).strip())
        yield cells


def _text(cell: ElementTree.Element, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v") or ""
    return strings[int(value)] if cell.get("t") == "s" and value else value


def _number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1
