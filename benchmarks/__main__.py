"""Run every benchmark and print its table: ``python -m benchmarks [MODULE …]``.

A module of this package takes part when it has ``run()``, which returns rows: BenchRow, or any
sequence or mapping of cells. An empty list says that what it measures is not at hand.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, is_dataclass
from typing import Any

import benchmarks
from benchmarks.report import BenchRow


def cells_of(row: Any) -> tuple[str, ...]:
    """Return the printed cells of one row, whatever form its module gives it."""
    if isinstance(row, BenchRow):
        return row.cells()
    if is_dataclass(row) and not isinstance(row, type):
        row = astuple(row)
    if isinstance(row, Mapping):
        row = tuple(row.values())
    if isinstance(row, str) or not isinstance(row, Iterable):
        row = (row,)
    return tuple(f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in row)


def table(rows: Sequence[Any]) -> Iterator[str]:
    """Yield the lines of a table with aligned columns; numbers stand right."""
    printed = [cells_of(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*_padded(printed), strict=True)]
    for cells in printed:
        aligned = (
            cell.rjust(width) if cell[:1].isdigit() and " " not in cell else cell.ljust(width)
            for cell, width in zip(cells, widths, strict=False)
        )
        yield ("  " + "  ".join(aligned)).rstrip()


def _padded(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    longest = max((len(row) for row in rows), default=0)
    return [row + ("",) * (longest - len(row)) for row in rows]


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmarks, or all; return 1 when a name is unknown."""
    seen = set()
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name.startswith("_") or (arguments and found.name not in arguments):
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        if not hasattr(module, "run"):
            continue
        seen.add(found.name)
        started = time.perf_counter()
        rows = list(module.run())
        print(f"{found.name} ({time.perf_counter() - started:.0f} s)")
        print(*(table(rows) if rows else ("  nothing to measure here",)), sep="\n", flush=True)
    missing = set(arguments) - seen
    if missing:
        print(f"no benchmark named {', '.join(sorted(missing))}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
