"""Payment notices (webhooks in Stripe's format): proved, taken once, and what they change.

The signature is that of https://docs.stripe.com/webhooks/signature: header ``t=…,v1=…``, where v1
is the hex HMAC-SHA256 of ``<t>.<body>`` under the endpoint's secret.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from lodewire.errors import AddressRefused, NoticeRefused
from lodewire.model.account import (
    Account,
    AccountId,
    Membership,
    MembershipId,
    MembershipSource,
)
from lodewire.model.ids import content_id
from lodewire.model.tier import Tier
from lodewire.workbench.accounts.people import Accounts

TOLERANCE = timedelta(minutes=5)
LONGEST = 256 * 1024  # bytes of a notice
#: After the end of what was paid: the notice of the next payment may come late.
GRACE = timedelta(days=3)
_FIRST = timedelta(days=32)  # a month, until the subscription itself tells its period
_ORPHAN = timedelta(days=1)  # how long a notice may wait for the one that it follows
_ACTOR = "payment service"

Told = Mapping[str, Any]


def check_signature(body: bytes, header: str, secret: str, *, now: datetime) -> None:
    """Raise NoticeRefused unless the header signs the body, lately, under the secret."""
    parts = [p.strip().partition("=") for p in header[:2000].split(",")]
    times = [value for name, _, value in parts if name == "t"]
    signed = [value for name, _, value in parts if name == "v1"]
    if len(times) != 1 or not times[0].isascii() or not times[0].isdigit() or not signed:
        raise NoticeRefused("the notice is not signed")
    wanted = hmac.new(secret.encode(), f"{times[0]}.".encode() + body, hashlib.sha256).hexdigest()
    # Each is compared to its end, so that the time tells nothing.
    fits = [hmac.compare_digest(wanted.encode(), s.encode("utf-8", "replace")) for s in signed]
    if not any(fits):
        raise NoticeRefused("the notice is not signed by the payment service")
    if len(times[0]) > 12 or abs(int(times[0]) - now.timestamp()) > TOLERANCE.total_seconds():
        raise NoticeRefused("the notice is too old", hint="check the clock of this machine")


def take_notice(accounts: Accounts, body: bytes, *, now: datetime) -> str:
    """Apply a proved notice once and return what came of it, in a word.

    A notice taken before changes nothing. Raises NoticeRefused for what is no notice; with
    ``again`` where it tells of a subscription that no checkout has named yet.
    """
    notice = _parsed(body)
    id_, type_ = str(notice["id"])[:255], str(notice["type"])[:100]
    at = _moment(notice.get("created")) or now
    step = _STEPS.get(type_)
    with accounts.ledger.transaction():
        if not accounts.ledger.rights.take_notice(id_, type_, "taken", at=now):
            return "taken before"
        if step is None:
            return "ignored"
        return step(accounts, notice["data"]["object"], at, now)


def _parsed(body: bytes) -> Told:
    try:
        notice = json.loads(body)
    except ValueError as error:
        raise NoticeRefused("the notice is not JSON") from error
    if (
        not isinstance(notice, dict)
        or not isinstance(notice.get("id"), str)
        or not isinstance(notice.get("type"), str)
        or not isinstance(notice.get("data"), dict)
        or not isinstance(notice["data"].get("object"), dict)
    ):
        raise NoticeRefused("the notice has no id, type or object")
    return notice


def _checked_out(accounts: Accounts, told: Told, at: datetime, now: datetime) -> str:
    """A person has paid: their account gets the tier, until the subscription tells more."""
    if told.get("payment_status") not in ("paid", "no_payment_required"):
        return "not paid yet"
    account = _payer(accounts, told, now)
    if account is None:
        return "no account and no address"
    reference = _text(told.get("subscription")) or _text(told.get("id"))
    metadata = told.get("metadata") if isinstance(told.get("metadata"), dict) else {}
    days = str((metadata or {}).get("days", ""))
    span = timedelta(days=int(days)) if days.isdigit() and 0 < int(days) < 4000 else _FIRST
    found = accounts.ledger.rights.of_reference(reference)
    if found is not None:
        return "known"
    made = Membership(
        id=MembershipId(content_id("mb", account.id, reference)),
        account_id=account.id,
        tier=_tier_named(accounts, metadata or {}),
        source=MembershipSource.PAYMENT,
        since=min(at, now),
        until=at + span + (GRACE if told.get("subscription") else timedelta(0)),
        reference=reference,
        customer=_text(told.get("customer")),
        told_at=at,
    )
    accounts.ledger.rights.add_membership(made)
    accounts.note(_ACTOR, "grant", account.id, made.tier.value, now=now)
    return "granted"


def _subscribed(accounts: Accounts, told: Told, at: datetime, now: datetime) -> str:
    """A subscription changed: its period, its price, its state."""
    found = _member(accounts, _text(told.get("id")), at, now)
    if isinstance(found, str):
        return found
    state = _text(told.get("status"))[:16] or "active"
    changed = replace(found, state=state, told_at=at, tier=_tier_priced(accounts, told, found.tier))
    if state in ("active", "trialing"):
        until = _period_end(told)
        changed = replace(changed, until=(until + GRACE) if until else changed.until)
        if told.get("cancel_at_period_end") and until:
            changed = replace(changed, until=until)
    elif state != "past_due":  # which keeps what was paid for
        changed = replace(changed, until=min(now, found.until or now))
    return _change(accounts, changed, now)


def _ended(accounts: Accounts, told: Told, at: datetime, now: datetime) -> str:
    """A subscription was deleted: nothing is left of what it paid for."""
    found = _member(accounts, _text(told.get("id")), at, now)
    if isinstance(found, str):
        return found
    until = min(_moment(told.get("ended_at")) or now, now)
    return _change(accounts, replace(found, state="canceled", until=until, told_at=at), now)


def _failed(accounts: Accounts, told: Told, at: datetime, now: datetime) -> str:
    """A payment failed: what was paid for stays, with the grace; the service tries again."""
    reference = _text(told.get("subscription")) or _text(
        _inner(told, "parent", "subscription_details").get("subscription")
    )
    found = _member(accounts, reference, at, now)
    if isinstance(found, str):
        return found
    return _change(accounts, replace(found, state="past_due", told_at=at), now)


_STEPS: dict[str, Callable[[Accounts, Told, datetime, datetime], str]] = {
    "checkout.session.completed": _checked_out,
    "checkout.session.async_payment_succeeded": _checked_out,
    "customer.subscription.created": _subscribed,
    "customer.subscription.updated": _subscribed,
    "customer.subscription.deleted": _ended,
    "invoice.payment_failed": _failed,
}


def _member(accounts: Accounts, reference: str, at: datetime, now: datetime) -> Membership | str:
    """The membership that a subscription pays, or why a notice of it changes nothing."""
    found = accounts.ledger.rights.of_reference(reference) if reference else None
    if found is None:
        if now - at < _ORPHAN:
            # Notices come in any order: the checkout's may be under way.
            raise NoticeRefused("no checkout of this subscription is known yet", again=True)
        return "unknown subscription"
    if found.state == "revoked":
        return "revoked"
    return "late" if found.told_at is not None and at < found.told_at else found


def _change(accounts: Accounts, changed: Membership, now: datetime) -> str:
    accounts.ledger.rights.change_membership(changed)
    detail = f"{changed.tier.value} {changed.state}"
    accounts.note(_ACTOR, "membership", changed.account_id, detail, now=now)
    return changed.state


def _payer(accounts: Accounts, told: Told, now: datetime) -> Account | None:
    """The account that the checkout was begun from, else that of the payer's address."""
    named = _text(told.get("client_reference_id"))
    found = accounts.ledger.accounts.get(AccountId(named)) if named.startswith("ac_") else None
    if found is not None:
        return found
    address = _text(_inner(told, "customer_details").get("email")) or _text(
        told.get("customer_email")
    )
    if not address:
        return None
    try:
        return accounts.add(address, now=now)
    except AddressRefused:
        return None


