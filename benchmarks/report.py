"""A row of a benchmark: a figure beside the floor or the peer measured in the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRow:
    """``value`` in ``unit``; ``beside`` names the floor or peer, ``times`` is value against it."""

    name: str
    value: float
    unit: str
    beside: str = ""
    times: float | None = None

    def cells(self) -> tuple[str, ...]:
        """The row as printed."""
        times = "" if self.times is None else f"{self.times:.2f} x {self.beside}"
        return (self.name, f"{self.value:,.2f}", self.unit, times)
