"""Whatever the bytes, the reader gives documents or an error that says what to do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodewire.errors import BrokenFile, EmptyPage, ReadError, UnsupportedFormat
from lodewire.model.capture import FeedEntry
from lodewire.model.document import Document
from lodewire.text import sniff
from lodewire.text.reader import extract_main_text, read_capture
from tests.text import makers, pages

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
NEWS = (
    "The Khoemacau mine in Botswana raised its copper output by five percent, MMG said on Monday."
)


def read(body: bytes, media_type: str = "text/html", **more: object) -> tuple[Document, ...]:
    return read_capture(pages.capture(body, media_type=media_type, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\x00\x00\x00", b"\r\n\r\n"])
def test_nothing_is_an_empty_page(body: bytes) -> None:
    for media_type in ("text/html", "text/plain", "application/pdf"):
        with pytest.raises(EmptyPage):
            read(body, media_type)


FOREIGN = {
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "JPEG": b"\xff\xd8\xff\xe0" + bytes(200),
    "ZIP": b"PK\x03\x04" + bytes(range(256)),
    "program": b"MZ\x90\x00\x03" + bytes(200),
    "Office": b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(200),
    "media": b"\x00\x00\x00\x18ftypmp42" + bytes(200),
    "RTF": b"{\\rtf1\\ansi Copper}",
    "binary": bytes(range(256)) * 20,
    "WARC": b"WARC/1.0\r\nWARC-Type: response\r\n",
    "JSON": b'{"a": 1}',
    "XML": b'<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>',
}


@pytest.mark.parametrize("name", FOREIGN)
def test_other_formats_are_refused_by_name(name: str) -> None:
    declared = {"JSON": "application/json", "XML": "application/xml"}.get(name, "text/plain")
    with pytest.raises(UnsupportedFormat, match=name) as raised:
        read(FOREIGN[name], declared)
    assert "PDF" in (raised.value.hint or "")


def test_a_text_that_opens_like_a_program_is_a_text() -> None:
    (document,) = read(b"MZ Mining plc reports.\n\nOutput of the mine rose by 4%.", "text/plain")
    assert document.title is None or document.title.startswith("MZ")


def test_gzip_in_a_file_is_undone() -> None:
    html = pages.MINISTRY.encode()
    assert read(gzip.compress(html))[0].text == read(html)[0].text
    assert read(gzip.compress(gzip.compress(html)))[0].text == read(html)[0].text


def test_a_decompression_bomb_is_refused_before_it_grows() -> None:
    bomb = gzip.compress(bytes(sniff.INFLATE_LIMIT + 10_000))
    assert len(bomb) < 100_000
    with pytest.raises(BrokenFile, match="grows over"):
        read(bomb)


def test_gzip_layers_without_end_and_damaged_gzip_are_broken() -> None:
    body = gzip.compress(gzip.compress(gzip.compress(NEWS.encode())))
    with pytest.raises(BrokenFile, match="within gzip"):
        read(body)
    with pytest.raises(BrokenFile, match="damaged gzip"):
        read(b"\x1f\x8b\x08\x00" + b"not gzip at all")


def test_a_file_over_the_limit_says_its_size_and_the_limit() -> None:
    with pytest.raises(ReadError, match=r"50\.0 MB; the limit is 20 MB"):
        read(b"<p>copper</p>" + b" " * 50_000_000)
    with pytest.raises(ReadError, match="the limit is 20 MB"):
        read(b"Copper rose. " * 4_000_000, "text/plain")


def test_html_declared_as_text_and_text_declared_as_html_are_told_apart() -> None:
    assert read(pages.MINISTRY.encode(), "text/plain")[0].method == "model"
    (document,) = read(NEWS.encode(), "text/html")
    assert document.method == "plain"


def test_a_wrong_declared_charset_is_corrected_and_noted() -> None:
    html = pages.MINISTRY.replace("Namibia and Japan", "Cobre Panamá and São Tomé")
    (document,) = read(html.encode(), charset="iso-8859-1")
    assert document.title == "Cobre Panamá and São Tomé agree to explore for rare earths"
    assert any("UTF-8" in note for note in document.notes)


@pytest.mark.parametrize("charset", ["shift_jis", "euc-jp", "utf-16", "utf-8-sig"])
def test_japanese_is_read_in_its_old_charsets(charset: str) -> None:
    html = pages.JAPANESE.replace("<head>", f'<head><meta charset="{charset}">')
    (document,) = read(html.encode(charset))
    assert document.title == "銅価格が最高値"
    assert "ロンドン金属取引所" in document.text


def test_invalid_utf8_is_read_as_far_as_it_goes_and_noted() -> None:
    body = pages.MINISTRY.encode().replace(b"Epangelo", b"Epangelo \xff\xfe\xc3")
    (document,) = read(body, charset="utf-8")
    assert "Epangelo" in document.text
    assert any("invalid" in note for note in document.notes)


def test_null_bytes_and_controls_do_not_reach_the_text() -> None:
    body = pages.MINISTRY.replace("Epangelo Mining", "Epange\x00lo\x07 Min\x0bing").encode()
    (document,) = read(body)
    assert not any(ord(character) < 32 and character != "\n" for character in document.text)


HOSTILE = {
    "nested divs": "<div>" * 100_000 + NEWS + "</div>" * 100_000,
    "unclosed divs": "<div>" * 30_000 + f"<p>{NEWS}</p>",
    "nested lists": "<ul><li>" * 20_000 + NEWS,
    "nested links": '<a href="/x"><p>' * 20_000 + NEWS,
    "a tag of 50,000 attributes": "<p "
    + " ".join(f"a{n}=1" for n in range(50_000))
    + f">{NEWS}</p>",
    "attributes that quote the end": "<p "
    + " ".join(f'a{n}=">"' for n in range(150_000))
    + f">{NEWS}",
    "an attribute of 5 MB": f'<p title="{"x" * 5_000_000}">{NEWS}</p>',
    "nested JSON-LD": '<script type="application/ld+json">'
    + "[" * 50_000
    + f"</script><p>{NEWS}</p>",
    "3,000 headlines": "".join(
        f'<h2><a href="/{n}">Copper price rise {n}</a></h2>' for n in range(3_000)
    )
    + NEWS,
    "open brackets": "<" * 200_000 + NEWS,
    "open comments": "<!--" * 100_000 + NEWS,
    "a line of dots": "<p>" + "." * 300_000 + NEWS,
    "a line of quotes": "<p>" + '."' * 100_000 + NEWS,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_ends_in_documents_or_an_error(name: str) -> None:
    html = f"<html><body><h1>Copper output rises</h1><p>{NEWS}</p>{HOSTILE[name]}</body></html>"
    try:
        documents = read_capture(pages.capture(html))
    except ReadError:
        return
    assert any("Botswana" in document.text for document in documents)


def test_hostile_markup_is_noted_when_it_is_changed() -> None:
    html = "<html><body>" + "<div>" * 10_000 + f"<p>{NEWS}</p></body></html>"
    (document,) = read(html.encode())
    assert any("flattened" in note for note in document.notes)


def check(documents: tuple[Document, ...]) -> None:
    assert documents
    ids = [document.id for document in documents]
    assert len(set(ids)) == len(ids)
    for document in documents:
        assert document.text.strip()
        for span in document.sentences:
            assert span.of(document.text).strip() == span.of(document.text) != ""


_FRAGMENTS = st.sampled_from(
    [
        "<html>",
        "<body>",
        "<p>",
        "</p>",
        "<div class=post>",
        "</div>",
        '<h2><a href="/x">',
        "</a></h2>",
        "<article>",
        "</article>",
        "<table><tr><td>",
        "<ul><li>",
        "<br>",
        "<script>",
        "<!--",
        "-->",
        "&amp;",
        "Copper rose by 5% to $9,000 a tonne in London on Monday, traders said. ",
        "12 May 2023",
        "By Jane Doe",
        "Read more",
        "PERTH, May 12 (Reuters) - ",
        "\n",
        "\x00",
        "中国宣布。",
        "<h1>Copper rises again</h1>",
        '<meta property="article:published_time" content="2023-05-12">',
        "From: a@b.c\nSubject: x\n\n",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>',
        "%PDF-1.4",
    ]
)
_BODIES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(_FRAGMENTS, max_size=40).map(lambda parts: "".join(parts).encode()),
    st.binary(max_size=60).map(lambda junk: makers.pdf([["Copper rose on Monday."]])[:400] + junk),
    st.binary(max_size=60).map(
        lambda junk: b"From: a@b.c\r\nSubject: x\r\nDate: " + junk + b"\r\n\r\nHi"
    ),
    st.binary(max_size=60).map(lambda junk: b"<?xml version='1.0'?><rss><channel>" + junk),
)
_TYPES = st.sampled_from(
    ["text/html", "text/plain", "application/pdf", "message/rfc822", "text/xml", ""]
)
_ENTRIES = st.one_of(
    st.none(),
    st.builds(FeedEntry, title=st.text(max_size=20), summary_html=st.text(max_size=80)),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    _BODIES,
    _TYPES,
    st.sampled_from([None, "utf-8", "x"]),
    _ENTRIES,
)
def test_any_bytes_become_documents_or_a_read_error(
    body: bytes, media_type: str, charset: str | None, entry: FeedEntry | None
) -> None:
    capture = pages.capture(body, media_type=media_type, charset=charset, entry=entry)
    try:
        documents = read_capture(capture)
    except ReadError:
        return
    check(documents)
    assert documents == read_capture(capture)


@given(_BODIES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_main_text_of_any_bytes_is_a_text(body: bytes) -> None:
    assert isinstance(extract_main_text(body), str)


def test_main_text_is_the_text_of_the_article() -> None:
    article = read_capture(pages.capture(pages.RELEASE))[0]
    assert extract_main_text(pages.RELEASE) == article.text
    assert extract_main_text(pages.RELEASE.encode()) == article.text


@pytest.mark.skipif(not BENCH.exists(), reason="the benchmark pages are not beside the project")
def test_real_pages_of_both_sets_become_valid_documents() -> None:
    truth = json.loads((BENCH / "article-extraction" / "ground-truth.json").read_text("utf-8"))
    for name in sorted(truth)[:10]:
        body = (BENCH / "article-extraction" / "html" / f"{name}.html.gz").read_bytes()
        check(read(body, url=truth[name]["url"]))
    for page in sorted((BENCH / "web-content" / "html").iterdir())[:10]:
        check(read(page.read_bytes(), url="https://example.com/page"))
