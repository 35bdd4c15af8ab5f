"""Dependence by quantity and by value, and its difference explained."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.dependence import (
    dependence,
    import_share,
    of_consumption,
    published_import_share,
    share_beyond_listed,
)
from lodewire.analytics.given import given as given_figure
from lodewire.analytics.reliance import published_reliance
from lodewire.errors import MeasureError

TONNES = {"CN": 66, "VN": 20, "FR": 14}
DOLLARS = {"CN": 38, "VN": 32, "FR": 30}


def test_both_shares_are_told_and_their_difference_explained():
    told = dependence("CN", quantity=TONNES, value=DOLLARS)
    assert told.by_quantity.value == Decimal("0.66")
    assert told.by_value.value == Decimal("0.38")
    assert round(told.unit_value_ratio, 2) == Decimal("0.32")  # type: ignore[arg-type]
    assert "share by quantity is the larger one" in told.why
    assert "0.32 times" in told.why


def test_the_ratio_is_that_of_unit_values():
    told = dependence("CN", quantity=TONNES, value=DOLLARS)
    wanted = (Decimal(38) / 66) / (Decimal(62) / 34)
    assert abs(told.unit_value_ratio - wanted) < Decimal("0.00001")  # type: ignore[operator]


def test_a_side_that_is_missing_is_told():
    told = dependence("CN", quantity=TONNES)
    assert told.by_quantity.value == Decimal("0.66")
    assert told.by_value.value is None
    assert told.why == "imports by value are not given"


def test_other_and_the_total_bound_a_partner_that_is_not_listed():
    told = import_share("RU", {"CN": 60, "OTHER": 30, "WORLD": 100}, basis="quantity")
    assert told.value is None
    assert (told.low, told.high) == (0, Decimal("0.4"))
    assert "not listed" in told.note
    listed = import_share("CN", {"CN": 60, "OTHER": 30, "WORLD": 100}, basis="quantity")
    assert listed.value == Decimal("0.6")
    assert listed.coverage == Decimal("0.6")


@pytest.mark.parametrize(
    ("flows", "says"),
    [({"CN": "W", "VN": 5}, "not known: CN"), ({}, "no imports"), ({"CN": 0}, "nothing")],
)
def test_what_flows_cannot_bear_is_refused(flows, says):
    told = import_share("CN", flows, basis="value")
    assert (told.value, told.low, told.high) == (None, None, None)
    assert says in told.note


def test_a_bounded_flow_bounds_the_share():
    told = import_share("CN", {"CN": ">60", "VN": 40}, basis="quantity")
    assert told.value is None
    assert (told.low, told.high) == (Decimal("0.6"), 1)


def test_of_what_is_used_only_what_comes_from_abroad_counts():
    share = published_import_share(given_figure("import_share", 70, unit="%", partner="CN"))
    assert share.value == Decimal("0.7")
    assert of_consumption(share, published_reliance("80")).value == Decimal("0.56")
    open_ = of_consumption(share, published_reliance(">50"))
    assert (open_.value, open_.low, open_.high) == (None, Decimal("0.35"), Decimal("0.7"))
    assert of_consumption(share, published_reliance("E")).high == 0
    assert of_consumption(share, published_reliance("W")).high is None
    bound = published_import_share(given_figure("import_share", "<5", unit="%", partner="CN"))
    assert (bound.value, bound.high) == (None, Decimal("0.05"))
    none = published_import_share(given_figure("import_share", None, unit="%", partner="CN"))
    assert "not available" in none.note


def test_a_partner_beyond_a_published_list_is_bounded_by_what_the_list_leaves():
    listed = [
        given_figure("import_share", s, unit="%", partner=p) for p, s in (("NO", 26), ("CA", 44))
    ]
    told = share_beyond_listed(listed, "CN")
    assert (told.value, told.low, told.high) == (None, 0, Decimal("0.31"))
    with pytest.raises(MeasureError, match="is listed"):
        share_beyond_listed(listed, "NO")
    none = [given_figure("import_share", "W", unit="%", partner="NO")]
    assert "no share" in share_beyond_listed(none, "CN").note
    with pytest.raises(MeasureError, match="other units"):
        share_beyond_listed([given_figure("import_share", 5, unit="t", partner="NO")], "CN")


def test_wrong_units_are_errors():
    share = published_import_share(given_figure("import_share", 70, unit="%", partner="CN"))
    with pytest.raises(MeasureError):
        of_consumption(share, share)
    with pytest.raises(MeasureError):
        published_import_share(given_figure("import_share", 70, unit="t", partner="CN"))
    with pytest.raises(MeasureError, match="weight"):
        import_share("CN", TONNES, basis="weight")
    flows = [given_figure("imports", 5, unit=u, partner=p) for u, p in (("t", "CN"), ("kg", "VN"))]
    with pytest.raises(MeasureError, match="different unit"):
        import_share("CN", flows, basis="quantity")
    same = [given_figure("imports", 5, unit="t", partner="CN")] * 2
    with pytest.raises(MeasureError, match="two flows"):
        import_share("CN", same, basis="quantity")


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=6), st.integers(0, 500))
def test_shares_sum_to_what_is_listed(amounts, other):
    flows = {f"{chr(65 + n)}A": a for n, a in enumerate(amounts)}
    told = [import_share(p, flows | {"OTHER": other}, basis="value") for p in flows]
    covered = told[0].coverage
    assert abs(sum(t.value for t in told) - covered) < Decimal("0.00001")  # type: ignore[operator,misc]
    assert all(t.low <= t.value <= t.high for t in told)  # type: ignore[operator]
