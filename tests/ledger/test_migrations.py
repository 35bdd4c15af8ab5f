"""A ledger of an earlier schema is brought up to date with its rows."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, select

from lodewire.errors import LedgerError
from lodewire.ledger import migrate
from lodewire.ledger.access import Access
from lodewire.ledger.backend import backend_of
from lodewire.ledger.schema import HEAD, signature_keys, tables
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.ledger.work import Stage
from lodewire.model.brief import (
    Brief,
    BriefEntry,
    DeskSection,
    QuoteNote,
    Segment,
    Sentence,
)
from lodewire.model.vocabulary import Desk
from lodewire.workbench.resolving import resolve_step
from tests.postgres import Server

from . import sample
from .earlier import rows_before
from .sample import DAY, MORNING

#: What 0008 adds.
BACKFILLS = ("backfills", "backfill_notes")
#: What 0010 adds.
EDITIONS = ("brief_edits",)
#: What 0012 adds.
ALERTS = (
    "watches",
    "endpoints",
    "alert_rules",
    "alert_firings",
    "alert_posts",
    "alert_parts",
    "alert_looks",
)
#: What 0018 adds.
SCHEDULE = ("occurrences",)
#: What 0006, 0009 and 0013 add.
NEWSLETTER = (
    "address_keys",
    "subscribers",
    "consents",
    "suppressions",
    "campaigns",
    "deliveries",
    "letters",
    "feedback",
    "link_opens",
    "seeds",
)


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


def written_at(revision: str, path: Path | str, rows_of: Ledger) -> None:
    """Make a ledger as that revision made it, and fill it with the rows of another."""
    from alembic import command
    from sqlalchemy import MetaData

    backend = backend_of(str(path))
    backend.prepare_new()
    access = Access(backend)
    with access.writing() as connection, rows_of._access.reading() as source:
        config = migrate._config()
        config.attributes["connection"] = connection
        config.attributes["full_text_ddl"] = backend.full_text_ddl()
        command.upgrade(config, revision)
        there = set(inspect(connection).get_table_names())
        old = MetaData()
        known = [*(t.name for t in tables.sorted_tables), "superseded"]
        old.reflect(connection, only=[name for name in known if name in there])
        for table in old.sorted_tables:
            names = [c.name for c in table.columns]
            if rows := [dict(zip(names, r, strict=True)) for r in rows_before(source, table)]:
                connection.execute(table.insert(), rows)
                if table.name == "documents":
                    backend.index(connection, rows)
    access.close()


def test_a_0001_ledger_keeps_its_rows_and_knows_what_its_briefs_cite(tmp_path: Path) -> None:
    before, after = io.StringIO(), io.StringIO()
    path = tmp_path / "old.db"
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        sample.run(ledger)
        brief = brief_of(ledger)
        ledger.briefs.add(brief)
        ledger.export(before)
        written_at("0001", path, ledger)
    with pytest.raises(LedgerError, match="schema 0001"):
        open_ledger(path)
    with open_ledger(path, create=True) as ledger:
        ledger.export(after)
        assert after.getvalue() == before.getvalue()
        assert ledger.search("khoemacau")
        for cited in brief.statement_ids:
            assert ledger.briefs.citing([cited]) == (brief,)
        assert len(brief.statement_ids) == 2
        with ledger._access.reading() as connection:
            assert migrate.revision_of(connection) == HEAD
        assert ledger.integrity() == ()


def test_an_earlier_ledger_tells_its_past(tmp_path: Path) -> None:
    """What it kept no history of counts as having always stood as it stands."""
    before, then = io.StringIO(), io.StringIO()
    path = tmp_path / "old.db"
    many = sample.captures()
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        sample.run(ledger, many)
        ledger.export(before)
        written_at("0002", path, ledger)
    with open_ledger(path, create=True) as ledger:
        ledger.as_of(max(c.fetched_at for c in many)).export(then)
        assert then.getvalue() == before.getvalue()
        (hit,) = ledger.as_of(min(c.fetched_at for c in many)).search("", limit=9)
        assert ledger.documents.get(hit.document_id).url == many[0].url


def test_keys_carried_over_find_the_same_documents(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        sample.run(ledger, sample.captures())
        with ledger._access.reading() as connection:
            before = set(connection.execute(select(signature_keys)))
        written_at("0004", path, ledger)
    with open_ledger(path, create=True) as ledger, ledger._access.reading() as connection:
        assert set(connection.execute(select(signature_keys))) == before
    assert len(before) > 100


def test_a_0005_ledger_gets_the_tables_that_a_new_one_has(tmp_path: Path) -> None:
    """Column for column and index for index, on SQLite as the schema tells; rows stay."""
    before, after = io.StringIO(), io.StringIO()
    path = tmp_path / "old.db"

    added = (*NEWSLETTER, *BACKFILLS, *EDITIONS, *ALERTS, *SCHEDULE)

    def shape(connection: Connection) -> dict[str, object]:
        found = inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
                sorted((i["name"], tuple(i["column_names"])) for i in found.get_indexes(name)),
                found.get_pk_constraint(name)["constrained_columns"],
                sorted(str(k["referred_table"]) for k in found.get_foreign_keys(name)),
            )
            for name in added
        }

    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        sample.run(ledger)
        ledger.export(before)
        written_at("0005", path, ledger)
    with open_ledger(path, create=True) as ledger, ledger._access.reading() as connection:
        ledger.export(after)
        assert after.getvalue() == before.getvalue()
        assert set(ledger.subscribers.counts().values()) == {0}
        made = shape(connection)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        tables.create_all(
            connection,
            [
                tables.tables[name]
                for name in (*NEWSLETTER, *BACKFILLS, *EDITIONS, *ALERTS, *SCHEDULE)
            ],
        )
        assert shape(connection) == made
    engine.dispose()


def empty_place(engine: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Where a ledger of an earlier schema can be made, on each engine."""
    if engine == "postgresql":
        server: Server = request.getfixturevalue("postgres_server")
        return server.new_database()
    return str(folder / "old.db")


def test_a_0018_ledger_learns_what_stood_when(
    engine: str, ledger: Ledger, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """From the fetches that it kept: a text that came back stands again."""
    url, edited = "https://wire.example/1", sample.DEAL.replace("1.88", "1.95")
    for text, hours in ((sample.DEAL, 0), (edited, 5), (sample.DEAL, 9)):
        told = sample.capture_of("wire", url, text, 0)
        sample.collect_all(ledger, [replace(told, fetched_at=MORNING + timedelta(hours=hours))])
        sample.read_all(ledger)
        sample.story_all(ledger)
        sample.extract_all(ledger)
        resolve_step(ledger)
    (document, *_) = ledger.documents.of_day(DAY)
    before, after = io.StringIO(), io.StringIO()
    ledger.export(before)
    place = empty_place(engine, tmp_path, request)
    written_at("0018", place, ledger)
    with open_ledger(place, create=True) as old:
        old.export(after)
        assert after.getvalue() == before.getvalue()
        shown = old.versions.shown(document.id)
        assert shown == ledger.versions.shown(document.id)
        assert old.versions.of(document.id) == ledger.versions.of(document.id)
        assert old.waiting()[Stage.RESOLVE] == 2, "an older Lodewire left the edited text standing"
        resolve_step(old)
        again = io.StringIO()
        old.export(again)
        assert again.getvalue() == before.getvalue()
        assert old.integrity() == ()
    assert [s.since.hour - MORNING.hour for s in shown] == [0, 5, 9]
    assert shown[0].document_id == shown[2].document_id
