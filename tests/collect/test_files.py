"""Folders of files as sources."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from lodewire.collect.files import folder_validators, list_files, read_folder
from lodewire.collect.told import Found, Note
from lodewire.errors import FetchFailed
from lodewire.model.ids import SourceId

NOW = datetime(2025, 3, 12, tzinfo=UTC)
PDF = b"%PDF-1.4 x"
RSS = (
    b'<rss version="2.0"><channel><item><title>A</title><guid>a</guid>'
    b"<link>https://e.org/a</link><description>Words.</description></item>"
    b"<item><title>B</title><guid>b</guid></item></channel></rss>"
)


def read(folder):
    return list(read_folder(folder, source_id=SourceId("inbox"), now=NOW, language="en"))


def fill(folder, **files: bytes) -> None:
    for name, body in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def test_files_come_in_the_order_of_their_paths_with_their_types(tmp_path):
    fill(
        tmp_path,
        b_html=b"<p>b",
        a__z_txt=b"z",
        a__mail_eml=b"From: x@y.org\n\nhi",
        c_pdf=PDF,
        d_unknown=b"<!doctype html><p>d",
        e_html_gz=gzip.compress(b"<p>e"),
        f=PDF,
        g_xml=b"<?xml version='1.0'?><html><body/></html>",
    )
    told = [(t.key, t.capture.media_type, t.capture.body) for t in read(tmp_path)]
    assert told == [
        ("file:a/mail.eml", "message/rfc822", b"From: x@y.org\n\nhi"),
        ("file:a/z.txt", "text/plain", b"z"),
        ("file:b.html", "text/html", b"<p>b"),
        ("file:c.pdf", "application/pdf", PDF),
        ("file:d.unknown", "text/html", b"<!doctype html><p>d"),
        ("file:e.html.gz", "text/html", b"<p>e"),
        ("file:f", "application/pdf", PDF),
        ("file:g.xml", "application/xhtml+xml", b"<?xml version='1.0'?><html><body/></html>"),
    ]


def test_ids_do_not_depend_on_where_the_folder_lies(tmp_path):
    for place in ("one", "two"):
        fill(tmp_path / place, a_html=b"<p>x")
    first, second = read(tmp_path / "one"), read(tmp_path / "two")
    assert first[0].capture.id == second[0].capture.id


def test_a_feed_file_gives_a_capture_for_each_entry(tmp_path):
    fill(tmp_path, feed_xml=RSS)
    told = read(tmp_path)
    assert [t.key for t in told] == ["a", "b"]
    assert told[0].capture.url == "https://e.org/a"
    assert b"Words." in told[0].capture.body
    assert told[1].capture.url == "file:feed.xml#b"


def test_what_cannot_be_read_is_noted_and_the_rest_goes_on(tmp_path):
    fill(
        tmp_path,
        a_html=b"",
        b_html=b" \n ",
        c_html_gz=b"\x1f\x8bnot gzip",
        d_html_gz=gzip.compress(bytes(100_000_000), 1),
        e_rss=b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"/>',
        f_html=b"<p>good",
    )
    told = read(tmp_path)
    assert [t.address for t in told if isinstance(t, Note)] == [
        "file:a.html",
        "file:b.html",
        "file:c.html.gz",
        "file:d.html.gz",
        "file:e.rss",
    ]
    assert [t.key for t in told if isinstance(t, Found)] == ["file:f.html"]


def test_hidden_files_and_links_that_lead_outside_are_left_out(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    fill(inside, a_html=b"<p>a", _hidden=b"h", _git__config=b"g")
    fill(outside, secret_txt=b"s")
    (inside / "leak.txt").symlink_to(outside / "secret.txt")
    (inside / "leak").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "broken.txt").symlink_to(tmp_path / "nowhere")
    (inside / "same.html").symlink_to(inside / "a.html")
    assert [f.name for f in list_files(inside)] == ["a.html", "same.html"]


def test_a_missing_folder_is_a_clear_error(tmp_path):
    for ask in (list_files, folder_validators, read):
        with pytest.raises(FetchFailed, match="no such folder"):
            ask(tmp_path / "none")


def test_the_fingerprint_of_a_folder_tells_any_change(tmp_path):
    fill(tmp_path, a_html=b"<p>a")
    first = folder_validators(tmp_path)
    assert first == folder_validators(tmp_path)
    fill(tmp_path, b_html=b"<p>b")
    second = folder_validators(tmp_path)
    fill(tmp_path, b_html=b"<p>bb")
    assert len({first, second, folder_validators(tmp_path)}) == 3
