"""Which texts of one address are edits of each other, and which of them stood when.

Nothing here asks a database. An address shows one text at a time: a text stands from when it was
fetched until another version of its article was, and stands again once it is fetched again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

_RUN = 4  # words in a row that two texts are compared by
_ALIKE = 0.5  # share of the shorter text's runs found in the longer: an edit, not another article
_ALIKE_TITLED = 0.3  # the same under one title

Point = tuple[str, str]
"""A fetch: its time as text, and the id of the document it showed."""


class Showing(NamedTuple):
    """From when until when a version stood, and what took its place; None where it stands."""

    document_id: str
    since: str
    until: str | None
    by_id: str | None


def is_edit(title: str | None, text: str, other_title: str | None, other_text: str) -> bool:
    """Tell whether two texts of one address are versions of one article."""
    left, right = _runs(text), _runs(other_text)
    if not left or not right:
        return False
    share = len(left & right) / min(len(left), len(right))
    return share >= (_ALIKE_TITLED if title and title == other_title else _ALIKE)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = text.casefold().split()
    return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def families(
    first_seen: Mapping[str, str], links: Iterable[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Return for each document the versions of its article, itself included, oldest first.

    ``links`` are pairs that are edits of each other; those of documents that ``first_seen`` does
    not name count for nothing. A version is what a chain of edits leads to, from older to newer
    all the way: two articles that a later page takes up both stay articles of their own.
    """
    order = {id_: (at, id_) for id_, at in first_seen.items()}
    newer: dict[str, set[str]] = {}
    older: dict[str, set[str]] = {}
    for pair in links:
        if order.keys() >= set(pair):
            first, second = sorted(pair, key=order.__getitem__)
            newer.setdefault(first, set()).add(second)
            older.setdefault(second, set()).add(first)
    return {
        id_: tuple(sorted({id_, *_reach(newer, id_), *_reach(older, id_)}, key=order.__getitem__))
        for id_ in order
    }


def _reach(steps: Mapping[str, Collection[str]], start: str) -> set[str]:
    found: set[str] = set()
    wanted = [start]
    while wanted:
        fresh = set(steps.get(wanted.pop(), ())) - found
        found |= fresh
        wanted += fresh
    return found


def showings_of(
    document_id: str, family: Collection[str], points: Iterable[Point]
) -> tuple[Showing, ...]:
    """Return when a document stood, by the fetches of its family (others are left out), in order.

    Of fetches at one moment the greater id counts as the later.
    """
    found: list[Showing] = []
    since: str | None = None
    for at, shown in sorted(set(points)):
        if shown == document_id:
            since = at if since is None else since
        elif shown in family and since is not None:
            found.append(Showing(document_id, since, at, shown))
            since = None
    if since is not None:
        found.append(Showing(document_id, since, None, None))
    return tuple(found)
