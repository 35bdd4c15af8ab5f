"""Each sentence of the case tables gets its verdict from the whole reader."""

from __future__ import annotations

from collections import Counter

import pytest

from evaluation.checks import FLOORS, CheckCase, found_in, load_cases, score

CASES = list(load_cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.verdict}-{case.text[:48]}")
def test_a_sentence_gets_its_verdict(case: CheckCase) -> None:
    assert found_in(case) == case.verdict


def test_every_kind_has_sentences_to_tell_and_sentences_to_leave_alone() -> None:
    kinds = Counter(case.kind for case in CASES)
    assert all(count >= 25 for count in kinds.values()), kinds
    for kind in kinds:
        verdicts = {case.verdict for case in CASES if case.kind is kind}
        assert "silent" in verdicts
        assert verdicts & {"mismatch", "query"}


def test_no_sentence_stands_twice() -> None:
    assert len({(case.kind, case.text) for case in CASES}) == len(CASES)


def test_a_false_alarm_costs_precision_and_a_miss_costs_recall() -> None:
    found = score([("silent", "mismatch"), ("mismatch", "mismatch"), ("query", "silent")])
    assert found["mismatch.precision"] == 0.5
    assert found["mismatch.recall"] == 1.0
    assert found["query.recall"] == 0.0
    assert set(FLOORS) <= set(found)
