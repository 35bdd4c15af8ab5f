"""Reports that the desk keeps: the list, each as a page, its pictures, its PDF and its figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lodewire.errors import PublishError
from lodewire.model.tier import Part
from lodewire.publish.reports.html import pictures_of, render_body
from lodewire.web.languages import _
from lodewire.web.linked import report_linked
from lodewire.web.pages.feeds import FeedEntry, write_feed
from lodewire.web.pages.pictures import MEDIA
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Missing, Page, Site
from lodewire.workbench.reporting.shelf import PDF, KeptReport, kept_reports, read_report

_LISTED = 200
MOST_PDF = 60_000_000


def listing(site: Site, ask: Ask) -> Page:
    """All reports, the latest first."""
    return render(
        site,
        ask,
        "reports.html.j2",
        heading=_("Reports"),
        summary=_("In-depth reports of %(desk)s on commodities, countries, companies and deals.")
        % {"desk": site.name},
        feeds="/reports/",
        reports=_kept(site),
        kind_words=kind_words,
    )


def report(site: Site, ask: Ask) -> Page:
    """One report: contents, sections, evidence."""
    slug = ask.parts["slug"]
    form = _form(site, slug)

    def address(number: int, _block: Mapping[str, Any]) -> str:
        return f"/reports/{slug}/chart/{number}.svg"

    return render(
        site,
        ask,
        "report.html.j2",
        heading=str(form["title"]),
        summary=f"{form['title']}: {form['subtitle']}",
        kind="article",
        linked=report_linked(site, slug, form),
        form=form,
        slug=slug,
        kind_words=kind_words(str(form["kind"])),
        has_pdf=(_folder(site) / slug / PDF).is_file(),
        body=Markup(render_body(form, address)),  # noqa: S704 - render_body escapes
    )


def picture(site: Site, ask: Ask) -> Page:
    """One picture of a report."""
    number, _dot, ending = ask.parts["chart"].partition(".")
    found = pictures_of(_form(site, ask.parts["slug"]))
    if ending != "svg" or not number.isdigit() or len(number) > 3 or int(number) >= len(found):
        raise Missing(_("There is no such picture."), "")
    return Page(body=str(found[int(number)]["svg"]).encode(), media=MEDIA)


def pdf(site: Site, ask: Ask) -> Page:
    """The report as PDF."""
    slug = ask.parts["slug"]
    _form(site, slug)
    file = _folder(site) / slug / PDF
    if not file.is_file() or file.stat().st_size > MOST_PDF:
        raise Missing(_("There is no PDF of this report."), _("Its page can be printed."))
    return Page(body=file.read_bytes(), media="application/pdf")


def figures(site: Site, ask: Ask) -> Page:
    """The figures of a report with their inputs and digests."""
    form = _form(site, ask.parts["slug"])
    told = {key: form[key] for key in ("version", "kind", "subject", "title", "day", "figures")}
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return Page(body=body, media="application/json")


def reports_feed(site: Site, ask: Ask) -> Page:
    """The latest reports."""
    entries = [
        FeedEntry(
            id=f"report:{r.slug}",
            path=f"/reports/{r.slug}",
            title=f"{r.title}: {r.subtitle}",
            summary=f"{kind_words(r.kind)}, {r.day.isoformat()}",
            at=_moment(r.made_at),
        )
        for r in _kept(site)[:50]
    ]
    return write_feed(site, ask, f"{site.title}: reports", "/reports", entries)


def kind_words(kind: str) -> str:
    """Return what a kind of report is called."""
    known = {
        "commodity": _("Commodity report"),
        "country": _("Country report"),
        "company": _("Company report"),
        "deals": _("Deal flow"),
        "weekly": _("Weekly market report"),
    }
    return known.get(kind, kind)


def _kept(site: Site) -> tuple[KeptReport, ...]:
    return kept_reports(site.reports)[:_LISTED] if site.reports is not None else ()


def _folder(site: Site) -> Path:
    if site.reports is None:
        raise Missing(_("There is no such report."), _("The reports stand in a list."))
    return site.reports


def _form(site: Site, slug: str) -> Mapping[str, Any]:
    """The report, for who sees reports; titles in the list and the feed are for all."""
    site.demand(Part.REPORTS)
    try:
        return read_report(_folder(site), slug)
    except PublishError as error:
        raise Missing(_("There is no such report."), _("The reports stand in a list.")) from error


def _moment(told: str) -> datetime:
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
