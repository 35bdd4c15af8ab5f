"""What the database refuses, said as a LedgerError that tells what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lodewire.errors import LedgerError, WriterConflict

_LOST = (
    "the connection to the database was lost",
    "check that the server runs, then run again: finished steps are kept",
)
_LOCKED = (
    "the ledger is locked by another process",
    "wait for the other run to end, or stop it; one writer at a time",
)
_FULL = (
    "the disk is full; nothing of this step was written",
    "free some space and run again: the run goes on where it stopped",
)
_LACKS = (
    "the ledger lacks a table",
    "run `lodewire init` to create it or bring it up to date",
)
_DANGLING = (
    "a row points to something that the ledger does not hold",
    "add captures before documents, documents before readings, readings before events",
)
_DAMAGED = (
    "the ledger file is damaged, or not a ledger",
    "restore a backup, or point to another file",
)
_DENIED = (
    "the database does not let this user in",
    "check user and password (PGPASSWORD or ~/.pgpass keep it out of desk.toml)",
)
_CONFLICT = (
    "another writer went first; nothing of this step was written",
    "run again: the run goes on where it stopped",
)

# SQLSTATE of PostgreSQL, whole or its class (two characters) -> what we say, what to do.
_STATES: dict[str, tuple[str, str]] = {
    "55P03": _LOCKED,
    "25006": (
        "the ledger is read-only",
        "the server is a standby, or the database is set to read only: write to the main server",
    ),
    "53100": _FULL,
    "53200": ("the database server is out of memory", "give it more, then run again"),
    "53300": (
        "the database server takes no more connections",
        "stop other programs that use it, or raise its max_connections",
    ),
    "57014": ("the database server stopped the query", "see its statement_timeout, then run again"),
    "57P": _LOST,
    "08": _LOST,
    "28": _DENIED,
    "42501": (
        "the database user lacks a right",
        "have the owner of the database grant it CREATE and all rights on the ledger's tables",
    ),
    "42P01": _LACKS,
    "42703": _LACKS,
    "3F000": ("the schema of the database is not there", "CREATE SCHEMA, then `lodewire init`"),
    "23503": _DANGLING,
    "22001": ("a value is longer than its column takes", "please report it with the source's id"),
    "22021": ("a text holds a character that cannot be stored", "use a database encoded in UTF8"),
    "22P05": ("a text holds a character that cannot be stored", "use a database encoded in UTF8"),
    "XX001": _DAMAGED,
    "XX002": ("an index of the database is damaged", "REINDEX DATABASE, then `lodewire doctor`"),
}
_AGAIN = ("40001", "40P01")

# (words of the engine's message, what we say, what to do); first match wins.
_KNOWN: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("database is locked", "database table is locked", "could not obtain lock"), *_LOCKED),
    (
        ("readonly database", "read-only"),
        "the ledger is read-only",
        "check the permissions of the file and of its folder (SQLite writes beside the file too)",
    ),
    (("disk is full", "No space left", "disk full", "File too large"), *_FULL),
    (
        ("disk I/O error",),
        "the disk refused to read or write the ledger",
        "check the disk; network file systems do not suit SQLite",
    ),
    (("malformed", "not a database", "file is encrypted", "corrupt"), *_DAMAGED),
    (
        ("unable to open database file",),
        "the ledger file cannot be opened",
        "check that the folder exists and may be written",
    ),
    (
        ("Permission denied", "Read-only file system", "Not a directory", "File exists"),
        "the file may not be written",
        "check the permissions of the file and of its folder",
    ),
    (
        ("password authentication failed", "no password supplied", "no pg_hba.conf entry", "role "),
        *_DENIED,
    ),
    (
        ("FATAL:  database", "FATAL: database"),
        "the database is not there",
        "make it, for example: createdb --encoding UTF8 --template template0 NAME",
    ),
    (
        ("too many clients", "remaining connection slots"),
        *_STATES["53300"],
    ),
    (
        ("could not translate host name", "Name or service not known", "failed to resolve host"),
        "the host of the database is not known",
        "check the address after @ in the ledger's URL",
    ),
    (
        ("Connection refused", "No such file or directory", "timeout expired", "starting up"),
        "the database server does not answer",
        "check that it runs, and host and port in the ledger's URL",
    ),
    (("no such table", "does not exist", "no such column"), *_LACKS),
    (("FOREIGN KEY constraint", "foreign key constraint"), *_DANGLING),
    (("connection", "server closed"), *_LOST),
)


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Turn every error of the database inside into a LedgerError that names ``where``."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        raise _refusal(where, error.orig or error, lost=error.connection_invalidated) from error
    except SQLAlchemyError as error:
        raise ledger_error(where, str(error)) from error
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"{where}: a text holds half a character (a lone surrogate) and cannot be stored",
            hint="decode the page with errors replaced before adding it",
        ) from error
    except Exception as error:
        # Loading whole tables speaks to the driver itself.
        if not hasattr(error, "sqlstate"):
            raise
        raise _refusal(where, error, lost=False) from error


def _refusal(where: str, error: BaseException, *, lost: bool) -> LedgerError:
    lines = str(error).strip().splitlines()
    said = lines[0] if lines else type(error).__name__
    state = getattr(error, "sqlstate", None)
    if state in _AGAIN:
        return WriterConflict(f"{where}: {_CONFLICT[0]} ({said})", hint=_CONFLICT[1])
    for known in (state, state[:3], state[:2]) if state else ():
        if known in _STATES:
            message, hint = _STATES[known]
            return LedgerError(f"{where}: {message} ({said})", hint=hint)
    if lost:
        return LedgerError(f"{where}: {_LOST[0]} ({said})", hint=_LOST[1])
    return ledger_error(where, said)


def ledger_error(where: str, said: str) -> LedgerError:
    """Return the LedgerError for what the engine ``said``."""
    for words, message, hint in _KNOWN:
        if any(word in said for word in words):
            return LedgerError(f"{where}: {message} ({said})", hint=hint)
    return LedgerError(f"{where}: {said}", hint="run `lodewire doctor`")
