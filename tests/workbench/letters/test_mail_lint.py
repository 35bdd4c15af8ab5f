"""A letter as mail programs need it: tables, no scripts, nothing fetched, small enough."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from lxml import html as lxml_html

from lodewire.ledger.store import Ledger
from lodewire.model.audience import Preferences, Subscriber, SubscriberState
from lodewire.model.brief import BriefEntry, DeskSection, SourceLink
from lodewire.model.ids import DocumentId
from lodewire.model.vocabulary import Desk, Verdict
from lodewire.workbench.letters.campaigning import LetterBook, plan_campaign
from lodewire.workbench.letters.subscribing import Subscriptions
from tests.delivery.audience import DAY, NOW, brief_of, entry, make_desk, opened

CLIPPED = 102_000  # bytes of HTML beyond which Gmail cuts a mail off
SENTENCE = "Sample Mining <b>&amp; Sons</b> has agreed to buy 40 % of the Sample project. "


def full(desk: Desk, number: int) -> BriefEntry:
    links = tuple(
        SourceLink(
            document_id=DocumentId(f"dc_{n}"),
            publisher="Sample & Sons",
            title="<script>alert(1)</script> " + "long " * 10,
            url="javascript:alert(1)" if n else "https://example.org/a?b=1&c=2",
            published=DAY,
        )
        for n in range(3)
    )
    made = entry(desk, f"{number} {SENTENCE * 2}")
    return replace(made, sources=links, checks=((Verdict.CONSISTENT, "40 % of 10 is 4"),))


@pytest.fixture
def book(tmp_path: Path) -> tuple[LetterBook, Subscriptions, Ledger]:
    _, ledger, subscriptions = opened(make_desk(tmp_path / "desk"))
    sections = tuple(DeskSection(desk=d, entries=tuple(full(d, n) for n in range(8))) for d in Desk)
    ledger.briefs.add(replace(brief_of(), sections=sections))
    campaign = plan_campaign(ledger, DAY, DAY, now=NOW)
    return LetterBook(subscriptions, ledger, campaign), subscriptions, ledger


def test_the_longest_letter_is_sound(book: tuple[LetterBook, Subscriptions, Ledger]) -> None:
    reader = Subscriber(
        address="a@example.org",
        address_key="k",
        state=SubscriberState.ACTIVE,
        preferences=Preferences(),
        created_at=NOW,
        asked_at=NOW,
    )
    message = book[0].message(reader, now=NOW)
    assert message is not None
    parsed = message_from_bytes(message.body, policy=policy.SMTP)
    assert parsed.defects == []
    part, twin = parsed.get_body(("html",)), parsed.get_body(("plain",))
    assert part is not None
    assert twin is not None
    text = part.get_content()
    assert len(text.encode()) < CLIPPED, "a clipped mail loses its link to leave"
    tree = lxml_html.fromstring(text)
    assert tree.get("lang") == "en"
    assert not tree.xpath("//script | //iframe | //form | //object | //link | //input")
    assert all(image.get("alt") is not None for image in tree.xpath("//img"))
    assert not [i for i in tree.xpath("//img/@src") if not i.startswith("cid:")], "no spying pixel"
    assert {t.get("role") for t in tree.xpath("//table")} == {"presentation"}
    for scheme in ("color-scheme", "supported-color-schemes"):
        assert tree.xpath(f"//meta[@name='{scheme}']/@content") == ["light dark"]
    assert "width=device-width" in tree.xpath("//meta[@name='viewport']/@content")[0]
    assert tree.xpath("//title/text()")
    links = tree.xpath("//a/@href")
    assert all(link.startswith("https://") for link in links)
    assert any("/unsubscribe/" in link for link in links)
    plain = " ".join(twin.get_content().split())
    assert all(link in plain for link in links), "the twin leads wherever the HTML does"
    assert len(message.body) < 1_000_000
    assert [p["Content-ID"] for p in parsed.walk() if p.get_content_type() == "image/png"] == [
        f"<{i.removeprefix('cid:')}>" for i in tree.xpath("//img/@src")
    ]
    for image in tree.xpath("//img"):
        assert " ".join(image.get("alt").split()) in plain, "the twin tells the picture in words"
    assert not tree.xpath("//@style[contains(., 'url(')]")
    widths = [
        int(w) for w in tree.xpath("//table/@width | //td/@width | //img/@width") if w.isdigit()
    ]
    assert max(widths, default=0) <= 640
    assert "prefers-color-scheme" in text
    shown = " ".join(" ".join(tree.xpath("//body//text()[not(ancestor::style)]")).split())
    for number in range(2):
        told = " ".join(f"{number} {SENTENCE}".split())
        assert told in plain
        assert told in shown
    assert not any(line.startswith("on") for e in tree.iter() for line in e.attrib)
