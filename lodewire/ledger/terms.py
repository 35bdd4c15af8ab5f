"""A query taken apart: words, phrases, what must not occur."""

from __future__ import annotations

import re
import unicodedata

from lodewire.ledger.backend import SearchTerms

# A quoted phrase or a run without blanks, each perhaps after a minus.
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def parse_query(query: str) -> SearchTerms:
    """Take a query apart: words, "phrases", minus before what must not occur, star at the end.

    Never fails: what holds no letter or digit is left out, an open quote ends with the query.
    """
    wanted: list[tuple[tuple[str, ...], bool]] = []
    unwanted: list[tuple[tuple[str, ...], bool]] = []
    for part in _PART.finditer(query.replace("\x00", " ")):
        minus = bool(part["minus"])
        phrase = part["phrase"]
        told = part["word"] if phrase is None else phrase
        prefix = phrase is None and told.endswith("*")
        words = tuple(_words(told))
        if words:
            (unwanted if minus else wanted).append((words, prefix))
    return SearchTerms(wanted=tuple(wanted), unwanted=tuple(unwanted))


def _words(text: str) -> list[str]:
    # A word of signs alone would match nothing and spoil the rest.
    clean = "".join(" " if unicodedata.category(c) in ("Cs", "Co", "Cn") else c for c in text)
    return [w for w in clean.split() if any(c.isalnum() for c in w)]
