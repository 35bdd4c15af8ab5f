"""The brief's forms: page, mail, Markdown, JSON, terminal; hostile words are inert in all."""

from __future__ import annotations

import email
import email.policy
import json
import re
from io import StringIO

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from lodewire.model.brief import Brief
from lodewire.model.ids import DocumentId
from lodewire.model.vocabulary import EventType
from lodewire.publish.brief import Material, build_brief
from lodewire.publish.export import brief_to_json
from lodewire.publish.mail import render_mail, render_text
from lodewire.publish.markdown import render_markdown
from lodewire.publish.page import render_page, safe_url
from lodewire.publish.terminal import print_brief
from tests.publish.made import DAY, NOW, event, link, purchase, statement

EVIL = 'Evil <script>alert(1)</script> & "Sons" [x](javascript:alert(1))'


@pytest.fixture
def brief() -> Brief:
    """A brief of one purchase."""
    material = Material(events=[purchase()], sources={DocumentId("doc_a"): link()})
    return build_brief(DAY, material, title="Top Insights", composed_at=NOW, sample=True)


@pytest.fixture
def hostile() -> Brief:
    """A brief whose names, titles and addresses try to be markup."""
    text = f"{EVIL} agreed to buy Khoemacau."
    told = event(
        EventType.ACQUISITION,
        statement("acquirer", EVIL, text=text),
        statement("asset", "Khoemacau", text=text),
    )
    source = link(title=EVIL, publisher=EVIL, url="javascript:alert(1)")
    material = Material(events=[told], sources={DocumentId("doc_a"): source})
    return build_brief(DAY, material, title="Top", composed_at=NOW)


def test_the_page_links_each_value_to_its_quote(brief: Brief) -> None:
    """Every fact is a link, and what it points to is on the page."""
    tree = LexborHTMLParser(render_page(brief))
    facts = tree.css("a.fact")
    assert len(facts) == 5
    for fact in facts:
        target = (fact.attributes["href"] or "").removeprefix("#")
        assert tree.css_first(f'[id="{target}"] q') is not None


def test_the_page_asks_nobody_for_anything(brief: Brief) -> None:
    """No script, no image, no font, no style sheet from elsewhere."""
    tree = LexborHTMLParser(render_page(brief))
    assert not tree.css("script, img, iframe, link, object, embed")
    assert "url(" not in render_page(brief)


def test_the_sample_is_labelled_in_every_form(brief: Brief) -> None:
    """Nobody may take the sample for news."""
    out = StringIO()
    print_brief(brief, Console(file=out, width=100))
    for told in (render_page(brief), render_text(brief), render_markdown(brief), out.getvalue()):
        assert "Sample: invented publishers" in told
    assert brief_to_json(brief)["sample"] is True


def test_hostile_words_are_inert_on_the_page(hostile: Brief) -> None:
    """Names are text, addresses that are no web addresses are no links."""
    tree = LexborHTMLParser(render_page(hostile))
    assert not tree.css("script")
    assert not [a for a in tree.css("a") if (a.attributes["href"] or "").startswith("javascript")]


def test_hostile_words_are_inert_in_the_mail(hostile: Brief) -> None:
    """The HTML part holds no script and no javascript link."""
    message = email.message_from_bytes(render_mail(hostile), policy=email.policy.default)
    body = message.get_body(("html",))
    assert body is not None
    tree = LexborHTMLParser(body.get_content())
    assert not tree.css("script")
    assert not [a for a in tree.css("a") if "javascript" in (a.attributes.get("href") or "")]


def test_hostile_words_are_inert_in_markdown(hostile: Brief) -> None:
    """Brackets and angles are escaped."""
    told = render_markdown(hostile)
    assert not re.search(r"(?<!\\)<script", told)
    assert not re.search(r"(?<!\\)\]\(javascript", told)


def test_the_mail_is_a_whole_message_with_a_text_twin(brief: Brief) -> None:
    """Headers, two alternatives, equal sentences."""
    message = email.message_from_bytes(
        render_mail(brief, sender="desk@example.org", recipient="reader@example.org"),
        policy=email.policy.default,
    )
    assert message["Subject"].startswith("Sample: MMG has agreed to buy Khoemacau")
    assert message["From"].addresses[0].addr_spec == "desk@example.org"
    assert message["Message-ID"] == f"<{brief.id}@example.org>"
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    words = LexborHTMLParser(rich.get_content()).text()
    for section in brief.sections:
        for entry in section.entries:
            for sentence in entry.sentences:
                assert sentence.text in plain.get_content().replace("\n", " ")
                assert sentence.text.split()[0] in words


def test_the_same_brief_gives_the_same_bytes(brief: Brief) -> None:
    """Nothing random, not even a boundary."""
    assert render_mail(brief) == render_mail(brief)
    assert render_page(brief) == render_page(brief)


def test_json_holds_segments_with_their_statements(brief: Brief) -> None:
    """Programs can follow every value to its quote."""
    told = json.loads(json.dumps(brief_to_json(brief)))
    entry = next(d for d in told["desks"] if d["entries"])["entries"][0]
    quoted = {q["statement"] for q in entry["quotes"]}
    backed = {i for s in entry["sentences"] for g in s["segments"] for i in g["statements"]}
    assert backed
    assert backed <= quoted


def test_an_empty_day_says_so() -> None:
    """No filler, a plain word."""
    brief = build_brief(DAY, Material(events=[], sources={}), title="Top", composed_at=NOW)
    assert "Nothing new was told on this day" in render_page(brief)
    assert "Nothing new today" in render_markdown(brief)
    assert email.message_from_bytes(render_mail(brief))["Subject"] == "Top, 28 March 2025"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ('https://example.org/"onmouseover=x', ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: str) -> None:
    """Everything else is text."""
    assert safe_url(url) == safe
