"""Readers and programs of every tier, played: nobody of them is written anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from lodewire.model.account import Account, AccountId, ApiKey, KeyId, Scope, Session, Standing
from lodewire.model.tier import Plan, Role, Tier
from lodewire.web.api.callers import Caller, Callers, KeyRefused
from lodewire.web.api.key_callers import KeyCallers
from lodewire.web.door import Doorman, now_utc
from lodewire.web.site import Site
from lodewire.web.viewer import Viewer
from lodewire.workbench.accounts.keys import KeyHolder
from lodewire.workbench.accounts.people import Accounts, Visit

_NAME = "leak-test"
_ANY_NUMBER = 10**9  # calls a minute: the test is not to be slowed by the limits it passes


class Played:
    """Whoever is played now; ``tier`` is changed between rounds."""

    def __init__(self) -> None:
        self.tier = Tier.ENTERPRISE

    def standing(self, now: datetime) -> Standing:
        """Return a reader of the tier."""
        account = Account(
            address=f"{_NAME}@example.org", address_key=_NAME, role=Role.READER, created_at=now
        )
        return Standing(account=account, tier=self.tier)


class PlayedDoorman(Doorman):
    """Takes everybody for the reader that is played."""

    def __init__(self, site: Site, played: Played) -> None:
        super().__init__(site)
        self._played = played

    def viewer(self, cookies: Mapping[str, str], headers: Mapping[str, str], client: str) -> Viewer:
        """Return the reader that is played; without a visit for who is not signed in."""
        if self._played.tier is Tier.FREE:
            return Viewer(nonce=_NAME)
        now = now_utc()
        standing = self._played.standing(now)
        session = Session(
            key=_NAME,
            account_id=AccountId(standing.account.id),
            created_at=now,
            seen_at=now,
            ends_at=now,
            means="link",
        )
        visit = Visit(standing=standing, session=session)
        return Viewer(tier=self._played.tier, visit=visit, token=_NAME)


class _PlayedKeys(KeyCallers):
    """The rules of keys, with a key of the tier that is played in place of one of the ledger."""

    def __init__(self, accounts: Accounts, plan: Plan, played: Played) -> None:
        super().__init__(accounts, plan=plan, a_minute=_ANY_NUMBER)
        self._played = played

    def of(self, key: str | None, host: str, path: str) -> Caller:
        """Return the caller: nobody's call without a key on the tier of everybody."""
        shown = None if self._played.tier is Tier.FREE else _NAME
        return replace(super().of(shown, host, path), a_minute=_ANY_NUMBER)

    def _holder(self, key: str, host: str) -> KeyHolder:
        now = now_utc()
        standing = self._played.standing(now)
        made = ApiKey(
            id=KeyId(_NAME),
            key=_NAME,
            account_id=AccountId(standing.account.id),
            name=_NAME,
            scopes=tuple(s for s in Scope if s is not Scope.EDIT),
            created_at=now,
        )
        return KeyHolder(key=made, standing=standing, quota=_ANY_NUMBER)

    def _spend(self, holder: KeyHolder, now: datetime) -> None:
        """No call of nobody is counted."""


class _Nobody:
    """A desk without accounts gives no keys: whoever is not nobody is refused."""

    def __init__(self, site: Site, played: Played) -> None:
        self._site = site
        self._played = played

    def of(self, key: str | None, host: str, path: str) -> Caller:
        """Return everybody's caller. Raises KeyRefused for who would need a key."""
        if self._played.tier is not Tier.FREE:
            raise KeyRefused("This desk gives out no keys.")
        return Caller(name="everybody", a_minute=_ANY_NUMBER, reach=self._site.public())


def played_callers(site: Site, played: Played) -> Callers:
    """Return who calls the API when a reader is played."""
    if site.accounts is None:
        return _Nobody(site, played)
    return _PlayedKeys(site.accounts, site.reach.plan, played)
