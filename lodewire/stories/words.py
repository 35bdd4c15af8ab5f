"""Words, numbers and their weights: what tells one happening from another."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

# Scripts written without blanks are cut into single characters, so that shingles work for them.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+"
)
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009' ]\d+)*")
_YEARS = range(1900, 2101)
_DISTINCT_DIGITS = 3

# Words that half the stories of this field hold; counted as if one page in eight held them.
_FIELD_WORDS = frozenset(
    """mine mines mining miner miners metal metals copper aluminium aluminum nickel zinc lead tin
    gold silver lithium cobalt steel iron ore rare earth earths oil gas crude power battery
    batteries ev vehicle vehicles plant smelter refinery project projects production output
    tonne tonnes ton tons mt ounce ounces pound barrel barrels percent price prices premium
    futures exchange london shanghai market markets demand supply imports exports export import
    tariff tariffs duty duties sanctions ban quota licence license permit government ministry
    minister country deal agreement agreed acquisition acquire buy stake shares shareholder
    offtake venture partner partners partnership investment invest funding loan million billion
    company companies group limited corp inc announced announces statement reuters bloomberg
    quarter year annual forecast analysts analyst estimate resource reserve grade drilling
    exploration construction capacity supply chain critical minerals energy global world
    chief executive president spokesman spokesperson""".split()
)
_FIELD_SHARE = 8
_PLAIN_WEIGHT = 3.0  # of a word in a language whose common words we do not know


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in order: NFKC, case folded, no punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def figures_of(text: str) -> tuple[str, ...]:
    """Return the numbers of ``text`` as bare digits, each once, in order.

    Separators and zeros at the end are dropped, so that "1.88 billion", "1,88 Milliarden" and
    "1,880 million" are all 188.
    """
    found: dict[str, None] = {}
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        digits = "".join(c for c in match.group() if c.isdigit()).lstrip("0").rstrip("0")
        if digits:
            found[digits] = None
    return tuple(found)


def telling_figures(text: str) -> tuple[str, ...]:
    """Return the figures of at least three digits that are no years: two texts rarely share one."""
    found: dict[str, None] = {}
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        written = match.group()
        if written.isdigit() and int(written) in _YEARS:
            continue
        digits = "".join(c for c in written if c.isdigit()).lstrip("0").rstrip("0")
        if len(digits) >= _DISTINCT_DIGITS:
            found[digits] = None
    return tuple(found)


@cache
def _pages() -> tuple[int, Mapping[str, int]]:
    table = files("lodewire.stories").joinpath("data/word_pages.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    counts = {row["word"]: int(row["pages"]) for row in csv.DictReader(lines)}
    return counts.pop("*"), counts


def weight_of(word: str, language: str | None) -> float:
    """Return how much sharing ``word`` says: inverse document frequency, natural log.

    The frequencies are fixed (data/word_pages.csv), not those of the ledger, so that a pair of
    texts scores the same whenever it is compared.
    """
    if len(word) < 2 or word.isdigit():
        return 0.0
    if language not in (None, "en"):
        # Function words are short in the languages that part words by blanks.
        return 0.0 if len(word) <= 3 and word.isascii() else _PLAIN_WEIGHT
    total, counts = _pages()
    pages = counts.get(word, 2)
    if word in _FIELD_WORDS:
        pages = max(pages, total // _FIELD_SHARE)
    return math.log(total / pages)
