"""What only PostgreSQL does: faults of a server, several writers, passwords, words as FTS5 cuts."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodewire.errors import LedgerError, WriterConflict
from lodewire.ledger.postgres import PostgresBackend
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.ledger.words import words_of
from lodewire.model.entity import Entity
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType
from tests.postgres import Server

from . import filler, sample

ROOT = Path(__file__).parents[2]
MORE = sample.capture_of("wire", "https://x.example", "New words.", 3)


@pytest.fixture
def place(postgres_server: Server) -> str:
    """The URL of an empty ledger."""
    return postgres_server.new_ledger()


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with open_ledger(place) as opened:
        yield opened


def exported(place: str) -> str:
    out = io.StringIO()
    with open_ledger(place) as ledger:
        ledger.export(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def fts5() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')"
    )
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
    yield connection
    connection.close()


class TestWords:
    """Text and queries are cut as SQLite's FTS5 cuts them."""

    @pytest.mark.parametrize(
        "text",
        [
            "Käthe's e-mail: 25% of ŁÓDŹ",
            "http://wire.example/a_b?c=1.5Mt",
            "ALUMINIUM (Al₂O₃) x²",
            "São Tomé e\u0301té naïve Đồng",
            "中文 новость ΣΊΣΥΦΟΣ",
            "$1.88 billion, 3,000-tonne",
            "_under_score__ and — dashes…",
        ],
    )
    def test_the_same_words(self, fts5: sqlite3.Connection, text: str) -> None:
        fts5.execute("DELETE FROM t")
        fts5.execute("INSERT INTO t VALUES (?)", [text])
        told = fts5.execute("SELECT term FROM v ORDER BY offset").fetchall()
        assert words_of(text) == [word for (word,) in told]

    @settings(max_examples=200, deadline=None)
    @given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cs", "Cc"])))
    def test_any_latin_text(self, fts5: sqlite3.Connection, text: str) -> None:
        self.test_the_same_words(fts5, text)


_TEXTS = (
    "Copper smelter to close; copper-rich ore goes by rail. Copper!",
    "The e-mail said São Paulo's traders hold 3,000 tonnes of aluminium alloy.",
    "Rail strike ends. Aluminium smelters in Sao Paulo restart, an e mail said.",
)
_QUERIES = (
    "copper",
    "COPPER rail",
    '"copper rich"',
    "copper-rich",
    "e-mail",
    '"e mail" -sao',
    "são",
    "alumin*",
    '"aluminium all"',
    "smelt* -copper",
    "3,000",
    "-rail",
    "it's",
    "tonne",
)


@pytest.fixture(scope="module")
def twins(postgres_server: Server) -> Iterator[tuple[Ledger, Ledger]]:
    """The same few documents on both engines."""
    url = postgres_server.new_ledger()
    with open_ledger(":memory:", create=True) as one, open_ledger(url) as two:
        for ledger in (one, two):
            for n, text in enumerate(_TEXTS):
                capture = sample.capture_of("wire", f"https://wire.example/{n}", text, 0)
                ledger.captures.add(capture)
                (document,) = sample.read(capture)
                title = "Title of alloys" if n == 1 else None
                ledger.documents.add_read(capture.id, [replace(document, title=title)])
        yield one, two


@pytest.mark.parametrize("query", _QUERIES)
def test_both_engines_find_the_same_and_mark_the_same(
    twins: tuple[Ledger, Ledger], query: str
) -> None:
    def told(ledger: Ledger) -> dict[str | None, tuple[str, ...]]:
        return {
            hit.url: tuple(text for text, marked in hit.snippet if marked)
            for hit in ledger.search(query)
        }

    assert told(twins[0]) == told(twins[1])


def test_a_word_of_the_title_alone_is_shown_in_it(twins: tuple[Ledger, Ledger]) -> None:
    for ledger in twins:
        (hit,) = ledger.search("alloys")
        assert hit.snippet == (("Title of ", False), ("alloys", True))


