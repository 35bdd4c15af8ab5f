"""Bodies of old captures go; documents, statements and quotes stay, and a check knows the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lodewire.errors import LedgerError
from lodewire.ledger.retention import Rule
from lodewire.ledger.store import Ledger
from lodewire.model.ids import SourceId

from . import sample
from .sample import MORNING
from .test_path import exported

LATER = MORNING + timedelta(days=100)
ALL = Rule(before=LATER)


def drop(ledger: Ledger, *rules: Rule) -> int:
    return ledger.retention.drop(rules, at=LATER, reason="test").bodies


def test_statements_and_quotes_stay_and_the_check_is_clean(ledger: Ledger) -> None:
    sample.run(ledger)
    before, counts = exported(ledger), ledger.counts()
    due = ledger.retention.due([ALL])
    # The copy of the deal has the bytes of the first: one body, two captures.
    assert (due.bodies, due.captures) == (4, 5)
    assert ledger.retention.dropped() == 0, "asking drops nothing"
    assert ledger.retention.drop([ALL], at=LATER, reason="test") == due
    assert ledger.retention.dropped() == 4
    assert exported(ledger) == before
    assert ledger.counts() == counts
    assert ledger.integrity() == ()
    assert drop(ledger, ALL) == 0, "dropping again changes nothing"


def test_a_dropped_body_is_told_as_such(ledger: Ledger) -> None:
    sample.run(ledger)
    drop(ledger, ALL)
    with pytest.raises(LedgerError, match="dropped on purpose") as raised:
        ledger.captures.get(sample.captures()[0].id)
    assert raised.value.hint


def test_only_what_is_old_enough_and_of_the_source_goes(ledger: Ledger) -> None:
    sample.run(ledger)
    assert drop(ledger, Rule(before=MORNING)) == 0
    assert drop(ledger, Rule(before=LATER, source_id=SourceId("nobody"))) == 0
    assert drop(ledger, Rule(before=LATER, source_id=SourceId("weekly"))) == 2
    for capture in sample.captures():
        if capture.source_id != "weekly":
            assert ledger.captures.get(capture.id) == capture


def test_a_body_that_another_capture_still_needs_stays(ledger: Ledger) -> None:
    """The wire's page and the daily's have the same bytes; only one source says they may go."""
    sample.run(ledger)
    wire, daily = (Rule(before=LATER, source_id=SourceId(name)) for name in ("wire", "daily"))
    assert drop(ledger, wire) == 0
    assert drop(ledger, wire, daily) == 1


def test_what_is_still_to_be_read_or_was_set_aside_stays(ledger: Ledger) -> None:
    sample.collect_all(ledger, sample.captures())
    assert drop(ledger, ALL) == 0
    first = ledger.captures.pending("read", 1)[0]
    ledger.quarantine.add(first.id, "read", LedgerError("cannot"), at=MORNING)
    sample.read_all(ledger)
    assert drop(ledger, ALL) == 0, "documents without a day of their own need their capture's"
    sample.story_all(ledger)
    drop(ledger, ALL)
    ledger.quarantine.retry("read")
    assert ledger.captures.pending("read") == (first,)


def test_a_page_that_another_source_gives_later_is_kept_anew(ledger: Ledger) -> None:
    sample.run(ledger)
    drop(ledger, ALL)
    anew = sample.capture_of("other", "https://other.example/1", sample.DEAL, 50)
    assert ledger.captures.add(anew)
    assert ledger.captures.get(anew.id) == anew
    sample.run(ledger, [])
    assert ledger.integrity() == ()
    assert ledger.retention.dropped() == 3


def test_the_words_of_a_feed_go_with_the_page(ledger: Ledger) -> None:
    capture = sample.captures()[0]
    assert capture.entry is not None
    entry = replace(capture.entry, summary_html="<p>Words</p>", content_html="<p>All words</p>")
    ledger.captures.add(replace(capture, entry=entry))
    sample.run(ledger, [])
    drop(ledger, ALL)
    from sqlalchemy import text

    with ledger._access.reading() as connection:
        (envelope,) = connection.execute(text("SELECT envelope FROM captures")).scalars()
    assert "words" not in envelope.lower()
    assert capture.entry.guid in envelope


def test_a_body_damaged_by_accident_is_still_a_fault(ledger: Ledger) -> None:
    sample.run(ledger)
    drop(ledger, Rule(before=LATER, source_id=SourceId("weekly")))
    from sqlalchemy import text

    with ledger._access.writing() as connection:
        connection.execute(text("UPDATE bodies SET body = :none"), {"none": b""})
    assert len(ledger.integrity()) == 2
