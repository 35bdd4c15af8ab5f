"""Words of others stay words in every form: no tag, mention, link or markdown of theirs."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.delivery.channels.forms import mail, slack, teams, telegram, webhook
from lodewire.delivery.channels.notice import Line, Notice
from lodewire.delivery.channels.signing import PREFIX, sign, verify, webhook_secret
from lodewire.delivery.keys import NewsletterKey
from lodewire.errors import LinkRefused

NOW = datetime(2025, 3, 28, 21, 0, tzinfo=UTC)
EVIL = (
    "<!channel> <@U1> <https://evil|x> *b* _i_ `c` </b><script>alert(1)</script> &lt; "
    "[a](http://e) | \n"
)
PAGE = "https://desk.example.org/event/ev_1?a=1&b=2"


def notice(text: str = EVIL, count: int = 1) -> Notice:
    line = Line(text=text, url=PAGE, small=text, body={"sentence": text})
    return Notice(
        id="po_1", type="alert.fired", title=text, at=NOW, lines=(line,) * count, url=PAGE, foot="f"
    )


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_slack_has_no_control_of_others(text: str) -> None:
    told = json.loads(slack(notice(text), "https://x").content)
    marks = [b["text"]["text"] for b in told["blocks"] if "text" in b]
    marks += [e["text"] for b in told["blocks"] for e in b.get("elements", ())]
    for mark in (*marks, told["text"]):
        for part in mark.split("<")[1:]:
            assert part.startswith(PAGE.split("&")[0])
    assert all(b["text"]["verbatim"] for b in told["blocks"] if "text" in b)


def test_teams_has_text_runs_only() -> None:
    told = json.loads(teams(notice(), "https://x").content)
    card = told["attachments"][0]["content"]
    kinds = {block["type"] for block in card["body"]}
    assert kinds == {"RichTextBlock"}
    runs = [run for block in card["body"] for run in block["inlines"]]
    assert {run["type"] for run in runs} == {"TextRun"}
    assert {run["selectAction"]["url"] for run in runs if "selectAction" in run} == {PAGE}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs).get("href")))

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_telegram_has_no_tags_of_others(text: str) -> None:
    told = json.loads(telegram(notice(text), "https://api", "1:A", "-1").content)
    found = _Tags()
    found.feed(told["text"])
    assert set(found.tags) <= {("b", None), ("i", None), ("a", PAGE)}


def test_long_notices_keep_within_the_limits_of_chats() -> None:
    many = notice("word " * 200, count=60)
    assert len(json.loads(telegram(many, "https://api", "1:A", "-1").content)["text"]) <= 4_096
    blocks = json.loads(slack(many, "https://x").content)["blocks"]
    assert len(blocks) <= 50
    assert all(len(b["text"]["text"]) <= 3_000 for b in blocks if "text" in b)
    assert len(teams(many, "https://x").content) < 28_000
    assert "and 40 more" in teams(many, "https://x").content.decode()


def test_a_mail_is_plain_text_with_the_page() -> None:
    letter = mail(notice())
    assert letter.html is None
    assert PAGE in letter.text


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example of its specification's libraries, recomputed by hand there."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = sign(
        [secret],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        b'{"test": 2432232314}',
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@settings(max_examples=40)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_only_what_was_signed_verifies(body: bytes, other: bytes) -> None:
    key = NewsletterKey(b"k" * 32)
    secret = webhook_secret(key, "ch_1", 1)
    headers = sign([secret], "po_1", NOW, body)
    verify(secret, headers, body, now=NOW)
    for against, told, when in (
        (secret, other if other != body else body + b"x", NOW),
        (webhook_secret(key, "ch_1", 2), body, NOW),
        (secret, body, NOW + timedelta(minutes=6)),
        (secret, body, NOW - timedelta(minutes=6)),
    ):
        with pytest.raises(LinkRefused):
            verify(against, headers, told, now=when)
    assert len(base64.b64decode(secret.removeprefix(PREFIX))) == 32


def test_a_webhook_carries_every_line() -> None:
    posted = webhook(notice(count=30), "https://x", ["whsec_" + "A" * 44], now=NOW)
    assert len(json.loads(posted.content)["data"]["events"]) == 30
