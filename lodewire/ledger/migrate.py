"""Creating the ledger's tables and bringing an older ledger up to date, with Alembic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lodewire.errors import LedgerError
from lodewire.ledger.schema import HEAD

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from lodewire.ledger.access import Access


def revision_of(connection: Connection) -> str | None:
    """Return the revision the tables are at; None for a store without ledger tables."""
    from sqlalchemy import inspect, text

    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def known_revisions() -> tuple[str, ...]:
    """Return the revisions this code knows, oldest first."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_config())
    return tuple(reversed([s.revision for s in script.walk_revisions()]))


def upgrade(access: Access, to: str = HEAD) -> None:
    """Bring the tables to :data:`~lodewire.ledger.schema.HEAD`, in one transaction.

    ``to`` may name an earlier revision, to make a ledger as an earlier Lodewire did. Raises
    LedgerError when the ledger is newer than this code.
    """
    from alembic import command

    with access.writing() as connection:
        at = revision_of(connection)
        if at == to:
            return
        if at is not None and at not in known_revisions():
            raise _newer(access.backend.where, at)
        config = _config()
        config.attributes["connection"] = connection
        config.attributes["full_text_ddl"] = access.backend.full_text_ddl()
        command.upgrade(config, to)
        access.backend.settle(connection)


def check_revision(access: Access) -> None:
    """Raise LedgerError unless the tables are the ones this code reads and writes."""
    with access.reading() as connection:
        at = revision_of(connection)
    if at == HEAD:
        return
    if at is None:
        raise LedgerError(
            f"{access.backend.where}: holds no ledger yet",
            hint="run `lodewire init` to create it, or point to another file",
        )
    if at in known_revisions():
        raise LedgerError(
            f"{access.backend.where}: the ledger is at schema {at}, this Lodewire uses {HEAD}",
            hint="back the file up, then run `lodewire init` to bring it up to date",
        )
    raise _newer(access.backend.where, at)


def _newer(where: str, at: str) -> LedgerError:
    return LedgerError(
        f"{where}: the ledger is at schema {at}, which this Lodewire ({HEAD}) does not know",
        hint="it was written by a newer version: upgrade Lodewire",
    )


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "lodewire.ledger:migrations")
    return config
