"""A ledger of an earlier schema is brought up to date with its rows."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from lodewire.errors import LedgerError
from lodewire.ledger import migrate
from lodewire.ledger.codec import dumps, time_text
from lodewire.ledger.schema import HEAD
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.brief import (
    Brief,
    BriefEntry,
    DeskSection,
    QuoteNote,
    Segment,
    Sentence,
)
from lodewire.model.vocabulary import Desk

from . import sample
from .sample import DAY, MORNING

_NEW_IN_0002 = ("brief_statements", "decision_documents", "decisions")


def brief_of(ledger: Ledger) -> Brief:
    (deal,) = ledger.events.of_day(DAY)
    acquirer, value = deal.of("acquirer")[0], deal.of("value")[0]
    return Brief(
        day=DAY,
        title="Top Insights",
        composed_at=MORNING + timedelta(hours=4),
        sections=(
            DeskSection(
                desk=Desk.MINING_METALS,
                entries=(
                    BriefEntry(
                        event_id=deal.id,
                        type=deal.type,
                        status=deal.status,
                        modality=deal.modality,
                        desk=Desk.MINING_METALS,
                        sentences=(
                            Sentence(
                                segments=(
                                    Segment(text=acquirer.value, statements=(acquirer.id,)),
                                    Segment(text=" buys a mine."),
                                )
                            ),
                        ),
                        importance=0.5,
                        why="",
                        origins=2,
                        quotes=(
                            QuoteNote(
                                statement_id=value.id,
                                role="value",
                                value="US$1.9 billion",
                                quote=value.evidence.quote,
                                document_id=value.document_id,
                            ),
                        ),
                        sources=(),
                    ),
                ),
            ),
        ),
    )


def as_0001(ledger: Ledger, brief: Brief) -> None:
    """Turn a ledger into one that revision 0001 wrote, with a brief in it."""
    with ledger._access.writing() as connection:
        for table in _NEW_IN_0002:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP INDEX documents_source"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        connection.execute(
            text("INSERT INTO briefs (id, day, composed_at, body) VALUES (:i, :d, :c, :b)"),
            {
                "i": brief.id,
                "d": brief.day.isoformat(),
                "c": time_text(brief.composed_at),
                "b": dumps(brief),
            },
        )


def test_a_0001_ledger_keeps_its_rows_and_knows_what_its_briefs_cite(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    before = io.StringIO()
    with open_ledger(path, create=True) as ledger:
        sample.run(ledger)
        ledger.export(before)
        brief = brief_of(ledger)
        as_0001(ledger, brief)
    with pytest.raises(LedgerError, match="schema 0001"):
        open_ledger(path)
    after = io.StringIO()
    with open_ledger(path, create=True) as ledger:
        ledger.export(after)
        assert after.getvalue() == before.getvalue()
        for cited in brief.statement_ids:
            assert ledger.briefs.citing([cited]) == (brief,)
        assert len(brief.statement_ids) == 2
        with ledger._access.reading() as connection:
            assert migrate.revision_of(connection) == HEAD
        assert ledger.integrity() == ()
