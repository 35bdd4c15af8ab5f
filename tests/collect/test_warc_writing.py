"""Captures as WARC records: other programs read them back whole, and so does Lodewire."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from lodewire.collect.told import Found
from lodewire.collect.warc import read_warc
from lodewire.collect.warc_writing import warc_opening, warc_response
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId

AT = datetime(2025, 3, 10, 8, 0, 1, 250_000, tzinfo=UTC)
SOURCE = SourceId("crawl")


def capture(body: bytes = b"<p>Tin rose.</p>", **changes: object) -> Capture:
    told: dict[str, object] = {
        "source_id": SOURCE,
        "requested_url": "https://example.com/a",
        "url": "https://example.com/a",
        "fetched_at": AT,
        "body": body,
        "headers": (("content-type", "text/html; charset=utf-8"), ("etag", '"x"')),
        "charset": "utf-8",
    }
    return Capture(**{**told, **changes})  # type: ignore[arg-type]


def archive(*captures: Capture) -> bytes:
    return warc_opening("lodewire/test", AT) + b"".join(map(warc_response, captures))


def read_back(folder: Path, *captures: Capture) -> list[Capture]:
    file = folder / "a.warc.gz"
    file.write_bytes(archive(*captures))
    told = list(read_warc(file, source_id=SOURCE, now=AT))
    return [t.capture for t in told if isinstance(t, Found)]


def test_what_is_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    whole = capture()
    (found,) = read_back(tmp_path, whole)
    assert (found.id, found.body, found.fetched_at) == (whole.id, whole.body, AT)
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert ("etag", '"x"') in found.headers


def test_what_was_packed_on_the_wire_is_read_back_as_the_page(tmp_path: Path) -> None:
    wire = (("content-encoding", "br"), ("transfer-encoding", "chunked"), ("content-length", "3"))
    (found,) = read_back(tmp_path, capture(headers=wire, charset=None))
    assert found.body == b"<p>Tin rose.</p>"
    assert found.media_type == "text/html"


def test_digests_hold_for_other_programs() -> None:
    packed = archive(capture(), capture(b"<p>Zinc fell.</p>", url="https://example.com/b"))
    records = list(ArchiveIterator(BytesIO(packed), parse_http=False))
    assert len(records) == 3
    for found in ArchiveIterator(BytesIO(packed), parse_http=False):
        assert found.verify_block_digest()
    for found in ArchiveIterator(BytesIO(packed), parse_http=True):
        if found.is_http:
            assert found.verify_payload_digest()
    told = []
    for record in WarcioIterator(BytesIO(packed), check_digests="raise"):
        told.append((record.rec_type, record.content_stream().read()))
    assert [kind for kind, _ in told] == ["warcinfo", "response", "response"]
    assert told[2][1] == b"<p>Zinc fell.</p>"


def test_an_address_behind_a_redirect_is_told_with_the_one_asked_for() -> None:
    packed = archive(capture(requested_url="https://example.com/short"))
    *_, found = ArchiveIterator(BytesIO(packed), parse_http=False)
    assert found.headers["WARC-Target-URI"] == "https://example.com/a"
    assert found.headers["Lodewire-Requested-URI"] == "https://example.com/short"


def test_the_same_capture_gives_the_same_bytes_and_another_time_another_id() -> None:
    later = capture(fetched_at=datetime(2025, 3, 11, tzinfo=UTC))
    assert warc_response(capture()) == warc_response(capture())
    ids = {
        record.record_id
        for record in ArchiveIterator(BytesIO(archive(capture(), later)), parse_http=False)
    }
    assert len(ids) == 3


names = st.text(max_size=12)


@given(
    body=st.binary(min_size=1, max_size=200),
    headers=st.lists(st.tuples(names, names), max_size=4),
    status=st.integers(100, 599),
    url=st.text(max_size=30),
)
def test_no_header_or_address_breaks_out_of_its_line(
    body: bytes, headers: list[tuple[str, str]], status: int, url: str
) -> None:
    hostile = capture(body, headers=tuple(headers), status=status, url=f"https://example.com/{url}")
    packed = archive(hostile, capture(b"the next"))
    records = []
    for record in ArchiveIterator(BytesIO(packed), parse_http=True):
        records.append((record.headers["WARC-Type"], record.reader.read()))
    assert [kind for kind, _ in records] == ["warcinfo", "response", "response"]
    assert records[1][1] == body
    assert records[2][1] == b"the next"
