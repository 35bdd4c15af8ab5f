"""The kinds of reports by name, and what an editor decides of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from lodewire.config.desk import DeskConfig
from lodewire.errors import PublishError
from lodewire.ledger.store import Ledger
from lodewire.publish.reports.outline import MOST_CHARACTERS, outlined
from lodewire.publish.reports.report import Report
from lodewire.workbench.reporting.commodity import commodity_report
from lodewire.workbench.reporting.company import company_report
from lodewire.workbench.reporting.country import country_report
from lodewire.workbench.reporting.frame import Making
from lodewire.workbench.reporting.periods import deals_report, weekly_report

OUTLINES = "outlines"
KINDS: dict[str, Callable[[Making, str], Report]] = {
    "commodity": commodity_report,
    "country": country_report,
    "company": company_report,
    "deals": lambda making, _: deals_report(making),
    "weekly": lambda making, _: weekly_report(making),
}
"""Kind -> how it is made; the last two have no subject."""
SECTIONS = {
    "commodity": {
        "glance": "At a glance",
        "supply": "Supply by stage and country",
        "concentration": "Concentration",
        "prices": "Prices",
        "dependence": "Who must import it",
        "rules": "Rules",
        "deals": "Deals",
        "events": "Events",
        "method": "Method, vintages and sources",
    },
    "country": {
        "supplies": "What it supplies",
        "depends": "What it must import",
        "rules": "Rules that name it",
        "deals": "Deals",
        "sites": "Sites",
        "events": "Events",
        "method": "Method, vintages and sources",
    },
    "company": {
        "facts": "What tables know",
        "owners": "Who owns it",
        "sites": "Sites it operates",
        "deals": "Deals",
        "events": "Events",
        "method": "Method, vintages and sources",
    },
    "deals": {
        "kinds": "By kind",
        "map": "Where they lie",
        "deals": "The deals",
        "method": "Method, vintages and sources",
    },
    "weekly": {
        "top": "The week in ten events",
        "desks": "By desk",
        "measures": "Measures",
        "deals": "Deals",
        "prices": "Prices",
        "activity": "How much was told",
        "method": "Method, vintages and sources",
    },
}
"""Kind -> id and title of the sections that it may have; one without anything to tell is left "
"out."""


def parse_wish(wish: str) -> tuple[str, str]:
    """Return kind and subject of a report as desk.toml names it ("commodity copper")."""
    kind, _, subject = wish.partition(" ")
    return kind, subject.strip()


def make_report(
    ledger: Ledger,
    desk: DeskConfig,
    kind: str,
    subject: str = "",
    *,
    day: date,
    made_at: datetime,
    since: date | None = None,
    outline: Path | None = None,
) -> Report:
    """Return a report as the ledger stands, with the editor's outline where there is one.

    ``since`` is for the flow of deals. ``outline`` is a Markdown file; without it
    ``outlines/KIND.md`` in the desk's folder of reports is taken if it is there. Raises
    PublishError and MeasureError for what cannot be told.
    """
    making = Making(ledger=ledger, desk=desk, day=day, made_at=made_at)
    if kind == "deals" and since is not None:
        report = deals_report(making, since)
    else:
        report = KINDS[kind](making, subject)
    file = outline or desk.reports_path / OUTLINES / f"{kind}.md"
    if outline is None and not file.is_file():
        return report
    text = _read(file)
    known = SECTIONS[kind]
    return replace(report, sections=tuple(outlined(report.sections, text, file.name, known)))


def _read(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig") as opened:
            return opened.read(MOST_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError(
            f"{file}: the outline cannot be read.", hint="Give a UTF-8 Markdown file."
        ) from error
