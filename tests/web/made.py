"""A desk of one day with a hostile article on it, as a site."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from lodewire.cli.serving import site_of
from lodewire.config.desk import load_desk
from lodewire.ledger.store import Ledger
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.pipeline.run import process
from lodewire.publish.reports.form import report_form
from lodewire.publish.reports.pdf import render_pdf
from lodewire.web.site import Site
from lodewire.workbench.briefing.composing import compose_step
from lodewire.workbench.reporting.kinds import make_report
from tests.pipeline.pages import DEAL, NOW, OUTAGE, page

WHERE = "https://desk.example.org"

# Everything a page may try: tags, an end of our own elements, other schemes, turned text.
HOSTILE_TITLE = (
    "</title></script><script>alert(1)</script><svg onload=alert(2)> \u202egnihtemos & &lt;b&gt;"
)
HOSTILE_TEXT = (
    "MMG agreed to buy the Khoemacau copper mine in Botswana for $1.9 billion "
    "<script>alert(3)</script><img src=x onerror=alert(4)> from Cuprous\u202e\u2066 Capital, it "
    "said in a statement on Friday. <style>body{display:none}</style> ]]> <!-- {{ 7*7 }}"
)


def hostile_page() -> Capture:
    """An article whose text holds markup as words, as a page that escapes it would."""
    from html import escape

    body = (
        f"<html><head><title>{escape(HOSTILE_TITLE)}</title>"
        '<meta property="article:published_time" content="2025-03-28T09:00:00Z"></head>'
        f"<body><article><h1>{escape(HOSTILE_TITLE)}</h1><p>{escape(HOSTILE_TEXT)}</p>"
        f"<p>{escape(OUTAGE)}</p></article></body></html>"
    )
    return Capture(
        source_id=SourceId("rogue"),
        requested_url="https://rogue.example/1",
        url="https://rogue.example/1",
        fetched_at=NOW,
        body=body.encode(),
        media_type="text/html",
    )


def fill(ledger: Ledger, folder: Path) -> Site:
    """Read a day of three articles and compose its brief; returns the site of it."""
    (folder / "desk.toml").write_text(
        'name = "Desk <b>one</b>"\ncontact = "desk@example.org"\n[sources]\nshipped = false\n'
        f'[brief]\nbase_url = "{WHERE}"\n[accounts]\nsign_up = "open"\n',
        encoding="utf-8",
    )
    desk = load_desk(folder)
    ledger.captures.add_all(
        [
            page(DEAL, number=1, source="wire"),
            page(OUTAGE, number=2, source="daily"),
            hostile_page(),
        ]
    )
    process(ledger, desk, now=NOW, workers=1)
    compose_step(ledger, desk, NOW.date(), now=NOW)
    return site_of(desk, ledger, "http://127.0.0.1:1")


def keep_reports(site: Site, folder: Path, *subjects: tuple[str, str], pdf: bool = False) -> Site:
    """Keep reports as (kind, subject) in a folder; returns the site that shows them."""
    desk = load_desk(site.root or folder)
    for kind, subject in subjects:
        made = make_report(site.ledger, desk, kind, subject, day=NOW.date(), made_at=NOW)
        form = report_form(made)
        place = folder / form["slug"]
        place.mkdir(parents=True)
        (place / "report.json").write_text(json.dumps(form), encoding="utf-8")
        (place / "report.pdf").write_bytes(render_pdf(form) if pdf else b"%PDF-1.7")
    return replace(site, reports=folder)
