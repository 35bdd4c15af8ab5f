"""The bar of scenarios: 10,000 draws within a second, also of every measure at hand."""

from __future__ import annotations

from benchmarks import scenario


def test_ten_thousand_draws_take_less_than_a_second() -> None:
    drawn, floor, every = scenario.run()
    assert drawn.unit == floor.unit == every.unit == "ms"
    assert 0 < floor.value < drawn.value < scenario.BAR * 1000
    assert 0 < every.value < scenario.BAR * 1000
