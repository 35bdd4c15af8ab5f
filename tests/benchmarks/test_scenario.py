"""The bar of scenarios: 10,000 draws within a second."""

from __future__ import annotations

from benchmarks import scenario


def test_ten_thousand_draws_take_less_than_a_second() -> None:
    drawn, floor = scenario.run()
    assert drawn.unit == floor.unit == "ms"
    assert 0 < floor.value < drawn.value < scenario.BAR * 1000
