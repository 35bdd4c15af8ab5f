"""The table of what one account buys: kept as it was sent, under the account and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lodewire.analytics.holdings import positions_of, read_own_table
from lodewire.analytics.own_exposure import OwnView
from lodewire.config.desk import DeskConfig
from lodewire.errors import HoldingError
from lodewire.ledger.store import Ledger
from lodewire.model.account import AccountId
from lodewire.model.desk_work import Holdings
from lodewire.model.holding import OwnTable, Position
from lodewire.model.plain import plain
from lodewire.workbench.own.own_exposure import view_on
from lodewire.workbench.own.own_store import read_useful

LONGEST_TABLE = 2_000_000
"""Bytes of a table that an account keeps."""
MOST_ROWS = 20_000
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """An account's table as it is read today."""

    kept: Holdings
    table: OwnTable
    positions: tuple[Position, ...]


def keep_account_table(
    ledger: Ledger,
    account: AccountId,
    body: bytes,
    *,
    file: str,
    decimal: str | None,
    now: datetime,
) -> OwnTable:
    """Keep a table in place of the account's one before; returns what was read of it.

    Raises HoldingError for what is no table, is too large, or names no material that is known.
    """
    if len(body) > LONGEST_TABLE:
        raise HoldingError(
            f"the table has more than {LONGEST_TABLE:,} bytes",
            hint="send the columns and rows that matter",
        )
    table = read_useful(body, decimal=decimal)
    if table.rows > MOST_ROWS:
        raise HoldingError(
            f"the table has {table.rows:,} rows", hint=f"send {MOST_ROWS:,} rows at most"
        )
    name = plain(file.replace("\\", "/").rpartition("/")[2]).strip()[:_LONGEST_NAME]
    ledger.desk_work.keep_holdings(
        Holdings(
            account_id=account,
            file=name or "table.csv",
            version=table.version,
            decimal=decimal,
            rows=table.rows,
            mapped=len({h.row for h in table.holdings}),
            loaded_at=now,
            body=body,
        )
    )
    return table


def account_table(ledger: Ledger, account: AccountId) -> KeptTable | None:
    """Return the table of an account, read anew: a better ontology maps an older one better."""
    kept = ledger.desk_work.holdings_of(account)
    if kept is None:
        return None
    table = read_own_table(kept.body, decimal=kept.decimal)
    return KeptTable(kept=kept, table=table, positions=positions_of(table.holdings))


def account_view(desk: DeskConfig, ledger: Ledger, kept: KeptTable, day: date) -> OwnView:
    """Return an account's table as events are held against it."""
    return view_on(desk, ledger, kept.table, day)
