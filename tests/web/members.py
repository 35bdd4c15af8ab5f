"""PRO members at a site, for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from lodewire.model.account import AccountId
from lodewire.model.tier import Tier
from lodewire.web.shell import App
from lodewire.web.site import Site
from tests.web.client import Client


def member(site: Site, address: str, app: App | None = None) -> Client:
    """A browser in which a PRO member is signed in."""
    client = Client(site, app)
    client.sign_in(address)
    accounts = site.accounts
    assert accounts is not None
    account = accounts.of_address(address)
    assert account is not None
    accounts.grant(account, Tier.PRO, until=None, actor="test", now=datetime.now(UTC))
    return client


def id_of(site: Site, address: str) -> AccountId:
    """The id of an address' account."""
    assert site.accounts is not None
    account = site.accounts.of_address(address)
    assert account is not None
    return AccountId(account.id)
