"""Reports kept in the desk's folder: one folder a report, with its JSON, HTML and PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from lodewire.errors import PublishError
from lodewire.publish.reports.form import check_form

JSON, HTML, PDF = "report.json", "report.html", "report.pdf"
SLUG = re.compile(r"[a-z][a-z0-9_.-]{2,140}-\d{4}-\d{2}-\d{2}")
MOST_BYTES = 40_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """A report that was made: its name in paths, what it is, and the forms that there are."""

    slug: str
    kind: str
    title: str
    subtitle: str
    day: date
    made_at: str
    has_pdf: bool


def kept_reports(folder: Path) -> tuple[KeptReport, ...]:
    """Return the reports of a folder, the latest first; what is no report is passed over."""
    if not folder.is_dir():
        return ()
    found = []
    for place in folder.iterdir():
        if SLUG.fullmatch(place.name) and (place / JSON).is_file():
            try:
                found.append(_kept(place))
            except (PublishError, KeyError, ValueError):
                continue
    return tuple(sorted(found, key=lambda r: (r.day, r.made_at, r.slug), reverse=True))


def read_report(folder: Path, slug: str) -> Mapping[str, Any]:
    """Return the JSON of a kept report. Raises PublishError where there is none."""
    file = folder / slug / JSON
    if not SLUG.fullmatch(slug) or not file.is_file():
        raise PublishError(
            f"there is no report {slug!r}.", hint="`lodewire report list` names them."
        )
    stamp = file.stat()
    return _read(file, stamp.st_mtime_ns, stamp.st_size)


def read_form(file: Path) -> Mapping[str, Any]:
    """Return the JSON of a report from any file. Raises PublishError for what is none."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise PublishError(f"{file}: larger than {MOST_BYTES:,} bytes.", hint="Is it a report?")
        return check_form(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        raise PublishError(
            f"{file}: the report cannot be read.", hint="Give the report.json that a report wrote."
        ) from error


@lru_cache(maxsize=16)
def _read(file: Path, stamp: int, size: int) -> Mapping[str, Any]:
    return read_form(file)


def _kept(place: Path) -> KeptReport:
    stamp = (place / JSON).stat()
    return _told(place, stamp.st_mtime_ns, stamp.st_size, (place / PDF).is_file())


@lru_cache(maxsize=1024)
def _told(place: Path, stamp: int, size: int, has_pdf: bool) -> KeptReport:
    form = read_form(place / JSON)
    return KeptReport(
        slug=place.name,
        kind=str(form["kind"]),
        title=str(form["title"]),
        subtitle=str(form["subtitle"]),
        day=date.fromisoformat(form["day"]),
        made_at=str(form["made_at"]),
        has_pdf=has_pdf,
    )


def is_due(folder: Path, kind: str, subject: str, day: date, every: str) -> bool:
    """Tell whether no report of this kind and subject was made in the week or month of ``day``."""
    start = day.replace(day=1) if every == "month" else day - timedelta(days=day.weekday())
    stem = "-".join(p for p in (kind, subject.lower()) if p)
    days = (start + timedelta(days=n) for n in range((day - start).days + 1))
    return not any((folder / f"{stem}-{d.isoformat()}" / JSON).is_file() for d in days)
