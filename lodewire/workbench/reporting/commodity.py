"""The report on a commodity: supply, concentration, prices, dependence, rules, deals, events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lodewire.analytics.trends.anomalies import Anomaly
from lodewire.errors import PublishError
from lodewire.ledger.selecting import EventFilters
from lodewire.model.event import Event
from lodewire.model.ids import EntityId
from lodewire.ontology.commodities import load_commodities
from lodewire.publish.brief import is_told
from lodewire.publish.reports.report import (
    Block,
    Bullets,
    Paragraph,
    Report,
    ReportTable,
    Section,
    Words,
    words,
)
from lodewire.publish.wording import print_number
from lodewire.workbench.exposure import find_commodity
from lodewire.workbench.market.charting import concentration_of, supply_from
from lodewire.workbench.market.deal_charts import deals_picture
from lodewire.workbench.market.price_charts import price_picture
from lodewire.workbench.profiles.countries import country_words, note_words
from lodewire.workbench.profiles.deals import deals_on
from lodewire.workbench.profiles.priced import Priced, prices_told, unusual_months
from lodewire.workbench.profiles.restrictions import kin_of, rules_on
from lodewire.workbench.profiles.supply import StageSupply, exposure_known, supply_told
from lodewire.workbench.reporting.frame import (
    Making,
    deals_table,
    events_table,
    picture,
    print_figure,
    print_index,
    print_part,
    rules_table,
    section,
    text,
)

_EVENTS = 40
_LINES = 12
_YEARS = 10
_BANDS = {
    "unconcentrated": "not concentrated",
    "moderate": "moderately concentrated",
    "high": "highly concentrated",
}


def commodity_report(making: Making, name: str) -> Report:
    """Return the report on a commodity by id or name. Raises MeasureError for an unknown one."""
    id_ = find_commodity(name)
    title = load_commodities()[id_].name
    title = title[:1].upper() + title[1:]
    supplies = supply_told(id_, making.store)
    prices = prices_told(id_, making.desk.root, until=making.month)
    things = frozenset((EntityId(id_),))
    rules = rules_on(making.ledger, kin_of(id_), making.desk.life, making.day)
    deals = deals_on(making.ledger, things, until=making.day)
    events = list(_events(making, things))
    if not (supplies or prices or events):
        raise PublishError(
            f"nothing is known of {title} yet: no figures, no prices, no events.",
            hint="Load figures with `lodewire figures`, or collect and run the desk first.",
        )
    glance = _glance(making, supplies, prices, len(rules), len(deals))
    stages = " and ".join(s.stage for s in supplies)
    return making.finish(
        "commodity",
        id_,
        title,
        f"Supply{f' ({stages})' if stages else ''}, concentration, prices, rules and deals",
        [
            section("glance", "At a glance", glance),
            _supply_section(making, id_, supplies),
            _concentration_section(making, id_, supplies),
            _price_section(making, prices),
            _dependence_section(making, id_),
            section("rules", "Rules", rules_table(making, rules) or text(
                "The ledger knows of no tariff, export restriction or sanction that names it.")),
            section(
                "deals",
                "Deals",
                picture(lambda: deals_picture(making.ledger, until=making.day, naming=things))
                if deals
                else text("The ledger knows of no deal that names it."),
                deals_table(making, deals),
            ),
            section("events", "Events", events_table(making, events, "The latest that name it.")),
        ],
    )  # fmt: skip


def _events(making: Making, things: frozenset[EntityId]) -> Iterator[Event]:
    found = making.ledger.select(EventFilters(entities=(things,), until=making.day))
    return islice((e for e in found if is_told(e) and e.core), _EVENTS)


def _glance(
    making: Making,
    supplies: tuple[StageSupply, ...],
    prices: tuple[Priced, ...],
    rules: int,
    deals: int,
) -> Bullets:
    lines: list[Words] = []
    for supply in supplies:
        table = supply.exposure.table
        first = next((line for line in supply.lines if line.share is not None), None)
        if first is not None and first.share is not None:
            making.keep(first.share)
            lines.append(
                words(
                    f"{supply.stage.capitalize()} {table.year}: {first.name} supplies "
                    f"{print_part(first.share)} of what {table.source} {table.vintage} lists; "
                    "the index "
                    f"of concentration is {print_index(supply.index)}"
                    + (
                        f", {' or '.join(_BANDS[b] for b in supply.bands)}."
                        if supply.bands
                        else "."
                    )
                )
            )
    for priced in prices[:3]:
        change = ""
        if priced.year_change is not None:
            change = f", {priced.year_change * 100:+.1f} % in twelve months"
        last = priced.last
        price = f"{print_number(last.value)} {last.unit} in {last.period}"
        told = f"{priced.series.name}: {price}{change}."
        lines.append(words(told))
    lines.append(words(f"The ledger tells {deals} deals and {rules} rules that name it."))
    return Bullets(lines=tuple(lines))


def _supply_section(making: Making, id_: str, supplies: tuple[StageSupply, ...]) -> Section:
    blocks: list[Block | None] = []
    tables = {
        s.stage: s.exposure.table.figures for s in supplies if s.exposure.table.kind == "production"
    }
    if tables:
        blocks.append(picture(lambda: supply_from(id_, tables, making.store)))
    blocks += [supply_table(making, s) for s in supplies]
    return section("supply", "Supply by stage and country", *blocks)


def supply_table(making: Making, supply: StageSupply) -> ReportTable:
    """Return a stage's supply by country with shares."""
    table = supply.exposure.table
    lines = supply.lines[:_LINES]
    making.keep(*(line.share for line in lines if line.share is not None))
    making.used(*(line.figure for line in lines))
    rest = len(supply.lines) - len(lines)
    more = f" {rest} more countries stand in the source." if rest else ""
    world = f" World: {print_figure(supply.world)}." if supply.world is not None else ""
    return ReportTable(
        columns=("Country", f"{table.unit}", "Share"),
        rows=tuple(
            (words(line.name), words(print_figure(line.figure)), words(print_part(line.share)))
            for line in lines
        ),
        caption=f"{supply.stage.capitalize()}, {table.year}, {table.basis}. {table.source} "
        f"{table.vintage}.{world}{more}",
        right=frozenset((1, 2)),
        widths=(2.4, 1.2, 1.8),
    )


