"""The rows of the table: a page at a time behind the last row of the one before, and groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice

from lodewire.errors import QueryError
from lodewire.ledger.search import SearchFilters
from lodewire.ledger.selecting import EventFilters, EventOrder, Key, Placed, behind
from lodewire.ledger.store import Ledger
from lodewire.model.entity import Entity
from lodewire.model.event import Event
from lodewire.model.ids import EntityId, EventId
from lodewire.model.vocabulary import MentionType
from lodewire.publish.tables import Row, event_row
from lodewire.workbench.answers.cursors import pack, unpack
from lodewire.workbench.table.asked import GroupBy, TableAsk

PER_PAGE = 30
MOST_GROUPED = 2_000
"""Events that are counted in groups: the first of them in the table's order."""
MOST_GROUPS = 60

Fits = Callable[[Event], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question leads to: its filters, and where the events that may fit stand.

    Made once for all pages of it, exports and groups; it holds ids, no words. ``placed`` is None
    for the newest, which are found as far as they are asked for; ``among`` those that words find.
    """

    filters: EventFilters
    order: EventOrder
    among: frozenset[EventId] | None
    placed: tuple[Placed, ...] | None

    def read(
        self, ledger: Ledger, *, after: tuple[Key, EventId] | None = None, size: int = PER_PAGE
    ) -> Iterator[tuple[Placed, Event]]:
        """Yield the events with their places, ``size`` of them read at once at first."""
        if self.placed is None:
            yield from ledger.select.at_places(
                self.filters, order=self.order, among=self.among, after=after, first=size
            )
            return
        placed = self.placed if after is None else behind(self.placed, self.order, after)
        yield from ledger.select.through(placed, self.filters, size=size)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """Rows of :data:`~lodewire.publish.tables.EVENT_COLUMNS`; ``cursor`` leads on."""

    rows: tuple[Row, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class GroupCount:
    """So many events of a value; ``ask`` narrows the table to it, empty where nothing does."""

    label: str
    count: int
    ask: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Counts, the largest first. ``counted`` events are in them; ``more``: others were left out."""

    groups: tuple[GroupCount, ...]
    counted: int
    more: bool


def find(ledger: Ledger, asked: TableAsk, *, first: date | None = None) -> Found:
    """Return where the events of a question stand; ``first`` is the reader's earliest day.

    Raises LedgerError for names that are not known.
    """
    filters = asked.filters(ledger, first=first)
    among = ledger.search.event_ids(asked.words, SearchFilters()) if asked.words else None
    newest = asked.order is EventOrder.NEWEST
    placed = None if newest else ledger.select.placed(filters, order=asked.order, among=among)
    return Found(filters=filters, order=asked.order, among=among, placed=placed)


def read_page(
    ledger: Ledger,
    found: Found,
    fits: Fits,
    publishers: Mapping[str, str],
    *,
    cursor: str = "",
    limit: int = PER_PAGE,
) -> TablePage:
    """Return the rows after a cursor. ``fits`` tells whether the reader may be told an event.

    Raises QueryError for a cursor of another table or order.
    """
    after = _place_of(cursor, found.order) if cursor else None
    # A few more than are shown: some do not fit, and each further reading costs.
    chosen = found.read(ledger, after=after, size=limit + limit // 8 + 1)
    told = list(islice(((p, e) for p, e in chosen if fits(e)), limit + 1))
    kept = [event for _, event in told[:limit]]
    last = told[limit - 1][0] if len(told) > limit else None
    end = None if last is None else _cursor(found.order, last.key, last.id)
    return TablePage(rows=tuple(_rows(ledger, kept, found.filters, publishers)), cursor=end)


def all_rows(
    ledger: Ledger, found: Found, fits: Fits, publishers: Mapping[str, str], *, most: int
) -> Iterator[Row]:
    """Yield the rows of the whole table, ``most`` of them, some in memory at a time."""
    told = islice((e for _, e in found.read(ledger) if fits(e)), most)
    while some := list(islice(told, 200)):
        yield from _rows(ledger, some, found.filters, publishers)


def _rows(
    ledger: Ledger,
    events: Sequence[Event],
    filters: EventFilters,
    publishers: Mapping[str, str],
) -> Iterator[Row]:
    links = ledger.documents.links({d for e in events for d in e.document_ids}, publishers)
    amount = filters.amount
    for event in events:
        asked = (s for s in event.statements if amount is not None and amount.holds_for(s))
        yield event_row(event, links, amount=next(asked, None))


def read_groups(ledger: Ledger, found: Found, by: GroupBy, fits: Fits) -> Grouped:
    """Return how many events there are of each value: exact for the first MOST_GROUPED of them.

    An event counts once for each value it has: of two countries it counts in both.
    """
    events = list(islice((e for _, e in found.read(ledger) if fits(e)), MOST_GROUPED + 1))
    more, events = len(events) > MOST_GROUPED, events[:MOST_GROUPED]
    counts: dict[str, int] = {}
    for event in events:
        for value in _values(event, by):
            counts[value] = counts.get(value, 0) + 1
    labels = _labels(ledger, by, counts)
    ordered = sorted(counts, key=lambda v: (-counts[v], labels.get(v, v), v))
    if by is GroupBy.MONTH:
        ordered = sorted(counts, reverse=True)
    return Grouped(
        groups=tuple(
            GroupCount(labels.get(v, v), counts[v], _ask_for(by, v)) for v in ordered[:MOST_GROUPS]
        ),
        counted=len(events),
        more=more,
    )


_KINDS = {
    GroupBy.COUNTRY: MentionType.COUNTRY,
    GroupBy.COMMODITY: MentionType.COMMODITY,
    GroupBy.ORGANISATION: MentionType.ORGANISATION,
}


def _values(event: Event, by: GroupBy) -> set[str]:
    if by is GroupBy.TYPE:
        return {event.type.value}
    if by is GroupBy.STATUS:
        return {event.status.value}
    if by is GroupBy.DESK:
        return {d.value for d in event.desks}
    if by is GroupBy.MONTH:
        return {f"{event.reported:%Y-%m}"} if event.reported else set()
    # Whatever names it counts, as it does for the filter that the group leads to.
    return {s.entity for s in event.statements if s.entity and s.retracted_at is None}


def _labels(ledger: Ledger, by: GroupBy, counts: dict[str, int]) -> dict[str, str]:
    """Names of things; a value that is no thing of the kind is taken out of the counts."""
    if by not in _KINDS:
        return {}
    known: dict[str, Entity] = {e.id: e for e in ledger.entities.get_all(map(EntityId, counts))}
    for value in list(counts):
        thing = known.get(value)
        if thing is None or thing.type is not _KINDS[by]:
            del counts[value]
    return {value: known[value].name for value in counts}


def _ask_for(by: GroupBy, value: str) -> dict[str, str]:
    if by is GroupBy.MONTH:
        year, month = map(int, value.split("-"))
        last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return {"since": f"{value}-01", "until": last.isoformat()}
    return {by.value: value}


def _cursor(order: EventOrder, key: Key, id_: EventId) -> str:
    return pack(f"{order.value} {key} {id_}")


def _place_of(cursor: str, order: EventOrder) -> tuple[Key, EventId]:
    told = unpack(cursor).split(" ")
    try:
        if len(told) == 3 and told[0] == order.value:
            return _key(order, told[1]), EventId(told[2])
    except (ValueError, InvalidOperation):
        pass
    raise QueryError(
        "this place is none of this table's", hint="Begin with its first page and turn on."
    )


def _key(order: EventOrder, text: str) -> Key:
    if order is EventOrder.TOLD:
        return int(text)
    if order is EventOrder.AMOUNT:
        found = Decimal(text)
        if not found.is_finite():
            raise ValueError(text)
        return found
    return date.fromisoformat(text).isoformat()
