"""Lines of an own table seen together: what is bought of each material, and where it comes from.

The part from each country is, in this order: as the table states it (where its shares fit into one
whole; else each is the part of its own line), by quantity, by spend, or all of it where every line
has the one origin. Nothing is shared out evenly: where none of these holds, the countries are named
and the parts are not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lodewire.errors import UnitError
from lodewire.model.holding import Holding, Position
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.units import comparable, convert
from lodewire.ontology.uses import load_use_products

_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Origins:
    """Parts by country, the part without origin, and what they are parts of."""

    shares: tuple[tuple[str, Decimal], ...] = ()
    unknown: Decimal | None = None
    basis: str = ""


def positions_of(holdings: Iterable[Holding]) -> tuple[Position, ...]:
    """Return the positions, by commodity, product and form; the order of lines does not matter."""
    groups: dict[tuple[str, str, str, str], list[Holding]] = {}
    for holding in holdings:
        key = (holding.commodity, holding.via or "", holding.form or "", holding.stage or "")
        groups.setdefault(key, []).append(holding)
    return tuple(
        _position(sorted(groups[key], key=lambda h: (h.row, h.country or "")))
        for key in sorted(groups)
    )


def _position(lines: Sequence[Holding]) -> Position:
    first = lines[0]
    quantity = _sum_quantities(lines)
    spend = _sum_spends(lines)
    origins = _origins(lines, quantity is not None, spend is not None)
    countries = dict.fromkeys(c for c, _ in origins.shares)
    countries.update(dict.fromkeys(sorted({h.country for h in lines if h.country is not None})))
    return Position(
        commodity=first.commodity,
        words=_words(lines),
        form=first.form,
        stage=first.stage,
        via=first.via,
        certain=all(h.certain for h in lines),
        rows=tuple(sorted({h.row for h in lines})),
        quantity=quantity[0] if quantity else None,
        unit=quantity[1] if quantity else None,
        spend=spend[0] if spend else None,
        currency=spend[1] if spend else None,
        countries=tuple(countries),
        shares=origins.shares,
        unknown=origins.unknown,
        basis=origins.basis,
        suppliers=tuple(sorted({h.supplier for h in lines if h.supplier})),
    )


def _words(lines: Sequence[Holding]) -> str:
    """The table's own words where all lines have the same, else those of the ontology."""
    written = {" ".join(h.material.split()) for h in lines}
    if len({w.casefold() for w in written}) == 1:
        return min(written)[:60]
    first = lines[0]
    if first.via is not None:
        return load_use_products()[first.via].name
    name = load_commodities()[first.commodity].name
    return f"{name} {first.form.replace('-', ' ')}" if first.form else name


def _sum_quantities(lines: Sequence[Holding]) -> tuple[Decimal, str] | None:
    if any(h.quantity is None for h in lines):
        return None
    units = sorted({h.unit or "" for h in lines})
    common = "t" if comparable(units[0], "t") else units[0]
    try:
        total = sum(
            (
                convert(h.quantity, h.unit, common)
                for h in lines
                if h.quantity is not None and h.unit
            ),
            Decimal(),
        )
    except UnitError:
        return None
    return total, common


def _sum_spends(lines: Sequence[Holding]) -> tuple[Decimal, str] | None:
    currencies = {h.currency for h in lines}
    if any(h.spend is None for h in lines) or len(currencies) != 1:
        return None
    (currency,) = currencies
    assert currency is not None
    return sum((h.spend for h in lines if h.spend is not None), Decimal()), currency


def _origins(lines: Sequence[Holding], measured: bool, paid: bool) -> _Origins:
    stated = [(h.country, h.share) for h in lines if h.share is not None and h.country is not None]
    total = sum((s for _, s in stated), Decimal())
    if stated and total <= _WHOLE:
        return _summed(stated, _WHOLE, "stated")
    for known, weight, basis in (
        (measured, _plain_quantity, "quantity"),
        (paid, _plain_spend, "spend"),
    ):
        whole = sum((weight(h) for h in lines), Decimal()) if known else Decimal()
        if whole > 0:
            # Shares of several purchases do not fit into one whole: each is a part of its line.
            told = [(h.country, weight(h) * (1 if h.share is None else h.share)) for h in lines]
            return _summed(told, whole, basis)
    if stated:
        return _Origins()
    countries = {h.country for h in lines}
    if len(countries) == 1 and None not in countries:
        return _Origins(((str(countries.pop()), _WHOLE),), Decimal(), "one origin")
    return _Origins()


def _plain_quantity(holding: Holding) -> Decimal:
    assert holding.quantity is not None
    assert holding.unit is not None
    if comparable(holding.unit, "t"):
        return convert(holding.quantity, holding.unit, "t")
    return holding.quantity


def _plain_spend(holding: Holding) -> Decimal:
    return holding.spend or Decimal()


def _summed(parts: Iterable[tuple[str | None, Decimal]], whole: Decimal, basis: str) -> _Origins:
    found: dict[str, Decimal] = {}
    for country, part in parts:
        if country is not None:
            found[country] = found.get(country, Decimal()) + part
    # Divided once, at the end: rounding must not depend on the order of rows.
    ranked = sorted(((c, part / whole) for c, part in found.items()), key=lambda t: (-t[1], t[0]))
    unknown = (whole - sum(found.values(), Decimal())) / whole
    return _Origins(tuple(ranked), max(Decimal(), unknown), basis)
