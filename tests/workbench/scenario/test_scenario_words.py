"""The words of a scenario: ranges, days, countries, one-line changes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import LodewireError, ScenarioError
from lodewire.model.ranges import Range, Shape
from lodewire.model.scenario import CHANGES, Ban, NewSupplier, Outage, Tariff
from lodewire.workbench.scenario.scenario_words import (
    KINDS,
    country_of,
    parse_change,
    parse_day,
    parse_range,
)


@pytest.mark.parametrize(
    ("words", "ends", "shape", "unit"),
    [
        ("500", ("500", "500", "500"), Shape.FIXED, None),
        ("1,500 t", ("1500", "1500", "1500"), Shape.FIXED, "t"),
        ("400..600 kt/yr", ("400", None, "600"), Shape.UNIFORM, "kt"),
        ("400 .. 500 .. 600 t a year", ("400", "500", "600"), Shape.TRIANGULAR, "t"),
        ("pert 0.1..0.2..0.5", ("0.1", "0.2", "0.5"), Shape.PERT, None),
        ("5..10%", ("5", None, "10"), Shape.UNIFORM, "%"),
    ],
)
def test_ranges_are_read_with_shape_and_unit(words, ends, shape, unit):
    range_, found = parse_range(words)
    assert (range_.low, range_.mode, range_.high) == tuple(
        None if e is None else Decimal(e) for e in ends
    )
    assert (range_.shape, found) == (shape, unit)


@pytest.mark.parametrize(
    "words", ["", "many", "-5", "5...6", "pert 1..2", "uniform 1..2..3", "6..5", "3..2..1"]
)
def test_what_is_no_range_is_refused_with_a_hint(words):
    with pytest.raises(ScenarioError) as caught:
        parse_range(words)
    assert caught.value.hint


def test_a_year_begins_and_ends_where_it_should():
    assert parse_day("2028") == date(2028, 1, 1)
    assert parse_day("2028", last=True) == date(2028, 12, 31)
    assert parse_day("2028-02", last=True) == date(2028, 2, 29)
    assert parse_day(2028) == date(2028, 1, 1)
    for wrong in ("2028-13", "28", "soon", "2028-02-30"):
        with pytest.raises(ScenarioError, match="no day"):
            parse_day(wrong)


def test_countries_go_by_code_and_name():
    assert country_of("NA") == country_of("Namibia") == country_of("namibia") == "NA"
    assert country_of("EU") == "EU"
    with pytest.raises(ScenarioError) as caught:
        country_of("Namibi")
    assert "Namibia" in (caught.value.hint or "")


def test_the_line_of_the_brief_is_read():
    change = parse_change("new_supplier", "JP/NA:500 t from 2028")
    assert change == NewSupplier(
        country="NA", to="JP", tonnes=Range.fixed(500), start=date(2028, 1, 1)
    )


def test_lines_carry_ranges_targets_and_days():
    ban = parse_change("ban", "CN > Japan, EU: leakage 0..0.1..0.3 from 2026 until 2027")
    assert isinstance(ban, Ban)
    assert (ban.country, ban.targets) == ("CN", ("JP", "EU"))
    assert (ban.start, ban.end) == (date(2026, 1, 1), date(2027, 12, 31))
    outage = parse_change("outage", "CD: 20..30 kt")
    assert isinstance(outage, Outage)
    assert (outage.unit, outage.lost.high) == ("kt", 30)
    share = parse_change("outage", "CD: 20..30%")
    assert isinstance(share, Outage)
    assert (share.unit, share.lost.high) == (None, Decimal("0.30"))
    tariff = parse_change("tariff", "JP on CN: 25% diverted 0..0.3")
    assert isinstance(tariff, Tariff)
    assert (tariff.rate.value, tariff.partners) == (Decimal("0.25"), ("CN",))


def test_a_unit_value_is_turned_into_the_unit_of_the_tonnage():
    change = parse_change("new_supplier", "JP/NA: 500 t at 300..400 USD/kg")
    assert isinstance(change, NewSupplier)
    assert change.unit_value is not None
    assert (change.unit_value.low, change.currency) == (300_000, "USD")


@pytest.mark.parametrize(
    ("kind", "words", "says"),
    [
        ("ban", "CN", "no ban"),
        ("ban", "CN: from 2026", "needs leakage"),
        ("ban", "CN: leakage 130%", "more than all"),
        ("ban", "Chin: 10%", "no country"),
        ("new_supplier", "JP/NA: 500 GWh", "no unit of mass"),
        ("new_supplier", "JP/NA: 500 t from 2028 from 2029", "twice"),
        ("new_supplier", "JP/NA: 500 t until 2027 from 2028", "cannot end"),
        ("outage", "CD: 30", "more than all"),
        ("substitution", "JP: 5 t", "share of a whole"),
        ("redirection", "AU: 500 t", "importer"),
        ("tariff", "JP on CN: 25% ramp 3", "no 'ramp_up'"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(kind, words, says):
    with pytest.raises(ScenarioError, match=says) as caught:
        parse_change(kind, words)
    assert caught.value.hint


def test_every_kind_can_be_written():
    assert set(KINDS) == {c.kind for c in CHANGES}
    assert all(c.kind and c.__doc__ for c in CHANGES)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60))
def test_any_text_is_a_change_or_a_refusal(kind, words):
    with suppress(LodewireError):
        assert parse_change(kind, words).kind == kind


@given(st.lists(st.decimals(0, 10**6, places=3), min_size=3, max_size=3), st.booleans())
def test_what_a_range_writes_it_reads_again(ends, middle):
    low, mode, high = sorted(ends)
    told = Range.triangular(low, mode, high) if middle else Range.uniform(low, high)
    again, _ = parse_range(told.words)
    assert (again.low, again.value, again.high) == (told.low, told.value, told.high)