def _tier_named(accounts: Accounts, metadata: Told) -> Tier:
    """What the checkout says was bought, else what the one price of the desk gives."""
    told = _text(metadata.get("tier"))
    if told in (Tier.PRO.value, Tier.ENTERPRISE.value):
        return Tier(told)
    priced = set(accounts.desk.accounts.prices.values())
    return priced.pop() if len(priced) == 1 else Tier.PRO


def _tier_priced(accounts: Accounts, told: Told, before: Tier) -> Tier:
    prices = accounts.desk.accounts.prices
    found = [
        prices[price]
        for line in _lines(told)
        if (price := _text(_inner(line, "price").get("id"))) in prices
    ]
    return max(found, key=lambda t: t.rank, default=before)


def _period_end(told: Told) -> datetime | None:
    """Newer versions of the format tell the period with each line, older ones with the whole."""
    ends = [_moment(line.get("current_period_end")) for line in _lines(told)]
    ends.append(_moment(told.get("current_period_end")))
    return max((e for e in ends if e is not None), default=None)


def _lines(told: Told) -> list[Told]:
    lines = _inner(told, "items").get("data")
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def _inner(told: Told, *names: str) -> Told:
    for name in names:
        inner = told.get(name)
        if not isinstance(inner, dict):
            return {}
        told = inner
    return told


def _text(value: object) -> str:
    return value[:255] if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**36:
        return None
    return datetime.fromtimestamp(value, UTC)
