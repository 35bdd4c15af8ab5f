"""JSON-LD of pages: NewsArticle for a brief and an event, Dataset for a commodity's figures,
Report for a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.entity import Entity
from lodewire.model.event import Event
from lodewire.publish.entity_page import name_of
from lodewire.publish.page import safe_url
from lodewire.web.site import Site
from lodewire.workbench.profiles.supply import StageSupply

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


def dataset_linked(site: Site, found: Entity, stages: tuple[StageSupply, ...]) -> dict[str, Any]:
    """Return the figures of a commodity's page as a Dataset with its sources and years."""
    years = sorted({s.exposure.table.year for s in stages})
    path = f"/commodity/{found.id}"
    name = name_of(found)
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": site.absolute(path),
        "name": f"World supply of {name} by stage and country",
        "description": f"Output of {name} by country at each stage, with shares, concentration and "
        "its bounds. Each row has its source and vintage.",
        "url": site.absolute(path),
        "temporalCoverage": f"{years[0]}/{years[-1]}" if len(years) > 1 else str(years[0]),
        "spatialCoverage": "World",
        "variableMeasured": [f"{s.stage}, {s.exposure.table.unit}" for s in stages],
        "measurementTechnique": sorted({s.index.method for s in stages}),
        "isBasedOn": sorted({url for s in stages if (url := safe_url(s.address))}),
        "license": "; ".join(dict.fromkeys(s.licence for s in stages)),
        "creator": _publisher(site),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": site.absolute(f"{path}/figures.csv"),
            }
        ],
    }


def report_linked(site: Site, slug: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept report as a Report that cites the documents of its notes."""
    return {
        "@context": _CONTEXT,
        "@type": "Report",
        "@id": site.absolute(f"/reports/{slug}"),
        "headline": f"{form['title']}: {form['subtitle']}",
        "datePublished": str(form["made_at"]),
        "inLanguage": "en",
        "citation": list(dict.fromkeys(n["url"] for n in form["notes"] if safe_url(n["url"]))),
        "publisher": _publisher(site),
    }
