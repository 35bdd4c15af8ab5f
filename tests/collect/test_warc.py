"""WARC archives: pages come out, damage is stepped over."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from lodewire.collect.told import Found, Note
from lodewire.collect.warc import read_warc, warc_validators
from lodewire.errors import FetchFailed
from lodewire.model.ids import SourceId

NOW = datetime(2025, 3, 12, tzinfo=UTC)
SOURCE = SourceId("crawl")


def page(n: int, *headers: str, body: bytes | None = None, status: int = 200) -> bytes:
    lines = [f"HTTP/1.1 {status} X", *(headers or ("Content-Type: text/html; charset=utf-8",))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b"<p>page %d</p>" % n)


def record(n: int, payload: bytes | None = None, kind: str = "response") -> bytes:
    payload = page(n) if payload is None else payload
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://e.org/{n}\r\n"
        f"WARC-Date: 2025-03-10T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n:032d}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def read(tmp_path, content: bytes) -> tuple[list[str], list[str]]:
    """Return the bodies and the notes."""
    file = tmp_path / "a.warc.gz"
    file.write_bytes(content)
    told = list(read_warc(file, source_id=SOURCE, now=NOW))
    bodies = [t.capture.body.decode() for t in told if isinstance(t, Found)]
    return bodies, [t.message for t in told if isinstance(t, Note)]


THREE = ["<p>page 1</p>", "<p>page 2</p>", "<p>page 3</p>"]


@pytest.mark.parametrize("packed", [b"".join, lambda parts: b"".join(map(gzip.compress, parts))])
def test_pages_come_out_of_plain_and_compressed_archives(tmp_path, packed):
    bodies, notes = read(tmp_path, packed([record(1), record(2), record(3)]))
    assert bodies == THREE
    assert notes == []


def test_a_capture_carries_what_the_archive_says(tmp_path):
    file = tmp_path / "a.warc"
    file.write_bytes(record(7))
    (found,) = read_warc(file, source_id=SOURCE, now=NOW)
    capture = found.capture
    assert capture.url == capture.requested_url == found.key == "http://e.org/7"
    assert capture.fetched_at == datetime(2025, 3, 10, 8, tzinfo=UTC)
    assert (capture.media_type, capture.charset, capture.status) == ("text/html", "utf-8", 200)


def test_what_is_no_page_is_counted_once_at_the_end(tmp_path):
    others = [
        record(2, page(2, "Content-Type: image/png")),
        record(3, page(3, "Content-Type: text/css")),
        record(4, page(4, status=404)),
        record(5, kind="request"),
    ]
    bodies, notes = read(tmp_path, record(1) + b"".join(others))
    assert bodies == THREE[:1]
    assert notes == ["3 records hold no page (images, scripts, errors); 1 pages"]


def test_chunks_and_encodings_are_undone_also_where_headers_lie(tmp_path):
    chunked = b"5\r\nhello\r\n6;x=1\r\n world\r\n0\r\n\r\n"
    chunk_header = ("Content-Type: text/html", "Transfer-Encoding: chunked")
    gzip_header = ("Content-Type: text/html", "Content-Encoding: gzip")
    bodies, notes = read(
        tmp_path,
        record(1, page(1, *chunk_header, body=chunked))
        + record(2, page(2, *chunk_header, body=b"hello world"))
        + record(3, page(3, *gzip_header, body=gzip.compress(b"hello world")))
        + record(4, page(4, *gzip_header, body=b"hello world")),
    )
    assert bodies == ["hello world"] * 4
    assert notes == []


def test_a_record_without_http_is_skipped_with_a_note(tmp_path):
    bodies, notes = read(tmp_path, record(1) + record(2, b"\x00 no response") + record(3))
    assert bodies == [THREE[0], THREE[2]]
    assert notes == ["http://e.org/2: skipped: it holds no HTTP response"]


def test_a_bomb_in_a_record_is_skipped(tmp_path):
    bomb = gzip.compress(bytes(40_000_000), 1)
    header = ("Content-Type: text/html", "Content-Encoding: gzip")
    bodies, notes = read(tmp_path, record(1) + record(2, page(2, *header, body=bomb)) + record(3))
    assert bodies == [THREE[0], THREE[2]]
    assert len(notes) == 1


def damaged(n: int) -> bytes:
    whole = gzip.compress(record(n))
    return whole[:60] + b"\xff" * 40 + whole[100:]


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(record(1)) + damaged(2) + gzip.compress(record(3)),
        record(1) + b"garbage\r\nmore garbage\r\n" + record(3),
        gzip.compress(record(1)) + damaged(2) + damaged(2) + gzip.compress(record(3)),
    ],
)
def test_damage_in_the_middle_is_stepped_over(tmp_path, content):
    bodies, notes = read(tmp_path, content)
    assert bodies == [THREE[0], THREE[2]]
    assert notes
    assert all("damaged after byte" in note for note in notes)


def test_damage_at_the_start_is_stepped_over(tmp_path):
    bodies, notes = read(tmp_path, damaged(1) + gzip.compress(record(2)))
    assert bodies == [THREE[1]]
    assert len(notes) == 1


def test_a_truncated_archive_gives_its_whole_records(tmp_path):
    bodies, notes = read(tmp_path, gzip.compress(record(1)) + gzip.compress(record(2))[:-40])
    assert bodies == THREE[:1]
    assert len(notes) == 1


def test_a_plain_archive_cut_off_gives_its_whole_records(tmp_path):
    bodies, notes = read(tmp_path, record(1) + record(2)[:-12])
    assert bodies == THREE[:1]
    assert notes == ["http://e.org/2: skipped: the archive ends inside it"]


@pytest.mark.parametrize("content", [b"<html>" * 100, b"\x00" * 2000])
def test_what_is_no_warc_is_said_to_be_none(tmp_path, content):
    with pytest.raises(FetchFailed, match="not a WARC"):
        read(tmp_path, content)


def test_an_empty_archive_holds_nothing(tmp_path):
    assert read(tmp_path, b"") == ([], [])


def test_a_missing_archive_is_a_clear_error(tmp_path):
    with pytest.raises(FetchFailed):
        list(read_warc(tmp_path / "none", source_id=SOURCE, now=NOW))
    with pytest.raises(FetchFailed):
        warc_validators(tmp_path / "none")


def test_validators_tell_a_changed_archive(tmp_path):
    file = tmp_path / "a.warc"
    file.write_bytes(record(1))
    before = warc_validators(file)
    assert before == warc_validators(file)
    file.write_bytes(record(1) + record(2))
    assert before != warc_validators(file)
