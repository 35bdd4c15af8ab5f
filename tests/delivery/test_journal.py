"""What a sender notes while it sends, and what can be told from it after its death."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodewire.delivery import journal as journals
from lodewire.delivery.journal import left_behind, open_journal


def test_a_journal_is_nobodys_while_its_sender_lives(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.began("sb_a")
    with left_behind(tmp_path) as found:
        assert found == []
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_a_dead_senders_journal_tells_what_was_begun_and_what_ended(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.began("sb_old")
    journal.settled()
    journal.began("sb_a")
    journal.ended("sb_a", {"state": "sent"})
    journal.began("sb_b")
    journal.abandon()
    with left_behind(tmp_path) as (left,):
        assert left.sender == journal.sender
        assert (left.begun, left.ended) == ({"sb_b"}, {"sb_a": {"state": "sent"}})
        assert left.whole
    assert list(tmp_path.iterdir()) == []


def test_a_line_cut_short_and_a_start_of_the_machine_leave_things_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = open_journal(tmp_path)
    journal.began("sb_a")
    journal.ended("sb_a", {"state": "sent"})
    journal.abandon()
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    monkeypatch.setattr(journals, "_boot", lambda: "another")
    with left_behind(tmp_path) as (left,):
        assert (left.begun, left.ended, left.whole) == ({"sb_a"}, {}, False)


def test_a_file_that_is_none_of_ours_is_passed_over_and_a_failure_keeps_all(tmp_path: Path) -> None:
    (tmp_path / "x.log").write_text("what is this\n")
    journal = open_journal(tmp_path)
    journal.began("sb_a")
    journal.abandon()

    def fail() -> None:
        with left_behind(tmp_path) as found:
            assert [json.dumps(sorted(left.begun)) for left in found] == ['["sb_a"]']
            raise OSError("the ledger is away")

    with pytest.raises(OSError, match="away"):
        fail()
    assert len(list(tmp_path.iterdir())) == 2
