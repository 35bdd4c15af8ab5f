"""Who watches: what an account, or the desk itself, may be told at a moment."""

from __future__ import annotations

from datetime import datetime

from lodewire.config.desk import DeskConfig
from lodewire.ledger.store import Ledger
from lodewire.model.account import Account, AccountId
from lodewire.model.alert import DESK_OWNER, Endpoint
from lodewire.model.tier import Part, Reach, Tier
from lodewire.workbench.accounts.standing import standing_of


def account_of(ledger: Ledger, owner: str) -> Account | None:
    """Return the account that an owner is; None for the desk, and for one that is gone."""
    return None if owner == DESK_OWNER else ledger.accounts.get(AccountId(owner))


def reach_of(desk: DeskConfig, ledger: Ledger, owner: str, *, now: datetime) -> Reach | None:
    """Return what an owner sees; None for an account that is gone or locked."""
    plan = desk.tiers.plan
    if owner == DESK_OWNER:
        return Reach(tier=Tier.ENTERPRISE, plan=plan)
    found = account_of(ledger, owner)
    if found is None or found.locked:
        return None
    held = ledger.rights.memberships_of(found.id)
    return Reach(tier=standing_of(found, held, now=now).tier, plan=plan)


def alert_reach(desk: DeskConfig, ledger: Ledger, owner: str, *, now: datetime) -> Reach | None:
    """Return what an owner sees; None for one who is told no alerts, or no longer."""
    reach = reach_of(desk, ledger, owner, now=now)
    return reach if reach is not None and reach.sees(Part.ALERTS) else None


def channel_reach(
    desk: DeskConfig, ledger: Ledger, endpoint: Endpoint, *, now: datetime
) -> Reach | None:
    """Return what is told at a channel: its own tier, and never more than its owner sees."""
    reach = reach_of(desk, ledger, endpoint.owner, now=now)
    if reach is None or endpoint.tier is None:
        return reach
    tier = min(reach.tier, endpoint.tier, key=lambda t: t.rank)
    return Reach(tier=tier, plan=reach.plan)
