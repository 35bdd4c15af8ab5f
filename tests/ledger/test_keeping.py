"""Moving, backing up and restoring: all of it, proved, or nothing."""

from __future__ import annotations

import io
import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from lodewire.errors import LedgerError
from lodewire.ledger import keeping
from lodewire.ledger.keeping import back_up, move_ledger, restore
from lodewire.ledger.store import open_ledger
from lodewire.ledger.transfer import copy_rows
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Opinion
from tests.postgres import Server

from . import filler, sample

NewPlace = Callable[[], str]
MORE = sample.capture_of("wire", "https://x.example", "New words.", 3)


def silent(step: str, done: int, total: int | None = None) -> None:
    """Nobody is told."""


def fill(place: str) -> str:
    """A ledger with something in every kind of table: work due, something set aside, history."""
    late, *rest = sample.captures()
    with open_ledger(place) as ledger:
        sample.run(ledger, rest)
        sample.run(ledger, [late])  # moves an event: ended places, deleted judgements
        ledger.judgements.add_all(
            [
                Judgement(
                    left="evm_a",
                    right="evm_b",
                    opinion=Opinion.DIFFERENT,
                    score=1.0,
                    author="Käthe's “desk”\t\\N",
                    judged_at=sample.MORNING,
                )
            ]
        )
        ledger.captures.add(MORE)
        ledger.quarantine.add(MORE.id, "read", LedgerError("a\tb\nc\\"), at=sample.MORNING)
        ledger.captures.add(sample.capture_of("wire", "https://x.example/2", "Due.", 4))
    return place


def exported(place: str) -> str:
    out = io.StringIO()
    with open_ledger(place) as ledger:
        ledger.export(out)
    return out.getvalue()


def state(place: str) -> dict[str, object]:
    """All that can be told of a ledger: its export, counts, work, and that it is sound."""
    with open_ledger(place) as ledger:
        return {
            "export": exported(place),
            "counts": ledger.counts(),
            "waiting": ledger.waiting(),
            "aside": ledger.quarantine.notes(),
            "history": ledger.judgements.history(["evm_a"]),
            "body": ledger.captures.get(MORE.id),
            "found": [hit.document_id for hit in ledger.search("mmg -bambas")],
            "problems": ledger.integrity(),
        }


