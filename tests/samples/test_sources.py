"""Definitions copied for a desk load there, and point where they should."""

from __future__ import annotations

from pathlib import Path

from lodewire.config.source import FolderChannel, load_sources
from lodewire.samples.sources import copy_sources


def test_copies_point_at_the_local_server(tmp_path: Path) -> None:
    base = "http://127.0.0.1:8123"
    files = copy_sources(tmp_path / "my desk: sources", base)
    sources = load_sources(tmp_path / "my desk: sources", shipped=False)
    assert len(sources) == len(files) == 16
    for source in sources:
        for channel in source.channels:
            if isinstance(channel, FolderChannel):
                assert sorted(f.suffix for f in channel.path.iterdir()) == [
                    ".eml",
                    ".eml",
                    ".txt",
                    ".txt",
                ]
            else:
                assert channel.address.startswith(f"{base}/{source.id}.example/")


def test_without_a_server_addresses_stay_public(tmp_path: Path) -> None:
    copy_sources(tmp_path)
    addresses = [c.address for s in load_sources(tmp_path, shipped=False) for c in s.channels]
    assert sum(a.startswith("https://") for a in addresses) == len(addresses) - 1


def test_copying_twice_changes_nothing(tmp_path: Path) -> None:
    first = [f.read_bytes() for f in copy_sources(tmp_path, "http://127.0.0.1:1")]
    assert [f.read_bytes() for f in copy_sources(tmp_path, "http://127.0.0.1:1")] == first
