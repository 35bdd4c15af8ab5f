"""A small desk that has read one article, and learns of a second when a test says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lodewire.config.desk import DeskConfig, load_desk
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.account import Account, Membership, MembershipId, MembershipSource
from lodewire.model.alert import DESK_OWNER, Firing, Rule, Watch, WatchKind
from lodewire.model.tier import Role, Tier
from lodewire.pipeline.run import process
from lodewire.workbench.alerts.firing import fire_rules
from lodewire.workbench.alerts.ruling import add_watch, keep_rule, make_rule
from lodewire.workbench.alerts.watching import watch_of
from tests.pipeline.pages import NOW, OUTAGE, page
from tests.workbench.alerts.receiver import Receiver, receiving

DEAL = (
    "MMG has agreed to acquire the Khoemacau copper mine in Botswana for $1.875 billion, it said "
    "on Tuesday."
)
DESK = """
name = "Metals desk"
contact = "desk@example.org"
[sources]
shipped = false
[brief]
base_url = "https://desk.example.org"
[newsletter]
sender = "desk@example.org"
[channels]
allow_private_addresses = true
timeout_seconds = 1
"""
#: Before anything was read, between the two articles, after both.
EARLIER, BETWEEN, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1), NOW + timedelta(2)


@dataclass
class Small:
    """The desk, and short ways to do what tests do."""

    desk: DeskConfig
    ledger: Ledger
    owner: str = DESK_OWNER

    def learn(self, now: datetime, *, number: int = 2, text: str = OUTAGE) -> None:
        """Read another article."""
        self.ledger.captures.add_all([page(text, number=number, source="daily")])
        process(self.ledger, self.desk, now=now, workers=1)

    def watch(self, kind: str, words: str, *, now: datetime = EARLIER) -> Watch:
        """Put something on the list."""
        found = watch_of(self.ledger, self.desk, self.owner, WatchKind(kind), words, now=now)
        add_watch(self.ledger, self.desk, found)
        return found

    def rule(self, name: str = "All", *, now: datetime = EARLIER, **how: object) -> Rule:
        """Keep a rule."""
        made = make_rule(self.ledger, self.desk, self.owner, name, now=now, **how)  # type: ignore[arg-type]
        keep_rule(self.ledger, self.desk, made)
        return made

    def fire(self, now: datetime) -> tuple[Firing, ...]:
        """Hold what changed against the rules."""
        return fire_rules(self.ledger, self.desk, now=now)

    def account(self, address: str = "reader@example.org") -> Account:
        """Make an account without a membership."""
        made = Account(
            address=address, address_key=f"key of {address}", role=Role.READER, created_at=EARLIER
        )
        self.ledger.accounts.add(made)
        return made


def member(small: Small, *, until: datetime | None = None) -> Account:
    """An account with a PRO membership."""
    account = small.account()
    make_member(small, account, until=until)
    return account


def make_member(small: Small, account: Account, *, until: datetime | None = None) -> None:
    """Give an account a PRO membership."""
    small.ledger.rights.add_membership(
        Membership(
            id=MembershipId("mb"),
            account_id=account.id,
            tier=Tier.PRO,
            source=MembershipSource.ADMIN,
            since=EARLIER,
            until=until,
        )
    )


@pytest.fixture(scope="package")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk that has read the deal."""
    folder = tmp_path_factory.mktemp("alerts")
    (folder / "desk.toml").write_text(DESK, encoding="utf-8")
    with open_ledger(folder / "desk.db", create=True) as ledger:
        ledger.captures.add_all([page(DEAL, number=1, source="wire")])
        process(ledger, load_desk(folder), now=NOW, workers=1)
    return folder


@pytest.fixture
def small(read_once: Path, tmp_path: Path) -> Iterator[Small]:
    """A copy of it for one test."""
    folder = tmp_path / "desk"
    shutil.copytree(read_once, folder)
    with open_ledger(folder / "desk.db") as ledger:
        yield Small(load_desk(folder), ledger)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that takes posts."""
    with receiving() as found:
        yield found
