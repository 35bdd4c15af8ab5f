"""Commodities by what people type."""

from __future__ import annotations

import pytest

from lodewire.errors import MeasureError
from lodewire.workbench.commodity_names import commodities_called, commodity_called


def test_a_name_an_alias_a_symbol_and_an_id_mean_the_same():
    for name in ("copper", "COPPER", "Cu", " copper "):
        assert commodities_called(name) == {"copper"}
    assert commodity_called("Aluminum", ("aluminium", "copper"), "figures") == "aluminium"


def test_what_is_not_there_is_refused_with_what_is_near():
    with pytest.raises(MeasureError) as refused:
        commodity_called("coper", ("copper", "tin"), "figures")
    assert refused.value.hint == "There are copper"
