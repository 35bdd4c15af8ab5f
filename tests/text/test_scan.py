"""One pass over a page: blocks, elements, declarations; broken and hostile pages too."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.text.scan import DEPTH_LIMIT, Scan, scan


def holders(page: Scan) -> list[str]:
    return [page.tags[index].name for index in page.holders]


def test_text_is_cut_where_elements_part_it_and_nowhere_else() -> None:
    page = scan("<p>Tin <b>rose</b> by <a href=/x>5 %</a>.<div>It fell<br>later.</div>")
    assert page.texts == ["Tin rose by 5 %.", "It fell", "later."]
    assert page.linked == [3, 0, 0]
    assert holders(page) == ["p", "div", "div"]


def test_what_html_closes_by_itself_is_closed() -> None:
    page = scan("<ul><li>one<li>two</ul><table><tr><td>a<td>b<tr><td>c</table><p>x<p>y")
    assert page.texts == ["one", "two", "a", "b", "c", "x", "y"]
    rows = [page.parents[page.holders[i]] for i in (2, 3, 4)]
    assert rows[0] == rows[1] != rows[2]
    assert page.parents[page.holders[5]] == page.parents[page.holders[6]] == 0


def test_an_end_tag_in_a_cell_closes_nothing_outside_it() -> None:
    page = scan("<div class=entry><table><tr><td>a</div>b</td></tr></table>c</div>d")
    assert holders(page) == ["td", "td", "div", "html"]


def test_elements_know_the_blocks_inside_them() -> None:
    page = scan("<main><h1>Tin</h1><p>a</p></main><p>b</p>")
    main = next(i for i, tag in enumerate(page.tags) if tag.name == "main")
    assert (page.firsts[main], page.lasts[main]) == (0, 2)
    assert page.headings() == ["Tin"]


def test_scripts_styles_and_comments_are_no_text() -> None:
    html = (
        "<title>T &amp; T</title><script>if (a<b) '<p>no</p>'</script><style>p{}</style>"
        "<!-- <p>no</p> --><svg><text>no</text></svg><p>yes</p>"
        '<script type="application/ld+json">{"a":"<b>"}</script>'
    )
    page = scan(html)
    assert (page.texts, page.title, page.scripts) == (["yes"], "T & T", ['{"a":"<b>"}'])


def test_a_page_reads_the_same_whatever_was_read_before() -> None:
    stray = '<p class="a>one</p><p>two</p>'
    fresh = scan(stray)
    scan('<p class="a' + ' "<b>' * 300 + stray)  # so many stray quotes that none is followed
    again = scan(stray)
    assert (again.texts, holders(again)) == (fresh.texts, holders(fresh))


def test_a_comment_ends_where_its_sign_stands() -> None:
    assert scan("<!--<p>no</p>--><p>a</p><!-- x --b<p>no</p>--><p>c</p><!---->d").texts == [
        "a", "c", "d",
    ]  # fmt: skip


def test_a_fact_is_told_with_all_of_its_tag() -> None:
    page = scan('<meta name="description" content="5 > 4 & 3 < 4">')
    assert page.facts == [('meta name="description" content="5 > 4 & 3 < 4"', "")]


def test_a_forum_that_hides_its_text_from_scripts_is_read() -> None:
    post = "<div><p>A <b>post</b> on tin.</p></div>" * 5
    assert len(scan(f"<noscript>{post}</noscript>").texts) == 5
    assert scan("<noscript><img src=x>Turn on scripts</noscript><p>a</p>").texts == ["a"]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>5 < 6 and 7 > 2", ["5 < 6 and 7 > 2"]),
        ('<p data-x="<b>a > b</b>">text', ["text"]),
        ('<p class="a"">stray</p><p>quote</p>', ["stray", "quote"]),
        ("<!-- no end <p>text", ["text"]),
        ("<script>no end", []),
        ("</div></p><p>text</section></div>", ["text"]),
        ("<P CLASS=x>UPPER</P>", ["UPPER"]),
        ("a&nbsp;b &#x41; &amp;lt;", ["a b A &lt;"]),
        ("", []),
    ],
)
def test_broken_pages_keep_their_text(html: str, texts: list[str]) -> None:
    assert scan(html).texts == texts


HOSTILE = {
    "depth": "<div>",
    "cells": "<table><tr><td>",
    "wrong end tags": "<td><section></div>",
    "stray quotes": '<p a=">x',
    "open comments": "<!--x",
    "open scripts": "<script>x",
    "open vectors": "<svg>x",
    "less-than signs": "<",
    "facts": "<time>x",
    "links": "<a href=x>y",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_no_faster_than_the_page(name: str) -> None:
    """Eight times the page takes at most sixteen times as long, with some room for noise."""
    spent = []
    for count in (2_000, 16_000):
        html = HOSTILE[name] * count
        start = time.process_time()
        page = scan(html)
        spent.append(time.process_time() - start)
        assert len(page.parents) <= 8 * count
    assert spent[1] < 16 * spent[0] + 0.25


def test_depth_is_bounded_and_the_text_survives() -> None:
    page = scan("<div>" * 5_000 + "deep" + "</div>" * 5_000 + "<p>after")
    assert page.texts == ["deep", "after"]
    assert len(page.parents) <= DEPTH_LIMIT + 1


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='a b'>", "</div>", "<td>", "</td>", "<table>", "</table>", "<li>",
     "<a href=x>", "</a>", "<br>", "text", " ", "<!--", "-->", "<script>", "</script>", '"', "<",
     ">", "&amp;", "\u9285", "<svg/>", "<time>", '<p itemprop="author">']
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_tags_in_any_order_give_sound_tables(html: str) -> None:
    page = scan(html)
    blocks, elements = len(page.texts), len(page.parents)
    assert {len(page.words), len(page.linked), len(page.links), len(page.holders)} == {blocks}
    assert {len(page.tags), len(page.firsts), len(page.lasts)} == {elements}
    assert all(parent <= index for index, parent in enumerate(page.parents))
    for index, holder in enumerate(page.holders):
        assert page.firsts[holder] <= index < page.lasts[holder]
    assert all(text == " ".join(text.split()) and text for text in page.texts)
