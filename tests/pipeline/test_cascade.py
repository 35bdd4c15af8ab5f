"""Pages are read as far as they are worth: left at a glance, or read."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodewire.errors import EmptyPage
from lodewire.ledger import open_ledger
from lodewire.ledger.work import Stage
from lodewire.pipeline.cascade import Depth, sift
from lodewire.pipeline.reading import extract_step, read_step, story_step
from lodewire.pipeline.workers import InlineExecutor
from lodewire.text.reader import read_capture
from tests.pipeline.pages import COOKING, DEAL, NOW, OUTAGE, page, raw

HERE = InlineExecutor()


def test_a_page_of_the_field_is_read() -> None:
    """With its documents, each judged."""
    capture = page(DEAL)
    sifted = sift(capture, gate=0.3, leave=True)
    assert sifted.depth is Depth.READ
    assert sifted.documents == read_capture(capture)
    assert set(sifted.relevance) == {d.id for d in sifted.documents}
    assert sifted.best >= 0.3
    assert {"glance", "judge", "read"} <= set(sifted.seconds)


def test_a_page_of_another_field_is_left_at_the_glance_of_an_archive() -> None:
    """An archive's page is left; a page of the desk's own sources is kept."""
    assert sift(page(COOKING), gate=0.3, leave=True).documents == ()
    kept = sift(page(COOKING), gate=0.3)
    assert kept.depth is Depth.READ
    assert kept.documents == read_capture(page(COOKING))


def test_a_gate_of_nought_reads_all() -> None:
    """Nothing is left out where a desk wants everything."""
    assert sift(page(COOKING), gate=0.0, leave=True).depth is Depth.READ


def test_what_cannot_be_glanced_at_is_read() -> None:
    """Its errors are those of reading."""
    with pytest.raises(EmptyPage):
        sift(raw(b""), gate=0.3, leave=True)


def test_documents_under_the_gate_need_no_story_and_are_found(tmp_path: Path) -> None:
    """They are kept, searchable, and integrity holds; only those of the field are placed."""
    with open_ledger(tmp_path / "desk.db", create=True) as ledger:
        ledger.captures.add_all([page(COOKING, number=1), page(OUTAGE, number=2)])
        assert read_step(ledger, HERE, now=NOW).made == 2
        assert ledger.waiting()[Stage.STORY] == 1
        assert story_step(ledger, HERE, now=NOW).taken == 1
        assert extract_step(ledger, HERE, gate=0.3, now=NOW).taken == 1
        (hit,) = ledger.search("onions")
        reading = ledger.readings.get(hit.document_id)
        assert reading is not None
        assert reading.relevance < 0.3
        assert ledger.stories.member_of(hit.document_id) is None
        assert ledger.integrity() == ()
