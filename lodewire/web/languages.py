"""The site's languages: which one an answer is in, its words, dates and numbers.

A language is a first part of the path (``/de/about``), so that a page can be shared, kept and found
as it is, without a cookie; the desk's own language has none. Words come from the catalogues in
``locales`` (gettext, read once); what events and sources say stays as it was told.
"""

from __future__ import annotations

import functools
import gettext as _gettext
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources

from lodewire.publish.frame import path_part

SOURCE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the interface: its tag, its name in itself, and whose dates it writes."""

    tag: str
    name: str
    locale: str


LANGUAGES = {
    "en": Language(tag="en", name="English", locale="en_GB"),
    "de": Language(tag="de", name="Deutsch", locale="de"),
    "ja": Language(tag="ja", name="日本語", locale="ja"),
}

_TAGS = "|".join(LANGUAGES)
_PREFIX = re.compile(rf"^/({_TAGS})(?=/|$)")
# Links within the site that name no language; files of ours have none.
_LINK = re.compile(
    rf"""(?P<name> (?:href|action)=)"(?P<path>/(?!/|static/|(?:{_TAGS})(?:/|"))[^"]*)\""""
)
_speaking: ContextVar[str] = ContextVar("language", default=SOURCE)
_at_home: ContextVar[str] = ContextVar("language of the desk", default=SOURCE)


def current() -> Language:
    """Return the language that is being answered in."""
    return LANGUAGES[_speaking.get()]


@contextmanager
def speaking(tag: str, home: str = SOURCE) -> Iterator[None]:
    """Answer in ``tag``; ``home`` is the language of paths without a language."""
    one, two = _speaking.set(tag), _at_home.set(home)
    try:
        yield
    finally:
        _speaking.reset(one)
        _at_home.reset(two)


def split_path(path: str, home: str) -> tuple[str, str]:
    """Return the language that a path asks for, and the path without it."""
    found = _PREFIX.match(path)
    if found is None:
        return home, path
    return found[1], path[found.end() :] or "/"


def path_in(tag: str, path: str) -> str:
    """Return a path in a language; that of the desk has no first part of its own."""
    return f"{path_part(tag, _at_home.get())}{path}"


def keep_language(html: str) -> str:
    """Return a page whose links stay in the language that it is in.

    Only attributes are met: in text, a quotation mark is written as an entity.
    """
    tag = _speaking.get()
    if tag == _at_home.get():
        return html
    return _LINK.sub(lambda m: f'{m["name"]}"/{tag}{m["path"]}"', html)


@functools.cache
def catalogue(tag: str) -> _gettext.NullTranslations:
    """Return the words of a language; the source language has those of the templates."""
    place = resources.files("lodewire.web") / "locales" / f"{tag}.po"
    if tag == SOURCE or not place.is_file():
        return _gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(place.read_bytes()), locale=tag))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """Return a message in the current language."""
    # What stands for the empty message in a catalogue is its heading.
    return catalogue(_speaking.get()).gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """Return a message for a number of things in the current language."""
    return catalogue(_speaking.get()).ngettext(one, many, n)


def day_words(day: date | None) -> str:
    """Return a day as "28 March 2025", "28. März 2025", "2025年3月28日"; nothing for none."""
    if day is None:
        return ""
    from babel.dates import format_date

    return str(format_date(day, "long", locale=current().locale))


def weekday_words(day: date) -> str:
    """Return the name of the weekday."""
    from babel.dates import format_date

    return str(format_date(day, "EEEE", locale=current().locale))


def month_words(period: str) -> str:
    """Return "2025-03" as "March 2025"; what is no month stays as it is."""
    from babel.dates import format_skeleton

    try:
        day = date.fromisoformat(f"{period}-01")
    except ValueError:
        return period
    return str(format_skeleton("yMMMM", day, locale=current().locale))


def amount_words(value: Decimal | int | float | None) -> str:
    """Return a number as it is, with the language's separators; "–" for none."""
    if value is None:
        return "–"
    from babel.numbers import format_decimal

    return str(format_decimal(value, "#,##0.######", locale=current().locale))


def rounded_words(value: Decimal | None, places: int = 2) -> str:
    """Return a number with so many decimals; "–" for none."""
    if value is None:
        return "–"
    return _rounded(value, places, current().locale)


@functools.lru_cache(maxsize=4_000)
def _rounded(value: Decimal, places: int, locale: str) -> str:
    from babel.numbers import format_decimal

    form = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(value, form, locale=locale))


def percent_words(part: Decimal | None, places: int = 1) -> str:
    """Return a part of one as a percentage; "–" for none."""
    if part is None:
        return "–"
    sign = "" if current().tag == "ja" else "\N{NO-BREAK SPACE}"
    return f"{rounded_words(part * 100, places)}{sign}%"
