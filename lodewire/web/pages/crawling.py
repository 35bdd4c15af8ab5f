"""robots.txt and sitemap.xml."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape

from lodewire.web.pages.entity import PLURALS
from lodewire.web.pages.texts import TEXTS
from lodewire.web.rendering import KINDS
from lodewire.web.site import Ask, Page, Site

_BRIEFS = 200  # whose events are listed
_OF_A_KIND = 1000
_PERSONAL = ("/search", "/sign-in", "/account", "/editor", "/watch", "/alerts", "/my")


def robots(site: Site, ask: Ask) -> Page:
    """Searches are for people: their pages have no end."""
    barred = "".join(f"Disallow: {path}\n" for path in _PERSONAL)
    told = f"User-agent: *\n{barred}Sitemap: {site.absolute('/sitemap.xml')}\n"
    return Page(body=told.encode(), media="text/plain; charset=utf-8")


def sitemap(site: Site, ask: Ask) -> Page:
    """The pages that stay: days, desks, things, and the events of the latest briefs."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    for path, changed in dict(_paths(site)).items():
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(site.absolute(path))}</loc>{when}</url>")
    lines.append("</urlset>\n")
    return Page(body="\n".join(lines).encode(), media="application/xml; charset=utf-8")


def _paths(site: Site) -> Iterator[tuple[str, str]]:
    days = [day for day in site.ledger.briefs.days() if site.reads(day)]
    yield "/", days[0].isoformat() if days else ""
    for path in (
        "/archive", "/trends", "/reports", "/corrections", "/sources", "/methods",
        *(f"/{name}" for name in TEXTS),
    ):  # fmt: skip
        yield path, ""
    for desk in site.desks:
        yield f"/desk/{desk.value}", ""
    for type_, kind in KINDS.items():
        yield f"/{PLURALS[kind]}", ""
        for entity, _ in site.ledger.entities.most_named(type_, _OF_A_KIND):
            yield f"/{kind}/{entity}", ""
    for day in days:
        yield f"/brief/{day.isoformat()}", day.isoformat()
    for day in islice(days, _BRIEFS):
        brief = site.ledger.briefs.get(day)
        for section in brief.sections if brief is not None else ():
            for entry in section.entries:
                if section.desk in site.desks:
                    yield f"/event/{entry.event_id}", day.isoformat()
