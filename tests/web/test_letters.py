"""The newsletter's pages: nothing by GET, nothing told to strangers, all by signed links."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from lodewire.cli.campaign import command
from lodewire.delivery.counted import make_onward, read_onward
from lodewire.delivery.forms import stamp
from lodewire.delivery.hooks import hook_secret
from lodewire.delivery.keys import NewsletterKey
from lodewire.delivery.links import Purpose, make_link
from lodewire.errors import LinkRefused
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    ConsentStep,
    Feedback,
    FeedbackKind,
    Frequency,
    Subscriber,
    SubscriberState,
    campaign_id,
)
from lodewire.model.brief import DeskSection, SourceLink
from lodewire.model.ids import DocumentId
from lodewire.model.vocabulary import Desk
from lodewire.web.letter_door import LetterDoor
from lodewire.web.metrics import letters_text
from lodewire.web.shell import App
from lodewire.web.site import Site
from lodewire.workbench.letters.campaigning import LetterBook, plan_campaign, start_campaign
from lodewire.workbench.letters.subscribing import Origin, Subscriptions
from tests.delivery.audience import (
    DAY,
    NOW,
    add_active,
    brief_of,
    entry,
    make_desk,
    opened,
    sender_of_campaign,
)
from tests.delivery.test_sending import Told

HEADERS = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class Door:
    """The newsletter's pages over a desk of their own, with a clock that is set."""

    subscriptions: Subscriptions
    ledger: Ledger
    folder: Path
    app: App
    log: io.StringIO
    now: list[Any] = field(default_factory=lambda: [NOW])

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def run() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, client=("203.0.113.9", 1))  # type: ignore[arg-type]
            async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
                return await client.request(method, path, **options)

        return asyncio.run(run())

    def sign_up(self, address: str, **more: Any) -> httpx.Response:
        made = stamp(self.subscriptions.key, self.now[0] - timedelta(seconds=20))
        told = {"address": address, "stamp": made, "timezone": "Asia/Tokyo", "hour": "6", **more}
        return self.ask("POST", "/subscribe", data=told)

    def link(self, purpose: Purpose, who: Subscriber) -> str:
        return (
            f"/{purpose.value}/{make_link(self.subscriptions.key, purpose, who, now=self.now[0])}"
        )

    def who(self, address: str = "a@example.org") -> Subscriber:
        found = self.subscriptions.of_address(address)
        assert found is not None
        return found

    def mails(self) -> list[tuple[str, str]]:
        """(to, text) of every mail sent, after those that wait are."""
        self.app._outbox.submit(lambda: None).result(10)  # type: ignore[attr-defined]
        read = [
            message_from_bytes(f.read_bytes(), policy=policy.SMTP)
            for f in sorted((self.folder / "outbox").glob("*.eml"))
        ]
        return [(str(m["To"]), m.get_body(("plain",)).get_content()) for m in read]  # type: ignore[union-attr]


