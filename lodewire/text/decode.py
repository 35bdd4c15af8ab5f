"""Bytes to characters: the mark, the header, the page's own word, then what the bytes look like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lodewire.text.sniff import looks_utf16

_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=["']([\w.-]{2,40})""",
    re.IGNORECASE,
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Controls that no text needs; each becomes one blank, so that offsets stay.
_CONTROLS = {code: " " for code in (*range(9), 11, *range(14, 32), *range(127, 160)) if code != 10}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Characters with the encoding they were read in, and notes on what was wrong."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(body: bytes, charset: str | None = None) -> Decoded:
    """Decode ``body``; ``charset`` is what the transport declared. Never fails.

    A wrong declaration is corrected and noted: bytes that are valid UTF-8 with characters over
    ASCII are UTF-8, whatever is declared.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], encoding, ())
    if looks_utf16(body):
        little = body[1:1024:2].count(0) > body[0:1024:2].count(0)
        return _lenient(body, "utf-16-le" if little else "utf-16-be", ())
    declared, notes = _declared(body, charset)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(body, declared, notes, error)
    if declared not in (None, "utf-8") and not text.isascii():
        if declared in ("iso-2022-jp", "hz"):
            return _lenient(body, declared or "utf-8", notes)
        notes = (*notes, f"declared charset {declared} is wrong: the page is UTF-8")
    elif declared == "iso-2022-jp":  # seven-bit bytes are valid UTF-8, and mean Japanese here
        return _lenient(body, declared, notes)
    return Decoded(text=text, encoding="utf-8", notes=notes)


def _declared(body: bytes, charset: str | None) -> tuple[str | None, tuple[str, ...]]:
    from resiliparse.parse.encoding import map_encoding_to_html5

    names = [charset] if charset else []
    meta = _META_CHARSET.search(body, 0, 4096)
    if meta:
        names.append((meta[1] or meta[2]).decode("ascii", "replace"))
    notes: list[str] = []
    for name in names:
        encoding = map_encoding_to_html5(name.strip().strip("\"'"), fallback_utf8=False)
        if encoding:
            return encoding, tuple(notes)
        notes.append(f"unknown charset {name!r} ignored")
    return None, tuple(notes)


def _not_utf8(
    body: bytes, declared: str | None, notes: tuple[str, ...], error: UnicodeDecodeError
) -> Decoded:
    if error.end >= len(body) - 3 and error.reason == "unexpected end of data":
        return _lenient(body, "utf-8", (*notes, "the file ends inside a character"))
    if declared and declared != "utf-8":
        return _lenient(body, declared, notes)
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    over_ascii = len(body) - len(body.translate(None, bytes(range(128, 256))))
    few = bad * 5 < over_ascii or bad <= 2 or (declared == "utf-8" and bad * 200 < len(text))
    if few:
        return Decoded(
            text=text, encoding="utf-8", notes=(*notes, f"{bad} invalid UTF-8 sequences")
        )
    from resiliparse.parse.encoding import detect_encoding

    guess = detect_encoding(body) or "cp1252"
    if guess == "utf-8":
        guess = "cp1252"
    return _lenient(body, guess, (*notes, f"charset guessed: {guess}"))


def _lenient(body: bytes, encoding: str, notes: tuple[str, ...]) -> Decoded:
    try:
        text = body.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        text = body.decode("utf-8", "replace")
        encoding = "utf-8"
    bad = text.count("\ufffd")
    if bad and not any("character" in note for note in notes):
        notes = (*notes, f"{bad} characters could not be decoded as {encoding}")
    return Decoded(text=text, encoding=encoding, notes=notes)


def normalise_newlines(text: str) -> str:
    r"""Return ``text`` with ``\n`` for every newline, controls as blanks, no lone surrogates.

    Nothing else changes, so that a plain text's offsets stay those of the file.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        text = text.translate(_CONTROLS)
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    return text


_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]")


def scrub(text: str) -> str:
    """Return the text of a page without controls and invisible characters; newlines stay."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return normalise_newlines(text)


def clean_line(text: str) -> str:
    """Return a text as one line as a reader sees it: single blanks, nothing invisible."""
    return " ".join(scrub(text).split())
