"""Payment notices: proved or refused, each once, in any order, and what they give and take."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.errors import NoticeRefused
from lodewire.model.tier import Tier
from lodewire.workbench.accounts.payments import GRACE, check_signature, take_notice
from lodewire.workbench.accounts.people import Accounts

NOW = datetime(2025, 3, 28, 12, tzinfo=UTC)
MONTH = NOW + timedelta(days=31)
SECRET = "whsec_test"


def signed(body: bytes, at: datetime = NOW, secret: str = SECRET) -> str:
    told = int(at.timestamp())
    mac = hmac.new(secret.encode(), b"%d." % told + body, hashlib.sha256).hexdigest()
    return f"t={told},v1={mac}"


def notice(type_: str, told: dict[str, Any], id_: str, at: datetime = NOW) -> bytes:
    body = {"id": id_, "type": type_, "created": int(at.timestamp()), "data": {"object": told}}
    return json.dumps(body).encode()


def checkout(**more: Any) -> dict[str, Any]:
    return {
        "id": "cs_1",
        "subscription": "sub_1",
        "customer": "cus_1",
        "payment_status": "paid",
        "customer_details": {"email": "payer@example.org"},
        **more,
    }


def subscription(status: str = "active", price: str = "price_pro", **more: Any) -> dict[str, Any]:
    line = {"price": {"id": price}, "current_period_end": int(MONTH.timestamp())}
    return {"id": "sub_1", "status": status, "items": {"data": [line]}, **more}


def paid(accounts: Accounts) -> None:
    body = notice("checkout.session.completed", checkout(), "evt_1")
    assert take_notice(accounts, body, now=NOW) == "granted"


def tier(accounts: Accounts, at: datetime = NOW) -> Tier:
    account = accounts.of_address("payer@example.org")
    return accounts.standing(account, now=at).tier


def test_a_signature_holds_for_its_body_secret_and_minutes() -> None:
    body = b'{"id":"evt_1"}'
    check_signature(body, signed(body), SECRET, now=NOW)
    check_signature(body, "v0=x," + signed(body) + ",v1=00", SECRET, now=NOW + timedelta(minutes=4))
    for header, about in (
        (signed(body, secret="other"), "not signed by"),
        (signed(body + b" "), "not signed by"),
        (signed(body, NOW - timedelta(minutes=6)), "too old"),
        (signed(body, NOW + timedelta(minutes=6)), "too old"),
        (signed(body).replace("v1=", "v0="), "not signed"),
        (signed(body) + ",t=1", "not signed"),
        ("", "not signed"),
    ):
        with pytest.raises(NoticeRefused, match=about):
            check_signature(body, header, SECRET, now=NOW)


@settings(deadline=None)
@given(st.text(max_size=200), st.binary(max_size=50))
def test_no_header_and_no_body_but_a_signed_one_is_taken(header: str, body: bytes) -> None:
    with pytest.raises(NoticeRefused):
        check_signature(body, header, SECRET, now=NOW)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"id":1,"type":"x","data":{"object":{}}}',
             b'{"id":"e","type":"x","data":[]}', b"[" * 5000],
)  # fmt: skip
def test_what_is_no_notice_is_refused(accounts: Accounts, body: bytes) -> None:
    with pytest.raises((NoticeRefused, RecursionError)):
        take_notice(accounts, body, now=NOW)


def test_a_payment_gives_the_tier_to_the_payer_once(accounts: Accounts) -> None:
    paid(accounts)
    body = notice("checkout.session.completed", checkout(), "evt_1")
    assert take_notice(accounts, body, now=NOW) == "taken before"
    again = notice("checkout.session.completed", checkout(), "evt_2")
    assert take_notice(accounts, again, now=NOW) == "known"
    account = accounts.of_address("payer@example.org")
    assert len(accounts.ledger.rights.memberships_of(account.id)) == 1
    assert tier(accounts) is Tier.PRO
    assert tier(accounts, NOW + timedelta(days=36)) is Tier.REGISTERED


def test_who_began_the_checkout_signed_in_gets_it_whatever_the_address(accounts: Accounts) -> None:
    reader = accounts.add("reader@example.org", now=NOW)
    told = checkout(client_reference_id=reader.id, metadata={"tier": "enterprise"})
    take_notice(accounts, notice("checkout.session.completed", told, "evt_1"), now=NOW)
    assert accounts.standing(reader, now=NOW).tier is Tier.ENTERPRISE
    assert [a.address for a in accounts.ledger.accounts.all()] == ["reader@example.org"]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (checkout(payment_status="unpaid"), "not paid yet"),
        (checkout(customer_details=None), "no account and no address"),
        (checkout(customer_details={"email": "nobody"}), "no account and no address"),
        (checkout(customer_details={"email": ["x"]}, client_reference_id=7), "no account and no "),
    ],
)
def test_what_is_not_paid_gives_nothing(
    accounts: Accounts, told: dict[str, Any], outcome: str
) -> None:
    body = notice("checkout.session.completed", told, "evt_1")
    assert take_notice(accounts, body, now=NOW).startswith(outcome)
    assert accounts.ledger.accounts.all() == ()


def test_a_subscription_is_followed_to_its_end(accounts: Accounts) -> None:
    paid(accounts)

    def told(id_: str, at: datetime, type_: str = "updated", **more: Any) -> str:
        body = notice(f"customer.subscription.{type_}", subscription(**more), id_, at)
        return take_notice(accounts, body, now=at)

    assert told("evt_2", NOW) == "active"
    assert tier(accounts, MONTH + GRACE - timedelta(hours=1)) is Tier.PRO
    assert tier(accounts, MONTH + GRACE) is Tier.REGISTERED
    assert told("evt_3", NOW + timedelta(days=1), price="price_big") == "active"
    assert tier(accounts) is Tier.ENTERPRISE
    assert told("evt_4", NOW + timedelta(hours=1), status="canceled") == "late"
    assert (
        told("evt_5", NOW + timedelta(days=2), status="past_due", price="price_big") == "past_due"
    )
    assert tier(accounts, NOW + timedelta(days=3)) is Tier.ENTERPRISE, "what was paid for stays"
    assert told("evt_6", NOW + timedelta(days=4), cancel_at_period_end=True) == "active"
    assert tier(accounts, MONTH) is Tier.REGISTERED, "no grace after a cancellation"
    ended = NOW + timedelta(days=5)
    assert told("evt_7", ended, "deleted", ended_at=int(ended.timestamp())) == "canceled"
    assert tier(accounts, ended) is Tier.REGISTERED
    audit = [line.detail for line in accounts.ledger.counted.audit() if line.action == "membership"]
    assert len(audit) == 5


def test_a_failed_payment_is_told_and_takes_nothing_yet(accounts: Accounts) -> None:
    paid(accounts)
    for told in (
        {"subscription": "sub_1"},
        {"parent": {"subscription_details": {"subscription": "sub_1"}}},
    ):
        body = notice("invoice.payment_failed", told, f"evt_{len(told)}{'parent' in told}")
        assert take_notice(accounts, body, now=NOW) == "past_due"
    assert tier(accounts) is Tier.PRO


def test_a_notice_ahead_of_its_checkout_is_asked_for_again(accounts: Accounts) -> None:
    body = notice("customer.subscription.created", subscription(price="price_big"), "evt_0")
    with pytest.raises(NoticeRefused, match="no checkout") as refused:
        take_notice(accounts, body, now=NOW)
    assert refused.value.again
    paid(accounts)
    assert take_notice(accounts, body, now=NOW) == "active"
    assert tier(accounts) is Tier.ENTERPRISE
    old = notice("customer.subscription.updated", {"id": "sub_other"}, "evt_9")
    later = NOW + timedelta(days=2)
    assert take_notice(accounts, old, now=later) == "unknown subscription"


def test_what_an_admin_revoked_no_notice_brings_back(accounts: Accounts) -> None:
    paid(accounts)
    account = accounts.of_address("payer@example.org")
    assert accounts.revoke(account, actor="admin", now=NOW) == 1
    body = notice("customer.subscription.updated", subscription(), "evt_2")
    assert take_notice(accounts, body, now=NOW) == "revoked"
    assert tier(accounts) is Tier.REGISTERED
