"""The user's own tables on disk: a folder of the desk that only its owner can read.

Each load keeps the file as it came, under its number and version; it is read anew each time, so a
newer ontology maps an older table better. Nothing of it is logged, fetched, exported or published.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lodewire.analytics.holdings import read_own_table
from lodewire.config.desk import DeskConfig
from lodewire.errors import HoldingError
from lodewire.model.holding import OwnTable

_LOADS = "loads.jsonl"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLoad:
    """One load: its number, the version of its bytes, when it was loaded, what was mapped."""

    number: int
    version: str
    loaded_at: datetime
    file: str
    decimal: str | None
    rows: int
    mapped: int


def load_own(
    desk: DeskConfig, body: bytes, *, file: str, now: datetime, decimal: str | None = None
) -> tuple[OwnLoad, OwnTable, bool]:
    """Keep a table as the desk's own; returns the load, the table and whether it is new.

    Loading again what is in force changes nothing. Raises HoldingError for what is no table, for
    one of which no row can be mapped, and where the folder cannot be written.
    """
    table = read_useful(body, decimal=decimal)
    known = own_loads(desk)
    if known and known[-1].version == table.version:
        return known[-1], table, False
    load = OwnLoad(
        number=known[-1].number + 1 if known else 1,
        version=table.version,
        loaded_at=now,
        file=file,
        decimal=decimal,
        rows=table.rows,
        mapped=len({h.row for h in table.holdings}),
    )
    _keep(desk.own_path, load, body)
    return load, table, True


def read_useful(body: bytes, *, decimal: str | None = None) -> OwnTable:
    """Return a table of which a row at least is mapped. Raises HoldingError for any other."""
    table = read_own_table(body, decimal=decimal)
    if not table.holdings:
        raise HoldingError(
            f"none of the {table.rows} rows names a material that is known",
            hint=_first_reason(table),
        )
    return table


def own_loads(desk: DeskConfig) -> tuple[OwnLoad, ...]:
    """Return every load, the oldest first; empty where nothing was loaded."""
    file = desk.own_path / _LOADS
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise HoldingError(
            f"{file}: cannot be read: {error.strerror or error}", hint="check its permissions"
        ) from error
    try:
        return tuple(_load_of(json.loads(line)) for line in lines if line.strip())
    except (ValueError, KeyError, TypeError) as error:
        raise HoldingError(
            f"{file}: a line is damaged", hint="take the damaged line out, or load the table anew"
        ) from error


def own_table(desk: DeskConfig, number: int | None = None) -> tuple[OwnLoad, OwnTable]:
    """Return the table in force, or that of one load; raises HoldingError where there is none."""
    loads = own_loads(desk)
    if not loads:
        raise HoldingError(
            "this desk has no table of what you buy", hint="lodewire own load FILE.csv reads one"
        )
    found = [load for load in loads if number in (None, load.number)]
    if not found:
        raise HoldingError(
            f"there is no load {number}",
            hint=f"there are 1 to {loads[-1].number}: lodewire own show",
        )
    load = found[-1]
    file = _file(desk.own_path, load)
    try:
        body = file.read_bytes()
    except OSError as error:
        raise HoldingError(
            f"{file}: cannot be read: {error.strerror or error}", hint="load the table again"
        ) from error
    return load, read_own_table(body, decimal=load.decimal)


def open_to_others(*places: Path) -> tuple[Path, ...]:
    """Return those of the files that other accounts of this machine can read or write."""
    found = []
    for place in places:
        with suppress(OSError):
            if os.name == "posix" and place.stat().st_mode & _OTHERS:
                found.append(place)
    return tuple(found)


def make_folder(folder: Path) -> None:
    """Make the folder, for its owner alone, and keep version control out of it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", "utf-8")
    except OSError as error:
        raise _not_written(folder, error) from error


def _keep(folder: Path, load: OwnLoad, body: bytes) -> None:
    make_folder(folder)
    place = _file(folder, load)
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    told = {
        "number": load.number,
        "version": load.version,
        "loaded_at": load.loaded_at.isoformat(),
        "file": load.file,
        "decimal": load.decimal,
        "rows": load.rows,
        "mapped": load.mapped,
    }
    try:
        _write_private(part, body, os.O_TRUNC)
        part.replace(place)
        # The line comes last: a table without one was never loaded.
        _write_private(folder / _LOADS, (json.dumps(told) + "\n").encode(), os.O_APPEND)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _write_private(file: Path, body: bytes, how: int) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(handle, "ab" if how == os.O_APPEND else "wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())


def _file(folder: Path, load: OwnLoad) -> Path:
    return folder / f"table-{load.number:04}-{load.version}.csv"


def _load_of(told: dict[str, object]) -> OwnLoad:
    return OwnLoad(
        number=int(str(told["number"])),
        version=str(told["version"]),
        loaded_at=datetime.fromisoformat(str(told["loaded_at"])),
        file=str(told["file"]),
        decimal=str(told["decimal"]) if told["decimal"] else None,
        rows=int(str(told["rows"])),
        mapped=int(str(told["mapped"])),
    )


def _first_reason(table: OwnTable) -> str:
    for left in table.left_out:
        told = f"line {left.row}, {left.words[:40]!r}: {left.reason}"
        return f"{told}; {left.suggestion}" if left.suggestion else told
    return "write a row for each material"


def _not_written(folder: Path, error: OSError) -> HoldingError:
    return HoldingError(
        f"{folder}: cannot be written: {error.strerror or error}",
        hint="check that the desk's folder may be written",
    )
