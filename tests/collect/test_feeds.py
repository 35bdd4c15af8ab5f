"""Feeds of every format, and what hostile or broken ones do."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.collect.feeds import parse_feed
from lodewire.errors import BrokenFile, EmptyPage, LodewireError, UnsupportedFormat

URL = "https://example.org/news/feed.xml"

RSS_090 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Ore</title><link>http://example.org</link></channel>
<item><title>Tin mine opens</title><link>http://example.org/tin</link></item></rdf:RDF>"""

RSS_091 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Ore</title><link>http://example.org</link>
<description>d</description><language>en</language>
<item><title>Tin mine opens</title><link>http://example.org/tin</link></item></channel></rss>"""

RSS_092 = (
    RSS_091.replace("0.91", "0.92").split("<!DOCTYPE")[0]
    + "<rss"
    + RSS_091.replace('version="0.91"', 'version="0.92"').split("<rss", 1)[1]
)

RSS_10 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://example.org"><title>Ore</title><link>http://example.org</link>
<description>d</description></channel>
<item rdf:about="http://example.org/tin"><title>Tin mine opens</title>
<link>http://example.org/tin</link><dc:date>2025-03-10T09:00:00+09:00</dc:date></item></rdf:RDF>"""

RSS_20 = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ore</title>
<link>http://example.org</link><description>d</description><language>en-GB</language>
<item><title>Tin mine opens</title><link>http://example.org/tin</link>
<guid isPermaLink="false">tin-1</guid><pubDate>Mon, 10 Mar 2025 09:00:00 +0900</pubDate>
<dc:creator>Jo Smith</dc:creator><category>Tin</category><category>Mines</category>
<description>&lt;p&gt;Short.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Long <a href="/more">text</a>.</p><script>x()</script>]]>
</content:encoded>
<enclosure url="/tin.pdf" length="1" type="application/pdf"/></item></channel></rss>"""

ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Ore</title>
<link rel="alternate" type="text/html" href="http://example.org"/>
<entry><title>Tin mine opens</title><link rel="alternate" type="text/html"
 href="http://example.org/tin"/><id>tag:example.org,2025:tin</id>
<issued>2025-03-10T00:00:00Z</issued><modified>2025-03-11T00:00:00Z</modified></entry></feed>"""

