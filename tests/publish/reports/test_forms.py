"""Reports as JSON, HTML and PDF: words of others are words, the editor decides the order."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from lodewire.errors import PublishError
from lodewire.model.measure import Figure, Measure
from lodewire.publish.prose import prose_html
from lodewire.publish.reports.figures import digest_of, figure_from, figure_of
from lodewire.publish.reports.form import report_form
from lodewire.publish.reports.html import render_page
from lodewire.publish.reports.outline import outline_text, outlined, prose_blocks
from lodewire.publish.reports.pdf import render_pages, render_pdf
from lodewire.publish.reports.report import (
    Bullets,
    Footnote,
    Paragraph,
    Report,
    ReportTable,
    Section,
    words,
)

HOSTILE = (
    '#panic("x") #import "@preview/x:1.0.0" $x^2$ @note <note-1> *b* _i_ `raw` \\u{41} // no '
    "</script><script>alert(1)</script> <img src=x onerror=1> {{ 7*7 }} \u202eturned"
)
SHOWN = HOSTILE.replace("\u202e", "")


def _note(url: str = "https://example.org/" + "a" * 300) -> Footnote:
    return Footnote(
        quote=HOSTILE,
        publisher="Wire",
        title=HOSTILE,
        published=date(2025, 3, 28),
        url=url,
        event_id="ev_1",
    )


def _report(url: str = "https://example.org/1") -> Report:
    table = ReportTable(
        columns=("What", "How much"),
        rows=tuple((words(f"row {n} {HOSTILE}", 1 + n % 2), words(str(n))) for n in range(30)),
        caption=HOSTILE,
        right=frozenset((1,)),
        widths=(3.0, 1.0),
    )
    return Report(
        kind="commodity",
        subject="copper",
        title=HOSTILE,
        subtitle="sub",
        desk="Desk #let",
        day=date(2025, 3, 28),
        made_at=datetime(2025, 3, 28, 12, tzinfo=UTC),
        sections=(
            Section(id="one", title="One " + HOSTILE, blocks=(Paragraph(words=words(HOSTILE, 2)),)),
            Section(id="two", title="Two", blocks=(table,)),
            Section(id="three", title="Three", blocks=(Bullets(lines=(words("a"), words("b"))),)),
        ),
        notes=(_note(), _note(url)),
        figures=(),
    )


def test_the_words_of_others_are_words_in_a_pdf() -> None:
    """Nothing of typst's markup is read: each sign is printed; the same form, the same bytes."""
    form = report_form(_report())
    body = render_pdf(form)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    plain = "".join(printed.split())
    for part in ('#panic("x")', "$x^2$", "@note<note-1>*b*_i_`raw`", "</script><script>alert(1)"):
        assert part in plain
    assert "\u202e" not in printed
    assert render_pdf(form) == body
    assert render_pages(form, 20)[0].startswith(b"\x89PNG")


def test_a_link_of_a_pdf_leads_to_the_web_only() -> None:
    """An address of another kind is no link, in no form."""
    form = report_form(_report("javascript:alert(1)"))
    reader = PdfReader(io.BytesIO(render_pdf(form)))
    links = [
        note.get_object()["/A"].get("/URI", "")
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert links
    assert all(link.startswith("https://") for link in links if link)
    assert "javascript:" not in render_page(form)


def test_the_words_of_others_are_words_on_a_page() -> None:
    """No element of theirs; each note is led to and led back from."""
    tree = LexborHTMLParser(render_page(report_form(_report())))
    assert not tree.css("script, body img, svg, title *")
    assert SHOWN in (tree.css_first("h1").text() if tree.css_first("h1") else "")
    for mark in tree.css("sup a"):
        target = (mark.attributes["href"] or "").removeprefix("#")
        assert tree.css(f'li[id="{target}"]')
    for back in tree.css("ol.notes a[href^='#from']"):
        assert tree.css(f'[id="{(back.attributes["href"] or "")[1:]}"]')


def test_notes_are_counted_as_the_text_names_them() -> None:
    """The first section names the second note, so it is number one; unused ones are left out."""
    form = report_form(_report("https://second.example/"))
    assert form["notes"][0]["url"] == "https://second.example/"
    assert form["sections"][0]["blocks"][0]["words"][0]["notes"] == [{"n": 1, "first": True}]
    short = replace(_report(), sections=_report().sections[:1])
    assert len(report_form(short)["notes"]) == 1
    assert json.loads(json.dumps(form)) == form


OUTLINE = """<!-- a comment -->
{{three}}

## Our view

A **bold** word, [a link](https://example.org/x), [no link](javascript:alert(1)).

- one
- two

| a | b |
|---|--:|
| 1 | 2 |

{{ one }}
"""


def test_an_editor_orders_sections_and_adds_own() -> None:
    """What is not named is left out; own sections are marked."""
    found = outlined(_report().sections, OUTLINE, possible=("one", "two", "three", "four"))
    assert [s.id for s in found] == ["three", "editor-2", "one"]
    assert found[1].title == "Our view"
    assert found[1].editor
    assert len(found[1].blocks) == 3
    page = render_page(report_form(replace(_report(), sections=tuple(found))))
    assert "Written by the editor." in page
    assert 'href="https://example.org/x"' in page
    assert 'href="javascript' not in page
    with pytest.raises(PublishError, match="no section 'five'"):
        outlined(_report().sections, "{{five}}")
    assert not outlined(_report().sections, "{{four}}", possible=("four",))
    every = outlined(_report().sections, outline_text({s.id: "" for s in _report().sections}))
    assert every == list(_report().sections)


@given(st.text(max_size=200))
def test_any_markdown_can_be_read(text: str) -> None:
    """Blocks hold text alone, and as HTML nothing of it is an element that runs or fetches."""
    prose_blocks(text)
    tree = LexborHTMLParser(f"<body>{prose_html(text)}</body>")
    assert not tree.css("script, img, style, iframe, svg")


def test_a_figure_comes_back_from_its_row() -> None:
    """Rows hold all of a figure; a changed input has another digest."""
    figure = Figure(
        commodity="copper", stage="mining", country="CL", year=2022, basis="content", unit="kt",
        value=None, source="usgs-mcs", vintage="MCS2024", state="withheld",
    )  # fmt: skip
    measure = Measure(
        name="hhi", subject="copper", value=None, low=None, high=None, unit="1", method="hhi/1",
        vintage="MCS2024", inputs=(figure,),
    )  # fmt: skip
    kept = figure_of(measure)
    assert figure_from(kept.inputs[0]) == figure
    changed = {**kept.inputs[0], "year": 2023}
    assert digest_of(kept.name, kept.subject, kept.method, [changed]) != kept.digest
