"""What the database refuses, said as a LedgerError that tells what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lodewire.errors import LedgerError

# (words of the engine's message, what we say, what to do); first match wins.
_KNOWN: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("database is locked", "database table is locked", "could not obtain lock"),
        "the ledger is locked by another process",
        "wait for the other run to end, or stop it; one writer at a time",
    ),
    (
        ("readonly database", "read-only"),
        "the ledger is read-only",
        "check the permissions of the file and of its folder (SQLite writes beside the file too)",
    ),
    (
        ("disk is full", "No space left", "disk full"),
        "the disk is full; nothing of this step was written",
        "free some space and run again: the run goes on where it stopped",
    ),
    (
        ("disk I/O error",),
        "the disk refused to read or write the ledger",
        "check the disk; network file systems do not suit SQLite",
    ),
    (
        ("malformed", "not a database", "file is encrypted", "corrupt"),
        "the ledger file is damaged, or not a ledger",
        "restore a backup, or point to another file",
    ),
    (
        ("unable to open database file",),
        "the ledger file cannot be opened",
        "check that the folder exists and may be written",
    ),
    (
        ("no such table", "does not exist", "no such column"),
        "the ledger lacks a table",
        "run `lodewire init` to create it or bring it up to date",
    ),
    (
        ("FOREIGN KEY constraint", "foreign key constraint"),
        "a row points to something that the ledger does not hold",
        "add captures before documents, documents before readings, readings before events",
    ),
    (
        ("connection", "server closed"),
        "the connection to the database was lost",
        "check that the server runs, then run again: finished steps are kept",
    ),
)


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Turn every error of the database inside into a LedgerError that names ``where``."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        raise ledger_error(where, str(error.orig or error)) from error
    except SQLAlchemyError as error:
        raise ledger_error(where, str(error)) from error
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"{where}: a text holds half a character (a lone surrogate) and cannot be stored",
            hint="decode the page with errors replaced before adding it",
        ) from error


def ledger_error(where: str, said: str) -> LedgerError:
    """Return the LedgerError for what the engine ``said``."""
    for words, message, hint in _KNOWN:
        if any(word in said for word in words):
            return LedgerError(f"{where}: {message} ({said})", hint=hint)
    return LedgerError(f"{where}: {said}", hint="run `lodewire doctor`")
