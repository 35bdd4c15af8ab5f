"""``lodewire report``: in-depth reports as PDF, HTML and JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodewire.cli.options import Day, desk_option, instant, now_option, open_desk

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger

F = TypeVar("F", bound=Callable[..., Any])
_File = click.Path(path_type=Path, dir_okay=False)


@click.group(
    epilog="""\b
Examples:
  lodewire report commodity copper --pdf copper.pdf
  lodewire report country CL
  lodewire report company MMG --html mmg.html
  lodewire report deals --since 2025-01-01
  lodewire report weekly --day 2025-03-28
  lodewire report outline commodity > reports/outlines/commodity.md
  lodewire report due                     what [reports] of desk.toml asks for: run it from cron
  lodewire report check reports/commodity-copper-2025-03-28/report.json

Without --pdf, --html or --json a report is kept in the desk's folder of reports, in all three
forms, and the site shows it under /reports. A PDF needs: pip install 'lodewire[reports,charts]'.
"""
)
def command() -> None:
    """Make in-depth reports from the ledger and the figures, with evidence at each sentence."""


def making_options(command: F) -> F:
    """Add what every kind of report takes."""
    for option in (
        desk_option,
        now_option,
        click.option("--outline", type=_File, help="Markdown with the sections and their order."),
        click.option("--json", "json_file", type=_File, help="Write the report's JSON here."),
        click.option("--html", "html_file", type=_File, help="Write one HTML page here."),
        click.option("--pdf", "pdf_file", type=_File, help="Write the PDF here."),
        click.option("--day", type=Day(), help="The day it is told of. Default: today."),
    ):
        command = option(command)
    return command


@command.command(
    epilog="""\b
Examples:
  lodewire report commodity copper
  lodewire report commodity rare-earths --pdf rare-earths.pdf
"""
)
@click.argument("name")
@making_options
def commodity(name: str, **options: Any) -> None:
    """Supply, concentration, prices, dependence, rules, deals and events of NAME."""
    _make("commodity", name, **options)


@command.command(
    epilog="""\b
Examples:
  lodewire report country CL
  lodewire report country Japan --html japan.html
"""
)
@click.argument("name", metavar="CODE|NAME")
@making_options
def country(name: str, **options: Any) -> None:
    """What a country supplies and must import, rules, deals, sites and events."""
    _make("country", name, **options)


@command.command(
    epilog="""\b
Examples:
  lodewire report company MMG --pdf mmg.pdf
"""
)
@click.argument("name")
@making_options
def company(name: str, **options: Any) -> None:
    """Who owns a company, its sites, deals and events."""
    _make("company", name, **options)


@command.command(
    epilog="""\b
Examples:
  lodewire report deals --since 2025-01-01
"""
)
@click.option("--since", type=Day(), help="First reported on this day or later. Default: 90 days.")
@making_options
def deals(since: date | None, **options: Any) -> None:
    """The deals of a time, by kind, on a map and one by one."""
    _make("deals", "", since=since, **options)


@command.command(
    epilog="""\b
Examples:
  lodewire report weekly --day 2025-03-28 --outline week.md
"""
)
@making_options
def weekly(**options: Any) -> None:
    """The market of seven days, by desk."""
    _make("weekly", "", **options)


def _make(
    kind: str,
    subject: str,
    *,
    folder: Path,
    day: date | None,
    pdf_file: Path | None,
    html_file: Path | None,
    json_file: Path | None,
    outline: Path | None,
    now: datetime | None,
    since: date | None = None,
) -> None:
    with open_desk(folder) as (desk, ledger), ledger.snapshot():
        moment = _instant(desk, now)
        files = (pdf_file, html_file, json_file)
        told_of = day or moment.date()
        form = _form(ledger, desk, kind, subject, told_of, moment, since, outline)
        if not any(files):
            _keep(desk, form)
            return
    from lodewire.cli.writing import write_whole

    for file, body in zip(files, _bodies(form, files), strict=True):
        if file is not None and body is not None:
            write_whole(file, body)
            click.echo(f"Wrote {file} ({len(body) / 1024:,.0f} kB)")


def _instant(desk: DeskConfig, now: datetime | None) -> datetime:
    """The instant given, else this one; a sample's day lies in the past."""
    from lodewire.samples import NEWSROOM_NOW

    return NEWSROOM_NOW if now is None and desk.sample else instant(now)


def _form(
    ledger: Ledger,
    desk: DeskConfig,
    kind: str,
    subject: str,
    day: date,
    now: datetime,
    since: date | None = None,
    outline: Path | None = None,
) -> dict[str, Any]:
    from lodewire.publish.reports.form import report_form
    from lodewire.workbench.reporting.kinds import make_report

    report = make_report(
        ledger, desk, kind, subject, day=day, made_at=now, since=since, outline=outline
    )
    return report_form(report)


