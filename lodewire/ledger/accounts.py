"""People with accounts, the links mailed to them, the browsers they are signed in with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.account_tables import OF_ACCOUNT, accounts, meter, sessions, sign_in_links
from lodewire.ledger.alerts import erase_owner
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.desk_work_tables import OF_ANALYST
from lodewire.model.account import Account, AccountId, Session, SignInLink
from lodewire.model.tier import Role, Tier

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Table


class AccountStore:
    """Keeps accounts, sessions and links. What is deleted leaves no address behind."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, account: Account) -> bool:
        """Add an account; False where there is one of the address already."""
        with self._access.writing() as connection:
            return self._access.add_counted(connection, accounts, [_account_row(account)]) > 0

    def change(self, account: Account) -> None:
        """Set role, name, lock and time of sign-in anew."""
        values = _account_row(account)
        with self._access.writing() as connection:
            connection.execute(
                accounts.update().where(accounts.c.id == values.pop("id")).values(**values)
            )

    def get(self, id_: AccountId) -> Account | None:
        """Return an account; None where there is none."""
        return next(iter(self._accounts(accounts.c.id == id_)), None)

    def of_address(self, address_key: str) -> Account | None:
        """Return the account whose address has this keyed hash."""
        return next(iter(self._accounts(accounts.c.address_key == address_key)), None)

    def of_addresses(self, keys: Iterable[str]) -> dict[str, Account]:
        """Return accounts by the keyed hash of the address, for those who have one."""
        found: dict[str, Account] = {}
        for some in chunks(keys):
            found |= {a.address_key: a for a in self._accounts(accounts.c.address_key.in_(some))}
        return found

    def all(self) -> tuple[Account, ...]:
        """Return every account, the earliest first."""
        return tuple(self._accounts())

    def erase(self, id_: AccountId) -> bool:
        """Delete an account with all that is its own; True if there was one."""
        with self._access.writing() as connection:
            found = self.get(id_)
            if found is None:
                return False
            for table in (*OF_ACCOUNT, *OF_ANALYST):
                connection.execute(table.delete().where(table.c.account_id == id_))
            connection.execute(meter.delete().where(meter.c.owner == id_))
            mine = sign_in_links.c.address_key == found.address_key
            connection.execute(sign_in_links.delete().where(mine))
            erase_owner(connection, id_)
            connection.execute(accounts.delete().where(accounts.c.id == id_))
        return True

    def _accounts(self, *where: ColumnElement[bool]) -> Iterable[Account]:
        from sqlalchemy import select

        query = select(accounts).where(*where).order_by(accounts.c.created_at, accounts.c.id)
        with self._access.reading() as connection:
            return [_account_of(row) for row in connection.execute(query)]

    # Links

    def add_link(self, link: SignInLink) -> None:
        """Keep a link that is about to be mailed."""
        with self._access.writing() as connection:
            connection.execute(sign_in_links.insert(), [_link_row(link)])

    def link(self, key: str) -> SignInLink | None:
        """Return the link whose token has this hash."""
        return next(iter(self._links(sign_in_links.c.key == key)), None)

    def links_of(self, address_key: str) -> tuple[SignInLink, ...]:
        """Return the links of an address, the latest first."""
        return tuple(self._links(sign_in_links.c.address_key == address_key))

    def invitations(self) -> tuple[SignInLink, ...]:
        """Return every invitation, the latest first."""
        return tuple(self._links(sign_in_links.c.invited_by != ""))

    def use_link(self, key: str, *, at: datetime) -> bool:
        """Use a link up; False where it was used or has ended: of two at once one gets True."""
        told = time_text(at)
        live = (
            sign_in_links.c.key == key,
            sign_in_links.c.used_at.is_(None),
            sign_in_links.c.ends_at > told,
        )
        with self._access.writing() as connection:
            done = connection.execute(sign_in_links.update().where(*live).values(used_at=told))
            return bool(done.rowcount)

    def end_links(self, address_key: str, *, at: datetime) -> None:
        """Let no sign-in link of an address work any more; invitations stay."""
        told = time_text(at)
        with self._access.writing() as connection:
            connection.execute(
                sign_in_links.update()
                .where(
                    sign_in_links.c.address_key == address_key,
                    sign_in_links.c.invited_by == "",
                    sign_in_links.c.used_at.is_(None),
                )
                .values(used_at=told)
            )

    def _links(self, *where: ColumnElement[bool]) -> Iterable[SignInLink]:
        from sqlalchemy import select

        query = (
            select(sign_in_links)
            .where(*where)
            .order_by(sign_in_links.c.created_at.desc(), sign_in_links.c.key)
        )
        with self._access.reading() as connection:
            return [_link_of(row) for row in connection.execute(query)]

    # Sessions

    def add_session(self, session: Session) -> None:
        """Keep a session that has begun."""
        row = {
            "key": session.key,
            "account_id": session.account_id,
            "created_at": time_text(session.created_at),
            "seen_at": time_text(session.seen_at),
            "ends_at": time_text(session.ends_at),
            "means": session.means,
            "agent": session.agent,
        }
        with self._access.writing() as connection:
            connection.execute(sessions.insert(), [row])

    def session(self, key: str) -> tuple[Session, Account] | None:
        """Return a session with its account; None where there is none, whatever its end."""
        from sqlalchemy import select

        query = (
            select(sessions, accounts)
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(sessions.c.key == key)
        )
        with self._access.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        told = row._mapping
        return _session_of(told), _account_from(told)

    def sessions_of(self, id_: AccountId) -> tuple[Session, ...]:
        """Return the sessions of an account, the latest seen first."""
        from sqlalchemy import select

        query = (
            select(sessions)
            .where(sessions.c.account_id == id_)
            .order_by(sessions.c.seen_at.desc(), sessions.c.key)
        )
        with self._access.reading() as connection:
            return tuple(_session_of(row._mapping) for row in connection.execute(query))

    def see_session(self, key: str, *, at: datetime) -> None:
        """Note that a session was used."""
        with self._access.writing() as connection:
            connection.execute(
                sessions.update().where(sessions.c.key == key).values(seen_at=time_text(at))
            )

    def end_session(self, key: str) -> None:
        """End one session."""
        with self._access.writing() as connection:
            connection.execute(sessions.delete().where(sessions.c.key == key))

    def end_sessions(self, id_: AccountId, *, but: str = "") -> int:
        """End every session of an account, but the one named; returns how many."""
        mine = (sessions.c.account_id == id_, sessions.c.key != but)
        with self._access.writing() as connection:
            return connection.execute(sessions.delete().where(*mine)).rowcount

    def sweep(self, *, before: datetime) -> None:
        """Delete sessions and links that ended before a moment."""
        told = time_text(before)
        with self._access.writing() as connection:
            for table in (sessions, sign_in_links):
                _sweep(connection, table, told)


