"""The figures at hand: the package's tables and those that a desk loaded, overlaid.

A source publishes the same year again in each vintage, at times with other values; all vintages
stay. ``figures`` selects among them; ``newest`` takes, for each table of one commodity, stage, year
and form, its newest vintage. Of one vintage the desk's own table replaces the package's as a whole,
since rows of two tables would not add up.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from lodewire.errors import OntologyError
from lodewire.model.measure import Figure
from lodewire.reference.sources import (
    SOURCES,
    FigureSource,
    data_folder,
    is_word,
    read_sources,
    write_sources,
)
from lodewire.reference.tables import read_figures, write_figures

FOLDER = "figures"
"""Folder of the tables: in the package's data, and beside the desk's settings."""

Group = tuple[str, str, str, int, str, str, str]

_DIGITS = re.compile(r"(\d+)")


def group_of(figure: Figure) -> Group:
    """Return what figures have in common that belong to one table and may be summed or shared out.

    It is what was measured, of which commodity, stage, form and year, by whom; and the one who
    imports or sources, where the figures are about partners.
    """
    return (
        figure.measured,
        figure.commodity,
        figure.stage,
        figure.year,
        figure.form,
        figure.source,
        figure.country if figure.partner else "",
    )


def vintage_order(vintage: str) -> tuple[tuple[int, str], ...]:
    """Return a key by which vintages sort from old to new: digits count as numbers."""
    parts = _DIGITS.split(vintage)
    return tuple((int(p), "") if p.isdigit() else (-1, p) for p in parts if p)


@dataclass(frozen=True, eq=False)
class FigureStore:
    """Figures with a selection; build one with ``packaged`` or ``store_of``."""

    all: tuple[Figure, ...]
    sources: tuple[FigureSource, ...]
    own: frozenset[tuple[str, str]] = frozenset()
    """Source and vintage of the tables that the desk loaded itself."""
    _by: dict[str, dict[str, tuple[Figure, ...]]] = field(
        init=False, repr=False, default_factory=dict
    )

    def figures(
        self,
        *,
        commodity: str | None = None,
        stage: str | None = None,
        country: str | None = None,
        measured: str | None = None,
        year: int | None = None,
        vintage: str | None = None,
        source: str | None = None,
        partner: str | None = None,
        form: str | None = None,
    ) -> tuple[Figure, ...]:
        """Return the figures that have every attribute that is given, of all vintages.

        The order is that of the tables. Empty when there are none.
        """
        wanted = {
            name: value
            for name, value in (
                ("stage", stage),
                ("country", country),
                ("measured", measured),
                ("year", year),
                ("vintage", vintage),
                ("source", source),
                ("partner", partner),
                ("form", form),
            )
            if value is not None
        }
        if commodity is not None:
            found = self._index("commodity").get(commodity, ())
        elif measured is not None:
            found = self._index("measured").get(measured, ())
        else:
            found = self.all
        for name, value in wanted.items():
            found = tuple(f for f in found if getattr(f, name) == value)
        return found

    def newest(
        self,
        *,
        commodity: str | None = None,
        stage: str | None = None,
        measured: str | None = None,
        year: int | None = None,
        source: str | None = None,
        form: str | None = None,
    ) -> tuple[Figure, ...]:
        """Return the figures selected, each table (see ``group_of``) in its newest vintage only."""
        found = self.figures(
            commodity=commodity, stage=stage, measured=measured, year=year, source=source, form=form
        )
        last: dict[Group, str] = {}
        for figure in found:
            group = group_of(figure)
            known = last.get(group)
            if known is None or vintage_order(figure.vintage) > vintage_order(known):
                last[group] = figure.vintage
        return tuple(f for f in found if f.vintage == last[group_of(f)])

    def commodities(self, measured: str | None = None) -> tuple[str, ...]:
        """Return the ids of the commodities that have figures (of one kind), sorted."""
        return tuple(sorted({f.commodity for f in self.figures(measured=measured)} - {""}))

    def source_of(self, figure: Figure) -> FigureSource:
        """Return who published a figure, with licence and address."""
        source = self._sources.get((figure.source, figure.vintage))
        if source is None:
            told = f"source {figure.source!r}, vintage {figure.vintage!r}"
            raise OntologyError(f"{told} is not known")
        return source

    @cached_property
    def _sources(self) -> dict[tuple[str, str], FigureSource]:
        return {(s.source, s.vintage): s for s in self.sources}

    def _index(self, name: str) -> dict[str, tuple[Figure, ...]]:
        if name not in self._by:
            lists: dict[str, list[Figure]] = {}
            for figure in self.all:
                lists.setdefault(getattr(figure, name), []).append(figure)
            self._by[name] = {key: tuple(found) for key, found in lists.items()}
        return self._by[name]


@cache
def packaged() -> FigureStore:
    """Return the store of the package's own tables; read once."""
    return read_store(data_folder())


