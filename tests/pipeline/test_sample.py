"""The whole path on the sample newsroom: from feeds over HTTP to a proved brief."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief
from lodewire.model.vocabulary import Desk, EventType, Verdict
from lodewire.pipeline.run import RunReport
from lodewire.pipeline.sample import run_sample
from lodewire.samples import NEWSROOM_DAY
from lodewire.workbench.briefing.composing import prove


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunReport, Brief]:
    """A desk built once for this module."""
    folder = tmp_path_factory.mktemp("sample")
    report, brief, _ = run_sample(folder, workers=1)
    return folder, report, brief


@pytest.fixture
def ledger(sample: tuple[Path, RunReport, Brief]) -> Iterator[Ledger]:
    """The sample desk's ledger, open."""
    with open_ledger(sample[0] / "desk.db") as opened:
        yield opened


def export(folder: Path) -> str:
    """The ledger's canonical export."""
    out = io.StringIO()
    with open_ledger(folder / "desk.db") as opened:
        opened.export(out)
    return out.getvalue()


def test_the_whole_newsroom_is_read(sample: tuple[Path, RunReport, Brief]) -> None:
    """At least sixty documents are collected, and none is set aside."""
    _, report, _ = sample
    assert report.collected.captures >= 60
    assert report.read.made >= 60
    assert report.quarantined == 0
    assert report.collected.notes == []


def test_every_sentence_of_the_brief_traces_to_statements_whose_quotes_align(
    sample: tuple[Path, RunReport, Brief], ledger: Ledger
) -> None:
    """Each backed segment names statements; each statement's quote stands in its document."""
    brief = sample[2]
    events = ledger.events.of_day(NEWSROOM_DAY)
    proved = prove(ledger, brief, events)
    cited = {
        id_
        for section in brief.sections
        for entry in section.entries
        for sentence in entry.sentences
        for segment in sentence.segments
        for id_ in segment.statements
    }
    assert proved == len(cited) > 20
    for statement in ledger.statements.get(sorted(cited)):
        text = ledger.documents.get(statement.document_id).text
        start, end = statement.evidence.span
        assert text[start:end] == statement.evidence.quote


def test_every_sentence_holds_at_least_two_backed_values(
    sample: tuple[Path, RunReport, Brief],
) -> None:
    """No entry is made of connecting words alone."""
    for section in sample[2].sections:
        for entry in section.entries:
            backed = [s for t in entry.sentences for s in t.segments if s.statements]
            assert backed, entry.event_id
            assert entry.sources


def test_most_desks_have_something_to_tell(sample: tuple[Path, RunReport, Brief]) -> None:
    """The sample day fills the brief."""
    filled = {s.desk for s in sample[2].sections if s.entries}
    assert len(filled) >= 6
    assert filled <= set(Desk)


def test_all_event_types_are_found_in_the_newsroom(ledger: Ledger) -> None:
    """The archive tells each of the seventeen types at least once."""
    days = {d.published for hit in [ledger.search("", limit=500)] for d in _documents(ledger, hit)}
    found = {e.type for day in days if day is not None for e in ledger.events.of_day(day)}
    assert found == set(EventType)


def _documents(ledger: Ledger, hits: tuple) -> list:  # type: ignore[type-arg]
    return list(ledger.documents.get_all([h.document_id for h in hits]))


def test_syndicated_copies_are_one_origin(ledger: Ledger) -> None:
    """The newsroom's wire copies do not count as origins of their own."""
    counts = ledger.counts()
    assert counts["origins"] < counts["documents"]
    assert counts["stories"] < counts["origins"]


def test_the_wrong_sum_is_caught(ledger: Ledger) -> None:
    """A deliberate slip of the newsroom gets a mismatch verdict."""
    hits = ledger.search("", limit=500)
    checks = ledger.readings.checks_of([h.document_id for h in hits])
    assert any(c.verdict is Verdict.MISMATCH for c in checks)


def test_the_ledger_is_sound(ledger: Ledger) -> None:
    """Integrity holds: keys, quotes, queues."""
    assert ledger.integrity() == ()
    assert not any(ledger.waiting().values())


def test_running_again_changes_nothing(
    sample: tuple[Path, RunReport, Brief],
) -> None:
    """A second run collects nothing new and leaves the same bytes."""
    folder = sample[0]
    before = export(folder)
    report, brief, _ = run_sample(folder, workers=1)
    assert report.read.taken == 0
    assert brief.id == sample[2].id
    assert export(folder) == before


def test_two_processes_give_the_same_ledger(
    sample: tuple[Path, RunReport, Brief], tmp_path: Path
) -> None:
    """The executor plays no part in the result."""
    run_sample(tmp_path / "desk", workers=2)
    assert export(tmp_path / "desk") == export(sample[0])
