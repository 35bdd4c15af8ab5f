"""An analyst watches a thing from its page, previews an alert, keeps it, and adds a channel."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodewire.samples import NEWSROOM_NOW
from tests.web.browser.conftest import Served, Tab
from tests.web.browser.signing import grant_pro, sign_in
from tests.web.browser.test_reading import _WIDER, ARTEFACTS, AXE, DESK, PHONE, RULES

pytestmark = pytest.mark.browser

ADDRESS = "analyst.who.watches@example.org"


def fit(tab: Tab, name: str) -> None:
    """Nothing that axe finds, nothing wider than the screen; a picture is kept."""
    assert tab.page.evaluate(_WIDER) <= 0, name
    tab.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(v["id"], v["nodes"][0]["target"]) for v in found["violations"]] == [], name
    ARTEFACTS.mkdir(exist_ok=True)
    tab.page.screenshot(path=ARTEFACTS / f"site-{name}.png", full_page=True)


def test_an_analyst_makes_an_alert_with_its_preview(
    served: Served, open_tab: Callable[..., Tab]
) -> None:
    tab = open_tab(**DESK, color_scheme="light")
    page = tab.page
    sign_in(served, tab, ADDRESS, then="/commodity/copper")
    grant_pro(served, ADDRESS, now=NEWSROOM_NOW)
    page.goto(f"{served.address}/commodity/copper")

    page.click("text=Watch it")
    page.click("main form[action='/watch/add'] button")
    page.wait_for_selector("button:has-text('Remove')")
    fit(tab, "watch-desk-light")
    page.click("text=To your alerts")
    page.fill("form[action='/alerts/rule'] input[name=name]", "Copper outages")
    page.select_option("select[name=type]", "disruption")
    page.click("text=Show what it would have told")
    page.wait_for_selector("#preview")
    assert "Altonorte" in page.inner_text("#preview")
    assert page.input_value("form[action='/alerts/rule'] input[name=name]") == "Copper outages"
    page.click("text=Keep this alert")
    page.wait_for_url("**/alerts")
    assert "Copper outages" in page.inner_text("section[aria-labelledby=rules]")

    page.select_option("select[name=channel]", "feed")
    page.fill("form[action='/alerts/channels'] input[name=name]", "My reader")
    page.click("form[action='/alerts/channels'] button:has-text('Add')")
    address = page.inner_text("#secret")
    assert "/my/" in address
    fit(tab, "alerts-desk-light")
    assert tab.strangers(served.address) == []

    # The same pages in the hand, at night.
    phone = open_tab(**PHONE, color_scheme="dark", storage_state=page.context.storage_state())
    phone.page.goto(f"{served.address}/alerts")
    assert "My reader" in phone.page.inner_text("main")
    assert address not in phone.page.content()
    fit(phone, "alerts-phone-dark")
