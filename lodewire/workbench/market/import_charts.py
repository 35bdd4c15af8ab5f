"""Dependence of an importer: from which countries its imports of a material come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, Figure
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.publish.charts.chart import Caption, Chart, listed
from lodewire.publish.charts.dependence import dependence_chart
from lodewire.publish.charts.inputs import Flow
from lodewire.reference.store import FigureStore, store_of, vintage_order
from lodewire.workbench.commodity_names import commodity_called

REST = "all others"
SHOWN = 9
"""Partners with a ribbon of their own."""

_SHARES = ("import_share", "sourcing_share")
# stage, form, measured, year, unit, basis, source
_Table = tuple[str, str, str, int, str, str, str]
_STAGES = {
    "mining": "mined",
    "processing": "processed",
    "refining": "refined",
    "smelting": "smelted",
}


def imports_of(
    name: str,
    importer: str,
    *,
    stage: str | None = None,
    form: str | None = None,
    by_value: bool = False,
    desk: Path | None = None,
) -> Chart:
    """Return the partners' shares of an importer's imports, of the last year with figures.

    ``importer`` is ISO 3166-1 alpha-2 or "EU". Shares are those of the source, or computed from its
    quantities (or, with ``by_value``, its values). Where a material has tables of several stages or
    forms, one is drawn and the others are named. Raises MeasureError where there is none.
    """
    store = store_of(desk)
    tables = _tables(store, importer.upper(), by_value)
    known = {commodity for commodity, _ in tables}
    place = load_countries().get(importer.upper())
    if place is None or not known:
        there = sorted({f.country for f in store.all if f.partner})
        raise MeasureError(
            f"there are no figures of what {importer!r} imports from whom",
            hint=f"There are some of {', '.join(there)}",
        )
    commodity = commodity_called(name, known, f"import figures of {place.name}")
    own = {
        table: figures
        for (of, table), figures in tables.items()
        if of == commodity
        and (stage is None or table[0] == stage)
        and (form is None or table[1] == form)
    }
    if not own:
        raise MeasureError(
            f"there is no table of {commodity} at that stage and form",
            hint=f"There are {_listed(t for of, t in tables if of == commodity)}",
        )
    chosen = max(own, key=lambda t: (t[3], not t[1], len(own[t]), t))
    figures = own[chosen]
    material = load_commodities()[commodity].name
    about = [_STAGES.get(chosen[0], chosen[0]), chosen[1]]
    words = f"{material} ({', '.join(a for a in about if a)})"
    # What the EU study calls sourcing holds what the Union makes itself.
    what = "sourcing" if chosen[2] == "sourcing_share" else "imports"
    target = f"{what.capitalize()} of {material}"
    others = sorted({(t[0], t[1]) for t in own} - {(chosen[0], chosen[1])})
    notes = [figures[0].basis]
    if others:
        notes.append(f"other tables: {listed([' '.join(o).strip() for o in others], 6)}")
    first = figures[0]
    unknown = [_name(f.partner) for f in figures if f.state != "reported" and f.partner != "WORLD"]
    if unknown:
        notes.append(f"no figure of {listed(sorted(unknown), 6)}, so in no share")
    computed = chosen[2] not in _SHARES
    return dependence_chart(
        f"{place.name}: {what} of {words} by country, {first.year}",
        [
            Flow(origin=who, target=target, value=part, rest=who == REST)
            for who, part in _parts(figures)
        ],
        "1",
        Caption(
            source=store.source_of(first).description,
            vintage=first.vintage,
            method=("share of " + ("value" if first.unit == "USD" else "quantity"))
            if computed
            else "share as published",
            note="; ".join(notes),
        ),
        heads=("from", f"{what} of {place.name}"),
    )


def _tables(
    store: FigureStore, importer: str, by_value: bool
) -> dict[tuple[str, _Table], list[Figure]]:
    """Tables by commodity, each in its newest vintage, of the last year it has."""
    found: dict[tuple[str, _Table], dict[str, list[Figure]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for figure in store.figures(country=importer):
        counts = figure.measured == "imports" and (figure.unit == "USD") == by_value
        if not figure.partner or not (counts or (figure.measured in _SHARES and not by_value)):
            continue
        table = (figure.stage, figure.form, figure.measured, figure.year)
        key = (figure.commodity, (*table, figure.unit, figure.basis, figure.source))
        found[key][figure.vintage].append(figure)
    return {key: told[max(told, key=vintage_order)] for key, told in found.items()}


def _parts(figures: Sequence[Figure]) -> list[tuple[str, Decimal]]:
    """The largest partners' shares, and the rest; a partner without a value is in no share."""
    countries = load_countries()
    values: dict[str, Decimal] = defaultdict(Decimal)
    for figure in figures:
        if figure.value is None or figure.state != "reported" or figure.partner == "WORLD":
            continue
        place = countries.get(figure.partner)
        values[REST if figure.partner == OTHER or place is None else place.name] += figure.value
    total = Decimal(100) if figures[0].unit == "%" else sum(values.values(), Decimal(0))
    if not total or sum(values.values(), Decimal(0)) > total * Decimal("1.02"):
        raise MeasureError("the partners' shares do not make one whole", hint="Choose another form")
    ranked = sorted(
        ((who, value) for who, value in values.items() if who != REST),
        key=lambda pair: (-pair[1], pair[0]),
    )[:SHOWN]
    parts = [(who, value / total) for who, value in ranked if value]
    rest = 1 - sum((part for _, part in parts), Decimal(0))
    return [*parts, (REST, rest)] if rest > Decimal("0.0005") else parts


def _name(country: str) -> str:
    known = load_countries().get(country)
    return known.name if known is not None else REST


def _listed(tables: Iterable[_Table]) -> str:
    return ", ".join(
        sorted({f"--stage {t[0]}" + (f" --form {t[1]!r}" if t[1] else "") for t in tables})
    )
