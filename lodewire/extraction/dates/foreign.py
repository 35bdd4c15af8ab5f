"""Quarters and halves of years in German, French, Spanish, Portuguese and Chinese words."""

from __future__ import annotations

import re
from functools import cache

from lodewire.extraction.dates.found import Found

_YEAR = (
    r"(?:[ ]?(?:de[ ]|des[ ]Jahres[ ]|del[ ]|do[ ]|da[ ]|du[ ]|/|-)?[ ]?(?P<year>(?:19|"
    r"20)[0-9]{2}|(?<=[TQSH])[0-9]{2}))?"
)
_ORDER = {
    "erst": 1, "premier": 1, "primer": 1, "primeir": 1, "prim": 1, "1": 1,
    "zweit": 2, "deuxi": 2, "second": 2, "segund": 2, "2": 2,
    "dritt": 3, "troisi": 3, "tercer": 3, "terceir": 3, "3": 3,
    "viert": 4, "quatri": 4, "cuart": 4, "quart": 4, "4": 4,
}  # fmt: skip
_WORDS = (
    "erste ersten erstes erster zweite zweiten zweites dritte dritten drittes vierte vierten "
    "viertes premier deuxième second troisième quatrième primer segundo tercer cuarto primeiro "
    "terceiro quarto seconde première primera segunda"
).split()
_NAMED = re.compile(
    rf"(?P<which>{'|'.join(sorted(_WORDS, key=len, reverse=True))}|[1-4](?:[.ºo]|er|e|ème)?)[ ]"
    rf"(?P<what>Quartal|Halbjahr|trimestre|semestre){_YEAR}(?![^\W_])",
    re.I,
)
_CODE = re.compile(
    r"(?:(?P<what>[TSQ])(?P<n>[1-4])|(?P<n2>[1-4])(?P<what2>[TSQH]))"
    r"(?:[ ]?/?(?:de[ ])?(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}(?![0-9%.,])))(?![^\W_])"
)
_EAST = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?:第?(?P<q>[一二三四1-4])季度|(?P<h>[上下])半年)"
)
_EAST_NUMBERS = {c: n for n, c in enumerate("一二三四", start=1)}


@cache
def foreign_words() -> frozenset[str]:
    """Return the words with which such a date can begin."""
    codes = {f"{c}{n}" for c in "TS" for n in range(1, 5)}
    east = {
        "第一",
        "第二",
        "第三",
        "第四",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "上半年",
        "下半年",
    }
    return frozenset(set(_WORDS) | {w.capitalize() for w in _WORDS} | codes | east)


def read_foreign(text: str, at: int, language: str) -> Found | None:
    """Read "drittes Quartal 2024", "T3 2024", "primer semestre de 2025", "2024年第三季度"."""
    match = _EAST.match(text, at)
    if match is not None:
        return _east(match)
    if language not in {"de", "fr", "es", "pt", "it"}:
        return None
    match = _NAMED.match(text, at)
    if match is not None:
        low = match.group("which").lower()
        order = next((n for stem, n in _ORDER.items() if low.startswith(stem)), 0)
        half = match.group("what").lower() in {"halbjahr", "semestre"}
        return _found(match, order, half=half)
    match = _CODE.match(text, at)
    if match is None:
        return None
    letter = match.group("what") or match.group("what2")
    order = int(match.group("n") or match.group("n2"))
    return _found(match, order, half=letter in {"S", "H"})


def _found(match: re.Match[str], order: int, *, half: bool) -> Found | None:
    if not 1 <= order <= (2 if half else 4):
        return None
    written = match.group("year")
    year = None if written is None else int(written) + (2000 if len(written) == 2 else 0)
    grain = "half" if half else "quarter"
    return Found(match.end(), grain, number=order, year=year, relative=year is None)


def _east(match: re.Match[str]) -> Found:
    year = int(match.group("year")) if match.group("year") else None
    if match.group("h"):
        number, grain = (1 if match.group("h") == "上" else 2), "half"
    else:
        told = match.group("q")
        number, grain = (int(told) if told.isdigit() else _EAST_NUMBERS[told]), "quarter"
    return Found(match.end(), grain, number=number, year=year, relative=year is None)
