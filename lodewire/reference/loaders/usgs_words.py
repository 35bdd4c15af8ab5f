"""What the words of a USGS release mean: chapters, table types, units, corrections.

Tables in ``data/usgs``: ``types.csv`` (chapter and type of a world table -> commodity, stage, form,
basis), ``names.csv`` and ``parts.csv`` (titles of chapters, and words of columns inside them ->
commodity, stage), of each the first row that matches; ``corrections.csv`` (what a release labels
wrongly, with the proof).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from lodewire.reference.sources import data_folder

FOLDER = "usgs"

UNITS = {
    "t": "t",
    "kt": "kt",
    "mt": "Mt",  # million metric tons in the tables of iron ore
    "mmt": "Mt",
    "kg": "kg",
    "g": "g",
    "mct": "million ct",
    "kct": "thousand ct",
    "mcm": "million m3",
    "metric tons": "t",
    "metric tons, gross weight": "t",
    "thousand metric tons": "kt",
    "thousand metric tons, gross weight": "kt",
    "million metric tons": "Mt",
    "kilograms": "kg",
    "grams": "g",
    "million carats": "million ct",
    "thousand carats": "thousand ct",
    "million cubic meters": "million m3",
    "percent": "%",
}
"""Units of quantity as releases write them -> the project's."""

# Chapters whose short code is not the beginning of their name.
_NAMED = (
    ("rareearthsheavy", "rareeheavy"),
    ("alumina", "bauxi"),
    ("palladium", "plati"),
    ("ironore", "feore"),
    ("ironoxide", "fepig"),
    ("ironandsteelscrap", "fescr"),
    ("ironandsteelslag", "fesla"),
    ("ironandsteel", "feste"),
    ("magnesiumcompound", "mgcomp"),
    ("magnesiummetal", "mgmet"),
    ("sandandgravelconstruction", "sandc"),
    ("sandandgravelindustrial", "sandi"),
    ("stonedimension", "stond"),
    ("stonecrushed", "stonec"),
    ("siliconcarbide", "abras"),
    ("silicon", "simet"),
    ("silver", "silve"),
    ("titaniummineral", "timin"),
    ("titanium", "titan"),
    ("quartz", "quartz"),
    # Releases of one file name some tables by their material.
    ("pigiron", "feste"),
    ("rawsteel", "feste"),
    ("steel", "feste"),
    ("ilmenite", "timin"),
    ("rutile", "timin"),
    ("ferrosilicon", "simet"),
    ("clinker", "cemen"),
    ("bentonite", "clays"),
    ("fuller", "clays"),
    ("kaolin", "clays"),
    ("ammonia", "nitro"),
    ("magnesite", "mgcomp"),
    ("magnesium", "mgmet"),
)

_FILE = re.compile(r"(?:^|/)mcs(\d{4})-([a-z]+)_(?:world|salient)\.csv$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableType:
    """What a world table counts. ``commodity`` is empty for what the ontology does not hold."""

    commodity: str
    stage: str
    form: str
    basis: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A column that a release labels wrongly; ``unit`` is the right one, ``why`` the proof."""

    unit: str
    why: str


def chapter_of_file(name: str) -> str | None:
    """Return the code of the chapter that a file of a release is about ("alumi"), if it says so."""
    found = _FILE.search(name)
    if found is None:
        return None
    code = found.group(2).casefold()
    return code if code in _codes() else _chapter_by_beginning(code) or code


def chapter_of_name(name: str) -> str | None:
    """Return the code of a chapter by its title ("BAUXITE AND ALUMINA"); None when unknown."""
    letters = re.sub(r"[^a-z]", "", name.casefold())
    for beginning, code in _NAMED:
        if letters.startswith(beginning):
            return code
    return _chapter_by_beginning(letters)


def _chapter_by_beginning(letters: str) -> str | None:
    found = [code for code in _codes() if letters.startswith(code)]
    return max(found, key=len, default=None)


@lru_cache(maxsize=1024)
def table_type(code: str, told: str) -> TableType | None:
    """Return what a table of chapter ``code`` counts by its type ``told``; None when unknown."""
    words = told.casefold()
    for chapter, pattern, type_ in _types():
        if chapter == code and re.search(pattern, words, re.DOTALL):
            return type_
    return None


@lru_cache(maxsize=256)
def type_by_column(code: str, words: str) -> TableType | None:
    """Return what a column counts whose own words name it ("Pigment"); None when they do not."""
    for chapter, pattern, type_ in _types():
        if chapter == code and pattern != "." and re.search(pattern, words.casefold()):
            return type_
    return None


@lru_cache(maxsize=1024)
def part_of(name: str, words: str = "") -> tuple[str, str] | None:
    """Return commodity and stage for a chapter's title, and the words of a column inside it.

    ``name`` is as a release writes it ("ZINC, refined"); None when the ontology has no such thing.
    """
    told = " ".join(name.casefold().split())
    for row in _rows("parts.csv"):
        if words and re.fullmatch(row["chapter"], told) and re.search(row["words"], words):
            return (row["commodity"], row["stage"]) if row["commodity"] else None
    for row in _rows("names.csv"):
        if re.fullmatch(row["name"], told):
            return (row["commodity"], row["stage"]) if row["commodity"] else None
    return None


@cache
def corrections() -> dict[tuple[str, str, str], Correction]:
    """Return (release, chapter, column in lower case) -> the right unit and the proof."""
    return {
        (row["release"], row["code"], row["column"].casefold()): Correction(row["unit"], row["why"])
        for row in _rows("corrections.csv")
    }


@cache
def _types() -> tuple[tuple[str, str, TableType], ...]:
    return tuple(
        (
            row["code"],
            row["type"],
            TableType(row["commodity"], row["stage"], row["form"], row["basis"]),
        )
        for row in _rows("types.csv")
    )


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _, _ in _types())


@cache
def _rows(name: str) -> list[dict[str, str]]:
    text = (data_folder() / FOLDER / name).read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))