def _bodies(form: dict[str, Any], wanted: tuple[object, ...]) -> list[bytes | None]:
    """The PDF, HTML and JSON of a report, each where it is wanted."""
    import json

    from lodewire.publish.reports.html import render_page
    from lodewire.publish.reports.pdf import render_pdf

    pdf, html, told = wanted
    return [
        render_pdf(form) if pdf else None,
        render_page(form).encode("utf-8") if html else None,
        (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode("utf-8") if told else None,
    ]


def _keep(desk: DeskConfig, form: dict[str, Any]) -> None:
    """Write all forms into the desk's folder; the JSON last, since it makes the report show."""
    import importlib.util

    from lodewire.cli.writing import write_whole
    from lodewire.workbench.reporting.shelf import HTML, JSON, PDF

    place = desk.reports_path / form["slug"]
    place.mkdir(parents=True, exist_ok=True)
    has_typst = importlib.util.find_spec("typst") is not None
    pdf, html, told = _bodies(form, (has_typst, True, True))
    for name, body in ((PDF, pdf), (HTML, html), (JSON, told)):
        if body is not None:
            write_whole(place / name, body)
    click.echo(f"Kept {form['title']}, {form['day_words']}: {place}")
    if pdf is None:
        click.echo("  Without a PDF: pip install 'lodewire[reports]'", err=True)


@command.command(
    epilog="""\b
Examples:
  lodewire report outline commodity > reports/outlines/commodity.md
"""
)
@click.argument("kind", type=click.Choice(["commodity", "country", "company", "deals", "weekly"]))
def outline(kind: str) -> None:
    """Print an outline of a KIND of report, to be edited and put into reports/outlines/KIND.md."""
    from lodewire.publish.reports.outline import outline_text
    from lodewire.workbench.reporting.kinds import SECTIONS

    click.echo(outline_text(SECTIONS[kind]), nl=False)


@command.command(
    epilog="""\b
Examples:
  lodewire report due --dry-run
  lodewire report due --desk ~/desk
"""
)
@desk_option
@click.option("--dry-run", is_flag=True, help="Only tell what is due.")
@now_option
def due(folder: Path, dry_run: bool, now: datetime | None) -> None:
    """Make the reports that [reports] of desk.toml asks for and this week or month lacks."""
    from lodewire.errors import LodewireError
    from lodewire.workbench.reporting.kinds import parse_wish
    from lodewire.workbench.reporting.shelf import is_due

    with open_desk(folder) as (desk, ledger):
        moment = _instant(desk, now)
        day = moment.date()
        wishes = [(w, "week") for w in desk.reports.weekly]
        wishes += [(w, "month") for w in desk.reports.monthly]
        made, failed = 0, ""
        for wish, every in wishes:
            kind, subject = parse_wish(wish)
            if not is_due(desk.reports_path, kind, subject, day, every):
                continue
            made += 1
            if dry_run:
                click.echo(f"due: {wish}")
                continue
            try:
                with ledger.snapshot():
                    form = _form(ledger, desk, kind, subject, day, moment)
            except LodewireError as error:
                failed = f"{wish}: {error.message}"
                click.echo(failed, err=True)
                continue
            _keep(desk, form)
    if not wishes:
        click.echo(
            'No report is asked for: write weekly = ["weekly"] under [reports] in desk.toml.'
        )
    elif not made:
        click.echo("No report is due.")
    if failed:
        raise SystemExit(1)


@command.command(
    "list",
    epilog="""\b
Examples:
  lodewire report list --desk ~/desk
""",
)
@desk_option
def list_(folder: Path) -> None:
    """List the reports that are kept, the latest first."""
    from lodewire.config.desk import load_desk
    from lodewire.workbench.reporting.shelf import kept_reports

    found = kept_reports(load_desk(folder).reports_path)
    for report in found:
        forms = "PDF, HTML" if report.has_pdf else "HTML"
        click.echo(f"{report.day}  {report.slug}  {report.title} ({forms})")
    if not found:
        click.echo("No report is kept yet: lodewire report weekly")


@command.command(
    epilog="""\b
Examples:
  lodewire report check reports/weekly-2025-03-28/report.json
"""
)
@click.argument("file", type=_File)
def check(file: Path) -> None:
    """Compute the figures of a report's JSON again from the inputs that stand in it."""
    from collections import Counter

    from lodewire.model.plain import plain
    from lodewire.workbench.reporting.recompute import recheck
    from lodewire.workbench.reporting.shelf import read_form

    found = recheck(read_form(file))
    for one in found:
        if one.verdict in ("differs", "changed"):
            told = f"{one.verdict}: {one.name} of {one.subject}: {one.told}, now {one.found or '?'}"
            click.echo(plain(told))
    counts = Counter(one.verdict for one in found)
    click.echo(
        f"{len(found)} figures: {counts['same']} computed again and the same, "
        f"{counts['inputs only']} with their inputs as they were, "
        f"{counts['differs'] + counts['changed']} not the same."
    )
    if counts["differs"] or counts["changed"]:
        raise SystemExit(1)
