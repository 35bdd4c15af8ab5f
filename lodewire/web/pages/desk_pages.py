"""Pages about the desk itself: corrections, sources and methods."""

from __future__ import annotations

from lodewire.ontology.event_types import load_event_types
from lodewire.web.languages import _
from lodewire.web.pages.texts import text_of
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Site


def corrections(site: Site, ask: Ask) -> Page:
    """What briefs said wrongly, and what is right."""
    return render(
        site,
        ask,
        "corrections.html.j2",
        heading=_("Corrections"),
        summary=_("What briefs said wrongly, what is right, since when and why."),
        feeds="/corrections/",
        corrections=site.joined.corrections(),
    )


WORST_FIRST = ("failing", "flooding", "silent", "unknown", "ok")


def sources(site: Site, ask: Ask) -> Page:
    """Every source with how it does: a source that dies is seen here."""
    told = sorted(
        site.joined.sources(site.clock()),
        key=lambda s: (WORST_FIRST.index(s.state), s.publisher.casefold(), s.id),
    )
    return render(
        site,
        ask,
        "sources.html.j2",
        heading=_("Sources"),
        summary=_("Where %(desk)s reads, and how each source does.") % {"desk": site.name},
        sources=told,
        well=sum(s.state == "ok" for s in told),
    )


def methods(site: Site, ask: Ask) -> Page:
    """How a page becomes a sentence of the brief, in plain words."""
    return render(
        site,
        ask,
        "methods.html.j2",
        heading=_("Methods"),
        summary=_(
            "How news becomes events, how values are proved and checked, and what is left out."
        ),
        body=text_of(site, "methods"),
        types=list(load_event_types().values()),
    )