@pytest.fixture
def door(tmp_path: Path, site: Site) -> Iterator[Door]:
    folder = make_desk(tmp_path / "desk")
    _, ledger, subscriptions = opened(folder)
    log, now = io.StringIO(), [NOW]

    async def nobody(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError(f"not the newsletter's: {scope['path']}")

    app = LetterDoor(
        nobody, replace(site, ledger=ledger), subscriptions, log=log, clock=lambda: now[0]
    )
    yield Door(subscriptions, ledger, folder, app, log, now)
    app.close()
    ledger.close()


def test_from_the_form_to_the_first_brief(door: Door) -> None:
    """No mail before the button behind the link is pressed; the link works once."""
    answer = door.sign_up("a@example.org", desk=["mining-metals", "oil-gas"], frequency="weekdays")
    assert answer.status_code == 200
    ((to, text),) = door.mails()
    assert to == "a@example.org"
    path = re.search(r"https://desk\.example\.org(/confirm/\S+)", text)[1]  # type: ignore[index]
    assert start_campaign(door.ledger, DAY, DAY, now=NOW) is None, "nobody has confirmed"
    assert door.ask("GET", path).status_code == 200
    assert door.who().state is SubscriberState.PENDING, "a scanner that follows links confirms none"
    done = door.ask("POST", path)
    assert (done.status_code, "You are subscribed" in done.text) == (200, True)
    who = door.who()
    assert who.state is SubscriberState.ACTIVE
    assert who.preferences.desks == (Desk.MINING_METALS, Desk.OIL_GAS)
    assert (who.preferences.frequency, who.preferences.hour) == (Frequency.WEEKDAYS, 6)
    steps = door.ledger.subscribers.consents(who.id)
    assert [s.source for s in steps] == ["sign-up form", "confirmation page"]
    assert all(s.origin_key and "203.0.113.9" not in s.origin_key for s in steps)
    assert door.ask("POST", path).status_code == 400
    assert start_campaign(door.ledger, DAY, DAY, now=NOW) is not None


def test_a_stranger_learns_nothing_of_an_address(door: Door) -> None:
    """New, pending, active, gone and erased: the same bytes, and no mail tells who is not asked."""
    add_active(door.subscriptions, ["active@example.org", "left@example.org", "gone@example.org"])
    left = door.who("left@example.org")
    door.ask("POST", door.link(Purpose.UNSUBSCRIBE, left))
    door.subscriptions.erase("gone@example.org", now=NOW)
    door.now[0] += timedelta(hours=2)
    names = ("new", "active", "left", "gone")
    answers = {door.sign_up(f"{n}@example.org").content for n in names}
    again = {door.sign_up(f"{n}@example.org").content for n in names}
    assert len(answers | again) == 1
    assert sorted(to for to, _ in door.mails()) == sorted(f"{n}@example.org" for n in names)
    forged = [f"/preferences/{'x' * 40}.{'y' * 43}", "/preferences/a"]
    door.subscriptions.erase("active@example.org", now=NOW)
    forged.append(door.link(Purpose.PREFERENCES, left).replace("/preferences/", "/confirm/"))
    told = {door.ask("POST", p, data={"act": "export"}).content for p in forged}
    assert len(told) == 1
    assert door.ask("GET", forged[0]).status_code == 400


def test_a_machine_that_sends_the_form_is_not_served(door: Door) -> None:
    assert "Look into your mailbox" in door.sign_up("a@example.org", website="http://x").text
    early = stamp(door.subscriptions.key, door.now[0])
    assert "That was fast" in door.sign_up("a@example.org", stamp=early).text
    old = stamp(door.subscriptions.key, door.now[0] - timedelta(days=1))
    assert "open for long" in door.sign_up("a@example.org", stamp=old).text
    assert "open for long" in door.sign_up("a@example.org", stamp="AAAA").text
    snippet = door.ask("POST", "/subscribe", data={"address": "a@example.org"})
    assert 'value="a@example.org"' in snippet.text
    assert "That was fast" not in snippet.text
    assert door.mails() == []
    for _ in range(5):
        door.sign_up("a@example.org")
    limited = door.sign_up("a@example.org")
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "600")
    door.now[0] += timedelta(minutes=11)
    assert door.sign_up("b@example.org").status_code == 200
    assert door.ask("POST", "/subscribe", content=b"a" * 30_000).status_code == 413


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("a@gmial.com", "Is a@gmail.com meant?"),
        ("a@mailinator.com", "thrown away"),
        ("nobody", "is no address"),
        ('"><script>x</script>', "is no address"),
    ],
)
def test_a_doubtful_address_is_asked_about(door: Door, address: str, words: str) -> None:
    answer = door.sign_up(address)
    assert words in answer.text
    assert "<script>" not in answer.text
    assert door.mails() == []
    if "@" in address and "<" not in address:
        assert "Look into your mailbox" in door.sign_up(address, sure=address).text
        assert [to for to, _ in door.mails()] == [address]


