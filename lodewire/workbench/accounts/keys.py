"""API keys: made and shown once, kept as a hash, with scopes and a quota a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lodewire.errors import AccountError
from lodewire.model.account import Account, ApiKey, KeyId, Scope, Standing
from lodewire.model.ids import content_id
from lodewire.workbench.accounts.people import Accounts
from lodewire.workbench.accounts.throttle import Door
from lodewire.workbench.accounts.tokens import hash_token, new_token

PREFIX = "lwk_"
_FORM = re.compile(r"lwk_[A-Za-z0-9_-]{43}")
_MOST = 20
_NOTED_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHolder:
    """Whose key was shown, and what may be done with it."""

    key: ApiKey
    standing: Standing
    quota: int

    def may(self, scope: Scope) -> bool:
        """Tell whether the key may be used for something."""
        return scope in self.key.scopes


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """How a key stands after a call: whether it went through, what is left until ``resets``."""

    allowed: bool
    quota: int
    left: int
    resets: datetime


def make_key(
    accounts: Accounts,
    account: Account,
    name: str,
    scopes: Iterable[Scope],
    *,
    quota: int | None = None,
    days: int | None = None,
    actor: str,
    now: datetime,
) -> tuple[ApiKey, str]:
    """Return a new key and its secret, which is nowhere else; raises AccountError.

    ``quota`` is calls a day, never more than the tier's; ``days`` how long it works. A scope
    ``edit`` is for editors.
    """
    wanted = tuple(sorted(set(scopes), key=lambda s: s.value))
    if not wanted:
        raise AccountError("a key needs a scope", hint="read, export, alerts or edit")
    standing = accounts.standing(account, now=now)
    if Scope.EDIT in wanted and not standing.edits:
        raise AccountError("only editors have keys that edit", hint="leave the scope edit out")
    live = [k for k in accounts.ledger.rights.keys_of(account.id) if k.revoked_at is None]
    if len(live) >= _MOST:
        raise AccountError(f"an account has {_MOST} keys at most", hint="revoke one first")
    secret = PREFIX + new_token()
    made = ApiKey(
        id=KeyId(content_id("key", hash_token(secret))),
        key=hash_token(secret),
        account_id=account.id,
        name=" ".join(name.split())[:60] or "key",
        scopes=wanted,
        created_at=now,
        quota=quota,
        ends_at=None if days is None else now + timedelta(days=days),
    )
    with accounts.ledger.transaction():
        accounts.ledger.rights.add_key(made)
        accounts.note(actor, "key", account.id, made.id, now=now)
    return made, secret


def key_holder(accounts: Accounts, secret: str, *, origin: str, now: datetime) -> KeyHolder | None:
    """Return who a key stands for, None for a key that holds no more or never did.

    Raises TooMany when an origin showed too many wrong ones.
    """
    accounts.throttle.check(Door.KEY, origin, now=now)
    key = accounts.ledger.rights.key(hash_token(secret)) if _FORM.fullmatch(secret) else None
    account = None if key is None else accounts.ledger.accounts.get(key.account_id)
    if key is None or account is None or account.locked or not _works(key, now):
        accounts.throttle.hit(Door.KEY, origin, now=now)
        return None
    standing = accounts.standing(account, now=now)
    most = accounts.desk.tiers.plan.calls_of(standing.tier)
    quota = most if key.quota is None else min(key.quota, most)
    return KeyHolder(key=key, standing=standing, quota=quota)


def spend_call(accounts: Accounts, holder: KeyHolder, *, now: datetime) -> Spent:
    """Count one call of a key; refused, and not counted, beyond its quota of the day (UTC)."""
    day = now.astimezone(UTC).date()
    counted = accounts.ledger.counted
    allowed = counted.spend(holder.key.id, day.isoformat(), "call", holder.quota)
    used = sum(counted.used(holder.key.id, day.isoformat()).values())
    if holder.key.used_at is None or now - holder.key.used_at >= _NOTED_EVERY:
        accounts.ledger.rights.use_key(holder.key.id, at=now)
    resets = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    return Spent(
        allowed=allowed, quota=holder.quota, left=max(0, holder.quota - used), resets=resets
    )


def revoke_key(accounts: Accounts, key: ApiKey, *, actor: str, now: datetime) -> bool:
    """End a key at once and for good; False where it had ended."""
    with accounts.ledger.transaction():
        done = accounts.ledger.rights.revoke_key(key.id, at=now)
        if done:
            accounts.note(actor, "revoke key", key.account_id, key.id, now=now)
    return done


def _works(key: ApiKey, now: datetime) -> bool:
    return key.revoked_at is None and (key.ends_at is None or now < key.ends_at)
