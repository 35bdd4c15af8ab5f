"""A deal lies where its statements place it, and it is said by which of them."""

from __future__ import annotations

import pytest

from lodewire.workbench.market.deal_charts import (
    AT_SITE,
    BY_OBJECT,
    BY_PARTY,
    STATED,
    place_of,
)
from tests.analytics.telling import event

LATER = {
    "party": "Japan#JP|JOGMEC#jogmec",
    "target": "Gold Fields#gold-fields",
    "site": "Lofdal#lofdal",
    "country": "Zaragoza#ES:Zaragoza",
}


@pytest.mark.parametrize(
    ("roles", "rule", "places"),
    [
        (("country", "site", "target", "party"), STATED, ("ES",)),
        (("site", "target", "party"), AT_SITE, ("NA",)),
        (("target", "party"), BY_OBJECT, ("ZA",)),
        (("party",), BY_PARTY, ("JP",)),
        ((), "", ()),
    ],
)
def test_the_first_that_tells_a_country_places_a_deal(roles, rule, places):
    deal = event("joint_venture", **{role: LATER[role] for role in roles})
    assert place_of(deal) == (rule, places)