def test_one_click_and_the_page_unsubscribe_and_opening_it_does_not(door: Door) -> None:
    """RFC 8058, in both forms that it allows; the running campaign included."""
    add_active(door.subscriptions, ["a@example.org", "b@example.org", "c@example.org"])
    campaign = start_campaign(door.ledger, DAY, DAY, now=NOW)
    assert campaign is not None
    book = LetterBook(door.subscriptions, door.ledger, campaign)
    one_click: list[Callable[[str], httpx.Response]] = [
        lambda p: door.ask("POST", p, content=b"List-Unsubscribe=One-Click", headers=HEADERS),
        lambda p: door.ask("POST", p, files={"List-Unsubscribe": (None, "One-Click")}),
        lambda p: door.ask("POST", p),
    ]
    for name, post in zip("abc", one_click, strict=True):
        who = door.who(f"{name}@example.org")
        message = book.message(who, now=NOW)
        assert message is not None
        header = message_from_bytes(message.body, policy=policy.SMTP)["List-Unsubscribe"]
        path = str(header).partition(">")[0].removeprefix("<https://desk.example.org")
        assert door.ask("GET", path).status_code == 200
        assert door.who(who.address).state is SubscriberState.ACTIVE
        for _ in range(2):
            assert post(path).status_code == 200
        assert door.who(who.address).state is SubscriberState.UNSUBSCRIBED
    sources = [
        door.ledger.subscribers.consents(door.who(f"{n}@example.org").id)[-1].source for n in "abc"
    ]
    assert sources == ["one-click unsubscription"] * 2 + ["unsubscription page"]
    assert door.ledger.copies.claim(campaign.id, sender="s", now=NOW, most=9) == ()


def test_the_preference_centre_changes_exports_and_erases(door: Door) -> None:
    add_active(door.subscriptions, ["a@example.org"])
    path = door.link(Purpose.PREFERENCES, door.who())
    assert "a@example.org" in door.ask("GET", path).text
    wish = {"act": "save", "timezone": "Europe/Berlin", "hour": "23", "concerning": "tin,  Chile ,"}
    wish["own"] = "yes"
    assert "Saved." in door.ask("POST", path, data=wish).text
    wanted = door.who().preferences
    assert (wanted.hour, wanted.timezone, wanted.concerning) == (
        23,
        "Europe/Berlin",
        ("tin", "Chile"),
    )
    assert '<option value="en" lang="en" selected>' in door.ask("GET", path).text
    door.ask("POST", path, data={**wish, "language": "ja"})
    assert door.who().preferences.language == "ja"
    assert '<option value="ja" lang="ja" selected>' in door.ask("GET", path).text
    door.ask("POST", path, data={**wish, "language": "xx"})
    assert door.who().preferences.language == "", "the desk's own"
    bad = door.ask("POST", path, data={**wish, "timezone": "Mars/Base"})
    assert (bad.status_code, "no time zone" in bad.text) == (400, True)
    assert door.ask("POST", path, data={**wish, "hour": "99"}).status_code == 400
    exported = door.ask("POST", path, data={"act": "export"})
    assert "attachment" in exported.headers["content-disposition"]
    assert json.loads(exported.content)["preferences"]["concerning"] == ["tin", "Chile"]
    assert json.loads(exported.content)["preferences"]["own"] is True
    assert door.ask("POST", path, data={"act": "erase"}).status_code == 400
    door.who()
    key = door.who().address_key
    assert door.ask("POST", path, data={"act": "erase", "really": "yes"}).status_code == 200
    assert door.subscriptions.of_address("a@example.org") is None
    assert door.ledger.subscribers.suppressed([key]) == {key}
    assert door.ask("GET", path).status_code == 400