_WORDS = st.sampled_from("copper rail aluminium alumin* e-mail São sao smelters the 3,000".split())


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(["", "-"]), _WORDS, st.booleans()), max_size=4))
def test_any_query_finds_the_same_on_both(
    twins: tuple[Ledger, Ledger], parts: list[tuple[str, str, bool]]
) -> None:
    query = " ".join(
        f'{minus}"{word}"' if quoted else minus + word for minus, word, quoted in parts
    )
    one, two = ({hit.url for hit in ledger.search(query)} for ledger in twins)
    assert one == two


def test_a_very_long_document_can_be_kept_and_found(ledger: Ledger) -> None:
    """Beyond what one tsvector holds, words are left out of the index, not the document refused."""
    capture = sample.capture_of("wire", "https://wire.example/long", "Long.", 0)
    ledger.captures.add(capture)
    (document,) = sample.read(capture)
    text = "lithium " + " ".join(f"w{n:06}" for n in range(120_000)) + " " + "x" * 3_000 + " end."
    ledger.documents.add_read(capture.id, [replace(document, text=text, sentences=())])
    assert len(ledger.search("lithium")) == 1
    assert ledger.search("w000017")[0].snippet
    assert not any("full-text" in problem for problem in ledger.integrity())


def test_text_sorts_by_bytes_whatever_the_locale_of_the_database(
    postgres_server: Server, tmp_path: Path
) -> None:
    """Under English rules "_" counts for nothing and "a" comes before "B"."""
    postgres_server.execute(
        "CREATE DATABASE english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
    )
    url, file = postgres_server.url("english"), str(tmp_path / "ledger.db")
    for place in (url, file):
        with open_ledger(place, create=True) as ledger:
            sample.run(ledger)
            ledger.entities.add_all(
                [
                    Entity(id=EntityId(name), type=MentionType.ORGANISATION, name=name)
                    for name in ("a_b", "ab", "B", "É", "a-c", "a c", "Z")
                ]
            )
    assert exported(url) == exported(file)
    left = postgres_server.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i') "
        "AND a.attnum > 0 AND a.attcollation NOT IN (0, 950) AND c.relname NOT LIKE 'alembic%'",
        "english",
    )
    assert left == [], "950 is C: no column or index of ours compares otherwise"


class TestSeveralWriters:
    """Any number of writers at once gives the ledger that one gives."""

    def test_processes_that_do_the_same_work_at_once_give_the_same_ledger(
        self, place: str, postgres_server: Server
    ) -> None:
        alone = postgres_server.new_ledger()
        with open_ledger(alone) as ledger:
            filler.fill(ledger)
        call = [sys.executable, "-m", "tests.ledger.filler", place]
        running = [
            subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(2)
        ]
        for process in running:
            out, err = process.communicate(timeout=120)
            assert b"done" in out, err.decode()[-2000:]
        with open_ledger(place) as ledger:
            assert ledger.integrity() == ()
            assert set(ledger.waiting().values()) == {0}
        assert exported(place) == exported(alone)

    def test_a_collector_need_not_wait_for_a_run_that_places(
        self, ledger: Ledger, place: str
    ) -> None:
        with open_ledger(place) as other, ledger.transaction():
            ledger.captures.add(sample.captures()[0])
            with ThreadPoolExecutor(1) as thread:
                added = thread.submit(other.captures.add, sample.captures()[3])
                assert added.result(timeout=10)

    def test_what_one_run_works_on_another_does_not_take(self, ledger: Ledger, place: str) -> None:
        sample.collect_all(ledger, sample.captures())
        with open_ledger(place) as other, ledger.transaction(beside=True):
            ours = ledger.captures.pending("read", 2)
            with ThreadPoolExecutor(1) as thread:

                def pending() -> set[str]:
                    with other.transaction(beside=True):
                        return {c.id for c in other.captures.pending("read", 10)}

                theirs = thread.submit(pending).result(timeout=10)
        assert len(theirs) == 3
        assert not theirs & {c.id for c in ours}

    def test_two_that_wait_for_each_other_are_told_apart_and_one_goes_again(
        self, ledger: Ledger, place: str
    ) -> None:
        """A deadlock is undone by the server; the step is run again by itself."""
        from threading import Barrier

        from sqlalchemy import text

        meet, tries = Barrier(2, timeout=10), []

        def step(used: Ledger, first: int, second: int) -> None:
            tries.append(first)
            with used._access.writing(beside=True) as connection:
                lock = text("SELECT pg_advisory_xact_lock(:n)")
                connection.execute(lock, {"n": first})
                if len(tries) <= 2:
                    meet.wait()
                connection.execute(lock, {"n": second})

        with open_ledger(place) as other, ThreadPoolExecutor(2) as threads:
            for done in [
                threads.submit(ledger.again, lambda: step(ledger, 1, 2)),
                threads.submit(other.again, lambda: step(other, 2, 1)),
            ]:
                done.result(timeout=30)
        assert len(tries) == 3

    def test_a_conflict_inside_a_greater_step_is_left_to_it(self, ledger: Ledger) -> None:
        tries = []

        def step() -> None:
            tries.append(1)
            raise WriterConflict("another writer went first")

        def greater() -> None:
            with ledger.transaction():
                ledger.again(step)

        with pytest.raises(WriterConflict):
            greater()
        assert len(tries) == 1


