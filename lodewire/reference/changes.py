"""What a vintage says otherwise than another: new and gone figures, revisions, other definitions.

Two vintages are compared figure by figure: the same commodity, stage, country, partner, year, kind
and form of one source. Where basis or unit differ, the definition changed, and the difference of
the values is no revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lodewire.model.measure import Figure
from lodewire.reference.tables import Key, key_of


class ChangeKind(StrEnum):
    """How a figure of the new vintage stands to that of the old one."""

    NEW = "new"
    GONE = "gone"
    REVISED = "revised"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure that two vintages tell otherwise; the side that lacks it is None."""

    kind: ChangeKind
    old: Figure | None
    new: Figure | None

    @property
    def figure(self) -> Figure:
        """The newer of the two that is there."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def part(self) -> Decimal | None:
        """The change as a part of the old value; None where it cannot be told."""
        if self.kind is not ChangeKind.REVISED or self.old is None or self.new is None:
            return None
        if not self.old.value or self.new.value is None:
            return None
        return (self.new.value - self.old.value) / self.old.value


def changes(old: Iterable[Figure], new: Iterable[Figure]) -> tuple[Change, ...]:
    """Return what differs between two vintages, series by series, each in the order of years.

    Only the years are compared that both vintages hold for a commodity, stage and kind: a vintage
    that begins later has not lost the years before. New figures of other years are not changes.
    """
    before, after = _by_key(old), _by_key(new)
    both = _tables(before.values()) & _tables(after.values())
    found: list[Change] = []
    for key in sorted({**before, **after}, key=_order):
        one, other = before.get(key), after.get(key)
        either = one or other
        if either is not None and _table(either) in both:
            kind = _kind(one, other)
            if kind is not None:
                found.append(Change(kind=kind, old=one, new=other))
    return tuple(found)


def count_new_years(old: Iterable[Figure], new: Iterable[Figure]) -> int:
    """Return how many figures of the new vintage are of tables and years the old does not have."""
    tables = _tables(old)
    return sum(1 for f in new if _table(f) not in tables)


def _kind(old: Figure | None, new: Figure | None) -> ChangeKind | None:
    if old is None:
        return ChangeKind.NEW
    if new is None:
        return ChangeKind.GONE
    if (old.unit, old.basis) != (new.unit, new.basis):
        return ChangeKind.DEFINITION
    same = (old.state, old.value, old.low, old.high) == (new.state, new.value, new.low, new.high)
    return None if same else ChangeKind.REVISED


def _order(key: Key) -> tuple[object, ...]:
    commodity, stage, country, partner, year, measured, form, *rest = key
    return (commodity, stage, measured, form, country, partner, year, *rest)


def _by_key(figures: Iterable[Figure]) -> dict[Key, Figure]:
    return {(*key_of(f)[:-1], ""): f for f in figures}


def _tables(figures: Iterable[Figure]) -> set[Sequence[object]]:
    return {_table(f) for f in figures}


def _table(f: Figure) -> tuple[object, ...]:
    return (f.source, f.measured, f.commodity, f.stage, f.form, f.year)
