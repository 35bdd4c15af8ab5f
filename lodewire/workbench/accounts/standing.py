"""What tier an account, or the address of a letter, has at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from lodewire.ledger.store import Ledger
from lodewire.model.account import Account, Membership, Standing
from lodewire.model.tier import Role, Tier


def standing_of(account: Account, held: Sequence[Membership], *, now: datetime) -> Standing:
    """Return the best tier of the memberships that hold. Editors and admins see everything."""
    if account.role in (Role.EDITOR, Role.ADMIN):
        return Standing(account=account, tier=Tier.ENTERPRISE)
    live = [m for m in held if m.holds(now)]
    best = max(live, key=lambda m: m.tier.rank, default=None)
    if best is None:
        return Standing(account=account, tier=Tier.REGISTERED)
    return Standing(account=account, tier=best.tier, until=best.until)


def tiers_of(ledger: Ledger, address_keys: Iterable[str], *, now: datetime) -> dict[str, Tier]:
    """Return the tier of each address by its keyed hash; free where it has no account.

    Two queries for up to five hundred addresses: letters ask for many at once.
    """
    keys = list(address_keys)
    accounts = ledger.accounts.of_addresses(keys)
    held = ledger.rights.memberships_of_addresses(accounts)
    return {
        key: Tier.FREE
        if (account := accounts.get(key)) is None or account.locked
        else standing_of(account, held.get(key, []), now=now).tier
        for key in keys
    }
