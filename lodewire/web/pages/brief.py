"""The brief of a day, the archive, and what a desk tells over the days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lodewire.ledger.selecting import EventFilters
from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.vocabulary import Desk
from lodewire.ontology.desks import load_desks
from lodewire.publish.sentences import tell_event
from lodewire.publish.shown import shown_brief, withheld_words
from lodewire.web.languages import _, current, day_words, month_words
from lodewire.web.linked import brief_linked
from lodewire.web.material import listed
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Missing, Page, Refused, Site, parse_day


def home(site: Site, ask: Ask) -> Page:
    """The latest brief; on a desk without one, what to do."""
    days = site.ledger.briefs.days()
    if not days:
        return render(
            site,
            ask,
            "empty.html.j2",
            heading=site.title,
            summary=_("%(desk)s: no brief has been composed yet.") % {"desk": site.name},
        )
    return _brief(site, ask, days[0], days, path="/")


def day(site: Site, ask: Ask) -> Page:
    """The brief of a day."""
    try:
        wanted = parse_day(ask.parts["day"])
    except Refused as error:
        raise Missing(_("There is no such day."), str(error)) from error
    days = site.ledger.briefs.days()
    return _brief(site, ask, wanted, days, path=f"/brief/{wanted.isoformat()}")


def whole_brief(site: Site, wanted: date) -> Brief | None:
    """Return the brief of a day with its corrections, of the desks that the site covers.

    Nothing of it may be shown but through :func:`lodewire.publish.shown.shown_brief`.
    """
    found = site.ledger.briefs.get(wanted)
    if found is None:
        return None
    covered = tuple(s for s in found.sections if s.desk in site.desks)
    return site.joined.notices(replace(found, sections=covered))


def brief_of(site: Site, wanted: date) -> Brief | None:
    """Return what the reader sees of the brief of a day; None where there is none for them."""
    found = whole_brief(site, wanted) if site.reads(wanted) else None
    return None if found is None else shown_brief(found, site.reach)


def _brief(site: Site, ask: Ask, wanted: date, days: Sequence[date], *, path: str) -> Page:
    whole = whole_brief(site, wanted)
    if whole is None:
        told = _("No brief was composed for %(day)s.") % {"day": day_words(wanted)}
        raise Missing(told, _("Choose another day."))
    site.demand_day(wanted)
    brief = shown_brief(whole, site.reach)
    tongue = current().tag
    entries = [e for s in brief.sections for e in s.entries]
    by_event = {e.event_id: e for e in entries}
    top = [by_event[i] for i in brief.top if i in by_event]
    first = _text(top[0]) if top else _("Nothing new was told on this day.")
    return render(
        site,
        ask,
        "brief.html.j2",
        heading=f"{brief.title}, {day_words(brief.day)}",
        summary=first,
        feeds="/",
        kind="article",
        path=path,
        linked=brief_linked(site, brief),
        brief=brief,
        held={
            e.event_id: withheld_words(e, site.reach, language=tongue)
            for s in whole.sections
            for e in s.entries
        },
        top=top,
        count=len(entries),
        documents=len({s.document_id for e in entries for s in e.sources}),
        quiet=[_(load_desks()[s.desk].title) for s in brief.sections if not s.entries],
        earlier=next((d for d in days if d < wanted), None),
        later=next((d for d in reversed(days) if d > wanted), None),
    )


def _text(entry: BriefEntry) -> str:
    return " ".join(s.text for s in entry.sentences)


def archive(site: Site, ask: Ask) -> Page:
    """Every day that has a brief, by month."""
    months: dict[str, list[date]] = {}
    for found in site.ledger.briefs.days():
        months.setdefault(month_words(f"{found:%Y-%m}"), []).append(found)
    return render(
        site,
        ask,
        "archive.html.j2",
        heading=_("Archive"),
        summary=_("All briefs of %(desk)s, by day.") % {"desk": site.name},
        feeds="/",
        months=months,
    )


def desk(site: Site, ask: Ask) -> Page:
    """What one desk tells, the latest first."""
    wanted = desk_of(site, ask.parts["desk"])
    page = ask.page()
    events, more = listed(site, EventFilters(desk=wanted), page)
    told = load_desks()[wanted]
    return render(
        site,
        ask,
        "desk.html.j2",
        heading=_(told.title),
        summary=_("Events on the desk %(desk)s, each value tied to the words that state it.")
        % {"desk": _(told.title)},
        feeds=f"/desk/{wanted.value}/",
        desk=wanted,
        events=[(e, tell_event(e)) for e in events],
        page=page,
        more=more,
    )


def desk_of(site: Site, name: str) -> Desk:
    """Return the desk of an id. Raises Missing for one that the site does not cover."""
    found = next((d for d in site.desks if d.value == name), None)
    if found is None:
        raise Missing(_("There is no such desk."), _("The desks stand at the top of every page."))
    return found
