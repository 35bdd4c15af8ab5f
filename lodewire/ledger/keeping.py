"""Moving a ledger to another place, backing it up beside its writers, and restoring it.

A backup is one SQLite file, whatever engine the ledger is on, with its SHA-256 beside it
(``FILE.sha256``, as ``sha256sum -c`` reads it). Files are written under another name and put in
place when they are whole and proved.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lodewire.errors import LedgerError
from lodewire.ledger.backend import is_postgres
from lodewire.ledger.faults import ledger_error
from lodewire.ledger.integrity import find_problems
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.ledger.transfer import Told, copy_rows, is_empty, refuse_problems

_MAGIC = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm", "-journal")  # files that SQLite keeps beside its own


def move_ledger(source: str, target: str, told: Told) -> dict[str, int]:
    """Copy a ledger to another path or URL, proved; return how many rows each table holds.

    The source stays as it is, its writers wait. Raises LedgerError when the target holds a ledger
    with something in it, or what arrived is not what was given; then nothing is there.
    """
    with open_ledger(source) as there:
        if is_postgres(target):
            with open_ledger(target, create=True) as here:
                return copy_rows(there._access, here._access, told, still=True)
        file = Path(target)
        _refuse_existing(file)
        with _written(file) as part, open_ledger(part, create=True) as here:
            return copy_rows(there._access, here._access, told, still=True)


def back_up(ledger: Ledger, file: Path, told: Told) -> tuple[str, ...]:
    """Write a backup of ``ledger``, as it is at one moment; writers go on meanwhile.

    The copy is checked; what is wrong with it is returned, and was wrong in the ledger. An earlier
    backup of that name is replaced at the end. Raises LedgerError when ``file`` is something else.
    """
    _refuse_foreign(ledger, file)
    digest_file = _digest_file(file)
    with _written(file, before=lambda: digest_file.unlink(missing_ok=True)) as part:
        access = ledger._access
        if access.backend.snapshot(part, lambda done, of: told("backup", done, of)):
            with open_ledger(part) as copy:
                problems = find_problems(copy._access)
        else:
            with open_ledger(part, create=True) as copy:
                copy_rows(access, copy._access, told, still=False)
            problems = ()
        _make_single(part)
        digest = _sha256(part)
    digest_file.write_text(f"{digest}  {file.name}\n", encoding="utf-8")
    return problems


def restore(file: Path, target: str, told: Told, *, replace: bool = False) -> bool:
    """Put a backup in the place of a ledger; return whether its digest was there to check.

    The backup is checked whole before anything is touched, and brought up to date in schema. A
    file that was there before stays beside the new one as ``NAME.replaced``. Raises LedgerError
    when the backup is damaged, the target holds something (unless ``replace``) or is in use.
    """
    folder = None if is_postgres(target) else Path(target).parent
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as scratch:
        copy = Path(scratch) / "ledger.db"
        proved = _take(file, copy)
        with open_ledger(copy, create=True) as found:
            told("check", 0, None)
            refuse_problems(found._access, find_problems(found._access))
            if is_postgres(target):
                with open_ledger(target, create=True) as here:
                    copy_rows(found._access, here._access, told, still=False, replace=replace)
                return proved
        _swap(copy, Path(target), replace=replace)
    return proved


def _take(file: Path, copy: Path) -> bool:
    """Copy a backup to work on; check its digest if there is one."""
    try:
        with file.open("rb") as opened:
            if opened.read(len(_MAGIC)) != _MAGIC:
                raise LedgerError(
                    f"{file}: is no backup of a ledger",
                    hint="name a file that `lodewire backup` wrote",
                )
        shutil.copyfile(file, copy)
        digest_file = _digest_file(file)
        told = digest_file.read_text(encoding="utf-8").split() if digest_file.exists() else []
        if told and told[0] != _sha256(copy):
            raise LedgerError(
                f"{file}: the backup is not as it was written: its digest is another",
                hint="take another backup; a disk or a transfer has damaged this one",
            )
    except OSError as error:
        raise LedgerError(
            f"{file}: cannot be read or copied: {error.strerror or error}",
            hint="check path and permissions, and the space left beside the ledger",
        ) from error
    return bool(told)


def _swap(new: Path, file: Path, *, replace: bool) -> None:
    """Put ``new`` in the place of ``file`` in one step; what was there stays as .replaced."""
    if file.exists():
        _let_go(file, replace=replace)
        old = file.with_name(file.name + ".replaced")
        for end in ("", *_BESIDE):
            file.with_name(old.name + end).unlink(missing_ok=True)
        for end in _BESIDE:  # those of a damaged file are no part of the new one
            if file.with_name(file.name + end).exists():
                file.with_name(file.name + end).replace(file.with_name(old.name + end))
        os.link(file, old)
    _sync(new)
    new.replace(file)
    _sync(file.parent)


def _let_go(file: Path, *, replace: bool) -> None:
    """See that nobody uses the file, and that it may go; fold what is beside it into it."""
    if not replace:
        try:
            with open_ledger(file) as kept, kept._access.reading() as connection:
                empty = is_empty(connection)
        except LedgerError:
            empty = False
        if not empty:
            raise LedgerError(
                f"{file}: holds a ledger already",
                hint="add --replace: it then stays beside the restored one as "
                f"{file.name}.replaced",
            )
    alone = sqlite3.connect(file, timeout=1.0, isolation_level=None)
    try:
        # Refused while anyone else has the file open.
        alone.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise ledger_error(str(file), str(error)) from error
    finally:
        alone.close()


@contextmanager
def _written(file: Path, before: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Yield the path of a part beside ``file``; put it in place when the block ends well.

    ``before`` is called when all is written, before it is put in place.
    """
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _discard(part)
        yield part
        _sync(part)
        before()
        part.replace(file)
        _sync(file.parent)
    except (OSError, sqlite3.Error) as error:
        _discard(part)
        raise ledger_error(str(file), getattr(error, "strerror", None) or str(error)) from error
    except BaseException:
        _discard(part)
        raise


def _discard(part: Path) -> None:
    for end in ("", *_BESIDE):
        with suppress(OSError):  # what cannot be removed cannot be written either, and is told then
            part.with_name(part.name + end).unlink(missing_ok=True)


def _make_single(file: Path) -> None:
    """Fold what SQLite keeps beside the file into it."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _refuse_existing(file: Path) -> None:
    if file.exists():
        raise LedgerError(
            f"{file}: is there already", hint="name a file that is not there, or move it away"
        )


def _refuse_foreign(ledger: Ledger, file: Path) -> None:
    if not file.exists():
        return
    own = Path(ledger.where)
    if own.exists() and own.samefile(file):
        raise LedgerError(f"{file}: is the ledger itself", hint="name another file")
    with file.open("rb") as opened:
        if opened.read(len(_MAGIC)) not in (_MAGIC, b""):
            raise LedgerError(f"{file}: is there already, and no backup", hint="name another file")


def _digest_file(file: Path) -> Path:
    return file.with_name(file.name + ".sha256")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, before we go on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
