"""Callers by the keys of accounts: what a membership gives, and so many calls a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from lodewire.errors import TooMany
from lodewire.model.account import Scope
from lodewire.model.tier import Part, Plan, Reach, Tier
from lodewire.web.api.callers import Caller, KeyRefused, Spent
from lodewire.workbench.accounts.keys import KeyHolder, key_holder, spend_call
from lodewire.workbench.accounts.people import Accounts

KEY_A_MINUTE = 600
_DESCRIPTION = "/api/v1/openapi.json"
_EXPORTS = "/api/v1/exports/"


class KeyCallers:
    """Tells callers by their keys; without one as far as everybody sees the API."""

    def __init__(
        self,
        accounts: Accounts,
        *,
        plan: Plan | None = None,
        a_minute: int = KEY_A_MINUTE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._accounts = accounts
        self._plan = plan or accounts.desk.tiers.plan
        self._a_minute = a_minute
        self._clock = clock

    def of(self, key: str | None, host: str, path: str) -> Caller:
        """Return the caller; a key's call of the day is spent. Raises KeyRefused and Spent."""
        plan = self._plan
        if key is None:
            if path != _DESCRIPTION and not plan.sees(Tier.FREE, Part.API):
                raise KeyRefused(
                    'Send the header "Authorization: Bearer KEY"; your account page makes keys.'
                )
            return Caller(name=f"host {host}", reach=Reach(tier=Tier.FREE, plan=plan))
        holder = self._holder(key, host)
        tier = holder.standing.tier
        if not plan.sees(tier, Part.API):
            raise KeyRefused(f"The API is for {plan.needed(Part.API).value} members.", 403)
        scope = Scope.EXPORT if path.startswith(_EXPORTS) else Scope.READ
        if not holder.may(scope):
            raise KeyRefused(f"This key has not the scope {scope.value}.", 403)
        self._spend(holder, self._clock())
        return Caller(
            name=f"key {holder.key.id}",
            a_minute=self._a_minute,
            reach=Reach(tier=tier, plan=plan),
        )

    def _spend(self, holder: KeyHolder, now: datetime) -> None:
        spent = spend_call(self._accounts, holder, now=now)
        if not spent.allowed:
            wait = max(1, int((spent.resets - now).total_seconds()))
            raise Spent(f"The {spent.quota:,} calls of this day (UTC) are used up.", wait)

    def _holder(self, key: str, host: str) -> KeyHolder:
        try:
            holder = key_holder(self._accounts, key, origin=host, now=self._clock())
        except TooMany as error:
            raise Spent(error.message, 60) from error
        if holder is None:
            raise KeyRefused("It was withdrawn, has ended, or never was a key of this desk.")
        return holder
