"""Charts joined: figures, measures, prices and events as the inputs that charts are drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from lodewire.analytics.concentration import OTHER, WORLD, country_share, hhi, hhi_band
from lodewire.analytics.trends.activity import By, Every
from lodewire.errors import MeasureError, OntologyError
from lodewire.ledger.store import Ledger
from lodewire.model.measure import Figure
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.publish.charts.activity import activity_chart
from lodewire.publish.charts.chart import Caption, Chart
from lodewire.publish.charts.concentration import concentration_chart
from lodewire.publish.charts.dependence import dependence_chart
from lodewire.publish.charts.inputs import (
    ActivityGroup,
    Flow,
    IndexPoint,
    SupplyBar,
    SupplyStage,
)
from lodewire.publish.charts.supply import supply_chart
from lodewire.publish.charts.theme import TOTAL
from lodewire.reference.store import FigureStore, packaged_of
from lodewire.workbench.commodity_names import commodity_called
from lodewire.workbench.exposure.stages import choose, tables_of
from lodewire.workbench.exposure.types import SupplyTable
from lodewire.workbench.market.trends import activity_of, group_name

BANDS = (
    (Decimal("0.10"), "moderately concentrated from 0.10 (US Merger Guidelines 2023)"),
    (Decimal("0.18"), "highly concentrated above 0.18"),
)
_STAGES = {
    "mining": "Mine output",
    "processing": "Processed output",
    "smelting": "Smelter output",
    "refining": "Refined output",
    "metal": "Metal output",
    "manufacture": "Output",
}
_SOURCES = {"usgs-mcs": "US Geological Survey, Mineral Commodity Summaries (public domain)"}
_SHOWN_FLOWS = 6
_REST = "all others"


def supply_of(
    name: str,
    *,
    stage: str | None = None,
    year: int | None = None,
    store: FigureStore | None = None,
    wide: float = TOTAL,
) -> Chart:
    """Return supply by country of one commodity at each stage that has figures, or one of them.

    Without ``year`` the last that is not an estimate as a whole. ``store``: the figures at hand (a
    desk's own among them), by default the package's; ``wide`` in pixels. Raises MeasureError for an
    unknown commodity or stage.
    """
    store = store or packaged_of("usgs-mcs")
    commodity, stages = _stages_of(name, stage, store)
    tables = {s: _newest(store, commodity, s, year) for s in stages}
    known = {s: figures for s, figures in tables.items() if figures}
    if not known:
        raise MeasureError(
            f"there are no figures of {commodity} in {year}", hint="Leave out --year for the last"
        )
    return supply_from(commodity, known, store, wide=wide)


def supply_from(
    commodity: str,
    known: Mapping[str, Sequence[Figure]],
    store: FigureStore,
    *,
    wide: float = TOTAL,
) -> Chart:
    """Return supply by country of a commodity from given tables of production, by stage."""
    material = load_commodities()[commodity].name
    every = [f for figures in known.values() for f in figures]
    return supply_chart(
        _title(material),
        [_supply_stage(s, figures) for s, figures in known.items()],
        _caption(
            every, "country_share/1, hhi/1", "shares are parts of what the source lists", store
        ),
        wide=wide,
    )


def concentration_of(
    name: str, *, stage: str | None = None, store: FigureStore | None = None
) -> Chart:
    """Return the index of one commodity and stage by year, source and vintage, with its bounds.

    ``store``: the figures at hand, by default the package's.
    """
    store = store or packaged_of("usgs-mcs")
    commodity, stages = _stages_of(name, stage, store)
    chosen = stages[0]
    tables = _tables(store, commodity, chosen)
    figures = [f for t in tables for f in t.figures]
    several = len({t.source for t in tables}) > 1
    points = [
        _index_point(t.year, f"{t.source} {t.vintage}" if several else t.vintage, t.figures)
        for t in sorted(tables, key=lambda t: (t.year, t.vintage, t.source))
    ]
    material = load_commodities()[commodity].name
    note = "vintages are not joined: one source may revise a year"
    return concentration_chart(
        f"{_title(material)}, {_STAGES.get(chosen, chosen).lower()}",
        points,
        _caption(figures, "hhi/1", note, store),
        bands=BANDS,
    )


def dependence_of(name: str, *, store: FigureStore | None = None) -> Chart:
    """Return where a commodity is mined and where it is refined, as shares of the world.

    ``store``: the figures at hand, by default the package's. Raises MeasureError where fewer than
    two stages have figures by country.
    """
    store = store or packaged_of("usgs-mcs")
    commodity, stages = _stages_of(name, None, store)
    tables = [(s, _newest(store, commodity, s)) for s in stages]
    tables = [(s, t) for s, t in tables if hhi(t).value is not None]
    if len(tables) < 2:
        raise MeasureError(
            f"{commodity} has figures by country at {len(tables)} stage, a chain needs two",
            hint="`lodewire chart supply` draws one stage",
        )
    (first, left), (last, right) = tables[0], tables[-1]
    material = _title(load_commodities()[commodity].name)
    flows = [
        Flow(origin=who, target=material, value=part, rest=who == _REST)
        for who, part in _shares(left)
    ]
    # The blank keeps a country that mines and refines from being one node in a circle.
    flows += [
        Flow(origin=material, target=f"{who} ", value=part, rest=who == _REST)
        for who, part in _shares(right)
    ]
    words = [_STAGES.get(s, s).lower() for s in (first, last)]
    years = [t[0].year for t in (left, right)]
    note = (
        f"both sides are shares of the world, of {words[0]} {years[0]} and {words[1]} {years[1]}; "
        "not who ships to whom"
    )
    return dependence_chart(
        f"{material}: from {words[0]} to {words[1]}",
        flows,
        "1",
        _caption([*left, *right], "country_share/1", note, store),
        heads=(f"{words[0]}, {years[0]}", "", f"{words[1]}, {years[1]}"),
    )


def activity_picture(
    ledger: Ledger,
    *,
    by: By,
    since: date | None = None,
    until: date | None = None,
    every: Every | None = None,
) -> Chart:
    """Return the counts of the ledger's events over time by desk, commodity or country."""
    found = activity_of(ledger, by=by, since=since, until=until, every=every)
    note = "an event counts in each group it names"
    if found.ungrouped:
        note += f"; {found.ungrouped} events name no {by.value}"
    return activity_chart(
        f"Events by {by.value}",
        found.periods,
        [ActivityGroup(name=group_name(by, g.group), counts=g.counts) for g in found.groups],
        Caption(
            source=f"ledger of this desk, {found.events} events",
            vintage=f"{found.periods[0]} to {found.periods[-1]}" if found.periods else "",
            method="activity/1, by the day first reported",
            note=note,
        ),
        counted=f"events a {every.value if every else found.every.value}",
    )


def _tables(store: FigureStore, commodity: str, stage: str) -> tuple[SupplyTable, ...]:
    own = FigureStore(all=store.figures(commodity=commodity, stage=stage), sources=())
    return tuple(t for t in tables_of(own) if t.kind == "production")


def _newest(
    store: FigureStore, commodity: str, stage: str, year: int | None = None
) -> tuple[Figure, ...]:
    """The figures of the table that exposure shows first: one source, year and vintage."""
    table = choose(_tables(store, commodity, stage), year, None)
    return table.figures if table is not None else ()


def _stages_of(name: str, stage: str | None, store: FigureStore) -> tuple[str, list[str]]:
    rows: dict[tuple[str, str], set[tuple[str, str, int]]] = defaultdict(set)
    for f in store.figures(measured="production"):
        if not f.form and not f.partner:
            rows[f.commodity, f.stage].add((f.country, f.source, f.year))
    stages: dict[str, list[str]] = defaultdict(list)
    for (of, at), told in rows.items():
        if len(told) > len({(source, year) for _, source, year in told}):
            stages[of].append(at)
    commodity = commodity_called(name, stages, "production figures")
    order = list(_STAGES)
    known = sorted(stages[commodity], key=lambda s: order.index(s) if s in order else len(order))
    if stage is None:
        return commodity, known
    if stage not in known:
        raise MeasureError(
            f"there are no figures of {commodity} at the stage {stage!r}",
            hint=f"There are {', '.join(known)}",
        )
    return commodity, [stage]


def _supply_stage(stage: str, figures: Sequence[Figure]) -> SupplyStage:
    bars, rest = [], None
    for figure in figures:
        if figure.country == WORLD:
            continue
        bar = _bar(figure, figures)
        if figure.country == OTHER:
            rest = bar
        else:
            bars.append(bar)
    first = figures[0]
    index = hhi(figures)
    remarks = []
    if index.value is not None:
        remarks.append(f"HHI {index.value:.2f}, {_band_words(index.value)}")
    if all(f.estimated for f in figures if f.value is not None):
        remarks.append("all estimates")
    return SupplyStage(
        stage=_STAGES.get(stage, stage.capitalize()),
        year=first.year,
        unit=first.unit,
        basis=first.basis,
        bars=tuple(bars),
        rest=rest if rest is not None and rest.value else None,
        remark=" · ".join(remarks),
    )


def _bar(figure: Figure, figures: Sequence[Figure]) -> SupplyBar:
    known = load_countries().get(figure.country)
    name = known.name if known is not None else "Other countries"
    share = None
    if figure.state == "reported":
        share = _share_of(figure, figures)
    return SupplyBar(
        country=name,
        value=figure.value,
        share=share,
        state=figure.state,
        estimated=figure.estimated,
    )


def _share_of(figure: Figure, figures: Sequence[Figure]) -> Decimal | None:
    """The share of a row; that of the other countries by the scale of a country's."""
    if figure.country != OTHER:
        return country_share(figures, figure.country).value
    for known in figures:
        if known.country not in (WORLD, OTHER) and known.state == "reported" and known.value:
            share = country_share(figures, known.country).value
            if share and figure.value is not None:
                return figure.value * share / known.value
    return None


def _band_words(index: Decimal) -> str:
    words: Mapping[str, str] = {
        "unconcentrated": "not concentrated",
        "moderate": "moderately concentrated",
        "high": "highly concentrated",
    }
    return words[hhi_band(index).value]


def _index_point(year: int, vintage: str, figures: Sequence[Figure]) -> IndexPoint:
    try:
        index = hhi(figures)
    except MeasureError as refused:
        return IndexPoint(year=year, vintage=vintage, value=None, note=refused.message)
    return IndexPoint(
        year=year,
        vintage=vintage,
        value=index.value,
        low=index.low,
        high=index.high,
        note=index.note,
    )


def _shares(figures: Sequence[Figure]) -> list[tuple[str, Decimal]]:
    """The largest shares by name, and what is left of the whole."""
    countries = load_countries()
    shares = []
    for figure in figures:
        if figure.country in countries and figure.state == "reported" and figure.value:
            share = country_share(figures, figure.country).value
            if share is not None:
                shares.append((countries[figure.country].name, share))
    shares.sort(key=lambda pair: (-pair[1], pair[0]))
    rest = 1 - sum((part for _, part in shares[:_SHOWN_FLOWS]), Decimal(0))
    told = shares[:_SHOWN_FLOWS]
    return [*told, (_REST, rest)] if rest > Decimal("0.0005") else told


def _caption(figures: Sequence[Figure], method: str, note: str, store: FigureStore) -> Caption:
    sources = dict.fromkeys(_SOURCES.get(f.source) or _described(f, store) for f in figures)
    vintages = dict.fromkeys(f.vintage for f in figures)
    return Caption(source="; ".join(sources), vintage=", ".join(vintages), method=method, note=note)


def _described(figure: Figure, store: FigureStore) -> str:
    try:
        return store.source_of(figure).description or figure.source
    except OntologyError:
        return figure.source


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
