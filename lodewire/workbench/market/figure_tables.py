"""Figures for a desk: releases of public sources and own tables, loaded beside it and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lodewire.errors import OntologyError, ReadError
from lodewire.model.measure import Figure
from lodewire.reference.changes import Change, changes, count_new_years
from lodewire.reference.loaders import baci, eu_studies, usgs_mcs, wgi
from lodewire.reference.loaders.release import Release, Remark
from lodewire.reference.sources import FigureSource
from lodewire.reference.store import FigureStore, keep_figures, store_of, vintage_order
from lodewire.reference.tables import read_figures

OWN_LICENCE = "the user's own copy, not to be passed on unless its terms allow it"

LOADERS: Mapping[str, Callable[[Mapping[str, bytes], str], Release]] = {
    "usgs-mcs": usgs_mcs.load_release,
    "eu-crm": eu_studies.load_study,
    "wgi": wgi.load_scores,
    "baci": baci.load_flows,
}
"""Releases read as their publisher gives them; any other source is a table in our schema."""

TERMS = {
    "usgs-mcs": ("public domain (US government)", "https://www.usgs.gov/centers/nmic"),
    "eu-crm": ("CC BY 4.0, European Commission", "https://rmis.jrc.ec.europa.eu"),
    "wgi": ("CC BY 4.0, World Bank", "https://www.worldbank.org/wgi"),
    "baci": (
        "Etalab 2.0, CEPII",
        "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
    ),
}


_BACI_BYTES = 2_000_000_000  # a year of world trade by product is 300 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded: figures a source and file, what was left out, and what changed.

    ``compared`` names the vintage before, by source; ``new_years`` counts the figures of tables and
    years that it did not have.
    """

    tables: tuple[tuple[FigureSource, Path, int], ...]
    left_out: tuple[Remark, ...]
    put_right: tuple[Remark, ...]
    compared: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    new_years: int


def load_figures(
    root: Path, path: Path, *, source: str, vintage: str, licence: str = "", url: str = ""
) -> Loaded:
    """Read a release or an own table and keep its figures beside the desk in ``root``.

    ``source`` is a publisher whose releases are known (``LOADERS``), or any name for a table in the
    project's own schema. An edition that was loaded before is replaced. Raises ReadError when there
    is nothing to read, OntologyError when an own table is inconsistent.
    """
    store = store_of(root)
    release = _release(path, source, vintage)
    if not release.figures:
        raise ReadError(
            f"{path} gave no figures of {source} {vintage}",
            hint=_first_reason(release) or "See what is left out with --verbose",
        )
    by_source: dict[str, list[Figure]] = {}
    for figure in release.figures:
        by_source.setdefault(figure.source, []).append(figure)
    kept, compared, found, new_years = [], [], list[Change](), 0
    for name, figures in sorted(by_source.items()):
        told = _described(store, name, source, vintage, path, licence, url)
        earlier = _earlier(store, name, vintage)
        if earlier:
            old = store.figures(source=name, vintage=earlier)
            compared.append((name, earlier))
            found.extend(changes(old, figures))
            new_years += count_new_years(old, figures)
        kept.append((told, keep_figures(root, told, figures), len(figures)))
    return Loaded(
        tables=tuple(kept),
        left_out=release.left_out,
        put_right=release.put_right,
        compared=tuple(compared),
        changes=tuple(found),
        new_years=new_years,
    )


def compare_vintages(
    store: FigureStore, old: str, new: str, *, source: str = "", commodity: str | None = None
) -> tuple[Change, ...]:
    """Return what vintage ``new`` tells otherwise than ``old``, of every source that has both."""
    found: list[Change] = []
    for name in sorted({s.source for s in store.sources}):
        if source and name != source:
            continue
        before = store.figures(source=name, vintage=old, commodity=commodity)
        after = store.figures(source=name, vintage=new, commodity=commodity)
        if before and after:
            found.extend(changes(before, after))
    return tuple(found)


def _release(path: Path, source: str, vintage: str) -> Release:
    loader = LOADERS.get(source)
    if loader is not None:
        most = _BACI_BYTES if source == "baci" else usgs_mcs.MAX_BYTES
        return loader(usgs_mcs.read_files(path, most=most), vintage)
    try:
        table = read_figures(path.name, path.read_bytes())
    except OSError as error:
        raise ReadError(
            f"{path} cannot be read: {error.strerror}", hint="Name a file with a table"
        ) from error
    except OntologyError as error:
        raise ReadError(
            error.message,
            hint=f"--source is one of {', '.join(LOADERS)}, or the file has our columns",
        ) from error
    other = next((f for f in table if (f.source, f.vintage) != (source, vintage)), None)
    if other is not None:
        raise ReadError(
            f"{path.name} holds figures of {other.source!r}, {other.vintage!r}",
            hint=f"Its columns source and vintage must say {source} and {vintage}",
        )
    return Release(table)


def _first_reason(release: Release) -> str:
    return next((f"{r.where}: {r.what}" for r in release.left_out), "")


def _earlier(store: FigureStore, name: str, vintage: str) -> str | None:
    """Return the vintage to compare with: the same one when it is there, else the newest."""
    known = {f.vintage for f in store.figures(source=name)}
    if vintage in known:
        return vintage
    return max(known, key=vintage_order, default=None)


def _described(
    store: FigureStore, name: str, source: str, vintage: str, path: Path, licence: str, url: str
) -> FigureSource:
    """Return who publishes a table: as known, as the user says, or as its publisher's terms are."""
    known: Iterable[FigureSource] = (
        s for s in store.sources if (s.source, s.vintage) == (name, vintage)
    )
    terms, home = TERMS.get(source, (OWN_LICENCE, path.name))
    description = next((s.description for s in known), f"{name} {vintage}")
    return FigureSource(
        source=name,
        vintage=vintage,
        description=f"{description} (loaded from {path.name})",
        url=url or home,
        licence=licence or terms,
    )
