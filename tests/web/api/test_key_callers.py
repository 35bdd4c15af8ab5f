"""Keys at the API: what a membership gives, and so many calls a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from lodewire.ledger import open_ledger
from lodewire.model.account import Scope
from lodewire.model.tier import Tier
from lodewire.web.api.key_callers import KeyCallers
from lodewire.web.site import Site
from lodewire.workbench.accounts.keys import make_key, revoke_key
from tests.web.conftest import asking
from tests.web.made import fill

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
Get = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: its accounts change."""
    folder = tmp_path_factory.mktemp("keyed")
    with open_ledger(folder / "desk.db", create=True) as ledger:
        yield fill(ledger, folder)


@pytest.fixture(scope="module")
def get(site: Site) -> Get:
    """Ask with a key."""
    assert site.accounts is not None
    ask = asking(site, callers=KeyCallers(site.accounts, clock=lambda: NOW))

    def asked(path: str, key: str | None = None) -> httpx.Response:
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        return ask(f"/api/v1{path}", headers=headers)

    return asked


def _key(site: Site, name: str, tier: Tier | None, *scopes: Scope, quota: int | None = None) -> str:
    accounts = site.accounts
    assert accounts is not None
    account = accounts.add(f"{name}@example.org", now=NOW)
    if tier is not None:
        accounts.grant(account, tier, until=NOW + timedelta(days=30), actor="test", now=NOW)
    wanted = scopes or (Scope.READ, Scope.EXPORT)
    return make_key(accounts, account, name, wanted, quota=quota, actor="test", now=NOW)[1]


def test_without_a_key_only_the_description_is_there(get: Get) -> None:
    """By default the API is the members'."""
    assert get("/events").status_code == 401
    assert "account page" in get("/events").json()["detail"]
    assert get("/openapi.json").status_code == 200


def test_a_member_sees_what_the_tier_sees(get: Get, site: Site) -> None:
    """PRO asks and exports; a reader's key does not."""
    pro = _key(site, "pro", Tier.PRO)
    assert get("/events", pro).json()["events"]
    assert get("/commodities/cobalt/measures", pro).status_code == 200
    assert get("/exports/events.csv", pro).status_code == 200
    reader = _key(site, "reader", None)
    refused = get("/events", reader)
    assert refused.status_code == 403
    assert "pro members" in refused.json()["detail"]


def test_a_key_does_only_what_its_scopes_say(get: Get, site: Site) -> None:
    """A key that reads exports nothing."""
    key = _key(site, "scoped", Tier.PRO, Scope.READ)
    assert get("/events", key).status_code == 200
    assert get("/exports/events.csv", key).status_code == 403


def test_the_calls_of_a_day_end(get: Get, site: Site) -> None:
    """With when they begin anew."""
    key = _key(site, "few", Tier.PRO, quota=2)
    assert [get("/briefs", key).status_code for _ in range(3)] == [200, 200, 429]
    assert get("/briefs", key).headers["retry-after"] == str(12 * 3600)


def test_a_withdrawn_key_and_guesses_are_refused(get: Get, site: Site) -> None:
    """At once; and who guesses long is kept waiting."""
    accounts = site.accounts
    assert accounts is not None
    key = _key(site, "gone", Tier.PRO)
    assert get("/briefs", key).status_code == 200
    account = accounts.of_address("gone@example.org")
    (made,) = accounts.ledger.rights.keys_of(account.id)
    revoke_key(accounts, made, actor="test", now=NOW)
    assert get("/briefs", key).status_code == 401
    answers = [get("/briefs", f"lwk_{n:043}").status_code for n in range(200)]
    assert answers[0] == 401
    assert answers[-1] == 429
