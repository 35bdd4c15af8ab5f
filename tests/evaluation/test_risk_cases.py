"""Published cases are reproduced, wrong variants are not, and what is missing never passes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from evaluation import risk_cases
from evaluation.risk.case import REPRODUCED, RiskCase, Verdict, judge, judge_word, load_cases
from evaluation.risk_cases import COMPUTE, WRONG, check, figures_of, table, wrong_variants
from lodewire.analytics.given import given, refuse, tell
from lodewire.analytics.intervals import Interval, around

CASES = load_cases()
needs_cases = pytest.mark.skipif(not CASES, reason="the published cases are not beside the project")

# Inputs that are nobody's to hand on, or not at hand: the case tells too little to compute them.
NOT_AT_HAND = {"C222"}
ONLY_BOUNDED = {"C149", "C179", "C180", "C182", "C185", "C186", "C189", "C190", "C191"}


def case(**other: str) -> RiskCase:
    told = {
        "id": "X1",
        "category": "eu_sr_2017",
        "case": "Tungsten (GS + EUS)",
        "formula": "",
        "inputs": "GS=7.5;EU=1.9;IR=44;EoL=42;SI=1.0",
        "expected": "1.8",
        "tolerance": "",
        "kind": "published",
        "source": "EC 2017",
    }
    return RiskCase(**(told | other))


@needs_cases
@pytest.mark.parametrize("category", sorted({c.category for c in CASES}) or ["none"])
def test_every_case_of_the_category_is_reproduced(category: str) -> None:
    for found in (c for c in CASES if c.category == category):
        for told in check([found]):
            assert told.verdict is not Verdict.MISSED, told
            if told.verdict is Verdict.NOT_COMPUTED:
                assert found.id in NOT_AT_HAND, told
                assert told.why
            if told.verdict is Verdict.BOUNDED and told.main:
                assert found.id in ONLY_BOUNDED, told


@needs_cases
def test_every_category_is_computed_and_every_wrong_variant_fails_somewhere() -> None:
    assert {c.category for c in CASES} <= set(COMPUTE)
    for variant in wrong_variants(CASES):
        assert variant.failed, variant


@needs_cases
def test_the_floors_hold_and_the_table_names_every_case() -> None:
    report = risk_cases.evaluate()
    assert report.ok
    lines = "\n".join(report.lines)
    assert all(c.id in lines for c in CASES)
    assert "IR for IR/2" in lines


def test_the_right_method_passes_where_each_wrong_one_fails() -> None:
    (right,) = check([case()])
    assert right.verdict in REPRODUCED
    for twist in ("IR for IR/2", "mixes swapped", "no recycling"):
        (wrong,) = check([case()], twist)
        assert wrong.verdict is Verdict.MISSED, twist


def test_a_case_without_its_inputs_never_counts_as_passed() -> None:
    lost = refuse("hhi", "hhi/1", (), "withheld")
    told = judge(case(), "HHI", around(1, "0.1"), lost)
    assert told.verdict is Verdict.NOT_COMPUTED
    assert told.why == "withheld"
    counts = figures_of([told], [])
    assert counts["reproduced"] == 0
    assert counts["not computed"] == 1


def test_bounds_alone_are_told_apart_from_a_value() -> None:
    inputs = (given("share", 1),)
    open_ = tell("x", "x/1", inputs, value=None, bounds=Interval(Decimal("0.9"), Decimal("1.2")))
    assert judge(case(expected="1"), "x", around(1, "0.01"), open_).verdict is Verdict.BOUNDED
    far = replace(open_, low=Decimal(2), high=Decimal(3))
    assert judge(case(expected="1"), "x", around(1, "0.01"), far).verdict is Verdict.MISSED
    assert judge_word(case(), "band", "high", "moderate").verdict is Verdict.MISSED


def test_the_table_shows_published_computed_and_difference() -> None:
    (_, line) = table(check([case()]))
    assert line.split()[:2] == ["X1", "eu_sr_2017"]
    assert "1.8" in line
    assert "1.81656" in line
    assert "+0.01656" in line


def test_wrong_variants_are_named_once() -> None:
    names = [name for name, _ in WRONG]
    assert len(names) == len(set(names))


def test_without_the_cases_the_evaluation_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk_cases, "load_cases", lambda: ())
    report = risk_cases.evaluate()
    assert report.ok
    assert "not beside the project" in report.notes[0]
