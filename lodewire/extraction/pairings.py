"""Lists told in parallel: "nickel and copper output came to 54,000 t and 111,000 t respectively".

What stands at one place of a list belongs with what stands at the same place of the others. The
frames read a figure with the name nearest to it; here each telling gets the names and figures of
its own place, and places that nothing tells get a telling of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler, make_argument
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.event import Argument
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType

_RESPECTIVELY = sought(r"\brespectively\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s?(?:,|;|,? ?(?:and|or|&)|,? as well as)\s?"
    r"(?:(?:the|its|by|to|at|of|about|around|some|nearly|up|down|for|in)\s){0,2}",
    re.IGNORECASE,
)
_NAMES = frozenset(
    (
        MentionType.COMMODITY,
        MentionType.PRODUCT,
        MentionType.ORGANISATION,
        MentionType.COUNTRY,
        MentionType.SITE,
        MentionType.BENCHMARK,
    )
)
# "LME aluminium and zinc": the first of a list of goods may be named with its market.
_KIN = {MentionType.BENCHMARK: MentionType.COMMODITY.value}
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    filler: Filler
    span: Span


_List = tuple[_Entry, ...]


def pair_lists(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Settle the ``drafts`` of a sentence that pairs lists, and return the tellings it adds."""
    if not drafts or sentence.find(_RESPECTIVELY) is None:
        return []
    lists = _parallel(sentence)
    if not lists:
        return []
    places = range(len(lists[0]))
    told: dict[str, set[int]] = {}
    models: dict[str, Draft] = {}
    played = _played(drafts, lists)
    for draft in drafts:
        place = _place_of(draft, lists)
        if place is None or draft.anaphoric:
            continue
        if place in told.setdefault(draft.type.value, set()):
            place = next((p for p in places if p not in told[draft.type.value]), place)
        _settle(draft, lists, place)
        _complete(draft, lists, place, played)
        told[draft.type.value].add(place)
        models.setdefault(draft.type.value, draft)
    return [
        _copy(models[type_], lists, place)
        for type_, known in told.items()
        for place in places
        if place not in known
    ]


def _parallel(sentence: Sentence) -> list[_List]:
    """The lists of figures as long as the last before "respectively", and those of names."""
    lists = list(_lists(sentence))
    figures = [row for row in lists if _is_figure(row[0])]
    if not figures:
        return []
    length = len(figures[-1])
    fitting = [row for row in lists if len(row) == length]
    return fitting if any(not _is_figure(row[0]) for row in fitting) else []


def _lists(sentence: Sentence) -> Iterator[_List]:
    entries: list[tuple[str, _Entry]] = [
        (_KIN.get(m.type, m.type.value), _Entry(m, m.span))
        for m in sentence.mentions
        if m.type in _NAMES
    ]
    entries += [("figure", _Entry(q, q.span)) for q in sentence.quantities]
    entries.sort(key=lambda e: e[1].span.start)
    text = sentence.analysis.text
    row: list[_Entry] = []
    kind = ""
    for ours, entry in entries:
        joined = row and ours == kind and _joins(text, row[-1].span, entry.span)
        if not joined:
            if len(row) >= _SHORTEST:
                yield tuple(row)
            row, kind = [], ours
        row.append(entry)
    if len(row) >= _SHORTEST:
        yield tuple(row)


def _joins(text: str, left: Span, right: Span) -> bool:
    between = text[left.end : right.start] if left.end <= right.start else ""
    return bool(between) and _BETWEEN.fullmatch(between) is not None


def _is_figure(entry: _Entry) -> bool:
    return isinstance(entry.filler, Quantity)


def _place_of(draft: Draft, lists: Sequence[_List]) -> int | None:
    """The place that most of a telling's arguments come from; figures weigh more than names."""
    votes: Counter[int] = Counter()
    for argument in draft.arguments:
        for row in lists:
            for place, entry in enumerate(row):
                if entry.span.overlaps(argument.span):
                    votes[place] += 3 if _is_figure(entry) else 1
    return votes.most_common(1)[0][0] if votes else None


def _played(drafts: Sequence[Draft], lists: Sequence[_List]) -> dict[tuple[str, int], str]:
    """The role that names of a list play in the tellings of a type, by (type, list)."""
    found: dict[tuple[str, int], str] = {}
    for draft in drafts:
        for argument in draft.arguments:
            for at, row in enumerate(lists):
                if not _is_figure(row[0]) and any(e.span == argument.span for e in row):
                    found.setdefault((draft.type.value, at), argument.role)
    return found


def _complete(
    draft: Draft, lists: Sequence[_List], place: int, played: Mapping[tuple[str, int], str]
) -> None:
    """ "2% and 8% on goods from China and Mexico": the name that one telling has, each has."""
    for at, row in enumerate(lists):
        role = played.get((draft.type.value, at))
        if role is not None and not draft.has(role) and not _is_mixed(row):
            draft.add(role, row[place].filler)


def _settle(draft: Draft, lists: Sequence[_List], place: int) -> None:
    draft.arguments = list(_at_place(draft, lists, place))


def _at_place(draft: Draft, lists: Sequence[_List], place: int) -> Iterator[Argument]:
    seen: set[tuple[str, Span]] = set()
    for argument in draft.arguments:
        row = next((r for r in lists if any(e.span.overlaps(argument.span) for e in r)), None)
        if row is not None and not _is_phrase(argument, row) and not _is_mixed(row):
            text = draft.sentence.analysis.text
            argument = make_argument(text, argument.role, row[place].filler)
        if (argument.role, argument.span) not in seen:
            seen.add((argument.role, argument.span))
            yield argument


def _is_phrase(argument: Argument, row: _List) -> bool:
    """ "rose 6%": words that hold a whole entry and more are left as they are."""
    return not any(e.span.covers(argument.span) for e in row)


def _is_mixed(row: _List) -> bool:
    kinds = {e.filler.type for e in row if isinstance(e.filler, Mention)}
    return len(kinds) > 1


def _copy(model: Draft, lists: Sequence[_List], place: int) -> Draft:
    copied = replace(model, arguments=list(model.arguments), spans=[])
    _settle(copied, lists, place)
    return copied
