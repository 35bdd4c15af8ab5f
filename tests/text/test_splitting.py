"""Stories beside an article are found by the part of the page that is theirs alone."""

from __future__ import annotations

from datetime import date

from selectolax.lexbor import LexborHTMLParser

from lodewire.text.splitting import PageStory, find_stories

URL = "https://www.example.com/news/tin"
SUMMARY = "Indonesia will cut its nickel ore quota to 150 million tonnes, the ministry said."


def find(body: str, **more: bool) -> list[PageStory]:
    return find_stories(
        LexborHTMLParser(f"<html><body>{body}</body></html>"), URL, ["Tin opens"], **more
    )


def card(title: str, text: str = SUMMARY, href: str = "/news/nickel") -> str:
    return f'<div class="card"><h3><a href="{href}">{title}</a></h3><p>{text}</p></div>'


def test_a_card_has_title_address_and_text() -> None:
    (story,) = find(card("Indonesia cuts nickel quota"))
    assert story.title == "Indonesia cuts nickel quota"
    assert story.url == "https://www.example.com/news/nickel"
    assert [block.text for block in story.blocks] == [SUMMARY]
    assert story.is_teaser


def test_a_card_that_is_one_link_is_read_too() -> None:
    (story,) = find(f'<a href="/n"><h3>Indonesia cuts nickel quota</h3><p>{SUMMARY}</p></a>')
    assert [block.text for block in story.blocks] == [SUMMARY]


def test_a_box_inside_an_article_is_a_story_without_its_label() -> None:
    link = '<a href="/g">Read more: Gabon bans ore exports</a>'
    box = f'<div class="read-more">{link}<p>{SUMMARY}</p></div>'
    article = "<p>Tin rose by 5% in London on Monday, traders said.</p>"
    (story,) = find(f"<div>{article}{box}<p>And so on.</p></div>")
    assert story.title == "Gabon bans ore exports"
    assert [block.text for block in story.blocks] == [SUMMARY]


def test_each_card_keeps_to_itself() -> None:
    other = SUMMARY.replace("Indonesia", "Gabon")
    first, second = find(
        card("Indonesia cuts nickel quota") + card("Gabon bans manganese exports", other, "/g")
    )
    assert "Gabon" not in first.blocks[0].text
    assert second.blocks[0].text == other


def test_bare_links_short_titles_and_furniture_are_no_stories() -> None:
    assert find('<h3><a href="/a">Indonesia cuts nickel quota</a></h3>') == []
    assert find(card("Nickel")) == []
    assert find(f"<nav>{card('Indonesia cuts nickel quota')}</nav>") == []
    assert find(f"<footer>{card('Indonesia cuts nickel quota')}</footer>") == []
    assert find(card("Sign up for our newsletter today")) == []
    assert find(card("Indonesia cuts nickel quota", "Read more")) == []


def test_the_page_itself_is_none_of_its_stories() -> None:
    assert find(card("Tin opens in Cornwall today", href=URL)) == []
    assert find(card("Tin opens in Cornwall today", href="#top")) != []


def test_a_link_inside_an_article_is_no_story() -> None:
    above = f"<p>{SUMMARY} The quota was 240 million tonnes.</p>"
    (story,) = find(f"<div>{above}{card('Read about the tin mine')}</div>")
    assert [block.text for block in story.blocks] == [SUMMARY]
    link = "<h3><a href='/x'>Gabon bans manganese exports</a></h3>"
    assert find(f"<div>{above}{link}<p>{SUMMARY}</p></div>") == []


def test_the_day_of_a_card_is_read() -> None:
    timed = card(
        "Indonesia cuts nickel quota", f"{SUMMARY}</p><time datetime='2024-05-02'>x</time><p>"
    )
    printed = card("Indonesia cuts nickel quota", f"{SUMMARY}</p><span>2 May 2024</span><p>")
    for body in (timed, printed):
        (story,) = find(body)
        assert story.published is not None
        assert story.published.day == date(2024, 5, 2)


def test_a_long_part_is_an_article_unless_only_teasers_are_wanted() -> None:
    paragraph = "".join(f"<p>{SUMMARY} This is paragraph {n} of it.</p>" for n in range(30))
    body = f'<div><h2><a href="/long">Indonesia cuts nickel quota</a></h2>{paragraph}</div>'
    (story,) = find(body)
    assert story.is_article
    assert not story.is_teaser
    assert find(body, teasers_only=True) == []


def test_bold_links_are_headlines_in_mails_only() -> None:
    body = f'<td><a href="/a"><b>Indonesia cuts nickel quota</b></a><p>{SUMMARY}</p></td>'
    table = f"<table><tr>{body}</tr></table>"
    assert find(table) == []
    assert len(find(table, mail=True)) == 1


def post(title: str, mark: str, day: str = "") -> str:
    link = f'<h3 id="{mark}"><a href="{URL}#{mark}">{title}</a></h3>'
    return f"<div>{link}<p>{SUMMARY}</p><p>{day}</p></div>"


def test_posts_that_link_to_their_own_place_are_stories_when_they_are_dated() -> None:
    posts = post("Indonesia cuts nickel quota", "a", "28 March 2025")
    posts += post("Gabon bans manganese exports", "b", "27 March 2025")
    assert [story.url for story in find(posts)] == [f"{URL}#a", f"{URL}#b"]
    sections = post("How the nickel quota works", "a") + post("Who is hit by it", "b")
    assert find(sections) == []
