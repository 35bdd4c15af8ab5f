"""``lodewire backfill``: archives into a desk, and how far they are read."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import lodewire
from tests.collect.archives import http, record
from tests.pipeline.pages import COOKING, DEAL, page


def test_an_archive_becomes_events_and_its_state_is_told(new_desk: Path, tmp_path: Path) -> None:
    """Once; the second run says that nothing came since."""
    file = tmp_path / "a.warc.gz"
    pages = (DEAL, COOKING)
    parts = [record(f"https://a.example/{n}", http(page(t).body)) for n, t in enumerate(pages)]
    file.write_bytes(b"".join(parts)[:-9] + b"")
    assert "No archive was read yet" in lodewire("backfill", "--status", "-d", new_desk).fine().out
    call = ["backfill", file, "-d", new_desk, "--workers", "1"]
    told = lodewire(*call).fine().out
    assert "1 pages in" in told
    assert "1 of the field, 1 new documents" in told
    assert lodewire("search", "Khoemacau", "-d", new_desk).fine().out
    assert "nothing came since" in lodewire(*call).fine().out
    status = lodewire("backfill", "--status", "-d", new_desk).fine().out
    assert "100% read" in status
    assert "the archive ends inside this record" in status
    (state,) = lodewire("backfill", "--status", "--json", "-d", new_desk).fine().json
    assert state["counts"]["kept"] == 1
    assert state["ended_at"]


def test_nothing_to_read_is_a_wrong_call(new_desk: Path) -> None:
    """And a path that is not there an error with a hint."""
    assert lodewire("backfill", "-d", new_desk).code == 2
    refused = lodewire("backfill", "none.warc.gz", "-d", new_desk)
    assert refused.code == 1
    assert "No such file" in refused.err
