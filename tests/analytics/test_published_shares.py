"""Published shares: squared as they stand, with what rounding and blanks leave open."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.given import given_figures
from lodewire.analytics.published_shares import hhi_of_shares, n_minus_1_of_shares, top_of_shares
from lodewire.errors import MeasureError

TERBIUM = {"CN": "84.5", "AU": "8.0", "MM": "3.5", "US": "2.1", "IN": "1.5", "VN": "0.5"}


def shares(values, unit="%"):
    return given_figures(values, measured="share", unit=unit)


def test_shares_are_not_renormalised():
    """Summing to 1.001, they would give less if divided by their sum."""
    index = hhi_of_shares(shares(TERBIUM))
    wanted = sum((Decimal(s) / 100) ** 2 for s in TERBIUM.values())
    assert index.value == round(wanted, 6)
    assert index.coverage == Decimal("1.001")
    assert index.value != round(wanted / Decimal("1.001") ** 2, 6)
    assert "1.001" in index.note


def test_percent_and_parts_are_one_measure():
    parts = {c: str(Decimal(s) / 100) for c, s in TERBIUM.items()}
    assert hhi_of_shares(shares(parts, "1")).value == hhi_of_shares(shares(TERBIUM)).value


def test_less_than_and_the_rest_open_the_upper_bound_alone():
    index = hhi_of_shares(shares({"CN": "90", "RU": "<1"}))
    assert index.value == Decimal("0.81")
    assert index.low == round(Decimal("0.895") ** 2, 6)
    assert index.high == round(Decimal("0.905") ** 2 + Decimal("0.11") ** 2, 6)


def test_top_shares_and_loss_of_the_largest():
    listed = shares(TERBIUM)
    assert top_of_shares(listed, 1).value == Decimal("0.845")
    assert top_of_shares(listed).value == Decimal("0.96")
    assert n_minus_1_of_shares(listed).value == Decimal("0.155")
    assert top_of_shares(listed, 1).note == "CN"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"CN": "90", "RU": None}, "RU is not available"),
        ({"CN": "90", "RU": "W"}, "withheld"),
        ({"CN": "90", "RU": "20"}, "sum to 1.1"),
        ({"CN": "0"}, "no country"),
        ({"OTHER": "100"}, "no country"),
    ],
)
def test_what_shares_cannot_bear_is_refused(values, says):
    for measure in (
        hhi_of_shares(shares(values)),
        top_of_shares(shares(values)),
        n_minus_1_of_shares(shares(values)),
    ):
        assert (measure.value, measure.low, measure.high) == (None, None, None)
        assert says in measure.note


def test_what_does_not_belong_together_is_an_error():
    with pytest.raises(MeasureError, match="no shares"):
        hhi_of_shares([])
    with pytest.raises(MeasureError, match="two shares"):
        hhi_of_shares([*shares(TERBIUM), *shares({"CN": 1})])
    with pytest.raises(MeasureError, match="different stage"):
        hhi_of_shares(
            [*shares(TERBIUM), *given_figures({"FR": 1}, measured="share", unit="%", stage="P")]
        )
    with pytest.raises(MeasureError, match="'t'"):
        hhi_of_shares(shares({"CN": 50}, "t"))
    with pytest.raises(MeasureError, match="one or more"):
        top_of_shares(shares(TERBIUM), 0)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=10))
def test_bounds_hold_the_value(amounts):
    whole = sum(amounts)
    listed = {
        f"{chr(65 + n)}A": str(round(Decimal(100 * a) / whole, 1)) for n, a in enumerate(amounts)
    }
    if all(Decimal(s) == 0 for s in listed.values()):
        return
    true = sum((Decimal(a) / whole) ** 2 for a in amounts)
    index = hhi_of_shares(shares(listed))
    assert index.low is not None
    assert index.high is not None
    assert index.low <= round(true, 6) <= index.high + Decimal("0.000001")
