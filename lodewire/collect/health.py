"""How a source does: silent, flooding, failing or well, judged from its own bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lodewire.config.source import SourceDefinition

FAILURES = 3  # in a row, before a source counts as failing
_LONG_WEEKEND = 4  # days without news that say nothing about a source
_RECENT = 7  # days in which a flood still matters


class HealthState(StrEnum):
    """The state of one source, the worst that holds."""

    UNKNOWN = "unknown"
    OK = "ok"
    SILENT = "silent"
    FLOODING = "flooding"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """State, and the reasons in plain words; ``quiet_days`` since the last entry, if any came."""

    state: HealthState
    reasons: tuple[str, ...]
    quiet_days: int | None = None


def judge_health(
    source: SourceDefinition,
    counts_by_day: Mapping[date, int],
    *,
    today: date,
    watched_since: date | None = None,
    failures: int = 0,
    last_error: str = "",
) -> Health:
    """Judge one source.

    ``counts_by_day`` counts new entries by the day they were first seen; a day that is absent had
    none. ``watched_since`` is the day of the first poll (None: never polled, or the first day
    with entries). ``failures`` counts failed polls in a row up to now. A source is failing after
    three failures in a row; flooding when a day of the last week brought more than its
    ``expected.max``; silent when it brought nothing for three times the days that ``expected.min``
    leads one to expect, and for four days at least (so that week-ends pass). A ``min`` of 0 never
    makes a source silent.
    """
    days = [day for day, count in counts_by_day.items() if count > 0 and day <= today]
    begun = min([*days, *([watched_since] if watched_since else [])], default=None)
    quiet = (today - max(days)).days if days else None
    reasons: list[tuple[HealthState, str]] = []
    if failures >= FAILURES:
        told = f"failed {failures} times in a row" + (f": {last_error}" if last_error else "")
        reasons.append((HealthState.FAILING, told))
    reasons += _floods(source, counts_by_day, today)
    if begun is None and not reasons:
        return Health(state=HealthState.UNKNOWN, reasons=("not collected yet",))
    since = quiet if quiet is not None else (today - begun).days if begun else 0
    patience = _patience(source)
    if patience is not None and since >= patience:
        told = f"nothing new for {since} days; {source.expected.min:g} entries a day are expected"
        reasons.append((HealthState.SILENT, told))
    if not reasons:
        return Health(state=HealthState.OK, reasons=(), quiet_days=quiet)
    return Health(state=reasons[0][0], reasons=tuple(told for _, told in reasons), quiet_days=quiet)


def _floods(
    source: SourceDefinition, counts: Mapping[date, int], today: date
) -> list[tuple[HealthState, str]]:
    recent = [day for day in counts if today - timedelta(days=_RECENT) < day <= today]
    worst = max(recent, key=lambda day: (counts[day], day), default=None)
    if worst is None or counts[worst] <= source.expected.max:
        return []
    told = (
        f"{counts[worst]} new entries on {worst.isoformat()}; "
        f"at most {source.expected.max:g} a day are expected"
    )
    return [(HealthState.FLOODING, told)]


def _patience(source: SourceDefinition) -> int | None:
    """Return the quiet days after which a source counts as silent; None: it may be quiet."""
    if source.expected.min <= 0:
        return None
    return max(_LONG_WEEKEND, math.ceil(3 / source.expected.min))
