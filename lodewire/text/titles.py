"""Headlines: which of the declared ones is the article's own, and what is the site's name in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.text.boilerplate import UNSPACED, normalise

_PARTS = re.compile(r"\s+[|–—\-:·•»~]{1,2}\s+|\s*[|｜]\s*|\s+::\s+|\s*_\s+")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")


def same_headline(line: str, title: str) -> bool:
    """Tell whether a line is the title, but for case, punctuation, a site's name or a cut end."""
    if abs(len(line) - len(title)) > 80:
        return False
    return same_words(normalise(line), normalise(title))


def same_words(left: str, right: str) -> bool:
    """As ``same_headline``, for lines that ``normalise`` has been through."""
    if not left or not right:
        return False
    if left == right:
        return True
    shorter, longer = (left, right) if len(left) < len(right) else (right, left)
    if not _weighs(shorter) or len(shorter) < 0.6 * len(longer):
        return False
    return longer.startswith(shorter)


def _weighs(text: str) -> bool:
    """Tell whether a text is long enough to be told by its beginning."""
    return len(text) >= 15 or len(UNSPACED.findall(text)) >= 5


def strip_site(title: str, sites: Sequence[str]) -> str:
    """Return ``title`` without the name of the site at its end or beginning."""
    names = {normalise(site) for site in sites if site}
    names |= {name.replace(" ", "") for name in names}
    while True:
        parts = list(_PARTS.finditer(title))
        if not parts:
            return title.strip()
        last, first = parts[-1], parts[0]
        tail, head = title[last.end() :], title[: first.start()]
        if _is_site(tail, names) and title[: last.start()].strip():
            title = title[: last.start()]
        elif _is_site(head, names) and title[first.end() :].strip():
            title = title[first.end() :]
        else:
            return title.strip()


def _is_site(part: str, names: set[str]) -> bool:
    words = normalise(part)
    if not words:
        return True
    dense = words.replace(" ", "")
    if words in names or dense in names:
        return True
    if len(dense) < 4:
        return False
    return any(
        len(name) >= 4
        and (
            dense == name.replace(" ", "")
            or name in (f"{dense}com", f"the{dense}", dense.removeprefix("the"))
        )
        for name in names
    )


def choose_title(
    declared: Sequence[str], headings: Sequence[str], page_title: str | None, sites: Sequence[str]
) -> str | None:
    """Return the article's headline.

    ``declared`` are the headlines of JSON-LD and OpenGraph, best first; ``headings`` the page's
    h1 elements; ``page_title`` the title element. A visible heading that says the same as a
    declared headline wins: it is spelled as readers see it and never cut.
    """
    stripped = [strip_site(title, sites) for title in declared if title and title.strip()]
    candidates = [title for title in stripped if title and not _is_site(title, _names(sites))]
    page = strip_site(page_title, sites) if page_title else ""
    for heading in headings:
        if any(_opens_with(other, heading) for other in (*declared, page_title or "")):
            return heading
        others = (*candidates, page)
        if any(same_headline(heading, _CUT.sub("", other)) for other in others if other):
            return heading
    if candidates:
        best = candidates[0]
        if _CUT.search(best):
            longer = (title for title in (*candidates, page) if not _CUT.search(title))
            best = next((t for t in longer if t.startswith(_CUT.sub("", best))), best)
        return best
    own = {h for h in headings if _weighs(h) and " " in h and not _is_site(h, _names(sites))}
    if len(own) == 1:
        return own.pop()
    if page and not _is_site(page, _names(sites)):
        return page
    return headings[0] if headings else None


def _opens_with(title: str, heading: str) -> bool:
    """Tell whether a title is the heading, a separator, and something else."""
    rest = title[len(heading) :]
    return _weighs(heading) and title.startswith(heading) and bool(_PARTS.match(rest))


def _names(sites: Sequence[str]) -> set[str]:
    return {normalise(site) for site in sites if site}
