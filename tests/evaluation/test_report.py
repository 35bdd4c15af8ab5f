"""A figure under its floor, or no longer measured, fails the evaluation."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from evaluation import __main__ as runner
from evaluation.report import EvaluationReport


def test_a_report_holds_when_every_floor_is_held() -> None:
    report = EvaluationReport.of({"f1": 0.96, "recall": 0.9}, {"f1": 0.95})
    assert report.ok
    assert [figure.floor for figure in report.figures] == [0.95, None]


def test_a_figure_under_its_floor_fails_and_is_named() -> None:
    report = EvaluationReport.of({"f1": 0.94}, {"f1": 0.95})
    assert not report.ok
    assert any("UNDER ITS FLOOR" in line for line in runner.lines_of("text", report))


def test_a_floor_without_a_figure_fails() -> None:
    assert not EvaluationReport.of({}, {"f1": 0.95}).ok


@pytest.mark.parametrize(("value", "code"), [(0.96, 0), (0.94, 1)])
def test_the_runner_exits_by_the_floors_of_a_module(
    value: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = ModuleType("evaluation.main_text")
    module.evaluate = lambda: {"f1": value}  # type: ignore[attr-defined]
    module.FLOORS = {"f1": 0.95}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "evaluation.main_text", module)
    assert runner.main(["main_text"]) == code
    assert "f1" in capsys.readouterr().out


def test_the_runner_refuses_a_name_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(["nothing_of_the_kind"]) == 1
    assert "nothing_of_the_kind" in capsys.readouterr().err
