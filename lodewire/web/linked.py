"""JSON-LD of pages: NewsArticle for a brief and an event."""

from __future__ import annotations

from typing import Any

from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.event import Event
from lodewire.publish.page import safe_url
from lodewire.web.site import Site

_CONTEXT = "https://schema.org"


def _publisher(site: Site) -> dict[str, Any]:
    return {"@type": "Organization", "name": site.name, "url": site.absolute("/")}


def brief_linked(site: Site, brief: Brief) -> dict[str, Any]:
    """Return the brief as a NewsArticle whose parts are its entries."""
    path = f"/brief/{brief.day.isoformat()}"
    return {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "@id": site.absolute(path),
        "headline": f"{brief.title}, {brief.day.isoformat()}",
        "datePublished": brief.composed_at.isoformat(),
        "inLanguage": "en",
        "publisher": _publisher(site),
        "hasPart": [
            {
                "@type": "NewsArticle",
                "headline": " ".join(s.text for s in entry.sentences),
                "url": site.absolute(f"/event/{entry.event_id}"),
            }
            for section in brief.sections
            for entry in section.entries
        ],
    }


def event_linked(
    site: Site, event: Event, entry: BriefEntry, *, free: bool = True
) -> dict[str, Any]:
    """Return the event as a NewsArticle that cites the documents it rests on.

    ``free``: everybody sees all of it; search engines are told where they do not.
    """
    return {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "@id": site.absolute(f"/event/{event.id}"),
        "headline": " ".join(s.text for s in entry.sentences),
        "datePublished": event.reported.isoformat() if event.reported else None,
        "dateModified": event.last_seen.isoformat(),
        "inLanguage": "en",
        "isAccessibleForFree": None if free else False,
        "isBasedOn": [url for s in entry.sources if (url := safe_url(s.url))],
        "publisher": _publisher(site),
    }
