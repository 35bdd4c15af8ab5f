"""Seeds get every campaign before anybody else; where one fails, nobody else is sent it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from lodewire.cli.campaign import command as campaign_command
from lodewire.cli.subscribers import command as subscribers_command
from lodewire.errors import DeliveryError
from lodewire.model.audience import DeliveryState, Frequency, Preferences
from lodewire.workbench.letters.campaigning import LetterBook, start_campaign
from lodewire.workbench.letters.seeding import make_seed, send_to_seeds
from lodewire.workbench.letters.subscribing import Origin
from tests.delivery.audience import DAY, NOW, add_active, make_desk, opened
from tests.delivery.servers import Handler, smtp_server

LATE = Preferences(hour=20, frequency=Frequency.WEEKLY)


def run(command: object, *told: str, code: int = 0) -> str:
    done = CliRunner().invoke(command, [str(t) for t in told])  # type: ignore[arg-type]
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def test_a_seed_is_sent_first_whatever_its_hour_and_its_failure_holds_all_others(
    tmp_path: Path,
) -> None:
    handler = Handler(rcpt={"seed@example.org": "550 5.7.1 we take no such mail"})
    now = datetime(2025, 3, 28, 8, tzinfo=UTC).isoformat()
    with smtp_server(handler) as server:
        folder = make_desk(tmp_path / "desk", server)
        _, ledger, subscriptions = opened(folder)
        add_active(subscriptions, ["a@example.org", "b@example.org"])
        add_active(subscriptions, ["seed@example.org"], LATE)
        told = run(subscribers_command, "seed", "seed@example.org", "--desk", folder)
        assert "gets every campaign first" in told
        at = ("--desk", folder, "--now", now)
        told = run(campaign_command, "send", DAY, *at, code=1)
        assert "A seed failed: seed@example.org: failed, 550" in told
        assert handler.taken == [], "nobody else was sent it"
        run(campaign_command, "resume", DAY, "--desk", folder)
        run(campaign_command, "send", DAY, *at)
        assert sorted(to for to, _ in handler.taken) == ["a@example.org", "b@example.org"]
        ledger.close()


def test_a_seed_that_takes_its_copy_is_sent_one_and_the_others_follow(tmp_path: Path) -> None:
    handler = Handler()
    with smtp_server(handler) as server:
        desk, ledger, subscriptions = opened(make_desk(tmp_path / "desk", server))
        add_active(subscriptions, ["seed@example.org"], LATE)
        found = subscriptions.of_address("seed@example.org")
        assert found is not None
        assert make_seed(ledger, found, clock=lambda: NOW)
        assert not make_seed(ledger, found, clock=lambda: NOW), "once"
        campaign = start_campaign(ledger, DAY, DAY, now=NOW)
        assert campaign is not None
        book = partial(LetterBook, subscriptions, ledger, campaign)
        for sent in (1, 0):
            report = send_to_seeds(desk, ledger, book, lambda: NOW, Event())
            assert report.sent[DeliveryState.SENT] == sent
            assert report.failed == ()
        assert [to for to, _ in handler.taken] == ["seed@example.org"]
        ledger.subscribers.erase(found.id)
        assert ledger.seeds.all() == ()
        ledger.close()


def test_nobody_becomes_a_seed_unconfirmed(tmp_path: Path) -> None:
    _, ledger, subscriptions = opened(make_desk(tmp_path / "desk"))
    subscriptions.ask("new@example.org", Preferences(), Origin(source="test"), now=NOW)
    found = subscriptions.of_address("new@example.org")
    assert found is not None
    with pytest.raises(DeliveryError, match="pending"):
        make_seed(ledger, found, clock=lambda: NOW)
    assert ledger.seeds.active() == frozenset()
    ledger.close()


def test_before_sending_one_sees_guard_rails_seeds_and_waves(tmp_path: Path) -> None:
    folder = make_desk(tmp_path / "desk")
    _, ledger, subscriptions = opened(folder)
    add_active(subscriptions, ["a@example.org"])
    add_active(subscriptions, ["t@example.org"], Preferences(timezone="Asia/Tokyo"))
    told = json.loads(
        run(campaign_command, "ready", DAY, "--desk", folder, "--format", "json", code=1)
    )
    assert told["ready"] is False
    assert [r["rail"] for r in told["rails"] if r["broken"]] == ["every insight has its origins"]
    assert [(w["due"][:16], w["copies"]) for w in told["waves"]] == [
        ("2025-03-27T22:00", 1),
        ("2025-03-28T07:00", 1),
    ]
    told = run(campaign_command, "ready", DAY, "--desk", folder, code=1)
    assert "✗ every insight has its origins" in told
    assert "✓ no check failed" in told
    ledger.close()


def test_a_preview_speaks_the_language_of_the_reader_it_is_of(tmp_path: Path) -> None:
    folder = make_desk(tmp_path / "desk")
    at = ("preview", DAY, "--desk", folder)
    told = run(campaign_command, *at, "--language", "ja")
    assert "鉱業・金属" in told
    assert "Copper is dear." in told
    assert "Mining & Metals".upper() in run(campaign_command, *at)
    refused = CliRunner().invoke(campaign_command, [*map(str, at), "--language", "xx"])
    assert isinstance(refused.exception, DeliveryError)
