"""What the package ships is recomputed against what its sources publish."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evaluation import exposure
from lodewire.workbench.exposure import exposure_of


def test_the_floors_hold_and_what_disagrees_is_named() -> None:
    report = exposure.evaluate()
    assert report.ok
    assert any("tin" in note for note in report.notes)


def test_a_risk_that_its_inputs_cannot_give_does_not_agree() -> None:
    (risk,) = exposure_of("tungsten").eu
    assert risk.published is not None
    assert exposure._risk_agrees(risk)
    far = replace(risk, published=replace(risk.published, value=Decimal("2.5")))
    assert not exposure._risk_agrees(far)
