"""Paths that are one part whole: pictures, tables, reports and answers of the API.

Nothing of such a path is anybody's who does not see the part, so an answer alone is a leak there:
figures in a picture or a compressed file need not be recognised.
"""

from __future__ import annotations

import re

from lodewire.model.tier import Part

_LANGUAGE = re.compile(r"^/[a-z]{2}(?=/)")
_REPORT = r"/reports/[a-z][^/]*-\d{4}-\d{2}-\d{2}(?:/.*)?"
_WHOLES: tuple[tuple[re.Pattern[str], Part], ...] = tuple(
    (re.compile(pattern), part)
    for pattern, part in (
        (r"/commodity/[^/]+/chart/(?:supply|concentration)\b.*", Part.SUPPLY),
        (r"/commodity/[^/]+/chart/price\b.*", Part.PRICES),
        (r"/commodity/[^/]+/chart/deals\b.*", Part.TRENDS),
        (r"/commodity/[^/]+/figures\.csv", Part.SUPPLY),
        (r"/trends(?:/.*)?", Part.TRENDS),
        (_REPORT, Part.REPORTS),
        (r"/(?:table|lab|own|notes|watch)(?:/.*)?", Part.TOOLS),
        (r"/alerts(?:/.*)?", Part.ALERTS),
        (r"/api/v1/exports/.*", Part.EXPORTS),
        (r"/api/v1/commodities/[^/]+/measures", Part.EXPOSURE),
        (r"/api/v1/(?:scenarios|landed-costs)", Part.EXPOSURE),
        (r"/api/v1/(?:events|statements|documents)(?:/.*)?", Part.FULL_TEXT),
    )
)


def whole_part(path: str) -> Part | None:
    """Return the part that a path is whole, in whatever language; None where it is no such path."""
    plain = _LANGUAGE.sub("", path.partition("?")[0])
    return next((part for pattern, part in _WHOLES if pattern.fullmatch(plain)), None)