def links_of(door: Door, address: str) -> list[str]:
    """The addresses of sources in a reader's letter of DAY."""
    campaign = plan_campaign(door.ledger, DAY, DAY, now=NOW)
    message = LetterBook(door.subscriptions, door.ledger, campaign).message(
        door.who(address), now=NOW
    )
    assert message is not None
    parsed = message_from_bytes(message.body, policy=policy.SMTP)
    texts = [parsed.get_body((k,)).get_content() for k in ("plain", "html")]  # type: ignore[union-attr]
    found = [re.findall(r"https://(?!desk\.\w+\.org/[pum])[^\s\"<]+", t) for t in texts]
    found[1] = [unescape(link) for link in found[1]]
    assert set(found[0]) == set(found[1]), "both parts lead to the same"
    assert ("As you agreed" in texts[0]) is ("As you agreed" in texts[1])
    return list(dict.fromkeys(found[0]))


def test_only_of_who_agreed_openings_are_counted_by_nobodys_name_and_no_longer_than_wished(
    door: Door,
) -> None:
    source = "https://wire.example.org/copper?a=1&b=2"
    link = SourceLink(
        document_id=DocumentId("dc_1"), publisher="Wire", title="T", url=source, published=DAY
    )
    told = replace(entry(Desk.MINING_METALS, "Tin is dear."), sources=(link,))
    section = DeskSection(desk=Desk.MINING_METALS, entries=(told,))
    door.ledger.briefs.add(
        replace(brief_of(), composed_at=NOW + timedelta(minutes=1), sections=(section,))
    )
    add_active(door.subscriptions, ["a@example.org", "b@example.org", "c@example.org"])
    assert links_of(door, "a@example.org") == [source], "nobody is counted unasked"
    wish = {"act": "save", "timezone": "UTC", "counting": "yes"}
    for address in ("a@example.org", "b@example.org"):
        door.ask("POST", door.link(Purpose.PREFERENCES, door.who(address)), data=wish)
    (counted,) = links_of(door, "a@example.org")
    assert links_of(door, "b@example.org") == [counted], "the same for all who agreed"
    assert links_of(door, "c@example.org") == [source]
    campaign = start_campaign(door.ledger, DAY, DAY, now=NOW)
    assert campaign is not None
    path = counted.removeprefix("https://desk.example.org")
    answer = door.ask("GET", path)
    assert (answer.status_code, answer.headers["location"]) == (302, source)
    assert "set-cookie" not in answer.headers
    door.ask("HEAD", path)
    door.ask("GET", path, headers={"sec-purpose": "prefetch;prerender"})
    assert door.ledger.opens.of_campaign(campaign.id) == ((source, 1),)
    forged = path[:-3] + ("aaa" if not path.endswith("aaa") else "bbb")
    assert door.ask("GET", forged).status_code == 400
    assert "/onward" in door.log.getvalue()
    assert path not in door.log.getvalue()
    wish.pop("counting")
    door.ask("POST", door.link(Purpose.PREFERENCES, door.who()), data=wish)
    assert links_of(door, "a@example.org") == [source]
    steps = [c.step for c in door.subscriptions.consents(door.who())]
    assert steps[-2:] == [ConsentStep.COUNTING, ConsentStep.COUNTING_ENDED]


@given(st.text(max_size=200), st.text("aZ9-_.=", max_size=80))
def test_only_what_this_desk_signed_leads_on(tail: str, token: str) -> None:
    key, other = NewsletterKey(b"k" * 32), NewsletterKey(b"o" * 32)
    id_ = campaign_id(DAY)
    assert make_onward(key, id_, f"javascript:{tail}") is None
    made = make_onward(key, id_, f"https://example.org/{tail}".encode("utf-8", "replace").decode())
    if made is not None:
        assert read_onward(key, made)[0] == id_
        for who, what in ((other, made), (key, made[:-1]), (key, token)):
            with pytest.raises(LinkRefused):
                read_onward(who, what)


