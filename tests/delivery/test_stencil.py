"""A letter encoded once: every copy of it is a message that any mail program can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.delivery.messages import From, Letter, Message, Picture
from lodewire.delivery.smtp import _as_data
from lodewire.delivery.stencil import make_stencil

NOW = datetime(2025, 3, 28, 7, tzinfo=UTC)
SENDER = From(name="Top Insights – ü", address="brief@example.org", bounces="b@example.org")
BLANK = "https://unsubscribe.invalid/"
PAGE = f"https://desk.example.org/unsubscribe/{'aZ9-_' * 40}.{'b' * 43}"


def copy_of(letter: Letter, value: str = PAGE, page: str = PAGE) -> tuple[Message, EmailMessage]:
    stencil = make_stencil(letter, sender=SENDER, list_name="brief", blanks=(BLANK,))
    message = stencil.fill(
        "reader@example.org",
        message_id="<m1@example.org>",
        date=NOW,
        values={BLANK: value},
        page=page,
        leave="unsubscribe abc",
        bounces="b+x@example.org",
    )
    return message, message_from_bytes(message.body, policy=policy.SMTP)


def content(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_headers_are_those_a_mail_program_needs() -> None:
    """List-Unsubscribe must be plain ASCII: no program reads encoded words there."""
    message, parsed = copy_of(Letter(subject="Tin – ↑", text="t", html="<p>t</p>"))
    assert parsed.defects == []
    assert message.sender == "b+x@example.org"
    head = message.body.partition(b"\r\n\r\n")[0].decode("ascii")
    mailto = "<mailto:brief@example.org?subject=unsubscribe%20abc>"
    assert f"List-Unsubscribe: <{PAGE}>,\r\n {mailto}\r\n" in head
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in head
    assert parsed["Subject"] == "Tin – ↑"
    assert str(parsed["From"].addresses[0].display_name) == "Top Insights – ü"
    assert parsed["To"] == "reader@example.org"
    assert parsed["Message-ID"] == "<m1@example.org>"
    assert parsed["Date"].datetime == NOW
    assert all(len(line) < 998 for line in message.body.split(b"\r\n"))


def test_without_a_safe_page_only_the_mailto_is_offered() -> None:
    _, parsed = copy_of(Letter(subject="s", text="t", html="<p>t</p>"), page="http://x.test/u")
    assert "https" not in str(parsed["List-Unsubscribe"])
    assert parsed["List-Unsubscribe-Post"] is None


def test_pictures_stand_beside_the_html_that_shows_them() -> None:
    picture = Picture(cid="c1@example.org", name="copper.png", body=bytes(range(256)) * 9)
    html = f'<img src="cid:{picture.cid}"><a href="{BLANK}">x</a>'
    _, parsed = copy_of(Letter(subject="s", text=f"go {BLANK}", html=html, pictures=(picture,)))
    assert [p.get_content_type() for p in parsed.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    image = list(parsed.walk())[-1]
    assert image.get_content() == picture.body
    assert image["Content-ID"] == "<c1@example.org>"
    assert image.get_content_disposition() == "inline"
    assert PAGE in content(parsed, "html")
    assert parsed.defects == []


_TEXT = st.text(st.sampled_from("ab .=\n\t&<é–日") | st.characters(codec="utf-8"), max_size=300)


@settings(max_examples=150)
@given(before=_TEXT, between=_TEXT, after=_TEXT, value=st.text("aZ9-_./:?&=%", max_size=200))
def test_any_text_round_any_link_comes_back_as_it_was(
    before: str, between: str, after: str, value: str
) -> None:
    text = f"{before}{BLANK}{between}{BLANK}{after}".replace("\r", " ")
    message, parsed = copy_of(Letter(subject="s", text=text, html=f"<p>{text}</p>"), value)
    assert content(parsed, "plain").rstrip("\n") == text.replace(BLANK, value).rstrip("\n")
    escaped = value.replace("&", "&amp;")
    assert f"<p>{text.replace(BLANK, escaped)}</p>" == content(parsed, "html").rstrip("\n")
    lines = message.body.split(b"\r\n")
    body = lines[lines.index(b"") :]
    assert all(len(line) <= 76 for line in body)
    assert b"\n" not in message.body.replace(b"\r\n", b"")
    assert not any(line.startswith(b".") for line in lines)
    assert message.clean
    alone, _ = copy_of(Letter(subject="s", text=text), value)
    for made in (message, alone):
        assert _as_data(made) == _as_data(replace(made, clean=False))
