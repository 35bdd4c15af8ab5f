"""The main text on both paths, and what one does where the other fails."""

from __future__ import annotations

from lodewire.text.blocks import Block, BlockKind, blocks_of
from lodewire.text.cleaning import PageFrame, clean_blocks, join_blocks
from lodewire.text.reader import extract_main_text
from lodewire.text.scan import scan
from lodewire.text.taming import DEPTH_LIMIT, tame

NEWS = "The smelter in Norway will cut a third of its output because power is dear, Alcoa said."


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH, link: bool = False) -> Block:
    return Block(kind=kind, text=text, linked=len(text) if link else 0)


def clean(*blocks: Block, titles: tuple[str, ...] = ()) -> list[str]:
    return [found.text for found in clean_blocks(blocks, PageFrame(titles=titles))]


def test_a_page_becomes_blocks_with_kinds_and_links() -> None:
    html = """<h2><a href="/t?a=1&amp;b=2">Tin &amp; zinc</a></h2>
<p>Tin rose <a href="#top">here</a> by 5 &lt; 6.
<table><tr><th>Metal<th>Price</tr><tr><td>Tin<td>30,000</table>
<ul><li><div>one</div></ul>"""
    heading, paragraph, head, row, point = blocks_of(scan(html))
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 2)
    assert heading.link_share == 1.0
    assert (paragraph.text, paragraph.linked) == ("Tin rose here by 5 < 6.", 0)
    assert (head.kind, head.text) == (BlockKind.ROW, "Metal | Price")
    assert row.text == "Tin | 30,000"
    assert (point.kind, point.text) == (BlockKind.LISTING, "one")


def test_words_are_counted_in_scripts_without_blanks_too() -> None:
    assert block("three short words").word_count == 3
    assert block("銅価格が最高値を付けた").word_count >= 5


def test_the_headline_and_what_stands_above_it_go() -> None:
    blocks = (block("Section"), block("Tin mine opens today"), block(NEWS))
    assert clean(*blocks, titles=("Tin mine opens today",)) == [NEWS]


def test_text_above_a_late_headline_stays() -> None:
    blocks = (block(NEWS), block("Tin mine opens today"), block("It is in Cornwall, England."))
    assert clean(*blocks, titles=("Tin mine opens today",)) == [NEWS, "It is in Cornwall, England."]


def test_lines_that_are_only_links_go_but_a_linked_section_heading_stays() -> None:
    linked = block("Tin falls to a new low in London", link=True)
    assert clean(block(NEWS), linked, block(NEWS.replace("third", "half"))) == [
        NEWS,
        NEWS.replace("third", "half"),
    ]
    heading = block("The smelter at Lista", BlockKind.HEADING, link=True)
    assert clean(heading, block(NEWS)) == ["The smelter at Lista", NEWS]


def test_a_list_of_other_pages_ends_where_text_begins_again() -> None:
    blocks = (
        block(NEWS),
        block("Related articles", BlockKind.HEADING),
        block("Zinc is flat"),
        block("Tin rises"),
        block("The company will restart the line when the price of power falls again."),
    )
    assert clean(*blocks) == [NEWS, blocks[-1].text]


def test_lines_about_the_author_go_to_the_next_heading() -> None:
    blocks = (
        block(NEWS),
        block("About the author"),
        block("She has written on metals for years, and lives in Oslo."),
    )
    assert clean(*blocks) == [NEWS]


def test_a_repeated_paragraph_is_kept_once() -> None:
    assert clean(block(NEWS), block(NEWS)) == [NEWS]


def test_stray_headings_at_the_end_go() -> None:
    assert clean(block(NEWS), block("Outlook", BlockKind.HEADING)) == [NEWS]
    assert join_blocks([block("a"), block("b")]) == "a\nb"


LIST = (
    "<ul><li>Copper output fell by 5% in the quarter.</li><li>Zinc output was flat at 40,000 "
    "t.</li></ul>"
)


def test_key_points_in_a_list_are_text() -> None:
    body = f"<article><h1>Results</h1><p>{NEWS}</p>{LIST}<p>{NEWS[4:]}</p></article>"
    html = f"<html><body>{body}</body></html>"
    text = extract_main_text(html)
    assert "Zinc output was flat" in text


def test_text_in_a_hidden_wrapper_is_found_by_looking_at_the_whole_page() -> None:
    body = "".join(f"<p>{NEWS} Paragraph number {n} of the story.</p>" for n in range(5))
    html = f'<html><body class="no-js hidden">{body}</body></html>'
    assert "Paragraph number 4" in extract_main_text(html)


def test_a_common_page_is_not_touched_by_taming() -> None:
    html = f"<html><body><p>{NEWS}</p></body></html>"
    assert tame(html) == (html, ())


def test_depth_is_cut_and_the_text_survives() -> None:
    html = "<div>" * 20_000 + NEWS + "</div>" * 20_000
    tamed, notes = tame(html)
    assert tamed.count("<div>") == DEPTH_LIMIT
    assert NEWS in tamed
    assert notes


def test_many_flat_elements_are_no_depth() -> None:
    html = f"<div><p>{NEWS}</p><br><img src=x></div>" * 4_000
    assert tame(html) == (html, ())
