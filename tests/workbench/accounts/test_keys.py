"""API keys, roles, export and the end of an account."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from lodewire.errors import AccountError, TooMany
from lodewire.model.account import Scope
from lodewire.model.tier import Role, Tier
from lodewire.workbench.accounts.keys import (
    key_holder,
    make_key,
    revoke_key,
    spend_call,
)
from lodewire.workbench.accounts.mine import erase_account, told_of
from lodewire.workbench.accounts.payments import take_notice
from lodewire.workbench.accounts.people import Accounts
from lodewire.workbench.accounts.standing import tiers_of
from tests.workbench.accounts.test_payments import NOW, checkout, notice

ORIGIN = "192.0.2.1"


def test_a_key_works_in_its_scopes_until_it_ends(accounts: Accounts) -> None:
    account = accounts.add("reader@example.org", now=NOW)
    accounts.grant(account, Tier.PRO, until=None, actor="admin", now=NOW)
    key, secret = make_key(
        accounts, account, "table", [Scope.READ], days=10, actor=account.id, now=NOW
    )
    assert secret not in json.dumps(told_of(accounts, account, now=NOW))
    assert key.key not in json.dumps(told_of(accounts, account, now=NOW))
    holder = key_holder(accounts, secret, origin=ORIGIN, now=NOW)
    assert holder is not None
    assert holder.may(Scope.READ)
    assert not holder.may(Scope.EXPORT)
    assert holder.standing.tier is Tier.PRO
    spent = [spend_call(accounts, holder, now=NOW) for _ in range(4)]
    assert [(s.allowed, s.left) for s in spent] == [(True, 2), (True, 1), (True, 0), (False, 0)]
    assert spent[0].resets == datetime(2025, 3, 29, tzinfo=UTC)
    assert spend_call(accounts, holder, now=NOW + timedelta(days=1)).allowed
    assert key_holder(accounts, secret, origin=ORIGIN, now=NOW + timedelta(days=10)) is None
    assert revoke_key(accounts, key, actor="admin", now=NOW)
    assert key_holder(accounts, secret, origin=ORIGIN, now=NOW) is None


def test_a_key_ends_with_its_account_being_locked_and_quotas_with_the_tier(
    accounts: Accounts,
) -> None:
    account = accounts.add("reader@example.org", now=NOW)
    _, secret = make_key(accounts, account, "", [Scope.READ], quota=99, actor="x", now=NOW)
    holder = key_holder(accounts, secret, origin=ORIGIN, now=NOW)
    assert holder is not None
    assert holder.quota == 0, "a reader who pays nothing has no calls"
    accounts.lock(account, locked=True, actor="admin", now=NOW)
    assert key_holder(accounts, secret, origin=ORIGIN, now=NOW) is None


def test_trying_keys_shuts_the_door(accounts: Accounts) -> None:
    for _ in range(30):
        assert key_holder(accounts, "lwk_" + "a" * 43, origin=ORIGIN, now=NOW) is None
    with pytest.raises(TooMany):
        key_holder(accounts, "lwk_" + "b" * 43, origin=ORIGIN, now=NOW)
    assert key_holder(accounts, "x", origin="192.0.2.2", now=NOW) is None


def test_only_editors_have_keys_that_edit(accounts: Accounts) -> None:
    account = accounts.add("reader@example.org", now=NOW)
    with pytest.raises(AccountError, match="only editors"):
        make_key(accounts, account, "", [Scope.EDIT], actor="x", now=NOW)
    editor = accounts.set_role(account, Role.EDITOR, actor="admin", now=NOW)
    make_key(accounts, editor, "", [Scope.EDIT], actor="x", now=NOW)
    with pytest.raises(AccountError, match="needs a scope"):
        make_key(accounts, editor, "", [], actor="x", now=NOW)


def test_roles_and_tiers_follow_who_pays_and_who_works_here(accounts: Accounts) -> None:
    reader = accounts.add("reader@example.org", now=NOW)
    assert accounts.standing(reader, now=NOW).role is Role.READER
    accounts.grant(reader, Tier.PRO, until=NOW + timedelta(days=1), actor="admin", now=NOW)
    assert accounts.standing(reader, now=NOW).role is Role.PRO
    assert accounts.standing(reader, now=NOW + timedelta(days=1)).role is Role.READER
    editor = accounts.add("editor@example.org", now=NOW, role=Role.EDITOR)
    standing = accounts.standing(editor, now=NOW)
    assert (standing.role, standing.tier, standing.edits) == (Role.EDITOR, Tier.ENTERPRISE, True)
    with pytest.raises(AccountError, match="not granted"):
        accounts.grant(reader, Tier.REGISTERED, until=None, actor="admin", now=NOW)
    keys = [reader.address_key, editor.address_key, "unknown"]
    assert list(tiers_of(accounts.ledger, keys, now=NOW).values()) == [
        Tier.PRO,
        Tier.ENTERPRISE,
        Tier.FREE,
    ]


def test_a_person_is_told_all_and_can_go(accounts: Accounts) -> None:
    body = notice("checkout.session.completed", checkout(), "evt_1")
    take_notice(accounts, body, now=NOW)
    account = accounts.of_address("payer@example.org")
    told = told_of(accounts, account, now=NOW)
    assert told["account"]["address"] == "payer@example.org"
    assert told["memberships"][0]["reference"] == "sub_1"
    with pytest.raises(AccountError, match="still running"):
        erase_account(accounts, account, actor=account.id, now=NOW)
    accounts.revoke(account, actor=account.id, now=NOW)
    erase_account(accounts, account, actor=account.id, now=NOW)
    assert accounts.ledger.accounts.all() == ()
    lines = accounts.ledger.counted.audit()
    assert lines[0].action == "delete account"
    assert "payer@example.org" not in repr(lines)
