"""How a forecast did on the past: rolling origin, scaled errors, coverage, beside the naive one.

Method ``rolling_origin/1``: for each of the last ``origins`` months the forecast is made anew from
the months up to it alone, and held against what came (Hyndman and Athanasopoulos, section 5.10).
Errors are in the unit of the price, scaled for each origin by the mean absolute one-month change of
the months it was made from: MASE (R. J. Hyndman and A. B. Koehler, International Journal of
Forecasting 22, 2006). Below 1 is better than a one-month naive forecast does inside the sample; a
naive forecast of six months lies above 1, so methods are compared with each other, not with 1.

"Better" is said only where the test of F. X. Diebold and R. S. Mariano (1995), with the correction
of D. Harvey, S. Leybourne and P. Newbold (1997) for small samples, rejects equal accuracy at 5 %,
two-sided.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import NormalDist, fmean

from lodewire.analytics.trends.forecasts import LEAST, LEVELS, METHODS, usable_logs
from lodewire.analytics.trends.series import month_name, month_number
from lodewire.errors import MeasureError
from lodewire.model.price import PricePoint

NAIVE = "naive/1"
ORIGINS = 48
LONGEST = 240
"""Months that a forecast is made from at most: twenty years."""

_LEAST_ORIGINS = 12
_ALPHA = 0.05


class Verdict(StrEnum):
    """How a method did against the naive forecast."""

    BETTER = "better"
    NO_DIFFERENCE = "no difference"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One method's back-test: MASE over all steps and by step, coverage of each interval.

    ``skill`` is 1 - MASE / MASE of the naive forecast; ``p`` that of the test of equal accuracy
    (None for the naive forecast itself, or where all errors are the same). ``covered`` are (level,
    part of the values inside).
    """

    method: str
    mase: Decimal
    mase_by_step: tuple[Decimal, ...]
    covered: tuple[tuple[Decimal, Decimal], ...]
    skill: Decimal | None
    p: Decimal | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """All methods on the same origins, the naive one first."""

    series: str
    horizon: int
    origins: int
    first_origin: str
    last_origin: str
    scores: tuple[Score, ...]
    method: str = "rolling_origin/1"

    def of(self, method: str) -> Score:
        """Return the score of one method; raises MeasureError for one that was not tested."""
        for score in self.scores:
            if score.method == method:
                return score
        raise MeasureError(f"{method} was not tested")


@dataclass(frozen=True, slots=True)
class _Run:
    """Scaled absolute errors by origin and step, and whether the intervals held."""

    errors: tuple[tuple[float, ...], ...]
    held: tuple[tuple[tuple[bool, ...], ...], ...]


def backtest(
    points: Sequence[PricePoint],
    horizon: int,
    methods: Sequence[str] = tuple(METHODS),
    *,
    origins: int = ORIGINS,
) -> Backtest:
    """Test ``methods`` (the naive one is always among them) on the last ``origins`` months.

    Fewer origins are used where the series is short. Raises MeasureError where fewer than twelve
    are left, and as ``forecast_price`` does.
    """
    logs, last = usable_logs(points)
    count = min(origins, len(logs) - LEAST - horizon + 1)
    if count < _LEAST_ORIGINS:
        raise MeasureError(
            f"{points[0].series}: {len(logs)} months leave {max(count, 0)} of the "
            f"{_LEAST_ORIGINS} origins that a back-test of {horizon} months needs",
            hint="Take a longer series, or forecast fewer months",
        )
    cuts = range(len(logs) - horizon - count + 1, len(logs) - horizon + 1)
    wanted = list(dict.fromkeys((NAIVE, *methods)))
    runs = {name: _run(name, logs, cuts, horizon) for name in wanted}
    end = month_number(last)
    return Backtest(
        series=points[0].series,
        horizon=horizon,
        origins=count,
        first_origin=month_name(end - len(logs) + cuts[0]),
        last_origin=month_name(end - len(logs) + cuts[-1]),
        scores=tuple(_score(name, runs[name], runs[NAIVE], horizon) for name in wanted),
    )


def _run(method: str, logs: Sequence[float], cuts: range, horizon: int) -> _Run:
    errors, held = [], []
    for cut in cuts:
        known = logs[max(0, cut - LONGEST) : cut]
        prices = [math.exp(v) for v in known]
        scale = fmean([abs(b - a) for a, b in pairwise(prices)]) or 1e-12
        steps = METHODS[method](known, horizon, LEVELS)
        actual = logs[cut : cut + horizon]
        errors.append(
            tuple(
                abs(math.exp(real) - math.exp(middle)) / scale
                for real, (middle, _) in zip(actual, steps, strict=True)
            )
        )
        held.append(
            tuple(
                tuple(low <= real <= high for low, high in ends)
                for real, (_, ends) in zip(actual, steps, strict=True)
            )
        )
    return _Run(tuple(errors), tuple(held))


def _score(method: str, run: _Run, base: _Run, horizon: int) -> Score:
    mase = fmean([e for row in run.errors for e in row])
    naive = fmean([e for row in base.errors for e in row])
    losses = [fmean(a) - fmean(b) for a, b in zip(run.errors, base.errors, strict=True)]
    p = None if method == NAIVE else equal_accuracy(losses, horizon)
    verdict = None
    if method != NAIVE:
        verdict = Verdict.NO_DIFFERENCE
        if p is not None and p < _ALPHA:
            verdict = Verdict.BETTER if mase < naive else Verdict.WORSE
    return Score(
        method=method,
        mase=_decimal(mase),
        mase_by_step=tuple(
            _decimal(fmean([row[at] for row in run.errors])) for at in range(horizon)
        ),
        covered=tuple(
            (
                Decimal(str(level)),
                _decimal(fmean([float(step[k]) for row in run.held for step in row])),
            )
            for k, level in enumerate(LEVELS)
        ),
        skill=_decimal(1 - mase / naive) if naive else None,
        p=None if p is None else _decimal(p),
        verdict=verdict,
    )


def equal_accuracy(differences: Sequence[float], horizon: int) -> float | None:
    """Return the two-sided p-value that two forecasts are equally accurate.

    ``differences`` are those of their losses, one an origin in order; neighbours up to ``horizon``
    - 1 apart share months and so are correlated (Bartlett weights keep the variance above zero).
    The normal distribution stands for Student's, whose tails are wider: with the 48 origins of a
    back-test p differs by less than 0.01. None where all differences are the same.
    """
    count = len(differences)
    mean = fmean(differences)
    rest = [d - mean for d in differences]
    total = sum(r * r for r in rest) / count
    for lag in range(1, min(horizon, count)):
        weight = 1 - lag / horizon
        total += 2 * weight * sum(a * b for a, b in zip(rest, rest[lag:], strict=False)) / count
    if total <= 1e-18:
        return None
    correction = max((count + 1 - 2 * horizon + horizon * (horizon - 1) / count) / count, 1 / count)
    statistic = mean / math.sqrt(total / count) * math.sqrt(correction)
    return 2 * (1 - NormalDist().cdf(abs(statistic)))


def _decimal(value: float) -> Decimal:
    return Decimal(repr(round(value, 4)))
