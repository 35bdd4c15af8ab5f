"""Alerts are claimed once for an event and each status it comes to, whatever happens between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.errors import HoldingError
from lodewire.model.event import Event
from lodewire.model.holding import OwnScore
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Status
from lodewire.workbench.own.own_alerts import AlertLog
from tests.analytics.telling import event

NOW = datetime(2025, 3, 28, 21, tzinfo=UTC)
DAY = NOW.date()
BAN = event("export_restriction", status=Status.PROPOSED, authority="China", action="ban")


def scored(told: Event) -> tuple[Event, OwnScore]:
    score = OwnScore(
        event_id=told.id,
        score=Decimal("0.5"),
        exposure=Decimal(1),
        reason="you buy it",
        positions=(),
        scores=(),
    )
    return told, score


def run(log: AlertLog, told: Event) -> list[tuple[str, str]]:
    before: dict[EventId, set[str]] = {}
    for alert in log.told():
        before.setdefault(EventId(alert.event_id), set()).add(alert.status)
    due = log.new_of([scored(told)], before)
    return [(a.status, a.was) for a in log.claim(due, now=NOW, day=DAY)]


def test_a_ban_is_told_when_proposed_when_it_takes_effect_and_never_else(
    tmp_path: Path,
) -> None:
    log = AlertLog(tmp_path / "own")
    assert run(log, BAN) == [("proposed", "")]
    assert run(log, BAN) == []
    in_force = replace(BAN, status=Status.IN_FORCE)
    assert run(log, in_force) == [("in_force", "proposed")]
    assert run(log, in_force) == []
    assert run(log, BAN) == [], "a text that tells the proposal late is no news"
    ended = replace(BAN, status=Status.TERMINATED)
    assert run(log, ended) == [("terminated", "in_force")]
    assert run(AlertLog(tmp_path / "own"), ended) == [], "another run reads the same log"


def test_the_same_claim_made_twice_is_granted_once(tmp_path: Path) -> None:
    """Two runs that saw the same events due: the second is told nothing."""
    log = AlertLog(tmp_path / "own")
    due = log.new_of([scored(BAN)], {})
    assert len(log.claim(due, now=NOW, day=DAY)) == 1
    assert log.claim(due, now=NOW, day=DAY) == ()
    assert log.last_run() == date(2025, 3, 28)


def test_a_log_that_is_damaged_is_told_and_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "alerts.db").write_bytes(b"no database at all, " * 100)
    with pytest.raises(HoldingError, match="log of alerts"):
        AlertLog(folder).told()
    assert (folder / "alerts.db").read_bytes().startswith(b"no database")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(list(Status)), min_size=1, max_size=8))
def test_no_status_is_ever_told_twice(statuses: list[Status]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        log = AlertLog(Path(folder) / "own")
        told = [s for status in statuses for s, _ in run(log, replace(BAN, status=status))]
    assert len(told) == len(set(told))
    assert told[0] == statuses[0].value
