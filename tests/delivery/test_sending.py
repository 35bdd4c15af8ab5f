"""One copy for each, whatever the server answers, whoever is killed, however many send."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from lodewire.delivery.messages import Message
from lodewire.delivery.messenger import FileMessenger
from lodewire.delivery.smtp import SmtpMessenger
from lodewire.errors import (
    DeliveryError,
    LedgerError,
    MaybeTaken,
    MessengerAway,
    NotTaken,
    TryLater,
)
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    CampaignState,
    DeliveryState,
    Frequency,
    Preferences,
    SubscriberState,
)
from lodewire.model.vocabulary import Desk
from lodewire.workbench.letters.campaigning import LetterBook, start_campaign
from lodewire.workbench.letters.orphans import check_log, take_up_journals, take_up_orphans
from lodewire.workbench.letters.sending import BACK_OFF, LEASE, send_due
from lodewire.workbench.letters.subscribing import Origin, Subscriptions

from .audience import DAY, NOW, add_active, brief_of, make_desk, opened, sender_of_campaign
from .servers import Handler, smtp_server

HERE = Origin(source="test")
S = DeliveryState


@dataclass
class Told:
    """A messenger that answers as told: an error by recipient, once or always."""

    errors: dict[str, list[Exception]] = field(default_factory=dict)
    taken: list[Message] = field(default_factory=list)

    def deliver(self, message: Message) -> None:
        if left := self.errors.get(message.recipient):
            raise left.pop(0) if len(left) > 1 else left[0]
        self.taken.append(message)

    def holds(self, message_id: str) -> bool | None:
        return None

    def close(self) -> None:
        pass

    @property
    def to(self) -> list[str]:
        return sorted(m.recipient for m in self.taken)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return "desk.db"
    return str(request.getfixturevalue("postgres_server").new_ledger())


@pytest.fixture
def desk(tmp_path: Path, place: str) -> tuple[Subscriptions, Ledger]:
    _, ledger, subscriptions = opened(make_desk(tmp_path / "desk", place=place))
    return subscriptions, ledger


def counts(ledger: Ledger, id_: str) -> dict[str, int]:
    return {s.value: n for s, n in ledger.campaigns.counts(id_).items() if n}  # type: ignore[arg-type]


def test_everybody_is_sent_one_copy_however_often_it_is_run(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    add_active(subscriptions, [f"r{n}@example.org" for n in range(30)])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    messenger = Told()
    for _ in range(3):
        assert start_campaign(ledger, DAY, DAY, now=NOW) == campaign
        sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    assert messenger.to == sorted(f"r{n}@example.org" for n in range(30))
    assert len({m.message_id for m in messenger.taken}) == 30
    assert counts(ledger, campaign.id) == {"sent": 30}
    assert ledger.integrity() == ()


def test_each_answer_leads_to_its_state(desk: tuple[Subscriptions, Ledger]) -> None:
    subscriptions, ledger = desk
    names = ["grey", "spam", "gone", "lost", "good"]
    add_active(subscriptions, [f"{n}@example.org" for n in names])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    messenger = Told(
        errors={
            "grey@example.org": [TryLater("450 later")],
            "spam@example.org": [NotTaken("554 spam")],
            "gone@example.org": [NotTaken("550 5.1.1 nobody", gone=True)],
            "lost@example.org": [MaybeTaken("broke")],
        }
    )
    now = [NOW]
    sender = sender_of_campaign(subscriptions, ledger, campaign, messenger, lambda: now[0])
    for wait in BACK_OFF:
        sender.run()
        assert counts(ledger, campaign.id)["queued"] == 1
        assert ledger.campaigns.next_due(campaign.id) == now[0] + wait
        now[0] += wait
    sender.run()
    ends = {a: (d.state, d.attempts) for d, a in ledger.campaigns.deliveries(campaign.id)}
    assert ends == {
        "grey@example.org": (S.FAILED, len(BACK_OFF) + 1),
        "spam@example.org": (S.FAILED, 1),
        "gone@example.org": (S.BOUNCED, 1),
        "lost@example.org": (S.UNCLEAR, 1),
        "good@example.org": (S.SENT, 1),
    }
    gone = subscriptions.of_address("gone@example.org")
    spam = subscriptions.of_address("spam@example.org")
    assert gone is not None
    assert spam is not None
    assert (gone.state, spam.state) == (SubscriberState.BOUNCED, SubscriberState.ACTIVE)
    assert ledger.subscribers.suppressed([gone.address_key, spam.address_key]) == {gone.address_key}


def test_a_greylisted_copy_is_sent_later_and_once(desk: tuple[Subscriptions, Ledger]) -> None:
    subscriptions, ledger = desk
    add_active(subscriptions, ["a@example.org"])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    now = [NOW]
    messenger = Told(errors={"a@example.org": [TryLater("450"), TryLater("450")]})
    sender = sender_of_campaign(subscriptions, ledger, campaign, messenger, lambda: now[0])
    sender.run()
    assert messenger.taken == []
    messenger.errors.clear()
    sender.run()
    assert messenger.taken == [], "not before its time"
    now[0] += BACK_OFF[0]
    sender.run()
    sender.run()
    assert messenger.to == ["a@example.org"]


def test_a_server_that_is_away_costs_no_reader_an_attempt(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    add_active(subscriptions, ["a@example.org"])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    away = MessengerAway("no connection", again=True)
    messenger = Told(errors={"a@example.org": [away]})
    with pytest.raises(MessengerAway):
        sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    ((delivery, _),) = ledger.campaigns.deliveries(campaign.id)
    assert (delivery.state, delivery.attempts) == (S.QUEUED, 0)
    messenger.errors["a@example.org"] = [away]
    del messenger.errors["a@example.org"]
    sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    assert messenger.to == ["a@example.org"]


def test_who_unsubscribes_or_is_erased_during_the_campaign_gets_nothing_more(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    """The claim of each copy looks anew."""
    subscriptions, ledger = desk
    add_active(subscriptions, [f"r{n}@example.org" for n in range(6)])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)

    @dataclass
    class Leaving(Told):
        left: set[str] = field(default_factory=set)

        def deliver(self, message: Message) -> None:
            super().deliver(message)
            for delivery, address in ledger.campaigns.deliveries(campaign.id, S.QUEUED):
                if len(self.left) >= 4:
                    return
                who = subscriptions.of_address(address)
                assert who is not None
                assert delivery.subscriber_id == who.id
                if len(self.left) < 2:
                    subscriptions.leave(who, HERE, now=NOW)
                else:
                    subscriptions.erase(address, now=NOW)
                self.left.add(address)

    messenger = Leaving()
    sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    assert len(messenger.left) == 4
    assert len(messenger.taken) == 2
    assert not messenger.left & set(messenger.to)
    assert counts(ledger, campaign.id) == {"sent": 2, "skipped": 2}


def test_pause_resume_and_cancel_hold_at_the_next_copy(desk: tuple[Subscriptions, Ledger]) -> None:
    subscriptions, ledger = desk
    add_active(subscriptions, [f"r{n}@example.org" for n in range(4)])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)

    @dataclass
    class Pausing(Told):
        def deliver(self, message: Message) -> None:
            super().deliver(message)
            ledger.campaigns.move(campaign.id, CampaignState.PAUSED, at=NOW)

    messenger = Pausing()
    for n in (1, 2, 3):
        sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
        assert len(messenger.taken) == n
        sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
        assert len(messenger.taken) == n, "paused"
        ledger.campaigns.move(campaign.id, CampaignState.SENDING, at=NOW)
    ledger.campaigns.move(campaign.id, CampaignState.CANCELLED, at=NOW)
    assert counts(ledger, campaign.id) == {"sent": 3, "skipped": 1}
    with pytest.raises(LedgerError, match="cannot go on"):
        ledger.campaigns.move(campaign.id, CampaignState.SENDING, at=NOW)
    ledger.campaigns.move(campaign.id, CampaignState.CANCELLED, at=NOW)
    sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    assert len(messenger.taken) == 3


def test_time_zones_come_in_waves_each_once(desk: tuple[Subscriptions, Ledger]) -> None:
    """On the night that London's clocks go forward: Tokyo, London, New York, each at seven."""
    subscriptions, ledger = desk
    day = DAY + timedelta(days=2)
    ledger.briefs.add(brief_of(day))
    zones = {"tokyo": "Asia/Tokyo", "london": "Europe/London", "ny": "America/New_York"}
    for name, zone in zones.items():
        add_active(subscriptions, [f"{name}@example.org"], Preferences(timezone=zone))
    add_active(subscriptions, ["office@example.org"], Preferences(frequency=Frequency.WEEKDAYS))
    campaign = start_campaign(ledger, day, day, now=NOW)
    messenger = Told()
    seen: dict[str, str] = {}
    at = datetime.fromisoformat("2025-03-29T20:00+00:00")
    while at < datetime.fromisoformat("2025-03-31T08:00+00:00"):
        before = len(messenger.taken)
        sender_of_campaign(
            subscriptions, ledger, campaign, messenger, partial(lambda t: t, at)
        ).run()
        for message in messenger.taken[before:]:
            seen[message.recipient] = at.strftime("%d %H:%M")
        at += timedelta(minutes=30)
    assert seen == {
        "tokyo@example.org": "29 22:00",
        "london@example.org": "30 06:00",
        "ny@example.org": "30 11:00",
    }
    assert len(messenger.taken) == 3


