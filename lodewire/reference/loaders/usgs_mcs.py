"""A release of the USGS Mineral Commodity Summaries: its files, each read by what it holds.

A file's columns decide how it is read, not its name: "mcs2024-cobal_salient.csv" is a world table,
and with the years of the release before. Every file that is not read, and every row that is left
out or put right, is told. Licence: public domain (US government).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path, PurePosixPath

from lodewire.errors import ReadError
from lodewire.model.measure import Figure
from lodewire.reference.loaders.cells import read_rows
from lodewire.reference.loaders.release import Gathering, Release
from lodewire.reference.loaders.usgs_long import load_long
from lodewire.reference.loaders.usgs_reliance import (
    CRITICAL,
    is_critical_table,
    is_reliance_table,
    is_shares_table,
    load_critical,
    load_reliance,
    load_shares,
)
from lodewire.reference.loaders.usgs_salient import SOURCE as SALIENT
from lodewire.reference.loaders.usgs_salient import is_salient_table, load_salient
from lodewire.reference.loaders.usgs_words import chapter_of_file
from lodewire.reference.loaders.usgs_world import is_long_table, is_world_table, load_wide

VINTAGE = re.compile(r"MCS(19|20)\d\d")

MAX_FILES = 1000
MAX_BYTES = 64_000_000
"""A release is about 200 files of 4 MB together; a larger archive is refused."""

_SAME_AMOUNT = {"kg": Decimal("0.001"), "t": Decimal(1), "kt": Decimal(1000), "Mt": Decimal(10**6)}


def load_release(files: Mapping[str, bytes], vintage: str) -> Release:
    """Return the figures of a release given as file names with their bytes.

    ``vintage`` is the edition, as "MCS2026". Raises ReadError when it is no edition or when none of
    the files holds a table that is known.
    """
    if VINTAGE.fullmatch(vintage) is None:
        raise ReadError(f"{vintage!r} is no edition", hint="Give it as MCS2026")
    gathering = Gathering()
    # World tables first: where a file that should hold something else repeats one, it stays out.
    order = sorted(files, key=lambda n: ("_world" not in n.casefold(), n))
    tables = [n for n in order if _read(n, files[n], vintage, gathering)]
    if not tables:
        raise ReadError(
            f"none of {len(files)} files is a table of the Mineral Commodity Summaries",
            hint="Give the data release's CSV files, its folder or its zip archive",
        )
    found = gathering.release()
    return replace(found, figures=_kinds_of_consumption(found.figures))


def _read(name: str, content: bytes, vintage: str, gathering: Gathering) -> bool:
    if not name.casefold().endswith(".csv"):
        return False
    rows = read_rows(name, content)
    header = rows[0] if rows else []
    code = chapter_of_file(name)
    if is_long_table(header):
        load_long(name, rows, vintage, gathering)
    elif is_reliance_table(header) and not is_critical_table(header):
        load_reliance(name, rows, vintage, gathering)
    elif is_shares_table(header):
        load_shares(name, rows, vintage, gathering)
    elif is_critical_table(header):
        load_critical(name, rows, vintage, gathering)
    elif is_world_table(header) and (code or "commodity" in [h.casefold() for h in header]):
        load_wide(name, code, rows, vintage, gathering)
    elif is_salient_table(header) and code:
        load_salient(name, code, rows, vintage, gathering)
    else:
        gathering.leave_out(name, "no table that is known")
        return False
    return True


def _kinds_of_consumption(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Say which kind a chapter's consumption is, where the table of critical minerals tells it.

    The chapter's column is called "Consump"; the other table gives the same amount of the last year
    as apparent, or notes that it is reported.
    """
    told = {
        (f.commodity, f.year, _tonnes(f)): f.measured
        for f in figures
        if f.source == CRITICAL and f.measured.endswith("consumption") and _tonnes(f)
    }
    kinds = {
        (f.commodity, f.stage, f.form): told[f.commodity, f.year, _tonnes(f)]
        for f in figures
        if f.source == SALIENT
        and f.measured == "consumption"
        and (f.commodity, f.year, _tonnes(f)) in told
    }
    return tuple(
        replace(f, measured=kinds[f.commodity, f.stage, f.form])
        if f.source == SALIENT
        and f.measured == "consumption"
        and (f.commodity, f.stage, f.form) in kinds
        else f
        for f in figures
    )


def _tonnes(figure: Figure) -> Decimal | None:
    factor = _SAME_AMOUNT.get(figure.unit)
    return figure.value * factor if factor is not None and figure.value is not None else None


def read_files(path: Path, *, most: int = MAX_BYTES) -> dict[str, bytes]:
    """Return the files of a release: one CSV file, a folder with all below it, or a zip archive.

    Archives inside archives are read too (releases ship them). Raises ReadError when ``path`` is
    not there, is none of these, or holds more than ``most`` bytes.
    """
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.suffix.casefold() in (".csv", ".zip"))
        if len(found) > MAX_FILES or sum(p.stat().st_size for p in found) > most:
            raise ReadError(f"{path} holds more than a release does", hint="Name its own folder")
        files: dict[str, bytes] = {}
        for file in found:
            files.update(_opened(str(file.relative_to(path)), file.read_bytes(), 0, most))
        return files
    try:
        return _opened(path.name, path.read_bytes(), 0, most)
    except OSError as error:
        raise ReadError(
            f"{path} cannot be read: {error.strerror}", hint="Name a file, folder or archive"
        ) from error


def _opened(name: str, content: bytes, depth: int, most: int) -> dict[str, bytes]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {name: content}
    if depth > 2:
        raise ReadError(f"{name}: archives inside archives, too deep")
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [e for e in archive.infolist() if not e.is_dir()]
            if len(inside) > MAX_FILES or sum(e.file_size for e in inside) > most:
                raise ReadError(f"{name} holds more than a release does")
            for entry in inside:
                if PurePosixPath(entry.filename).suffix.casefold() in (".csv", ".zip"):
                    files.update(_opened(entry.filename, archive.read(entry), depth + 1, most))
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise ReadError(f"{name} is a damaged or locked archive: {error}") from error
    return files
