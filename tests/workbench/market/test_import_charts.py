"""Where an importer's material comes from, drawn from published shares and from trade figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lodewire.errors import MeasureError
from lodewire.reference.store import packaged
from lodewire.workbench.market.import_charts import imports_of


def test_published_shares_are_drawn_as_they_stand():
    chart = imports_of("gallium", "US")
    shares = {
        f.partner: f.value
        for f in packaged().figures(measured="import_share", commodity="gallium", country="US")
    }
    told = {row[0]: row[2] for row in chart.table.rows}
    assert told["Canada"] == f"{shares['CA']} %"
    assert told["China"] == f"{shares['CN']} %"
    assert chart.caption.vintage == "MCS2026"
    assert chart.caption.method == "share as published"


def test_shares_by_quantity_and_by_value_differ_and_each_says_which():
    quantity = imports_of("rare-earths", "JP")
    value = imports_of("rare-earths", "jp", by_value=True)
    assert quantity.caption.method == "share of quantity"
    assert value.caption.method == "share of value"
    first = {row[0]: row[2] for row in quantity.table.rows}
    other = {row[0]: row[2] for row in value.table.rows}
    assert first["China"] != other["China"]
    for figures, unit, told in (("t", "t", first), ("USD", "USD", other)):
        parts = [
            f
            for f in packaged().figures(measured="imports", commodity="rare-earths", country="JP")
            if f.unit == unit and f.year == 2024 and f.value is not None
        ]
        share = next(f.value for f in parts if f.partner == "CN") / sum(
            (f.value for f in parts), Decimal(0)
        )
        assert told["China"] == f"{share * 100:.0f} %", figures


def test_of_several_forms_one_is_drawn_and_the_others_are_named():
    chart = imports_of("antimony", "US", form="oxide")
    assert "oxide" in chart.title
    assert "other tables" in imports_of("antimony", "US").caption.note


def test_the_sourcing_of_the_union_is_not_called_imports():
    chart = imports_of("cobalt", "EU")
    assert "sourcing of cobalt" in chart.title
    assert "Finland" in chart.alt


def test_what_is_not_there_is_refused_with_what_is():
    for name, importer, more in (
        ("gallium", "ZZ", {}),
        ("unobtainium", "US", {}),
        ("antimony", "US", {"form": "wool"}),
    ):
        with pytest.raises(MeasureError) as refused:
            imports_of(name, importer, **more)
        assert refused.value.hint
