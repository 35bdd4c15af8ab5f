"""Signing in as a reader does, by a mailed link, and what a member is granted then."""

from __future__ import annotations

from datetime import datetime

from lodewire.model.tier import Tier
from tests.web.browser.conftest import Served, Tab
from tests.web.client import mailed_link


def sign_in(served: Served, tab: Tab, address: str, *, then: str = "/") -> None:
    """Ask for a link, open it, press its button, and arrive at ``then``."""
    page = tab.page
    page.goto(f"{served.address}/sign-in" + ("" if then == "/" else f"?next={then}"))
    page.fill("input[name=address]", address)
    page.click("text=Send me a link")
    page.wait_for_selector("text=Look into your inbox")
    page.goto(served.address + mailed_link(served.site, address))
    page.click("main button")
    page.wait_for_url(f"**{then}")


def grant_pro(served: Served, address: str, *, now: datetime) -> None:
    """Make an account a PRO member."""
    accounts = served.site.accounts
    assert accounts is not None
    account = accounts.of_address(address)
    assert account is not None
    accounts.grant(account, Tier.PRO, until=None, actor="test", now=now)
