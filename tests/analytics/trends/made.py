"""Price series for tests."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from lodewire.analytics.trends.series import month_name
from lodewire.model.price import PricePoint


def points(
    values: Sequence[float | str | None], *, start: int = 2000 * 12, unit: str = "USD/t"
) -> tuple[PricePoint, ...]:
    """A series of months from January 2000; None leaves a month out."""
    return tuple(
        PricePoint(
            series="test",
            period=month_name(start + at),
            value=Decimal(str(value)),
            unit=unit,
            basis="test",
            source="test",
            vintage="2026",
        )
        for at, value in enumerate(values)
        if value is not None
    )


def walk(count: int, seed: int = 7, sigma: float = 0.05, drift: float = 0.0) -> list[float]:
    """A random walk of logs, as prices."""
    draw = random.Random(seed)
    found, log = [], 7.0
    for _ in range(count):
        log += draw.gauss(drift, sigma)
        found.append(2.718281828459045**log)
    return found
