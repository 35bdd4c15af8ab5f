"""A published case, and the checks that it is held to."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from lodewire.analytics.intervals import Agreement, Interval, compare, exactly
from lodewire.model.measure import Measure

CASES = Path(__file__).resolve().parents[3] / "shared" / "data" / "risk_cases.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskCase:
    """One row of the table of cases, as it is written there."""

    id: str
    category: str
    case: str
    formula: str
    inputs: str
    expected: str
    tolerance: str
    kind: str
    source: str

    def given(self) -> dict[str, str]:
        """Return inputs written as "name=value;name=value"; "[1, 2]" stays one text."""
        parts = (p.partition("=") for p in self.inputs.split(";") if "=" in p)
        return {name.strip(): value.strip() for name, _, value in parts}

    def told(self, name: str) -> Decimal:
        """Return "name=1.23" of the column of tolerances; raises KeyError."""
        found = re.search(
            rf"(?<![\w-]){re.escape(name)}=(?:[A-Za-z ,.()]+ )?(-?[\d.]*\d)", self.tolerance
        )
        if found is None:
            raise KeyError(name)
        return Decimal(found[1])


class Verdict(StrEnum):
    """How a computed number stands to the published one."""

    WITHIN = "within"  # equal within the tolerance of the case
    ROUNDING = "rounding"  # inputs that print as the given ones yield the published number
    BOUNDED = "bounded"  # inputs are missing; the bounds that can be told hold the published one
    MISSED = "missed"
    NOT_COMPUTED = "not computed"


REPRODUCED = (Verdict.WITHIN, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One number of a case: what is published, what comes out, how they agree.

    ``main`` marks the case's own expected value; other checks are of numbers it tells beside.
    ``bounds`` is what the inputs leave open; ``why`` says what is missing for more.
    """

    case: RiskCase
    what: str
    expected: str
    computed: str
    difference: Decimal | None
    bounds: Interval | None
    verdict: Verdict
    main: bool = True
    why: str = ""


def judge(
    case: RiskCase,
    what: str,
    told: Interval,
    measure: Measure,
    *,
    expected: Decimal | None = None,
    main: bool = True,
) -> Check:
    """Hold a measure against a published number that stands for all values in ``told``."""
    number = expected if expected is not None else Decimal(case.expected)
    if measure.low is None or measure.high is None:
        return missing(case, what, measure.note, main=main, expected=str(number))
    bounds = Interval(measure.low, measure.high)
    if measure.value is None:
        inside = bounds.low in told and bounds.high in told
        verdict = Verdict.WITHIN if inside else Verdict.BOUNDED
        verdict = verdict if told.overlaps(bounds) else Verdict.MISSED
    else:
        verdict = _VERDICTS[compare(told, measure.value, bounds)]
    value = measure.value
    return Check(
        case=case,
        what=what,
        expected=str(number),
        computed="" if value is None else f"{value.normalize():f}",
        difference=None if value is None else value - number,
        bounds=bounds,
        verdict=verdict,
        main=main,
    )


def judge_value(
    case: RiskCase,
    what: str,
    told: Interval,
    value: Decimal,
    *,
    bounds: Interval | None = None,
    expected: Decimal | None = None,
    main: bool = True,
) -> Check:
    """Hold a plain number against a published one."""
    number = expected if expected is not None else Decimal(case.expected)
    ends = bounds if bounds is not None else exactly(value)
    return Check(
        case=case,
        what=what,
        expected=str(number),
        computed=f"{value.normalize():f}",
        difference=value - number,
        bounds=ends,
        verdict=_VERDICTS[compare(told, value, ends)],
        main=main,
    )


def judge_word(case: RiskCase, what: str, expected: str, computed: str) -> Check:
    """Hold a word (a band, a verdict, "null") against the published one."""
    return Check(
        case=case,
        what=what,
        expected=expected,
        computed=computed,
        difference=None,
        bounds=None,
        verdict=Verdict.WITHIN if expected == computed else Verdict.MISSED,
    )


def missing(
    case: RiskCase, what: str, why: str, *, main: bool = True, expected: str | None = None
) -> Check:
    """Return the check of a number that cannot be computed here; it never counts as passed."""
    return Check(
        case=case,
        what=what,
        expected=expected if expected is not None else case.expected,
        computed="",
        difference=None,
        bounds=None,
        verdict=Verdict.NOT_COMPUTED,
        main=main,
        why=why,
    )


_VERDICTS: Mapping[Agreement, Verdict] = {
    Agreement.CONSISTENT: Verdict.WITHIN,
    Agreement.ONLY_WITH_ROUNDING: Verdict.ROUNDING,
    Agreement.INCONSISTENT: Verdict.MISSED,
}


def load_cases(path: Path = CASES) -> tuple[RiskCase, ...]:
    """Return the published cases; empty where the table is not beside the project."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        RiskCase(
            id=r["id"],
            category=r["category"],
            case=r["case"],
            formula=r["formula"],
            inputs=r["inputs"],
            expected=r["expected"],
            tolerance=r["tolerance_or_calc"],
            kind=r["kind"],
            source=r["source"],
        )
        for r in rows
    )
