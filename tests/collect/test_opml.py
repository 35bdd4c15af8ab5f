"""OPML lists turned into source definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.collect.opml import import_opml
from lodewire.config.source import load_source
from lodewire.errors import BrokenFile, LodewireError, UnsupportedFormat
from lodewire.model.vocabulary import Desk

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Metals"><outline type="rss" text="Ore &amp; More: news" title="Ore &amp; More: news"
 xmlUrl="https://ore.example/feed" htmlUrl="https://ore.example/"/>
<outline type="rss" text="日本の鉱業" xmlUrl="https://jp.example/rss.xml" language="ja"/></outline>
<outline text="Ore, more news" xmlUrl="https://ore.example/feed2"/>
<outline text="Again" xmlUrl="https://ore.example/feed"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>""".encode()


def test_each_feed_becomes_a_definition_that_loads(tmp_path):
    imported, notes = import_opml(OPML, desks=(Desk.MINING_METALS,))
    assert [i.source.id for i in imported] == ["ore-more-news", "jp-example", "ore-more-news-2"]
    assert imported[0].source.publisher == "Ore & More: news"
    assert imported[1].source.language == "ja"
    assert imported[0].source.channels[0].url == "https://ore.example/feed"
    assert len(notes) == 2
    for made in imported:
        file = tmp_path / "source.yml"
        file.write_text(made.yaml, encoding="utf-8")
        assert load_source(file) == made.source


def test_ids_that_exist_are_not_used_again():
    imported, _ = import_opml(OPML, taken=frozenset({"ore-more-news"}))
    assert imported[0].source.id == "ore-more-news-2"


def test_the_terms_say_that_nobody_has_looked_them_up():
    imported, _ = import_opml(OPML)
    assert imported[0].source.terms.startswith("Not looked up")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html><body/></html>", UnsupportedFormat),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', BrokenFile),
        (b"", LodewireError),
    ],
)
def test_what_is_no_opml_is_a_clear_error(body, kind):
    with pytest.raises(kind):
        import_opml(body)


@given(st.text(max_size=100))
def test_any_title_gives_a_definition(title):
    from xml.sax.saxutils import quoteattr

    clean = "".join(c for c in title if c.isprintable())
    outline = f'<outline xmlUrl="https://e.org/f" text={quoteattr(clean)}/>'
    imported, _ = import_opml(f"<opml><body>{outline}</body></opml>".encode("utf-8", "replace"))
    assert len(imported) == 1