ATOM_10 = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/a/"><title>Ore</title>
<link href="http://example.org/"/><entry><title type="html">Tin &amp;lt; zinc &amp;amp; lead</title>
<link href="../tin"/><id>tag:example.org,2025:tin</id><published>2025-03-10T00:00:00Z</published>
<updated>2025-03-11T12:30:00+01:00</updated><author><name>Jo Smith</name></author>
<summary>Prices &lt; costs</summary><category term="tin" label="Tin"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long</p></div></content>
</entry></feed>"""

JSON_11 = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Ore",
    "home_page_url": "https://example.org/",
    "language": "en-US",
    "items": [
        {
            "id": 17,
            "url": "/tin",
            "title": "Tin mine opens",
            "content_text": "First <b>.\n\nSecond.",
            "summary": "Short & sweet",
            "date_published": "2025-03-10T09:00:00+09:00",
            "authors": [{"name": "Jo Smith"}],
            "tags": ["Tin", "Mines"],
            "attachments": [{"url": "tin.pdf", "mime_type": "application/pdf"}],
        }
    ],
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (RSS_090, "RSS 0.90"),
        (RSS_091, "RSS 0.91"),
        (RSS_092, "RSS 0.92"),
        (RSS_10, "RSS 1.0"),
        (RSS_20, "RSS 2.0"),
        (ATOM_03, "Atom 0.3"),
        (json.dumps(JSON_11), "JSON Feed"),
        (json.dumps({**JSON_11, "version": "https://jsonfeed.org/version/1"}), "JSON Feed"),
    ],
)
def test_every_format_gives_the_same_entry(text, name):
    feed = parse_feed(text.encode(), url=URL)
    assert feed.format == name
    assert feed.title == "Ore"
    assert [entry.title for entry in feed.entries] == ["Tin mine opens"]
    assert feed.entries[0].link.endswith("example.org/tin")
    assert feed.notes == ()


def test_rss_2_gives_every_field():
    entry = parse_feed(RSS_20.encode(), url=URL).entries[0]
    assert entry.guid == "tin-1"
    assert entry.published == datetime(2025, 3, 10, 0, 0, tzinfo=UTC)
    assert entry.authors == ("Jo Smith",)
    assert entry.categories == ("Tin", "Mines")
    assert entry.language == "en"
    assert entry.summary_html == "<p>Short.</p>"
    assert entry.content_html == '<p>Long <a href="https://example.org/more">text</a>.</p>'
    assert entry.enclosure == "https://example.org/tin.pdf"


def test_atom_gives_every_field_and_resolves_its_own_base():
    feed = parse_feed(ATOM_10.encode(), url=URL)
    entry = feed.entries[0]
    assert feed.format == "Atom 1.0"
    assert entry.title == "Tin < zinc & lead"
    assert entry.link == "http://example.org/tin"
    assert entry.published == datetime(2025, 3, 10, tzinfo=UTC)
    assert entry.updated == datetime(2025, 3, 11, 11, 30, tzinfo=UTC)
    assert entry.summary_html == "Prices &lt; costs"
    assert entry.content_html is not None
    assert "<p>Long</p>" in entry.content_html
    assert entry.categories == ("Tin",)


def test_json_feed_gives_every_field():
    entry = parse_feed(json.dumps(JSON_11).encode(), url=URL).entries[0]
    assert entry.guid == "17"
    assert entry.link == "https://example.org/tin"
    assert entry.content_html == "<p>First &lt;b&gt;.</p><p>Second.</p>"
    assert entry.summary_html == "<p>Short &amp; sweet</p>"
    assert entry.published == datetime(2025, 3, 10, tzinfo=UTC)
    assert entry.enclosure == "https://example.org/news/tin.pdf"
    assert entry.language == "en"


def test_the_author_of_json_feed_1_0_is_read():
    table = {**JSON_11, "items": [{"id": "a", "title": "x", "author": {"name": "Ann"}}]}
    assert parse_feed(json.dumps(table).encode(), url=URL).entries[0].authors == ("Ann",)


def test_an_entry_without_a_date_has_none():
    entry = parse_feed(RSS_090.encode(), url=URL).entries[0]
    assert entry.published is None
    assert entry.updated is None


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://u:p@example.org/", "http://[::1"]
)
def test_links_that_lead_nowhere_good_are_left_out(link):
    text = RSS_090.replace("http://example.org/tin", link)
    assert parse_feed(text.encode(), url=URL).entries[0].link is None


# --- encodings --------------------------------------------------------------------------------

FRENCH = (
    '<rss version="2.0"><channel><item><title>Métaux à terre: 稀土</title></item></channel></rss>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_feeds_come_in_any_unicode_encoding(encoding):
    feed = parse_feed(FRENCH.encode(encoding), url=URL)
    assert feed.entries[0].title == "Métaux à terre: 稀土"


@pytest.mark.parametrize(
    ("declared", "title"),
    [("shift_jis", "レアアースの輸出"), ("iso-8859-1", "Métaux"), ("windows-1256", "المعادن")],
)
def test_the_declared_encoding_is_used(declared, title):
    text = f'<?xml version="1.0" encoding="{declared}"?>' + FRENCH.replace(
        "Métaux à terre: 稀土", title
    )
    assert parse_feed(text.encode(declared), url=URL).entries[0].title == title


def test_the_servers_charset_serves_where_the_feed_declares_none():
    body = FRENCH.replace("稀土", "").encode("iso-8859-1")
    assert parse_feed(body, url=URL, charset="iso-8859-1").entries[0].title == "Métaux à terre:"


def test_a_wrong_declaration_is_noted_and_utf_8_tried():
    body = b'<?xml version="1.0" encoding="ascii"?>' + FRENCH.encode()
    feed = parse_feed(body, url=URL, charset="x-klingon")
    assert feed.entries[0].title == "Métaux à terre: 稀土"
    assert feed.notes == ("declared as ascii, read as utf-8",)


# --- broken and hostile -----------------------------------------------------------------------


def test_a_feed_cut_in_the_middle_gives_what_came_and_a_note():
    items = "".join(
        f"<item><title>n{n}</title><link>http://e.org/{n}</link></item>" for n in range(9)
    )
    whole = f'<rss version="2.0"><channel>{items}</channel></rss>'
    feed = parse_feed(whole[:300].encode(), url=URL)
    assert [entry.title for entry in feed.entries[:4]] == ["n0", "n1", "n2", "n3"]
    assert feed.notes[0].startswith("broken XML, read what could be read")


def test_loose_ampersands_undeclared_entities_and_control_characters_are_survived():
    title = "<title>S&P: R&D &nbsp; &eacute;tain\x0b\x00 &foo; &amp;c</title>"
    text = f'<rss version="2.0"><channel><item>{title}</item></channel></rss>'
    feed = parse_feed(text.encode(), url=URL)
    assert feed.entries[0].title == "S&P: R&D étain &foo; &c"
    assert feed.notes == ("broken XML, mended: not well-formed (invalid token), line 1",)


def test_blank_lines_before_the_declaration_do_no_harm():
    feed = parse_feed(b"\n\n <?xml version='1.0'?>\n" + RSS_20.encode(), url=URL)
    assert feed.notes == ()
    assert len(feed.entries) == 1


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + ']><rss version="2.0"><channel><item><title>&a9;</title></item></channel></rss>'
)
XXE = (
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>'
)
HIDDEN = "<?xml version='1.0'?><!-- <rss> --><?p q?>" + XXE
PARAMETER = '<!DOCTYPE rss SYSTEM "a>b" [<!ENTITY % p SYSTEM "http://e.org/x.dtd"> %p;]><rss/>'


@pytest.mark.parametrize("text", [LAUGHS, XXE, HIDDEN, PARAMETER])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_feeds_that_declare_entities_are_refused(text, encoding):
    with pytest.raises(BrokenFile, match="declares entities"):
        parse_feed(text.encode(encoding), url=URL)


def test_words_about_entities_in_an_article_are_no_offence():
    text = RSS_20.replace("Tin mine opens", "<![CDATA[How <!ENTITY works]]>")
    assert len(parse_feed(text.encode(), url=URL).entries) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<rss version="2.0">' + "<a>" * 5000 + "</a>" * 5000 + "</rss>",
        '<rss version="2.0">' + "<a/>" * 700_000 + "</rss>",
        '<rss version="2.0"><channel>' + "<item/>" * 20_000 + "</channel></rss>",
        '<rss version="2.0"><channel>' + "<b>" * 100 + "<i" * 100_000,
    ],
)
def test_towers_and_seas_of_tags_are_refused(text):
    with pytest.raises(BrokenFile):
        parse_feed(text.encode(), url=URL)


@pytest.mark.parametrize("body", [b"", b"  \n ", b"\x00\x00", b"no markup at all"])
def test_nothing_is_an_empty_page(body):
    with pytest.raises((EmptyPage, UnsupportedFormat)):
        parse_feed(body, url=URL)


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><head><title>News</title></head><body><p>Hi</body></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b'{"items": []}',
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body):
    with pytest.raises(UnsupportedFormat) as caught:
        parse_feed(body, url=URL)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"version": ' + "[" * 100_000, '{"a":1}'])
def test_broken_json_is_a_clear_error(text):
    with pytest.raises(LodewireError):
        parse_feed(text.encode(), url=URL)


def test_rubbish_in_a_json_feed_counts_as_missing():
    table = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": 5,
        "items": [
            7,
            {"id": ["x"], "title": 3, "url": {}, "tags": "t", "authors": 1, "attachments": [2]},
            {"title": "lone \ud800 surrogate", "date_published": "yesterday"},
        ],
    }
    feed = parse_feed(json.dumps(table).encode(), url=URL)
    assert [entry.title for entry in feed.entries] == ["lone \ufffd surrogate"]
    assert "1 broken entries left out" in feed.notes
    assert "1 empty entries left out" in feed.notes


@given(st.binary(max_size=300))
def test_any_bytes_give_a_feed_or_a_clear_error(body):
    for prefix in (b"", b"<rss version='2.0'><channel><item><title>", b"{", b"<feed>"):
        try:
            parse_feed(prefix + body, url=URL)
        except LodewireError:
            continue  # any other kind of error fails the test