_NAMES = {
    "hhi": "Concentration index (HHI, 0 to 1)",
    "hhi_of_shares": "Concentration index (HHI of published shares)",
    "top_1_share": "Share of the largest",
    "top_1_of_shares": "Share of the largest",
    "top_3_share": "Share of the largest three",
    "top_3_of_shares": "Share of the largest three",
    "n_minus_1": "Left when the largest is lost",
    "n_minus_1_of_shares": "Left when the largest is lost",
    "hhi_governance": "Index weighted by governance",
}


def _concentration_section(making: Making, id_: str, supplies: tuple[StageSupply, ...]) -> Section:
    rows = []
    for supply in supplies:
        stage = f"{supply.stage.capitalize()} {supply.exposure.table.year}"
        for at, measure in enumerate(supply.exposure.measures):
            making.keep(measure)
            index = measure.name.startswith("hhi")
            reading = (
                " or ".join(_BANDS[b] for b in supply.bands)
                if at == 0
                else note_words(measure.note)
            )
            rows.append(
                (
                    words(stage if at == 0 else ""),
                    words(_NAMES.get(measure.name, measure.name)),
                    words(print_index(measure) if index else print_part(measure)),
                    words(reading),
                )
            )
    table = ReportTable(
        columns=("Stage", "Measure", "Value", "Reading"),
        rows=tuple(rows),
        caption="Bands of the US Merger Guidelines of 2023, as a yardstick.",
        right=frozenset((2,)),
        widths=(1.3, 2.8, 1.6, 1.6),
    )
    first = next((s.stage for s in supplies if s.exposure.table.kind == "production"), None)
    drawn = (
        picture(lambda: concentration_of(id_, stage=first, store=making.store)) if first else None
    )
    return section("concentration", "Concentration", table if rows else None, drawn)


def _price_section(making: Making, prices: tuple[Priced, ...]) -> Section:
    blocks: list[Block | None] = []
    for priced in prices:
        series = priced.series
        year, month = priced.last.period.split("-")
        since = max(f"{int(year) - _YEARS:04}-{month}", priced.first_period)
        making.priced(series)
        blocks.append(Paragraph(words=words(series.name), heading=True))
        blocks.append(
            picture(
                lambda series=series, since=since: price_picture(
                    series.id,
                    desk=making.desk.root,
                    ledger=making.ledger,
                    since=since,
                    until=making.month,
                )
            )
        )
        blocks.append(_months(priced))
        unusual = unusual_months(series, making.ledger, desk=making.desk.root, until=making.month)
        if unusual:
            blocks.append(Bullets(lines=tuple(_unusual_words(a) for a in unusual[:5])))
    return section("prices", "Prices", *blocks)


def _unusual_words(found: Anomaly) -> Words:
    low, high = (f"{part * 100:+.1f}" for part in found.usual)
    return words(
        f"{found.period}: {found.change * 100:+.1f} % (robust z {found.z:.1f}; the middle half of "
        f"months lies between {low} and {high} %); {found.explanation}."
    )


def _months(priced: Priced) -> ReportTable:
    return ReportTable(
        columns=tuple(p.period for p in priced.points[-6:]),
        rows=(tuple(words(print_number(p.value)) for p in priced.points[-6:]),),
        caption=f"The last months in {priced.series.unit}; {priced.series.basis}. {priced.source}, "
        f"{priced.series.vintage}.",
        right=frozenset(range(6)),
    )


def _dependence_section(making: Making, id_: str) -> Section:
    found = exposure_known(id_, None, making.store)
    relied = found.reliance if found is not None else ()
    rows = []
    for reliance in relied:
        making.keep(reliance.published)
        suppliers = [
            f"{country_words(s.partner)}{' ' + print_part(s.share) if s.share is not None else ''}"
            for s in (found.sources if found is not None else ())
            if (s.country, s.stage, s.form) == (reliance.country, reliance.stage, reliance.form)
        ][:3]
        published = reliance.published
        given = (published.value, published.low, published.high)
        shown = next((print_number(v) for v in given if v is not None), "not known")
        sign = "> " if published.value is None and published.low is not None else ""
        form = f", {reliance.form}" if reliance.form else ""
        rows.append(
            (
                words(country_words(reliance.country)),
                words(f"{reliance.stage}{form}"),
                words(f"{sign}{shown} {published.unit}"),
                words(", ".join(suppliers)),
                words(f"{reliance.year}, {reliance.source} {reliance.vintage}"),
            )
        )
    if not rows:
        return section("dependence", "Who must import it")
    table = ReportTable(
        columns=("Country", "Stage", "Reliance", "Largest suppliers", "Year, source"),
        rows=tuple(rows),
        caption="Net import reliance as published, in per cent of consumption; shares are of "
        "imports.",
        right=frozenset((2,)),
        widths=(1.2, 1.2, 1.0, 2.6, 1.8),
    )
    return section("dependence", "Who must import it", table)
