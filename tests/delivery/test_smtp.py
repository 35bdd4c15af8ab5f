"""The SMTP messenger against real servers: every answer is given its meaning."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.delivery.messages import From, Letter, Message, build_message
from lodewire.delivery.smtp import SmtpMessenger, SmtpServer, _as_data
from lodewire.errors import MaybeTaken, MessengerAway, NotTaken, TryLater

from .servers import Handler, certificate, login, raw_server, smtp_server

NOW = datetime(2025, 3, 28, 7, tzinfo=UTC)
SENDER = From(name="Top Insights", address="brief@example.org", bounces="bounces@example.org")


def message(to: str = "a@example.org", text: str = "Hello.\n") -> Message:
    return build_message(
        Letter(subject="Lithium – up", text=text, html=f"<p>{text}</p>"),
        sender=SENDER,
        recipient=to,
        message_id=f"<{to.partition('@')[0]}@example.org>",
        date=NOW,
    )


def test_many_messages_go_over_one_connection() -> None:
    handler = Handler()
    with smtp_server(handler) as server:
        messenger = SmtpMessenger(server)
        for n in range(20):
            messenger.deliver(message(f"r{n}@example.org"))
        messenger.close()
        messenger.close()
    assert [to for to, _ in handler.taken] == [f"r{n}@example.org" for n in range(20)]
    assert handler.connections == 1
    assert handler.taken[0][1]["Subject"] == "Lithium – up"


@pytest.mark.parametrize(
    ("answer", "error", "gone"),
    [
        ("450 4.2.0 greylisted", TryLater, None),
        ("421 4.3.2 closing", TryLater, None),
        ("550 5.1.1 no such user", NotTaken, True),
        ("550 5.2.1 disabled", NotTaken, True),
        ("550 5.1.10 null MX", NotTaken, True),
        ("550 5.7.1 your network is listed", NotTaken, False),
        ("552 5.2.2 mailbox full", NotTaken, False),
        ("550 no", NotTaken, False),
    ],
)
@pytest.mark.parametrize("pipelining", [False, True])
def test_what_is_said_of_a_recipient(
    answer: str, error: type[Exception], gone: bool | None, pipelining: bool
) -> None:
    """4xx is later; only codes of a mailbox that is not there make it gone; the next one goes."""
    handler = Handler(rcpt={"bad@example.org": answer}, pipelining=pipelining)
    with smtp_server(handler) as server:
        messenger = SmtpMessenger(server)
        with pytest.raises(error) as refused:
            messenger.deliver(message("bad@example.org"))
        assert answer[:3] in str(refused.value)
        if isinstance(refused.value, NotTaken):
            assert refused.value.gone is gone
        messenger.deliver(message("good@example.org"))
        messenger.close()
    assert [to for to, _ in handler.taken] == ["good@example.org"]


@pytest.mark.parametrize(
    ("answer", "error"), [("451 4.3.0 later", TryLater), ("554 5.6.0 spam", NotTaken)]
)
def test_what_is_said_of_a_message(answer: str, error: type[Exception]) -> None:
    handler = Handler(data=lambda to: answer if to.startswith("bad") else "250 OK")
    with smtp_server(handler) as server:
        messenger = SmtpMessenger(server)
        with pytest.raises(error):
            messenger.deliver(message("bad@example.org"))
        messenger.deliver(message("good@example.org"))
    assert len(handler.taken) == 1


def test_a_connection_dropped_before_the_message_is_for_later_and_after_it_is_unclear() -> None:
    """Only the second may have been taken (here it was)."""
    handler = Handler(drop_before={"early@example.org"}, drop_after={"late@example.org"})
    with smtp_server(handler) as server:
        messenger = SmtpMessenger(server)
        with pytest.raises(TryLater):
            messenger.deliver(message("early@example.org"))
        with pytest.raises(MaybeTaken):
            messenger.deliver(message("late@example.org"))
        messenger.deliver(message("good@example.org"))
    assert [to for to, _ in handler.taken] == ["late@example.org", "good@example.org"]


def test_a_server_too_slow_to_answer_the_message_leaves_it_unclear() -> None:
    handler = Handler(pause=1.0)
    with smtp_server(handler) as server:
        messenger = SmtpMessenger(dataclasses.replace(server, timeout=0.3))
        with pytest.raises(MaybeTaken):
            messenger.deliver(message())


def test_a_kept_connection_that_the_server_closed_is_made_anew() -> None:
    """No reader waits because a server closes what stood idle."""
    handler = Handler()
    with smtp_server(handler, timeout=0.2) as server:
        messenger = SmtpMessenger(server)
        messenger.deliver(message("a@example.org"))
        time.sleep(0.6)
        messenger.deliver(message("b@example.org"))
    assert len(handler.taken) == 2
    assert handler.connections == 2


def test_a_refused_sender_stops_the_sending() -> None:
    with smtp_server(Handler(mail="550 5.7.1 not yours")) as server:
        with pytest.raises(MessengerAway, match="not yours") as stopped:
            SmtpMessenger(server).deliver(message())
        assert not stopped.value.again


def test_nobody_listening_is_waited_for() -> None:
    with smtp_server(Handler()) as server:
        gone = server
    with pytest.raises(MessengerAway) as away:
        SmtpMessenger(gone).deliver(message())
    assert away.value.again


def test_starttls_and_tls_carry_the_message_and_the_login(tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path)
    known = login(b"brief", b"secret")
    for options in (
        {"tls_context": theirs, "require_starttls": True, "authenticator": known},
        {"ssl_context": theirs, "authenticator": known, "auth_require_tls": False},
    ):
        handler = Handler()
        with smtp_server(handler, **options) as server:
            right = dataclasses.replace(server, context=ours, user="brief", password="secret")
            messenger = SmtpMessenger(right)
            messenger.deliver(message())
            messenger.close()
            wrong = dataclasses.replace(right, password="wr0ng")
            with pytest.raises(MessengerAway, match="login was refused") as refused:
                SmtpMessenger(wrong).deliver(message())
            assert not refused.value.again
            assert "wr0ng" not in repr(wrong) + str(refused.value)
        assert len(handler.taken) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """Nothing is sent in the clear instead."""
    theirs, _ = certificate(tmp_path)
    handler = Handler()
    with smtp_server(handler, tls_context=theirs) as server, pytest.raises(MessengerAway) as told:
        SmtpMessenger(server).deliver(message())
    assert "secure" in str(told.value)
    with smtp_server(handler) as server:
        asked = dataclasses.replace(server, security="starttls")
        with pytest.raises(MessengerAway, match="STARTTLS"):
            SmtpMessenger(asked).deliver(message())
    assert handler.taken == []


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ((b"554 no service\r\n",), MessengerAway),
        ((b"220 hi\r\n", b"250 hi\r\n", b"nonsense\r\n"), TryLater),
        ((b"220 hi\r\n", b"250 hi\r\n", b"250 x\r\n", b"250 x\r\n", b"451 no\r\n"), TryLater),
        ((b"220 hi\r\n", b"250 hi\r\n", b"250 " + b"x" * 9000 + b"\r\n"), TryLater),
        ((b"",), MessengerAway),
    ],
)
def test_servers_that_do_not_keep_to_the_protocol(
    answers: tuple[bytes, ...], error: type[Exception]
) -> None:
    with raw_server(*answers) as server, pytest.raises(error):
        SmtpMessenger(server).deliver(message())


@given(st.binary(max_size=300))
def test_a_body_ends_only_at_its_end_and_comes_back_whole(body: bytes) -> None:
    told = _as_data(Message(message_id="<m@x>", sender="a@x", recipient="b@x", body=body))
    assert told.endswith(b"\r\n.\r\n") or told == b".\r\n"
    lines = told.split(b"\r\n")[:-2]
    assert b"." not in lines, "a lone dot inside would end the message"
    back = b"\n".join(line[1:] if line.startswith(b".") else line for line in lines)
    want = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert back == want.removesuffix(b"\n")


def test_a_text_with_dots_arrives_as_it_was_written() -> None:
    handler = Handler()
    text = ".\n..\n.hidden\nend.\n"
    with smtp_server(handler) as server:
        SmtpMessenger(server).deliver(message(text=text))
    ((_, got),) = handler.taken
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text


def test_a_server_is_told_without_its_password() -> None:
    assert "hush" not in repr(SmtpServer(host="h", port=25, user="u", password="hush"))