def _sweep(connection: Any, table: Table, told: str) -> None:
    connection.execute(table.delete().where(table.c.ends_at < told))


def _account_row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "address": account.address,
        "address_key": account.address_key,
        "role": account.role.value,
        "name": account.name,
        "locked": account.locked,
        "created_at": time_text(account.created_at),
        "signed_in_at": maybe_text(account.signed_in_at),
    }


def _account_of(row: Any) -> Account:
    return _account_from(row._mapping)


def _account_from(told: Mapping[Any, Any]) -> Account:
    of = accounts.c
    return Account(
        address=told[of.address],
        address_key=told[of.address_key],
        role=Role(told[of.role]),
        name=told[of.name],
        locked=told[of.locked],
        created_at=time_of(told[of.created_at]),
        signed_in_at=maybe_time(told[of.signed_in_at]),
    )


def _session_of(told: Mapping[Any, Any]) -> Session:
    of = sessions.c
    return Session(
        key=told[of.key],
        account_id=AccountId(told[of.account_id]),
        created_at=time_of(told[of.created_at]),
        seen_at=time_of(told[of.seen_at]),
        ends_at=time_of(told[of.ends_at]),
        means=told[of.means],
        agent=told[of.agent],
    )


def _link_row(link: SignInLink) -> dict[str, Any]:
    return {
        "key": link.key,
        "address": link.address,
        "address_key": link.address_key,
        "created_at": time_text(link.created_at),
        "ends_at": time_text(link.ends_at),
        "used_at": maybe_text(link.used_at),
        "path": link.path,
        "invited_by": link.invited_by,
        "tier": None if link.tier is None else link.tier.value,
        "role": None if link.role is None else link.role.value,
        "days": link.days,
    }


def _link_of(row: Any) -> SignInLink:
    return SignInLink(
        key=row.key,
        address=row.address,
        address_key=row.address_key,
        created_at=time_of(row.created_at),
        ends_at=time_of(row.ends_at),
        used_at=maybe_time(row.used_at),
        path=row.path,
        invited_by=row.invited_by,
        tier=None if row.tier is None else Tier(row.tier),
        role=None if row.role is None else Role(row.role),
        days=row.days,
    )


def maybe_text(moment: datetime | None) -> str | None:
    """Return a time as the tables hold it; None stays None."""
    return None if moment is None else time_text(moment)


def maybe_time(text: str | None) -> datetime | None:
    """Return the time of :func:`maybe_text`."""
    return None if text is None else time_of(text)
