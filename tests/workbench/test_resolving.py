"""Event mentions to events: old and new tellings meet, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.vocabulary import EventType
from lodewire.pipeline.reading import extract_step, read_step, story_step
from lodewire.pipeline.workers import InlineExecutor
from lodewire.workbench import resolving
from lodewire.workbench.resolving import resolve_step
from tests.pipeline.pages import DEAL, NOW, OUTAGE, page

HERE = InlineExecutor()
RETOLD = (
    "China's MMG will pay $1.875 billion for the Khoemacau copper mine in Botswana, both sides "
    "said. MMG agreed to buy Khoemacau after months of talks with the funds that own it. Its "
    "government has to approve the sale."
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with open_ledger(tmp_path / "desk.db", create=True) as opened:
        yield opened


def _understand(ledger: Ledger) -> None:
    read_step(ledger, HERE, now=NOW)
    story_step(ledger, HERE, now=NOW)
    extract_step(ledger, HERE, gate=0.3, now=NOW)


def _deals(ledger: Ledger) -> list:  # type: ignore[type-arg]
    return [e for e in ledger.events.of_day(NOW.date()) if e.type is EventType.ACQUISITION]


def test_two_tellings_of_one_deal_are_one_event(ledger: Ledger) -> None:
    """Different words, one happening, two origins."""
    ledger.captures.add_all([page(DEAL, number=1), page(RETOLD, number=2, source="daily")])
    _understand(ledger)
    resolve_step(ledger)
    (deal,) = _deals(ledger)
    assert len(deal.document_ids) == 2
    assert len(deal.origins) == 2


def test_a_telling_of_a_later_run_joins_the_event_that_is_there(ledger: Ledger) -> None:
    """The event keeps its id."""
    ledger.captures.add(page(DEAL, number=1, days=1))
    _understand(ledger)
    resolve_step(ledger)
    (before,) = [
        e
        for e in ledger.events.of_day(page(DEAL, days=1).fetched_at.date().replace(day=27))
        if e.type is EventType.ACQUISITION
    ]
    ledger.captures.add(page(RETOLD, number=2, source="daily"))
    _understand(ledger)
    resolve_step(ledger)
    (after,) = _deals(ledger)
    assert after.id == before.id
    assert len(after.origins) == 2


def test_batches_of_any_size_give_the_same_events(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A batch is a matter of memory, not of meaning."""
    pages = [
        page(text, number=10 * n + m, source=f"s{n}{m}", days=m)
        for n, text in enumerate((DEAL, RETOLD, OUTAGE))
        for m in range(2)
    ]
    told = []
    for size in (1, 3, 40):
        monkeypatch.setattr(resolving, "_BATCH", size)
        with open_ledger(tmp_path / f"{size}.db", create=True) as one:
            one.captures.add_all(pages)
            _understand(one)
            resolve_step(one)
            found = one.search("", limit=50)
            told.append(sorted({e for hit in found for e in hit.events}))
    assert told[0] == told[1] == told[2]
    assert told[0]


def test_statements_carry_the_ids_of_the_ontology(ledger: Ledger) -> None:
    """A name in a text and the thing it stands for."""
    ledger.captures.add(page(DEAL))
    _understand(ledger)
    resolve_step(ledger)
    (deal,) = _deals(ledger)
    assert [s.entity for s in deal.of("acquirer")] == ["mmg"]
    for statement in deal.statements:
        document = ledger.documents.get(statement.document_id)
        start, end = statement.evidence.span
        assert document.text[start:end] == statement.evidence.quote


def test_nothing_new_is_nothing_done(ledger: Ledger) -> None:
    """An empty queue."""
    report = resolve_step(ledger)
    assert (report.taken, report.made) == (0, 0)
