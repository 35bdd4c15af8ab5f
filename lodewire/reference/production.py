"""World production by country, out of the figures store: newest vintage first.

A value that the source withholds or does not have is a state, never a zero; a zero is the source's
own. Two vintages may give one year two values: both stay, and they are not to be mixed.
"""

from __future__ import annotations

from functools import cache

from lodewire.model.measure import Figure
from lodewire.reference.store import FigureStore, packaged_of, vintage_order


@cache
def load_production() -> tuple[Figure, ...]:
    """Return every packaged production figure that is split by country.

    ``country`` is ISO 3166-1 alpha-2, or "WORLD" (the source's rounded total) or "OTHER" (countries
    it does not list). Values are in ``unit`` (t, kt, Mt, kg, million m3) of ``basis`` a year.
    Raises OntologyError, naming file and line, when the table is inconsistent.
    """
    # Readers of texts ask for these in every process; the other tables would only cost them time.
    return production_in(packaged_of("usgs-mcs"))


def production_in(store: FigureStore) -> tuple[Figure, ...]:
    """Return every production figure of ``store`` that is a row of a world table."""
    return tuple(f for f in store.figures(measured="production") if not f.form)


@cache
def production_of(commodity: str, stage: str, year: int | None = None) -> tuple[Figure, ...]:
    """Return the figures of one commodity, stage and year, of the newest vintage that has them.

    Without ``year``: of the last year that is not an estimate as a whole, else of the last year.
    Empty when the table has none.
    """
    return production_from(packaged_of("usgs-mcs"), commodity, stage, year)


def production_from(
    store: FigureStore, commodity: str, stage: str, year: int | None = None
) -> tuple[Figure, ...]:
    """Return what ``production_of`` does, out of ``store`` (a desk's own figures among them)."""
    all_years = [
        f
        for f in store.figures(commodity=commodity, stage=stage, measured="production")
        if not f.form
    ]
    if not all_years:
        return ()
    wanted = year if year is not None else _last_year(all_years)
    found = [f for f in all_years if f.year == wanted]
    newest = max((f.vintage for f in found), default="", key=vintage_order)
    return tuple(f for f in found if f.vintage == newest)


def _last_year(figures: list[Figure]) -> int:
    years = sorted({f.year for f in figures}, reverse=True)
    for year in years:
        if not all(f.estimated for f in figures if f.year == year and f.value is not None):
            return year
    return years[0]
