"""The report on a company: who owns it, what it runs, its deals and events."""

from __future__ import annotations

from lodewire.errors import PublishError
from lodewire.model.ids import EntityId
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import load_sites
from lodewire.publish.entity_page import build_page
from lodewire.publish.reports.report import Bullets, Report, ReportTable, Section, words
from lodewire.workbench.owning import find_things, owners_of
from lodewire.workbench.profiles.deals import deals_on
from lodewire.workbench.reporting.events import events_on
from lodewire.workbench.reporting.frame import (
    Making,
    deals_table,
    events_table,
    print_day,
    section,
    text,
)


def company_report(making: Making, name: str) -> Report:
    """Return the report on a company by id or name. Raises PublishError for an unknown one."""
    id_ = _company(making, name)
    things = frozenset((EntityId(id_),))
    entity = making.ledger.entities.get_all([EntityId(id_)])
    known = load_organisations().get(id_)
    title = known.name if known is not None else entity[0].name
    events = events_on(making, things)
    deals = deals_on(making.ledger, things, until=making.day)
    facts = build_page(entity[0], [], {}, {}).facts if entity else ()
    lines = tuple((*words(f"{label}: ", bold=True), *words(told)) for label, told in facts)
    return making.finish(
        "company",
        id_,
        title,
        "Ownership, sites, deals and events",
        [
            section("facts", "What tables know", Bullets(lines=lines) if lines else None),
            _owners(making, id_),
            _sites(id_),
            section(
                "deals",
                "Deals",
                deals_table(making, deals) or text("The ledger knows of no deal that names it."),
            ),
            section("events", "Events", events_table(making, events, "The latest events.")),
        ],
    )


def _company(making: Making, name: str) -> str:
    if name in load_organisations():
        return name
    sites = load_sites()
    found = [t for t in find_things(name, making.day, making.ledger) if t not in sites]
    if len(found) == 1:
        return found[0]
    if not found:
        raise PublishError(
            f"no company goes by {name!r}.",
            hint="Write the name in full, or its id; `lodewire search` looks for words.",
        )
    raise PublishError(f"{name!r} means {', '.join(found)}.", hint="Name one of them by its id.")


def _owners(making: Making, id_: str) -> Section:
    found = owners_of(id_, making.day, ledger=making.ledger)
    rows = []
    for link in found.owners:
        share = f"{(link.share * 100).normalize():f} %" if link.share is not None else "not known"
        quote = link.evidence.quote or ""
        basis = f"“{' '.join(quote.split())[:160]}”" if quote else "Lodewire’s tables"
        rows.append((words(link.owner_name), words(share), words(basis)))
    if not rows:
        told = "No row, text or deal names an owner that decides about it on that day."
        return section("owners", "Who owns it", text(told))
    ends = [f"{o.name}{' (decides)' if o.controls else ''}" for o in found.ultimate if o.name]
    table = ReportTable(
        columns=("Owner", "Share", "Basis"),
        rows=tuple(rows),
        caption=f"On {print_day(making.day)}.",
        right=frozenset((1,)),
        widths=(2.0, 0.9, 3.4),
    )
    last = text(f"In the end: {', '.join(ends)}.") if ends else None
    return section("owners", "Who owns it", table, last)


def _sites(id_: str) -> Section:
    found = [s for s in load_sites().values() if s.operator == id_]
    if not found:
        return section("sites", "Sites it operates")
    table = ReportTable(
        columns=("Site", "Kind", "Country", "Yields"),
        rows=tuple(
            (
                words(s.name),
                words(s.kind.value.replace("_", " ")),
                words(s.country or ""),
                words(", ".join(s.commodities)),
            )
            for s in found
        ),
        caption="By Lodewire’s tables.",
        widths=(2.2, 1.2, 0.8, 2.4),
    )
    return section("sites", "Sites it operates", table)
