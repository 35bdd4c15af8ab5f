"""A reader signs up by link, adds a passkey, comes back by it, pays, and sees the PRO page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lodewire.model.ids import EventId
from tests.web.browser.conftest import Served, Tab
from tests.web.browser.signing import sign_in

pytestmark = pytest.mark.browser

ADDRESS = "reader@example.org"


def analysed(served: Served) -> tuple[EventId, str]:
    """An insight of the sample with a line of analysis, and the line."""
    ledger = served.site.ledger
    (day, *_) = ledger.briefs.days()
    brief = ledger.briefs.get(day)
    assert brief is not None
    for section in brief.sections:
        for entry in section.entries:
            event = ledger.events.get_all([entry.event_id])
            if event and (notes := served.site.joined.context(event[0])):
                return entry.event_id, notes[0].text
    raise AssertionError("no insight of the sample has a line of analysis")


def test_from_a_link_to_a_pro_page(served: Served, open_tab: Callable[..., Tab]) -> None:
    event, line = analysed(served)
    tab = open_tab()
    page = tab.page
    page.goto(f"{served.address}/event/{event}")
    assert line not in page.inner_text("main")
    assert "PRO members" in page.inner_text(".held")

    # Sign up by link.
    sign_in(served, tab, ADDRESS, then="/account")
    assert "registered" in page.inner_text("#tier")

    # A passkey, from an authenticator that the browser plays.
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    client.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.click("text=Add a passkey")
    page.wait_for_selector("button:has-text('Remove')")
    page.click("text=Sign out")
    page.wait_for_url("**/")
    page.goto(f"{served.address}/sign-in")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/")
    page.goto(f"{served.address}/account")
    assert "by passkey" in page.inner_text("main")

    # One preview a month of three, opened by a form; then paid for.
    page.goto(f"{served.address}/event/{event}")
    assert line not in page.inner_text("main")
    page.click("text=Open it whole")
    page.wait_for_selector("text=2 of 3 are left")
    assert line in page.inner_text("main")
    account = served.site.accounts.of_address(ADDRESS)  # type: ignore[union-attr]
    told = {
        "id": "cs_1",
        "payment_status": "paid",
        "subscription": "sub_1",
        "client_reference_id": account.id,
    }
    assert served.pay("checkout.session.completed", told, id_="evt_1").json() == {
        "outcome": "granted"
    }
    page.goto(f"{served.address}/account")
    assert "pro until" in page.inner_text("#tier")
    page.goto(f"{served.address}/event/{event}")
    assert line in page.inner_text("main")
    assert page.locator(".held").count() == 0
    assert tab.said == []
    assert tab.strangers(served.address) == []


def test_the_pages_of_accounts_can_be_read_and_used(
    served: Served, open_tab: Callable[..., Tab]
) -> None:
    """Phone and desk, light and dark: no overflow, labels, contrast, a quiet console."""
    from tests.browser.test_brief_page import _WIDTH, ARTEFACTS
    from tests.browser.test_site import _AUDIT, _WEAK

    address = "looks@example.org"
    tab = open_tab()
    sign_in(served, tab, address)
    ARTEFACTS.mkdir(exist_ok=True)
    for width, scheme in ((390, "dark"), (1280, "light")):
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in ("/account", "/membership"):
            tab.page.goto(served.address + path)
            tab.page.screenshot(
                path=ARTEFACTS / f"accounts-{path[1:]}-{width}-{scheme}.png", full_page=True
            )
            assert tab.page.evaluate(_WIDTH) <= 0, path
            assert tab.page.evaluate(_AUDIT) == [], path
            assert tab.page.evaluate(_WEAK) == {}, path
    stranger = open_tab(viewport={"width": 390, "height": 844})
    stranger.page.goto(f"{served.address}/sign-in")
    stranger.page.screenshot(path=ARTEFACTS / "accounts-sign-in-390.png", full_page=True)
    assert stranger.page.evaluate(_WIDTH) <= 0
    assert stranger.page.evaluate(_AUDIT) == []
    assert stranger.page.evaluate(_WEAK) == {}
    assert tab.said == stranger.said == []
