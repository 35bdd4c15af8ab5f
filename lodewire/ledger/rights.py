"""What accounts hold: passkeys, API keys, memberships, and the payment notices behind these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.account_tables import (
    accounts,
    api_keys,
    memberships,
    passkeys,
    payment_notices,
)
from lodewire.ledger.accounts import maybe_text, maybe_time
from lodewire.ledger.codec import time_of, time_text
from lodewire.model.account import (
    AccountId,
    ApiKey,
    KeyId,
    Membership,
    MembershipId,
    MembershipSource,
    Passkey,
    Scope,
)
from lodewire.model.tier import Tier

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


class RightsStore:
    """Keeps passkeys, API keys and memberships."""

    def __init__(self, access: Access) -> None:
        self._access = access

    # Passkeys

    def add_passkey(self, passkey: Passkey) -> bool:
        """Keep a passkey; False where its credential is known already."""
        row = {
            "credential": passkey.credential,
            "account_id": passkey.account_id,
            "public_key": passkey.public_key,
            "sign_count": passkey.count,
            "name": passkey.name,
            "created_at": time_text(passkey.created_at),
            "used_at": maybe_text(passkey.used_at),
        }
        with self._access.writing() as connection:
            return self._access.add_counted(connection, passkeys, [row]) > 0

    def passkey(self, credential: str) -> Passkey | None:
        """Return the passkey of a credential."""
        return next(iter(self._passkeys(passkeys.c.credential == credential)), None)

    def passkeys_of(self, id_: AccountId) -> tuple[Passkey, ...]:
        """Return the passkeys of an account, the earliest first."""
        return tuple(self._passkeys(passkeys.c.account_id == id_))

    def use_passkey(self, credential: str, count: int, *, at: datetime) -> None:
        """Note the use of a passkey and its new count."""
        with self._access.writing() as connection:
            connection.execute(
                passkeys.update()
                .where(passkeys.c.credential == credential)
                .values(sign_count=count, used_at=time_text(at))
            )

    def drop_passkey(self, id_: AccountId, credential: str) -> bool:
        """Take a passkey of an account away; False where it has no such one."""
        mine = (passkeys.c.account_id == id_, passkeys.c.credential == credential)
        with self._access.writing() as connection:
            return bool(connection.execute(passkeys.delete().where(*mine)).rowcount)

    def _passkeys(self, *where: ColumnElement[bool]) -> Iterable[Passkey]:
        from sqlalchemy import select

        query = select(passkeys).where(*where).order_by(passkeys.c.created_at)
        with self._access.reading() as connection:
            return [
                Passkey(
                    credential=row.credential,
                    account_id=AccountId(row.account_id),
                    public_key=bytes(row.public_key),
                    count=row.sign_count,
                    name=row.name,
                    created_at=time_of(row.created_at),
                    used_at=maybe_time(row.used_at),
                )
                for row in connection.execute(query)
            ]

    # API keys

    def add_key(self, key: ApiKey) -> None:
        """Keep an API key."""
        row = {
            "id": key.id,
            "key": key.key,
            "account_id": key.account_id,
            "name": key.name,
            "scopes": " ".join(sorted(s.value for s in key.scopes)),
            "quota": key.quota,
            "created_at": time_text(key.created_at),
            "used_at": maybe_text(key.used_at),
            "ends_at": maybe_text(key.ends_at),
            "revoked_at": maybe_text(key.revoked_at),
        }
        with self._access.writing() as connection:
            connection.execute(api_keys.insert(), [row])

    def key(self, hashed: str) -> ApiKey | None:
        """Return the API key whose secret has this hash."""
        return next(iter(self._keys(api_keys.c.key == hashed)), None)

    def keys_of(self, id_: AccountId) -> tuple[ApiKey, ...]:
        """Return the API keys of an account, the earliest first."""
        return tuple(self._keys(api_keys.c.account_id == id_))

    def key_named(self, id_: KeyId) -> ApiKey | None:
        """Return the API key of an id."""
        return next(iter(self._keys(api_keys.c.id == id_)), None)

    def use_key(self, id_: KeyId, *, at: datetime) -> None:
        """Note when a key was last used."""
        with self._access.writing() as connection:
            connection.execute(
                api_keys.update().where(api_keys.c.id == id_).values(used_at=time_text(at))
            )

    def revoke_key(self, id_: KeyId, *, at: datetime) -> bool:
        """End a key for good; False where it had ended."""
        live = (api_keys.c.id == id_, api_keys.c.revoked_at.is_(None))
        with self._access.writing() as connection:
            done = connection.execute(
                api_keys.update().where(*live).values(revoked_at=time_text(at))
            )
            return bool(done.rowcount)

    def _keys(self, *where: ColumnElement[bool]) -> Iterable[ApiKey]:
        from sqlalchemy import select

        query = select(api_keys).where(*where).order_by(api_keys.c.created_at, api_keys.c.id)
        with self._access.reading() as connection:
            return [_key_of(row) for row in connection.execute(query)]

    # Memberships

    def add_membership(self, membership: Membership) -> None:
        """Keep a membership."""
        with self._access.writing() as connection:
            connection.execute(memberships.insert(), [_membership_row(membership)])

    def change_membership(self, membership: Membership) -> None:
        """Set a membership's tier, end, state and times anew."""
        values = _membership_row(membership)
        with self._access.writing() as connection:
            connection.execute(
                memberships.update().where(memberships.c.id == values.pop("id")).values(**values)
            )

    def memberships_of(self, id_: AccountId) -> tuple[Membership, ...]:
        """Return the memberships of an account, ended ones too, the earliest first."""
        return tuple(self._memberships(memberships.c.account_id == id_))

    def of_reference(self, reference: str) -> Membership | None:
        """Return the membership that a payment service's subscription pays."""
        return next(iter(self._memberships(memberships.c.reference == reference)), None)

    def memberships_of_addresses(self, keys: Iterable[str]) -> dict[str, list[Membership]]:
        """Return memberships by the keyed hash of the address, for those who have any."""
        from sqlalchemy import select

        found: dict[str, list[Membership]] = {}
        query = select(memberships, accounts.c.address_key).join(
            accounts, accounts.c.id == memberships.c.account_id
        )
        with self._access.reading() as connection:
            for some in chunks(keys):
                for row in connection.execute(query.where(accounts.c.address_key.in_(some))):
                    found.setdefault(row.address_key, []).append(_membership_of(row))
        return found

    def _memberships(self, *where: ColumnElement[bool]) -> Iterable[Membership]:
        from sqlalchemy import select

        query = select(memberships).where(*where).order_by(memberships.c.since, memberships.c.id)
        with self._access.reading() as connection:
            return [_membership_of(row) for row in connection.execute(query)]

    # Payment notices

    def take_notice(self, id_: str, type_: str, outcome: str, *, at: datetime) -> bool:
        """Note a payment service's message; False where it was taken before."""
        row = {"id": id_, "type": type_, "at": time_text(at), "outcome": outcome}
        with self._access.writing() as connection:
            return self._access.add_counted(connection, payment_notices, [row]) > 0


