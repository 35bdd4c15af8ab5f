"""The report on a country: what it supplies, what it must import, rules, deals, events."""

from __future__ import annotations

from lodewire.errors import MeasureError, PublishError
from lodewire.model.ids import EntityId
from lodewire.ontology.countries import load_countries
from lodewire.ontology.sites import load_sites
from lodewire.publish.reports.report import Report, ReportTable, Section, words
from lodewire.publish.wording import print_number
from lodewire.workbench.exposure.compute import find_country
from lodewire.workbench.market.deal_charts import deals_picture
from lodewire.workbench.profiles.countries import dependence_of, outputs_of
from lodewire.workbench.profiles.deals import deals_on
from lodewire.workbench.profiles.restrictions import rules_on
from lodewire.workbench.reporting.events import events_on
from lodewire.workbench.reporting.frame import (
    Making,
    deals_table,
    events_table,
    picture,
    print_figure,
    print_part,
    rules_table,
    section,
    text,
)

_OUTPUTS, _DEPENDENCE, _SITES, _RULES = 30, 40, 40, 30


def country_report(making: Making, name: str) -> Report:
    """Return the report on a country by code or name. Raises MeasureError for an unknown one."""
    code = find_country(name)
    if code is None:
        raise MeasureError("no country is named", hint="Write its ISO code, such as CL")
    title = load_countries()[code].name
    things = frozenset((EntityId(code),))
    rules = rules_on(making.ledger, things, making.desk.life, making.day)[:_RULES]
    deals = deals_on(making.ledger, things, until=making.day)
    events = events_on(making, things)
    outputs, dependence = _outputs(making, code), _dependence(making, code)
    if not (outputs.blocks or dependence.blocks or events):
        raise PublishError(
            f"nothing is known of {title} yet: no figures and no events.",
            hint="Load figures with `lodewire figures`, or collect and run the desk first.",
        )
    return making.finish(
        "country",
        code,
        title,
        "What it supplies and must import, rules, deals and events",
        [
            outputs,
            dependence,
            section("rules", "Rules that name it", rules_table(making, rules)),
            section(
                "deals",
                "Deals",
                picture(lambda: deals_picture(making.ledger, until=making.day, naming=things))
                if deals
                else text("The ledger knows of no deal that names it."),
                deals_table(making, deals),
            ),
            _sites(code),
            section("events", "Events", events_table(making, events, "The latest events.")),
        ],
    )


def _outputs(making: Making, code: str) -> Section:
    outputs = outputs_of(code, making.store)[:_OUTPUTS]
    making.keep(*(o.share for o in outputs))
    rows = tuple(
        (
            words(o.name),
            words(o.stage),
            words(print_part(o.share)),
            words(str(o.rank)),
            words(f"{print_figure(o.figure)} {o.figure.unit}"),
            words(f"{o.year}, {o.source} {o.vintage}"),
        )
        for o in outputs
    )
    if not rows:
        return section("supplies", "What it supplies")
    table = ReportTable(
        columns=("Commodity", "Stage", "Share", "Rank", "Amount", "Year, source"),
        rows=rows,
        caption="Its share of what the source lists, from one per cent of the world on; rank among "
        "the countries listed.",
        right=frozenset((2, 3, 4)),
        widths=(1.7, 1.1, 1.6, 0.6, 1.3, 1.9),
    )
    return section("supplies", "What it supplies", table)


def _dependence(making: Making, code: str) -> Section:
    rows = []
    for found in dependence_of(code, making.store)[:_DEPENDENCE]:
        reliance, published = found.reliance, found.reliance.published
        making.keep(published, *(s for _, _, s in found.suppliers if s is not None))
        given = (published.value, published.low, published.high)
        value = next((print_number(v) for v in given if v is not None), "not known")
        sign = "> " if published.value is None and published.low is not None else ""
        suppliers = ", ".join(
            f"{name}{' ' + print_part(share) if share is not None else ''}"
            for _, name, share in found.suppliers
        )
        form = f", {reliance.form}" if reliance.form else ""
        rows.append(
            (
                words(found.name),
                words(f"{reliance.stage}{form}"),
                words(f"{sign}{value} {published.unit}"),
                words(suppliers),
                words(f"{reliance.year}, {reliance.source} {reliance.vintage}"),
            )
        )
    if not rows:
        return section("depends", "What it must import")
    table = ReportTable(
        columns=("Commodity", "Stage", "Reliance", "Largest suppliers", "Year, source"),
        rows=tuple(rows),
        caption="Net import reliance as published, in per cent of consumption; shares are of its "
        "imports.",
        right=frozenset((2,)),
        widths=(1.3, 1.2, 0.9, 2.6, 1.9),
    )
    return section("depends", "What it must import", table)


def _sites(code: str) -> Section:
    found = [s for s in load_sites().values() if s.country == code][:_SITES]
    if not found:
        return section("sites", "Sites")
    table = ReportTable(
        columns=("Site", "Kind", "Region", "Yields"),
        rows=tuple(
            (
                words(s.name),
                words(s.kind.value.replace("_", " ")),
                words(s.region or ""),
                words(", ".join(s.commodities)),
            )
            for s in found
        ),
        caption="By Lodewire’s tables.",
        widths=(2.0, 1.2, 1.6, 2.0),
    )
    return section("sites", "Sites", table)
