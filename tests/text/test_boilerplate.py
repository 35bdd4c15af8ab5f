"""Boilerplate goes; a sentence of news stays, however much it looks like boilerplate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.text.boilerplate import boilerplate_family, boilerplate_spans, is_tail_heading

GONE = [
    ("share", "Share"),
    ("share", "Facebook Twitter LinkedIn"),
    ("share", "Click to share on Facebook (Opens in new window)"),
    ("share", "Follow Example Metals on Twitter"),
    ("share", "https://www.example.com/story"),
    ("newsletter", "Sign up for our daily newsletter."),
    (
        "newsletter",
        (
            "Investing made easy: get our morning newsletter with the market's insights. "
            "Subscribe today."
        ),
    ),
    ("newsletter", "To unsubscribe, click here."),
    (
        "cookies",
        "We use cookies and other tracking technologies to improve your browsing experience.",
    ),
    ("cookies", "Accept all"),
    ("protected", "This content is protected and may not be copied."),
    ("copyright", "© 2024 Example Metals Ltd"),
    ("copyright", "Copyright 2024 Example Metals. All rights reserved."),
    ("subscribe_to_read", "Subscribe to read the full story"),
    ("subscribe_to_read", "Already a subscriber? Log in."),
    ("player", "Your Trinity Audio player is loading..."),
    ("player", "0:00 / 3:45"),
    ("advert", "Advertisement"),
    ("advert", "This post may contain affiliate links."),
    ("comments", "No comments"),
    ("comments", "12 Comments"),
    ("comments", "Post a Comment"),
    ("blog_navigation", "Older posts"),
    ("blog_navigation", "Showing posts for query gallium smelter. Sort by date Show all posts"),
    ("blog_navigation", "Tags: copper, Chile, Codelco"),
    ("blog_navigation", "4 min read"),
    ("related", "Read also: Zambia copper output rises"),
    ("related", "READ MORE: Nickel falls to a new low"),
    ("related", "Related articles"),
    ("credit", "Photo: Company handout"),
    ("credit", "Workers at the mine in Chile. REUTERS/Ivan Alvarado"),
    ("credit", "source: mining.com"),
    ("credit", "Jane Doe contributed to this report."),
    ("reporters", "(Reporting by Jane Doe in London; Editing by John Roe)"),
    (
        "legal",
        (
            "The TSX accepts no obligation and undue reliance on such forward-looking words "
            "is warned of."
        ),
    ),
    ("newsletter", "Jetzt anmelden"),
    ("cookies", "Nous utilisons des cookies pour améliorer votre visite."),
    ("related", "関連記事"),
    ("protected", "版权所有，未经授权不得转载。"),
]

KEPT = [
    "Credit Suisse raises its copper forecast to $9,000 a tonne",
    "Category 5 cyclone shuts Port Hedland",
    "Powered by strong demand, lithium prices rose 5% in May.",
    "More from the mine was expected to come in May, Rio Tinto said on Monday.",
    "Higher prices contributed to the increase in profit.",
    "Either party may cancel the offtake agreement at any time with 90 days of notice.",
    "China gave its smelters unlimited access to scrap.",
    "The concentrate sold for as little as $5 a tonne.",
    "Related companies of the group will buy 5% of the shares.",
    "« Nous avons signé un accord », a déclaré le ministre.",
    "A photo by the ministry showed the collapsed pit.",
    "Analysts surveyed in a poll for Reuters expect $8,500.",
    "The shares rose 3% after the report.",
    "Copper | 9,450 | 0.5%",
    "1,234 | 5,678",
    "Photo-voltaic demand lifts silver to a record.",
    "Print media said the tariff would rise to 50%.",
    "Subscriptions to the rights issue closed on Friday at 98%.",
    "Comments by the minister moved prices.",
    "Sources said the deal was close.",
    "Source close to the talks says nickel ban is near",
    "Live cattle and copper futures both fell in Chicago on Monday.",
    "Watch out for a squeeze in tin, traders said.",
    "Share buybacks of $2 billion were announced by Glencore.",
    "Tags on bales of Russian aluminium will show the smelter.",
    "By 2030 the mine will produce 60,000 t of copper a year",
    "Home sales lifted copper demand in the United States.",
]


@pytest.mark.parametrize(("family", "line"), GONE, ids=lambda value: value[:40])
def test_a_boilerplate_line_is_named_by_family(family: str, line: str) -> None:
    assert boilerplate_family(line) == family


@pytest.mark.parametrize("line", KEPT, ids=lambda value: value[:40])
def test_a_line_of_news_is_kept(line: str) -> None:
    assert boilerplate_family(line) is None


def test_a_tail_heading_is_told_from_a_heading_of_the_article() -> None:
    assert is_tail_heading("You may also like…")
    assert is_tail_heading("MOST READ")
    assert not is_tail_heading("What moved prices")


def test_the_lines_under_a_tail_heading_go_until_a_sentence_comes() -> None:
    text = (
        "Copper rose.\n\nRelated articles\nTin falls\n\nZinc is flat\nThe mine will reopen "
        "in May, its owner said.\nShare"
    )
    assert [span.of(text) for span in boilerplate_spans(text)] == [
        "Related articles",
        "Tin falls",
        "Zinc is flat",
        "Share",
    ]


@given(st.text())
def test_spans_are_lines_in_order(text: str) -> None:
    end = 0
    for span in boilerplate_spans(text):
        assert end <= span.start < span.end <= len(text)
        assert "\n" not in span.of(text)
        assert span.start == 0 or text[span.start - 1] == "\n"
        end = span.end