def _key_of(row: Any) -> ApiKey:
    return ApiKey(
        id=KeyId(row.id),
        key=row.key,
        account_id=AccountId(row.account_id),
        name=row.name,
        scopes=tuple(Scope(s) for s in row.scopes.split()),
        quota=row.quota,
        created_at=time_of(row.created_at),
        used_at=maybe_time(row.used_at),
        ends_at=maybe_time(row.ends_at),
        revoked_at=maybe_time(row.revoked_at),
    )


def _membership_row(membership: Membership) -> dict[str, Any]:
    return {
        "id": membership.id,
        "account_id": membership.account_id,
        "tier": membership.tier.value,
        "source": membership.source.value,
        "since": time_text(membership.since),
        "until": maybe_text(membership.until),
        "reference": membership.reference,
        "customer": membership.customer,
        "state": membership.state,
        "told_at": maybe_text(membership.told_at),
        "author": membership.author,
    }


def _membership_of(row: Any) -> Membership:
    return Membership(
        id=MembershipId(row.id),
        account_id=AccountId(row.account_id),
        tier=Tier(row.tier),
        source=MembershipSource(row.source),
        since=time_of(row.since),
        until=maybe_time(row.until),
        reference=row.reference,
        customer=row.customer,
        state=row.state,
        told_at=maybe_time(row.told_at),
        author=row.author,
    )