def test_readers_get_their_desks_and_nothing_where_these_are_quiet(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    for name, desks in (
        ("all", ()),
        ("oil", (Desk.OIL_GAS,)),
        ("chips", (Desk.AI_SEMICONDUCTORS,)),
    ):
        add_active(subscriptions, [f"{name}@example.org"], Preferences(desks=desks))
    yesterday = brief_of(DAY - timedelta(days=1), mining_metals="Tin was found.")
    ledger.briefs.add(yesterday)
    weekly = Preferences(frequency=Frequency.WEEKLY)
    add_active(subscriptions, ["week@example.org"], weekly)
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    messenger = Told()
    sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    bodies = {m.recipient.partition("@")[0]: m.body.decode() for m in messenger.taken}
    assert set(bodies) == {"all", "oil", "week"}
    assert "Copper is dear." in bodies["all"]
    assert "Tin was found." not in bodies["all"]
    assert "Oil is cheap." in bodies["oil"]
    assert "Copper is dear." not in bodies["oil"]
    assert all(t in bodies["week"] for t in ("Tin was found.", "Copper is dear."))
    ((quiet, _),) = ledger.campaigns.deliveries(campaign.id, S.SKIPPED)
    assert quiet.reason == "nothing new on the chosen desks"


def test_a_day_without_a_brief_or_with_an_empty_one_is_not_sent(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    _, ledger = desk
    with pytest.raises(DeliveryError, match="no brief was composed"):
        start_campaign(ledger, DAY + timedelta(days=9), DAY, now=NOW)
    empty = brief_of(DAY + timedelta(days=8))
    ledger.briefs.add(replace(empty, sections=()))
    with pytest.raises(DeliveryError, match="tells nothing"):
        start_campaign(ledger, DAY + timedelta(days=8), DAY, now=NOW)


def test_a_dead_senders_copy_is_not_sent_again_unasked(
    desk: tuple[Subscriptions, Ledger], tmp_path: Path
) -> None:
    """It is unclear until a log says what the server took; files can be looked at."""
    subscriptions, ledger = desk
    add_active(subscriptions, [f"r{n}@example.org" for n in range(3)])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    claims = [ledger.copies.claim(campaign.id, sender=f"dead{n}", now=NOW) for n in range(3)]
    book = LetterBook(subscriptions, ledger, campaign)
    assert take_up_orphans(ledger, book, Told(), now=NOW + LEASE) == 0, "it may still be at work"
    later = NOW + LEASE + timedelta(seconds=1)
    assert take_up_orphans(ledger, book, Told(), now=later) == 3
    sender = sender_of_campaign(subscriptions, ledger, campaign, Told())
    assert sender.run() == Counter()
    first, second, third = (c.subscriber for (c,) in claims)
    log = [f"accepted {book.message_id(first.id)} queued\n"]
    assert check_log(ledger, book, log, resend=False, now=later) == (1, 2)
    assert counts(ledger, campaign.id) == {"sent": 1, "unclear": 2}
    files = FileMessenger(tmp_path / "out")
    copy = book.message(second, now=NOW)
    assert copy is not None
    files.deliver(copy)
    assert take_up_orphans(ledger, book, files, now=later) == 0
    assert counts(ledger, campaign.id) == {"sent": 2, "queued": 1}
    messenger = Told()
    sender_of_campaign(subscriptions, ledger, campaign, messenger, lambda: later).run()
    assert messenger.to == [third.address]


@pytest.mark.slow
def test_two_senders_that_are_killed_fifty_times_send_each_one_copy(tmp_path: Path) -> None:
    """What a kill leaves unclear is settled by the server's own log: none twice, none missing."""
    readers = 400
    handler = Handler(pause=0.004)
    luck = random.Random(7)
    with smtp_server(handler) as server:
        folder = make_desk(tmp_path / "desk", server)
        desk, ledger, subscriptions = opened(folder)
        add_active(subscriptions, [f"r{n}@example.org" for n in range(readers)])
        campaign = start_campaign(ledger, DAY, DAY, now=NOW)
        kills = 0
        while kills < 50:
            pair = [_sender(folder) for _ in range(2)]
            for child in pair:
                assert child.stdout is not None
                child.stdout.readline()
            for child in pair:
                time.sleep(luck.uniform(0, 0.06))
                child.send_signal(signal.SIGKILL)
                kills += 1
            for child in pair:
                child.wait()
                assert child.stdout is not None
                child.stdout.close()
        time.sleep(0.2)  # the server finishes with what it had
        claimed = counts(ledger, campaign.id).get("claimed", 0)
        assert claimed > 0, "some died between claim and settlement"
        desk_folder = subscriptions.desk.sending_path
        assert take_up_journals(ledger, desk_folder, now=NOW) == claimed, "none is left in doubt"
        before = counts(ledger, campaign.id)
        assert before.get("queued", 0) > 0, "the killing did not outlast the campaign"
        assert before.get("unclear", 0) <= kills, "a kill leaves the one copy in hand unclear"
        sent = {to for to, _ in handler.taken}
        known = before.get("sent", 0)
        assert known <= len(sent) <= known + before.get("unclear", 0)
        book = LetterBook(subscriptions, ledger, campaign)
        log = [str(m["Message-ID"]) for _, m in handler.taken]
        found, missing = check_log(ledger, book, log, resend=True, now=NOW)
        assert found + missing == before.get("unclear", 0)
        threads = [
            Thread(
                target=send_due,
                args=(
                    desk,
                    ledger,
                    partial(LetterBook, subscriptions, ledger, campaign),
                    lambda: NOW,
                    Event(),
                ),
            )
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    copies = Counter(to for to, _ in handler.taken)
    assert set(copies) == {f"r{n}@example.org" for n in range(readers)}, "none missing"
    assert set(copies.values()) == {1}, "none twice"
    assert counts(ledger, campaign.id) == {"sent": readers}


def _sender(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.delivery.killed", str(folder)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def test_a_mail_of_a_list_carries_what_a_mail_program_needs(tmp_path: Path) -> None:
    """One-click unsubscription (RFC 8058), both parts, one content; the link works."""
    handler = Handler()
    with smtp_server(handler) as server:
        folder = make_desk(tmp_path / "desk", server)
        _, ledger, subscriptions = opened(folder)
        add_active(subscriptions, ["a@example.org"])
        campaign = start_campaign(ledger, DAY, DAY, now=NOW)
        messenger = SmtpMessenger(server)
        sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
        messenger.close()
    ((_, got),) = handler.taken
    assert got.defects == []
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page, mailto = str(got["List-Unsubscribe"]).split(", ")
    assert mailto.startswith("<mailto:editor@example.org?subject=unsubscribe%20ey")
    url = page.strip("<>")
    assert url.startswith("https://desk.example.org/unsubscribe/")
    assert [p.get_content_type() for p in got.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    for kind in ("plain", "html"):
        part = got.get_body((kind,))
        assert part is not None
        text = part.get_content()
        assert "Copper is dear." in text
        assert url in text
        assert ".invalid" not in text
    subscriptions.unsubscribe(url.rpartition("/")[2], HERE, now=NOW + timedelta(days=900))
    who = subscriptions.of_address("a@example.org")
    assert who is not None
    assert who.state is SubscriberState.UNSUBSCRIBED
    ledger.close()
