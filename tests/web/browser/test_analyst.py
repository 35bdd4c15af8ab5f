"""An analyst's day in a browser: filter, view, file, scenario, landed cost, own table, note."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lodewire.analytics.scenario.proposing import propose
from lodewire.publish.brief import is_told
from tests.browser.test_brief_page import _WIDTH, ARTEFACTS
from tests.browser.test_site import _WEAK
from tests.web.browser.conftest import Served, Tab
from tests.web.browser.signing import grant_pro, sign_in
from tests.web.browser.test_reading import RULES

pytestmark = pytest.mark.browser

ADDRESS = "desk-analyst@example.org"
# Pictures load when they come into view; here they are wanted at once.
DRAWN = "async i => { i.loading = 'eager'; await i.decode(); return i.naturalWidth; }"
AXE = Path(__file__).with_name("axe") / "axe.min.js"


def test_an_analyst_s_day(served: Served, open_tab: Callable[..., Tab], tmp_path: Path) -> None:
    tab = open_tab(accept_downloads=True)
    page = tab.page
    sign_in(served, tab, ADDRESS)
    grant_pro(served, ADDRESS, now=datetime.now(UTC))
    page.goto(served.address)
    page.click("text=Tools")

    # Filter, turn to a row by keys, keep the view, take it along.
    page.select_option("select[name=type]", "acquisition")
    page.select_option("select[name=sort]", "told")
    page.click("button:has-text('Show')")
    page.wait_for_url("**/table?type=acquisition&sort=told*")
    rows = page.locator("a[data-row]")
    told = rows.all_inner_texts()
    assert len(told) > 3
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == told[1]
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.textContent") == told[-1]
    page.fill("form[action='/table/views'] input[name=name]", "Deals, most told")
    page.click("text=Keep this view")
    page.wait_for_selector(".views a:has-text('Deals, most told')")
    page.goto(f"{served.address}/table")
    page.click(".views a:has-text('Deals, most told')")
    assert page.locator("a[data-row]").all_inner_texts() == told
    with page.expect_download() as caught:
        page.click("a:has-text('CSV')")
    file = tmp_path / "events.csv"
    caught.value.save_as(file)
    assert [r["sentence"] for r in csv.DictReader(file.open(encoding="utf-8"))][: len(told)] == told

    # From an event to a scenario of it; a note on it.
    event = next(e for e in served.site.ledger.select() if is_told(e) and propose(e).drafts)
    page.goto(f"{served.address}/event/{event.id}")
    page.fill("textarea[name=text]", "Ask the smelter")
    page.click("text=Keep the note")
    page.wait_for_selector(".own-note:has-text('Ask the smelter')")
    page.click("text=Try this as a scenario")
    page.wait_for_url("**/lab/scenario?event=*")
    page.goto(f"{served.address}/lab/scenario")
    page.select_option("select[name=commodity]", "cobalt")
    page.fill("input[name=stage]", "mining")
    page.fill("textarea[name=ban]", "CD: leakage 0..0.1..0.3")
    page.fill("textarea[name=outage]", "ID: 10..30%\nAU: 5%")
    page.click("text=Run it")
    page.wait_for_selector("h2:has-text('Before and after')")
    assert page.locator(".changes li").count() == 3
    assert page.locator("textarea[name=outage]").input_value() == "ID: 10..30%\nAU: 5%"
    assert page.locator(".chart img").evaluate(DRAWN) > 300

    # Landed cost of two days.
    page.goto(f"{served.address}/lab/landed-cost")
    for name, value in (
        ("commodity", "aluminium"), ("importer", "US"), ("origin", "AE"), ("premium", "180"),
        ("before", "2025-03-11"), ("after", "2025-03-12"),
    ):  # fmt: skip
        page.fill(f"input[name={name}]", value)
    page.click("text=Work it out")
    page.wait_for_selector("td:has-text('+424.74')")
    assert page.locator(".chart img").evaluate(DRAWN) > 300

    # A table of one's own.
    bom = tmp_path / "bom.csv"
    bom.write_text("Material,Quantity,Unit,Country of origin\nCopper cathode,250,t,Chile\n")
    page.goto(f"{served.address}/own")
    page.set_input_files("input[type=file]", bom)
    page.click("main button:has-text('Send')")
    page.wait_for_selector("text=you buy 250 t of copper cathode")
    assert tab.said == []
    assert tab.strangers(served.address) == []
    _looks(served, tab)


def _looks(served: Served, tab: Tab) -> None:
    """Phone and desk, dark and light: no overflow, contrast, axe-core without a violation."""
    ban = "commodity=cobalt&stage=mining&ban=CD:+leakage+0..0.1..0.3"
    step = "commodity=aluminium&importer=US&origin=AE&before=2025-03-11&after=2025-03-12"
    pages = {
        "table": "/table?group=country", "scenario": f"/lab/scenario?{ban}",
        "landed-cost": f"/lab/landed-cost?{step}", "own": "/own", "notes": "/notes",
    }  # fmt: skip
    page = tab.page
    ARTEFACTS.mkdir(exist_ok=True)
    for width, scheme in ((390, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for name, path in pages.items():
            page.goto(served.address + path)
            for image in page.locator(".chart img").all():
                assert image.evaluate(DRAWN) > 300
            page.screenshot(path=ARTEFACTS / f"analyst-{name}-{width}-{scheme}.png", full_page=True)
            assert page.evaluate(_WIDTH) <= 0, path
            assert page.evaluate(_WEAK) == {}, path
            if width == 1280:
                page.evaluate(AXE.read_text(encoding="utf-8"))
                found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
                assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], path
