"""Run every evaluation and check its pinned floors: ``python -m evaluation [MODULE …]``.

A module of this package takes part when it has ``evaluate()``, which returns an EvaluationReport,
or a mapping of names to values with floors pinned in the module's ``FLOORS``. The exit code
is 1 when a figure is under its floor.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator, Sequence

import evaluation
from evaluation.report import EvaluationReport


def modules(names: Sequence[str] = ()) -> Iterator[tuple[str, EvaluationReport]]:
    """Yield the name and the report of each evaluation, in order of names."""
    for found in pkgutil.iter_modules(evaluation.__path__):
        if found.name.startswith("_") or (names and found.name not in names):
            continue
        module = importlib.import_module(f"evaluation.{found.name}")
        evaluate = getattr(module, "evaluate", None)
        if evaluate is None:
            continue
        result = evaluate()
        if not isinstance(result, EvaluationReport):
            result = EvaluationReport.of(result, getattr(module, "FLOORS", {}))
        yield found.name, result


def lines_of(name: str, report: EvaluationReport) -> Iterator[str]:
    """Yield the printed lines of one report."""
    yield name
    for figure in report.figures:
        floor = "" if figure.floor is None else f"floor {figure.floor:.4f}"
        mark = "" if figure.floor is None else ("ok" if figure.ok else "UNDER ITS FLOOR")
        yield f"  {figure.name:44} {figure.value:10.4f}  {floor:14} {mark}".rstrip()
    for note in report.notes:
        yield f"  note: {note}"
    for line in report.lines:
        yield f"  {line}".rstrip()


def main(arguments: Sequence[str]) -> int:
    """Print all reports; return 1 when a floor is not held or a named module has no evaluation."""
    held = True
    seen = set()
    for name, report in modules(arguments):
        seen.add(name)
        held = held and report.ok
        print(*lines_of(name, report), sep="\n", flush=True)
    missing = set(arguments) - seen
    if missing:
        print(f"no evaluation named {', '.join(sorted(missing))}", file=sys.stderr)
    return 0 if held and not missing else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
