"""``lodewire accounts`` and ``lodewire leak-test`` on a small desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import lodewire
from tests.delivery.audience import make_desk

T = "2025-03-28T08:00:00Z"
READER = "reader@example.org"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with a brief, whose messenger writes files."""
    return make_desk(tmp_path / "desk")


def test_an_account_from_invitation_to_erasure(folder: Path) -> None:
    """Each step prints what it did; the audit log holds ids and no address."""
    at = ("-d", folder, "--now", T)
    assert "Invited" in lodewire("accounts", "invite", READER, "--tier", "pro", *at).fine().out
    assert len(list((folder / "outbox").glob("*.eml"))) == 1
    told = lodewire("accounts", "grant", READER, "--tier", "pro", "--days", "30", *at).fine()
    assert "pro, pro" in told.out
    rows = json.loads(lodewire("accounts", "list", "--format", "json", *at).fine().out)
    assert [(r["address"], r["tier"], r["until"]) for r in rows] == [(READER, "pro", "2025-04-27")]
    secret = lodewire("accounts", "key", READER, "--scope", "read", *at).fine().out.strip()
    assert secret.startswith("lwk_")
    listed = lodewire("accounts", "key", READER, "--list", *at).fine().out
    assert "works  read" in listed
    lodewire("accounts", "key", READER, "--end", listed.split()[0], *at).fine()
    assert READER in lodewire("accounts", "export", READER, *at).fine().out
    assert "Ended 1 membership" in lodewire("accounts", "revoke", READER, *at).fine().out
    named = lodewire("accounts", "byline", READER, "Ana  Roe", *at).fine()
    assert named.out.strip() == f"Decisions of {READER} are by Ana Roe."
    assert "80 characters" in lodewire("accounts", "byline", READER, "a" * 81, *at).refused()
    lodewire("accounts", "lock", READER, *at).fine()
    lodewire("accounts", "erase", READER, *at).fine()
    audit = lodewire("accounts", "audit", "-d", folder, "--format", "json").fine().out
    actions = [line["action"] for line in json.loads(audit)]
    assert actions[0] == "delete account"
    assert {"invite", "grant", "key", "revoke key", "revoke", "lock"} <= set(actions)
    assert READER not in audit
    assert "No account yet" in lodewire("accounts", "list", *at).fine().out


def test_who_is_not_there_is_told_plainly(folder: Path) -> None:
    told = lodewire("accounts", "revoke", "nobody@example.org", "-d", folder)
    assert told.code == 1
    assert "has no account" in told.err
    assert lodewire("accounts", "grant", READER, "-d", folder).code == 2


def test_the_leak_test_tells_what_it_did(folder: Path) -> None:
    told = lodewire("leak-test", "-d", folder, "--most", "20").fine().out
    assert "enterprise: sees everything" in told
    assert "mails and posts were looked through" in told
    found = json.loads(lodewire("leak-test", "-d", folder, "--format", "json", "--most", "5").out)
    assert found["leaks"] == []
