"""Consent: nobody is subscribed who did not say so twice, and no stranger learns who is."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest

from lodewire.delivery.links import LASTS, Purpose, make_link
from lodewire.delivery.messages import Message
from lodewire.errors import AddressRefused, ConfigError, DeliveryError, LedgerError, LinkRefused
from lodewire.ledger.keeping import back_up
from lodewire.ledger.schema import tables
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.audience import (
    ConsentStep,
    Frequency,
    Preferences,
    SubscriberState,
    SuppressionReason,
)
from lodewire.model.vocabulary import Desk
from lodewire.workbench.letters.subscribing import (
    ASK_AGAIN,
    Origin,
    Subscriptions,
    open_subscriptions,
)

from .audience import NOW, add_active, make_desk, opened

SITE = Origin(source="site", network="192.0.2.7")
WANTED = Preferences(desks=(Desk.OIL_GAS,), timezone="Asia/Tokyo")
A = "a@example.org"


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Subscriptions, Ledger]:
    place = "desk.db"
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres_server").new_ledger()
    _, ledger, subscriptions = opened(make_desk(tmp_path / "desk", place=place))
    return subscriptions, ledger


def token_in(message: Message | None, page: str = "confirm") -> str:
    assert message is not None
    # Quoted-printable breaks long lines with "=".
    found = re.search(rf"/{page}/(\S+)", message.body.decode().replace("=\r\n", ""))
    assert found is not None
    return found[1]


def test_a_subscription_is_pending_until_its_link_is_opened_once(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    token = token_in(subscriptions.ask(A, WANTED, SITE, now=NOW))
    asked = subscriptions.of_address(A)
    assert asked is not None
    assert asked.state is SubscriberState.PENDING
    later = NOW + timedelta(minutes=5)
    active = subscriptions.confirm(token, SITE, now=later)
    assert (active.state, active.preferences) == (SubscriberState.ACTIVE, WANTED)
    with pytest.raises(LinkRefused):
        subscriptions.confirm(token, SITE, now=later)
    steps = ledger.subscribers.consents(active.id)
    assert [(s.step, s.at) for s in steps] == [
        (ConsentStep.ASKED, NOW),
        (ConsentStep.CONFIRMED, later),
    ]
    assert all(s.wording == "1" and s.source == "site" for s in steps)
    assert steps[0].origin_key == subscriptions.key.hash_origin("192.0.2.7")
    assert "192.0.2.7" not in str(subscriptions.told_of(active))


def test_a_link_that_is_late_or_of_an_earlier_round_confirms_nothing(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, _ = desk
    token = token_in(subscriptions.ask(A, WANTED, SITE, now=NOW))
    lasts = LASTS[Purpose.CONFIRM]
    assert lasts is not None
    with pytest.raises(LinkRefused):
        subscriptions.confirm(token, SITE, now=NOW + lasts)
    active = subscriptions.confirm(token, SITE, now=NOW + timedelta(hours=1))
    subscriptions.leave(active, SITE, now=NOW + timedelta(hours=2))
    with pytest.raises(LinkRefused):
        subscriptions.confirm(token, SITE, now=NOW + timedelta(hours=3))
    subscriptions.ask(A, WANTED, SITE, now=NOW + timedelta(hours=4))
    with pytest.raises(LinkRefused):
        subscriptions.confirm(token, SITE, now=NOW + timedelta(hours=5))


def test_strangers_cannot_tell_known_addresses_or_flood_them(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    """A mail goes to each of them, at most once an hour, and changes nothing for who is active."""
    subscriptions, ledger = desk
    add_active(subscriptions, [A])
    later = NOW + ASK_AGAIN
    known = subscriptions.ask(A, WANTED, SITE, now=later)
    new = subscriptions.ask("b@example.org", WANTED, SITE, now=later)
    assert known is not None
    assert new is not None
    assert "you are subscribed already" in known.body.decode()
    active = subscriptions.of_address(A)
    assert active is not None
    assert (active.state, active.preferences) == (SubscriberState.ACTIVE, Preferences())
    for address in (A, "b@example.org"):
        soon = later + ASK_AGAIN - timedelta(seconds=1)
        assert subscriptions.ask(address, WANTED, SITE, now=soon) is None
        assert subscriptions.ask(address, WANTED, SITE, now=later + ASK_AGAIN) is not None
    token = make_link(subscriptions.key, Purpose.UNSUBSCRIBE, active, now=NOW)
    subscriptions.erase(A, now=NOW)
    subscriptions.erase("never@example.org", now=NOW)
    subscriptions.unsubscribe(token, SITE, now=NOW)
    assert ledger.subscribers.counts()[SubscriberState.ACTIVE] == 0


def test_who_left_is_not_brought_back_by_a_list_or_a_stranger(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    add_active(subscriptions, [A, "e@example.org"])
    who = subscriptions.of_address(A)
    erased = subscriptions.of_address("e@example.org")
    assert who is not None
    assert erased is not None
    subscriptions.leave(who, SITE, now=NOW)
    subscriptions.leave(who, SITE, now=NOW)
    subscriptions.erase("E@example.org", now=NOW)
    assert [c.step for c in ledger.subscribers.consents(who.id)].count(ConsentStep.WITHDRAWN) == 1
    assert subscriptions.add_all([(who, ()), (erased, ())]) == (0, 0, 2)
    later = NOW + timedelta(hours=2)
    token = token_in(subscriptions.ask("e@example.org", WANTED, SITE, now=later))
    barred = ledger.subscribers.suppression(erased.address_key)
    assert barred is not None
    assert (barred.reason, barred.lifted_at) == (SuppressionReason.ERASED, None)
    subscriptions.confirm(token, SITE, now=later)
    lifted = ledger.subscribers.suppression(erased.address_key)
    assert lifted is not None
    assert lifted.lifted_at == later
    assert ledger.subscribers.suppressed([who.address_key, erased.address_key]) == {who.address_key}


def test_nothing_of_an_erased_person_is_left_but_the_keyed_hash(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    token = token_in(subscriptions.ask("Jane.Doe@example.org", WANTED, SITE, now=NOW))
    who = subscriptions.confirm(token, SITE, now=NOW)
    subscriptions.erase("jane.doe@EXAMPLE.org", now=NOW)
    held = []
    with ledger._access.reading() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(table.select()):
                told = str(tuple(row)).lower()
                assert "jane" not in told, table.name
                if who.address_key in told or who.id in told:
                    held.append(table.name)
    assert held == ["suppressions"]


def test_preferences_are_changed_by_a_signed_link_without_a_password(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, _ = desk
    add_active(subscriptions, [A])
    who = subscriptions.of_address(A)
    assert who is not None
    token = make_link(subscriptions.key, Purpose.PREFERENCES, who, now=NOW)
    wanted = Preferences(frequency=Frequency.WEEKLY, timezone="America/New_York", hour=18)
    assert subscriptions.holder(token, now=NOW) == who
    assert subscriptions.prefer(token, wanted, SITE, now=NOW).preferences == wanted
    found = subscriptions.of_address(A)
    assert found is not None
    assert found.preferences == wanted
    with pytest.raises(DeliveryError, match="no time zone"):
        subscriptions.prefer(token, Preferences(timezone="Mars/Base"), SITE, now=NOW)
    stop = make_link(subscriptions.key, Purpose.UNSUBSCRIBE, who, now=NOW)
    with pytest.raises(LinkRefused):
        subscriptions.prefer(stop, wanted, SITE, now=NOW)


def test_what_cannot_be_written_to_is_refused_before_anything_is_kept(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    with pytest.raises(AddressRefused):
        subscriptions.ask("a@b", WANTED, SITE, now=NOW)
    with pytest.raises(DeliveryError):
        subscriptions.ask(A, Preferences(timezone="Mars/Base"), SITE, now=NOW)
    assert set(ledger.subscribers.counts().values()) == {0}


def test_another_key_is_noticed_and_refused(tmp_path: Path) -> None:
    """With it nobody who left would be known again."""
    folder = make_desk(tmp_path / "desk")
    desk, ledger, _ = opened(folder)
    open_subscriptions(desk, ledger, now=NOW)
    (folder / "keys" / "newsletter.key").unlink()
    with pytest.raises(LedgerError, match="not the one"):
        open_subscriptions(desk, ledger, now=NOW)
    ledger.close()


def test_a_desk_without_an_address_sends_nothing(tmp_path: Path) -> None:
    folder = make_desk(tmp_path / "desk")
    file = folder / "desk.toml"
    file.write_text(file.read_text().replace("editor@example.org", "https://example.org"))
    _, ledger, subscriptions = opened(folder)
    with pytest.raises(ConfigError, match="no address that mail comes from"):
        subscriptions.ask(A, WANTED, SITE, now=NOW)
    assert set(ledger.subscribers.counts().values()) == {0}
    ledger.close()


def test_export_and_backup_treat_the_audience_apart(tmp_path: Path) -> None:
    """The ledger's export is for others to read: no address is in it."""
    folder = make_desk(tmp_path / "desk")
    _, ledger, subscriptions = opened(folder)
    add_active(subscriptions, [A])
    out = io.StringIO()
    ledger.export(out)
    assert A not in out.getvalue()
    back_up(ledger, tmp_path / "copy.db", lambda *_: None)
    with open_ledger(tmp_path / "copy.db") as copy:
        assert [s.address for s in copy.subscribers.all()] == [A]
    ledger.close()
