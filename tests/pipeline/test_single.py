"""One page alone: from a path, an address or standard input to readings."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from lodewire.errors import BlockedAddress, BrokenFile, EmptyPage, ReadError, TooLarge
from lodewire.pipeline import single
from lodewire.pipeline.single import capture_of, read_capture_whole, read_single
from tests.pipeline.pages import COOKING, DEAL, page, raw


def test_a_file_is_read_whatever_it_is_about(tmp_path: Path) -> None:
    """The gate of relevance is for desks, not for a page that a person asks for."""
    file = tmp_path / "soup.txt"
    file.write_text(COOKING, encoding="utf-8")
    (reading,) = read_single(str(file))
    assert reading.relevance < 0.3
    assert reading.document.text.strip() == COOKING
    assert reading.method


def test_the_path_of_a_file_plays_no_part_in_its_ids(tmp_path: Path) -> None:
    """Nor does the time."""
    ids = set()
    for name in ("a.html", "b.html"):
        file = tmp_path / name
        file.write_bytes(page(DEAL).body)
        (reading,) = read_single(str(file))
        ids.add((reading.document.id, *(e.id for e in reading.events)))
    assert len(ids) == 1


def test_a_compressed_file_is_unfolded(tmp_path: Path) -> None:
    """As crawls store pages."""
    file = tmp_path / "page.html.gz"
    file.write_bytes(gzip.compress(page(DEAL).body))
    (reading,) = read_single(str(file))
    assert "Khoemacau" in reading.document.text


def test_standard_input_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless pipe is cut off and refused."""
    monkeypatch.setattr(single, "MAX_BYTES", 1000)
    endless = io.TextIOWrapper(io.BytesIO(b"copper " * 10_000))
    monkeypatch.setattr(sys, "stdin", endless)
    with pytest.raises(TooLarge, match="standard input"):
        capture_of("-")
    assert endless.buffer.tell() < 2000


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("nothing-here.html", ReadError),
        (".", ReadError),
        ("a\0b", BrokenFile),
        ("/dev/null", EmptyPage),
        ("/dev/zero", TooLarge),
        ("http://127.0.0.1:9/", BlockedAddress),
        ("HTTP://127.0.0.1:9/", BlockedAddress),
        ("http://[::1]:9/", BlockedAddress),
        ("http://169.254.1.1/", BlockedAddress),
    ],
)
def test_what_cannot_be_had_is_refused_with_a_hint(what: str, error: type[Exception]) -> None:
    """Each refusal says what to do."""
    with pytest.raises(error) as caught:
        capture_of(what)
    assert caught.value.hint  # type: ignore[attr-defined]


def test_a_page_that_cannot_be_read_is_refused_before_the_lexicon_is_loaded() -> None:
    """A refusal comes at once."""
    with pytest.raises(ReadError):
        read_capture_whole(raw(b"\x89PNG\r\n\x1a\n" + bytes(200)))
