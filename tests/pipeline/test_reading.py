"""Captures to readings: each step takes its queue, sets aside what it cannot take, and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.ledger.work import Stage
from lodewire.model.vocabulary import EventType
from lodewire.pipeline import reading
from lodewire.pipeline.reading import extract_step, read_step, story_step
from lodewire.pipeline.workers import InlineExecutor
from lodewire.workbench.resolving import resolve_step
from tests.pipeline.pages import COOKING, DEAL, NOW, OUTAGE, page, raw

HERE = InlineExecutor()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with open_ledger(tmp_path / "desk.db", create=True) as opened:
        yield opened


def _steps(ledger: Ledger) -> None:
    read_step(ledger, HERE, now=NOW)
    story_step(ledger, HERE, now=NOW)
    extract_step(ledger, HERE, gate=0.3, now=NOW)
    resolve_step(ledger)


def test_pages_become_documents_stories_readings_and_events(ledger: Ledger) -> None:
    """The whole way of two pages."""
    ledger.captures.add_all([page(DEAL, number=1), page(OUTAGE, number=2)])
    told = read_step(ledger, HERE, now=NOW)
    assert (told.taken, told.made, told.quarantined) == (2, 2, 0)
    placed = story_step(ledger, HERE, now=NOW)
    assert (placed.taken, placed.made) == (2, 2)
    understood = extract_step(ledger, HERE, gate=0.3, now=NOW)
    assert understood.taken == 2
    assert understood.made >= 2
    resolved = resolve_step(ledger)
    assert resolved.made == understood.made
    assert not any(ledger.waiting().values())
    types = {e.type for e in ledger.events.of_day(NOW.date())}
    assert types >= {EventType.ACQUISITION, EventType.DISRUPTION}


def test_a_bad_capture_is_set_aside_and_the_run_goes_on(ledger: Ledger) -> None:
    """Its reason and hint are kept; the good pages round it are read."""
    ledger.captures.add_all(
        [
            page(DEAL, number=1),
            raw(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), number=2),
            raw(b"", number=3),
            page(OUTAGE, number=4),
        ]
    )
    told = read_step(ledger, HERE, now=NOW)
    assert (told.taken, told.made, told.quarantined) == (4, 2, 2)
    assert told.reasons.total() == 2
    notes = ledger.quarantine.notes()
    assert {n.kind for n in notes} == {"UnsupportedFormat", "EmptyPage"}
    assert all(n.stage is Stage.READ and n.at == NOW for n in notes)
    assert all(n.hint for n in notes)
    assert read_step(ledger, HERE, now=NOW).taken == 0


def test_an_error_nobody_foresaw_is_set_aside_with_its_kind(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours on one page does not stop the others."""
    ledger.captures.add_all([page(DEAL, number=1), page(OUTAGE, number=2)])
    real = reading._read

    def fragile(told):  # type: ignore[no-untyped-def]
        if told[0].url.endswith("/1"):
            raise IndexError("out of\nrange")
        return real(told)

    monkeypatch.setattr(reading, "_read", fragile)
    told = read_step(ledger, HERE, now=NOW)
    assert (told.made, told.quarantined) == (1, 1)
    (note,) = ledger.quarantine.notes()
    assert note.message.startswith("unforeseen IndexError: out of")
    assert note.hint is not None
    assert "report" in note.hint
    # Once mended, what was set aside is taken up again.
    monkeypatch.setattr(reading, "_read", real)
    assert ledger.quarantine.retry() == 1
    assert read_step(ledger, HERE, now=NOW).made == 1


@pytest.mark.parametrize("step", ["sign_document", "understand_document"])
def test_a_bad_document_is_set_aside_at_its_step(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Placing and understanding go on without it, and its queue is empty after."""
    ledger.captures.add_all([page(DEAL, number=1), page(OUTAGE, number=2)])
    real = getattr(reading, step)

    def fragile(told):  # type: ignore[no-untyped-def]
        if "MMG" in told[0].text:
            raise ValueError("no")
        return real(told)

    monkeypatch.setattr(reading, step, fragile)
    _steps(ledger)
    (note,) = ledger.quarantine.notes()
    assert note.stage is (Stage.STORY if step == "sign_document" else Stage.EXTRACT)
    assert not any(ledger.waiting().values())
    assert {e.type for e in ledger.events.of_day(NOW.date())} >= {EventType.DISRUPTION}


def test_what_is_not_of_the_field_is_kept_but_not_read(ledger: Ledger) -> None:
    """Under the gate there are no events; with a gate of nought everything is read."""
    ledger.captures.add(page(COOKING))
    _steps(ledger)
    (hit,) = ledger.search("onions")
    kept = ledger.readings.get(hit.document_id)
    assert kept is not None
    assert kept.relevance < 0.3
    assert kept.events == ()


def test_a_document_that_comes_again_is_not_read_again(ledger: Ledger) -> None:
    """The same bytes from the same address: one capture, one document, one event."""
    for _ in range(2):
        ledger.captures.add(page(DEAL))
        _steps(ledger)
    counts = ledger.counts()
    assert (counts["captures"], counts["documents"]) == (1, 1)


def test_steps_tell_how_far_they_are(ledger: Ledger) -> None:
    """Every page, of how many, by the name of the step."""
    ledger.captures.add_all([page(DEAL, number=n, source=f"s{n}") for n in range(3)])
    told: list[tuple[str, int, int | None]] = []

    def note(step: str, done: int, total: int | None = None) -> None:
        told.append((step, done, total))

    read_step(ledger, HERE, now=NOW, progress=note)
    story_step(ledger, HERE, now=NOW, progress=note)
    extract_step(ledger, HERE, gate=0.3, now=NOW, progress=note)
    resolve_step(ledger, progress=note)
    assert [t for t in told if t[0] == "read"] == [("read", n, 3) for n in (1, 2, 3)]
    assert {step for step, *_ in told} == {"read", "stories", "understand", "resolve"}
    assert all(done <= (total or done) for _, done, total in told)


def test_copies_share_an_origin_and_their_event(ledger: Ledger) -> None:
    """Three publishers print one wire text: one story, one origin, one event of three documents."""
    ledger.captures.add_all([page(DEAL, number=n, source=f"s{n}") for n in range(3)])
    _steps(ledger)
    counts = ledger.counts()
    assert (counts["documents"], counts["stories"], counts["origins"]) == (3, 1, 1)
    (deal,) = [e for e in ledger.events.of_day(NOW.date()) if e.type is EventType.ACQUISITION]
    assert len(deal.document_ids) == 3
    assert len(deal.origins) == 1


def test_the_order_in_which_pages_come_plays_no_part(tmp_path: Path) -> None:
    """Forwards, backwards, in two runs: the same export."""
    import io

    pages = [page(DEAL, number=1), page(OUTAGE, number=2), page(DEAL, number=3, source="daily")]
    pages += [page(OUTAGE + " Traders took note.", number=4, source="weekly", days=1)]
    exports = set()
    for name, batches in {
        "once": [pages],
        "backwards": [pages[::-1]],
        "twice": [pages[2:], pages[:2]],
    }.items():
        with open_ledger(tmp_path / f"{name}.db", create=True) as ledger:
            for batch in batches:
                ledger.captures.add_all(batch)
                _steps(ledger)
            out = io.StringIO()
            ledger.export(out)
            exports.add(out.getvalue())
    assert len(exports) == 1
