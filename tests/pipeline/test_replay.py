"""A past brief is composed again from the ledger, byte for byte, whatever came in since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from lodewire.config.desk import DeskConfig
from lodewire.ledger import open_ledger
from lodewire.ledger.codec import dumps
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief
from lodewire.model.capture import Capture
from lodewire.pipeline.run import process
from lodewire.pipeline.sample import run_sample
from lodewire.samples import NEWSROOM_DAY, NEWSROOM_NOW
from lodewire.workbench.briefing.composing import compose_step, replay_brief

LATER = NEWSROOM_NOW + timedelta(hours=9)


@dataclass(frozen=True)
class Newsroom:
    """A desk that had read two thirds of the newsroom when its brief was kept, and all since."""

    ledger: Ledger
    desk: DeskConfig
    kept: Brief
    late: tuple[Capture, ...]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("replay")
    _, _, desk = run_sample(folder / "whole", workers=1)
    many = _captures(folder / "whole")
    early = [c for n, c in enumerate(many) if n % 3]
    late = [replace(c, fetched_at=LATER) for n, c in enumerate(many) if not n % 3]
    with open_ledger(folder / "two.db", create=True) as ledger:
        ledger.captures.add_all(early)
        process(ledger, desk, now=NEWSROOM_NOW, workers=1)
        kept = compose_step(ledger, desk, NEWSROOM_DAY, now=NEWSROOM_NOW)
        ledger.captures.add_all(late)
        process(ledger, desk, now=LATER, workers=1)
        yield Newsroom(ledger, desk, kept, tuple(late))


def _captures(folder: Path) -> list[Capture]:
    with open_ledger(folder / "desk.db") as ledger:
        found = [ledger.documents.get(hit.document_id) for hit in ledger.search("", limit=1000)]
        ids = sorted({document.capture_id for document in found})
        return [ledger.captures.get(id_) for id_ in ids]


def test_a_past_brief_is_the_same_to_the_byte(newsroom: Newsroom) -> None:
    """Late documents founded, moved and joined events since; then is then."""
    again = replay_brief(newsroom.ledger, newsroom.desk, NEWSROOM_DAY, at=NEWSROOM_NOW)
    assert dumps(again) == dumps(newsroom.kept)
    assert newsroom.ledger.as_of(NEWSROOM_NOW).briefs.get(NEWSROOM_DAY) == newsroom.kept


def test_the_late_documents_would_change_it(newsroom: Newsroom) -> None:
    """Else the test above would show nothing."""
    assert len(newsroom.late) >= 20
    now = replay_brief(newsroom.ledger, newsroom.desk, NEWSROOM_DAY, at=LATER)
    told = {e.event_id for s in newsroom.kept.sections for e in s.entries}
    assert {e.event_id for s in now.sections for e in s.entries} - told
    then = newsroom.ledger.as_of(NEWSROOM_NOW).events
    assert any(then.get(id_) != newsroom.ledger.events.get(id_) for id_ in told)
    assert newsroom.ledger.briefs.days() == (NEWSROOM_DAY,)


def test_a_replay_is_not_kept(newsroom: Newsroom) -> None:
    before = newsroom.ledger.counts()["briefs"]
    replay_brief(newsroom.ledger, newsroom.desk, NEWSROOM_DAY, at=LATER)
    assert newsroom.ledger.counts()["briefs"] == before
