"""Sites by the country they lie in and by the country of who decides about them."""

from decimal import Decimal

import pytest

from lodewire.analytics.owners import (
    OwnedSite,
    foreign_share,
    hhi_by_country,
    hhi_by_owner,
    share_owned_by,
)
from lodewire.errors import MeasureError


def site(name, country, owner, output=None):
    return OwnedSite(
        site=name,
        country=country,
        owner=owner,
        output=None if output is None else Decimal(output),
    )


CONGO = [
    site("tfm", "CD", "CN"),
    site("kfm", "CD", "CN"),
    site("kamoto", "CD", "CH"),
    site("murrin", "AU", "CH"),
]


def test_owners_are_set_against_countries():
    assert hhi_by_country(CONGO).value == Decimal("0.625")
    assert hhi_by_owner(CONGO).value == Decimal("0.5")
    assert foreign_share(CONGO).value == 1
    assert share_owned_by(CONGO, "CN").value == Decimal("0.5")
    assert "counted one each" in foreign_share(CONGO).note


def test_an_unknown_owner_bounds_and_is_nobody_s():
    told = [*CONGO, site("x", "CD", None)]
    share = share_owned_by(told, "CN")
    assert (share.value, share.low, share.high) == (None, Decimal("0.4"), Decimal("0.6"))
    foreign = foreign_share(told)
    assert (foreign.value, foreign.low, foreign.high) == (None, Decimal("0.8"), 1)
    index = hhi_by_owner(told)
    assert index.value is None
    assert index.low < index.high  # type: ignore[operator]
    assert index.coverage == Decimal("0.8")


def test_output_weighs_only_where_all_have_one():
    weighed = [site("a", "CD", "CN", 90), site("b", "AU", "AU", 10)]
    assert share_owned_by(weighed, "CN").value == Decimal("0.9")
    assert share_owned_by(weighed, "CN").note == "by output"
    mixed = [site("a", "CD", "CN", 90), site("b", "AU", "AU")]
    assert share_owned_by(mixed, "CN").value == Decimal("0.5")


def test_no_sites_no_number():
    for told in (
        foreign_share([]),
        share_owned_by([], "CN"),
        hhi_by_owner([]),
        hhi_by_country([]),
    ):
        assert told.value is None
        assert "no sites" in told.note
    with pytest.raises(MeasureError, match="twice"):
        foreign_share([CONGO[0], CONGO[0]])
    with pytest.raises(MeasureError, match="below zero"):
        foreign_share([site("a", "CD", "CN", -1)])
