"""Accounts of readers: who they are, how they sign in, what they may see and do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NewType

from lodewire.model.ids import content_id
from lodewire.model.tier import Role, Tier

AccountId = NewType("AccountId", str)
MembershipId = NewType("MembershipId", str)
KeyId = NewType("KeyId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person. ``role`` is reader, editor or admin; ``address_key`` the keyed hash of the address.

    ``locked`` keeps the person out of every door until an admin lifts it.
    """

    address: str
    address_key: str
    role: Role
    created_at: datetime
    signed_in_at: datetime | None = None
    locked: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        assert self.role is not Role.PRO, "PRO comes from a membership alone"

    @property
    def id(self) -> AccountId:
        """The same address under the same key: the same account."""
        return account_id(self.address_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser that is signed in; ``key`` is the hash of what its cookie holds.

    ``means`` is how it signed in: link, invitation, passkey, oidc.
    """

    key: str
    account_id: AccountId
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    means: str
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A link that was mailed, or an invitation; ``key`` is the hash of its token. It works once.

    ``tier``, ``role`` and ``days`` are what an invitation gives; ``path`` where the reader wanted
    to go, on this site.
    """

    key: str
    address: str
    address_key: str
    created_at: datetime
    ends_at: datetime
    path: str = "/"
    invited_by: str = ""
    tier: Tier | None = None
    role: Role | None = None
    days: int | None = None
    used_at: datetime | None = None

    @property
    def invites(self) -> bool:
        """Whether it is an invitation."""
        return bool(self.invited_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A public key of an authenticator (WebAuthn); ``credential`` is its id, base64url."""

    credential: str
    account_id: AccountId
    public_key: bytes
    count: int
    name: str
    created_at: datetime
    used_at: datetime | None = None


class Scope(Enum):
    """What an API key may be used for."""

    READ = "read"
    EXPORT = "export"
    ALERTS = "alerts"
    EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key for programs; ``key`` is the hash of its secret, which was shown once.

    ``quota`` is calls a day (UTC); None for what the account's tier gives.
    """

    id: KeyId
    key: str
    account_id: AccountId
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    quota: int | None = None
    used_at: datetime | None = None
    ends_at: datetime | None = None
    revoked_at: datetime | None = None


class MembershipSource(Enum):
    """Who gave a membership."""

    ADMIN = "admin"
    INVITATION = "invitation"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A tier given to an account from ``since`` until ``until`` (None: until it is revoked).

    ``reference`` is the payment service's subscription; ``told_at`` when it last told of it, so
    that a message that arrives late changes nothing.
    """

    id: MembershipId
    account_id: AccountId
    tier: Tier
    source: MembershipSource
    since: datetime
    until: datetime | None = None
    reference: str = ""
    customer: str = ""
    state: str = "active"
    told_at: datetime | None = None
    author: str = ""

    def holds(self, now: datetime) -> bool:
        """Tell whether it gives its tier at a moment."""
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """Who did what to whom, when; kept for good, without addresses."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An account with what holds for it at one moment."""

    account: Account
    tier: Tier
    until: datetime | None = None

    @property
    def role(self) -> Role:
        """What the person may do; a reader with a paid tier is PRO."""
        if self.account.role is Role.READER and self.tier.covers(Tier.PRO):
            return Role.PRO
        return self.account.role

    @property
    def edits(self) -> bool:
        """Whether the person may work at the editor's desk."""
        return self.account.role in (Role.EDITOR, Role.ADMIN)


def account_id(address_key: str) -> AccountId:
    """Return the id of the account whose address has this keyed hash."""
    return AccountId(content_id("ac", address_key))
