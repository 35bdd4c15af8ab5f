"""Readers who asked for it are told what touches the table that their account keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lodewire.ledger.store import Ledger
from lodewire.model.account import Account, Membership, MembershipId, MembershipSource
from lodewire.model.audience import Preferences
from lodewire.model.brief import DeskSection
from lodewire.model.tier import Role, Tier
from lodewire.model.vocabulary import Desk
from lodewire.pipeline.run import process
from lodewire.workbench.letters.campaigning import LetterBook, plan_campaign
from lodewire.workbench.letters.subscribing import Subscriptions
from lodewire.workbench.own.account_tables import keep_account_table
from tests.delivery.audience import DAY, NOW, add_active, brief_of, entry, make_desk, opened
from tests.pipeline.pages import page

DEAL = (
    "MMG has agreed to acquire the Khoemacau copper mine in Botswana for $1.875 billion, it said "
    "on Tuesday."
)
TABLE = b"Material,Country,Annual spend (USD)\nCopper cathode,Botswana,4000000\n"
TIN = b"Material,Country,Annual spend (USD)\nTin ingot,Indonesia,4000000\n"
MORNING = NOW + timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Subscriptions, Ledger]:
    """A brief of two insights: a copper deal that the ledger holds, and the price of oil."""
    config, ledger, subscriptions = opened(make_desk(tmp_path / "desk"))
    ledger.captures.add_all([page(DEAL, number=1, source="wire")])
    process(ledger, config, now=NOW, workers=1)
    (event,) = ledger.select()
    told = replace(entry(Desk.MINING_METALS, "MMG buys a mine."), event_id=event.id)
    sections = (
        DeskSection(desk=Desk.MINING_METALS, entries=(told,)),
        DeskSection(desk=Desk.OIL_GAS, entries=(entry(Desk.OIL_GAS, "Oil is cheap."),)),
    )
    ledger.briefs.add(replace(brief_of(), sections=sections, composed_at=MORNING))
    return subscriptions, ledger


def reader(
    desk: tuple[Subscriptions, Ledger],
    wish: Preferences,
    *,
    tier: Tier | None = Tier.PRO,
    table: bytes | None = TABLE,
) -> str:
    """The words that a reader is sent; without a tier there is no account."""
    subscriptions, ledger = desk
    add_active(subscriptions, ["reader@example.org"], wish)
    found = subscriptions.of_address("reader@example.org")
    assert found is not None
    if tier is not None:
        account = Account(
            address=found.address, address_key=found.address_key, role=Role.READER, created_at=NOW
        )
        ledger.accounts.add(account)
        if tier is not Tier.REGISTERED:
            ledger.rights.add_membership(
                Membership(
                    id=MembershipId("mb"),
                    account_id=account.id,
                    tier=tier,
                    source=MembershipSource.ADMIN,
                    since=NOW,
                )
            )
        if table is not None:
            keep_account_table(ledger, account.id, table, file="t.csv", decimal=None, now=NOW)
    campaign = plan_campaign(ledger, DAY, DAY, now=MORNING)
    book = LetterBook(subscriptions, ledger, campaign)
    message = book.message(found, now=MORNING)
    return "" if message is None else message.body.decode()


OWN = Preferences(own=True)
BOTH = ("MMG buys a mine.", "Oil is cheap.")


def told(words: str) -> tuple[bool, bool]:
    """Whether the mine, and whether oil is told."""
    return BOTH[0] in words, BOTH[1] in words


def test_a_member_is_told_what_touches_what_they_buy(desk: tuple[Subscriptions, Ledger]) -> None:
    assert told(reader(desk, OWN)) == (True, False)


def test_names_are_told_besides(desk: tuple[Subscriptions, Ledger]) -> None:
    assert told(reader(desk, Preferences(own=True, concerning=("oil",)))) == (True, True)


def test_who_buys_nothing_that_is_told_is_sent_nothing(desk: tuple[Subscriptions, Ledger]) -> None:
    assert reader(desk, OWN, table=TIN) == ""


@pytest.mark.parametrize(
    ("wish", "tier", "table"),
    [
        (Preferences(), Tier.PRO, TABLE),
        (OWN, Tier.PRO, None),
        (OWN, Tier.REGISTERED, TABLE),
        (OWN, None, None),
    ],
)
def test_without_the_wish_a_table_or_the_tier_all_is_told(
    wish: Preferences, tier: Tier | None, table: bytes | None, desk: tuple[Subscriptions, Ledger]
) -> None:
    assert told(reader(desk, wish, tier=tier, table=table)) == (True, True)
