"""Lines that say who wrote an article and when, and which news agency it comes from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from lodewire.text.boilerplate import normalise
from lodewire.text.dates import find_days

_NAME = r"(?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|da|dos|la|bin|al)"
_NAMES = rf"{_NAME}(?:[\s,&|]+(?:(?:and|und|et|y)\s+)?{_NAME}){{0,11}}"
_LONGEST = 160  # characters of a byline or date line
# A year, a time of day, "3 hours ago", "4 min read": a date line has one of them.
_DATE_HINT = re.compile(r"(?:19|20)\d\d|\d[:.h]\d\d|\d\s?[ap]\.?m\b|\d (?:min|hour|day|week|month)")
_AUTHOR_VERB = re.compile(r"\s(?:is|was|covers|has|writes)\b")
_BY_DATE = re.compile(r"\W*(?:by|from|\|)\b", re.IGNORECASE)


@cache
def _table(name: str) -> dict[str, list[str]]:
    source = files("lodewire.text").joinpath(f"data/{name}.toml")
    return tomllib.loads(source.read_text("utf-8"))


def _choice(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _role() -> str:
    table = _table("bylines")
    return rf"(?:(?:{_choice(table['grades'])}) )*(?:{_choice(table['roles'])})"


@cache
def _byline() -> re.Pattern[str]:
    openers = _choice(_table("bylines")["openers"])
    return re.compile(rf"^\W*(?i:{openers})\W+({_NAMES})(?:,? @?\w+)?\W*$")


@cache
def _role_line() -> re.Pattern[str]:
    return re.compile(
        rf"^({_NAME}(?: {_NAME}){{1,3}})(?:,| ?\||\s[–-])\s.{{0,60}}\b(?i:{_role()})\b.{{0,40}}$"
    )


@cache
def _bio() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{_NAME} ){{1,4}}(?:is|was|has been|works as|joined|covers|writes|reports)\b"
        rf".{{0,80}}?\b(?:{_role()}|covers|covering|writes about|reports on)\b"
    )


@cache
def _clock() -> re.Pattern[str]:
    names = _choice(_table("bylines")["clock"])
    return re.compile(
        rf"\b\d{{1,2}}(?:[:h]\d{{2}}(?::\d{{2}})?\b|\.\d{{2}}(?=\s?[ap]\.?m))"
        rf"|\b(?:{names})\b|[+-]\d{{1,4}}\b",
        re.IGNORECASE,
    )


@cache
def _date_words() -> re.Pattern[str]:
    table = _table("bylines")
    return re.compile(
        rf"\b(?:{_choice(table['date'])}|\d+ (?:min|minute|hour|day|week|month)s? ago"
        rf"|\d+ min(?:ute)?s? read)\b|{_choice(table['dense_date'])}",
        re.IGNORECASE,
    )


def is_byline(line: str, authors: Sequence[str] = ()) -> bool:
    """Tell whether a line only names authors ("By Jane Doe and John Roe", "Jane Doe, Editor")."""
    if len(line) > _LONGEST:
        return False
    if _byline().match(line) or _role_line().match(line):
        return True
    if not authors or len(line) > 80:
        return False
    words, names = normalise(line), _names_of(tuple(authors))
    return words in names or words.removeprefix("by ") in names


@lru_cache(maxsize=64)
def _names_of(authors: tuple[str, ...]) -> frozenset[str]:
    """The names as ``normalise`` gives them."""
    return frozenset(name for name in map(normalise, authors) if name)


def is_dateline(line: str) -> bool:
    """Tell whether a line holds a date or a time of publication and hardly anything else."""
    if len(line) > _LONGEST or line.startswith("—"):  # the signature of a quoted message
        return False
    if not (_DATE_HINT.search(line) or _date_words().match(line)):
        return False
    rest = line
    for written in reversed(list(find_days(line))):
        rest = rest[: written.span.start] + " " + rest[written.span.end :]
    dated = rest != line
    rest, clocks = _clock().subn(" ", rest)
    rest, words = _date_words().subn(" ", rest)
    left = normalise(rest).split()
    if not dated:
        return not left and bool(clocks or words) and not line.strip(" .").isdigit()
    return len(left) <= 3 or (len(left) <= 9 and bool(_BY_DATE.match(line)))


def is_bio(line: str, authors: Sequence[str] = ()) -> bool:
    """Tell whether a line presents an author ("Jane Doe is a reporter who covers metals")."""
    if _bio().match(line):
        return True
    return any(
        author and line.startswith(author) and _AUTHOR_VERB.match(line[len(author) :])
        for author in authors
    )


def find_authors(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the names in the bylines among some lines ("By Jane Doe and John Roe")."""
    for line in lines:
        match = (_byline().match(line) or _role_line().match(line)) if len(line) <= 160 else None
        if match:
            names = re.split(r"\s*(?:,|&|\|| and | und | et | y )\s*", match[1])
            return tuple(dict.fromkeys(name.strip() for name in names if len(name.split()) >= 2))
    return ()


@cache
def _agencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = _table("agencies")
    named: dict[str, list[str]] = tables["agencies"]  # type: ignore[assignment]
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{_choice(forms)})(?!\w)")) for name, forms in named.items()
    )


# "PERTH, May 12 (Reuters) - ", "(AF) Zhejiang ..."; "/PRNewswire/ --"; "-- (BUSINESS WIRE)--"
_IN_HEAD = re.compile(
    r"^[^\n]{0,90}?(?:\(([^()\n]{2,40})\)|/([^/\n]{3,40})/|--\s?\(?([A-Z][A-Z ]{3,30}))",
    re.MULTILINE,
)
# "source: mining.com", "Via: AFP"; "me-metals, citing mining.com:"
_SOURCE_LINE = re.compile(
    r"^[^\w\n]{0,4}(?:source|sources|via|quelle|fuente|来源|來源)\s?[:：]\s?([^\n]{2,40})$"
    r"|^[^\n:]{0,40}\bciting\s([^\n:]{2,40}):",
    re.IGNORECASE | re.MULTILINE,
)
_UNKNOWN_MARK = re.compile(r"^\(([A-Z]{2,5})\)\s+[A-Z]", re.MULTILINE)  # "(AF) Zhejiang Huayou"
_HEAD_LINES = 8


def find_agency(text: str, authors: Sequence[str] = ()) -> str | None:
    """Return the agency or outlet that a text credits as its origin, or None.

    Looked for: an author that is an agency, a credit in the first lines ("(Reuters) -",
    "/PRNewswire/"), a source line anywhere ("source: mining.com").
    """
    for author in authors:
        if known := _known_agency(author):
            return known
    head = "\n".join(text[:4000].split("\n")[:_HEAD_LINES])
    for match in _IN_HEAD.finditer(head):
        credit = next((group for group in match.groups() if group), "")
        if known := _known_agency(credit):
            return known
    if mark := _UNKNOWN_MARK.search(head):
        return mark[1]
    source = _SOURCE_LINE.search(text)
    if source is None:
        return None
    credit = (source[1] or source[2]).strip(" .")
    return _known_agency(credit) or (credit if credit and len(credit.split()) <= 4 else None)


def _known_agency(credit: str) -> str | None:
    return next((name for name, pattern in _agencies() if pattern.search(credit)), None)
