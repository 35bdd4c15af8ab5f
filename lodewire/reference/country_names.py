"""Countries as publishers of figures write them, as ISO 3166-1 alpha-2.

The table ``data/country_names.csv`` holds the names of ISO 3166-1 and UN M49 with their alpha-3
codes, and the spellings of USGS, the European Commission and the World Bank ("Burma", "Congo
(Kinshasa)", "Korea, Rep."). A name that may mean two countries ("Congo") is not in it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from lodewire.model.measure import OTHER, WORLD
from lodewire.reference.sources import data_folder

TABLE = "country_names.csv"

_BLANKS = re.compile(r"\s+")
_WORLD = re.compile(r"world\b.*|total")
_OTHER = re.compile(r"other( countries)?\b.*|rest of (the )?world", re.DOTALL)


@cache
def country_names() -> Mapping[str, str]:
    """Return name or alpha-3 in lower case -> alpha-2."""
    text = (data_folder() / TABLE).read_bytes().decode("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {_plain(row["name"]): row["country"] for row in rows}


@lru_cache(maxsize=2048)
def country_of(name: str) -> str | None:
    """Return alpha-2, "WORLD" or "OTHER" for a name as published; None when it is none of these.

    What a publisher adds to a name is passed over: footnote marks that stick to it ("Japane",
    "Other countries4"), a form in brackets or after a comma ("Peru (andalusite)").
    """
    for form in _shorter(name):
        if form in country_names():
            return country_names()[form]
        if _WORLD.fullmatch(form):
            return WORLD
        if _OTHER.fullmatch(form):
            return OTHER
    return None


def is_estimated_name(name: str) -> bool:
    """Return whether the footnote letter e ("estimated") sticks to a country's name."""
    told = re.sub(r"\d+$", "", _plain(name)).strip()
    if not told.endswith("e") or told in country_names():
        return False
    return told[:-1] in country_names() or told[:-1] == "other countries"


def _shorter(name: str) -> list[str]:
    """Return ``name`` plain, then with less and less of what may have been added.

    After a comma only words in lower case are a form ("Argentina, crude ore"): "China, Hong Kong
    SAR" is not China.
    """
    whole = _BLANKS.sub(" ", name).strip()
    no_digits = re.sub(r"\d+$", "", whole).strip()
    forms = [whole, no_digits, no_digits.removesuffix("e")]
    for cut in (r"\s*\([^)]*\)\s*\w{0,2}$", r", [a-z].*$"):
        forms.extend(re.sub(cut, "", form).strip() for form in list(forms[:2]))
    return list(dict.fromkeys(_plain(f) for f in forms if f))


def _plain(name: str) -> str:
    return _BLANKS.sub(" ", name.replace("’", "'").replace("‘", "'")).strip().casefold()