def test_a_campaign_is_told_in_numbers(door: Door) -> None:
    """By command line and for Prometheus: copies, what came back, who left; of no one reader."""
    add_active(door.subscriptions, [f"{n}@example.org" for n in range(4)])
    campaign = start_campaign(door.ledger, DAY, DAY, now=NOW)
    assert campaign is not None
    sender_of_campaign(door.subscriptions, door.ledger, campaign, Told()).run()
    origin, later = Origin(source="test"), NOW + timedelta(hours=1)
    door.subscriptions.leave(door.who("1@example.org"), origin, now=later)
    report = Feedback(
        id="fb_1",
        subscriber_id=door.who("2@example.org").id,
        campaign_id=campaign.id,
        kind=FeedbackKind.COMPLAINT,
        source="mail",
        detail="",
        at=later,
    )
    assert door.ledger.letters.add_feedback(report)
    door.ledger.opens.count(campaign.id, "https://example.org/")
    at = ["--desk", str(door.folder), "--format", "json"]
    (told,) = json.loads(CliRunner().invoke(command, ["status", *at]).output)
    assert (told["sent"], told["left"], told["opened"]) == (4, 1, 1)
    assert (told["feedback_complaint"], told["feedback_hard"]) == (1, 0)
    (opened_,) = json.loads(CliRunner().invoke(command, ["status", "--links", *at]).output)
    assert opened_["link"] == "https://example.org/"
    metrics = letters_text(door.ledger)
    for line in (
        'lodewire_campaign_copies{kind="brief",state="sent"} 4',
        'lodewire_campaign_feedback{kind="complaint"} 1',
        'lodewire_subscribers{state="unsubscribed"} 1',
        "lodewire_link_openings 1",
    ):
        assert line in metrics.splitlines()
    assert "example.org" not in metrics


def test_a_provider_tells_of_a_bounce_at_its_secret_address_only(door: Door) -> None:
    add_active(door.subscriptions, ["a@example.org"])
    campaign = start_campaign(door.ledger, DAY, DAY, now=NOW)
    assert campaign is not None
    book = LetterBook(door.subscriptions, door.ledger, campaign)
    sender_of_campaign(door.subscriptions, door.ledger, campaign, Told()).run()
    message_id = book.message_id(door.who().id)
    told = json.dumps({"kind": "hard", "address": "a@example.org", "message_id": message_id})
    path = f"/mail-hooks/plain/{hook_secret(door.subscriptions.key, 'plain')}"
    assert door.ask("POST", "/mail-hooks/plain/x", content=told).status_code == 404
    assert door.ask("GET", path).status_code == 404
    assert door.ask("POST", path, content="{").status_code == 400
    assert door.who().state is SubscriberState.ACTIVE
    assert door.ask("POST", path, content=told).status_code == 200
    assert door.who().state is SubscriberState.BOUNCED


