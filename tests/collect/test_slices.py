"""An archive read in slices gives what it gives read whole, whatever it holds."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.collect import slices
from lodewire.collect.slices import Damage, Slice, SliceReader, cut, fingerprint_of
from lodewire.errors import FetchFailed
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from tests.collect.archives import http, record

NOW = datetime(2025, 4, 1, tzinfo=UTC)


def read(file: Path, size: int) -> tuple[list[str], list[Damage]]:
    """Addresses of the pages in order, and the damages, as a backfill reads them."""
    found: list[str] = []
    damages: list[Damage] = []
    held: Slice | None = None

    def take(piece: Slice) -> int:
        reader = SliceReader(piece, source_of=lambda url: SourceId("x"), now=NOW)
        for _, told in reader:
            if isinstance(told, Capture):
                found.append(told.url)
            elif told is not None:
                damages.append(told)
        return reader.read_to

    for piece in cut(file, size=size):
        if isinstance(piece, Damage):
            damages.append(piece)
            continue
        whole = held.joined(piece, held.start) if held is not None else piece
        to = take(whole)
        held = Slice(start=to, body=whole.body[to - whole.start :]) if to < whole.end else None
    if held is not None:
        damages.append(Damage(at=held.start, message="the archive ends inside a record"))
    return found, damages


def archive(tmp_path: Path, parts: list[bytes]) -> Path:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(parts))
    return file


def urls(count: int) -> list[str]:
    return [f"https://a.example/{n}" for n in range(count)]


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    size=st.integers(1, 4_000),
    packed=st.booleans(),
    count=st.integers(0, 12),
)
def test_every_size_of_slice_gives_every_page_once(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int, packed: bool, count: int
) -> None:
    """Also where records of other kinds stand between, and pages that look like archives."""
    chance = random.Random(seed)
    parts = []
    for url in urls(count):
        body = chance.randbytes(chance.randrange(1, 900)).hex().encode()
        if chance.random() < 0.3:  # a page that holds a whole record, as it is and packed
            trap = record("https://trap.example/", http(b"<p>trap</p>"), packed=packed)
            body = b"<pre>\r\n" + trap + b"\r\n</pre>" + body
        if chance.random() < 0.5:
            parts.append(record(url, b"GET / HTTP/1.1\r\n\r\n", packed=packed, type_="request"))
        parts.append(record(url, http(b"<html>" + body), packed=packed))
    file = archive(tmp_path_factory.mktemp("w"), parts)
    if not count:
        with pytest.raises(FetchFailed):
            read(file, size)
        return
    assert read(file, size) == (urls(count), [])


def test_a_record_stored_unpacked_inside_a_member_is_no_record(tmp_path: Path) -> None:
    """A page of packed bytes keeps them as they are inside the member: a cut falls for them."""
    trap = record("https://trap.example/", http(b"<p>trap</p>" * 90))
    member = gzip.compress(b"", 0)[:10]
    whole = record("https://a.example/0", http(trap * 20, kind="text/plain"), packed=False)
    packed = gzip.compress(whole, 0, mtime=0)
    assert member[:3] in packed[10:], "the trap lies in the file as it is"
    parts = [packed, record("https://a.example/1", http(b"<p>one</p>"))]
    file = archive(tmp_path, parts)
    for size in (1, 50, 300, 2_000, 100_000):
        assert read(file, size) == (urls(2), []), size


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("length", [600, 90_000])
@pytest.mark.parametrize("size", [200, 5_000, 10_000_000])
def test_a_damaged_record_is_told_and_the_next_ones_are_read(
    tmp_path: Path, size: int, length: int, packed: bool
) -> None:
    """Bytes in the middle of the third of eight are other bytes, or its head is."""
    parts = [
        record(u, http(random.Random(u).randbytes(length).hex().encode()), packed=packed)
        for u in urls(8)
    ]
    bad = bytearray(parts[2])
    place = len(bad) // 2 if packed else 0  # bytes of a plain body would only be another page
    bad[place : place + 20] = b"\xff" * 20
    parts[2] = bytes(bad)
    found, damages = read(archive(tmp_path, parts), size)
    assert found == [u for n, u in enumerate(urls(8)) if n != 2]
    assert damages
    start = sum(map(len, parts[:2]))
    assert all(start <= d.at < start + len(parts[2]) + 10 for d in damages)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("lost", [1, 40, 300])
def test_an_archive_that_ends_too_early_is_told_so(tmp_path: Path, packed: bool, lost: int) -> None:
    """What is whole is read; the rest is told with its place."""
    parts = [
        record(u, http(random.Random(u).randbytes(600).hex().encode()), packed=packed)
        for u in urls(4)
    ]
    file = archive(tmp_path, parts)
    file.write_bytes(file.read_bytes()[:-lost])
    found, damages = read(file, 700)
    assert found == urls(3)
    assert [d.at for d in damages] == [sum(map(len, parts[:3]))]


def test_reading_can_begin_where_a_slice_ended(tmp_path: Path) -> None:
    """The mark of one run is the start of the next."""
    parts = [record(u, http(b"<p>%d</p>" % n)) for n, u in enumerate(urls(6))]
    file = archive(tmp_path, parts)
    at = sum(map(len, parts[:4]))
    (rest,) = [s for s in cut(file, at) if isinstance(s, Slice)]
    assert rest.start == at
    assert list(cut(file, file.stat().st_size)) == []


def test_a_stretch_without_a_record_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One gzip stream over everything cannot be cut, and does not fill the memory."""
    monkeypatch.setattr(slices, "MOST_BYTES", 3_000)
    whole = b"".join(record(u, http(b"<p>x</p>"), packed=False) for u in urls(3))
    noise = random.Random(1).randbytes(9_000)
    file = archive(tmp_path, [gzip.compress(whole + noise), record(urls(4)[3], http(b"<p>y</p>"))])
    found, damages = read(file, 1_000)
    assert found == [urls(4)[3]]
    assert [d.at for d in damages] == [0]


def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    """With what to give instead."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"hello")
    with pytest.raises(FetchFailed, match="not a WARC file"):
        list(cut(file))
    with pytest.raises(FetchFailed, match="No such file"):
        fingerprint_of(tmp_path / "none")


def test_an_archive_that_grew_is_known_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file under its name is not."""
    monkeypatch.setattr(slices, "_HEAD", 600)
    file = tmp_path / "a.warc"
    for length in (500, 5_000):
        file.write_bytes(b"WARC/1.0 " + b"a" * length)
        before = fingerprint_of(file)
        file.write_bytes(b"WARC/1.0 " + b"a" * (length + 400))
        assert fingerprint_of(file, before) == before
        file.write_bytes(b"WARC/1.0 " + b"b" * (length + 400))
        assert fingerprint_of(file, before) != before
