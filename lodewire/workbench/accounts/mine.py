"""What a person may ask for about themselves: all that is kept, and its end."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from typing import Any

from lodewire.errors import AccountError
from lodewire.ledger.codec import encode
from lodewire.ledger.store import Ledger
from lodewire.model.account import Account, MembershipSource
from lodewire.model.alert import RuleId
from lodewire.model.desk_work import Holdings
from lodewire.workbench.accounts.people import Accounts

#: Secrets of which only a hash is kept, and keys of hashes: of no use to anybody.
_HIDDEN = ("key", "public_key", "address_key")


def told_of(accounts: Accounts, account: Account, *, now: datetime) -> dict[str, Any]:
    """Return all that is kept of one person, as JSON, to hand to them."""
    ledger = accounts.ledger
    month = f"{now:%Y-%m}"
    return {
        "version": 1,
        "account": {"id": account.id, **_shown(account)},
        "tier": accounts.standing(account, now=now).tier.value,
        "sessions": [_shown(s) for s in ledger.accounts.sessions_of(account.id)],
        "links": [_shown(k) for k in ledger.accounts.links_of(account.address_key)],
        "passkeys": [_shown(p) for p in ledger.rights.passkeys_of(account.id)],
        "api_keys": [_shown(k) for k in ledger.rights.keys_of(account.id)],
        "memberships": [_shown(m) for m in ledger.rights.memberships_of(account.id)],
        "views": [_shown(v) for v in ledger.desk_work.views_of(account.id)],
        "notes": [_shown(n) for n in ledger.desk_work.notes_of(account.id)],
        "holdings": _holdings(ledger.desk_work.holdings_of(account.id)),
        "previews": {month: sorted(ledger.counted.used(account.id, month))},
        "watches": [_shown(w) for w in ledger.alerts.watched(account.id)],
        "alert_rules": [_shown(r) for r in ledger.alerts.rules(account.id)],
        "channels": [_shown(e) for e in ledger.alerts.endpoints(account.id)],
        "alerts": [_shown(f) for f in ledger.alerts.fired(_rules_of(ledger, account))],
        "audit": [encode(line) for line in ledger.counted.audit(account.id, limit=1000)],
    }


def erase_account(accounts: Accounts, account: Account, *, actor: str, now: datetime) -> None:
    """Delete an account with all it holds; its lines in the audit log stay, with the id alone.

    What only pauses for a while elsewhere is not stopped here: raises AccountError while a paid
    membership would go on being charged.
    """
    held = [m for m in accounts.ledger.rights.memberships_of(account.id) if m.holds(now)]
    if any(m.source is MembershipSource.PAYMENT and m.state in _CHARGED for m in held):
        raise AccountError(
            "a paid membership is still running: it would go on being charged",
            hint="cancel it with the payment service first, then delete the account",
        )
    with accounts.ledger.transaction():
        accounts.ledger.accounts.erase(account.id)
        accounts.note(actor, "delete account", account.id, "", now=now)


def _rules_of(ledger: Ledger, account: Account) -> list[RuleId]:
    return [rule.id for rule in ledger.alerts.rules(account.id)]


_CHARGED = ("active", "trialing", "past_due")


def _holdings(kept: Holdings | None) -> dict[str, Any] | None:
    """The table of what they buy, with the file as it was sent, in base64."""
    if kept is None:
        return None
    told = _shown(replace(kept, body=b""))
    return {**told, "body": b64encode(kept.body).decode("ascii")}


def _shown(value: object) -> dict[str, Any]:
    told: dict[str, Any] = dict(encode(value))
    return {name: told[name] for name in told if name not in _HIDDEN}
