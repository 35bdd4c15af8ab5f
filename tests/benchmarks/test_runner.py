"""The benchmark runner prints the rows of every module, whatever form they have."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType

import pytest

from benchmarks import __main__ as runner
from benchmarks.report import BenchRow


@dataclass
class Peer:
    """A row of another module's own making."""

    name: str
    value: float


ROWS = [
    BenchRow(name="light", value=1234.5, unit="pages/s", beside="the floor's time", times=2.5),
    Peer("peer", 2.0),
    {"name": "mapped", "value": 3.25},
    ("tuple", 4),
    "bare",
]


def test_rows_of_any_form_become_cells() -> None:
    assert [runner.cells_of(row) for row in ROWS] == [
        ("light", "1,234.50", "pages/s", "2.50 x the floor's time"),
        ("peer", "2.00"),
        ("mapped", "3.25"),
        ("tuple", "4"),
        ("bare",),
    ]


def test_columns_are_aligned() -> None:
    lines = list(runner.table(ROWS))
    assert len(lines) == len(ROWS)
    assert lines[0].index("1,234.50") + len("1,234.50") == lines[1].index("2.00") + len("2.00")


def test_a_named_module_is_run_and_an_unknown_one_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = ModuleType("benchmarks.text")
    module.run = lambda: ROWS  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "benchmarks.text", module)
    assert runner.main(["text"]) == 0
    assert "1,234.50" in capsys.readouterr().out
    assert runner.main(["nothing_of_the_kind"]) == 1
