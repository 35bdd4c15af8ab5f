"""The audit log as people read it: who, by a masked address, did what, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lodewire.delivery.addresses import mask
from lodewire.ledger.store import Ledger
from lodewire.model.account import AccountId, AuditLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A line with the one who acted: a masked address, or what acted where no account did."""

    line: AuditLine
    who: str


def audit_of(
    ledger: Ledger,
    *,
    of: str = "",
    acts: str = "",
    since: datetime | None = None,
    limit: int = 100,
) -> tuple[Audited, ...]:
    """Return lines, the latest first; of one subject or actor, of acts that begin so, since then.

    An account that was erased is shown by its id: the log keeps no address.
    """
    lines = ledger.counted.audit(of, acts=acts, since=since, limit=limit)
    known: dict[str, str] = {}
    for actor in {line.actor for line in lines if line.actor.startswith("ac_")}:
        found = ledger.accounts.get(AccountId(actor))
        if found is not None:
            known[actor] = mask(found.address)
    return tuple(Audited(line=line, who=known.get(line.actor, line.actor)) for line in lines)
