"""What each tier is sent: pages, feeds, previews, headers; and what a payment changes."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from html import unescape
from types import MappingProxyType

import pytest

from lodewire.model.audience import Preferences
from lodewire.model.ids import EventId
from lodewire.model.tier import Part, Plan, Reach, Tier
from lodewire.web.app import make_app
from lodewire.web.leaks.secrets import insights_of
from lodewire.web.site import Barred, Site
from lodewire.web.viewer import NOBODY
from lodewire.workbench.letters.campaigning import LetterBook, plan_campaign
from lodewire.workbench.letters.subscribing import Origin, open_subscriptions
from tests.web.client import Client
from tests.web.test_leaks import PRO_WORDS, under
from tests.workbench.accounts.test_payments import checkout, notice, signed

SECRET = "whsec_of_a_test"


def analysed(site: Site) -> tuple[EventId, str]:
    (told,) = [i for i in insights_of(site) if i.parts[Part.ANALYSIS]]
    return told.event.id, told.parts[Part.ANALYSIS][0].partition(";")[0]


def test_a_member_reads_what_others_are_told_of(site: Site) -> None:
    event, line = analysed(site)
    app = make_app(site)
    reader, stranger = Client(site, app), Client(site, app)
    page = stranger.ask(f"/event/{event}")
    assert line not in unescape(page.text)
    assert "1 line of analysis. For PRO members." in page.text
    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert page.headers["vary"] == "Cookie"
    assert '"isAccessibleForFree": false' in page.text
    reader.sign_in("member@example.org")
    assert line not in unescape(reader.ask(f"/event/{event}").text)
    accounts = site.accounts
    assert accounts is not None
    accounts.grant(
        accounts.of_address("member@example.org"), Tier.PRO, until=None, actor="test",
        now=datetime.now(UTC),
    )  # fmt: skip
    mine = reader.ask(f"/event/{event}")
    assert line in unescape(mine.text)
    assert mine.headers["cache-control"] == "private, no-store"
    assert "etag" not in mine.headers
    assert line not in unescape(stranger.ask(f"/event/{event}").text), (
        "from what was kept for another"
    )
    assert line in unescape(reader.ask("/").text)
    assert line not in unescape(stranger.ask("/").text)


def test_previews_are_counted_and_end(site: Site) -> None:
    plan = Plan(
        least=MappingProxyType({Part.FULL_TEXT: Tier.PRO}),
        previews=MappingProxyType({Tier.REGISTERED: 2}),
    )
    paid = under(site, plan)
    reader = Client(paid)
    reader.sign_in("preview@example.org")
    events = [i.event.id for i in insights_of(site)][:3]
    words = "In the words of its sources"
    for left, event in ((1, events[0]), (0, events[1])):
        path = f"/event/{event}"
        assert words not in reader.ask(path).text
        done = reader.send("/account/preview", on=path, event=event)
        assert done.headers["location"] == path
        assert words in reader.ask(path).text
        assert f"{left} of 2 are left" in reader.ask(path).text
    path = f"/event/{events[2]}"
    assert "Open it whole" not in reader.ask(path).text
    sent = {"event": events[2], "form": reader.token("/account")}
    assert reader.ask("/account/preview", "POST", data=sent).status_code == 400
    assert words not in reader.ask(path).text
    assert words in reader.ask(f"/event/{events[0]}").text, "opened once is open for the month"
    other = Client(paid, reader.app)
    assert words not in other.ask(f"/event/{events[0]}").text


def test_a_page_that_is_a_part_says_who_may_read_it(site: Site) -> None:
    free = site.seen_by(NOBODY)
    with pytest.raises(Barred) as barred:
        free.demand(Part.REPORTS)
    assert barred.value.tier is Tier.PRO
    replace(site, reach=Reach(tier=Tier.PRO)).demand(Part.REPORTS)


def test_words_that_are_paid_for_are_in_no_snippet(site: Site) -> None:
    stranger = Client(under(site, PRO_WORDS))
    page = stranger.ask("/search?q=kalahari")
    assert "wire.example" in page.text, "it is found"
    assert "Kalahari copper belt" not in page.text
    event = insights_of(site)[0].event.id
    assert "What is stated" not in stranger.ask(f"/event/{event}").text


def test_a_day_too_far_back_is_told_of_and_not_shown(site: Site) -> None:
    from datetime import date

    old = under(site, Plan(archive=MappingProxyType({Tier.FREE: 7})), date(2025, 6, 1))
    stranger = Client(old)
    answer = stranger.ask("/brief/2025-03-28")
    assert answer.status_code == 403
    assert "further back" in answer.text
    assert "MMG" not in answer.text
    wanted = {"accept": "application/json"}
    assert stranger.ask("/brief/2025-03-28", headers=wanted).json()["status"] == 403
    assert "MMG" not in stranger.ask("/feed.json").text


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LODEWIRE_PAYMENTS_SECRET", SECRET)


@pytest.mark.usefixtures("secret")
def test_a_signed_notice_makes_a_member(site: Site) -> None:
    now = datetime.fromtimestamp(int(time.time()), UTC)
    told = checkout(customer_details={"email": "hook@example.org"}, subscription="sub_hook")
    body = notice("checkout.session.completed", told, "evt_hook", now)
    service = Client(site)

    def send(header: str) -> tuple[int, dict[str, str]]:
        headers = {"stripe-signature": header, "content-type": "application/json"}
        answer = service.ask("/hooks/payments", "POST", content=body, headers=headers)
        return answer.status_code, json.loads(answer.content)

    assert send(signed(body, now, "whsec_other"))[0] == 400
    assert send("")[0] == 400
    assert send(signed(body, now, SECRET)) == (200, {"outcome": "granted"})
    assert send(signed(body, now, SECRET)) == (200, {"outcome": "taken before"})
    reader = Client(site)
    reader.sign_in("hook@example.org")
    assert "pro until" in reader.ask("/account").text
    ahead = notice("customer.subscription.updated", {"id": "sub_new"}, "evt_ahead", now)
    headers = {"stripe-signature": signed(ahead, now, SECRET)}
    assert service.ask("/hooks/payments", "POST", content=ahead, headers=headers).status_code == 409


def test_an_account_page_makes_keys_hands_over_and_deletes(site: Site) -> None:
    accounts = site.accounts
    assert accounts is not None
    reader = Client(site)
    reader.sign_in("own@example.org")
    fields = {"name": "table", "scope-read": "1"}
    # Keys are PRO's.
    assert reader.send("/account/keys", on="/account", **fields).status_code == 403
    account = accounts.of_address("own@example.org")
    accounts.grant(account, Tier.PRO, until=None, actor="test", now=datetime.now(UTC))
    made = reader.send("/account/keys", on="/account", **fields)
    secret = made.text.partition('<code id="secret">')[2].partition("<")[0]
    assert secret.startswith("lwk_")
    assert secret not in reader.ask("/account").text
    told = reader.ask("/account/export.json")
    assert told.json()["api_keys"][0]["name"] == "table"
    assert told.headers["content-disposition"].startswith("attachment")
    assert reader.send("/account/delete", on="/account", address="x@example.org").status_code == 400
    gone = reader.send("/account/delete", on="/account", address="OWN@example.org")
    assert gone.headers["location"] == "/"
    assert reader.ask("/account").status_code == 303
    assert accounts.ledger.accounts.get(account.id) is None


def test_another_readers_session_and_key_are_out_of_reach(site: Site) -> None:
    accounts = site.accounts
    assert accounts is not None
    mine, theirs = Client(site), Client(site)
    mine.sign_in("mine@example.org")
    theirs.sign_in("theirs@example.org")
    account = accounts.of_address("theirs@example.org")
    (session,) = accounts.ledger.accounts.sessions_of(account.id)
    mine.send("/account/sessions", on="/account", session=session.key[:16])
    assert theirs.ask("/account").status_code == 200
    from lodewire.model.account import Scope
    from lodewire.workbench.accounts.keys import make_key

    key, _ = make_key(accounts, account, "x", [Scope.READ], actor="test", now=datetime.now(UTC))
    assert mine.send("/account/keys/end", on="/account", key=key.id).status_code == 404
    assert accounts.ledger.rights.keys_of(account.id)[0].revoked_at is None
    second = Client(site, theirs.app)
    second.sign_in("theirs@example.org")
    assert second.send("/account/sessions", on="/account", session="others").status_code == 303
    assert theirs.ask("/account").status_code == 303
    assert second.ask("/account").status_code == 200


def test_the_pages_of_passkeys_alone_may_run_a_script(site: Site) -> None:
    reader = Client(site)
    for path in ("/", "/membership", "/search"):
        assert "script-src" not in reader.ask(path).headers["content-security-policy"]
    policy = reader.ask("/sign-in").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert policy.count("default-src 'none'") == 1


def test_letters_follow_the_account_of_their_address(site: Site) -> None:
    """One list, two readers: the member's copy has the analysis, the other's does not."""
    accounts = site.accounts
    assert accounts is not None
    _, line = analysed(site)
    now = datetime.now(UTC)
    for address, tier in (("pays@example.org", Tier.PRO), ("reads@example.org", None)):
        if tier is not None:
            account = accounts.add(address, now=now)
            accounts.grant(account, tier, until=None, actor="test", now=now)
    subscriptions = open_subscriptions(accounts.desk, site.ledger, now=now)
    day = site.ledger.briefs.days()[0]
    book = LetterBook(subscriptions, site.ledger, plan_campaign(site.ledger, day, day, now=now))
    texts = {}
    for address in ("pays@example.org", "reads@example.org"):
        subscriptions.ask(address, Preferences(), Origin(source="test"), now=now)
        subscriber = subscriptions.of_address(address)
        assert subscriber is not None
        message = book.message(subscriber, now=now)
        assert message is not None
        told = message_from_bytes(message.body, policy=default).get_body(("plain",))
        assert told is not None
        texts[address] = " ".join(told.get_content().split())
    assert line in texts["pays@example.org"]
    assert line not in texts["reads@example.org"]
    assert "Glencore" in texts["reads@example.org"]