def figures(
    *,
    commodity: str | None = None,
    stage: str | None = None,
    country: str | None = None,
    measured: str | None = None,
    year: int | None = None,
    vintage: str | None = None,
    source: str | None = None,
    partner: str | None = None,
    form: str | None = None,
) -> tuple[Figure, ...]:
    """Return the package's figures that have every attribute given; see ``FigureStore.figures``."""
    return packaged().figures(
        commodity=commodity,
        stage=stage,
        country=country,
        measured=measured,
        year=year,
        vintage=vintage,
        source=source,
        partner=partner,
        form=form,
    )


def store_of(root: Path | None) -> FigureStore:
    """Return the package's figures overlaid with those in ``root``/figures, if there are any.

    ``root`` is the folder of the desk. Read again only when a file there has changed.
    """
    folder = root / FOLDER if root is not None else None
    if folder is None or not (folder / SOURCES).is_file():
        return packaged()
    files = sorted(folder.glob("*/*.csv"))
    stamps = tuple((str(f), f.stat().st_mtime_ns, f.stat().st_size) for f in files)
    return _overlaid(folder, stamps)


@cache
def _overlaid(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> FigureStore:
    del stamps  # only tells apart what was read before a file changed
    try:
        own = read_store(folder.parent)
    except OntologyError as error:
        raise OntologyError(
            f"{folder.name}/{error.message}",
            hint="Load the release or table again, or remove the file from the desk",
        ) from error
    return overlay(packaged(), own)


def overlay(base: FigureStore, own: FigureStore) -> FigureStore:
    """Return both as one; a table of ``own`` replaces that of the same vintage in ``base``."""
    replaced = {(group_of(f), f.vintage) for f in own.all}
    kept = tuple(f for f in base.all if (group_of(f), f.vintage) not in replaced)
    named = {(s.source, s.vintage): s for s in (*base.sources, *own.sources)}
    return FigureStore(
        all=kept + own.all,
        sources=tuple(named.values()),
        own=frozenset((f.source, f.vintage) for f in own.all),
    )


@cache
def packaged_of(source: str) -> FigureStore:
    """Return the store of the package's tables of one source only, where no other is needed."""
    return read_store(data_folder(), source)


@cache
def _packaged_table(name: str) -> tuple[Figure, ...]:
    file = data_folder() / FOLDER / name
    return read_figures(name, file.read_bytes())


def read_store(place: Traversable | Path, only: str = "") -> FigureStore:
    """Read ``sources.toml`` and the tables ``figures/<source>/<vintage>.csv`` in ``place``.

    A desk keeps its ``sources.toml`` inside ``figures``. Raises OntologyError with file and line.
    """
    beside = (place / FOLDER / SOURCES).is_file()
    sources = read_sources(place / FOLDER if beside else place)
    known = {(s.source, s.vintage) for s in sources}
    found: list[Figure] = []
    for source, vintage, file in _files(place / FOLDER):
        name = f"{source}/{vintage}.csv"
        if only and source != only:
            continue
        if (source, vintage) not in known:
            raise OntologyError(f"{name}: {source} {vintage} is not in {SOURCES}")
        ours = place == data_folder()
        table = _packaged_table(name) if ours else read_figures(name, file.read_bytes())
        strange = next((f for f in table if (f.source, f.vintage) != (source, vintage)), None)
        if strange is not None:
            raise OntologyError(
                f"{name}: a row is of source {strange.source!r}, vintage {strange.vintage!r}, "
                f"which is not in {SOURCES} for this file"
            )
        found.extend(table)
    return FigureStore(all=tuple(found), sources=sources)


def _files(folder: Traversable | Path) -> Iterator[tuple[str, str, Traversable | Path]]:
    if not folder.is_dir():
        return
    for source in sorted(folder.iterdir(), key=lambda f: f.name):
        if source.is_dir():
            for file in sorted(source.iterdir(), key=lambda f: f.name):
                if file.name.endswith(".csv"):
                    yield source.name, file.name.removesuffix(".csv"), file


def keep_figures(root: Path, source: FigureSource, table: Sequence[Figure]) -> Path:
    """Write a table beside the desk in ``root`` and return its file; what was there is replaced.

    Every figure must be of ``source``'s name and vintage. Raises OntologyError otherwise.
    """
    if not (is_word(source.source) and is_word(source.vintage)):
        raise OntologyError(
            f"source {source.source!r}, vintage {source.vintage!r}: no blanks or slashes",
            hint="Use letters, digits, dots and hyphens, as in MCS2026",
        )
    if any((f.source, f.vintage) != (source.source, source.vintage) for f in table):
        raise OntologyError(f"a figure is not of {source.source} {source.vintage}")
    folder = root / FOLDER
    content = write_figures(table)
    read_figures(f"{source.source}/{source.vintage}.csv", content)  # nothing unreadable is kept
    file = folder / source.source / f"{source.vintage}.csv"
    known: Iterable[FigureSource] = ()
    if (folder / SOURCES).is_file():
        known = read_sources(folder)
    others = [s for s in known if (s.source, s.vintage) != (source.source, source.vintage)]
    _write(folder / SOURCES, write_sources([*others, source]))
    _write(file, content)
    return file


def _write(file: Path, content: bytes) -> None:
    """Write ``file`` as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(content)
    Path(part.name).replace(file)
