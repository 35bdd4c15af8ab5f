"""Charts joined: figures, measures, prices and events as the inputs that charts are drawn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from lodewire.analytics.concentration import OTHER, WORLD, country_share, hhi, hhi_band
from lodewire.analytics.trends.activity import By, Every
from lodewire.errors import MeasureError
from lodewire.ledger.selecting import EventFilters, EventOrder
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.measure import Figure
from lodewire.model.vocabulary import EventType
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.publish.charts.activity import activity_chart
from lodewire.publish.charts.chart import Caption, Chart
from lodewire.publish.charts.concentration import concentration_chart
from lodewire.publish.charts.deals_map import deals_map
from lodewire.publish.charts.dependence import dependence_chart
from lodewire.publish.charts.inputs import (
    ActivityGroup,
    DealLink,
    DealPlace,
    Flow,
    IndexPoint,
    SupplyBar,
    SupplyStage,
)
from lodewire.publish.charts.supply import supply_chart
from lodewire.publish.sentences import tell_event
from lodewire.reference.production import load_production, production_of
from lodewire.workbench.commodity_names import commodity_called
from lodewire.workbench.market.trends import activity_of, group_name

DEALS = frozenset(
    {
        EventType.EXPLORATION_AGREEMENT,
        EventType.SUPPLY_AGREEMENT,
        EventType.ACQUISITION,
        EventType.JOINT_VENTURE,
        EventType.FINANCING,
    }
)
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


def supply_of(name: str, *, stage: str | None = None, year: int | None = None) -> Chart:
    """Return supply by country of one commodity at each stage that has figures, or one of them.

    Without ``year`` the last that is not an estimate as a whole. Raises MeasureError for an unknown
    commodity or stage.
    """
    commodity, stages = _stages_of(name, stage)
    tables = {s: production_of(commodity, s, year) for s in stages}
    known = {s: figures for s, figures in tables.items() if figures}
    if not known:
        raise MeasureError(
            f"there are no figures of {commodity} in {year}", hint="Leave out --year for the last"
        )
    material = load_commodities()[commodity].name
    every = [f for figures in known.values() for f in figures]
    return supply_chart(
        _title(material),
        [_supply_stage(s, figures) for s, figures in known.items()],
        _caption(every, "country_share/1, hhi/1", "shares are parts of what the source lists"),
    )


def concentration_of(name: str, *, stage: str | None = None) -> Chart:
    """Return the index of one commodity and stage by year and vintage, with its bounds."""
    commodity, stages = _stages_of(name, stage)
    chosen = stages[0]
    figures = [f for f in load_production() if f.commodity == commodity and f.stage == chosen]
    groups: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.year, figure.vintage].append(figure)
    points = [_index_point(year, vintage, own) for (year, vintage), own in sorted(groups.items())]
    material = load_commodities()[commodity].name
    note = "vintages are not joined: one source may revise a year"
    return concentration_chart(
        f"{_title(material)}, {_STAGES.get(chosen, chosen).lower()}",
        points,
        _caption(figures, "hhi/1", note),
        bands=BANDS,
    )


def dependence_of(name: str) -> Chart:
    """Return where a commodity is mined and where it is refined, as shares of the world.

    Raises MeasureError where fewer than two stages have figures by country.
    """
    commodity, stages = _stages_of(name, None)
    tables = [(s, production_of(commodity, s)) for s in stages]
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
        _caption([*left, *right], "country_share/1", note),
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


def deals_picture(ledger: Ledger, *, since: date | None = None, until: date | None = None) -> Chart:
    """Return the ledger's deals on a map, with curves from the countries of their parties."""
    filters = EventFilters(since=since, until=until)
    deals = [e for e in ledger.select(filters, order=EventOrder.OLDEST) if e.type in DEALS]
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    links: Counter[tuple[str, str]] = Counter()
    unplaced = 0
    for deal in deals:
        places = _places(deal)
        if not places:
            unplaced += 1
        for place in places:
            counts[place] += 1
            if len(examples[place]) < 2:
                examples[place].append(tell_event(deal))
            links.update((home, place) for home in _homes(deal) if home != place)
    known = load_countries()
    days = [e.reported for e in deals if e.reported is not None]
    note = f"{unplaced} of {len(deals)} deals have no place by this" if unplaced else ""
    return deals_map(
        "Deals by country",
        [
            DealPlace(country=c, name=known[c].name, count=n, examples=tuple(examples[c]))
            for c, n in sorted(counts.items())
        ],
        Caption(
            source=f"ledger of this desk, {len(deals)} deals",
            vintage=f"reported {min(days)} to {max(days)}" if days else "",
            method="deals_by_country/1: the country stated, else of the site, else the seat of who "
            "is bought, financed or supplies",
            note=note,
        ),
        links=[DealLink(origin=a, target=b, count=n) for (a, b), n in sorted(links.items())],
    )


def _places(deal: Event) -> tuple[str, ...]:
    """The countries that a deal lies in: as stated, else of its sites, else its target's seat."""
    countries, sites = load_countries(), load_sites()
    named = [s.entity or "" for s in deal.of("country")]
    stated = [entity for entity in named if entity in countries]
    if not stated:
        named = [s.entity or "" for role in ("site", "asset") for s in deal.of(role)]
        stated = [sites[e].country or "" for e in named if e in sites]
    if not any(stated):
        named = [s.entity or "" for r in ("target", "recipient", "supplier") for s in deal.of(r)]
        organisations = load_organisations()
        stated = [organisations[e].country for e in named if e in organisations]
    return tuple(dict.fromkeys(c for c in stated if c))


def _homes(deal: Event) -> Iterable[str]:
    """The countries of its parties: their own, or of the seat of an organisation."""
    countries, organisations = load_countries(), load_organisations()
    found: dict[str, None] = {}
    for role in ("party", "buyer", "acquirer", "investor"):
        for statement in deal.of(role):
            entity = statement.entity or ""
            if entity in countries:
                found[entity] = None
            elif entity in organisations:
                found[organisations[entity].country] = None
    return tuple(c for c in found if c in countries)


def _stages_of(name: str, stage: str | None) -> tuple[str, list[str]]:
    stages: dict[str, list[str]] = defaultdict(list)
    for figure in load_production():
        if figure.stage not in stages[figure.commodity]:
            stages[figure.commodity].append(figure.stage)
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


def _caption(figures: Sequence[Figure], method: str, note: str) -> Caption:
    sources = dict.fromkeys(_SOURCES.get(f.source, f.source) for f in figures)
    vintages = dict.fromkeys(f.vintage for f in figures)
    return Caption(source="; ".join(sources), vintage=", ".join(vintages), method=method, note=note)


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