@pytest.fixture
def other_place(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> NewPlace:
    """Gives the path or URL of a place without a ledger, on the other engine."""
    made: list[int] = []

    def make() -> str:
        made.append(1)
        if engine == "postgresql":
            return str(tmp_path / f"other{len(made)}.db")
        server: Server = request.getfixturevalue("postgres_server")
        return server.new_database()

    return make


class TestMove:
    """From one engine to the other and back."""

    def test_there_and_back_again_nothing_has_changed(
        self, new_place: NewPlace, other_place: NewPlace, tmp_path: Path
    ) -> None:
        first, there = fill(new_place()), other_place()
        before = state(first)
        rows = move_ledger(first, there, silent)
        assert rows["documents"] == 5
        assert state(there) == before
        assert state(first) == before, "the source stays"
        back = new_place() if "://" in first else str(tmp_path / "back.db")
        move_ledger(there, back, silent)
        assert state(back) == before
        assert not list(tmp_path.glob("*.part*"))

    def test_the_moved_ledger_goes_on(self, new_place: NewPlace, other_place: NewPlace) -> None:
        first, there = new_place(), other_place()
        with open_ledger(first) as ledger:
            sample.run(ledger, sample.captures()[:3])
        move_ledger(first, there, silent)
        with open_ledger(there) as ledger, open_ledger(":memory:", create=True) as whole:
            sample.run(ledger, sample.captures()[3:])
            sample.run(whole)
            out = io.StringIO()
            whole.export(out)
            assert ledger.integrity() == ()
        assert exported(there) == out.getvalue()

    def test_a_place_that_holds_something_is_refused(
        self, new_place: NewPlace, other_place: NewPlace
    ) -> None:
        first, there = fill(new_place()), other_place()
        with open_ledger(there, create=True) as ledger:
            ledger.captures.add(MORE)
        with pytest.raises(LedgerError, match="already"):
            move_ledger(first, there, silent)
        with open_ledger(there) as ledger:
            assert ledger.counts()["captures"] == 1

    def test_stopped_halfway_nothing_is_there_and_it_can_be_run_again(
        self, new_place: NewPlace, other_place: NewPlace, tmp_path: Path
    ) -> None:
        first, there = fill(new_place()), other_place()

        def stop(step: str, done: int, total: int | None = None) -> None:
            if step == "statements":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            move_ledger(first, there, stop)
        assert not list(tmp_path.glob("other*"))
        move_ledger(first, there, silent)
        assert state(there) == state(first)

    def test_rows_that_arrive_otherwise_are_noticed(
        self, new_place: NewPlace, other_place: NewPlace
    ) -> None:
        """A change made behind our back, between writing and reading back."""
        first, there = fill(new_place()), other_place()
        with open_ledger(first) as source, open_ledger(there, create=True) as target:

            def spoil(step: str, done: int, total: int | None = None) -> None:
                if step == "statements":
                    with target._access.writing() as connection:
                        connection.execute(text("UPDATE documents SET title = 'other'"))

            with pytest.raises(LedgerError, match="documents did not arrive"):
                copy_rows(source._access, target._access, spoil, still=True)
            assert target.counts()["documents"] == 0

    def test_writers_of_the_source_wait(self, new_place: NewPlace, other_place: NewPlace) -> None:
        """What is written while it moves would be left behind."""
        first, there = fill(new_place()), other_place()
        done: list[str] = []

        def write() -> None:
            with open_ledger(first) as other:
                other.captures.add(sample.capture_of("wire", "https://x.example/9", "Late.", 5))
            done.append("written")

        writer = threading.Thread(target=write)

        def look(step: str, rows: int, total: int | None = None) -> None:
            if step == "documents" and not writer.is_alive() and not done:
                writer.start()
                writer.join(0.3)
            if step == "verify":
                assert not done

        move_ledger(first, there, look)
        writer.join(20)
        assert done
        with open_ledger(there) as moved, open_ledger(first) as kept:
            assert kept.counts()["captures"] == moved.counts()["captures"] + 1


class TestBackup:
    """A copy of one moment, made while others write."""

    def test_it_restores_to_either_engine(
        self, new_place: NewPlace, other_place: NewPlace, tmp_path: Path
    ) -> None:
        place, file = fill(new_place()), tmp_path / "kept" / "desk.backup"
        with open_ledger(place) as ledger:
            assert back_up(ledger, file, silent) == ()
        assert sorted(f.name for f in file.parent.iterdir()) == [
            "desk.backup",
            "desk.backup.sha256",
        ]
        for target in (new_place(), other_place()):
            assert restore(file, target, silent)
            assert state(target) == state(place)

    def test_a_writer_at_work_goes_on_and_the_copy_is_of_one_moment(
        self, new_place: NewPlace, tmp_path: Path
    ) -> None:
        place = new_place()
        stop, failed = threading.Event(), []

        def write() -> None:
            try:
                with open_ledger(place) as other:
                    for n in range(10_000):
                        if stop.is_set():
                            return
                        page = sample.capture_of("wire", f"https://w.example/{n}", f"Words {n}.", n)
                        sample.run(other, [page])
            except Exception as error:
                failed.append(error)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            counts = []
            for n in range(3):
                with open_ledger(place) as ledger:
                    assert back_up(ledger, tmp_path / f"{n}.backup", silent) == ()
                with open_ledger(tmp_path / f"{n}.backup") as copy:
                    counts.append(copy.counts()["captures"])
        finally:
            stop.set()
            writer.join(30)
        assert not failed
        assert counts == sorted(counts)
        with open_ledger(place) as ledger:
            assert ledger.counts()["captures"] >= counts[-1]
            assert ledger.integrity() == ()

    def test_a_failed_backup_leaves_the_earlier_one(
        self, new_place: NewPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place, file = fill(new_place()), tmp_path / "desk.backup"
        with open_ledger(place) as ledger:
            back_up(ledger, file, silent)
            before = file.read_bytes()

            def full(path: Path) -> None:
                raise OSError(28, "No space left on device")

            monkeypatch.setattr(keeping, "_sync", full)
            with pytest.raises(LedgerError, match="disk is full"):
                back_up(ledger, file, silent)
        assert file.read_bytes() == before
        assert not list(tmp_path.glob("*.part*"))

    def test_what_is_no_backup_is_not_overwritten(
        self, new_place: NewPlace, tmp_path: Path
    ) -> None:
        place, file = new_place(), tmp_path / "notes.txt"
        file.write_text("my notes")
        with open_ledger(place) as ledger:
            with pytest.raises(LedgerError, match="no backup"):
                back_up(ledger, file, silent)
            if "://" not in place:
                with pytest.raises(LedgerError, match="ledger itself"):
                    back_up(ledger, Path(place), silent)
        assert file.read_text() == "my notes"

    def test_a_ledger_that_is_not_sound_is_backed_up_and_told(self, tmp_path: Path) -> None:
        place = str(tmp_path / "ledger.db")
        open_ledger(place, create=True).close()
        fill(place)
        with sqlite3.connect(place) as connection:
            connection.execute("DELETE FROM event_members")
        connection.close()
        with open_ledger(place) as ledger:
            problems = back_up(ledger, tmp_path / "b", silent)
        assert any("belongs to no event" in problem for problem in problems)
        with pytest.raises(LedgerError, match="not sound"):
            restore(tmp_path / "b", str(tmp_path / "new.db"), silent)
        assert not (tmp_path / "new.db").exists()


class TestRestore:
    """A backup is checked whole before anything is touched."""

    @pytest.fixture
    def backup(self, tmp_path: Path) -> Path:
        place = str(tmp_path / "source.db")
        open_ledger(place, create=True).close()
        fill(place)
        with open_ledger(place) as ledger:
            back_up(ledger, tmp_path / "desk.backup", silent)
        return tmp_path / "desk.backup"

    def test_a_byte_that_changed_is_noticed(self, backup: Path, new_place: NewPlace) -> None:
        target = new_place()
        whole = bytearray(backup.read_bytes())
        whole[len(whole) // 2] ^= 1
        backup.write_bytes(bytes(whole))
        with pytest.raises(LedgerError, match="not as it was written"):
            restore(backup, target, silent)
        with open_ledger(target) as ledger:
            assert ledger.counts()["captures"] == 0

    @pytest.mark.parametrize("spoil", ["cut", "words", "garbled"])
    def test_without_a_digest_its_contents_decide(
        self, backup: Path, new_place: NewPlace, spoil: str
    ) -> None:
        target = new_place()
        assert restore(backup, new_place(), silent) is True
        backup.with_name("desk.backup.sha256").unlink()
        assert restore(backup, new_place(), silent) is False
        if spoil == "garbled":
            with sqlite3.connect(backup) as connection:
                connection.execute("UPDATE statements SET quote = 'garbled'")
            connection.close()
        else:
            whole = backup.read_bytes()
            backup.write_bytes(b"my notes" if spoil == "words" else whole[: len(whole) // 2])
        with pytest.raises(LedgerError) as raised:
            restore(backup, target, silent)
        assert raised.value.hint
        with open_ledger(target) as ledger:
            assert ledger.counts()["captures"] == 0

    def test_a_ledger_with_something_in_it_is_replaced_only_when_asked(
        self, backup: Path, new_place: NewPlace
    ) -> None:
        target = new_place()
        with open_ledger(target) as ledger:
            sample.run(ledger, sample.captures()[:1])
        with pytest.raises(LedgerError, match="already") as raised:
            restore(backup, target, silent)
        assert raised.value.hint
        restore(backup, target, silent, replace=True)
        assert state(target) == state(str(backup.with_name("source.db")))
        if "://" not in target:
            with open_ledger(target + ".replaced") as old:
                assert old.counts()["captures"] == 1

    def test_a_ledger_in_use_is_not_replaced(self, backup: Path, tmp_path: Path) -> None:
        target = tmp_path / "ledger.db"
        with open_ledger(target, create=True) as ledger:
            ledger.captures.add(MORE)
            with pytest.raises(LedgerError, match="locked by another process"):
                restore(backup, str(target), silent, replace=True)
            assert ledger.counts()["captures"] == 1

    def test_a_damaged_ledger_is_what_a_backup_is_for(self, backup: Path, tmp_path: Path) -> None:
        target = tmp_path / "ledger.db"
        target.write_bytes(b"noise" * 5_000)
        restore(backup, str(target), silent, replace=True)
        assert state(str(target)) == state(str(tmp_path / "source.db"))
        assert (tmp_path / "ledger.db.replaced").read_bytes().startswith(b"noise")

    def test_a_restored_file_lets_readers_and_a_writer_in_at_once(
        self, backup: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "ledger.db"
        restore(backup, str(target), silent)
        with sqlite3.connect(target) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()


def test_a_moved_file_lets_readers_and_a_writer_in_at_once(
    postgres_server: Server, tmp_path: Path
) -> None:
    target = tmp_path / "ledger.db"
    move_ledger(postgres_server.new_ledger(), str(target), silent)
    with sqlite3.connect(target) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_larger_ledger_moves_in_batches(
    new_place: NewPlace, other_place: NewPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lodewire.ledger import transfer

    monkeypatch.setattr(transfer, "_BATCH", 7)
    place, there = new_place(), other_place()
    with open_ledger(place) as ledger:
        filler.fill(ledger)
    told: list[tuple[str, int, int | None]] = []
    move_ledger(place, there, lambda *step: told.append(step))  # type: ignore[arg-type]
    assert exported(there) == exported(place)
    documents = [(done, total) for step, done, total in told if step == "documents"]
    assert documents[0] == (7, filler.COUNT + 1)
    assert documents[-1] == (filler.COUNT + 1, filler.COUNT + 1)


def test_the_clock_may_go_backwards(new_place: NewPlace) -> None:
    """Times seen only widen; nothing is lost, nothing comes before what it follows from."""
    place = new_place()
    with open_ledger(place) as ledger:
        sample.run(ledger)
        before = exported(place)
        source, url, told, days = sample.PAGES[0]
        early = sample.capture_of(source, url, told, -30).fetched_at
        late = sample.capture_of(source, url, told, days)
        (document,) = ledger.documents.of_capture(late.id)
        assert not ledger.captures.add(sample.capture_of(source, url, told, -30))
        sample.run(ledger, [])
        assert ledger.documents.seen([document.id]) == {document.id: (early, late.fetched_at)}
        first = [t.isoformat(timespec="microseconds")[:26] + "Z" for t in (early, late.fetched_at)]
        now = exported(place)
        assert now != before, "when it was first seen"
        assert now.replace(first[0], first[1]) == before, "and nothing else"
        yesterday = sample.MORNING - timedelta(days=9)
        ledger.quarantine.add("doc_x", "extract", LedgerError("x"), at=yesterday)
        assert ledger.integrity() == ()
