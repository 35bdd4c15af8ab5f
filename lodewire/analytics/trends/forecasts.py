"""Short forecasts of a monthly price with intervals, by naive methods and by a library's models.

All work on natural logs, so that a price stays above zero and an interval is wider upwards.

- ``naive/1``: the last value; the interval grows with the square root of the step, from the root
  mean square of one-month changes (R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and
  Practice, 3rd edition 2021, sections 5.2 and 5.5).
- ``seasonal_naive/1``: the same month of the year before; from that of twelve-month changes.
- ``theta/1``: the theta method (V. Assimakopoulos and K. Nikolopoulos 2000; as simple exponential
  smoothing with drift, R. J. Hyndman and B. Billah 2003) of statsmodels; seasonally adjusted where
  the strength of the season is above 0.64, the bound of R's ``nsdiffs``.
- ``ets/1``: exponential smoothing of statsmodels with additive errors and a damped trend,
  ETS(A,Ad,N).

statsmodels (BSD-3-Clause) is the extra ``forecast``; it is loaded when a model of it is asked for.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import NormalDist, fmean
from types import MappingProxyType

from lodewire.analytics.trends.series import MONTHS_A_YEAR, every_month, month_name, month_number
from lodewire.errors import MeasureError
from lodewire.model.price import PricePoint

LEVELS = (0.80, 0.95)
LEAST = 36
"""Unbroken months that a forecast needs: three years, for a season to be seen at all."""

FARTHEST = 24
SEASONAL_FROM = 0.64

#: Natural logs in, steps ahead, levels: for each step its middle and (low, high) for each level.
LogStep = tuple[float, tuple[tuple[float, float], ...]]
Method = Callable[[Sequence[float], int, Sequence[float]], tuple[LogStep, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A range that shall hold the value with probability ``level``."""

    level: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastStep:
    """One month ahead: the median of the forecast and its intervals, in the series' unit."""

    period: str
    value: Decimal
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A forecast of ``series`` made after ``made_after``, from ``months`` unbroken months."""

    series: str
    unit: str
    method: str
    made_after: str
    months: int
    steps: tuple[ForecastStep, ...]


def forecast_price(points: Sequence[PricePoint], horizon: int, method: str = "theta/1") -> Forecast:
    """Return a forecast of ``horizon`` months by one of ``METHODS``.

    Only the months after the last gap are used. Raises MeasureError for a horizon outside 1 to
    ``FARTHEST``, an unknown method, too few months, a value not above zero, or without statsmodels.
    """
    if not 1 <= horizon <= FARTHEST:
        raise MeasureError(
            f"a forecast of {horizon} months is not made",
            hint=f"Ask for 1 to {FARTHEST} months; farther than that the interval says nothing",
        )
    if method not in METHODS:
        raise MeasureError(f"no method is called {method!r}; there are {', '.join(METHODS)}")
    logs, last = usable_logs(points)
    steps = METHODS[method](logs, horizon, LEVELS)
    return Forecast(
        series=points[0].series,
        unit=points[0].unit,
        method=method,
        made_after=last,
        months=len(logs),
        steps=tuple(
            ForecastStep(
                period=month_name(month_number(last) + ahead),
                value=_price(middle),
                intervals=tuple(
                    Interval(level=Decimal(str(level)), low=_price(low), high=_price(high))
                    for level, (low, high) in zip(LEVELS, ends, strict=True)
                ),
            )
            for ahead, (middle, ends) in enumerate(steps, 1)
        ),
    )


def usable_logs(points: Sequence[PricePoint]) -> tuple[tuple[float, ...], str]:
    """Return the natural logs of the last unbroken run of months, and its last month."""
    run: list[float] = []
    months = every_month(points)
    for month in months:
        if month.value is None:
            run = []
            continue
        if month.value <= 0:
            raise MeasureError(
                f"{points[0].series}: {month.value} in {month.period} has no logarithm",
                hint="Forecasts are made of prices above zero; premiums may cross it",
            )
        run.append(math.log(month.value))
    if len(run) < LEAST:
        raise MeasureError(
            f"{points[0].series}: a forecast needs {LEAST} months without a gap, "
            f"the last run has {len(run)}",
            hint="Take a longer series",
        )
    return tuple(run), months[-1].period


def naive(logs: Sequence[float], horizon: int, levels: Sequence[float]) -> tuple[LogStep, ...]:
    """The last value, and how far one-month changes may carry it."""
    sigma = _deviation([b - a for a, b in pairwise(logs)])
    return tuple(
        _step(logs[-1], sigma * math.sqrt(ahead), levels) for ahead in range(1, horizon + 1)
    )


def seasonal_naive(
    logs: Sequence[float], horizon: int, levels: Sequence[float]
) -> tuple[LogStep, ...]:
    """The same month of the year before, and how far twelve-month changes may carry it."""
    sigma = _deviation([b - a for a, b in zip(logs, logs[MONTHS_A_YEAR:], strict=False)])
    return tuple(
        _step(
            logs[-MONTHS_A_YEAR + (ahead - 1) % MONTHS_A_YEAR],
            sigma * math.sqrt((ahead - 1) // MONTHS_A_YEAR + 1),
            levels,
        )
        for ahead in range(1, horizon + 1)
    )


def theta(logs: Sequence[float], horizon: int, levels: Sequence[float]) -> tuple[LogStep, ...]:
    """The theta method of statsmodels."""
    try:
        from numpy import asarray
        from statsmodels.tsa.forecasting.theta import ThetaModel
    except ImportError as error:
        raise _missing() from error
    usual = _usual_months(logs)
    flat = asarray([v - usual[at % MONTHS_A_YEAR] for at, v in enumerate(logs)])
    with _one_thread():
        fitted = ThetaModel(flat, period=MONTHS_A_YEAR, deseasonalize=False).fit(disp=False)
        middle = [float(v) for v in fitted.forecast(horizon)]
        # Each call fits the variance anew, so one level is asked for; the others follow from it,
        # since the library's interval is that of a normal distribution.
        bounds = fitted.prediction_intervals(horizon, alpha=1 - levels[0]).to_numpy()
    unit = NormalDist().inv_cdf((1 + levels[0]) / 2)
    shift = [usual[(len(logs) + ahead) % MONTHS_A_YEAR] for ahead in range(horizon)]
    return tuple(
        _step(middle[at] + shift[at], float(high - low) / 2 / unit, levels)
        for at, (low, high) in enumerate(bounds)
    )


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let the library compute in one thread, quietly.

    Its vectors are too short to share out: with a thread a core, waiting made a fit on a busy
    machine fifty times slower. Whether a fit is good is judged by the back-test, not by a notice.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _usual_months(logs: Sequence[float]) -> tuple[float, ...]:
    """What each place of the year adds to the trend; zeros where the season is weak."""
    rests: list[list[float]] = [[] for _ in range(MONTHS_A_YEAR)]
    told: list[tuple[int, float]] = []
    for at in range(6, len(logs) - 6):
        around = logs[at - 6 : at + 7]
        trend = (sum(around) - (around[0] + around[-1]) / 2) / MONTHS_A_YEAR
        rests[at % MONTHS_A_YEAR].append(logs[at] - trend)
        told.append((at % MONTHS_A_YEAR, logs[at] - trend))
    if any(len(found) < 3 for found in rests):
        return (0.0,) * MONTHS_A_YEAR
    means = [fmean(found) for found in rests]
    whole = _deviation([v for _, v in told])
    rest = _deviation([v - means[m] for m, v in told])
    strength = 1 - (rest / whole) ** 2 if whole else 0.0
    if strength <= SEASONAL_FROM:
        return (0.0,) * MONTHS_A_YEAR
    middle = fmean(means)
    return tuple(m - middle for m in means)


def damped_ets(logs: Sequence[float], horizon: int, levels: Sequence[float]) -> tuple[LogStep, ...]:
    """Exponential smoothing with a damped trend, of statsmodels."""
    try:
        from pandas import Series
        from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    except ImportError as error:
        raise _missing() from error
    with _one_thread():
        model = ETSModel(Series(list(logs)), error="add", trend="add", damped_trend=True)
        fitted = model.fit(disp=False)
        told = fitted.get_prediction(start=len(logs), end=len(logs) + horizon - 1)
        frames = [told.summary_frame(alpha=1 - level) for level in levels]
    return tuple(
        (
            float(frames[0]["mean"].iloc[at]),
            tuple((float(f["pi_lower"].iloc[at]), float(f["pi_upper"].iloc[at])) for f in frames),
        )
        for at in range(horizon)
    )


METHODS: Mapping[str, Method] = MappingProxyType(
    {"naive/1": naive, "seasonal_naive/1": seasonal_naive, "theta/1": theta, "ets/1": damped_ets}
)


def _missing() -> MeasureError:
    return MeasureError(
        "this forecast needs statsmodels, which is not installed",
        hint="pip install 'lodewire[forecast]', or ask for --model naive",
    )


def _step(middle: float, sigma: float, levels: Sequence[float]) -> LogStep:
    normal = NormalDist()
    return middle, tuple(
        (middle - reach, middle + reach)
        for reach in (normal.inv_cdf((1 + level) / 2) * sigma for level in levels)
    )


def _deviation(values: Sequence[float]) -> float:
    """Root mean square about zero drift, as the naive methods assume."""
    return math.sqrt(fmean([v * v for v in values])) if values else 0.0


def _price(log: float) -> Decimal:
    return Decimal(f"{math.exp(log):.6g}")
