"""Mails: a release is one document, a newsletter its stories."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from lodewire.errors import EmptyPage
from lodewire.model.document import Document
from lodewire.text.reader import read_capture
from tests.text import makers, pages

RELEASE = """FOR IMMEDIATE RELEASE

Windhoek - The government of Namibia and the European Union have agreed on a roadmap for rare earths
and renewable hydrogen. The partnership was first signed in November 2022.

To unsubscribe, click here.
"""
NEWSLETTER = """<html><body><table>
<tr><td><p>View this email in your browser</p></td></tr>
<tr><td><a href="https://www.example-metals.com/a1"><strong>Alcoa idles potline at Lista smelter in
Norway</strong></a>
<p>Alcoa will shut a third of the capacity of its Lista smelter because of the price of power.</p>
</td></tr>
<tr><td><a href="https://www.example-metals.com/a2"><strong>Nickel falls to its lowest since the
year 2021</strong></a>
<p>Nickel on the London Metal Exchange fell 2% to $15,900 a tonne as stocks kept growing.</p>
</td></tr>
<tr><td><p>You are receiving this email because you signed up.</p><a href="#">Unsubscribe</a></td>
</tr></table></body></html>"""
DIGEST = """Example Metals Daily

----------------------------------------
Codelco restarts El Teniente section

Codelco has restarted a section of its El Teniente mine in Chile two weeks after an accident there.
https://www.example-metals.com/b1
----------------------------------------
Glencore keeps its cobalt at home

Glencore will store cobalt in the Democratic Republic of Congo until export quotas are settled.
https://www.example-metals.com/b2
----------------------------------------
"""


def read(body: bytes, media_type: str = "message/rfc822") -> tuple[Document, ...]:
    return read_capture(pages.capture(body, url="file:///inbox/1.eml", media_type=media_type))


def test_the_subject_is_the_title_and_the_date_header_the_day() -> None:
    (document,) = read(makers.mail(text=RELEASE))
    assert document.title == "Namibia signs critical minerals agreement"
    assert document.published == date(2024, 4, 22), "the day in the sender's own zone"
    assert document.published_at == datetime(2024, 4, 23, 3, 15, tzinfo=UTC)
    assert (document.date_source, document.publisher) == ("mail", "Example Metals Daily")


def test_a_text_mail_is_kept_as_given_and_its_furniture_is_no_sentence() -> None:
    (document,) = read(makers.mail(text=RELEASE))
    assert document.text.strip() == RELEASE.strip()
    sentences = [span.of(document.text) for span in document.sentences]
    assert "The partnership was first signed in November 2022." in sentences
    assert not any("unsubscribe" in sentence or "IMMEDIATE" in sentence for sentence in sentences)


def test_a_mail_served_under_another_type_is_still_a_mail() -> None:
    (document,) = read(makers.mail(text=RELEASE), media_type="text/plain")
    assert document.title == "Namibia signs critical minerals agreement"


def test_an_html_newsletter_becomes_its_stories() -> None:
    documents = read(makers.mail(html=NEWSLETTER, text="Read this mail in a browser."))
    assert [document.title for document in documents] == [
        "Alcoa idles potline at Lista smelter in Norway",
        "Nickel falls to its lowest since the year 2021",
    ]
    assert [document.url for document in documents] == [
        "https://www.example-metals.com/a1",
        "https://www.example-metals.com/a2",
    ]
    assert {document.published for document in documents} == {date(2024, 4, 22)}
    assert all("Unsubscribe" not in document.text for document in documents)


def test_a_text_newsletter_with_ruled_lines_becomes_its_stories() -> None:
    documents = read(makers.mail(text=DIGEST))
    assert [document.title for document in documents] == [
        "Codelco restarts El Teniente section",
        "Glencore keeps its cobalt at home",
    ]
    assert documents[1].url == "https://www.example-metals.com/b2"


def test_an_html_release_is_one_document() -> None:
    html = (
        "<h1>Namibia signs critical minerals agreement</h1><p>The government has signed an "
        "agreement on rare earths with Japan.</p><p>It covers exploration in the Kunene "
        "region.</p>"
    )
    (document,) = read(makers.mail(html=html))
    assert document.text == (
        "The government has signed an agreement on rare earths with Japan.\n"
        "It covers exploration in the Kunene region."
    )


def test_reply_marks_are_cut_from_the_subject() -> None:
    (document,) = read(makers.mail(subject="Fwd: RE: Tariff on aluminium", text=RELEASE))
    assert document.title == "Tariff on aluminium"


def test_a_mail_without_text_is_empty() -> None:
    with pytest.raises(EmptyPage, match="mail"):
        read(makers.mail(text="  \n"))


def test_headers_that_break_parsers_do_not_break_the_reader() -> None:
    head = b"From: =?bogus?Q?=ff=fe?= <\xff@>\r\nSubject: =?utf-8?B?!!!?= =?x?=\r\n"
    head += b"Date: 99 Foo 20xx\r\n"
    body = (
        head
        + b"Content-Type: text/plain; charset=\xff\r\n\r\nThe mine was sold on Monday for cash.\r\n"
    )
    (document,) = read(body)
    assert "The mine was sold" in document.text
    assert document.published is None