def test_answers_are_kept_by_nobody_and_tokens_are_not_logged(door: Door) -> None:
    add_active(door.subscriptions, ["a@example.org"])
    path = door.link(Purpose.PREFERENCES, door.who())
    answer = door.ask("GET", path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert door.ask("HEAD", path).content == b""
    assert door.ask("PUT", path).status_code == 405
    assert door.ask("GET", "/confirm").status_code == 404
    lines = [json.loads(line) for line in door.log.getvalue().splitlines()]
    assert {line["path"] for line in lines} == {"/preferences", "/confirm"}
    assert path.rpartition("/")[2] not in door.log.getvalue()


@pytest.mark.parametrize(
    ("tag", "subject", "button", "done", "stale"),
    [
        ("de", "Bitte bestätigen Sie", "Bestätigen", "Sie sind eingetragen", "funktioniert nicht"),
        (
            "ja",
            "お申し込みの確認",
            "確認する",
            "お申し込みが完了しました",
            "このリンクは使えません",
        ),
    ],
)
def test_who_asks_in_a_language_is_answered_in_it_to_the_end(
    door: Door, tag: str, subject: str, button: str, done: str, stale: str
) -> None:
    """Form, mail, button, what follows and a link that was used: all lead on in the language."""
    form = LexborHTMLParser(door.ask("GET", f"/{tag}/subscribe").text)
    assert form.css_first("html").attributes["lang"] == tag  # type: ignore[union-attr]
    assert "Oil & Gas" not in form.text()
    chosen = form.css_first("select[name=language] option[selected]")
    assert chosen is not None
    assert chosen.attributes["value"] == tag
    made = stamp(door.subscriptions.key, NOW - timedelta(seconds=20))
    told = {"address": "a@example.org", "stamp": made, "timezone": "Asia/Tokyo", "language": tag}
    assert door.ask("POST", f"/{tag}/subscribe", data=told).status_code == 200
    ((_, text),) = door.mails()
    path = re.search(r"https://desk\.example\.org(/\S+)", text)[1]  # type: ignore[index]
    assert path.startswith(f"/{tag}/confirm/")
    (mail,) = (door.folder / "outbox").glob("*.eml")
    assert subject in message_from_bytes(mail.read_bytes(), policy=policy.SMTP)["Subject"]
    page = LexborHTMLParser(door.ask("GET", path).text)
    assert page.css_first(".letter-form button").text() == button  # type: ignore[union-attr]
    others = {a.attributes["href"] for a in page.css("footer nav a")}
    assert path.replace(f"/{tag}/", "/en/", 1) in others, "another language keeps the token"
    assert done in door.ask("POST", path).text
    assert stale in door.ask("POST", path).text
    assert door.log.getvalue().count('"/confirm"') == 3, "the log has neither token nor language"
    steps = door.ledger.subscribers.consents(door.who().id)
    assert [s.source for s in steps] == [f"sign-up form ({tag})", f"confirmation page ({tag})"]
    centre = door.subscriptions.link(Purpose.PREFERENCES, door.who(), now=NOW)
    assert f"desk.example.org/{tag}/preferences/" in centre
    answer = door.ask("GET", centre.removeprefix("https://desk.example.org"))
    shown = LexborHTMLParser(answer.text).css_first(".steps")
    assert shown is not None
    assert "sign-up form" not in shown.text()
    assert f"({tag})" in shown.text(), "the language of the words that were agreed to"


def test_what_a_reader_wrote_wrong_is_told_in_their_language(door: Door) -> None:
    """The address, the time zone with a near one, and no page of that name."""
    made = stamp(door.subscriptions.key, NOW - timedelta(seconds=20))

    def asked(**more: str) -> str:
        told = {"address": "a@example.org", "stamp": made, "timezone": "Europe/Berlin", **more}
        answer = door.ask("POST", "/de/subscribe", data=told)
        assert answer.status_code == 400
        problem = LexborHTMLParser(answer.text).css_first("#problem")
        assert problem is not None
        return problem.text()

    assert "„nobody“ ist keine Adresse" in asked(address="nobody")
    assert "meinten Sie Europe/Berlin?" in asked(timezone="Europe/Berlim")
    assert "„Moon“ ist keine Zeitzone" in asked(timezone="Moon")
    assert (
        "„&lt;b&gt;“"
        in door.ask("POST", "/de/subscribe", data={"stamp": made, "address": "<b>"}).text
    )
    assert door.ask("GET", "/de/confirm").text == "Diese Seite gibt es nicht."


def test_a_form_on_another_site_leads_to_the_same_page_in_its_language(door: Door) -> None:
    """The snippet of a German page brings the address alone, from anywhere."""
    page = LexborHTMLParser(door.ask("GET", "/de/subscribe").text)
    snippet = page.css_first("pre.snippet")
    assert snippet is not None
    action = re.search(r'action="https://desk\.example\.org(\S+)"', snippet.text())[1]  # type: ignore[index]
    assert action == "/de/subscribe"
    answer = door.ask(
        "POST",
        action,
        data={"address": "a@example.org"},
        headers={"origin": "https://elsewhere.example"},
    )
    filled = LexborHTMLParser(answer.text).css_first("input[name=address]")
    assert (answer.status_code, filled and filled.attributes["value"]) == (200, "a@example.org")
    assert door.mails() == [], "nothing is asked before the form of this desk is sent"
