"""Accounts on each engine: what is kept, used once, counted, and gone when a person asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, func, inspect, select

from lodewire.ledger.account_tables import OF_ACCOUNT, accounts, audit
from lodewire.ledger.schema import tables
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.account import (
    Account,
    ApiKey,
    AuditLine,
    KeyId,
    Membership,
    MembershipId,
    MembershipSource,
    Passkey,
    Scope,
    Session,
    SignInLink,
)
from lodewire.model.tier import Role, Tier

NOW = datetime(2025, 3, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MARY = Account(address="mary@example.org", address_key="a" * 64, role=Role.READER, created_at=NOW)
LINK = SignInLink(
    key="b" * 64,
    address=MARY.address,
    address_key=MARY.address_key,
    created_at=NOW,
    ends_at=NOW + DAY,
    path="/brief/2025-03-28",
    invited_by="ac_boss",
    tier=Tier.PRO,
    role=Role.EDITOR,
    days=30,
)
SESSION = Session(
    key="c" * 64,
    account_id=MARY.id,
    created_at=NOW,
    seen_at=NOW,
    ends_at=NOW + DAY,
    means="link",
    agent="Firefox",
)
PASSKEY = Passkey(
    credential="d" * 43, account_id=MARY.id, public_key=b"\0\1", count=0, name="phone",
    created_at=NOW,
)  # fmt: skip
KEY = ApiKey(
    id=KeyId("k1"),
    key="e" * 64,
    account_id=MARY.id,
    name="table",
    scopes=(Scope.EXPORT, Scope.READ),
    created_at=NOW,
    quota=5,
)
MEMBER = Membership(
    id=MembershipId("mb_1"),
    account_id=MARY.id,
    tier=Tier.PRO,
    source=MembershipSource.PAYMENT,
    since=NOW,
    until=NOW + DAY,
    reference="sub_1",
)


def fill(ledger: Ledger) -> None:
    assert ledger.accounts.add(MARY)
    ledger.accounts.add_link(LINK)
    ledger.accounts.add_session(SESSION)
    assert ledger.rights.add_passkey(PASSKEY)
    ledger.rights.add_key(KEY)
    ledger.rights.add_membership(MEMBER)


def test_what_is_kept_is_given_back(ledger: Ledger) -> None:
    fill(ledger)
    assert not ledger.accounts.add(MARY)
    assert ledger.accounts.of_address(MARY.address_key) == MARY == ledger.accounts.get(MARY.id)
    changed = replace(MARY, role=Role.ADMIN, locked=True, signed_in_at=NOW)
    ledger.accounts.change(changed)
    assert ledger.accounts.session(SESSION.key) == (SESSION, changed)
    assert ledger.accounts.link(LINK.key) == LINK
    assert ledger.accounts.invitations() == (LINK,)
    assert ledger.rights.passkeys_of(MARY.id) == (PASSKEY,)
    assert not ledger.rights.add_passkey(replace(PASSKEY, name="another"))
    assert ledger.rights.key(KEY.key) == KEY
    assert ledger.rights.of_reference("sub_1") == MEMBER
    assert ledger.rights.memberships_of_addresses([MARY.address_key, "x"]) == {
        MARY.address_key: [MEMBER]
    }
    assert ledger.integrity() == ()


def test_a_link_is_used_once_and_not_after_its_end(ledger: Ledger) -> None:
    fill(ledger)
    late = replace(LINK, key="f" * 64)
    ledger.accounts.add_link(late)
    assert not ledger.accounts.use_link(late.key, at=NOW + DAY)
    assert ledger.accounts.use_link(LINK.key, at=NOW)
    assert not ledger.accounts.use_link(LINK.key, at=NOW)
    mailed = replace(LINK, key="1" * 64, invited_by="")
    ledger.accounts.add_link(mailed)
    ledger.accounts.end_links(MARY.address_key, at=NOW)
    assert not ledger.accounts.use_link(mailed.key, at=NOW)
    assert ledger.accounts.use_link(late.key, at=NOW), "an invitation outlives sign-in links"


def test_counts_stop_at_their_limit_and_windows_are_apart(ledger: Ledger) -> None:
    counted = ledger.counted
    assert [counted.spend("k", "2025-03-28", "call", 2) for _ in range(3)] == [True, True, False]
    opened = [counted.open_once("a", "2025-03", e, 2) for e in ("x", "x", "y", "z", "x")]
    assert opened == [True, True, True, False, True]
    assert counted.used("a", "2025-03") == {"x": 1, "y": 1}
    assert counted.used("a", "2025-04") == {}
    assert [counted.attempt("link", "o", NOW) for _ in range(3)] == [1, 2, 3]
    assert counted.attempts("link", "o", NOW + DAY) == 0


def test_a_challenge_is_answered_once(ledger: Ledger) -> None:
    ledger.counted.ask("k" * 64, "sign-in", "body", ends_at=NOW + DAY)
    assert ledger.counted.answer("k" * 64, "register", now=NOW) is None
    assert ledger.counted.answer("k" * 64, "sign-in", now=NOW) == "body"
    assert ledger.counted.answer("k" * 64, "sign-in", now=NOW) is None
    ledger.counted.ask("k" * 64, "sign-in", "body", ends_at=NOW)
    assert ledger.counted.answer("k" * 64, "sign-in", now=NOW) is None


def test_deleting_an_account_leaves_the_audit_log_alone(ledger: Ledger) -> None:
    fill(ledger)
    ledger.counted.open_once(MARY.id, "2025-03", "ev_x", 3)
    ledger.counted.note(AuditLine(at=NOW, actor=MARY.id, action="delete", subject=MARY.id))
    assert ledger.accounts.erase(MARY.id)
    assert not ledger.accounts.erase(MARY.id)
    with ledger._access.reading() as connection:
        for table in (*OF_ACCOUNT, accounts, tables.tables["sign_in_links"]):
            assert connection.scalar(select(func.count()).select_from(table)) == 0, table.name
        assert connection.scalar(select(func.count()).select_from(audit)) == 1
    assert ledger.counted.used(MARY.id, "2025-03") == {}
    (line,) = ledger.counted.audit(MARY.id)
    assert line.action == "delete"


def test_what_has_ended_is_swept(ledger: Ledger) -> None:
    fill(ledger)
    ledger.counted.attempt("link", "o", NOW)
    ledger.accounts.sweep(before=NOW + 2 * DAY)
    ledger.counted.sweep(before=NOW + DAY)
    assert ledger.accounts.session(SESSION.key) is None
    assert ledger.accounts.link(LINK.key) is None
    assert ledger.counted.attempts("link", "o", NOW) == 0


def test_the_migration_makes_the_tables_that_the_schema_tells(tmp_path: Path) -> None:
    """Column for column, index for index."""
    engine = create_engine("sqlite://")
    tables.create_all(engine)

    def shape(found: object, name: str) -> tuple[object, ...]:
        return (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],  # type: ignore[attr-defined]
            sorted((i["name"], tuple(i["column_names"])) for i in found.get_indexes(name)),  # type: ignore[attr-defined]
            found.get_pk_constraint(name)["constrained_columns"],  # type: ignore[attr-defined]
            sorted(str(k["referred_table"]) for k in found.get_foreign_keys(name)),  # type: ignore[attr-defined]
            sorted(tuple(u["column_names"]) for u in found.get_unique_constraints(name)),  # type: ignore[attr-defined]
        )

    names = [t.name for t in tables.sorted_tables if t.name in _NEW]
    assert len(names) == len(_NEW)
    with (
        open_ledger(tmp_path / "new.db", create=True) as ledger,
        ledger._access.reading() as made,
        engine.connect() as told,
    ):
        for name in names:
            assert shape(inspect(made), name) == shape(inspect(told), name), name
    engine.dispose()


_NEW = (
    "accounts sessions sign_in_links passkeys challenges api_keys memberships payment_notices "
    "meter attempts audit"
).split()
