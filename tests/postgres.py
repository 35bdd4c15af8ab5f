"""A PostgreSQL server of the tests' own: a new cluster in a temporary folder, reached by a socket.

Started once a test session (and worker), gone with it. It runs as another user where the tests
run as root, since PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER = "lodewire"
# Nothing in it needs to outlive a power cut; small, since several workers each have one.
_SETTINGS = (
    "listen_addresses=''",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "shared_buffers=32MB",
    "max_connections=60",
    "max_wal_size=256MB",
    "autovacuum=off",
)


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl; None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


class Server:
    """A running server. Databases are numbered; a ledger is copied from an empty one."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._count = 0
        self._free: list[str] = []

    def url(self, name: str, user: str = USER) -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def call(self, program: str, *arguments: str) -> None:
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(_other_user())
            who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "told").open("ab"),
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            timeout=60,
            **who,
        )
        assert done.returncode == 0, (self.folder / "told").read_text()[-2000:]

    def start(self) -> None:
        self.call("pg_ctl", "-D", "data", "-w", "-l", "log", "start")

    def stop(self, mode: str = "immediate") -> None:
        self.call("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")

    def execute(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run one statement as the owner, outside any transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            told = connection.execute(statement)
            return told.fetchall() if told.description else []

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its URL."""
        self._count += 1
        name = f"desk{self._count}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def new_ledger(self) -> str:
        """Return the URL of a database that holds an empty ledger."""
        if self._free:
            return self._emptied(self._free.pop())
        if not self.execute("SELECT 1 FROM pg_database WHERE datname = 'ledger'"):
            from lodewire.ledger.store import open_ledger

            self.execute("CREATE DATABASE ledger TEMPLATE template0")
            open_ledger(self.url("ledger"), create=True).close()
        return self.new_database("ledger")

    def give_back(self, url: str) -> None:
        """Let another test use a database whose tables are as they were."""
        self._free.append(url)

    def _emptied(self, url: str) -> str:
        import psycopg

        from lodewire.ledger.schema import tables

        with psycopg.connect(url) as connection:
            connection.execute(f"TRUNCATE {', '.join(tables.tables)} RESTART IDENTITY CASCADE")
        return url


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Yield a server that runs until the end of the block."""
    # Not pytest's folder: that is closed to the user the server runs as, and too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="lodewire-pg-", dir=_quick_folder()))
    server = Server(folder, programs)
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam(_other_user())
            os.chown(folder, account.pw_uid, account.pw_gid)
        server.call(*f"initdb -D data -U {USER} -A trust -E UTF8 --no-locale --no-sync".split())
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write("\n".join((*_SETTINGS, f"unix_socket_directories='{folder}'", "")))
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quick_folder() -> str | None:
    """Memory, where there is enough: making and removing databases is files, not rows."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 4e9 else None


def _other_user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise LookupError("no user to run PostgreSQL as")
