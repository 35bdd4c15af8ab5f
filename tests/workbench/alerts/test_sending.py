"""Posts against servers that speak the real protocol: what is taken, put off, refused, given up."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lodewire.config.desk import load_desk
from lodewire.delivery.channels.signing import verify
from lodewire.delivery.keys import newsletter_key
from lodewire.errors import ConfigError, LinkRefused, NotTaken, QueryError, TryLater
from lodewire.model.alert import ChannelKind, Endpoint, Pace, PostState
from lodewire.workbench.alerts.endpoints import add_channel, rotate, secrets_of, switch_on
from lodewire.workbench.alerts.sending import BACK_OFF, LEASE, send_posts, send_trial
from tests.pipeline.pages import NOW
from tests.workbench.alerts.conftest import DESK, EARLIER, Small
from tests.workbench.alerts.receiver import Receiver


def channel(small: Small, kind: str, where: str = "", name: str = "one") -> Endpoint:
    found, _ = add_channel(
        small.ledger, small.desk, small.owner, ChannelKind(kind), name, where, now=EARLIER
    )
    return found


def told(small: Small, *ends: Endpoint, pace: Pace = Pace.AT_ONCE) -> None:
    """Both articles are read, and a rule on copper has fired on each."""
    small.learn(NOW)
    small.watch("commodity", "copper")
    small.rule("Copper", channels=[e.id for e in ends], pace=pace)
    assert len(small.fire(NOW)) == 2


def send(small: Small, now: datetime = NOW) -> Counter[PostState]:
    return send_posts(small.desk, small.ledger, lambda: now, threads=2)


def secret(small: Small, end: Endpoint, now: datetime = NOW) -> str:
    return secrets_of(newsletter_key(small.desk.root), end, now=now)[0]


def test_a_webhook_is_signed_and_tells_the_events(small: Small, receiver: Receiver) -> None:
    end = channel(small, "webhook", f"{receiver.url}/hook?key=secret")
    told(small, end)
    assert send(small) == {PostState.SENT: 1}
    (taken,) = receiver.taken
    assert taken.path == "/hook?key=secret"
    assert taken.headers["content-type"] == "application/json"
    verify(secret(small, end), taken.headers, taken.body, now=NOW)
    for change in (
        {**taken.headers, "webhook-id": "po_other"},
        {**taken.headers, "webhook-timestamp": "1"},
        {**taken.headers, "webhook-signature": "v1,AAAA"},
    ):
        with pytest.raises(LinkRefused):
            verify(secret(small, end), change, taken.body, now=NOW)
    body = taken.json
    assert (body["type"], body["data"]["rule"]["name"]) == ("alert.fired", "Copper")
    events = {e["type"]: e for e in body["data"]["events"]}
    assert set(events) == {"acquisition", "disruption"}
    assert events["disruption"]["watched"] == ["copper"]
    page = events["disruption"]["page"]
    assert re.fullmatch(r"https://desk\.example\.org/event/ev_\w+", page)
    assert send(small) == {}


def test_a_new_secret_signs_beside_the_old_one_for_a_day(small: Small, receiver: Receiver) -> None:
    end = channel(small, "webhook", receiver.url)
    old = secret(small, end)
    end, new = rotate(small.ledger, newsletter_key(small.desk.root), end, now=NOW)
    told(small, end)
    send(small)
    (taken,) = receiver.taken
    assert old != new
    for one in (old, new):
        verify(one, taken.headers, taken.body, now=NOW)
    assert secrets_of(newsletter_key(small.desk.root), end, now=NOW + timedelta(days=2)) == (new,)


def test_chats_get_their_own_form(
    small: Small, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LODEWIRE_TELEGRAM_TOKEN", "123:ABC")
    choice = small.desk.channels.model_copy(update={"telegram_api": receiver.url})
    small.desk = small.desk.model_copy(update={"channels": choice})
    told(
        small,
        channel(small, "slack", f"{receiver.url}/slack", "s"),
        channel(small, "teams", f"{receiver.url}/teams", "t"),
        channel(small, "telegram", "-100123", "g"),
    )
    assert send(small) == {PostState.SENT: 3}
    bodies = {t.path: t.json for t in receiver.taken}
    assert {"text", "blocks"} <= set(bodies["/slack"])
    (attached,) = bodies["/teams"]["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    chat = bodies["/bot123:ABC/sendMessage"]
    assert (chat["chat_id"], chat["parse_mode"]) == ("-100123", "HTML")
    for body in map(str, bodies.values()):
        assert "Altonorte" in body
        assert "Khoemacau" in body


def test_mail_goes_to_the_accounts_own_address(small: Small) -> None:
    from tests.workbench.alerts.conftest import member

    small.owner = member(small).id
    told(small, channel(small, "email", "somebody-else@example.org"))
    assert send(small) == {PostState.SENT: 1}
    (file,) = Path(small.desk.newsletter_path).glob("*.eml")
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert letter["to"] == "reader@example.org"
    assert "Altonorte" in letter.get_content()


def test_a_digest_is_one_message_when_it_is_due(small: Small, receiver: Receiver) -> None:
    end = channel(small, "webhook", receiver.url)
    small.watch("commodity", "copper")
    small.rule("Copper", channels=[end.id], pace=Pace.HOURLY)
    small.fire(NOW)
    small.learn(NOW + timedelta(minutes=20))
    small.fire(NOW + timedelta(minutes=20))
    assert send(small, NOW + timedelta(minutes=59)) == {}
    assert send(small, NOW + timedelta(minutes=60)) == {PostState.SENT: 1}
    assert len(receiver.taken[0].json["data"]["events"]) == 2


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_what_passes_is_tried_again_under_the_same_id(
    small: Small, receiver: Receiver, status: int
) -> None:
    receiver.answers = [(status, {}), (502, {})]
    told(small, channel(small, "webhook", receiver.url))
    assert send(small) == {PostState.QUEUED: 1}
    assert send(small) == {}
    assert send(small, NOW + BACK_OFF[0]) == {PostState.QUEUED: 1}
    (failing,) = small.ledger.alerts.endpoints()
    assert (failing.failures, failing.failing_since) == (2, NOW)
    assert send(small, NOW + BACK_OFF[0] + BACK_OFF[1]) == {PostState.SENT: 1}
    assert len(set(receiver.ids)) == 1
    assert len(receiver.taken) == 3
    (well,) = small.ledger.alerts.endpoints()
    assert (well.failures, well.failing_since, well.trouble) == (0, None, "")


def test_a_server_that_asks_to_wait_is_waited_for(small: Small, receiver: Receiver) -> None:
    receiver.answers = [(429, {"retry-after": "600"})]
    told(small, channel(small, "webhook", receiver.url))
    send(small)
    assert send(small, NOW + timedelta(seconds=599)) == {}
    assert send(small, NOW + timedelta(seconds=600)) == {PostState.SENT: 1}


@pytest.mark.parametrize("status", [400, 401, 404, 413])
def test_what_is_refused_for_good_is_not_tried_again(
    small: Small, receiver: Receiver, status: int
) -> None:
    receiver.then = (status, {})
    told(small, channel(small, "webhook", receiver.url))
    assert send(small) == {PostState.FAILED: 1}
    assert send(small, NOW + timedelta(days=1)) == {}
    (failing,) = small.ledger.alerts.endpoints()
    assert failing.trouble == f"it answered {status}"


def test_redirects_are_not_followed(small: Small, receiver: Receiver) -> None:
    receiver.then = (307, {"location": f"{receiver.url}/elsewhere"})
    told(small, channel(small, "webhook", f"{receiver.url}/here"))
    assert send(small) == {PostState.FAILED: 1}
    assert [t.path for t in receiver.taken] == ["/here"]


def test_no_private_network_is_reached(small: Small, receiver: Receiver) -> None:
    """Without leave in desk.toml; the channel is off at once, and its owner is told why."""
    end = channel(small, "webhook", receiver.url)
    closed = DESK.replace("allow_private_addresses = true", "allow_private_addresses = false")
    (small.desk.root / "desk.toml").write_text(closed, encoding="utf-8")
    small.desk = load_desk(small.desk.root)
    told(small, end)
    assert send(small)[PostState.FAILED] == 1
    assert receiver.taken == []
    (off,) = small.ledger.alerts.endpoints()
    assert off.off_at == NOW
    assert "public" in off.trouble
    with pytest.raises(NotTaken):
        send_trial(small.desk, small.ledger, off, now=NOW)
    with pytest.raises(QueryError):
        channel(small, "webhook", receiver.url, "two")  # http, for a start


def test_a_slow_server_is_given_up_and_holds_nobody_up(small: Small, receiver: Receiver) -> None:
    import threading

    answered = threading.Event()
    receiver.before = lambda taken: None if taken.path == "/fast" else (answered.wait(3), None)[1]
    choice = small.desk.channels.model_copy(update={"timeout_seconds": 0.3})
    small.desk = small.desk.model_copy(update={"channels": choice})
    slow = channel(small, "webhook", f"{receiver.url}/slow", "slow")
    told(small, slow, channel(small, "webhook", f"{receiver.url}/fast", "fast"))
    assert send(small) == {PostState.SENT: 1, PostState.QUEUED: 1}
    answered.set()
    kept = small.ledger.alerts.endpoint(slow.id)
    assert kept is not None
    assert "in time" in kept.trouble


def test_nobody_there_is_tried_again(small: Small) -> None:
    told(small, channel(small, "webhook", "http://127.0.0.1:9/x"))
    assert send(small) == {PostState.QUEUED: 1}


def test_days_of_failure_switch_a_channel_off_and_its_owner_is_told_once(
    small: Small, receiver: Receiver
) -> None:
    receiver.then = (500, {})
    end = channel(small, "webhook", f"{receiver.url}/?key=SECRET")
    told(small, end)
    now = NOW
    for wait in (*BACK_OFF, timedelta(days=3)):
        send(small, now)
        now += wait
    small.learn(now, number=9, text="Codelco said the El Teniente copper mine in Chile stopped.")
    small.ledger.alerts.put_endpoint(
        replace(small.ledger.alerts.endpoint(end.id) or end, failing_since=NOW)
    )
    small.rule("Again", channels=[end.id], now=EARLIER)
    assert small.fire(now)
    send(small, now)
    off = small.ledger.alerts.endpoint(end.id)
    assert off is not None
    assert off.off_at == now
    assert send(small, now + timedelta(minutes=1)) == {}
    (file,) = Path(small.desk.newsletter_path).glob("*.eml")
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert "was switched off" in letter["subject"]
    assert "SECRET" not in letter.get_content()
    assert switch_on(small.ledger, off).off_at is None


def test_what_was_withdrawn_meanwhile_is_not_told(small: Small, receiver: Receiver) -> None:
    from lodewire.model.decision import Action
    from lodewire.workbench.review.editing import Editor, judge

    end = channel(small, "webhook", receiver.url)
    small.watch("commodity", "copper")
    small.rule("Copper", channels=[end.id])
    (fired,) = small.fire(NOW)
    editor = Editor(author="ed", at=NOW, reason="a hoax")
    judge(small.ledger, Action.REJECT, [fired.subject], editor)
    assert send(small) == {PostState.SKIPPED: 1}
    assert receiver.taken == []


def test_a_membership_that_ended_is_told_no_more(small: Small, receiver: Receiver) -> None:
    from tests.workbench.alerts.conftest import member

    small.owner = member(small, until=NOW + timedelta(hours=1)).id
    end = channel(small, "webhook", receiver.url)
    told(small, end, pace=Pace.DAILY)
    assert send(small, NOW + timedelta(days=1)) == {PostState.SKIPPED: 1}
    assert receiver.taken == []


def test_a_sender_that_died_is_followed_by_another(small: Small, receiver: Receiver) -> None:
    told(small, channel(small, "webhook", receiver.url))
    (claimed,) = small.ledger.posts.claim(sender="dead", now=NOW, before=NOW, most=5)
    assert send(small, NOW + LEASE) == {}
    assert send(small, NOW + LEASE + timedelta(seconds=1)) == {PostState.SENT: 1}
    assert receiver.ids == [claimed.id]


def test_telegram_needs_a_token(small: Small) -> None:
    with pytest.raises(ConfigError):
        channel(small, "telegram", "-100123")


def test_errors_tell_no_address(small: Small) -> None:
    end = channel(small, "slack", "http://127.0.0.1:9/services/SECRET")
    with pytest.raises(TryLater) as caught:
        send_trial(small.desk, small.ledger, end, now=NOW)
    assert "SECRET" not in f"{caught.value} {caught.value.hint} {caught.value.__cause__}"
