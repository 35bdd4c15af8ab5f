"""Pages as news sites build them become the documents that a reader would name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from lodewire.errors import EmptyPage
from lodewire.model.document import Document
from lodewire.model.vocabulary import DocumentRole
from lodewire.text.reader import read_capture
from tests.text import pages

STORY = "https://www.example-metals.com/news/story"


def read(html: str, url: str = "https://www.example-metals.com/news/story") -> tuple[Document, ...]:
    return read_capture(pages.capture(html, url=url))


def test_a_wordpress_article_is_read_with_all_it_declares() -> None:
    article = read(pages.WORDPRESS)[0]
    assert article.role is DocumentRole.ARTICLE
    assert article.title == "MMG completes purchase of Khoemacau copper mine"
    assert article.published == date(2024, 3, 22), "the publisher's own day, not the day in UTC"
    assert article.published_at == datetime(2024, 3, 23, 4, 30, tzinfo=UTC)
    assert article.modified_at == datetime(2024, 3, 23, 10, 0, tzinfo=UTC)
    assert article.date_source == "json-ld"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.publisher == "Example Metals"
    assert article.url == "https://www.example-metals.com/news/mmg-khoemacau/"
    assert article.language == "en"


def test_the_body_of_an_article_holds_its_news_and_nothing_else() -> None:
    text = read(pages.WORDPRESS)[0].text
    for news in (
        "MMG has completed the purchase of the Khoemacau copper mine in Botswana for $1.7 billion",
        "about 42,000 tonnes of copper in concentrate",
        "Cuprous Capital keeps no stake in the mine.",
        "No. 5 shaft is not part of it.",
    ):
        assert news in text
    for furniture in (
        "cookies",
        "Share",
        "Click to share",
        "Trinity",
        "Sign up",
        "Read also",
        "Zambia copper",
        "protected by copyright",
        "Related articles",
        "I like this mine",
        "rights reserved",
        "Photo:",
        "Jane Doe",
        "Subscribe",
        "completes purchase of Khoemacau copper mine\n",
    ):
        assert furniture not in text


def test_a_teaser_with_text_of_its_own_is_a_document_and_a_bare_link_is_none() -> None:
    article, *teasers = read(pages.WORDPRESS)
    assert [teaser.title for teaser in teasers] == ["Indonesia cuts nickel ore quota for 2025"]
    (teaser,) = teasers
    assert teaser.role is DocumentRole.TEASER
    assert teaser.parent_id == article.id
    assert teaser.url == "https://www.example-metals.com/news/nickel-indonesia"
    assert teaser.published == date(2024, 3, 20)
    assert teaser.text.startswith("Indonesia will allow miners to dig 150 million tonnes")
    assert "150 million" not in article.text


def test_a_ministry_page_without_declarations_gets_title_and_day_from_what_it_prints() -> None:
    (document,) = read(pages.MINISTRY, "https://mme.gov.example/press/12")
    assert document.title == "Namibia and Japan agree to explore for rare earths"
    assert document.published == date(2023, 8, 8)
    assert document.date_source == "text"
    assert document.publisher == "Ministry of Mines and Energy"
    assert "Published" not in document.text
    assert document.text.split("\n")[-1].endswith("did not disclose the value of the agreement.")


def test_a_press_release_keeps_its_table_and_names_its_wire() -> None:
    (document,) = read(pages.RELEASE, "https://www.namibiacriticalmetals.example/news/1")
    assert document.published == date(2021, 5, 12)
    assert document.published_at == datetime(2021, 5, 12, 11, 0, tzinfo=UTC)
    assert document.date_source == "opengraph"
    assert document.agency == "GlobeNewswire"
    assert "Indicated | 5.9 Mt | 0.17%" in document.text
    assert "undue reliance" not in document.text


def test_an_amp_page_gives_the_local_day_that_it_prints() -> None:
    (document,) = read(pages.AMP, "https://perthminingpost.example/amp/iluka")
    assert document.title == "Iluka pours first rare earth concentrate"
    assert document.published == date(2023, 5, 12), "printed for Perth; 11 May in UTC"
    assert document.published_at == datetime(2023, 5, 11, 22, 30, tzinfo=UTC)
    assert document.agency == "Reuters"
    assert document.publisher == "Perth Mining Post"


def test_a_blog_index_becomes_its_posts() -> None:
    documents = read(pages.BLOG_INDEX, "https://blog.example.org/search?q=gallium+smelter")
    assert [document.title for document in documents] == [
        "Sinomine plans African smelters for copper and gallium",
        "Nyrstar weighs germanium plant at Clarksville",
        "MP Materials ships first separated oxide",
    ]
    assert [document.role.value for document in documents] == ["article", "article", "teaser"]
    assert documents[0].url == "https://blog.example.org/2023/12/sinomine.html"
    everything = "\n".join(document.text for document in documents)
    for furniture in ("No comments", "Older posts", "Showing posts", "Blog Archive", "Posted by"):
        assert furniture not in everything
    assert "$562.9 million" in documents[0].text
    assert "Nyrstar" not in documents[0].text


def test_a_front_page_becomes_its_teasers_in_page_order() -> None:
    documents = read(pages.FRONT, "https://www.example-metals.com/")
    assert [document.role.value for document in documents] == ["teaser"] * 3
    assert [document.published for document in documents] == [
        date(2024, 6, 3),
        date(2024, 6, 2),
        date(2024, 6, 1),
    ]
    assert {document.parent_id for document in documents} == {None}
    assert {document.date_source for document in documents} == {"url"}


def test_a_japanese_page_is_read_in_japanese() -> None:
    (document,) = read(pages.JAPANESE, "https://kinzoku.example.jp/1")
    assert document.language == "ja"
    assert document.title == "銅価格が最高値"
    assert document.published == date(2024, 5, 20)
    assert len(document.sentences) == 4


def test_reading_twice_gives_the_same_documents() -> None:
    for html in (pages.WORDPRESS, pages.BLOG_INDEX, pages.MINISTRY):
        assert read(html) == read(html)


def test_sentences_of_a_page_are_spans_of_its_text() -> None:
    for document in read(pages.WORDPRESS):
        sentences = [span.of(document.text) for span in document.sentences]
        assert "".join(sentences).replace(" ", "") == "".join(document.text.split())


def test_a_day_after_the_capture_is_dropped_and_noted() -> None:
    html = pages.RELEASE.replace("2021-05-12T07:00", "2031-05-12T07:00")
    (document,) = read(html)
    assert document.published == date(2021, 5, 12), "the dateline of the text is left"
    assert document.published_at is None


def test_the_day_of_an_address_is_used_when_nothing_else_is_there() -> None:
    html = (
        "<html><title>Tin</title><body><h1>Tin mine to reopen in Cornwall</h1><p>The South "
        "Crofty tin mine will reopen, its owner said in a statement.</p></body></html>"
    )
    (document,) = read(html, url="https://news.example.com/2024/02/29/south-crofty")
    assert (document.published, document.date_source) == (date(2024, 2, 29), "url")


def test_a_page_of_links_is_empty() -> None:
    links = "".join(f'<li><a href="/{n}">Story number {n} of the day</a></li>' for n in range(40))
    with pytest.raises(EmptyPage, match="no article text"):
        read(f"<html><body><ul>{links}</ul></body></html>")


def test_a_page_behind_a_script_gives_what_it_declares() -> None:
    told = "The nickel market will see a surplus of 150,000 tonnes in 2025, the study group said."
    html = f"""<html><head><title>Nickel outlook</title>
    <meta property="og:title" content="Nickel surplus to grow">
    <meta property="og:description" content="{told}"></head>
    <body><div id="root"></div></body></html>"""
    (document,) = read(html)
    assert document.role is DocumentRole.TEASER
    assert document.text == told
    assert "only the declared description could be read" in document.notes


def test_a_declared_article_body_stands_in_for_a_hidden_one() -> None:
    body = "The smelter in Norway will cut a third of its output because of power prices. " * 6
    html = f"""<html><head><script type="application/ld+json">{{"@type":"NewsArticle",
    "headline":"Smelter cuts output","articleBody":"{body}"}}</script></head>
    <body><p>Loading the article now.</p></body></html>"""
    document = read(html)[0]
    assert document.method == "json-ld"
    assert "a third of its output" in document.text


def test_a_truncated_page_is_read_as_far_as_it_goes_and_noted() -> None:
    cut = pages.WORDPRESS[: pages.WORDPRESS.index("The deal was agreed")]
    document = read(cut)[0]
    assert "about 42,000 tonnes" in document.text
    assert any("truncated" in note for note in document.notes)


def test_several_articles_on_one_page_are_parted() -> None:
    story = (
        "<article><h2>{0} mine is sold</h2><p>The {0} mine in Chile was sold for $500 "
        "million on Monday, the owner said in a statement to the exchange.</p><p>The {0} "
        "mine produces 40,000 tonnes of copper a year, and its new owner wants to raise the "
        "output to 60,000 tonnes within three years, when a second concentrator is to "
        "start.</p></article>"
    )
    both = story.format("Alpha North") + story.format("Beta South")
    html = f"<html><title>News digest</title><body>{both}</body></html>"
    documents = read(html, url="https://digest.example.com/today")
    assert [document.title for document in documents] == [
        "Alpha North mine is sold",
        "Beta South mine is sold",
    ]
    assert "Beta" not in documents[0].text


def test_a_saved_page_resolves_its_links_against_the_address_it_declares() -> None:
    article, teaser = read(pages.WORDPRESS, url="file:///saved/page.html")
    assert article.url == "https://www.example-metals.com/news/mmg-khoemacau/"
    assert teaser.url == "https://www.example-metals.com/news/nickel-indonesia"
