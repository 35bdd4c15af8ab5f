"""Every kind of page in a real browser: phone and desk, light and dark, for who cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from lodewire.publish.reports.form import report_form
from lodewire.publish.reports.html import render_page
from lodewire.samples import NEWSROOM_NOW
from lodewire.workbench.reporting.kinds import make_report
from tests.web.browser.conftest import Served, Tab

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe" / "axe.min.js"
ARTEFACTS = Path(__file__).resolve().parents[3] / "artefacts"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PAGES = [
    "/", "/archive", "/desk/mining-metals", "/de/commodity/copper", "/ja/country/CL",
    "/organisation/mmg", "/sites", "/trends?by=commodity", "/reports",
    "/search?q=copper", "/corrections", "/sources", "/about",
    "/methods", "/nothing",
]  # fmt: skip
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def report(served: Served) -> str:
    """The page of the week's report, for who sees reports."""
    made = make_report(
        served.site.ledger, served.desk, "weekly", day=date(2025, 3, 28), made_at=NEWSROOM_NOW
    )
    return render_page(report_form(made))


def test_every_kind_of_page_is_fit_for_all(
    served: Served, report: str, open_tab: Callable[..., Tab]
) -> None:
    """No fault that axe finds, nothing wider than the screen, no request to anywhere else.

    Screens and schemes take turns over the pages, so that each kind is looked at once.
    """
    tabs = {
        f"{name}-{scheme}": open_tab(**screen, color_scheme=scheme)
        for name, screen in (("phone", PHONE), ("desk", DESK))
        for scheme in ("dark", "light")
    }
    script = AXE.read_text(encoding="utf-8")
    ARTEFACTS.mkdir(exist_ok=True)
    event = next(iter(served.site.ledger.select())).id
    paths = [*PAGES, f"/event/{event}", "report"]
    for path, (view, tab) in zip(paths, cycle(tabs.items()), strict=False):
        if path == "report":
            tab.page.goto("about:blank")  # or the site's policy would hold for it
            tab.page.set_content(report)
        else:
            tab.page.goto(served.address + path)
        assert tab.page.evaluate(_WIDER) <= 0, path
        tab.page.evaluate(script)
        found = tab.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        told = [(v["id"], v["nodes"][0]["target"]) for v in found["violations"]]
        assert told == [], path
        name = path.strip("/").replace("/", "-").partition("?")[0] or "front"
        tab.page.screenshot(path=ARTEFACTS / f"site-{name}-{view}.png")
    for tab in tabs.values():
        assert [a for a in tab.strangers(served.address) if a != "about:blank"] == []
        assert [s for s in tab.said if "404" not in s] == []


def test_a_reader_comes_from_the_brief_to_a_quote(
    served: Served, open_tab: Callable[..., Tab]
) -> None:
    """A marked word leads to the words of the source; a picture of a page is drawn."""
    page = open_tab(**DESK).page
    page.goto(served.address)
    page.locator("a.fact").first.click()
    page.wait_for_url("**/event/**")
    assert page.locator("mark:has(:target)").count() == 1
    page.goto(served.address + "/commodity/copper")
    drawn = page.locator("figure.chart img").first
    drawn.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('figure.chart img').naturalWidth > 500")


def test_a_reader_stays_in_a_language(served: Served, open_tab: Callable[..., Tab]) -> None:
    """The choice stands in the path, and links keep it."""
    page = open_tab(**DESK).page
    page.goto(served.address + "/commodities")
    page.locator("footer a[lang=de]").click()
    assert page.locator("html").get_attribute("lang") == "de"
    page.locator("main a[href$='/commodity/copper']").click()
    assert page.url == served.address + "/de/commodity/copper"
    assert page.locator("#supply").inner_text() == "Wer es liefert"
