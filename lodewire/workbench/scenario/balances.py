"""A country's balance of a material, out of what its statistics publish, where it adds up.

The forms under which production, imports and exports are told overlap from chapter to chapter (ore
and metal, new and old scrap). A balance is therefore taken only where it gives the consumption or
reliance that the same table publishes; what is then left over is what was drawn from stocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from lodewire.model.measure import Figure
from lodewire.model.scenario import Balance
from lodewire.reference.store import FigureStore, vintage_order

_TOTAL = "total"
_WHOLE = ("", _TOTAL, "all")
_POINT = Decimal(1)  # of a reliance, as it is printed
_STOCKS = Decimal("0.05")  # of consumption: more than that is no stock, but another form
_MOST_FORMS = 6
_FLOWS = ("production", "imports", "exports")


def balance_of(store: FigureStore, commodity: str, stage: str, country: str) -> Balance | None:
    """Return the balance of the last year that is no estimate; None where none adds up."""
    groups: dict[tuple[int, str, str], list[Figure]] = {}
    for f in store.figures(commodity=commodity, stage=stage, country=country):
        if not f.partner:
            groups.setdefault((f.year, f.source, f.vintage), []).append(f)
    ranked = sorted(
        groups.items(),
        key=lambda g: (not _estimated(g[1]), g[0][0], vintage_order(g[0][2])),
        reverse=True,
    )
    for (year, source, vintage), rows in ranked:
        told = next(_balanced(rows), None)
        if told is not None:
            made, came, left, drawn, unit = told
            return Balance(
                country=country,
                production=made,
                imports=came,
                exports=left,
                stock_draw=drawn,
                unit=unit,
                year=year,
                source=source,
                vintage=vintage,
            )
    return None


_Told = tuple[Decimal, Decimal, Decimal, Decimal, str]


def _balanced(rows: list[Figure]) -> Iterator[_Told]:
    traded = [f for f in rows if f.measured in ("imports", "exports")]
    if len({f.unit for f in traded}) != 1 or not all(f.state == "reported" for f in traded):
        return
    unit = traded[0].unit
    at_home = [f for f in rows if f.measured == "production"]
    known = all(f.state == "reported" and f.unit == unit for f in at_home)
    came, left = _sum(_of(rows, "imports")), _sum(_of(rows, "exports"))
    if came is None or left is None:
        return
    for reliance in _of(rows, "net_import_reliance"):
        for used in _of(rows, "apparent_consumption"):
            if used.form == reliance.form and used.unit == unit and used.value:
                yield from _from_consumption(used.value, reliance, came, left, unit)
        if known and not any(f.measured == "apparent_consumption" for f in rows):
            for made in _productions(at_home):
                whole = made + came - left
                if whole > 0 and abs(100 * (came - left) / whole - _least(reliance)) <= _POINT:
                    yield made, came, left, Decimal(0), unit


def _from_consumption(
    used: Decimal, reliance: Figure, came: Decimal, left: Decimal, unit: str
) -> Iterator[_Told]:
    """What is used and does not come from abroad is made at home; the rest is from stocks."""
    net = used * _least(reliance) / 100
    drawn = net - (came - left)
    if abs(drawn) <= used * _STOCKS:
        yield used - net, came, left, drawn, unit


def _productions(made: list[Figure]) -> Iterator[Decimal]:
    """The sums of production that a chapter may count, all forms first."""
    values = [f.value for f in made if f.value is not None]
    for size in range(min(len(values), _MOST_FORMS), 0, -1):
        for some in combinations(values, size):
            yield sum(some, Decimal(0))
    if not values:
        yield Decimal(0)


def _least(reliance: Figure) -> Decimal:
    return reliance.value if reliance.value is not None else Decimal(-1)


def _of(rows: Iterable[Figure], measured: str) -> list[Figure]:
    return [f for f in rows if f.measured == measured and f.state == "reported"]


def _sum(rows: list[Figure]) -> Decimal | None:
    """The total where there is one, else the sum of the forms."""
    whole = [f for f in rows if f.form in _WHOLE or f.form.endswith(f" {_TOTAL}")]
    values = [f.value for f in (whole[:1] or rows) if f.value is not None]
    return sum(values, Decimal(0)) if values else None


def _estimated(rows: list[Figure]) -> bool:
    return all(f.estimated for f in rows if f.measured in _FLOWS)
