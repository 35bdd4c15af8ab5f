"""Whatever the database refuses is said plainly, and nothing is half written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from lodewire.errors import LedgerError
from lodewire.ledger import migrate, open_ledger
from lodewire.ledger.access import Access
from lodewire.ledger.schema import HEAD, tables
from lodewire.ledger.sqlite import SqliteBackend
from lodewire.ledger.store import Ledger

from . import sample


def make(path: Path) -> Path:
    with open_ledger(path, create=True) as ledger:
        sample.run(ledger)
    return path


def test_a_missing_ledger_is_not_made_by_accident(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(LedgerError, match="there is no ledger") as raised:
        open_ledger(path)
    assert "lodewire init" in (raised.value.hint or "")
    assert not path.exists()


def not_a_database(path: Path) -> None:
    path.write_bytes(b"these are words, no database\n" * 200)


def an_empty_file(path: Path) -> None:
    path.touch()


def another_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (name)")
    connection.close()


def cut_short(path: Path) -> None:
    make(path)
    whole = path.read_bytes()
    path.with_name("ledger.db-wal").unlink(missing_ok=True)
    path.write_bytes(whole[: len(whole) // 3])


@pytest.mark.parametrize("spoil", [not_a_database, an_empty_file, another_database, cut_short])
def test_a_file_that_is_no_sound_ledger_is_refused(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "ledger.db"
    spoil(path)

    def use() -> None:
        with open_ledger(path) as ledger:
            ledger.counts()
            assert ledger.integrity() == ()
            raise LedgerError("unharmed")

    with pytest.raises(LedgerError) as raised:
        use()
    assert raised.value.message != "unharmed"
    assert raised.value.hint


@pytest.mark.parametrize("create", [True, False])
def test_a_ledger_of_a_newer_lodewire_is_left_alone(tmp_path: Path, create: bool) -> None:
    path = make(tmp_path / "ledger.db")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(LedgerError, match="does not know") as raised:
        open_ledger(path, create=create)
    assert "upgrade Lodewire" in (raised.value.hint or "")


def test_a_locked_ledger_says_so_and_keeps_its_state(tmp_path: Path) -> None:
    path = make(tmp_path / "ledger.db")
    ledger = Ledger(Access(SqliteBackend(str(path), busy_ms=50)))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="locked by another process"):
        ledger.captures.add(sample.capture_of("wire", "https://x.example", "New words.", 3))
    assert ledger.counts()["captures"] == len(sample.PAGES), "reading goes on"
    other.execute("ROLLBACK")
    assert ledger.captures.add(sample.capture_of("wire", "https://x.example", "New words.", 3))
    other.close()
    ledger.close()


def test_a_read_only_ledger_can_be_read_and_says_so_when_written(tmp_path: Path) -> None:
    path = make(tmp_path / "ledger.db")
    with open_ledger(f"sqlite:///file:{path}?mode=ro&uri=true") as ledger:
        assert ledger.counts()["events"] == 2
        with pytest.raises(LedgerError, match="read-only"):
            ledger.captures.add(sample.capture_of("wire", "https://x.example", "New words.", 3))


def test_a_full_disk_loses_the_step_and_no_more(tmp_path: Path) -> None:
    path = make(tmp_path / "ledger.db")
    backend = SqliteBackend(str(path))
    access = Access(backend)
    ledger = Ledger(access)
    before = ledger.counts()
    with access.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
        # The limit belongs to the connection: give the pool this one only.
    big = "".join(chr(0x4E00 + (i * 7919) % 20_000) for i in range(200_000))
    with pytest.raises(LedgerError, match="disk is full") as raised:
        ledger.captures.add(sample.capture_of("wire", "https://big.example", big, 3))
    assert "run again" in (raised.value.hint or "")
    assert ledger.counts() == before
    assert ledger.integrity() == ()
    ledger.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="cannot be created"):
        open_ledger(tmp_path / "file" / "ledger.db", create=True)


def test_other_engines_are_refused() -> None:
    with pytest.raises(LedgerError, match="no engine"):
        open_ledger("mysql://localhost/desk", create=True)


def test_half_a_character_in_a_text_is_refused(ledger: Ledger) -> None:
    capture = sample.captures()[0]
    ledger.captures.add(capture)
    (document,) = sample.read(capture)
    from dataclasses import replace

    broken = replace(document, text="half \ud800 a character", sentences=())
    with pytest.raises(LedgerError, match="surrogate"):
        ledger.documents.add_read(capture.id, [broken])
    with pytest.raises(LedgerError, match="NUL"):
        ledger.documents.add_read(capture.id, [replace(broken, text="a\x00b")])
    assert ledger.counts()["documents"] == 0
    assert ledger.captures.pending() == (capture,)


def test_creating_twice_is_harmless(tmp_path: Path) -> None:
    path = make(tmp_path / "ledger.db")
    with open_ledger(path, create=True) as again:
        assert again.counts()["events"] == 2


def test_migrations_give_exactly_the_tables_that_the_code_uses(ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with ledger._access.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), tables)
    ours = [d for d in found if "documents_text" not in str(d)]
    assert ours == []
    assert migrate.known_revisions()[-1] == HEAD


def damage_quote(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE statements SET quote = 'garbled' WHERE rowid = 3")


def damage_text(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE documents SET text = 'x' || text WHERE number = 1")


def damage_body(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE bodies SET body = x'00ff' WHERE rowid = 1")


def damage_reference(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM story_members WHERE rowid = 1")
    connection.execute("DELETE FROM captures WHERE rowid = 1")


def damage_work(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM event_members")


def damage_citation(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO briefs VALUES ('br_x', '2023-11-21', '2023-11-21T09', '{}')")
    connection.execute("INSERT INTO brief_statements VALUES ('st_gone', 'br_x')")


def damage_index(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO documents_text(documents_text, rowid, title, text) "
        "VALUES ('delete', 1, 'wire: other words', 'than those that are there')"
    )


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (damage_quote, "is not at its span"),
        (damage_text, "is not at its span"),
        (damage_body, "cannot be unpacked"),
        (damage_reference, "missing row of"),
        (damage_work, "belongs to no event"),
        (damage_index, "full-text index"),
        (damage_citation, "cites st_gone"),
    ],
)
def test_the_doctor_finds_damage(
    tmp_path: Path, damage: Callable[[sqlite3.Connection], None], said: str
) -> None:
    path = make(tmp_path / "ledger.db")
    copy = Path(shutil.copy(path, tmp_path / "copy.db"))
    connection = sqlite3.connect(copy)
    damage(connection)
    connection.commit()
    connection.close()
    with open_ledger(copy) as ledger:
        problems = ledger.integrity()
    assert any(said in problem for problem in problems), problems
    with open_ledger(path) as ledger:
        assert ledger.integrity() == ()