def refused(call: object) -> LedgerError:
    with pytest.raises(LedgerError) as raised:
        call()  # type: ignore[operator]
    assert raised.value.hint
    assert "\n" not in raised.value.message
    return raised.value


class TestFaults:
    """Whatever the server refuses is said plainly, and nothing is half written."""

    def test_a_server_that_does_not_answer(self, tmp_path: Path) -> None:
        error = refused(lambda: open_ledger(f"postgresql://x@/desk?host={tmp_path}"))
        assert "does not answer" in error.message
        assert "no ledger" not in error.message

    def test_a_database_that_is_not_there(self, postgres_server: Server) -> None:
        for create in (True, False):
            error = refused(lambda: open_ledger(postgres_server.url("none"), create=create))  # noqa: B023
            assert "database is not there" in error.message
            assert "createdb" in (error.hint or "")

    def test_a_database_without_a_ledger(self, postgres_server: Server) -> None:
        error = refused(lambda: open_ledger(postgres_server.new_database()))
        assert "holds no ledger yet" in error.message

    def test_a_database_of_another_encoding(self, postgres_server: Server) -> None:
        postgres_server.execute(
            "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
        )
        error = refused(lambda: open_ledger(postgres_server.url("latin"), create=True))
        assert "LATIN1" in error.message

    def test_a_user_without_rights(self, postgres_server: Server, place: str) -> None:
        postgres_server.execute("DROP ROLE IF EXISTS guest")
        postgres_server.execute("CREATE ROLE guest LOGIN")
        url = place.replace("lodewire@", "guest@", 1)
        assert "lacks a right" in refused(lambda: open_ledger(url).close()).message
        assert (
            "lacks a right"
            in refused(
                lambda: open_ledger(
                    postgres_server.new_database().replace("lodewire@", "guest@", 1), create=True
                )
            ).message
        )

    def test_a_user_nobody_knows(self, place: str) -> None:
        url = place.replace("lodewire@", "stranger:secret@", 1)
        error = refused(lambda: open_ledger(url))
        assert "does not let this user in" in error.message
        assert "secret" not in error.message

    def test_an_older_or_newer_schema(self, place: str) -> None:
        with psycopg.connect(place) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        assert "does not know" in refused(lambda: open_ledger(place)).message
        assert "does not know" in refused(lambda: open_ledger(place, create=True)).message

    def test_a_table_that_is_gone(self, ledger: Ledger, place: str) -> None:
        with psycopg.connect(place) as connection:
            connection.execute("DROP TABLE quarantine")
        assert "lacks a table" in refused(ledger.counts).message

    def test_a_standby_says_it_is_read_only(self, ledger: Ledger) -> None:
        with ledger._access.reading() as connection:
            from lodewire.ledger.faults import told_plainly

            def write() -> None:
                with told_plainly(ledger.where):
                    connection.exec_driver_sql("DELETE FROM work")

            assert "read-only" in refused(write).message

    def test_a_full_disk_loses_the_step_and_no_more(self, ledger: Ledger, place: str) -> None:
        """The server's own error, raised where a page would be written."""
        sample.run(ledger)
        before = ledger.counts()
        with psycopg.connect(place) as connection:
            connection.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
                "'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
            )
            connection.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON work EXECUTE FUNCTION full_disk()"
            )
        error = refused(lambda: ledger.captures.add(MORE))
        assert "disk is full" in error.message
        assert "run again" in (error.hint or "")
        assert ledger.counts() == before
        assert ledger.integrity() == ()

    def test_a_turn_that_does_not_come_says_who_has_it(
        self, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from lodewire.ledger import postgres

        monkeypatch.setattr(postgres, "_LOCK_TIMEOUT", "50ms")
        with open_ledger(place) as ledger, open_ledger(place) as other, ledger.transaction():
            error = refused(lambda: other.events.requeue(["evm_x"]))  # type: ignore[list-item]
            assert "locked by another process" in error.message

    def test_a_lost_connection_loses_the_step_and_the_next_goes_through(
        self, ledger: Ledger, postgres_server: Server
    ) -> None:
        def cut_off() -> None:
            with ledger.transaction():
                ledger.captures.add(MORE)
                with ledger._access.writing() as connection:
                    pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
                postgres_server.execute(f"SELECT pg_terminate_backend({pid})")
                ledger.counts()

        assert "connection to the database was lost" in refused(cut_off).message
        assert ledger.counts()["captures"] == 0
        assert ledger.captures.add(MORE)

    def test_connections_cut_while_idle_are_not_noticed(
        self, ledger: Ledger, postgres_server: Server
    ) -> None:
        ledger.counts()
        postgres_server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'lodewire'"
        )
        assert ledger.captures.add(MORE)

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            ("UPDATE statements SET quote = 'garbled' WHERE property = 'value'", "not at its span"),
            ("UPDATE documents SET text = 'x' || text", "not at its span"),
            ("UPDATE documents SET text = text || ' more'", "full-text index"),
            ("DELETE FROM documents_text", "full-text index"),
            ("UPDATE bodies SET body = '\\x00ff'", "cannot be unpacked"),
            ("DELETE FROM event_members", "belongs to no event"),
            (
                "SET session_replication_role = replica; DELETE FROM captures",
                "missing row of captures",
            ),
        ],
    )
    def test_the_doctor_finds_damage(
        self, ledger: Ledger, place: str, damage: str, said: str
    ) -> None:
        sample.run(ledger)
        assert ledger.integrity() == ()
        with psycopg.connect(place) as connection:
            connection.execute(damage)
        problems = ledger.integrity()
        assert any(said in problem for problem in problems), problems


class TestAddresses:
    """A URL is understood or refused; a password is never shown."""

    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://editor:s3cr3t@db.example/desk",
            "postgres://editor:s3cr3t@db.example/desk",
            "postgresql+psycopg://editor:s3cr3t@db.example/desk",
            "postgresql://editor@db.example/desk?password=s3cr3t&sslmode=require",
        ],
    )
    def test_a_password_is_not_shown(self, url: str) -> None:
        shown = PostgresBackend(url).where
        assert "s3cr3t" not in shown
        assert shown.startswith("postgresql://editor")

    @pytest.mark.parametrize(
        "url", ["postgresql://u:s3c@r3t/x:y@h:port/d", "postgresql://u:s3cr3t@h:12x/d"]
    )
    def test_a_url_that_cannot_be_read_is_not_repeated(self, url: str) -> None:
        error = refused(lambda: PostgresBackend(url))
        assert "s3c" not in str(error)
        assert error.__cause__ is None

    def test_without_the_library_it_is_said_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        error = refused(lambda: open_ledger("postgresql://u:s3cr3t@db.example/desk"))
        assert "psycopg" in error.message
        assert "lodewire[postgres]" in (error.hint or "")
        assert "s3cr3t" not in str(error)
